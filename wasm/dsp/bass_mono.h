// Makes the lows of a stereo signal mono: a Linkwitz-Riley crossover on the side signal. Audio thread.
#pragma once
#include <cmath>

#include "core/denormal.h"
#include "core/param.h"
#include "dsp/mix_law.h"

namespace sl {

/// The side passes the fourth-order high-pass, the mid the all-pass that both halves of such a crossover add up to
/// (Linkwitz 1976), so that mid and side keep their phase to each other and the image above the crossover stays. f64
/// state-variable filters (Zavalishin 2018, ch. 4). At kOff nothing is touched; coming and going fade.
class BassMono {
 public:
  static constexpr float kOff = 20.f;

  static constexpr Param param(std::string_view id, std::string_view label, std::string_view doc) {
    return {.id = id,
            .label = label,
            .doc = doc,
            .unit = Unit::hertz,
            .min = kOff,
            .max = 500.f,
            .init = kOff,
            .curve = Curve::log};
  }

  void prepare(float sampleRate) {
    sampleRate_ = sampleRate;
    fadeStep_ = 1.f / (0.02f * sampleRate);
  }
  void reset() noexcept {
    section_ = first_ = second_ = Section{};
    share_ = 0.f;
    hz_ = 0.f;
    fresh_ = true;
  }
  /// In place.
  void process(float* left, float* right, int frames, const Ramp<float>& crossoverHz) noexcept {
    const float hz = endOf(crossoverHz, frames), goal = hz > kOff ? 1.f : 0.f;
    if (fresh_) share_ = goal;
    fresh_ = false;
    if (share_ == 0.f && goal == 0.f) return;
    double to1 = a1_, to2 = a2_, to3 = a3_;
    if (hz != hz_) {
      const double g = std::tan(3.14159265358979 * hz / sampleRate_);
      to1 = 1. / (1. + g * (g + kDamping));
      to2 = g * to1;
      to3 = g * to2;
      if (hz_ == 0.f) a1_ = to1, a2_ = to2, a3_ = to3;
      hz_ = hz;
    }
    const double d1 = (to1 - a1_) / frames, d2 = (to2 - a2_) / frames, d3 = (to3 - a3_) / frames;
    for (int i = 0; i < frames; i++) {
      const double mid = 0.5 * ((double)left[i] + right[i]), side = 0.5 * ((double)left[i] - right[i]);
      double band, low;
      section_.step(mid, a1_, a2_, a3_, band, low);
      const double turned = mid - 2. * kDamping * band;
      first_.step(side, a1_, a2_, a3_, band, low);
      const double once = side - kDamping * band - low;
      second_.step(once, a1_, a2_, a3_, band, low);
      const double high = once - kDamping * band - low;
      share_ = goal > share_ ? std::fmin(share_ + fadeStep_, 1.f) : std::fmax(share_ - fadeStep_, goal);
      left[i] = mixed(left[i], (float)(turned + high), share_);
      right[i] = mixed(right[i], (float)(turned - high), share_);
      a1_ += d1, a2_ += d2, a3_ += d3;
    }
    a1_ = to1, a2_ = to2, a3_ = to3;
    for (Section* s : {&section_, &first_, &second_}) s->band = flush(s->band), s->low = flush(s->low);
    if (share_ == 0.f) reset(), fresh_ = false;
  }
  /// The slowest pole falls with e^(-2.2 hz t); two in a row take longer.
  int tailFrames() const noexcept { return share_ > 0.f ? (int)(4.f / std::fmax(hz_, kOff) * sampleRate_) : 0; }

 private:
  struct Section {
    double band = 0., low = 0.;
    void step(double x, double a1, double a2, double a3, double& v1, double& v2) noexcept {
      const double v3 = x - low;
      v1 = a1 * band + a2 * v3;
      v2 = low + a2 * band + a3 * v3;
      band = 2. * v1 - band;
      low = 2. * v2 - low;
    }
  };
  static constexpr double kDamping = 1.41421356237309505;  ///< Butterworth

  Section section_, first_, second_;
  double a1_ = 0., a2_ = 0., a3_ = 0.;
  float sampleRate_ = 48000.f, fadeStep_ = 0.f, share_ = 0.f, hz_ = 0.f;
  bool fresh_ = true;
};

}  // namespace sl
