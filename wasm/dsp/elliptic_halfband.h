// Elliptic half-band filters of two all-pass branches, designed for any transition, and twofold oversampling with them.
// Audio thread except the design.
#pragma once
#include <cmath>

#include "core/denormal.h"

namespace sl {

/// Coefficients of the branches' all-passes in z^-2, ascending, even ones to the undelayed branch (Valenzuela and
/// Constantinides 1983; theta series). `transition`: width of the band between pass and stop in cycles per frame.
inline void ellipticHalfband(double* coefficients, int count, double transition) {
  double k = std::tan((1. - 2. * transition) * M_PI / 4.);
  k *= k;
  const double root = std::sqrt(std::sqrt(1. - k * k)), e = 0.5 * (1. - root) / (1. + root), e4 = e * e * e * e;
  const double q = e * (1. + e4 * (2. + e4 * (15. + 150. * e4)));
  for (int c = 0; c < count; c++) {
    const double turn = (c + 1) * M_PI / (2 * count + 1);
    double above = 0., below = 0.5, sign = 1.;
    for (int i = 0; i < 12; i++, sign = -sign) {
      above += sign * std::pow(q, i * (i + 1)) * std::sin((2 * i + 1) * turn);
      if (i > 0) below += sign * std::pow(q, i * i) * std::cos(2 * i * turn);
    }
    const double w = above * std::sqrt(std::sqrt(q)) / below, w2 = w * w;
    const double x = std::sqrt((1. - w2 * k) * (1. - w2 / k)) / (1. + w2);
    coefficients[c] = (1. - x) / (1. + x);
  }
}

/// Twice the rate and back for four lanes: flat to 20 kHz, images and aliases of what lies below it under -100 dB.
/// Little delay, not linear phase.
class EllipticTwofold {
 public:
  void prepare(double sampleRate) {
    double designed[kCoefficients];
    ellipticHalfband(designed, kCoefficients, (sampleRate - 40000.) / (2. * sampleRate));
    for (int k = 0; k < kCoefficients; k++) coefficient_[k] = (float)designed[k];
    tail_ = (int)(2. * 1.3 * -11.5129254 / std::log(designed[kCoefficients - 1]));
  }
  void reset() noexcept {
    for (auto* branches : {up_, down_})
      for (int w = 0; w < 2; w++)
        for (f32x4& v : branches[w].past) v = splat(0.f);
  }
  void up(f32x4 x, f32x4& first, f32x4& second) noexcept {
    first = run(up_[0], 0, x);
    second = run(up_[1], 1, x);
  }
  f32x4 down(f32x4 first, f32x4 second) noexcept {
    return (run(down_[0], 0, second) + run(down_[1], 1, first)) * splat(0.5f);
  }
  void endBlock() noexcept {
    for (auto* branches : {up_, down_})
      for (int w = 0; w < 2; w++)
        for (f32x4& v : branches[w].past) v = flush(v);
  }
  int tailFrames() const noexcept { return tail_; }

 private:
  static constexpr int kCoefficients = 8;
  struct Branch {
    f32x4 past[kCoefficients / 2 + 1] = {};  ///< last input, then the last output of every stage
  };
  f32x4 run(Branch& branch, int which, f32x4 x) const noexcept {
    for (int k = 0; k < kCoefficients / 2; k++) {
      const f32x4 y = splat(coefficient_[2 * k + which]) * (x - branch.past[k + 1]) + branch.past[k];
      branch.past[k] = x;
      x = y;
    }
    branch.past[kCoefficients / 2] = x;
    return x;
  }

  float coefficient_[kCoefficients] = {};
  Branch up_[2], down_[2];
  int tail_ = 0;
};

}  // namespace sl
