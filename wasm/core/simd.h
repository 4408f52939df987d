// Four float lanes (one lane = one voice) over wasm SIMD128; audio and control thread.
#pragma once
#include <wasm_simd128.h>

#include <cstdint>

namespace sl {

using f32x4 = float __attribute__((vector_size(16)));
using i32x4 = int32_t __attribute__((vector_size(16)));
using u32x4 = uint32_t __attribute__((vector_size(16)));

inline constexpr int kLanes = 4;

inline f32x4 splat(float x) { return f32x4{x, x, x, x}; }
/// Four floats from any address (no alignment needed).
inline f32x4 load4(const float* at) { return (f32x4)wasm_v128_load(at); }
inline void store4(float* at, f32x4 v) { wasm_v128_store(at, (v128_t)v); }
inline f32x4 select(i32x4 mask, f32x4 a, f32x4 b) {
  return (f32x4)wasm_v128_bitselect((v128_t)a, (v128_t)b, (v128_t)mask);
}
inline f32x4 min(f32x4 a, f32x4 b) { return (f32x4)wasm_f32x4_pmin((v128_t)a, (v128_t)b); }
inline f32x4 max(f32x4 a, f32x4 b) { return (f32x4)wasm_f32x4_pmax((v128_t)a, (v128_t)b); }
inline f32x4 clamp(f32x4 x, float lo, float hi) { return min(max(x, splat(lo)), splat(hi)); }
inline f32x4 abs(f32x4 x) { return (f32x4)wasm_f32x4_abs((v128_t)x); }
inline f32x4 sqrt(f32x4 x) { return (f32x4)wasm_f32x4_sqrt((v128_t)x); }
inline f32x4 floor(f32x4 x) { return (f32x4)wasm_f32x4_floor((v128_t)x); }
inline bool any(i32x4 mask) { return wasm_v128_any_true((v128_t)mask); }
inline bool all(i32x4 mask) { return wasm_i32x4_all_true((v128_t)mask); }
/// Lane i of the mask is all ones when bit i of `bits` is set.
inline i32x4 laneMask(uint32_t bits) {
  const i32x4 b = {1, 2, 4, 8};
  return ((i32x4{(int)bits, (int)bits, (int)bits, (int)bits} & b) == b);
}
/// Keeps a loop-invariant vector in a local instead of re-materialising a constant in the loop (engine-study A5.1).
inline f32x4 opaque(f32x4 v) {
  asm("" : "+r"(v));
  return v;
}

}  // namespace sl
