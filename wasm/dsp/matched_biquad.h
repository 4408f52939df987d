// Second-order equaliser sections matched to the analogue curve instead of cramped by the bilinear transform. Any
// thread.
#pragma once
#include <algorithm>
#include <cmath>

namespace sl {

/// y = (b0 + b1 z^-1 + b2 z^-2) / (1 + a1 z^-1 + a2 z^-2) x
struct Biquad {
  double b0 = 1., b1 = 0., b2 = 0., a1 = 0., a2 = 0.;

  /// Frames until the section's own ringing is 100 dB down; 0 when it passes everything unchanged.
  double ringFrames() const {
    if (b0 == 1. && b1 == a1 && b2 == a2) return 0.;
    const double d = a1 * a1 - 4. * a2;
    const double radius = d < 0. ? std::sqrt(a2) : 0.5 * (std::fabs(a1) + std::sqrt(d));
    return -11.5129254 / std::log(std::clamp(radius, 1e-6, 0.999999));
  }
};

/// Sections after Vicanek, "Matched Second Order Digital Filters" (2016): poles by impulse invariance, zeros so that
/// the magnitude equals the analogue prototype's (the one of the RBJ cookbook) at 0 Hz, at the corner and at 20 kHz.
/// Poles are then moved a little (frequency and damping, Gauss-Newton) to flatten what is left between those points.
/// Only boosts are designed; a cut is a boost turned over, which keeps the sharp side in the poles.
class MatchedEq {
 public:
  enum class Kind { lowShelf, bell, highShelf };

  static Biquad design(Kind kind, double hz, double gainDb, double q, double sampleRate) {
    MatchedEq eq(kind != Kind::bell, hz, std::pow(10., std::fabs(gainDb) / 40.), q, sampleRate);
    Biquad f = eq.poles(1., 1.);
    if (gainDb == 0.) {
      f.b1 = f.a1;
      f.b2 = f.a2;
      return f;
    }
    f = eq.refined();
    const bool cut = gainDb < 0.;
    if (kind != Kind::highShelf) return cut ? inverse(f) : f;
    if (!cut) f = inverse(f);  // a high shelf is a low shelf the other way up, times its whole gain
    const double level = cut ? 1. / (eq.a_ * eq.a_) : eq.a_ * eq.a_;
    f.b0 *= level, f.b1 *= level, f.b2 *= level;
    return f;
  }

 private:
  static constexpr int kChecks = 5;
  static constexpr double kTopHz = 20000.;

  MatchedEq(bool shelf, double hz, double a, double q, double sampleRate)
      : shelf_(shelf), hz_(std::min(hz, 0.45 * sampleRate)), a_(a), q_(q), sampleRate_(sampleRate) {
    // Between the matched points: on the flanks of the bell, or around the shelf's slope.
    const double half = shelf ? 0.7 : 0.5 / q, up = std::sqrt(1. + half * half) + half;
    const auto above = [&](double share) { return hz_ + (kTopHz - hz_) * share; };
    const double near = std::min(hz_ * std::sqrt(up), above(0.4)), far = std::min(hz_ * up, above(0.7));
    const double at[kChecks] = {hz_ / std::pow(up, 1.2), hz_ / std::sqrt(up), near, far, 0.5 * (far + kTopHz)};
    for (int k = 0; k < kChecks; k++) {
      sine_[k] = sineSquared(at[k]);
      want_[k] = power(at[k]);
    }
    sineCorner_ = sineSquared(hz_);
    sineTop_ = sineSquared(kTopHz);
    wantCorner_ = power(hz_);
    wantTop_ = power(kTopHz);
  }
  double sineSquared(double hz) const {
    const double s = std::sin(M_PI * hz / sampleRate_);
    return s * s;
  }
  /// Squared magnitude of the boosting prototype.
  double power(double hz) const {
    const double x = hz / hz_, x2 = x * x;
    if (!shelf_) {
      const double lift = x * a_ / q_, drop = x / (a_ * q_), rest = (1. - x2) * (1. - x2);
      return (rest + lift * lift) / (rest + drop * drop);
    }
    const double side = x2 * a_ / (q_ * q_);
    return a_ * a_ * ((a_ - x2) * (a_ - x2) + side) / ((1. - a_ * x2) * (1. - a_ * x2) + side);
  }
  /// Poles with their frequency and damping scaled. A low shelf's lie below the corner, a bell's are narrowed.
  Biquad poles(double scaleCorner, double scaleDamping) const {
    const double damping = scaleDamping * (shelf_ ? 0.5 / q_ : 0.5 / (a_ * q_));
    const double corner = scaleCorner * 2. * M_PI * hz_ / sampleRate_ / (shelf_ ? std::sqrt(a_) : 1.);
    const double turn = std::sqrt(std::fabs(1. - damping * damping)) * corner;
    Biquad f;
    f.a1 = -2. * std::exp(-damping * corner) * (damping <= 1. ? std::cos(turn) : std::cosh(turn));
    f.a2 = std::exp(-2. * damping * corner);
    return f;
  }
  /// |.|^2 of c0 + c1 z^-1 + c2 z^-2, linear in (1 - s, s, 4 s (1 - s)) with s = sin^2(w / 2).
  static double squared(double c0, double c1, double c2, double s) {
    const double even = c0 + c1 + c2, odd = c0 - c1 + c2;
    return even * even * (1. - s) + odd * odd * s - 16. * c0 * c2 * s * (1. - s);
  }
  /// Adds the zeros; false where no real ones exist.
  bool zeros(Biquad& f) const {
    const double even = 1. + f.a1 + f.a2, b0 = even * even * (shelf_ ? a_ * a_ * a_ * a_ : 1.);
    const double s1 = sineCorner_, s2 = sineTop_;
    const double r1 = (wantCorner_ * squared(1., f.a1, f.a2, s1) - b0 * (1. - s1)) / s1;
    const double r2 = (wantTop_ * squared(1., f.a1, f.a2, s2) - b0 * (1. - s2)) / s2;
    const double b2 = (r1 - r2) / (4. * (s2 - s1)), b1 = r1 - 4. * b2 * (1. - s1);
    const double e = std::sqrt(b0), o = std::sqrt(std::max(b1, 0.)), half = 0.5 * (e + o), rest = half * half + b2;
    f.b0 = 0.5 * (half + std::sqrt(std::max(rest, 0.)));
    f.b1 = 0.5 * (e - o);
    f.b2 = -b2 / (4. * f.b0);
    return b1 > 0. && rest > 0.;
  }
  struct Fit {
    Biquad filter;
    double error[kChecks];
    double sum = 1e9;
  };
  Fit attempt(double scaleCorner, double scaleDamping) const {
    Fit fit;
    fit.filter = poles(scaleCorner, scaleDamping);
    if (!zeros(fit.filter)) return fit;
    const Biquad& f = fit.filter;
    fit.sum = 0.;
    for (int k = 0; k < kChecks; k++) {
      const double gain = squared(f.b0, f.b1, f.b2, sine_[k]) / squared(1., f.a1, f.a2, sine_[k]);
      fit.error[k] = gain / want_[k] - 1.;
      fit.sum += fit.error[k] * fit.error[k];
    }
    return fit;
  }
  Biquad refined() const {
    constexpr double kStep = 1e-4, kMost = 0.15;
    double corner = 1., damping = 1.;
    Fit best = attempt(1., 1.);
    for (int round = 0; round < 3 && best.sum > 1e-6 && best.sum < 1e8; round++) {
      const Fit byCorner = attempt(corner + kStep, damping), byDamping = attempt(corner, damping + kStep);
      double cc = 0., cd = 0., dd = 0., ce = 0., de = 0.;
      for (int k = 0; k < kChecks; k++) {
        const double c = (byCorner.error[k] - best.error[k]) / kStep, d = (byDamping.error[k] - best.error[k]) / kStep;
        cc += c * c, cd += c * d, dd += d * d, ce -= c * best.error[k], de -= d * best.error[k];
      }
      const double calm = 1e-5 * (cc + dd);
      const double det = (cc + calm) * (dd + calm) - cd * cd;
      const double nextCorner = corner + std::clamp(((dd + calm) * ce - cd * de) / det, -kMost, kMost);
      const double nextDamping = damping + std::clamp(((cc + calm) * de - cd * ce) / det, -kMost, kMost);
      const Fit next = attempt(nextCorner, nextDamping);
      if (!(next.sum < best.sum)) break;
      best = next, corner = nextCorner, damping = nextDamping;
    }
    return best.filter;
  }
  static Biquad inverse(const Biquad& f) { return {1. / f.b0, f.a1 / f.b0, f.a2 / f.b0, f.b1 / f.b0, f.b2 / f.b0}; }

  bool shelf_;
  double hz_, a_, q_, sampleRate_;
  double sine_[kChecks], want_[kChecks];
  double sineCorner_, sineTop_, wantCorner_, wantTop_;
};

}  // namespace sl
