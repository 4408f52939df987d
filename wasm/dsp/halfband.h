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
};

struct Downsampler : HalfbandBranches {
  f32x4 process(f32x4 first, f32x4 second) { return (branch(0, second) + branch(1, first)) * splat(0.5f); }
};

}  // namespace sl
