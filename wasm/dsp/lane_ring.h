// Four delay lines, one per voice lane, that read and write four frames at a time. Audio thread.
#pragma once
#include "dsp/wavetable.h"

namespace sl {

/// Ring of kFrames (a power of two) per lane, contiguous per lane, with a guard that repeats the first frames after the
/// last, so that any four frames in a row are one load. All lanes share the write position.
template <int kFrames>
struct LaneRing {
  static constexpr int kGuard = 16;
  static constexpr uint32_t kMask = kFrames - 1;
  float lane[kLanes][kFrames + kGuard];
  uint32_t write;

  void clear(uint32_t lanes) {
    for (int l = 0; l < kLanes; l++)
      if (lanes >> l & 1) __builtin_memset(lane[l], 0, sizeof(lane[l]));
  }
  /// Frames n..n+3 of a lane, n = `delay` frames before the write position.
  v128_t read(int l, uint32_t delay) const { return wasm_v128_load(&lane[l][(write - delay) & kMask]); }

  /// Four frames of a lane through six taps; `from` is the whole delay plus 3, `w` from lagrange5.
  f32x4 interpolate(int l, uint32_t from, const f32x4 (&w)[6]) const {
    f32x4 sum = splat(w[5][l]) * (f32x4)read(l, from);
    for (int k = 1; k < 6; k++) sum += splat(w[5 - k][l]) * (f32x4)read(l, from - (uint32_t)k);
    return sum;
  }

  /// Puts four frames at the write position without moving it; what lies beyond the frames later counted is
  /// overwritten.
  void put(int l, v128_t frames) {
    const uint32_t at = write & kMask;
    wasm_v128_store(&lane[l][at], frames);
    if (at + 4 > kFrames) __builtin_memcpy(&lane[l][0], &lane[l][kFrames], 4 * sizeof(float));
    if (at < kGuard - 4) wasm_v128_store(&lane[l][kFrames + at], frames);
  }
  void advance(int frames) { write += (uint32_t)frames; }
};

/// Fifth-order Lagrange weights for the taps at whole delays M - 2 .. M + 3 around a delay of M + f, 0 <= f < 1.
inline void lagrange5(f32x4 f, f32x4 (&w)[6]) {
  const f32x4 x0 = f + splat(2.f), x1 = f + splat(1.f), x2 = f, x3 = f - splat(1.f), x4 = f - splat(2.f),
              x5 = f - splat(3.f);
  const f32x4 a = x0 * x1, b = x2 * x3, c = x4 * x5;
  w[0] = x1 * b * c * splat(-1.f / 120.f);
  w[1] = x0 * b * c * splat(1.f / 24.f);
  w[2] = a * x3 * c * splat(-1.f / 12.f);
  w[3] = a * x2 * c * splat(1.f / 12.f);
  w[4] = a * b * x5 * splat(-1.f / 24.f);
  w[5] = a * b * x4 * splat(1.f / 120.f);
}

}  // namespace sl
