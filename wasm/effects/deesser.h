// De-esser: turns down sibilance, above a frequency or altogether. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/crossover.h"
#include "dsp/gain_follower.h"
#include "dsp/level_detector.h"
#include "dsp/mix_law.h"
#include "effects/dynamics_params.h"

namespace sl {

/// A compressor that listens to what lies above a crossover (LR4). Idle, the sound passes an all-pass, flat in level.
struct DeEsser {
  enum P { frequency, threshold, ratio, range, mode, attack, release, listen, mix, numParams };
  static constexpr std::array<Option, 2> kModes{{{"split", "Split band"}, {"wide", "Wide band"}}};
  static constexpr auto params = [] {
    using namespace dynamics;
    std::array<Param, numParams> all{};
    all[frequency] = {.id = "frequency",
                      .label = "Frequency",
                      .doc = "Sibilance lies above; voices: 5 to 8 kHz.",
                      .unit = Unit::hertz,
                      .min = 1500.f,
                      .max = 14000.f,
                      .init = 5500.f,
                      .curve = Curve::log};
    all[threshold] =
        decibels("threshold", "Threshold", "Level of the sibilance above which it is turned down.", -60.f, 0.f, -30.f);
    all[P::ratio] = dynamics::ratio("ratio", "Ratio", "Decibels above the threshold that become one.", 20.f, 4.f);
    all[range] = decibels("range", "Range", "The most that it turns down.", -24.f, 0.f, -10.f);
    all[mode] = {.id = "mode",
                 .label = "Mode",
                 .doc = "Split turns down what lies above the frequency; wide the whole sound.",
                 .init = 0.f,
                 .curve = Curve::option,
                 .smooth = Smooth::fade,
                 .options = kModes};
    all[attack] = time("attack", "Attack", "Time for two thirds of the way down.", 0.0001f, 0.05f, 0.001f, kTiming);
    all[release] = time("release", "Release", "Time for two thirds of the way back up.", 0.005f, 0.5f, 0.05f, kTiming);
    all[listen] = {.id = "listen",
                   .label = "Listen",
                   .doc = "Hear only what it listens to, to find the frequency.",
                   .init = 0.f,
                   .curve = Curve::toggle,
                   .smooth = Smooth::fade,
                   .group = kSide};
    all[mix] = fraction("mix", "Mix", kBandMixDoc, 1.f);
    return all;
  }();
  static constexpr Spec spec{.id = "deesser",
                             .label = "De-esser",
                             .doc = "Softens sharp s and t sounds and harsh cymbals.",
                             .category = "dynamics",
                             .params = params,
                             .costNs = 1200.f};

  bool prepare(const Setup& setup, Arena&) {
    sampleRate_ = setup.sampleRate;
    detector_.prepare(sampleRate_);
    fade_ = approachIn(0.005, sampleRate_);
    return true;
  }
  void reset() noexcept {
    split_ = Crossover{};
    corner_.reset();
    detector_.reset();
    follower_.reset();
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    f64x2 low[32], high[32];
    float left[32], right[32];
    alignas(16) float gain[32];
    corner_.aim(endOf(b.params[frequency], b.frames), sampleRate_, b.frames);
    for (int i = 0; i < b.frames; i++) {
      split_.split(f64x2{b.left[i], b.right[i]}, corner_.next(), low[i], high[i]);
      left[i] = (float)high[i][0], right[i] = (float)high[i][1];
    }
    split_.flushState();
    follow(b, left, right, gain);

    const double wide = b.params[mode].value, alone = b.params[listen].value;
    if (fresh_) wide_ = wide, alone_ = alone;
    fresh_ = false;
    Glide share(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      const double wet = share.next(), dry = 1. - dynamics::bandedShare(wet);
      wide_ += (wide - wide_) * fade_;
      alone_ += (alone - alone_) * fade_;
      const double g = 1. + wet * ((double)gain[i] - 1.);
      const f64x2 whole = (1. + wide_ * (g - 1.)) * low[i] + g * high[i], heard = whole + alone_ * (high[i] - whole);
      b.left[i] = (float)(dry * b.left[i] + (1. - dry) * heard[0]);
      b.right[i] = (float)(dry * b.right[i] + (1. - dry) * heard[1]);
    }
    wide_ = flush(wide_);
    alone_ = flush(alone_);
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept {
    const int recovery = follower_.recoveryFrames(releaseSeconds_, sampleRate_);
    return (recovery > 0 ? recovery + (int)(LevelDetector::kRingSeconds * sampleRate_) : 0) +
           (int)(0.003f * sampleRate_);
  }
  float reductionDb() const noexcept { return (float)follower_.decibels(); }

 private:
  void follow(const StereoBlock& b, const float* left, const float* right, float (&gain)[32]) noexcept {
    const auto four = [&](P which, int i) { return dynamics::fourOf(b.params[which], i); };
    detector_.louder(left, right, b.frames, LevelDetector::kOpenHz, false, [&](int i, f32x4 levelDb) {
      const CompressorCurve curve{four(threshold, i), CompressorCurve::slopeOf(max(four(P::ratio, i), splat(1.f))),
                                  splat(3.f)};
      store4(gain + i, max(curve.at(levelDb), four(range, i)));
    });
    releaseSeconds_ = endOf(b.params[release], b.frames);
    follower_.follow(gain, b.frames, down_.of(endOf(b.params[attack], b.frames), sampleRate_),
                     up_.of(releaseSeconds_, sampleRate_));
    follower_.endBlock();
    for (int i = 0; i < b.frames; i += 4) store4(gain + i, decibelsToGain(load4(gain + i)));
  }

  Crossover split_;
  CrossoverGlide corner_;
  LevelDetector detector_;
  GainFollower follower_;
  Approach down_, up_;
  double fade_ = 0., wide_ = 0., alone_ = 0.;
  float sampleRate_ = 48000.f, releaseSeconds_ = 0.05f;
  bool fresh_ = true;
};

}  // namespace sl
