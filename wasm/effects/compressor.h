// Compressor, without delay or with lookahead. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>
#include <cstring>

#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/delay_ring.h"
#include "dsp/gain_follower.h"
#include "dsp/level_detector.h"
#include "dsp/mix_law.h"
#include "effects/dynamics_params.h"

namespace sl {

/// Feed-forward, smoothed in decibels (Giannoulis, Massberg, Reiss 2012), on a level without ripple, so that short
/// times do not distort bass. A latency cannot change while an instance lives, so lookahead is an effect of its own:
/// its sound is always kMostAhead late, and the gain moves up to that much before it.
template <bool kAhead>
struct CompressorOf {
  enum P {
    threshold,
    ratio,
    knee,
    attack,
    release,
    makeup,
    automatic,
    mix,
    sideHighpass,
    link,
    detector,
    lookahead,
    numParams = lookahead + (kAhead ? 1 : 0)
  };
  static constexpr float kMostAhead = 0.005f;
  static constexpr auto params = [] {
    using namespace dynamics;
    std::array<Param, numParams> all{};
    all[threshold] =
        decibels("threshold", "Threshold", "Level above which the sound is turned down.", -60.f, 0.f, -18.f);
    all[P::ratio] = dynamics::ratio(
        "ratio", "Ratio", "Decibels above the threshold that become one; 20 is close to a limiter.", 20.f, 3.f);
    all[knee] = decibels("knee", "Knee", "Width of the gentle turn around the threshold.", 0.f, 24.f, 6.f);
    all[attack] = time("attack", "Attack", "Time for two thirds of the way down. Longer lets hits through.", 0.0001f,
                       0.25f, 0.01f, kTiming);
    all[release] = time("release", "Release", "Time for two thirds of the way back up.", 0.005f, 3.f, 0.12f, kTiming);
    all[makeup] = decibels("makeup", "Make-up", "Gain after the compression.", -12.f, 30.f, 0.f, "Output");
    all[automatic] = {.id = "automatic",
                      .label = "Auto make-up",
                      .doc = "Adds half of what a full-scale peak would lose.",
                      .init = 0.f,
                      .curve = Curve::toggle,
                      .smooth = Smooth::none,
                      .group = "Output"};
    all[mix] =
        fraction("mix", "Mix", "Dry (0 %) to compressed only (100 %), linear: parallel compression.", 1.f, "Output");
    all[sideHighpass] = kSideHighpass;
    all[link] =
        fraction("link", "Stereo link",
                 "100 %: both sides are turned down alike, the image stays. 0 %: each by its own level.", 1.f, kSide);
    all[detector] = kDetector;
    if constexpr (kAhead)
      all[lookahead] = {.id = "lookahead",
                        .label = "Lookahead",
                        .doc = "How long before a peak the gain begins to fall. The sound is 5 ms late at any setting.",
                        .unit = Unit::seconds,
                        .min = 0.f,
                        .max = kMostAhead,
                        .init = 0.002f,
                        .group = kTiming};
    return all;
  }();
  static constexpr Spec spec =
      kAhead ? Spec{.id = "lookaheadCompressor",
                    .label = "Lookahead compressor",
                    .doc = "The compressor, 5 ms late, so that it can turn down before a peak arrives.",
                    .category = "dynamics",
                    .params = params,
                    .sidechain = true,
                    .costNs = 1200.f}
             : Spec{.id = "compressor",
                    .label = "Compressor",
                    .doc = "Evens out levels, with soft knee, side chain and parallel mix, without delay.",
                    .category = "dynamics",
                    .params = params,
                    .sidechain = true,
                    .costNs = 790.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    detector_.prepare(sampleRate_);
    makeupStep_ = (float)approachIn(0.01, sampleRate_);
    if constexpr (!kAhead) return true;
    latency_ = (int)std::lround(kMostAhead * sampleRate_);
    bool enough = true;
    for (Side& side : sides_) {
      const bool sound = side.sound.prepare(arena, latency_ + 1), gain = side.gain.prepare(arena, latency_ + 2);
      enough = enough && sound && gain;
    }
    return enough;
  }
  void reset() noexcept {
    detector_.reset();
    for (Side& side : sides_) {
      side.follower.reset();
      if constexpr (kAhead) side.sound.reset(), side.gain.reset();
    }
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    alignas(16) float change[2][32];
    const bool side = b.sideLeft && b.sideRight;
    // Both sides turned down alike are reckoned once.
    const bool linked = b.params[link].value == 1.f && b.params[link].step == 0.f &&
                        sides_[0].follower.decibels() == sides_[1].follower.decibels();
    detector_.process(side ? b.sideLeft : b.left, side ? b.sideRight : b.right, b.frames,
                      endOf(b.params[sideHighpass], b.frames), b.params[detector].value >= 0.5f, change[0], change[1],
                      linked);
    decide(b, change, linked);
    releaseSeconds_ = endOf(b.params[release], b.frames);
    attack_.set(endOf(b.params[attack], b.frames), sampleRate_);
    release_.set(releaseSeconds_, sampleRate_);
    GainFollower::follow(sides_[0].follower, sides_[1].follower, change[0], change[linked ? 0 : 1], b.frames,
                         attack_.share, release_.share);
    for (Side& each : sides_) each.follower.endBlock();
    reductionDb_ = linked ? change[0][b.frames - 1] : std::fmin(change[0][b.frames - 1], change[1][b.frames - 1]);
    if constexpr (kAhead) {
      if (linked) std::memcpy(change[1], change[0], sizeof change[0]);
      delay(b, change);
    }
    apply(b, change, linked && !kAhead);
  }
  int latencyFrames() const noexcept { return latency_; }
  /// Until the gain is back: a compressor that is stopped earlier would begin its next sound turned down.
  int tailFrames() const noexcept {
    const int left = sides_[0].follower.recoveryFrames(releaseSeconds_, sampleRate_);
    const int right = sides_[1].follower.recoveryFrames(releaseSeconds_, sampleRate_);
    const int most = left > right ? left : right;
    return latency_ + (most > 0 ? most + (int)(LevelDetector::kRingSeconds * sampleRate_) : 0);
  }
  float reductionDb() const noexcept { return reductionDb_; }

 private:
  struct Side {
    GainFollower follower;
    DelayRing sound, gain;  ///< with lookahead only
  };

  /// The share of the way made per frame in a time, reckoned when that changes.
  struct Approach {
    float seconds = -1.f;
    double share = 0.;
    void set(float wanted, double sampleRate) noexcept {
      if (wanted != seconds) seconds = wanted, share = approachIn(wanted, sampleRate);
    }
  };

  static f32x4 ramp(float value, float step) { return splat(value) + splat(step) * f32x4{0.f, 1.f, 2.f, 3.f}; }

  /// Levels to the gain changes that they ask for.
  void decide(const StereoBlock& b, float (&change)[2][32], bool linked) const noexcept {
    const Ramp<float>&low = b.params[threshold], &by = b.params[P::ratio], &turn = b.params[knee];
    const Ramp<float>& share = b.params[link];
    const bool still = low.step == 0.f && by.step == 0.f && turn.step == 0.f;
    CompressorCurve curve;
    for (int i = 0; i < b.frames; i += 4) {
      const auto at = (float)i;
      if (i == 0 || !still)
        curve = {ramp(low.value + low.step * at, low.step),
                 CompressorCurve::slopeOf(max(ramp(by.value + by.step * at, by.step), splat(1.f))),
                 splat(0.5f) * ramp(turn.value + turn.step * at, turn.step)};
      if (linked) {
        store4(change[0] + i, curve.at(load4(change[0] + i)));
        continue;
      }
      const f32x4 left = curve.at(load4(change[0] + i)), right = curve.at(load4(change[1] + i));
      const f32x4 most = min(left, right), together = ramp(share.value + share.step * at, share.step);
      store4(change[0] + i, left + together * (most - left));
      store4(change[1] + i, right + together * (most - right));
    }
  }
  void delay(const StereoBlock& b, float (&change)[2][32]) noexcept {
    Glide ahead(b.params[lookahead]);
    for (int i = 0; i < b.frames; i++) {
      const float wait = std::fmax((float)latency_ - ahead.next() * sampleRate_, 0.f);
      const int whole = (int)wait;
      const float part = wait - (float)whole;
      for (int c = 0; c < 2; c++) {
        Side& side = sides_[c];
        side.gain.write(change[c][i]);
        const float near = side.gain.tap(whole + 1);
        change[c][i] = near + part * (side.gain.tap(whole + 2) - near);
        float& x = (c == 0 ? b.left : b.right)[i];
        side.sound.write(x);
        x = side.sound.tap(latency_ + 1);
      }
    }
  }
  void apply(const StereoBlock& b, const float (&change)[2][32], bool linked) noexcept {
    // Half of what the middle settings of the block take from 0 dBFS.
    const CompressorCurve curve{splat(b.params[threshold].value),
                                CompressorCurve::slopeOf(splat(std::fmax(b.params[P::ratio].value, 1.f))),
                                splat(0.5f * b.params[knee].value)};
    const float goal = b.params[automatic].value >= 0.5f ? -0.5f * curve.at(splat(0.f))[0] : 0.f;
    if (fresh_) automaticDb_ = goal;
    fresh_ = false;
    alignas(16) float gain[2][32], up[32] = {};
    Glide hand(b.params[makeup]);
    if (automaticDb_ == goal && b.params[makeup].step == 0.f) {
      for (int i = 0; i < b.frames; i += 4) store4(up + i, splat(b.params[makeup].value + goal));
    } else {
      for (int i = 0; i < b.frames; i++) {
        automaticDb_ += (goal - automaticDb_) * makeupStep_;
        up[i] = hand.next() + automaticDb_;
      }
    }
    for (int i = 0; i < b.frames; i += 4) {
      store4(gain[0] + i, decibelsToGain(load4(change[0] + i) + load4(up + i)));
      store4(gain[1] + i, linked ? load4(gain[0] + i) : decibelsToGain(load4(change[1] + i) + load4(up + i)));
    }
    if (b.params[mix].step == 0.f && b.frames == 32) {
      const f32x4 share = splat(b.params[mix].value), dry = splat(1.f) - share;
      for (int i = 0; i < 32; i += 4) {
        store4(b.left + i, load4(b.left + i) * (dry + share * load4(gain[0] + i)));
        store4(b.right + i, load4(b.right + i) * (dry + share * load4(gain[1] + i)));
      }
      return;
    }
    Glide wet(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      const float share = wet.next(), dry = 1.f - share;
      b.left[i] *= dry + share * gain[0][i];
      b.right[i] *= dry + share * gain[1][i];
    }
  }

  LevelDetector detector_;
  Side sides_[2];
  Approach attack_, release_;
  float sampleRate_ = 48000.f, makeupStep_ = 0.f, automaticDb_ = 0.f;
  float releaseSeconds_ = 0.12f, reductionDb_ = 0.f;
  int latency_ = 0;
  bool fresh_ = true;
};

using Compressor = CompressorOf<false>;
using LookaheadCompressor = CompressorOf<true>;

}  // namespace sl
