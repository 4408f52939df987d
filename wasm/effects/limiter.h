// True-peak limiter with lookahead: the master device. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/delay_ring.h"
#include "dsp/gain_window.h"
#include "dsp/mix_law.h"
#include "dsp/true_peak.h"

namespace sl {

/// Held minimum of the wanted gain, exponential release, two box filters as long as the lookahead (Signalsmith,
/// "Designing a limiter"): the gain is smooth and in place before the peak. Below the ceiling the output is the input,
/// bit for bit, 1.5 ms late. The hold outlasts half a period of 42 Hz, so bass is not bent.
struct Limiter {
  enum P { ceiling, release, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "ceiling",
       .label = "Ceiling",
       .doc = "True peaks stay below this level.",
       .unit = Unit::decibels,
       .min = -12.f,
       .max = 0.f,
       .init = -1.f},
      {.id = "release",
       .label = "Release",
       .doc = "Time to give back two thirds of the reduction.",
       .unit = Unit::seconds,
       .min = 0.01f,
       .max = 1.f,
       .init = 0.1f,
       .curve = Curve::log},
  }};
  static constexpr Spec spec{.id = "limiter",
                             .label = "Limiter",
                             .doc = "Keeps true peaks below a ceiling and leaves everything else untouched.",
                             .category = "dynamics",
                             .params = params,
                             .costNs = 3300.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    latency_ = (int)std::lround(kLookaheadSeconds * sampleRate_);
    // Each peak must be known (TruePeak::kDelay) and the boxes full of its gain when it leaves.
    const int smooth = latency_ - TruePeak::kDelay - 1;
    const bool first = first_.prepare(arena, (smooth + 1) / 2);
    const bool second = second_.prepare(arena, smooth + 1 - (smooth + 1) / 2);
    const bool minimum = minimum_.prepare(arena, latency_ + (int)(kHoldSeconds * sampleRate_));
    const bool left = left_.prepare(arena, latency_ + 1), right = right_.prepare(arena, latency_ + 1);
    if (!peak_.prepare(arena) || !first || !second || !minimum || !left || !right) return false;
    reset();
    return true;
  }
  void reset() noexcept {
    left_.reset();
    right_.reset();
    peak_.reset();
    minimum_.reset();
    first_.reset(kUnityGain);
    second_.reset((int64_t)kUnityGain * first_.frames());
    held_ = 1.;
    gain_ = 1.f;
  }
  void process(const StereoBlock& b) noexcept {
    const float now = gainOf(b.params[ceiling].value - kMarginDb);
    const float then = b.params[ceiling].moving ? gainOf(endOf(b.params[ceiling], b.frames) - kMarginDb) : now;
    Glide limit({.value = now, .step = (then - now) / (float)b.frames});
    float peaks[32];
    peak_.process(b.left, b.right, b.frames, std::fmin(now, then), peaks);
    if (releaseSeconds_ != b.params[release].value) {
      releaseSeconds_ = b.params[release].value;
      giveBack_ = 1. - std::exp(-1. / (releaseSeconds_ * sampleRate_));
    }
    left_.delay(b.left, b.frames, latency_);
    right_.delay(b.right, b.frames, latency_);
    if (atRest() && allBelow(peaks, b.frames, std::fmin(now, then))) {
      minimum_.skip(b.frames);
      return;
    }
    const double unity = (double)kUnityGain * first_.frames() * second_.frames();
    for (int i = 0; i < b.frames; i++) {
      const double most = limit.next();
      const double wanted = peaks[i] > most ? most / (double)peaks[i] : 1.;
      const double least = (double)minimum_.next((uint32_t)(wanted * kUnityGain)) / kUnityGain;
      held_ = least < held_ ? least : held_ + (least - held_) * giveBack_;
      if (held_ > 1. - 1e-6) held_ = 1.;
      const double gain = (double)second_.next(first_.next((int64_t)(held_ * kUnityGain))) / unity;
      gain_ = (float)gain;
      b.left[i] = (float)(b.left[i] * gain);
      b.right[i] = (float)(b.right[i] * gain);
    }
  }
  int latencyFrames() const noexcept { return latency_; }
  /// Until the gain is back: put to sleep earlier, the next sound would begin turned down.
  int tailFrames() const noexcept {
    if (held_ == 1.) return latency_;
    const double recovery = releaseSeconds_ * std::log(std::fmax((1. - held_) * 1e4, 1.));
    return 2 * latency_ + (int)((kHoldSeconds + recovery) * sampleRate_);
  }
  float reductionDb() const noexcept { return 20.f * std::log10(std::fmax(gain_, 1e-5f)); }

 private:
  static constexpr double kLookaheadSeconds = 0.0015, kHoldSeconds = 0.012;
  /// Against what the eightfold grid reads low, and meters between the lengths of the detector's kernels high.
  static constexpr float kMarginDb = 0.13f;

  /// The gain is 1 and stays so as long as no peak is above the ceiling.
  bool atRest() const noexcept {
    const int64_t whole = (int64_t)kUnityGain * first_.frames();
    return held_ == 1. && minimum_.all(kUnityGain) && first_.all(kUnityGain) && second_.all(whole);
  }
  static bool allBelow(const float* peaks, int n, float most) noexcept {
    for (int i = 0; i < n; i++)
      if (!(peaks[i] <= most)) return false;
    return true;
  }

  DelayRing left_, right_;
  TruePeak peak_;
  SlidingMinimum minimum_;
  RunningSum first_, second_;
  double held_ = 1., releaseSeconds_ = 0., giveBack_ = 0.;
  float gain_ = 1.f;
  float sampleRate_ = 48000.f;
  int latency_ = 0;
};

}  // namespace sl
