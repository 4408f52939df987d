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
    share_[3] = average_;
    for (int k = 2; k >= 0; k--) share_[k] = share_[k + 1] * (1.f - average_);
    kept_ = share_[0] / average_ * (1.f - average_);
    coefficientsFor(kOpenHz);
  }
  void reset() noexcept {
    quadrature_.reset();
    filter_ = SvfSection{};
    mean_ = splat(0.f);
  }
  /// Levels of 1..32 frames in dB of full scale; `linked`: of both sides that of the louder.
  void process(const float* left, const float* right, int n, float highpassHz, bool rms, float* leftDb, float* rightDb,
               bool linked = false) noexcept {
    const bool filtered = highpassHz > kOpenHz;
    if (filtered && highpassHz != cornerHz_) coefficientsFor(highpassHz);
    f32x4 power[32];
    for (int i = 0; i < n; i++) power[i] = f32x4{left[i], right[i], 0.f, 0.f};
    if (filtered)
      for (int i = 0; i < n; i++) power[i] = filter_.step(power[i], highpass_);
    quadrature_.squared(power, n);
    if (rms)
      for (int i = 0; i < n; i++) power[i] = mean_ += (power[i] - mean_) * splat(average_);
    else
      follow(power, n);
    for (int i = n; i & 3; i++) power[i] = splat(0.f);
    for (int i = 0; i < n; i += 4) {  // to the end of the four: callers pass room for 32
      const f32x4 a = __builtin_shufflevector(power[i], power[i + 1], 0, 4, 1, 5);
      const f32x4 b = __builtin_shufflevector(power[i + 2], power[i + 3], 0, 4, 1, 5);
      f32x4 l = __builtin_shufflevector(a, b, 0, 1, 4, 5), r = __builtin_shufflevector(a, b, 2, 3, 6, 7);
      if (linked) {
        l = r = decibelsOfPower(max(l, r));
      } else {
        l = decibelsOfPower(l), r = decibelsOfPower(r);
      }
      store4(leftDb + i, l);
      store4(rightDb + i, r);
    }
    quadrature_.endBlock();
    filter_.flushState();
    mean_ = flush(mean_);
    if (!(filter_.s1[0] + filter_.s2[0] + mean_[0] + filter_.s1[1] + filter_.s2[1] + mean_[1] < 1e30f)) reset();
  }

 private:
  /// Where the mean goes while nobody listens to it: four frames at a time.
  void follow(const f32x4* power, int n) noexcept {
    f32x4 mean = mean_;
    int i = 0;
    for (; i + 3 < n; i += 4)
      mean = mean * splat(kept_) + ((power[i] * splat(share_[0]) + power[i + 1] * splat(share_[1])) +
                                    (power[i + 2] * splat(share_[2]) + power[i + 3] * splat(share_[3])));
    for (; i < n; i++) mean += (power[i] - mean) * splat(average_);
    mean_ = mean;
  }
  void coefficientsFor(float hz) {
    cornerHz_ = hz;
    highpass_ = svfCoefficients(tanPi(splat(hz / sampleRate_)), splat(1.41421356f), SvfMode::highpass);
  }

  Quadrature quadrature_;
  SvfSection filter_{};
  SvfCoefficients highpass_{};
  f32x4 mean_{};
  float sampleRate_ = 48000.f, average_ = 0.f, cornerHz_ = 0.f;
  float share_[4] = {}, kept_ = 0.f;  ///< of four frames and of the mean before them
};

}  // namespace sl
