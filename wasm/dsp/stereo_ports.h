// The optional second channel of units that process audio: one unit, one set of coefficients, left and right. Audio
// thread.
#pragma once
#include "core/unit.h"

namespace sl {

inline constexpr Port kRightIn{.id = "right", .doc = "Second channel, when the sound is stereo"};
inline constexpr Port kRightOut{.id = "right", .doc = "Second channel; without one coming in, the same as the first"};

/// What a mono unit's second output carries.
inline void copyChannel(const f32x4* from, f32x4* to, int frames) {
  for (int i = 0; i < frames; i++) to[i] = from[i];
}

}  // namespace sl
