// Sources that the engine makes itself: loops of two channels from a spectrum of random phases. Control thread.
#pragma once
#include <cstdint>

#include "wire/asset.h"

namespace sl {

inline constexpr int kBuiltinFrames = 65536;
inline constexpr float kBuiltinRate = 32000.f;
inline constexpr float kBuiltinRootKey = 60.f;  ///< C4

/// Fills both channels; false: no memory for the work. The peak is 0.5, the end runs on into the beginning.
bool makeBuiltinSource(BuiltinAsset which, float* left, float* right);

}  // namespace sl
