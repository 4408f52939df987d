// Trapezoidal (TPT) state-variable filter section for four voices: coefficients, ramped form, settled look-ahead form.
// Audio thread. Zavalishin, The Art of VA Filter Design (2018), chapter 4; Simper (2013) for the a1, a2, a3 form.
#pragma once
#include "core/denormal.h"
#include "dsp/math.h"

namespace sl {

enum class SvfMode : int { lowpass, highpass, bandpass, notch };

/// v1 = band, v2 = low; output = m0 x + m1 v1 + m2 v2.
struct SvfCoefficients {
  f32x4 a1, a2, a3, m0, m1, m2;
  f32x4 loss;  ///< 1 - a1 without cancellation; only the settled form reads it.
};

/// `g` = tan(pi cutoff / sample rate), `k` = 1 / Q. The band-pass peaks at 0 dB.
inline SvfCoefficients svfCoefficients(f32x4 g, f32x4 k, SvfMode mode) {
  const f32x4 one = splat(1.f), zero = splat(0.f);
  SvfCoefficients c;
  c.a1 = one / (one + g * (g + k));
  c.a2 = g * c.a1;
  c.a3 = g * c.a2;
  c.loss = g * (g + k) * c.a1;
  c.m0 = mode == SvfMode::highpass || mode == SvfMode::notch ? one : zero;
  c.m1 = mode == SvfMode::lowpass ? zero : mode == SvfMode::bandpass ? k : -k;
  c.m2 = mode == SvfMode::lowpass ? one : mode == SvfMode::highpass ? -one : zero;
  return c;
}

struct SvfSection {
  f32x4 s1, s2;

  f32x4 step(f32x4 x, const SvfCoefficients& c) {
    const f32x4 v3 = x - s2;
    const f32x4 v1 = c.a1 * s1 + c.a2 * v3;
    const f32x4 v2 = s2 + c.a2 * s1 + c.a3 * v3;
    s1 = v1 + v1 - s1;
    s2 = v2 + v2 - s2;
    return c.m0 * x + c.m1 * v1 + c.m2 * v2;
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
    const f32x4 m11 = -two * c.loss, m21 = c.a2 + c.a2, m12 = -m21, m22 = -two * c.a3;  // A - I
    b1 = m21;
    b2 = -m22;
    const f32x4 trace = m11 + m22 + two;
    a11 = m11 * (two + m11) + m12 * m21;
    a12 = m12 * trace;
    a21 = m21 * trace;
    a22 = m22 * (two + m22) + m12 * m21;
    p1 = b1 + m11 * b1 + m12 * b2;
    p2 = b2 + m21 * b1 + m22 * b2;
    c1 = c.m1 * c.a1 + c.m2 * c.a2;
    c2 = c.m2 * (splat(1.f) - c.a3) - c.m1 * c.a2;
    d = c.m0 + c.m1 * c.a2 + c.m2 * c.a3;
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
