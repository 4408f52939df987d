// Equaliser sections whose curves are the analogue ones up to 20 kHz, not cramped by the bilinear transform. Any
// thread.
#pragma once
#include <algorithm>
#include <cmath>

namespace sl {

enum class EqShape { bell, lowShelf, highShelf, lowCut, highCut, notch, bandPass };

/// (b0 + b1 z^-1 + b2 z^-2) / (1 + a1 z^-1 + a2 z^-2), times (1 + zero z^-1) / (1 + pole z^-1).
struct EqSection {
  double b0 = 1., b1 = 0., b2 = 0., a1 = 0., a2 = 0., zero = 0., pole = 0.;

  bool flat() const { return b0 == 1. && b1 == a1 && b2 == a2 && zero == pole; }
  /// Frames until the section's own ringing is 100 dB down; 0 when it passes everything unchanged.
  double ringFrames() const {
    if (flat()) return 0.;
    const double d = a1 * a1 - 4. * a2;
    const double radius = d < 0. ? std::sqrt(a2) : 0.5 * (std::fabs(a1) + std::sqrt(d));
    return -11.5129254 / std::log(std::clamp(std::max(radius, std::fabs(pole)), 1e-6, 0.999999));
  }
};

/// Poles and zeros begin at the impulse-invariant places (Vicanek, "Matched Second Order Digital Filters", 2016); one
/// real pole and zero more take up what a second order cannot follow near the end of the band. All of them are then
/// fitted to the analogue prototype (that of the RBJ cookbook) in decibels at twenty frequencies (Levenberg 1944,
/// Marquardt 1963). Worst deviation to 20 kHz at 48 kHz, gains to 18 dB, Q to 8: 0.05 dB for bells, shelves and cuts;
/// a second order alone leaves 0.2. Only boosts are designed: a cut is a boost turned over.
class MatchedSection {
 public:
  static EqSection design(EqShape shape, double hz, double gainDb, double q, double sampleRate) {
    const bool level = shape == EqShape::bell || shape == EqShape::lowShelf || shape == EqShape::highShelf;
    const double a = level ? std::pow(10., std::fabs(gainDb) / 40.) : 1.;
    MatchedSection fit(shape == EqShape::highShelf ? EqShape::lowShelf : shape, hz, a, q, sampleRate);
    if (level && gainDb == 0.) {
      EqSection f = fit.section();
      f.b0 = 1., f.b1 = f.a1, f.b2 = f.a2, f.zero = f.pole;
      return f;
    }
    fit.solve();
    const EqSection f = fit.section();
    if (!level) return f;
    const bool cut = gainDb < 0.;
    if (shape != EqShape::highShelf) return cut ? inverse(f) : f;
    // A high shelf is a low shelf the other way up, times its whole gain.
    EqSection high = cut ? f : inverse(f);
    const double whole = cut ? 1. / (a * a) : a * a;
    high.b0 *= whole, high.b1 *= whole, high.b2 *= whole;
    return high;
  }

 private:
  static constexpr int kChecks = 20, kUnknowns = 7, kRounds = 6;
  static constexpr double kTopHz = 20000.;
  /// A pair c1, c2 as e = 1 + c1 + c2 and d = 1 - c2: both stay exact and positive down to the lowest corners.
  enum Unknown { poleE, poleD, zeroE, zeroD, gain, zero, pole };

  MatchedSection(EqShape shape, double hz, double a, double q, double sampleRate) : shape_(shape), a_(a) {
    const double top = std::min(kTopHz, 0.4535 * sampleRate);
    hz = std::min(hz, top);
    const double corner = 2. * M_PI * hz / sampleRate, root = std::sqrt(a);
    const bool shelf = shape == EqShape::lowShelf;
    pair(shelf ? 0.5 / q : 0.5 / (a * q), shelf ? corner / root : corner, x_[poleE], x_[poleD]);
    if (shape == EqShape::bell) pair(0.5 * a / q, corner, x_[zeroE], x_[zeroD]);
    if (shelf) pair(0.5 / q, corner * root, x_[zeroE], x_[zeroD]);
    if (shape == EqShape::highCut) x_[zeroE] = 1., x_[zeroD] = 0.9;
    if (shape == EqShape::notch) x_[zeroE] = 2. - 2. * std::cos(corner), x_[zeroD] = 0.;
    if (shape == EqShape::bandPass) x_[zeroD] = 1.;
    x_[zero] = x_[pole] = 0.2;
    if (shelf) x_[gain] = 4. * std::log(a);  // its power at 0 Hz
    place(hz, q, top, sampleRate);
  }
  static void pair(double damping, double corner, double& e, double& d) {
    const double turn = std::sqrt(std::fabs(1. - damping * damping)) * corner;
    const double c1 = -2. * std::exp(-damping * corner) * (damping <= 1. ? std::cos(turn) : std::cosh(turn));
    const double c2 = std::exp(-2. * damping * corner);
    e = 1. + c1 + c2;
    d = 1. - c2;
  }
  /// Half of the checks lie about the corner, half between it and the top.
  void place(double hz, double q, double top, double sampleRate) {
    const double half = shape_ == EqShape::lowShelf ? 0.7 : 0.5 / q, up = std::sqrt(1. + half * half) + half;
    const double high = std::min(hz * up * up, 0.98 * top), low = std::min(hz / (up * up), 0.25 * high);
    constexpr int kHalf = kChecks / 2;
    double nearest = 1e9;
    for (int k = 0; k < kChecks; k++) {
      const double f = k < kHalf ? low * std::pow(high / low, (double)k / (kHalf - 1))
                                 : low + (top - low) * std::sin(M_PI_2 * (k - kHalf + 0.6) / (kHalf - 0.4));
      const double s = std::sin(M_PI * f / sampleRate), away = std::fabs(f / hz - 1.);
      at_[k] = 4. * s * s;
      want_[k] = std::log(std::max(power(f / hz, q), 1e-12));
      weight_[k] = shape_ == EqShape::notch && away < 1e-3 ? 0. : 1.;
      if (away < nearest) nearest = away, corner_ = k;
    }
  }
  /// Squared magnitude of the prototype at `x` times the corner.
  double power(double x, double q) const {
    const double x2 = x * x, rest = (1. - x2) * (1. - x2), damped = x2 / (q * q);
    switch (shape_) {
      case EqShape::bell:
        return (rest + damped * a_ * a_) / (rest + damped / (a_ * a_));
      case EqShape::lowCut:
        return x2 * x2 / (rest + damped);
      case EqShape::highCut:
        return 1. / (rest + damped);
      case EqShape::notch:
        return rest / (rest + damped);
      case EqShape::bandPass:
        return damped / (rest + damped);
      default: {
        const double side = damped * a_;
        return a_ * a_ * ((a_ - x2) * (a_ - x2) + side) / ((1. - a_ * x2) * (1. - a_ * x2) + side);
      }
    }
  }
  /// |1 + c1 z^-1 + c2 z^-2|^2 at t = 4 sin^2(w / 2).
  static double squared(double e, double d, double t) { return e * e + t * (d * d - e * (2. - d)) + t * t * (1. - d); }
  static double line(double c, double t) { return (1. + c) * (1. + c) - c * t; }
  bool ownZeros() const { return shape_ != EqShape::lowCut && shape_ != EqShape::bandPass; }

  /// ln of the section's power at a check, its level at 0 Hz (or what stands for it) taken out.
  double model(const double (&x)[kUnknowns], double t) const {
    double top;
    if (shape_ == EqShape::lowCut)
      top = t * t;
    else if (shape_ == EqShape::bandPass)
      top = t * line(x[zeroD] - 1., t);
    else
      top = squared(x[zeroE], x[zeroD], t) / (x[zeroE] * x[zeroE]);
    const double share = (1. + x[pole]) * x[poleE] / (1. + x[zero]);
    const double below = squared(x[poleE], x[poleD], t) * line(x[pole], t);
    return std::log(std::max(top * line(x[zero], t) * share * share / below, 1e-30)) + x[gain];
  }
  double misfit(const double (&x)[kUnknowns], double (&rest)[kChecks]) const {
    double sum = 0.;
    for (int k = 0; k < kChecks; k++) {
      rest[k] = weight_[k] * (want_[k] - model(x, at_[k]));
      sum += rest[k] * rest[k];
    }
    return sum;
  }
  void slopes(const double (&x)[kUnknowns], double t, double (&out)[kUnknowns]) const {
    const auto byE = [t](double e, double d, double whole) { return e * (2. * e - t * (2. - d)) / whole - 2.; };
    const auto byD = [t](double e, double d, double whole) { return d * t * (2. * d + e - t) / whole; };
    const auto byLine = [t](double c) { return (2. * (1. + c) - t) / line(c, t) - 2. / (1. + c); };
    const double below = squared(x[poleE], x[poleD], t);
    out[poleE] = -byE(x[poleE], x[poleD], below);
    out[poleD] = -byD(x[poleE], x[poleD], below);
    if (ownZeros()) {
      const double above = std::max(squared(x[zeroE], x[zeroD], t), 1e-300);
      out[zeroE] = byE(x[zeroE], x[zeroD], above);
      out[zeroD] = byD(x[zeroE], x[zeroD], above);
    } else {
      out[zeroE] = 0.;
      out[zeroD] = (2. * x[zeroD] - t) / line(x[zeroD] - 1., t);
    }
    out[gain] = 1.;
    out[zero] = byLine(x[zero]);
    out[pole] = -byLine(x[pole]);
  }
  static bool inside(double e, double d) { return e > 0. && d > 0. && d < 2. && 2. * (2. - d) > e; }
  /// Stable, and its inverse too.
  bool sound(const double (&x)[kUnknowns]) const {
    if (!inside(x[poleE], x[poleD]) || std::fabs(x[zero]) > 0.97 || std::fabs(x[pole]) > 0.97) return false;
    if (shape_ == EqShape::bandPass) return x[zeroD] > 0. && x[zeroD] < 2.;
    return shape_ == EqShape::lowCut || shape_ == EqShape::notch || inside(x[zeroE], x[zeroD]);
  }
  void solve() {
    // What the shape leaves free, and which of it moves by a factor.
    int free[kUnknowns], count = 0;
    const bool level = shape_ == EqShape::lowCut || shape_ == EqShape::bandPass;
    const bool pairFree = ownZeros() && shape_ != EqShape::notch;
    for (int u = 0; u < kUnknowns; u++) {
      const bool use = u == zeroE   ? pairFree
                       : u == zeroD ? pairFree || shape_ == EqShape::bandPass
                                    : u != gain || level;
      if (use) free[count++] = u;
    }
    if (level) x_[gain] = want_[corner_] - model(x_, at_[corner_]);
    if (!sound(x_)) return;
    double rest[kChecks], damping = 1e-3, cost = misfit(x_, rest);
    for (int round = 0; round < kRounds && cost > 1e-9; round++) {
      double h[kUnknowns][kUnknowns + 1] = {};
      for (int k = 0; k < kChecks; k++) {
        double row[kUnknowns];
        slopes(x_, at_[k], row);
        for (int i = 0; i < count; i++) {
          const double left = row[free[i]] * weight_[k];
          for (int j = i; j < count; j++) h[i][j] += left * row[free[j]];
          h[i][count] += left * rest[k];
        }
      }
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < i; j++) h[i][j] = h[j][i];
        h[i][i] += damping * (h[i][i] + 1e-9);
      }
      double move[kUnknowns], next[kUnknowns], nextRest[kChecks];
      eliminate(h, count, move);
      std::copy(x_, x_ + kUnknowns, next);
      for (int i = 0; i < count; i++) {
        const int u = free[i];
        const bool factor = u <= zeroE || (u == zeroD && pairFree);
        if (factor)
          next[u] *= std::exp(std::clamp(move[i], -1., 1.));
        else
          next[u] += std::clamp(move[i], -0.5, 0.5);
      }
      const double nextCost = sound(next) ? misfit(next, nextRest) : INFINITY;
      if (nextCost < cost) {
        std::copy(next, next + kUnknowns, x_);
        std::copy(nextRest, nextRest + kChecks, rest);
        cost = nextCost;
        damping = std::max(0.1 * damping, 1e-7);
      } else {
        damping *= 10.;
      }
    }
  }
  /// Solves the symmetric system in place; its diagonal was raised, so no pivot is needed.
  static void eliminate(double (&h)[kUnknowns][kUnknowns + 1], int n, double (&out)[kUnknowns]) {
    for (int i = 0; i < n; i++)
      for (int j = i + 1; j < n; j++) {
        const double share = h[j][i] / h[i][i];
        for (int k = i; k <= n; k++) h[j][k] -= share * h[i][k];
      }
    for (int i = n - 1; i >= 0; i--) {
      double sum = h[i][n];
      for (int k = i + 1; k < n; k++) sum -= h[i][k] * out[k];
      out[i] = sum / h[i][i];
    }
  }
  EqSection section() const {
    EqSection f;
    f.a1 = x_[poleE] - 2. + x_[poleD];
    f.a2 = 1. - x_[poleD];
    f.zero = x_[zero];
    f.pole = x_[pole];
    double share = std::exp(0.5 * x_[gain]) * x_[poleE] * (1. + x_[pole]) / (1. + x_[zero]);
    double c1 = -2., c2 = 1.;  // the low cut's
    if (shape_ == EqShape::bandPass) {
      c1 = x_[zeroD] - 2.;
      c2 = 1. - x_[zeroD];
    } else if (shape_ != EqShape::lowCut) {
      c1 = x_[zeroE] - 2. + x_[zeroD];
      c2 = 1. - x_[zeroD];
      share /= x_[zeroE];
    }
    f.b0 = share;
    f.b1 = share * c1;
    f.b2 = share * c2;
    return f;
  }
  static EqSection inverse(const EqSection& f) {
    return {1. / f.b0, f.a1 / f.b0, f.a2 / f.b0, f.b1 / f.b0, f.b2 / f.b0, f.pole, f.zero};
  }

  EqShape shape_;
  double a_;
  double x_[kUnknowns] = {};
  double at_[kChecks], want_[kChecks], weight_[kChecks];
  int corner_ = 0;
};

}  // namespace sl
