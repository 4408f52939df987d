// Flushing of recursive state: wasm has no flush-to-zero, so every feedback path ends here once per micro-block.
#pragma once
#include "core/simd.h"

namespace sl {

inline constexpr float kDenormalFloor = 1e-15f;

inline float flush(float x) { return (x < kDenormalFloor && x > -kDenormalFloor) ? 0.f : x; }
inline double flush(double x) { return (x < 1e-15 && x > -1e-15) ? 0. : x; }
inline f32x4 flush(f32x4 x) { return (f32x4)((i32x4)x & ~(abs(x) < splat(kDenormalFloor))); }

}  // namespace sl
