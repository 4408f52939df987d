// A settled trapezoidal filter section (dsp/svf.h) of one voice as a matrix over four frames: time lies across the
// vectors, and a frame waits for the last four in four operations. Audio thread.
#pragma once
#include "dsp/svf.h"

namespace sl {

/// With A, B, c, d as in SvfLookAhead: s(n+4) = s(n) + (A^4 - I) s(n) + A^3 B x(n) + A^2 B x(n+1) + A B x(n+2) + B
/// x(n+3), y(n+k) = c A^k s(n) + what x(n) .. x(n+k) add. Made in double precision; A^4 - I is kept, not A^4, as there.
class LoneSvf {
 public:
  void make(const SvfCoefficients& c, int lane) {
    const auto of = [lane](const f32x4& v) { return (double)laneOf(v, lane); };
    const double half1 = of(c.half1), half2 = of(c.half2), m0 = of(c.m0);
    const double m11 = -of(c.loss2), m12 = -of(c.a22), m21 = of(c.a22), m22 = -of(c.a32);  // A - I
    const double b1 = m21, b2 = -m22;
    double row1 = half1 * (2. + m11) + half2 * m21, row2 = half1 * m12 + half2 * (2. + m22);  // c A^k
    double columns1 = b1, columns2 = b2;                                                      // A^k B
    double heard[4] = {m0 + half1 * b1 + half2 * b2};
    for (int k = 0; k < 4; k++) {
      from1_[k] = (float)row1, from2_[k] = (float)row2;
      if (k < 3) heard[k + 1] = row1 * b1 + row2 * b2;
      in_[3 - k] = f32x4{(float)columns1, (float)columns2, (float)columns1, (float)columns2};
      const double next1 = row1 + row1 * m11 + row2 * m21, next2 = row2 + row1 * m12 + row2 * m22;
      row1 = next1, row2 = next2;
      const double then1 = columns1 + m11 * columns1 + m12 * columns2,
                   then2 = columns2 + m21 * columns1 + m22 * columns2;
      columns1 = then1, columns2 = then2;
    }
    for (int k = 0; k < 4; k++)
      for (int at = 0; at < 4; at++) out_[k][at] = at < k ? 0.f : (float)heard[at - k];
    double p11 = m11, p12 = m12, p21 = m21, p22 = m22;
    for (int twice = 0; twice < 2; twice++) {  // P -> P^2 + 2 P, where P = A^k - I
      const double trace = p11 + p22 + 2.;
      const double q11 = p11 * (2. + p11) + p12 * p21, q22 = p22 * (2. + p22) + p12 * p21;
      p12 *= trace, p21 *= trace;
      p11 = q11, p22 = q22;
    }
    own_ = f32x4{(float)p11, (float)p22, (float)p11, (float)p22};
    other_ = f32x4{(float)p12, (float)p21, (float)p12, (float)p21};
  }

  /// The section's state: s1, s2, s1, s2.
  static f32x4 state(const SvfSection& s, int lane) {
    const float a = laneOf(s.s1, lane), b = laneOf(s.s2, lane);
    return f32x4{a, b, a, b};
  }
  static void keep(f32x4 state, SvfSection& s, int lane) {
    state = flush(state);
    s.s1[lane] = state[0], s.s2[lane] = state[1];
  }

  f32x4 fourSteps(f32x4& s, f32x4 x) const {
    const f32x4 x0 = __builtin_shufflevector(x, x, 0, 0, 0, 0), x1 = __builtin_shufflevector(x, x, 1, 1, 1, 1);
    const f32x4 x2 = __builtin_shufflevector(x, x, 2, 2, 2, 2), x3 = __builtin_shufflevector(x, x, 3, 3, 3, 3);
    const f32x4 s1 = __builtin_shufflevector(s, s, 0, 0, 0, 0), s2 = __builtin_shufflevector(s, s, 1, 1, 1, 1);
    const f32x4 swapped = __builtin_shufflevector(s, s, 1, 0, 3, 2);
    const f32x4 y = (out_[0] * x0 + out_[1] * x1) + (out_[2] * x2 + out_[3] * x3);
    const f32x4 added = (in_[0] * x0 + in_[1] * x1) + (in_[2] * x2 + in_[3] * x3);
    s = (s + added) + (own_ * s + other_ * swapped);
    return y + (from1_ * s1 + from2_ * s2);
  }

 private:
  f32x4 own_, other_, in_[4], from1_, from2_, out_[4];
};

}  // namespace sl
