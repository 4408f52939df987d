// The envelope of a stereo signal without ripple: two all-pass chains a quarter turn apart. Audio thread except
// prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/denormal.h"
#include "core/simd.h"

namespace sl {

/// Elliptic phase splitter: a half-band of two all-pass branches (Valenzuela and Constantinides 1983, closed form by
/// theta functions) turned by a quarter of the rate. Both outputs have the input's level at every frequency and stand
/// at 90 degrees within 0.06 degrees (0.15 at 96 kHz) from 18 Hz to 18 Hz below the Nyquist frequency. A sine's
/// envelope so holds still within 0.01 dB, where a rectified one swings from nothing to the peak.
class Quadrature {
 public:
  static constexpr int kStages = 6;

  void prepare(double sampleRate) {
    constexpr int kCount = 2 * kStages, kOrder = 2 * kCount + 1;
    constexpr double kLowestHz = 18.;
    const double tangent = std::tan((1. - 4. * kLowestHz / sampleRate) * M_PI / 4.), k = tangent * tangent;
    const double root = std::pow(1. - k * k, 0.25), e = 0.5 * (1. - root) / (1. + root), e4 = e * e * e * e;
    const double q = e * (1. + e4 * (2. + e4 * (15. + 150. * e4)));
    for (int n = 0; n < kCount; n++) {
      double above = 0., below = 0.5;
      for (int i = 0; i < 12; i++) {
        const double sign = i & 1 ? -1. : 1., angle = (n + 1) * M_PI / kOrder;
        above += sign * std::pow(q, i * (i + 1)) * std::sin((2 * i + 1) * angle);
        if (i > 0) below += sign * std::pow(q, i * i) * std::cos(2 * i * angle);
      }
      const double w = above * std::pow(q, 0.25) / below, w2 = w * w;
      const double x = std::sqrt((1. - w2 * k) * (1. - w2 / k)) / (1. + w2);
      const auto a = (float)((1. - x) / (1. + x));
      f32x4& stage = gain_[n / 2];
      stage[n % 2 * 2] = stage[n % 2 * 2 + 1] = a;
    }
  }
  void reset() noexcept {
    for (auto& stage : past_) stage[0] = stage[1] = splat(0.f);
    last_ = splat(0.f);
    odd_ = 0;
  }
  /// Of up to 32 frames; lanes 0, 1: left and right in, their squared envelopes out, never less than the squared
  /// samples themselves. Every stage waits for the last frame but one, so two frames are on their way at a time.
  void squared(f32x4* signal, int n) noexcept {
    Past even, odd;
    for (int k = 0; k <= kStages; k++) even[k] = past_[k][odd_], odd[k] = past_[k][odd_ ^ 1];
    f32x4 last = last_;
    int i = 0;
    for (; i + 1 < n; i += 2) {
      signal[i] = step(signal[i], last, even);
      signal[i + 1] = step(signal[i + 1], last, odd);
    }
    if (i < n) signal[i] = step(signal[i], last, even);
    for (int k = 0; k <= kStages; k++) past_[k][odd_] = even[k], past_[k][odd_ ^ 1] = odd[k];
    last_ = last;
    odd_ ^= n & 1;
  }
  /// Once per micro-block; what is not a number does not stay.
  void endBlock() noexcept {
    f32x4 sum = last_;
    for (auto& stage : past_)
      for (f32x4& v : stage) v = flush(v), sum += abs(v);
    if (!(sum[0] + sum[1] + sum[2] + sum[3] < 1e30f)) reset();
  }

 private:
  using Past = f32x4[kStages + 1];

  f32x4 step(f32x4 signal, f32x4& last, Past& past) const noexcept {
    const f32x4 direct = __builtin_shufflevector(signal, last, 0, 1, 4, 5);
    last = direct;
    f32x4 x = direct, before = past[0];
    past[0] = x;
#pragma clang loop unroll(full)
    for (int k = 0; k < kStages; k++) {
      const f32x4 was = past[k + 1];
      x = gain_[k] * (x + was) - before;
      past[k + 1] = x;
      before = was;
    }
    const f32x4 power = x * x;
    return max(power + __builtin_shufflevector(power, power, 2, 3, 2, 3), direct * direct);
  }

  std::array<f32x4, kStages> gain_{};  ///< of lanes left, right (first branch), left, right (second branch)
  f32x4 past_[kStages + 1][2] = {};    ///< inputs and outputs of every stage, one and two frames ago
  f32x4 last_{};
  int odd_ = 0;
};

}  // namespace sl
