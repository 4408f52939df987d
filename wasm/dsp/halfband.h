// Twofold oversampling for four voices: half-band filters of two all-pass branches, little delay, not linear phase.
// Audio thread.
#pragma once
#include "core/denormal.h"

namespace sl {

/// Elliptic half-band, six coefficients (Regalia; hiir's design formulas): at 48 kHz flat to 20 kHz, -96 dB from 28
/// kHz.
inline constexpr float kHalfband[6] = {0.044193382f, 0.164226840f, 0.330806761f,
                                       0.515158452f, 0.702112024f, 0.894914884f};

/// Both branches of first-order all-passes at the lower rate; even coefficients in one, odd ones in the other.
struct HalfbandBranches {
  f32x4 in[2], out[6];  ///< Last input of a branch, last output of every stage.

  /// y(n) = a (x(n) - y(n-1)) + x(n-1), three times.
  f32x4 branch(int which, f32x4 x) {
    f32x4 before = in[which];
    in[which] = x;
    for (int k = which; k < 6; k += 2) {
      const f32x4 y = splat(kHalfband[k]) * (x - out[k]) + before;
      before = out[k];
      out[k] = y;
      x = y;
    }
    return x;
  }
  /// The same on copies: `before` is the branch's last input.
  template <int kWhich>
  static f32x4 pass(f32x4 x, f32x4 before, const f32x4 (&a)[6], f32x4 (&y)[6]) {
    for (int k = kWhich; k < 6; k += 2) {
      const f32x4 now = a[k] * (x - y[k]) + before;
      before = y[k];
      y[k] = now;
      x = now;
    }
    return x;
  }
  void clear(i32x4 lanes) {
    for (f32x4& v : in) v = (f32x4)((i32x4)v & ~lanes);
    for (f32x4& v : out) v = (f32x4)((i32x4)v & ~lanes);
  }
  void flushState() {
    for (f32x4& v : in) v = flush(v);
    for (f32x4& v : out) v = flush(v);
  }
};

struct Upsampler : HalfbandBranches {
  void process(f32x4 x, f32x4& first, f32x4& second) {
    first = branch(0, x);
    second = branch(1, x);
  }
  /// Frames, each times a gain that grows by `step`, to pairs: the same as `process`, its constants held in registers.
  void run(const f32x4* from, f32x4 gain, f32x4 step, f32x4* doubled, int frames) {
    f32x4 a[6], y[6];
    for (int k = 0; k < 6; k++) a[k] = opaque(splat(kHalfband[k])), y[k] = out[k];
    f32x4 before = in[0];
    for (int i = 0; i < frames; i++) {
      const f32x4 x = from[i] * gain;
      doubled[2 * i] = pass<0>(x, before, a, y);
      doubled[2 * i + 1] = pass<1>(x, before, a, y);
      before = x;
      gain += step;
    }
    in[0] = in[1] = before;
    for (int k = 0; k < 6; k++) out[k] = y[k];
  }
};

struct Downsampler : HalfbandBranches {
  f32x4 process(f32x4 first, f32x4 second) { return (branch(0, second) + branch(1, first)) * splat(0.5f); }
  /// Pairs to frames, each times a gain that grows by `step`: the same as `process`, its constants held in registers.
  void run(const f32x4* doubled, f32x4 gain, f32x4 step, f32x4* to, int frames) {
    f32x4 a[6], y[6];
    for (int k = 0; k < 6; k++) a[k] = opaque(splat(kHalfband[k])), y[k] = out[k];
    f32x4 first = in[1], second = in[0];
    gain *= splat(0.5f), step *= splat(0.5f);
    for (int i = 0; i < frames; i++) {
      const f32x4 later = pass<0>(doubled[2 * i + 1], second, a, y);
      to[i] = (later + pass<1>(doubled[2 * i], first, a, y)) * gain;
      first = doubled[2 * i], second = doubled[2 * i + 1];
      gain += step;
    }
    in[0] = second, in[1] = first;
    for (int k = 0; k < 6; k++) out[k] = y[k];
  }
};

}  // namespace sl
