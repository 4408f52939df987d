// Waveshaping curves with first-order antiderivative anti-aliasing (ADAA1). Audio thread.
#pragma once
#include "dsp/math.h"

namespace sl {

/// Parker, Zavalishin, Le Bivic, DAFx 2016: the mean of the curve between two neighbouring samples. The antiderivative
/// is written |x| + part(x) with a small, bounded part, so that f32 loses nothing at high drive; close neighbours take
/// the curve at their middle with its second-order term (their error stays below -130 dB of full scale).
struct SoftClip {
  /// log(1 + exp(-2|x|)) by an atanh series: log cosh(x) = |x| + part(x) - log 2.
  static f32x4 part(f32x4 x) {
    const f32x4 e = decay(x);
    const f32x4 s = e / (splat(2.f) + e), q = s * s;
    f32x4 p = splat(2.f / 13.f);
    p = p * q + splat(2.f / 11.f);
    p = p * q + splat(2.f / 9.f);
    p = p * q + splat(2.f / 7.f);
    p = p * q + splat(2.f / 5.f);
    p = p * q + splat(2.f / 3.f);
    return s * (p * q + splat(2.f));
  }
  static f32x4 curve(f32x4 x) {
    const f32x4 q = x * x;
    f32x4 p = splat(62.f / 2835.f);  // Taylor: exact near 0, where 1 - e cancels
    p = p * q + splat(-17.f / 315.f);
    p = p * q + splat(2.f / 15.f);
    p = p * q + splat(-1.f / 3.f);
    const f32x4 small = x + x * q * p;
    const i32x4 isSmall = abs(x) < splat(0.3f);
    if (all(isSmall)) return small;
    const f32x4 e = decay(x);
    return select(isSmall, small, copySign((splat(1.f) - e) / (splat(1.f) + e), x));
  }
  /// Neighbours so close that `part` does not count.
  static i32x4 near(f32x4 x0, f32x4 x1) { return abs(x1 - x0) < splat(0.1f); }
  static f32x4 meanNear(f32x4 x0, f32x4 x1) {
    const f32x4 dx = x1 - x0;
    const f32x4 t = curve((x0 + x1) * splat(0.5f));
    return t - dx * dx * splat(1.f / 12.f) * t * (splat(1.f) - t * t);
  }
  static f32x4 mean(f32x4 x0, f32x4 part0, f32x4 x1, f32x4 part1) {
    const f32x4 far = ((abs(x1) - abs(x0)) + (part1 - part0)) / (x1 - x0);
    return select(near(x0, x1), meanNear(x0, x1), far);
  }

 private:
  static f32x4 decay(f32x4 x) { return exp2(abs(x) * splat(-2.88539008f)); }
  static f32x4 copySign(f32x4 magnitude, f32x4 sign) {
    return (f32x4)((i32x4)magnitude | ((i32x4)sign & splatI((int32_t)0x80000000u)));
  }
};

struct HardClip {
  /// How far below the knee; the antiderivative is |x| + part^2 / 2 - 1/2.
  static f32x4 part(f32x4 x) { return max(splat(1.f) - abs(x), splat(0.f)); }
  static f32x4 curve(f32x4 x) { return clamp(x, -1.f, 1.f); }
  static i32x4 near(f32x4 x0, f32x4 x1) { return abs(x1 - x0) < splat(1e-4f); }
  static f32x4 meanNear(f32x4 x0, f32x4 x1) { return curve((x0 + x1) * splat(0.5f)); }
  static f32x4 mean(f32x4 x0, f32x4 part0, f32x4 x1, f32x4 part1) {
    // Difference of squares in factors: no cancellation, so the threshold can be tiny.
    const f32x4 rise = (abs(x1) - abs(x0)) + (part1 - part0) * (part1 + part0) * splat(0.5f);
    return select(near(x0, x1), meanNear(x0, x1), rise / (x1 - x0));
  }
};

/// Runs a curve over the even and odd samples of a stream; `last` is the odd sample before the first even one.
/// `bias` shifts the working point (even harmonics); its output at rest is taken off.
template <class Curve>
void shapeAdaa(const float* even, const float* odd, float* evenOut, float* oddOut, int n, float last, float bias) {
  const f32x4 shift = splat(bias);
  const f32x4 restPart = Curve::part(shift), rest = Curve::mean(shift, restPart, shift, restPart);
  f32x4 before = splat(last) + shift;
  for (int p = 0; p < n; p += 4) {  // n is even; a group of two reads and writes two cells too many, which are there
    const f32x4 a = load4(even + p) + shift, b = load4(odd + p) + shift;
    const f32x4 z = __builtin_shufflevector(before, b, 3, 4, 5, 6);
    before = b;
    if (all(Curve::near(z, a) & Curve::near(a, b))) {
      store4(evenOut + p, Curve::meanNear(z, a) - rest);
      store4(oddOut + p, Curve::meanNear(a, b) - rest);
      continue;
    }
    const f32x4 partA = Curve::part(a), partB = Curve::part(b);
    const f32x4 partZ = Curve::part(z);
    store4(evenOut + p, Curve::mean(z, partZ, a, partA) - rest);
    store4(oddOut + p, Curve::mean(a, partA, b, partB) - rest);
  }
}

}  // namespace sl
