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
  /// Levels of 1..32 frames in dB of full scale. To the end of the four: callers pass room for 32.
  void process(const float* left, const float* right, int n, float highpassHz, bool rms, float* leftDb,
               float* rightDb) noexcept {
    f32x4 pairs[kMostPairs];
    listen(left, right, n, highpassHz, rms, pairs);
    for (int i = 0; i < n; i += 4) {
      store4(leftDb + i, decibelsOfPower(sideOf<0>(pairs + i / 2)));
      store4(rightDb + i, decibelsOfPower(sideOf<1>(pairs + i / 2)));
    }
  }
  /// As above, of the louder side: `next(i, db)` gets four frames from frame `i` on; past the end they are void.
  template <class Next>
  void louder(const float* left, const float* right, int n, float highpassHz, bool rms, Next next) noexcept {
    f32x4 pairs[kMostPairs];
    listen(left, right, n, highpassHz, rms, pairs);
    for (int i = 0; i < n; i += 4) next(i, decibelsOfPower(max(sideOf<0>(pairs + i / 2), sideOf<1>(pairs + i / 2))));
  }

 private:
  static constexpr int kMostPairs = 16;

  /// Squared levels of 1..32 frames, two frames a vector: left, right, left, right; zero after the last frame.
  void listen(const float* left, const float* right, int n, float highpassHz, bool rms, f32x4* pairs) noexcept {
    const bool filtered = highpassHz > kOpenHz;
    if (filtered && highpassHz != cornerHz_) coefficientsFor(highpassHz);
    f32x4 signal[kMostPairs];
    int i = 0;
    for (; i + 3 < n; i += 4) {
      const f32x4 l = load4(left + i), r = load4(right + i);
      signal[i / 2] = __builtin_shufflevector(l, r, 0, 4, 1, 5);
      signal[i / 2 + 1] = __builtin_shufflevector(l, r, 2, 6, 3, 7);
    }
    for (; i < n; i += 2)
      signal[i / 2] = f32x4{left[i], right[i], i + 1 < n ? left[i + 1] : 0.f, i + 1 < n ? right[i + 1] : 0.f};
    if (filtered) {
      for (int k = 0; k < n; k += 2) {
        f32x4& pair = signal[k / 2];
        const f32x4 one = filter_.step(pair, highpass_), two = k + 1 < n ? filter_.step(swapped(pair), highpass_) : one;
        pair = __builtin_shufflevector(one, two, 0, 1, 4, 5);
      }
    }
    quadrature_.squared(signal, n, pairs);
    if (n & 1) pairs[n / 2] = __builtin_shufflevector(pairs[n / 2], splat(0.f), 0, 1, 4, 5);
    if ((n + 1) / 2 & 1) pairs[(n + 1) / 2] = splat(0.f);
    if (rms)
      average(pairs, n);
    else
      follow(pairs, n);
    quadrature_.endBlock();
    if (filtered) filter_.flushState();
    mean_ = flush(mean_);
    // What is not a number in any state is in the mean, now or one block later.
    if (!(mean_[0] + mean_[1] < 1e30f)) reset();
  }
  /// Four frames of one side.
  template <int kSide>
  static f32x4 sideOf(const f32x4* pairs) noexcept {
    return __builtin_shufflevector(pairs[0], pairs[1], kSide, kSide + 2, kSide + 4, kSide + 6);
  }
  /// Each frame becomes the mean up to it.
  void average(f32x4* pairs, int n) noexcept {
    const auto next = [&](f32x4 power) { return mean_ += (power - mean_) * splat(average_); };
    for (int i = 0; i < n; i += 2) {
      f32x4& pair = pairs[i / 2];
      const f32x4 a = next(pair), b = i + 1 < n ? next(swapped(pair)) : splat(0.f);
      pair = __builtin_shufflevector(a, b, 0, 1, 4, 5);
    }
  }
  /// Where the mean goes while nobody listens to it: four frames at a time.
  void follow(const f32x4* pairs, int n) noexcept {
    const f32x4 early = {share_[0], share_[0], share_[1], share_[1]},
                late = {share_[2], share_[2], share_[3], share_[3]};
    // Of even and odd frames apart, added up at the end.
    f32x4 mean = __builtin_shufflevector(mean_, splat(0.f), 0, 1, 4, 5);
    int i = 0;
    for (; i + 3 < n; i += 4) mean = mean * splat(kept_) + (pairs[i / 2] * early + pairs[i / 2 + 1] * late);
    mean += swapped(mean);
    for (; i < n; i++) mean += ((i & 1 ? swapped(pairs[i / 2]) : pairs[i / 2]) - mean) * splat(average_);
    mean_ = mean;
  }
  static f32x4 swapped(f32x4 pair) { return __builtin_shufflevector(pair, pair, 2, 3, 0, 1); }
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
