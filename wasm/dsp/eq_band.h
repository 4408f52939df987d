// One band of an equaliser: a matched section over stereo in f64, its coefficients ramped while it moves. Audio thread.
#pragma once
#include "core/denormal.h"
#include "dsp/matched_section.h"

namespace sl {

/// Both channels in one vector. While it moves, the coefficients ramp over the block (the stable regions of both
/// factors are convex, so no step on the way is unstable). A flat band that has rung out costs nothing and passes the
/// input bit for bit, as it does while it runs.
class EqBand {
 public:
  void reset() noexcept { *this = EqBand{}; }
  /// In place, 1..32 frames. `goal`: where the section is at their end; null: where it was. The first one jumps.
  void process(float* left, float* right, int n, const EqSection* goal) noexcept {
    EqSection f = fresh_ && goal ? *goal : now_, step{0., 0., 0., 0., 0., 0., 0.};
    const bool moved = goal && !fresh_;
    if (goal) {
      const double share = 1. / n;
      step = {(goal->b0 - f.b0) * share,    (goal->b1 - f.b1) * share, (goal->b2 - f.b2) * share,
              (goal->a1 - f.a1) * share,    (goal->a2 - f.a2) * share, (goal->zero - f.zero) * share,
              (goal->pole - f.pole) * share};
      now_ = *goal;
      fresh_ = false;
    }
    if (!moved && quiet_ && f.flat()) return;
    f64x2 s1 = s1_, s2 = s2_, s3 = s3_;
    for (int i = 0; i < n; i++) {
      if (moved) {
        f.b0 += step.b0, f.b1 += step.b1, f.b2 += step.b2, f.a1 += step.a1, f.a2 += step.a2;
        f.zero += step.zero, f.pole += step.pole;
      }
      const f64x2 x = {left[i], right[i]};
      const f64x2 y = f.b0 * x + s1;
      s1 = f.b1 * x - f.a1 * y + s2;
      s2 = f.b2 * x - f.a2 * y;
      const f64x2 z = y + s3;
      s3 = f.zero * y - f.pole * z;
      left[i] = (float)z[0];
      right[i] = (float)z[1];
    }
    keep(s1, s2, s3);
  }
  double ringFrames() const noexcept { return now_.ringFrames(); }
  /// Nothing to do while its goal stands: flat, and rung out.
  bool idle() const noexcept { return quiet_ && now_.flat(); }

  /// Bands that stand still, one after another in one pass: the recursions overlap, where band by band each waits for
  /// its own last frame.
  static void processStill(EqBand* const* bands, int count, float* left, float* right, int n) noexcept {
    for (; count >= 4; bands += 4, count -= 4) still<4>(bands, left, right, n);
    if (count == 3) still<3>(bands, left, right, n);
    if (count == 2) still<2>(bands, left, right, n);
    if (count == 1) still<1>(bands, left, right, n);
  }

 private:
  using f64x2 = double __attribute__((vector_size(16)));

  /// A band that stands still while a block passes through it.
  struct Standing {
    f64x2 b0, b1, b2, a1, a2, zero, pole, s1, s2, s3;

    void load(const EqBand& band) noexcept {
      const EqSection& f = band.now_;
      b0 = both(f.b0), b1 = both(f.b1), b2 = both(f.b2), a1 = both(f.a1), a2 = both(f.a2);
      zero = both(f.zero), pole = both(f.pole);
      s1 = band.s1_, s2 = band.s2_, s3 = band.s3_;
    }
    f64x2 step(f64x2 x) noexcept {
      const f64x2 y = b0 * x + s1;
      s1 = (b1 * x + s2) - a1 * y;
      s2 = b2 * x - a2 * y;
      const f64x2 z = y + s3;
      s3 = zero * y - pole * z;
      return z;
    }
  };
  static f64x2 both(double x) { return f64x2{x, x}; }

  /// Each band is a frame behind the one before it: in a step none waits for another, only for its own last frame.
  template <int kCount>
  static void still(EqBand* const* bands, float* left, float* right, int n) noexcept {
    constexpr int kBehind = kCount - 1;
    Standing f[kCount];
    for (int k = 0; k < kCount; k++) f[k].load(*bands[k]);
    const auto in = [&](int i) { return f64x2{left[i], right[i]}; };
    const auto out = [&](int i, f64x2 x) { left[i] = (float)x[0], right[i] = (float)x[1]; };
    if (n < kCount) {
      for (int i = 0; i < n; i++) {
        f64x2 x = in(i);
        for (int k = 0; k < kCount; k++) x = f[k].step(x);
        out(i, x);
      }
    } else {
      f64x2 passed[kCount];  // what each made of its last frame
#pragma clang loop unroll(full)
      for (int i = 0; i < kBehind; i++) {
#pragma clang loop unroll(full)
        for (int k = i; k > 0; k--) passed[k] = f[k].step(passed[k - 1]);
        passed[0] = f[0].step(in(i));
      }
#pragma clang loop unroll(disable)
      for (int i = kBehind; i < n; i++) {
#pragma clang loop unroll(full)
        for (int k = kBehind; k > 0; k--) passed[k] = f[k].step(passed[k - 1]);
        passed[0] = f[0].step(in(i));
        out(i - kBehind, passed[kBehind]);
      }
#pragma clang loop unroll(full)
      for (int i = 0; i < kBehind; i++) {
#pragma clang loop unroll(full)
        for (int k = kBehind; k > i; k--) passed[k] = f[k].step(passed[k - 1]);
        out(n - kBehind + i, passed[kBehind]);
      }
    }
    for (int k = 0; k < kCount; k++) bands[k]->keep(f[k].s1, f[k].s2, f[k].s3);
  }
  void keep(f64x2 s1, f64x2 s2, f64x2 s3) noexcept {
    for (int c = 0; c < 2; c++) s1[c] = flush(s1[c]), s2[c] = flush(s2[c]), s3[c] = flush(s3[c]);
    s1_ = s1, s2_ = s2, s3_ = s3;
    const f64x2 sum = s1 * s1 + s2 * s2 + s3 * s3;
    quiet_ = sum[0] + sum[1] == 0.;
  }

  EqSection now_;
  f64x2 s1_{}, s2_{}, s3_{};
  bool fresh_ = true, quiet_ = true;
};

}  // namespace sl
