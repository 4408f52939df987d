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
    for (int c = 0; c < 2; c++) s1[c] = flush(s1[c]), s2[c] = flush(s2[c]), s3[c] = flush(s3[c]);
    s1_ = s1, s2_ = s2, s3_ = s3;
    const f64x2 sum = s1 * s1 + s2 * s2 + s3 * s3;
    quiet_ = sum[0] + sum[1] == 0.;
  }
  double ringFrames() const noexcept { return now_.ringFrames(); }

 private:
  using f64x2 = double __attribute__((vector_size(16)));

  EqSection now_;
  f64x2 s1_{}, s2_{}, s3_{};
  bool fresh_ = true, quiet_ = true;
};

}  // namespace sl
