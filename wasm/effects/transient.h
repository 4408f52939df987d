// Transient shaper: more or less of the attack and of the sustain, at any level. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/gain_follower.h"
#include "dsp/level_detector.h"
#include "dsp/mix_law.h"
#include "effects/dynamics_params.h"

namespace sl {

/// Differences of envelopes in decibels (the differential envelope of SPL's Transient Designer, 1998), so that soft
/// hits are shaped like hard ones: where a fast rise leads a slow one is attack, where a slow fall trails a fast one is
/// sustain. A steady tone is neither and passes unchanged.
struct Transient {
  enum P { attack, sustain, attackTime, sustainTime, output, mix, numParams };
  static constexpr float kMostDb = 15.f;
  static constexpr auto params = [] {
    using namespace dynamics;
    std::array<Param, numParams> all{};
    all[P::attack] = {.id = "attack",
                      .label = "Attack",
                      .doc = "Sharper (above 0) or softer hits; up to 15 dB.",
                      .unit = Unit::fraction,
                      .min = -1.f,
                      .max = 1.f,
                      .init = 0.35f};
    all[P::sustain] = {.id = "sustain",
                       .label = "Sustain",
                       .doc = "More (above 0) or less of what rings after a hit; up to 15 dB.",
                       .unit = Unit::fraction,
                       .min = -1.f,
                       .max = 1.f,
                       .init = 0.f};
    all[attackTime] =
        time("attackTime", "Attack time", "How long a hit counts as attack.", 0.002f, 0.2f, 0.02f, kTiming);
    all[sustainTime] =
        time("sustainTime", "Sustain time", "How long the ringing after a hit is followed.", 0.05f, 2.f, 0.4f, kTiming);
    all[output] = decibels("output", "Output", "Level of the shaped sound.", -24.f, 12.f, 0.f, "Output");
    all[mix] = fraction("mix", "Mix", "Dry (0 %) to shaped only (100 %), linear.", 1.f, "Output");
    return all;
  }();
  static constexpr Spec spec{.id = "transient",
                             .label = "Transient shaper",
                             .doc = "Makes hits snappier or softer and lets them ring longer or shorter.",
                             .category = "dynamics",
                             .params = params,
                             .costNs = 1000.f};

  bool prepare(const Setup& setup, Arena&) {
    sampleRate_ = setup.sampleRate;
    fast_ = approachIn(kFastSeconds, sampleRate_);
    quick_ = approachIn(0.03, sampleRate_);
    detector_.prepare(sampleRate_);
    return true;
  }
  void reset() noexcept {
    detector_.reset();
    early_ = late_ = brief_ = lasting_ = kFloorDb;
    gainDb_ = 0.f;
  }
  void process(const StereoBlock& b) noexcept {
    alignas(16) float level[32], gain[32] = {};
    detector_.louder(b.left, b.right, b.frames, LevelDetector::kOpenHz, false,
                     [&](int i, f32x4 db) { store4(level + i, db); });
    const double rise = endOf(b.params[attackTime], b.frames);
    sustainSeconds_ = endOf(b.params[sustainTime], b.frames);
    const double slow = slow_.of(rise, sampleRate_), trail = trail_.of(sustainSeconds_, sampleRate_);
    const double fast = fast_, quick = quick_;
    Glide hit(b.params[P::attack]), ring(b.params[P::sustain]), up(b.params[output]);
    for (int i = 0; i < b.frames; i++) {
      const double now = std::fmax((double)level[i], kFloorDb);
      follow(early_, now, fast, slow);  // both fall alike: the difference is gone when the attack is over
      follow(late_, now, slow, slow);
      follow(brief_, now, fast, quick);
      follow(lasting_, now, fast, trail);
      const float change = hit.next() * bounded(early_ - late_) + ring.next() * bounded(lasting_ - brief_);
      gain[i] = change + up.next();
      gainDb_ = change;
    }
    for (int i = 0; i < b.frames; i += 4) store4(gain + i, decibelsToGain(load4(gain + i)));
    Glide wet(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      const float share = wet.next(), g = (1.f - share) + share * gain[i];
      b.left[i] *= g;
      b.right[i] *= g;
    }
    for (double* envelope : {&early_, &late_, &brief_, &lasting_})
      if (!(*envelope < 200.)) *envelope = kFloorDb;
  }
  int latencyFrames() const noexcept { return 0; }
  /// Until the envelopes are down: put to sleep earlier, the next hit would not be one.
  int tailFrames() const noexcept {
    const double rest = std::fmax(lasting_, early_) - kFloorDb;
    if (rest < 0.1) return 0;
    return (int)((LevelDetector::kRingSeconds + (double)std::fmax(sustainSeconds_, 0.1f) * std::log(rest / 0.05)) *
                 sampleRate_);
  }
  /// The present gain change where it lowers, else 0.
  float reductionDb() const noexcept { return std::fmin(gainDb_, 0.f); }

 private:
  static constexpr double kFloorDb = -70., kFastSeconds = 0.0007;

  static void follow(double& envelope, double level, double rise, double fall) {
    envelope += (level - envelope) * (level > envelope ? rise : fall);
  }
  /// A difference in decibels towards the most that is given; half way at its own size.
  static float bounded(double difference) {
    const double d = std::fmax(difference, 0.);
    return (float)(kMostDb * d / (d + kMostDb));
  }

  LevelDetector detector_;
  Approach slow_, trail_;
  double fast_ = 0., quick_ = 0.;
  double early_ = kFloorDb, late_ = kFloorDb, brief_ = kFloorDb, lasting_ = kFloorDb;
  float sampleRate_ = 48000.f, gainDb_ = 0.f, sustainSeconds_ = 0.4f;
};

}  // namespace sl
