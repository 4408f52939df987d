// A bank of ringing modes for four voices: each a complex one-pole in coupled form. Audio thread.
#pragma once
#include "core/denormal.h"
#include "dsp/math.h"

namespace sl {

/// z' = z + (r e^(i w) - 1) z + in (Mathews and Smith 2003). A turn that shrinks, whatever it is changed to from block
/// to block: never unstable. Kept as the difference from one, so that single precision holds low and long modes: T60
/// within 1 % up to 30 s.
struct ModeTurn {
  f32x4 along, across;  ///< Re(r e^(iw)) - 1, Im(r e^(iw))
};

/// `turns` frequency in cycles per frame (0..0.5), `decayFrames` frames to fall by 60 dB (256 at least).
inline ModeTurn modeTurn(f32x4 turns, f32x4 decayFrames) {
  const f32x4 s = sinPi(turns), c = sinPi(splat(0.5f) - turns);
  const f32x4 z = splat(6.9077553f) / decayFrames;
  const f32x4 loss = z * (splat(1.f) - z * (splat(0.5f) - z * splat(1.f / 6.f)));  // 1 - r
  const f32x4 r = splat(1.f) - loss, below = splat(2.f) * s * s;
  return {-loss - r * below, r * splat(2.f) * s * c};
}

/// Modes ring in groups of four, which fills the processor while each waits for its own last frame.
template <int kMax>
struct ModeBank {
  static_assert(kMax % 4 == 0);
  static constexpr float kSilence = 1e-8f;
  f32x4 re[kMax], im[kMax], along[kMax], across[kMax], gain[kMax];

  void clear(i32x4 lanes) {
    for (int k = 0; k < kMax; k++) {
      re[k] = (f32x4)((i32x4)re[k] & ~lanes);
      im[k] = (f32x4)((i32x4)im[k] & ~lanes);
    }
  }
  void set(int k, ModeTurn turn, f32x4 inGain) {
    along[k] = turn.along;
    across[k] = turn.across;
    gain[k] = inGain;
  }

  /// Adds the modes to two sums, alternately. `force` null: they ring alone, and groups that fell silent cost nothing.
  void ring(const f32x4* force, f32x4* even, f32x4* odd, int frames, int count) {
    for (int k = 0; k < count; k += 4) {
      if (force)
        group<true>(k, force, even, odd, frames);
      else if (sounding(k))
        group<false>(k, force, even, odd, frames);
    }
  }

 private:
  bool sounding(int k) {
    f32x4 loudest = splat(0.f);
    for (int j = k; j < k + 4; j++) loudest = max(loudest, max(abs(re[j]), abs(im[j])));
    if (any(loudest > splat(kSilence))) return true;
    for (int j = k; j < k + 4; j++) re[j] = im[j] = splat(0.f);
    return false;
  }

  template <bool kForced>
  void group(int k, const f32x4* force, f32x4* even, f32x4* odd, int frames) {
    f32x4 x[4], y[4], a[4], b[4], g[4];
    for (int j = 0; j < 4; j++) {
      x[j] = re[k + j];
      y[j] = im[k + j];
      a[j] = along[k + j];
      b[j] = across[k + j];
      g[j] = gain[k + j];
    }
    for (int i = 0; i < frames; i++) {
      for (int j = 0; j < 4; j++) {
        const f32x4 dx = a[j] * x[j] - b[j] * y[j], dy = b[j] * x[j] + a[j] * y[j];
        x[j] += dx;
        y[j] += dy;
        if constexpr (kForced) x[j] += g[j] * force[i];
      }
      even[i] += y[0] + y[2];
      odd[i] += y[1] + y[3];
    }
    for (int j = 0; j < 4; j++) {
      re[k + j] = flush(x[j]);
      im[k + j] = flush(y[j]);
    }
  }
};

}  // namespace sl
