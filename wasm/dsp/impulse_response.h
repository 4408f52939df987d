// The taps that a convolution plays: an impulse response from a file at the engine's rate, or a hall made here when
// there is none. Control thread (prepare only).
#pragma once
#include <algorithm>
#include <cmath>

#include "core/arena.h"
#include "core/asset.h"
#include "dsp/hash.h"
#include "dsp/sinc_kernel.h"

namespace sl {

/// Read once from the first tap to the last; knows the response's loudness and decay afterwards.
class ImpulseResponse {
 public:
  static constexpr float kMaxSeconds = 10.f;

  bool prepare(const Setup& setup, Arena& arena) {
    asset_ = setup.asset && setup.asset->kind == AssetKind::impulse && setup.asset->frames > 0 ? setup.asset : nullptr;
    sampleRate_ = setup.sampleRate;
    step_ = asset_ ? (double)asset_->sampleRate / sampleRate_ : 1.;
    const double frames = asset_ ? std::ceil(asset_->frames / step_) : kHallSeconds * sampleRate_;
    taps_ = (int)std::min(frames, (double)kMaxSeconds * sampleRate_);
    cellFrames_ = std::max(1, (int)(kCellSeconds * sampleRate_));
    cells_ = arena.take<float>((std::size_t)(taps_ / cellFrames_ + 1));
    if (step_ != 1.) kernel_ = arena.take<float>(kZeros * kSteps + 2);
    if (!cells_ || (step_ != 1. && !kernel_)) return false;
    for (int i = 0; kernel_ && i < kZeros * kSteps + 2; i++) {
      const double t = (double)i / kSteps, x = 3.14159265358979324 * t;
      kernel_[i] = (float)((i == 0 ? 1. : std::sin(x) / x) * kaiser(t / kZeros, kBeta) / kaiser(0., kBeta));
    }
    return true;
  }
  int taps() const noexcept { return taps_; }
  /// See ConvolutionLevel. A file of one channel is one route; two are left and right; four are LL, LR, RL, RR.
  int routes() const noexcept {
    return !asset_ ? 2 : asset_->channels == 1 ? 1 : asset_->channels < 4 || kMostChannels < 4 ? 2 : 4;
  }
  void read(float* const* into, int n) noexcept {
    constexpr int kFrom[4] = {0, 3, 1, 2};  // the file's order to LL, RR, LR, RL
    for (int i = 0; i < n; i++) {
      const bool more = at_ < taps_;
      for (int r = 0; r < routes(); r++) into[r][i] = 0.f;
      if (more && asset_)
        for (int r = 0; r < routes(); r++) into[r][i] = tap(asset_->channel[routes() == 4 ? kFrom[r] : r]);
      if (more && !asset_) hall(into[0][i], into[1][i]);
      double energy = 0.;
      for (int r = 0; r < routes(); r++) energy += (double)into[r][i] * into[r][i];
      energy /= routes() == 1 ? 1. : 2.;
      if (more) cells_[at_ / cellFrames_] += (float)energy;
      energy_ += energy;
      at_++;
    }
  }
  /// Gain that makes noise as loud behind the response as before it.
  float level() const noexcept { return energy_ > 1e-20 ? (float)(1. / std::sqrt(energy_)) : 1.f; }
  /// T60 from the slope between -5 and -35 dB of the backward-integrated energy (ISO 3382); the length if that never
  /// comes.
  float decaySeconds() const noexcept {
    const int count = taps_ / cellFrames_ + 1;
    const float length = (float)taps_ / sampleRate_;
    double rest = energy_, from = -1.;
    for (int i = 0; i < count; i++) {
      rest -= cells_[i];
      const double level = rest > 0. ? 10. * std::log10(rest / energy_) : -200., seconds = (i + 1) * kCellSeconds;
      if (from < 0. && level <= -5.) from = seconds;
      if (level <= -35.) return std::clamp((float)(2. * (seconds - from)), 0.02f, 2.f * length);
    }
    return std::max(length, 0.02f);
  }

 private:
  static constexpr int kMostChannels = (int)std::extent_v<decltype(Asset::channel)>;
  static constexpr int kZeros = 32, kSteps = 512;
  static constexpr double kBeta = 9., kCellSeconds = 0.005, kHallSeconds = 2.;

  /// The asset at the time of tap `at_`: windowed sinc, 32 zero crossings each side of the lower rate.
  float tap(const float* x) const noexcept {
    if (step_ == 1.) return x[at_];
    const double cut = std::min(1., 1. / step_), middle = at_ * step_, reach = kZeros / cut;
    const int first = std::max(0, (int)std::ceil(middle - reach));
    const int last = std::min(asset_->frames - 1, (int)std::floor(middle + reach));
    double sum = 0.;
    for (int k = first; k <= last; k++) {
      const double t = std::fabs(k - middle) * cut * kSteps;
      const int cell = std::min((int)t, kZeros * kSteps);
      sum += x[k] * (kernel_[cell] + (kernel_[cell + 1] - kernel_[cell]) * (t - cell));
    }
    return (float)(sum * cut * step_);  // a tap stands for `step` of the file's: the response keeps its gain
  }

  /// A concert hall without a file: early reflections, then noise that builds up and decays slower in the lows than in
  /// the highs. The same for everybody.
  void hall(float& left, float& right) noexcept {
    const double t = at_ / sampleRate_;
    if (at_ == 0) beginHall();
    float* out[2] = {&left, &right};
    const double air = 1. - std::exp(-6.283185307179586 * (1800. + 12000. * std::exp(-t / 0.4)) / sampleRate_);
    for (int side = 0; side < 2; side++) {
      double early = 0.;
      for (int e = 0; e < kEarly; e++)
        if (at_ == earlyAt_[side][e])
          early = (e % 3 == 1 ? -1. : 1.) * (side == (e & 1) ? 1. : 0.55) * kEarlyGain / (1. + 28. * t);
      const float noise = bipolar(hash(splatU((uint32_t)(2 * at_ + side) * 0x9e3779b9u + 0x51ed270bu)))[0];
      double* s = split_[side];
      s[0] += (noise - s[0]) * share_[0];
      s[1] += (noise - s[1]) * share_[1];
      s[2] += (early - s[2]) * share_[2];
      const double low = s[0] * 1.9, middle = s[1] - s[0], high = noise - s[1];
      // The air takes the highs: a low-pass of two poles that closes as the sound grows old.
      s[3] += (low * level_[0] + middle * level_[1] + 0.6 * high * level_[2] - s[3]) * air;
      const double tail = s[4] += (s[3] - s[4]) * air;
      const double end = std::min(1., (kHallSeconds - t) / 0.08);
      *out[side] = (float)((s[2] * 2.2 + tail * (1. - rise_) * 0.16) * end);
    }
    for (int band = 0; band < 3; band++) level_[band] *= fall_[band];
    if (t >= 0.01) rise_ *= riseStep_;
  }
  void beginHall() noexcept {
    constexpr double kSplitHz[3] = {380., 4200., 6500.}, kT60[3] = {2.1, 1.75, 0.75};
    for (int k = 0; k < 3; k++) {
      share_[k] = 1. - std::exp(-6.283185307179586 * kSplitHz[k] / sampleRate_);
      fall_[k] = std::exp(-6.907755278982137 / (kT60[k] * sampleRate_));
      level_[k] = 1.;
    }
    riseStep_ = std::exp(-1. / (0.018 * sampleRate_));
    rise_ = 1.;
    for (int side = 0; side < 2; side++)
      for (int e = 0; e < kEarly; e++)
        earlyAt_[side][e] = (int)std::lround(kEarlySeconds[e] * (side == (e & 1) ? 1. : 1.13) * sampleRate_);
  }

  static constexpr int kEarly = 16;
  static constexpr double kEarlyGain = 0.8;
  static constexpr double kEarlySeconds[kEarly] = {0.0071, 0.0113, 0.0149, 0.0187, 0.0211, 0.0263, 0.0307, 0.0341,
                                                   0.0389, 0.0437, 0.0479, 0.0533, 0.0587, 0.0641, 0.0703, 0.0769};

  const Asset* asset_ = nullptr;
  float sampleRate_ = 48000.f;
  double step_ = 1.;
  int taps_ = 0, at_ = 0, cellFrames_ = 1;
  float* cells_ = nullptr;
  float* kernel_ = nullptr;
  double energy_ = 0.;
  double split_[2][5] = {}, share_[3] = {}, fall_[3] = {}, level_[3] = {};  ///< of the hall's bands
  double rise_ = 1., riseStep_ = 1.;
  int earlyAt_[2][kEarly] = {};
};

}  // namespace sl
