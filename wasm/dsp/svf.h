// Trapezoidal (TPT) state-variable filter section for four voices: coefficients, ramped form, settled look-ahead form.
// Audio thread. Zavalishin, The Art of VA Filter Design (2018), chapter 4; Simper (2013) for the a1, a2, a3 form.
#pragma once
#include "core/denormal.h"
#include "dsp/math.h"

namespace sl {

enum class SvfMode : int { lowpass, highpass, bandpass, notch };

/// With Simper's a1 = 1 / (1 + g (g + k)), a2 = g a1, a3 = g a2 and states s1 (band) and s2 (low):
///   s1' = s1 + a22 (x - s2) - loss2 s1,  s2' = s2 + a22 s1 + a32 (x - s2)
///   band = (s1 + s1') / 2,  low = (s2 + s2') / 2,  output = m0 x + m1 band + m2 low
/// In this form a frame waits for the last one through three operations only.
struct SvfCoefficients {
  f32x4 loss2, a22, a32;   ///< 2 (1 - a1) without cancellation, 2 a2, 2 a3
  f32x4 m0, half1, half2;  ///< m0, m1 / 2, m2 / 2
};

/// `g` = tan(pi cutoff / sample rate), `k` = 1 / Q. The band-pass peaks at 0 dB.
inline SvfCoefficients svfCoefficients(f32x4 g, f32x4 k, SvfMode mode) {
  const f32x4 one = splat(1.f), half = splat(0.5f), zero = splat(0.f);
  const f32x4 twoA1 = splat(2.f) / (one + g * (g + k));
  SvfCoefficients c;
  c.loss2 = g * (g + k) * twoA1;
  c.a22 = g * twoA1;
  c.a32 = g * c.a22;
  c.m0 = mode == SvfMode::highpass || mode == SvfMode::notch ? one : zero;
  c.half1 = mode == SvfMode::lowpass ? zero : mode == SvfMode::bandpass ? k * half : -k * half;
  c.half2 = mode == SvfMode::lowpass ? half : mode == SvfMode::highpass ? -half : zero;
  return c;
}

struct SvfSection {
  f32x4 s1, s2;

  /// kLow: the output is the low-pass, m0 and the halves are not read.
  template <bool kLow = false>
  f32x4 step(f32x4 x, const SvfCoefficients& c) {
    const f32x4 a = s1, b = s2;
    s1 = (a + c.a22 * x) - (c.loss2 * a + c.a22 * b);
    s2 = (b + c.a32 * x) + (c.a22 * a - c.a32 * b);
    if constexpr (kLow) return splat(0.5f) * (b + s2);
    return c.m0 * x + c.half1 * (a + s1) + c.half2 * (b + s2);
  }
  void clear(i32x4 keep) {
    s1 = (f32x4)((i32x4)s1 & keep);
    s2 = (f32x4)((i32x4)s2 & keep);
  }
  void flushState() {
    s1 = flush(s1);
    s2 = flush(s2);
  }
};

/// The same filter as a matrix over two frames: s(n+2) = s(n) + (A^2 - I) s(n) + A B x(n) + B x(n+1). Halves the
/// latency of the recursion. A - I is kept, not A: at low cutoffs A is so near to I that its float form would mistune
/// the filter.
struct SvfLookAhead {
  f32x4 a11, a12, a21, a22;  ///< A^2 - I
  f32x4 p1, p2, b1, b2;      ///< A B and B
  f32x4 c1, c2, d;           ///< y(n) = c s(n) + d x(n)
  f32x4 e1, e2, f;           ///< y(n+1) = c A s(n) + c B x(n) + d x(n+1)

  explicit SvfLookAhead(const SvfCoefficients& c) {
    const f32x4 two = splat(2.f);
    const f32x4 m11 = -c.loss2, m21 = c.a22, m12 = -c.a22, m22 = -c.a32;  // A - I
    b1 = m21;
    b2 = -m22;
    const f32x4 trace = m11 + m22 + two;
    a11 = m11 * (two + m11) + m12 * m21;
    a12 = m12 * trace;
    a21 = m21 * trace;
    a22 = m22 * (two + m22) + m12 * m21;
    p1 = b1 + m11 * b1 + m12 * b2;
    p2 = b2 + m21 * b1 + m22 * b2;
    c1 = c.half1 * (two + m11) + c.half2 * m21;
    c2 = c.half1 * m12 + c.half2 * (two + m22);
    d = c.m0 + c.half1 * b1 + c.half2 * b2;
    e1 = c1 + c1 * m11 + c2 * m21;
    e2 = c2 + c1 * m12 + c2 * m22;
    f = c1 * b1 + c2 * b2;
  }
  void twoSteps(SvfSection& s, f32x4 x0, f32x4 x1, f32x4& y0, f32x4& y1) const {
    const f32x4 s1 = s.s1, s2 = s.s2;
    y0 = (d * x0 + c1 * s1) + c2 * s2;
    y1 = ((f * x0 + d * x1) + e1 * s1) + e2 * s2;
    s.s1 = (s1 + (p1 * x0 + b1 * x1)) + (a11 * s1 + a12 * s2);
    s.s2 = (s2 + (p2 * x0 + b2 * x1)) + (a21 * s1 + a22 * s2);
  }
};

}  // namespace sl
