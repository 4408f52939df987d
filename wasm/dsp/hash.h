// Counter-based randomness: a hash of (seed, counter), so no stream depends on the order of calls. Any thread.
#pragma once
#include "dsp/math.h"

namespace sl {

/// lowbias32 (Wellons 2018), a bijection with near-ideal avalanche.
inline u32x4 hash(u32x4 x) {
  x ^= x >> 16;
  x *= splatU(0x7feb352du);
  x ^= x >> 15;
  x *= splatU(0x846ca68bu);
  return x ^ (x >> 16);
}

/// Uniform in -1..1 (24 bits), zero mean.
inline f32x4 bipolar(u32x4 bits) { return toFloat((i32x4)bits) * splat(1.f / 2147483648.f); }
/// Uniform in 0..1.
inline f32x4 unipolar(u32x4 bits) { return toFloat(bits >> 8) * splat(1.f / 16777216.f); }

/// A value of a note that belongs to one use (`salt`) alone.
inline u32x4 noteHash(u32x4 seed, uint32_t salt) { return hash(seed + splatU(salt * 0x9e3779b9u)); }

}  // namespace sl
