// The optional second channel of units that process audio: one unit, one set of coefficients, left and right. Audio
// thread.
#pragma once
#include "core/unit.h"

namespace sl {

inline constexpr Port kRightIn{.id = "right", .doc = "Second channel, when the sound is stereo"};
inline constexpr Port kRightOut{.id = "right", .doc = "Second channel; without one coming in, the same as the first"};

/// What a mono unit's second output carries.
inline void copyChannel(const UnitBlock& b) {
  if (b.wanted & 2)
    for (int i = 0; i < b.frames; i++) b.out[1][i] = b.out[0][i];
}

/// As copyChannel for a lone voice.
inline void copyLoneChannel(const UnitBlock& b) {
  if (b.wanted & 2)
    for (int i = 0; i < kLoneVectors; i++) b.out[1][i] = b.out[0][i];
}

}  // namespace sl
