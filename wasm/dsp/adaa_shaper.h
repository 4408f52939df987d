// Waveshaping curves with first-order antiderivative anti-aliasing (ADAA1). Audio thread.
#pragma once
#include "dsp/math.h"

namespace sl {

/// Masks of comparisons, by their sign bits.
inline bool allOf(i32x4 mask) { return wasm_i32x4_bitmask((v128_t)mask) == 15; }
inline bool anyOf(i32x4 mask) { return wasm_i32x4_bitmask((v128_t)mask) != 0; }

/// Parker, Zavalishin, Le Bivic, DAFx 2016: the mean of the curve between two neighbouring samples. The antiderivative
/// is written |x| + part(x) with a small, bounded part, so that f32 loses nothing at high drive; close neighbours take
/// the curve at their middle with its terms of second and fourth order (their error stays below -138 dB of full scale).
class SoftClip {
 public:
  /// log(1 + exp(-2|x|)) by an atanh series: log cosh(x) = |x| + part(x) - log 2.
  f32x4 part(f32x4 x) const {
    const f32x4 e = decay(x);
    const f32x4 s = e / (at(kTwo) + e), q = s * s;
    return s * (series(kAtanh, 6, q) * q + at(kTwo));
  }
  /// tanh: its Taylor series where that is enough, else a rational function fitted to 8e-9 (3e-7 with what it rounds).
  f32x4 curve(f32x4 x) const {
    if (allOf(abs(x) < at(kSmall))) {
      const f32x4 q = x * x;
      return x + x * q * series(kTaylor, 4, q);
    }
    x = max(min(x, at(kMost)), -at(kMost));
    const f32x4 q = x * x;
    return x * series(kOver, 5, q) / series(kUnder, 5, q);
  }
  /// Neighbours so close that `part` does not count.
  i32x4 near(f32x4 x0, f32x4 x1) const { return abs(x1 - x0) < at(kNear); }
  f32x4 meanNear(f32x4 x0, f32x4 x1) const {
    const f32x4 dx = x1 - x0, u = dx * dx;
    const f32x4 t = curve((x0 + x1) * at(kHalf)), q = t * t;
    return t - t * (at(kOne) - q) * u * (at(kSecond) - u * (at(kFourth) - q * at(kFourth + 1)));
  }
  f32x4 meanFar(f32x4 x0, f32x4 part0, f32x4 x1, f32x4 part1) const {
    return ((abs(x1) - abs(x0)) + (part1 - part0)) / (x1 - x0);
  }

 private:
  enum {
    kOne,
    kTwo,
    kHalf,
    kNear,
    kSmall,
    kMost,
    kSecond,
    kFourth,
    kTaylor = kFourth + 2,
    kOver = kTaylor + 4,
    kUnder = kOver + 5,
    kAtanh = kUnder + 5,
    kExp = kAtanh + 6,
    kRate = kExp + 8,
    kLeast,
    kWhole,
    kCount
  };
  // clang-format off
  static constexpr float kNumbers[kCount] = {
      1.f, 2.f, 0.5f, 0.3f, 0.3f, 8.2f,
      1.f / 12.f, 1.f / 120.f, 1.f / 80.f,
      62.f / 2835.f, -17.f / 315.f, 2.f / 15.f, -1.f / 3.f,
      1.46716273e-8f, 2.15128524e-5f, 0.00354895725f, 0.134255414f, 0.999999962f,
      8.30083238e-7f, 0.000337393023f, 0.0260786768f, 0.467588589f, 1.f,
      2.f / 13.f, 2.f / 11.f, 2.f / 9.f, 2.f / 7.f, 2.f / 5.f, 2.f / 3.f,
      1.5252733e-5f, 1.5403530e-4f, 1.3333558e-3f, 9.6181291e-3f, 5.5504109e-2f, 2.4022651e-1f, 6.9314718e-1f, 1.f,
      -2.88539008f, -126.f, 12582912.f};
  // clang-format on

  f32x4 at(int k) const { return splat(numbers_[k]); }
  /// Highest power first.
  f32x4 series(int first, int count, f32x4 q) const {
    f32x4 p = at(first);
    for (int k = 1; k < count; k++) p = p * q + at(first + k);
    return p;
  }
  /// exp(-2|x|), as exp2 of dsp/math.h: what is added for a moment rounds, and its bits are the exponent.
  f32x4 decay(f32x4 x) const {
    x = max(abs(x) * at(kRate), at(kLeast));
    const f32x4 rounded = x + at(kWhole);
    return series(kExp, 8, x - (rounded - at(kWhole))) * (f32x4)(((i32x4)rounded << 23) + (i32x4)at(kOne));
  }
  /// In memory, unknown to the compiler: a constant vector in a loop is three instructions, a load one.
  static const float* hidden() {
    const float* numbers = kNumbers;
    asm("" : "+r"(numbers));
    return numbers;
  }
  const float* numbers_ = hidden();
};

struct HardClip {
  /// How far below the knee; the antiderivative is |x| + part^2 / 2 - 1/2.
  static f32x4 part(f32x4 x) { return max(splat(1.f) - abs(x), splat(0.f)); }
  static f32x4 curve(f32x4 x) { return clamp(x, -1.f, 1.f); }
  /// Also where the curve is straight: the quotient would give what differences round, much enlarged.
  static i32x4 near(f32x4 x0, f32x4 x1) {
    return (abs(x1 - x0) < splat(1e-4f)) | (max(abs(x0), abs(x1)) <= splat(1.f));
  }
  static f32x4 meanNear(f32x4 x0, f32x4 x1) { return curve((x0 + x1) * splat(0.5f)); }
  static f32x4 meanFar(f32x4 x0, f32x4 part0, f32x4 x1, f32x4 part1) {
    // Difference of squares in factors: no cancellation, so the threshold can be tiny.
    const f32x4 rise = (abs(x1) - abs(x0)) + (part1 - part0) * (part1 + part0) * splat(0.5f);
    return rise / (x1 - x0);
  }
};

/// Of the curve between x0 and x1, which are `near` or not.
template <class Curve>
f32x4 meanOf(const Curve& curve, i32x4 near, f32x4 x0, f32x4 part0, f32x4 x1, f32x4 part1) {
  const f32x4 far = curve.meanFar(x0, part0, x1, part1);
  return anyOf(near) ? select(near, curve.meanNear(x0, x1), far) : far;
}

/// Runs a curve over the even and odd samples of a stream; `last` is the odd sample before the first even one.
/// `bias` shifts the working point (even harmonics); its output at rest is taken off.
template <class Curve>
void shapeAdaa(const float* even, const float* odd, float* evenOut, float* oddOut, int n, float last, float bias) {
  const Curve curve;
  const f32x4 shift = splat(bias), rest = curve.meanNear(shift, shift);
  f32x4 before = splat(last) + shift, partBefore = splat(0.f);
  bool known = false;               // partBefore
  for (int p = 0; p < n; p += 4) {  // n is even; a group of two reads and writes two cells too many, which are there
    const f32x4 a = load4(even + p) + shift, b = load4(odd + p) + shift;
    const f32x4 z = __builtin_shufflevector(before, b, 3, 4, 5, 6);
    const i32x4 nearA = curve.near(z, a), nearB = curve.near(a, b);
    if (allOf(nearA & nearB)) {
      store4(evenOut + p, curve.meanNear(z, a) - rest);
      store4(oddOut + p, curve.meanNear(a, b) - rest);
      known = false;
    } else {
      if (!known) partBefore = curve.part(before);
      const f32x4 partA = curve.part(a), partB = curve.part(b);
      const f32x4 partZ = __builtin_shufflevector(partBefore, partB, 3, 4, 5, 6);
      store4(evenOut + p, meanOf(curve, nearA, z, partZ, a, partA) - rest);
      store4(oddOut + p, meanOf(curve, nearB, a, partA, b, partB) - rest);
      partBefore = partB;
      known = true;
    }
    before = b;
  }
}

}  // namespace sl
