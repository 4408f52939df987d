// The envelope of a stereo signal without ripple: two all-pass chains a quarter turn apart. Audio thread except
// prepare.
#pragma once
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
      gain_[n % 2][n / 2] = splat(a);
    }
  }
  void reset() noexcept {
    for (auto& branch : past_)
      for (f32x4& v : branch) v = splat(0.f);
  }
  /// Of 1..32 frames. `signal`: two frames a vector, left, right, left, right; `pairs` gets their squared envelopes
  /// in the same lanes, never less than the squared samples themselves. After an odd number the last half is
  /// void. Every stage waits for the last frame but one, so two frames go through it at a time.
  void squared(const f32x4* signal, int n, f32x4* pairs) noexcept {
    constexpr int kAtATime = 4;
    const int whole = n / 2;
    int i = 0;
#pragma clang loop unroll(disable)
    for (; i + kAtATime <= whole; i += kAtATime) some<kAtATime>(signal + i, pairs + i);
    for (; i < whole; i++) some<1>(signal + i, pairs + i);
    if (n & 1) {
      // A lone frame: the streams of even and odd frames change places.
      f32x4 before[2][kStages + 1];
      for (int b = 0; b < 2; b++)
        for (int k = 0; k <= kStages; k++) before[b][k] = past_[b][k];
      some<1>(signal + whole, pairs + whole);
      for (int b = 0; b < 2; b++)
        for (int k = 0; k <= kStages; k++) past_[b][k] = __builtin_shufflevector(before[b][k], past_[b][k], 2, 3, 4, 5);
    }
  }
  /// Once per micro-block. Whoever sees an envelope that is not finite resets.
  void endBlock() noexcept {
    f32x4 least = splat(1.f);
    for (const auto& branch : past_)
      for (const f32x4& v : branch) least = min(least, abs(v));
    if (!any(least < splat(kDenormalFloor))) return;
    for (auto& branch : past_)
      for (f32x4& v : branch) v = flush(v);
  }

 private:
  /// Stage after stage, so that a few frames and one stage are all that the registers hold.
  template <int kCount>
  void some(const f32x4* signal, f32x4* pairs) noexcept {
    f32x4 x[kCount + 1] = {past_[0][0]}, one[kCount], two[kCount];
    for (int i = 0; i < kCount; i++) {
      x[i + 1] = one[i] = signal[i];
      two[i] = __builtin_shufflevector(x[i], x[i + 1], 2, 3, 4, 5);
    }
    f32x4 was[2] = {x[0], past_[1][0]};
    past_[0][0] = one[kCount - 1], past_[1][0] = two[kCount - 1];
#pragma clang loop unroll(full)
    for (int k = 0; k < kStages; k++) {
      const f32x4 before[2] = {past_[0][k + 1], past_[1][k + 1]};
      stage(gain_[0][k], was[0], past_[0][k + 1], one);
      stage(gain_[1][k], was[1], past_[1][k + 1], two);
      was[0] = before[0], was[1] = before[1];
    }
    for (int i = 0; i < kCount; i++) pairs[i] = max(one[i] * one[i] + two[i] * two[i], x[i + 1] * x[i + 1]);
  }
  /// `was` and `held`: what went in and came out last.
  template <int kCount>
  static void stage(f32x4 gain, f32x4 was, f32x4& held, f32x4 (&x)[kCount]) noexcept {
#pragma clang loop unroll(full)
    for (int i = 0; i < kCount; i++) {
      const f32x4 in = x[i];
      x[i] = held = gain * (in + held) - was;
      was = in;
    }
  }

  f32x4 gain_[2][kStages] = {};      ///< of both branches; all lanes alike
  f32x4 past_[2][kStages + 1] = {};  ///< of the two last frames: left, right, left, right
};

}  // namespace sl
