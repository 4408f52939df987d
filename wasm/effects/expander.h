// Downward expander: the gentle gate. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/gain_follower.h"
#include "dsp/level_detector.h"
#include "dsp/level_switch.h"
#include "dsp/mix_law.h"
#include "effects/dynamics_params.h"

namespace sl {

/// What lies below the threshold falls `ratio` times as fast, smoothed in decibels like the compressor. Once up, the
/// threshold lies lower by the hysteresis; the gain waits for the hold before it falls. Both sides move together.
struct Expander {
  enum P { threshold, ratio, knee, hysteresis, range, attack, hold, release, mix, sideHighpass, detector, numParams };
  static constexpr auto params = [] {
    using namespace dynamics;
    std::array<Param, numParams> all{};
    all[threshold] =
        decibels("threshold", "Threshold", "Level below which the sound is turned down.", -80.f, 0.f, -40.f);
    all[P::ratio] = dynamics::ratio("ratio", "Ratio", "Decibels out for each decibel under the threshold.", 10.f, 2.f);
    all[knee] = decibels("knee", "Knee", "Width of the gentle turn around the threshold.", 0.f, 24.f, 6.f);
    all[hysteresis] = decibels("hysteresis", "Hysteresis",
                               "How much lower the threshold is once the sound has been above it.", 0.f, 24.f, 2.f);
    all[range] = decibels("range", "Range", "The most that it turns down.", -80.f, 0.f, -24.f);
    all[attack] = time("attack", "Attack", "Time for two thirds of the way up.", 0.0001f, 0.25f, 0.002f, kTiming);
    all[hold] = time("hold", "Hold", "Waits this long before it turns down.", 0.001f, 2.f, 0.02f, kTiming);
    all[release] = time("release", "Release", "Time for two thirds of the way down.", 0.005f, 3.f, 0.12f, kTiming);
    all[mix] = fraction("mix", "Mix", "Dry (0 %) to expanded only (100 %), linear.", 1.f, "Output");
    all[sideHighpass] = kSideHighpass;
    all[detector] = kDetector;
    return all;
  }();
  static constexpr Spec spec{.id = "expander",
                             .label = "Expander",
                             .doc = "Turns quiet parts down, so that noise and room recede without a gate's cut.",
                             .category = "dynamics",
                             .params = params,
                             .sidechain = true,
                             .costNs = 1200.f};

  bool prepare(const Setup& setup, Arena&) {
    sampleRate_ = setup.sampleRate;
    detector_.prepare(sampleRate_);
    return true;
  }
  void reset() noexcept {
    detector_.reset();
    switch_.reset();
    follower_.reset();
    waited_ = 0;
  }
  void process(const StereoBlock& b) noexcept {
    alignas(16) float level[32], change[32] = {};
    const bool side = b.sideLeft && b.sideRight;
    detector_.louder(side ? b.sideLeft : b.left, side ? b.sideRight : b.right, b.frames,
                     endOf(b.params[sideHighpass], b.frames), b.params[detector].value >= 0.5f,
                     [&](int i, f32x4 db) { store4(level + i, db); });
    releaseSeconds_ = endOf(b.params[release], b.frames);
    rangeDb_ = endOf(b.params[range], b.frames);
    holdSeconds_ = endOf(b.params[hold], b.frames);
    const double up = up_.of(endOf(b.params[attack], b.frames), sampleRate_);
    const double down = down_.of(releaseSeconds_, sampleRate_);
    const int held = (int)(holdSeconds_ * sampleRate_);
    Glide limit(b.params[threshold]), by(b.params[P::ratio]), turn(b.params[knee]), under(b.params[hysteresis]);
    Glide least(b.params[range]);
    for (int i = 0; i < b.frames; i++) {
      const float loudest = level[i], lift = under.next();
      float at = limit.next();
      if (switch_.next(loudest, at, lift, held)) at -= lift;
      const float half = std::fmax(0.5f * turn.next(), 1e-3f), below = at - loudest;
      const float inside = std::fmin(std::fmax(below + half, 0.f), 2.f * half);
      const float slope = 1.f - std::fmax(by.next(), 1.f);
      const float asked = slope * (inside * inside / (4.f * half) + std::fmax(below - half, 0.f));
      double wanted = std::fmax(asked, least.next());
      if (wanted >= follower_.decibels())
        waited_ = 0;
      else if (waited_ < held)
        waited_++, wanted = follower_.decibels();
      change[i] = (float)follower_.next(wanted, down, up);
    }
    follower_.endBlock();
    for (int i = 0; i < b.frames; i += 4) store4(change + i, decibelsToGain(load4(change + i)));
    Glide wet(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      const float share = wet.next(), gain = (1.f - share) + share * change[i];
      b.left[i] *= gain;
      b.right[i] *= gain;
    }
  }
  int latencyFrames() const noexcept { return 0; }
  /// Until the gain is down: put to sleep earlier, it would let the next noise through.
  int tailFrames() const noexcept {
    const double rest = std::fabs(rangeDb_ - follower_.decibels());
    if (rest < 0.05) return 0;
    const double fall = releaseSeconds_ * std::log(rest / 0.02);
    return (int)((LevelDetector::kRingSeconds + holdSeconds_ + std::fmax(fall, 0.)) * sampleRate_);
  }
  float reductionDb() const noexcept { return (float)follower_.decibels(); }

 private:
  LevelDetector detector_;
  LevelSwitch switch_;
  Approach up_, down_;
  GainFollower follower_;
  float sampleRate_ = 48000.f, releaseSeconds_ = 0.12f, holdSeconds_ = 0.02f, rangeDb_ = -24.f;
  int waited_ = 0;
};

}  // namespace sl
