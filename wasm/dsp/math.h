// Fast deterministic functions on four lanes: powers of two, sine, tangent. Any thread.
#pragma once
#include "core/simd.h"

namespace sl {

inline constexpr float kPi = 3.14159265358979323846f;
inline constexpr float kMinusThreeDb = 0.70710678118654752440f;

inline f32x4 toFloat(i32x4 v) { return (f32x4)wasm_f32x4_convert_i32x4((v128_t)v); }
inline f32x4 toFloat(u32x4 v) { return (f32x4)wasm_f32x4_convert_u32x4((v128_t)v); }
inline i32x4 toInt(f32x4 v) { return (i32x4)wasm_i32x4_trunc_sat_f32x4((v128_t)v); }
inline u32x4 toUint(f32x4 v) { return (u32x4)wasm_u32x4_trunc_sat_f32x4((v128_t)v); }
inline f32x4 nearest(f32x4 v) { return (f32x4)wasm_f32x4_nearest((v128_t)v); }
inline u32x4 splatU(uint32_t x) { return u32x4{x, x, x, x}; }
inline i32x4 splatI(int32_t x) { return i32x4{x, x, x, x}; }

/// 2^x; relative error below 2e-7 (0.0004 cents) for x in -126..127, clamped outside. Taylor in the logarithm, |x| <=
/// 0.5.
inline f32x4 exp2(f32x4 x) {
  x = clamp(x, -126.f, 127.f);
  // At 1.5 * 2^23 a float's last digit is 1: the sum is rounded to a whole number and has it in its lowest bits.
  const f32x4 shifted = x + splat(12582912.f), whole = shifted - splat(12582912.f);
  const f32x4 t = x - whole;
  f32x4 p = splat(1.5252733e-5f);
  p = p * t + splat(1.5403530e-4f);
  p = p * t + splat(1.3333558e-3f);
  p = p * t + splat(9.6181291e-3f);
  p = p * t + splat(5.5504109e-2f);
  p = p * t + splat(2.4022651e-1f);
  p = p * t + splat(6.9314718e-1f);
  p = p * t + splat(1.f);
  return p * (f32x4)(((i32x4)shifted + splatI(127)) << 23);
}

/// log2(x) for positive normal x; absolute error below 1e-6. Atanh series on the mantissa in 0.707..1.414.
inline f32x4 log2(f32x4 x) {
  const i32x4 bits = (i32x4)x;
  const i32x4 exponent = (bits - splatI(0x3f3504f3)) >> 23;
  const f32x4 m = (f32x4)(bits - (exponent << 23));
  const f32x4 s = (m - splat(1.f)) / (m + splat(1.f));
  const f32x4 q = s * s;
  f32x4 p = splat(0.41219858f);  // 2 / (7 ln 2) and so on down
  p = p * q + splat(0.57707802f);
  p = p * q + splat(0.96179669f);
  p = p * q + splat(2.88539008f);
  return toFloat(exponent) + s * p;
}

/// Amplitude of a level in decibels.
inline f32x4 decibelsToGain(f32x4 db) { return exp2(db * splat(0.16609640474436813f)); }

/// sin(pi x) for |x| <= 0.5; 9th-order minimax, error below 4e-9 before rounding (the 7th order stops at -124 dB of
/// distortion).
inline f32x4 sinPi(f32x4 x) {
  const f32x4 q = x * x;
  f32x4 p = splat(0.0772201290f);
  p = p * q + splat(-0.598045174f);
  p = p * q + splat(2.55003138f);
  p = p * q + splat(-5.16770688f);
  p = p * q + splat(3.14159258f);
  return p * x;
}

/// A 32-bit phase (2^32 = one turn) folded to a quarter turn each side: -2^30..2^30, with the same sine. Exact: a
/// quarter less than how far it lies from a quarter turn.
inline i32x4 foldPhase(u32x4 phase) {
  return splatI(1 << 30) - (i32x4)wasm_i32x4_abs((v128_t)(phase - splatU(1u << 30)));
}

/// Sine of a 32-bit phase: the error is the polynomial's alone.
inline f32x4 sinePhase(u32x4 phase) { return sinPi(toFloat(foldPhase(phase)) * splat(1.f / 2147483648.f)); }

/// tan(pi x) for 0 <= x < 0.5: the pre-warped gain of a trapezoidal integrator at x = cutoff / sample rate.
inline f32x4 tanPi(f32x4 x) { return sinPi(x) / sinPi(splat(0.5f) - x); }

}  // namespace sl
