// Linkwitz-Riley crossovers of fourth order in f64, both channels in one vector. Audio thread.
#pragma once
#include <cmath>

#include "core/denormal.h"

namespace sl {

using f64x2 = double __attribute__((vector_size(16)));

/// Trapezoidal Butterworth section (Zavalishin 2018; Simper's form); its coefficients ramp over a block.
struct CrossoverGain {
  double a1 = 0., a2 = 0., a3 = 0.;

  static constexpr double kDamping = M_SQRT2;
  static CrossoverGain at(double hz, double sampleRate) {
    const double g = std::tan(M_PI * std::fmin(hz / sampleRate, 0.49));
    const double a1 = 1. / (1. + g * (g + kDamping));
    return {a1, g * a1, g * g * a1};
  }
};

/// The coefficients of one corner through a block.
class CrossoverGlide {
 public:
  /// Ramps from where the last block ended to `hz` in `frames`; the first call after a reset jumps.
  void aim(float hz, double sampleRate, int frames) noexcept {
    now_ = fresh_ ? CrossoverGain::at(hz, sampleRate) : end_;
    moving_ = !fresh_ && hz != hz_;
    if (fresh_ || moving_) end_ = CrossoverGain::at(hz, sampleRate);
    step_ = {(end_.a1 - now_.a1) / frames, (end_.a2 - now_.a2) / frames, (end_.a3 - now_.a3) / frames};
    hz_ = hz;
    fresh_ = false;
  }
  void reset() noexcept { fresh_ = true; }
  const CrossoverGain& next() noexcept {
    if (moving_) now_.a1 += step_.a1, now_.a2 += step_.a2, now_.a3 += step_.a3;
    return now_;
  }

 private:
  CrossoverGain now_, step_, end_;
  float hz_ = 0.f;
  bool fresh_ = true, moving_ = false;
};

struct CrossoverSection {
  f64x2 s1{}, s2{};

  void run(f64x2 x, const CrossoverGain& c, f64x2& low, f64x2& band) noexcept {
    const f64x2 v3 = x - s2;
    band = c.a1 * s1 + c.a2 * v3;
    low = s2 + c.a2 * s1 + c.a3 * v3;
    s1 = 2. * band - s1;
    s2 = 2. * low - s2;
  }
  f64x2 low(f64x2 x, const CrossoverGain& c) noexcept {
    f64x2 l, b;
    run(x, c, l, b);
    return l;
  }
  f64x2 high(f64x2 x, const CrossoverGain& c) noexcept {
    f64x2 l, b;
    run(x, c, l, b);
    return x - CrossoverGain::kDamping * b - l;
  }
  /// What low and high of a crossover at this corner add up to.
  f64x2 allpass(f64x2 x, const CrossoverGain& c) noexcept {
    f64x2 l, b;
    run(x, c, l, b);
    return x - 2. * CrossoverGain::kDamping * b;
  }
  void flushState() noexcept {
    for (int c = 0; c < 2; c++) s1[c] = flush(s1[c]), s2[c] = flush(s2[c]);
  }
};

/// Two Butterworth sections each way; low + high is the input through a second-order all-pass, flat to rounding.
struct Crossover {
  CrossoverSection first, second, third;

  void split(f64x2 x, const CrossoverGain& c, f64x2& low, f64x2& high) noexcept {
    f64x2 l, b;
    first.run(x, c, l, b);
    low = second.low(l, c);
    high = third.high(x - CrossoverGain::kDamping * b - l, c);
  }
  void flushState() noexcept { first.flushState(), second.flushState(), third.flushState(); }
};

}  // namespace sl
