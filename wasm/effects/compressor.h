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
    releaseSeconds_ = endOf(b.params[release], b.frames);
    attack_.of(endOf(b.params[attack], b.frames), sampleRate_);
    release_.of(releaseSeconds_, sampleRate_);
    makeUp(b);
    // Both sides turned down alike are reckoned once.
    const bool linked = b.params[link].value == 1.f && b.params[link].step == 0.f &&
                        sides_[0].follower.decibels() == sides_[1].follower.decibels();
    const bool still = b.params[threshold].step == 0.f && b.params[P::ratio].step == 0.f &&
                       b.params[knee].step == 0.f && b.params[makeup].step == 0.f && b.params[mix].step == 0.f;
    if (!kAhead && linked && still && risen_ && b.frames % 4 == 0)
      together(b);
    else
      apart(b, linked);
    for (Side& each : sides_) each.follower.endBlock();
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

  /// What is listened to.
  static const float* heard(const StereoBlock& b, int side) {
    const bool connected = b.sideLeft && b.sideRight;
    return side == 0 ? (connected ? b.sideLeft : b.left) : connected ? b.sideRight : b.right;
  }
  /// What most blocks are: both sides alike, nothing moves.
  void together(const StereoBlock& b) noexcept {
    alignas(16) float change[32];
    const CompressorCurve curve = curveAt(b, 0);
    detector_.louder(heard(b, 0), heard(b, 1), b.frames, endOf(b.params[sideHighpass], b.frames),
                     b.params[detector].value >= 0.5f,
                     [&](int i, f32x4 levelDb) { store4(change + i, curve.at(levelDb)); });
    sides_[0].follower.follow(change, b.frames, attack_.share, release_.share);
    sides_[1].follower = sides_[0].follower;
    reductionDb_ = change[b.frames - 1];
    const f32x4 share = splat(b.params[mix].value), dry = splat(1.f) - share;
    const f32x4 up = splat(b.params[makeup].value + automaticDb_);
    for (int i = 0; i < b.frames; i += 4) {
      const f32x4 gain = dry + share * decibelsToGain(load4(change + i) + up);
      store4(b.left + i, load4(b.left + i) * gain);
      store4(b.right + i, load4(b.right + i) * gain);
    }
  }
  void apart(const StereoBlock& b, bool linked) noexcept {
    alignas(16) float change[2][32];
    decide(b, change, linked);
    if (linked) {
      sides_[0].follower.follow(change[0], b.frames, attack_.share, release_.share);
      sides_[1].follower = sides_[0].follower;
      std::memcpy(change[1], change[0], sizeof change[0]);
    } else {
      GainFollower::follow(sides_[0].follower, sides_[1].follower, change[0], change[1], b.frames, attack_.share,
                           release_.share);
    }
    reductionDb_ = std::fmin(change[0][b.frames - 1], change[1][b.frames - 1]);
    if constexpr (kAhead) delay(b, change);
    apply(b, change);
  }
  static CompressorCurve curveAt(const StereoBlock& b, int frame) noexcept {
    const auto four = [&](P which) { return dynamics::fourOf(b.params[which], frame); };
    return {four(threshold), CompressorCurve::slopeOf(max(four(P::ratio), splat(1.f))), splat(0.5f) * four(knee)};
  }
  /// The gain changes that the levels ask for.
  void decide(const StereoBlock& b, float (&change)[2][32], bool linked) noexcept {
    const bool rms = b.params[detector].value >= 0.5f;
    const float highpassHz = endOf(b.params[sideHighpass], b.frames);
    if (linked) {
      detector_.louder(heard(b, 0), heard(b, 1), b.frames, highpassHz, rms,
                       [&](int i, f32x4 levelDb) { store4(change[0] + i, curveAt(b, i).at(levelDb)); });
      return;
    }
    detector_.process(heard(b, 0), heard(b, 1), b.frames, highpassHz, rms, change[0], change[1]);
    for (int i = 0; i < b.frames; i += 4) {
      const CompressorCurve curve = curveAt(b, i);
      const f32x4 left = curve.at(load4(change[0] + i)), right = curve.at(load4(change[1] + i));
      const f32x4 most = min(left, right), together = dynamics::fourOf(b.params[link], i);
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
  /// Where the automatic make-up goes: half of what the middle settings of the block take from 0 dBFS.
  void makeUp(const StereoBlock& b) noexcept {
    automaticGoalDb_ = 0.f;
    if (b.params[automatic].value >= 0.5f) {
      const CompressorCurve curve{splat(b.params[threshold].value),
                                  CompressorCurve::slopeOf(splat(std::fmax(b.params[P::ratio].value, 1.f))),
                                  splat(0.5f * b.params[knee].value)};
      automaticGoalDb_ = -0.5f * curve.at(splat(0.f))[0];
    }
    // The last step is far below what is heard.
    if (fresh_ || std::fabs(automaticDb_ - automaticGoalDb_) < 1e-5f) automaticDb_ = automaticGoalDb_;
    fresh_ = false;
    risen_ = automaticDb_ == automaticGoalDb_;
  }
  void apply(const StereoBlock& b, const float (&change)[2][32]) noexcept {
    alignas(16) float gain[2][32], up[32] = {};
    Glide hand(b.params[makeup]), wet(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      if (!risen_) automaticDb_ += (automaticGoalDb_ - automaticDb_) * makeupStep_;
      up[i] = hand.next() + automaticDb_;
    }
    for (int i = 0; i < b.frames; i += 4)
      for (int c = 0; c < 2; c++) store4(gain[c] + i, decibelsToGain(load4(change[c] + i) + load4(up + i)));
    for (int i = 0; i < b.frames; i++) {
      const float share = wet.next(), dry = 1.f - share;
      b.left[i] *= dry + share * gain[0][i];
      b.right[i] *= dry + share * gain[1][i];
    }
  }

  LevelDetector detector_;
  Side sides_[2];
  Approach attack_, release_;
  float sampleRate_ = 48000.f, makeupStep_ = 0.f;
  float automaticDb_ = 0.f, automaticGoalDb_ = 0.f;
  float releaseSeconds_ = 0.12f, reductionDb_ = 0.f;
  int latency_ = 0;
  bool fresh_ = true, risen_ = true;  ///< risen: the automatic make-up is at its goal
};

using Compressor = CompressorOf<false>;
using LookaheadCompressor = CompressorOf<true>;

}  // namespace sl
