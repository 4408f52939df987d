// Noise gate. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/gain_follower.h"
#include "dsp/level_detector.h"
#include "dsp/level_switch.h"
#include "dsp/mix_law.h"
#include "effects/dynamics_params.h"

namespace sl {

/// One switch for both sides, on the louder. The gain moves by two one-poles in a row, so that it neither starts nor
/// ends with a corner; open it is exactly 1 and the sound passes bit for bit.
struct Gate {
  enum P { threshold, hysteresis, range, attack, hold, release, sideHighpass, detector, numParams };
  static constexpr auto params = [] {
    using namespace dynamics;
    std::array<Param, numParams> all{};
    all[threshold] = decibels("threshold", "Threshold", "Level at which the gate opens.", -80.f, 0.f, -45.f);
    all[hysteresis] =
        decibels("hysteresis", "Hysteresis", "How far the level must fall under the threshold before the gate closes.",
                 0.f, 24.f, 4.f);
    all[range] =
        decibels("range", "Range", "Gain of the closed gate; -90 dB is as good as silence.", -90.f, 0.f, -90.f);
    all[attack] = time("attack", "Attack", "Time to open.", 0.0001f, 0.1f, 0.001f, kTiming);
    all[hold] = time("hold", "Hold", "Stays open this long after the level has fallen.", 0.001f, 2.f, 0.03f, kTiming);
    all[release] = time("release", "Release", "Time to close.", 0.005f, 3.f, 0.08f, kTiming);
    all[sideHighpass] = kSideHighpass;
    all[detector] = kDetector;
    return all;
  }();
  static constexpr Spec spec{.id = "gate",
                             .label = "Gate",
                             .doc = "Silences what lies below a threshold: hiss, hum, bleed between the notes.",
                             .category = "dynamics",
                             .params = params,
                             .sidechain = true,
                             .costNs = 600.f};

  bool prepare(const Setup& setup, Arena&) {
    sampleRate_ = setup.sampleRate;
    detector_.prepare(sampleRate_);
    return true;
  }
  void reset() noexcept {
    detector_.reset();
    switch_.reset();
    aim_ = gain_ = 0.;
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    alignas(16) float level[32];
    const bool side = b.sideLeft && b.sideRight;
    detector_.louder(side ? b.sideLeft : b.left, side ? b.sideRight : b.right, b.frames,
                     endOf(b.params[sideHighpass], b.frames), b.params[detector].value >= 0.5f,
                     [&](int i, f32x4 db) { store4(level + i, db); });
    const double floor = floorOf(endOf(b.params[range], b.frames));
    if (fresh_) aim_ = gain_ = floor;
    fresh_ = false;
    releaseSeconds_ = endOf(b.params[release], b.frames);
    holdSeconds_ = endOf(b.params[hold], b.frames);
    // Two one-poles of half the time each get as far in it as one would.
    const double up = up_.of(0.47 * endOf(b.params[attack], b.frames), sampleRate_);
    const double down = down_.of(0.47 * releaseSeconds_, sampleRate_);
    const int held = (int)(holdSeconds_ * sampleRate_);
    Glide limit(b.params[threshold]), under(b.params[hysteresis]);
    for (int i = 0; i < b.frames; i++) {
      const bool open = switch_.next(level[i], limit.next(), under.next(), held);
      const double goal = open ? 1. : floor, step = open ? up : down;
      aim_ += (goal - aim_) * step;
      gain_ += (aim_ - gain_) * step;
      if (open && gain_ > 1. - 1e-7) aim_ = gain_ = 1.;
      b.left[i] *= (float)gain_;
      b.right[i] *= (float)gain_;
    }
    aim_ = flush(aim_);
    gain_ = flush(gain_);
    floor_ = floor;
  }
  int latencyFrames() const noexcept { return 0; }
  /// Until it is closed: put to sleep earlier, it would let the next noise through.
  int tailFrames() const noexcept {
    if (!switch_.open() && gain_ < floor_ + 1e-5) return 0;
    const float opened = switch_.open() ? LevelDetector::kRingSeconds + holdSeconds_ : 0.f;
    return (int)((opened + 8.f * releaseSeconds_) * sampleRate_);
  }
  float reductionDb() const noexcept { return 20.f * std::log10((float)std::fmax(gain_, 1e-5)); }

 private:
  static double floorOf(float rangeDb) { return rangeDb <= -89.99f ? 0. : (double)gainOf(rangeDb); }

  LevelDetector detector_;
  LevelSwitch switch_;
  Approach up_, down_;
  double aim_ = 0., gain_ = 0., floor_ = 0.;
  float sampleRate_ = 48000.f, releaseSeconds_ = 0.08f, holdSeconds_ = 0.03f;
  bool fresh_ = true;
};

}  // namespace sl
