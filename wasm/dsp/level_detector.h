// What every dynamics effect listens with: a high-pass, then the level of each side in decibels. Audio thread except
// prepare.
#pragma once
#include <cmath>

#include "dsp/math.h"
#include "dsp/quadrature.h"
#include "dsp/svf.h"

namespace sl {

/// Decibels of a squared amplitude, from -200.
inline f32x4 decibelsOfPower(f32x4 power) { return log2(max(power, splat(1e-20f))) * splat(3.01029995663981f); }

/// The envelope of dsp/quadrature.h: a sine reads its peak at once and without ripple, a transient at least its
/// samples. Averaged (`rms`): its mean square over 10 ms, still with a sine at its peak level.
class LevelDetector {
 public:
  /// A high-pass at its lowest setting is out of the way.
  static constexpr float kOpenHz = 20.f;
  /// How long the lowest all-passes still read something after a loud sound has ended.
  static constexpr float kRingSeconds = 0.05f;

  void prepare(float sampleRate) {
    sampleRate_ = sampleRate;
    quadrature_.prepare(sampleRate);
    average_ = 1.f - std::exp(-1.f / (0.01f * sampleRate));
    coefficientsFor(kOpenHz);
  }
  void reset() noexcept {
    quadrature_.reset();
    filter_ = SvfSection{};
    mean_ = splat(0.f);
  }
  /// Levels of 1..32 frames in dB of full scale.
  void process(const float* left, const float* right, int n, float highpassHz, bool rms, float* leftDb,
               float* rightDb) noexcept {
    const bool filtered = highpassHz > kOpenHz;
    if (filtered && highpassHz != cornerHz_) coefficientsFor(highpassHz);
    alignas(16) float power[2][32] = {};
    for (int i = 0; i < n; i++) {
      f32x4 x = {left[i], right[i], 0.f, 0.f};
      if (filtered) x = filter_.step(x, highpass_);
      f32x4 now = quadrature_.squared(x[0], x[1]);
      mean_ += (now - mean_) * splat(average_);
      if (rms) now = mean_;
      power[0][i] = now[0], power[1][i] = now[1];
    }
    for (int i = 0; i < n; i += 4) {  // to the end of the four: callers pass room for 32
      store4(leftDb + i, decibelsOfPower(load4(power[0] + i)));
      store4(rightDb + i, decibelsOfPower(load4(power[1] + i)));
    }
    quadrature_.endBlock();
    filter_.flushState();
    mean_ = flush(mean_);
    if (!(filter_.s1[0] + filter_.s2[0] + mean_[0] + filter_.s1[1] + filter_.s2[1] + mean_[1] < 1e30f)) reset();
  }

 private:
  void coefficientsFor(float hz) {
    cornerHz_ = hz;
    highpass_ = svfCoefficients(tanPi(splat(hz / sampleRate_)), splat(1.41421356f), SvfMode::highpass);
  }

  Quadrature quadrature_;
  SvfSection filter_{};
  SvfCoefficients highpass_{};
  f32x4 mean_{};
  float sampleRate_ = 48000.f, average_ = 0.f, cornerHz_ = 0.f;
};

}  // namespace sl
