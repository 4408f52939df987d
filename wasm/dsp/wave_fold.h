// Folding curves with first-order antiderivative anti-aliasing: a sine and a triangle of the input. Audio thread.
#pragma once
#include <cmath>

#include "dsp/math.h"
#include "dsp/shaped_stereo.h"

namespace sl {

/// sin(2 pi t), any t.
inline f32x4 sineTurns(f32x4 t) {
  const f32x4 r = t - nearest(t), size = abs(r);
  const f32x4 folded = select(size > splat(0.25f), splat(0.5f) - size, size) * splat(2.f);
  return select(r < splat(0.f), -sinPi(folded), sinPi(folded));
}

/// The mean of sin(2 pi t) from a to b is sin(2 pi middle) sinc(b - a): exact, nothing cancels.
struct SineFold {
  static f32x4 mean(f32x4 a, f32x4 b) {
    const f32x4 way = b - a, angle = way * splat(kPi);
    const f32x4 spread = sineTurns(way * splat(0.5f)) / angle;
    return sineTurns((a + b) * splat(0.5f)) * select(abs(way) < splat(1e-4f), splat(1.f), spread);
  }
  static void run(const float* even, const float* odd, float* evenOut, float* oddOut, int n, float last, Bias bias) {
    const f32x4 rest = mean(splat((float)bias.value), splat((float)bias.value));
    const float end = (float)(bias.value + bias.step * 2. * n), step = (float)bias.step;
    const f32x4 restStep =
        bias.step == 0. ? splat(0.f) : (mean(splat(end), splat(end)) - rest) * splat(0.5f / (float)n);
    const f32x4 places = {0.f, 2.f, 4.f, 6.f};
    float before = last;
    for (int p = 0; p < n; p += 4) {  // a group of two reads and writes two cells too many, which are there
      const f32x4 at = places + splat(2.f * (float)p), start = splat((float)bias.value) + splat(step) * at;
      const f32x4 z = f32x4{before, odd[p], odd[p + 1], odd[p + 2]} + start;
      const f32x4 a = load4(even + p) + (start + splat(step)), b = load4(odd + p) + (start + splat(step + step));
      before = odd[p + 3];
      store4(evenOut + p, mean(z, a) - (rest + restStep * at));
      store4(oddOut + p, mean(a, b) - (rest + restStep * (at + splat(1.f))));
    }
  }
};

/// A triangle of period 1 through 0, peaks +-1 at a quarter turn; its integral has no mean.
struct TriangleFold {
  double at(double t) const {
    const double r = place(t);
    return r < 1. ? r : 2. - r;
  }
  double integral(double t) const {
    const double r = place(t), s = 2. - r;
    return 0.25 * (r < 1. ? 0.5 * r * r : 1. - 0.5 * s * s);
  }

 private:
  /// In quarter turns, -1..3.
  static double place(double t) { return 4. * (t - std::floor(t + 0.25)); }
};

}  // namespace sl
