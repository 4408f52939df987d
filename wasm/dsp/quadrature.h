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
  /// Of 1..32 frames; lanes 0, 1 of `signal`: left and right. Two frames a vector, left, right, left, right: their
  /// squared envelopes, never less than the squared samples themselves; after an odd number the last half is void.
  /// Every stage waits for the last frame but one, so two frames are on their way at a time; half of the stages after
  /// the other, so that all they hold stays in registers.
  void squared(const f32x4* signal, int n, f32x4* pairs) noexcept {
    f32x4 direct[32], middle[33], out[33];
    f32x4 last = last_;
    for (int i = 0; i < n; i++) direct[i] = __builtin_shufflevector(signal[i], last, 0, 1, 4, 5), last = signal[i];
    last_ = last;
    const f32x4 half[2] = {past_[kHalf][odd_], past_[kHalf][odd_ ^ 1]};
    const f32x4 whole[2] = {past_[0][odd_], past_[0][odd_ ^ 1]};
    stages<0, kHalf>(whole, direct, middle, n);
    stages<kHalf, kStages>(half, middle, out, n);
    const int even = n - 1 & ~1, odd = n - 2 | 1;  // the last frame of each turn
    past_[0][odd_] = direct[even];
    if (n > 1) past_[0][odd_ ^ 1] = direct[odd];
    out[n] = out[n - 1];
    for (int i = 0; i < n; i += 2) {
      const f32x4 a = out[i], b = out[i + 1], d = direct[i], e = direct[i + 1 < n ? i + 1 : i];
      const f32x4 one = __builtin_shufflevector(a, b, 0, 1, 4, 5), two = __builtin_shufflevector(a, b, 2, 3, 6, 7);
      const f32x4 sample = __builtin_shufflevector(d, e, 0, 1, 4, 5);
      pairs[i / 2] = max(one * one + two * two, sample * sample);
    }
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
  static constexpr int kHalf = kStages / 2;

  /// `before`: what went into the first of them in the last frame of each turn.
  template <int kFrom, int kTo>
  void stages(const f32x4* before, const f32x4* in, f32x4* out, int n) noexcept {
    constexpr int kCount = kTo - kFrom;
    f32x4 even[kCount + 1] = {before[0]}, odd[kCount + 1] = {before[1]}, gain[kCount];
    for (int k = 0; k < kCount; k++) {
      gain[k] = gain_[kFrom + k];
      even[k + 1] = past_[kFrom + k + 1][odd_], odd[k + 1] = past_[kFrom + k + 1][odd_ ^ 1];
    }
    const auto pass = [&](f32x4 x, f32x4* past) {
      f32x4 was = past[0];
      past[0] = x;
#pragma clang loop unroll(full)
      for (int k = 0; k < kCount; k++) {
        const f32x4 held = past[k + 1];
        past[k + 1] = x = gain[k] * (x + held) - was;
        was = held;
      }
      return x;
    };
    int i = 0;
    for (; i + 1 < n; i += 2) {
      out[i] = pass(in[i], even);
      out[i + 1] = pass(in[i + 1], odd);
    }
    if (i < n) out[i] = pass(in[i], even);
    for (int k = 1; k <= kCount; k++) past_[kFrom + k][odd_] = even[k], past_[kFrom + k][odd_ ^ 1] = odd[k];
  }

  std::array<f32x4, kStages> gain_{};  ///< of lanes left, right (first branch), left, right (second branch)
  f32x4 past_[kStages + 1][2] = {};    ///< inputs and outputs of every stage, one and two frames ago
  f32x4 last_{};
  int odd_ = 0;
};

}  // namespace sl
