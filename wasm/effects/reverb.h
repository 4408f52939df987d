// Reverb: rooms from small to vast, early reflections and a dense tail. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/copy_block.h"
#include "dsp/diffuser.h"
#include "dsp/early_reflections.h"
#include "dsp/feedback_network.h"
#include "dsp/mix_law.h"
#include "dsp/one_pole.h"
#include "dsp/one_pole_scan.h"
#include "dsp/predelay.h"
#include "dsp/tempo_sync.h"
#include "dsp/wet_band.h"

namespace sl {

namespace reverb_param {
constexpr Param share(std::string_view id, std::string_view label, std::string_view doc, float init) {
  return {.id = id, .label = label, .doc = doc, .unit = Unit::fraction, .min = 0.f, .max = 1.f, .init = init};
}
constexpr Param ratio(std::string_view id, std::string_view label, std::string_view doc, float min, float max,
                      float init) {
  return {.id = id,
          .label = label,
          .doc = doc,
          .unit = Unit::ratio,
          .min = min,
          .max = max,
          .init = init,
          .curve = Curve::log};
}
}  // namespace reverb_param

/// Diffusion, early reflections and a 16-line feedback delay network side by side (Jot 1991). The tail is as loud at
/// every decay time.
struct Reverb {
  enum P {
    type,
    decay,
    size,
    predelay,
    lowDecay,
    highDecay,
    damping,
    diffusion,
    modulation,
    early,
    lowCut,
    highCut,
    width,
    mix,
    sync,
    numParams
  };
  static constexpr float kLowHz = 250.f;
  static constexpr std::array<Option, 4> kTypes{
      {{"room", "Room"}, {"chamber", "Chamber"}, {"hall", "Hall"}, {"cathedral", "Cathedral"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "type",
       .label = "Type",
       .doc = "Kind of room: how far apart its echoes are. Changes crossfade.",
       .init = 2.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kTypes},
      {.id = "decay",
       .label = "Decay",
       .doc = "Time to fall by 60 dB (T60) in the middle of the spectrum.",
       .unit = Unit::seconds,
       .min = 0.1f,
       .max = 30.f,
       .init = 2.2f,
       .curve = Curve::log},
      {.id = "size",
       .label = "Size",
       .doc = "Size of the room: distance of the reflections. The decay time stays. Changes crossfade.",
       .unit = Unit::fraction,
       .min = 0.4f,
       .max = 1.6f,
       .init = 1.f,
       .smooth = Smooth::fade},
      Predelay::param(0.012f),
      reverb_param::ratio("lowDecay", "Low decay", "Decay time of the lows, below 250 Hz, as a factor of the decay.",
                          0.25f, 4.f, 1.1f),
      reverb_param::ratio("highDecay", "High decay",
                          "Decay time of the highs, above the damping, as a factor of the decay.", 0.1f, 2.f, 0.45f),
      {.id = "damping",
       .label = "Damping",
       .doc = "Where the highs begin that decay in their own time.",
       .unit = Unit::hertz,
       .min = 1000.f,
       .max = 16000.f,
       .init = 5000.f,
       .curve = Curve::log},
      reverb_param::share("diffusion", "Diffusion", "From single echoes to a cloud.", 0.85f),
      reverb_param::share("modulation", "Modulation", "Slow movement in the tail, against metallic ringing.", 0.35f),
      reverb_param::share("early", "Early level", "Level of the early reflections.", 0.5f),
      WetBand::lowCut(40.f),
      WetBand::highCut(),
      {.id = "width",
       .label = "Width",
       .doc = "Stereo width of the reverb: 0 % mono, 100 % natural, up to twice as wide.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 2.f,
       .init = 1.f},
      reverb_param::share("mix", "Mix", "Dry (0 %) to reverb only (100 %), linear.", 0.3f),
      syncParam("Pre-delay as a note length at the song's tempo. What exceeds 0.5 s is halved.", "sync",
                "Pre-delay sync"),
  }};
  static constexpr Spec spec{.id = "reverb",
                             .label = "Reverb",
                             .doc = "Room, chamber, hall or cathedral with decay times for lows and highs.",
                             .category = "reverb",
                             .params = params,
                             .costNs = 1700.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    toneGain_ = StereoLowpass::gainFor(kEarlyHz, sampleRate_);
    const bool line = predelay_.prepare(arena, sampleRate_), cloud = diffuser_.prepare(arena, sampleRate_);
    const bool echoes = early_.prepare(arena, sampleRate_, kMostSize * kRooms[3].lastEcho);
    return network_.prepare(arena, sampleRate_, kMostSize * kRooms[3].longest) && line && cloud && echoes;
  }
  void reset() noexcept {
    predelay_.reset();
    diffuser_.reset();
    early_.reset();
    network_.reset();
    dull_[0] = dull_[1] = 0.f;
    band_.reset();
    room_ = Shape{};
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    alignas(16) float left[kMost] = {}, right[kMost] = {}, earlyLeft[kMost], earlyRight[kMost], gains[kMost];
    copy(left, b.left, b.frames);
    copy(right, b.right, b.frames);
    const float wait =
        syncedDelaySeconds(b.params[sync].value, b.song.bpm, b.params[predelay].value, Predelay::kMaxSeconds);
    predelay_.process(left, right, b.frames, wait);
    shape((int)b.params[type].value, b.params[size].value);
    times_ = {endOf(b.params[decay], b.frames), endOf(b.params[lowDecay], b.frames), kLowHz,
              endOf(b.params[highDecay], b.frames), endOf(b.params[damping], b.frames)};
    network_.setDecay(times_);

    early_.process(left, right, earlyLeft, earlyRight, b.frames);
    for (int i = 0; i < kMost; i += kLanes) store4(gains + i, splat(kMostDiffusion) * framesOf(b.params[diffusion], i));
    diffuser_.process(left, right, b.frames, gains);
    network_.process(left, right, left, right, b.frames,
                     b.params[modulation].value * FeedbackNetwork::kMaxSweepSeconds * sampleRate_,
                     governed(b.level).movingTails);
    const SettledLowpass tone(toneGain_);
    tone.process(earlyLeft, b.frames, dull_[0]);
    tone.process(earlyRight, b.frames, dull_[1]);
    lateGains(gains, b.frames);
    for (int i = 0; i < kMost; i += kLanes) {
      const f32x4 e = framesOf(b.params[early], i), t = load4(gains + i);
      store4(left + i, load4(left + i) * t + load4(earlyLeft + i) * e);
      store4(right + i, load4(right + i) * t + load4(earlyRight + i) * e);
    }
    band_.process(left, right, b.frames, b.params[lowCut], b.params[highCut], sampleRate_);
    for (int i = 0; i < kMost; i += kLanes) {
      const f32x4 l = load4(left + i), r = load4(right + i);
      const f32x4 middle = splat(0.5f) * (l + r), side = splat(0.5f) * framesOf(b.params[width], i) * (l - r);
      store4(left + i, middle + side);
      store4(right + i, middle - side);
    }
    mixBlock(b.left, left, b.params[mix], b.frames);
    mixBlock(b.right, right, b.params[mix], b.frames);
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept {
    const float longest = times_.seconds * std::fmax(1.f, std::fmax(times_.lowRatio, times_.highRatio));
    return (int)((longest * (100.f / 60.f) + 0.5f) * sampleRate_) + predelay_.frames() + band_.tailFrames(sampleRate_);
  }

 private:
  /// Seconds at size 100 %.
  struct Room {
    float shortest, longest, firstEcho, lastEcho;
  };
  static constexpr Room kRooms[4] = {{0.0081f, 0.0271f, 0.003f, 0.031f},
                                     {0.0127f, 0.0413f, 0.005f, 0.047f},
                                     {0.0193f, 0.0631f, 0.009f, 0.079f},
                                     {0.0307f, 0.1013f, 0.014f, 0.118f}};
  static constexpr float kMostSize = 1.6f, kMostDiffusion = 0.72f, kEarlyHz = 9000.f, kFollowSeconds = 0.03f;
  static constexpr float kLevel = 0.76f;  ///< fitted to the measured response, see reverb.test.ts
  /// Which place in the row of lengths a line has: long and short mixed in every group, among moving and still ones.
  static constexpr int kOrder[FeedbackNetwork::kLines] = {0, 9, 6, 15, 11, 2, 13, 4, 8, 1, 14, 7, 3, 10, 5, 12};

  struct Shape {
    int type = -1;
    float size = 0.f;
    bool operator==(const Shape&) const = default;
  };
  void shape(int type, float size) noexcept {
    const Shape wanted{type, size};
    if (wanted == room_) return;
    const Room& room = kRooms[type];
    float seconds[FeedbackNetwork::kLines];
    for (int l = 0; l < FeedbackNetwork::kLines; l++)
      seconds[l] = size * room.shortest * std::pow(room.longest / room.shortest, (float)kOrder[l] / 15.f);
    if (!network_.setLengths(seconds)) return;
    early_.setSpan(size * room.firstEcho, size * room.lastEcho);
    room_ = wanted;
  }
  /// A parameter's values from frame i of the block on.
  static f32x4 framesOf(const Ramp<float>& ramp, int i) noexcept {
    return splat(ramp.value) + splat(ramp.step) * (f32x4{0.f, 1.f, 2.f, 3.f} + splat((float)i));
  }
  /// Level of the tail at each frame. White noise comes out as loud as it went in when all decays are equal: a trip
  /// round the lines loses what its length is worth.
  void lateGains(float* gains, int frames) noexcept {
    const int total = network_.totalFrames();
    if (fresh_ || total != lateFrames_ || times_.seconds != lateSeconds_) {
      const float trip = (float)total / (float)FeedbackNetwork::kLines / sampleRate_;
      lateGoal_ = kLevel * std::sqrt(1.f - std::exp(-13.8155106f * trip / times_.seconds));
      lateFrames_ = total, lateSeconds_ = times_.seconds;
    }
    if (fresh_) late_ = lateGoal_;
    fresh_ = false;
    const float follow = 1.f / (kFollowSeconds * sampleRate_);
    const auto after = [&](float late) { return late + (lateGoal_ - late) * follow; };
    if (after(late_) == late_) {  // as near as it comes
      for (int i = 0; i < kMost; i += kLanes) store4(gains + i, splat(late_));
      return;
    }
    for (int i = 0; i < kMost; i++) gains[i] = i < frames ? late_ = after(late_) : late_;
  }

  static constexpr int kMost = 32;  ///< frames of a block; where it has fewer, what is behind them means nothing
  Predelay predelay_;
  EarlyReflections early_;
  Diffuser diffuser_;
  FeedbackNetwork network_;
  WetBand band_;
  Shape room_;
  DecayTimes times_;
  float toneGain_ = 0.f, dull_[2] = {};  ///< gain and states of the early reflections' low-pass
  float sampleRate_ = 48000.f, late_ = 1.f, lateGoal_ = 1.f, lateSeconds_ = 0.f;
  int lateFrames_ = 0;
  bool fresh_ = true;
};

}  // namespace sl
