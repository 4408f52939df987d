// Multi-tap delay: up to eight echoes in a rhythm, each with its own level and place. Audio thread except prepare.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>

#include "core/denormal.h"
#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/delay_ring.h"
#include "dsp/math.h"
#include "dsp/mix_law.h"
#include "dsp/tempo_sync.h"
#include "dsp/wet_band.h"

namespace sl {

namespace multitap_param {
constexpr int kTaps = 8;
constexpr std::string_view kLevelIds[kTaps] = {"level1", "level2", "level3", "level4",
                                               "level5", "level6", "level7", "level8"};
constexpr std::string_view kPanIds[kTaps] = {"pan1", "pan2", "pan3", "pan4", "pan5", "pan6", "pan7", "pan8"};
constexpr std::string_view kGroups[kTaps] = {"Tap 1", "Tap 2", "Tap 3", "Tap 4", "Tap 5", "Tap 6", "Tap 7", "Tap 8"};
constexpr float kLevels[kTaps] = {1.f, 0.8f, 0.65f, 0.52f, 0.42f, 0.34f, 0.27f, 0.22f};
constexpr float kPans[kTaps] = {-0.6f, 0.6f, -0.3f, 0.3f, -0.9f, 0.9f, -0.15f, 0.15f};
constexpr Param level(int k) {
  return {.id = kLevelIds[k],
          .label = "Level",
          .doc = "How loud this echo is.",
          .unit = Unit::fraction,
          .min = 0.f,
          .max = 1.f,
          .init = kLevels[k],
          .group = kGroups[k]};
}
constexpr Param pan(int k) {
  return {.id = kPanIds[k],
          .label = "Pan",
          .doc = "Where this echo is: -1 left, 1 right.",
          .unit = Unit::none,
          .min = -1.f,
          .max = 1.f,
          .init = kPans[k],
          .group = kGroups[k]};
}
}  // namespace multitap_param

/// The mono sum is heard again at up to eight whole frames, panned at constant power; feedback repeats the whole
/// pattern from its last echo. New times crossfade.
struct MultiTap {
  static constexpr int kTaps = multitap_param::kTaps;
  enum P { time, taps, rhythm, feedback, lowCut, highCut, mix, sync, firstTap, numParams = firstTap + 2 * kTaps };
  static constexpr float kMaxStepSeconds = 1.f;
  static constexpr std::array<Option, 5> kRhythms{{{"even", "Even"},
                                                   {"swing", "Swing"},
                                                   {"tresillo", "Tresillo (3 3 2)"},
                                                   {"faster", "Ever faster"},
                                                   {"slower", "Ever slower"}}};
  static constexpr std::array<Param, numParams> params = [] {
    std::array<Param, numParams> all{{
        {.id = "time",
         .label = "Step",
         .doc = "Time from echo to echo, the mean of those where the rhythm is not even.",
         .unit = Unit::seconds,
         .min = 0.01f,
         .max = kMaxStepSeconds,
         .init = 0.15f,
         .curve = Curve::log,
         .smooth = Smooth::fade},
        {.id = "taps",
         .label = "Taps",
         .doc = "How many echoes the pattern has.",
         .unit = Unit::count,
         .min = 1.f,
         .max = kTaps,
         .init = 5.f,
         .smooth = Smooth::fade},
        {.id = "rhythm",
         .label = "Rhythm",
         .doc = "How the echoes lie in time. Eight of them fill eight steps in every rhythm.",
         .init = 0.f,
         .curve = Curve::option,
         .smooth = Smooth::fade,
         .options = kRhythms},
        {.id = "feedback",
         .label = "Feedback",
         .doc = "How much of the last echo begins the pattern again.",
         .unit = Unit::fraction,
         .min = 0.f,
         .max = 0.9f,
         .init = 0.15f},
        WetBand::lowCut(),
        WetBand::highCut(9000.f),
        {.id = "mix",
         .label = "Mix",
         .doc = "Dry (0 %) to echoes only (100 %), linear.",
         .unit = Unit::fraction,
         .min = 0.f,
         .max = 1.f,
         .init = 0.35f},
        syncParam("Note length of a step, instead of its time. What exceeds 1 s is halved."),
    }};
    for (int k = 0; k < kTaps; k++) {
      all[(std::size_t)(firstTap + 2 * k)] = multitap_param::level(k);
      all[(std::size_t)(firstTap + 2 * k + 1)] = multitap_param::pan(k);
    }
    return all;
  }();
  static constexpr Spec spec{.id = "multitap",
                             .label = "Multi-tap delay",
                             .doc = "Eight echoes in a rhythm, each with a level and a place.",
                             .category = "delay",
                             .params = params,
                             .costNs = 650.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    fadeStep_ = 1.f / (kFadeSeconds * sampleRate_);
    return ring_.prepare(arena, (int)(kTaps * kMaxStepSeconds * sampleRate_) + 64);
  }
  void reset() noexcept {
    ring_.reset();
    band_.reset();
    fade_ = 1.f;
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    const int count = (int)std::lround(b.params[taps].value);
    const float step = syncedDelaySeconds(b.params[sync].value, b.song.bpm, b.params[time].value, kMaxStepSeconds);
    aim(step, (int)b.params[rhythm].value, count);
    aimGains(b, count);
    // Frames are written as they come, the feedback from what was read before: no echo is nearer than a block.
    float again[32], left[32], right[32];
    sum(b.frames, left, right, again);
    Glide back(b.params[feedback]);
    for (int i = 0; i < b.frames; i++) ring_.write(flush(0.5f * (b.left[i] + b.right[i]) + back.next() * again[i]));
    fresh_ = false;
    band_.process(left, right, b.frames, b.params[lowCut], b.params[highCut], sampleRate_);
    Glide wet(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      const float m = wet.next();
      b.left[i] = mixed(b.left[i], left[i], m);
      b.right[i] = mixed(b.right[i], right[i], m);
    }
    feedback_ = endOf(b.params[feedback], b.frames);
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept {
    const int longest = std::max(now_.delay[kTaps], next_.delay[kTaps]);
    return longest * (tripsToSilence(feedback_) + 1) + band_.tailFrames(sampleRate_) + 64;
  }

 private:
  static constexpr float kFadeSeconds = 0.03f;
  /// Steps from the beginning to each echo.
  static constexpr float kPlaces[kRhythms.size()][kTaps] = {
      {1.f, 2.f, 3.f, 4.f, 5.f, 6.f, 7.f, 8.f},
      {1.3333333f, 2.f, 3.3333333f, 4.f, 5.3333333f, 6.f, 7.3333333f, 8.f},
      {1.125f, 2.25f, 3.f, 4.125f, 5.25f, 6.f, 7.125f, 8.f},
      {1.9225f, 3.4605f, 4.6909f, 5.6752f, 6.4627f, 7.0927f, 7.5967f, 8.f},
      {0.4033f, 0.9073f, 1.5373f, 2.3248f, 3.3091f, 4.5395f, 6.0775f, 8.f}};

  /// Frames back to each echo; the last is the feedback's.
  struct Pattern {
    int delay[kTaps + 1] = {};
    bool operator==(const Pattern&) const = default;
  };
  void aim(float seconds, int rhythm, int count) noexcept {
    if (fade_ < 1.f) return;
    Pattern wanted;
    for (int k = 0; k < kTaps; k++)
      wanted.delay[k] = std::max(33, (int)std::lround(kPlaces[rhythm][k] * seconds * sampleRate_));
    wanted.delay[kTaps] = wanted.delay[count - 1];
    if (fresh_) now_ = wanted;
    if (wanted == now_) return;
    next_ = wanted;
    fade_ = 0.f;
  }
  void aimGains(const StereoBlock& b, int count) noexcept {
    for (int k = 0; k < kTaps; k++) {
      const float heard = endOf(b.params[firstTap + 2 * k], b.frames);
      const float place = (endOf(b.params[firstTap + 2 * k + 1], b.frames) + 1.f) * 0.25f;  // quarter turns
      const f32x4 law = sinPi(f32x4{0.5f - place, place, 0.f, 0.f});
      // Taps that come or go fade, so that their gain takes its time.
      const float open = k < count ? 1.f : 0.f, most = fadeStep_ * (float)b.frames;
      open_[k] = fresh_ ? open : std::clamp(open, open_[k] - most, open_[k] + most);
      for (int side = 0; side < 2; side++) {
        const float goal = heard * law[side] * open_[k];
        if (fresh_) gain_[side][k] = goal;
        step_[side][k] = (goal - gain_[side][k]) / (float)b.frames;
      }
    }
  }
  /// What all echoes give in the next frames, which are not yet written.
  void sum(int frames, float* left, float* right, float* again) noexcept {
    f32x4 total[3][8] = {};
    add(now_, frames, total);
    if (fade_ < 1.f) {
      f32x4 other[3][8] = {};
      add(next_, frames, other);
      for (int g = 0; g < 8; g++) {
        const f32x4 frame = f32x4{1.f, 2.f, 3.f, 4.f} + splat(4.f * (float)g);
        const f32x4 share = min(splat(fade_) + frame * splat(fadeStep_), splat(1.f));
        for (int c = 0; c < 3; c++) total[c][g] += (other[c][g] - total[c][g]) * share;
      }
      fade_ = std::min(1.f, fade_ + fadeStep_ * (float)frames);
      if (fade_ >= 1.f) now_ = next_;
    }
    for (int side = 0; side < 2; side++)
      for (int k = 0; k < kTaps; k++) gain_[side][k] += step_[side][k] * (float)frames;
    for (int i = 0; i < frames; i++) {
      left[i] = total[0][i / 4][i % 4];
      right[i] = total[1][i / 4][i % 4];
      again[i] = total[2][i / 4][i % 4];
    }
  }
  void add(const Pattern& pattern, int frames, f32x4 (*total)[8]) const noexcept {
    for (int k = 0; k < kTaps; k++) {
      if (gain_[0][k] == 0.f && gain_[1][k] == 0.f && step_[0][k] == 0.f && step_[1][k] == 0.f) continue;
      const float* x = ring_.window(pattern.delay[k]);
      const f32x4 four = {0.f, 1.f, 2.f, 3.f};
      f32x4 left = splat(gain_[0][k]) + four * splat(step_[0][k]),
            right = splat(gain_[1][k]) + four * splat(step_[1][k]);
      const f32x4 leftStep = splat(4.f * step_[0][k]), rightStep = splat(4.f * step_[1][k]);
      for (int i = 0; i < frames; i += 4) {
        const f32x4 v = load4(x + i);
        total[0][i / 4] += v * left;
        total[1][i / 4] += v * right;
        left += leftStep;
        right += rightStep;
      }
    }
    const float* x = ring_.window(pattern.delay[kTaps]);
    for (int i = 0; i < frames; i += 4) total[2][i / 4] = load4(x + i);
  }

  DelayRing ring_;
  WetBand band_;
  Pattern now_, next_;
  float gain_[2][kTaps] = {}, step_[2][kTaps] = {}, open_[kTaps] = {};
  float sampleRate_ = 48000.f, fade_ = 1.f, fadeStep_ = 0.f;
  float feedback_ = params[feedback].init;
  bool fresh_ = true;
};

}  // namespace sl
