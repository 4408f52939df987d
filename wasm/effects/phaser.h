// Phaser: a swept all-pass chain against the dry signal. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/allpass_chain.h"
#include "dsp/decibels.h"
#include "dsp/mix_law.h"
#include "dsp/phase_lfo.h"

namespace sl {

/// Two notches for four stages, three for six, four for eight, swept by a sine in octaves; the right side runs a
/// quarter turn ahead. Notches are deepest at mix 50 %. The shifted part is scaled by sqrt(1 - feedback^2): equal power
/// for noise.
struct Phaser {
  enum P { rate, depth, frequency, feedback, stages, mix, sync, width, numParams };
  static constexpr std::array<Option, 3> kStageOptions{{{"4", "4"}, {"6", "6"}, {"8", "8"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "rate",
       .label = "Rate",
       .doc = "Speed of the sweep.",
       .unit = Unit::hertz,
       .min = 0.01f,
       .max = 10.f,
       .init = 0.3f,
       .curve = Curve::log},
      {.id = "depth",
       .label = "Depth",
       .doc = "Width of the sweep: up to two octaves either way.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.6f},
      {.id = "frequency",
       .label = "Frequency",
       .doc = "Middle of the sweep.",
       .unit = Unit::hertz,
       .min = 100.f,
       .max = 4000.f,
       .init = 800.f,
       .curve = Curve::log},
      {.id = "feedback",
       .label = "Feedback",
       .doc = "Resonance between the notches.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 0.85f,
       .init = 0.3f},
      {.id = "stages",
       .label = "Stages",
       .doc = "All-pass stages; every two make a notch.",
       .init = 1.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kStageOptions},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to shifted only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f},
      syncParam("Length of a sweep in time with the song, instead of the rate."),
      {.id = "width",
       .label = "Width",
       .doc = "How far the right side runs ahead; at 0 % both sides move together, which loses nothing in mono.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
  }};
  static constexpr Spec spec{.id = "phaser",
                             .label = "Phaser",
                             .doc = "Sweeping notches, smoother than a flanger's.",
                             .category = "modulation",
                             .params = params,
                             .costNs = 1170.f};

  bool prepare(const Setup& setup, Arena&) {
    sampleRate_ = setup.sampleRate;
    lfo_.prepare(sampleRate_);
    fadeStep_ = splat(1.f / (0.02f * sampleRate_));
    return true;
  }
  void reset() noexcept {
    chain_.reset();
    lfo_.reset();
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    f32x4 goal = splat(0.f);
    goal[(int)b.params[stages].value] = 1.f;
    if (fresh_) taps_ = goal;
    fresh_ = false;
    lfo_.aim(b.params[rate], b.params[sync].value, b.song, b.frames);
    sines_.aim(lfo_, 0u, b.params[width]);
    lfo_.skip(b.frames);
    const Ramp<float>& hz = b.params[frequency];
    const float middle = octaveOf(hz.value), middleEnd = hz.moving ? octaveOf(endOf(hz, b.frames)) : middle;
    const Ramp<float> octave{.value = middle, .step = (middleEnd - middle) / (float)b.frames};
    Glide back(b.params[feedback]);
    float wet[2][32];
    for (int i = 0; i < b.frames; i += kLanes) {
      const f32x4 reach = splat(kOctaves) * fourOf(b.params[depth], i), centre = fourOf(octave, i);
      f32x4 gain[2];
      for (int s = 0; s < 2; s++)
        gain[s] = AllpassChain::gainFor(min(exp2(centre + sines_.four(s, i) * reach), splat(0.45f)));
      const f32x4 first = __builtin_shufflevector(gain[0], gain[1], 0, 4, 1, 5);
      const f32x4 last = __builtin_shufflevector(gain[0], gain[1], 2, 6, 3, 7);
      // Left and right of each frame; the two other lanes hear nothing.
      const f32x4 gains[kLanes] = {first, __builtin_shufflevector(first, first, 2, 3, 2, 3), last,
                                   __builtin_shufflevector(last, last, 2, 3, 2, 3)};
      for (int k = 0; k < kLanes && i + k < b.frames; k++) {
        taps_ += min(max(goal - taps_, -fadeStep_), fadeStep_);
        const f32x4 x = {b.left[i + k], b.right[i + k], 0.f, 0.f};
        const f32x4 y =
            chain_.shift(x, gains[k], splat(taps_[0]), splat(taps_[1]), splat(taps_[2]), splat(back.next()));
        wet[0][i + k] = y[0], wet[1][i + k] = y[1];
      }
    }
    mixBlock(b.left, wet[0], b.params[mix], b.frames);
    mixBlock(b.right, wet[1], b.params[mix], b.frames);
    chain_.endBlock();
    lowestHz_ = endOf(b.params[frequency], b.frames) * std::exp2(-kOctaves * endOf(b.params[depth], b.frames));
    feedback_ = endOf(b.params[feedback], b.frames);
  }
  int latencyFrames() const noexcept { return 0; }
  /// The chain's longest group delay is 2 kStages time constants; the feedback takes it round.
  int tailFrames() const noexcept {
    const float delaySeconds = 2.f * AllpassChain::kStages / (6.2831853f * lowestHz_);
    return (int)(delaySeconds * (float)(tripsToSilence(feedback_) + 2) * sampleRate_);
  }

 private:
  static constexpr float kOctaves = 2.f;

  /// Over the sample rate.
  float octaveOf(float hz) noexcept {
    if (hz != hz_) octave_ = std::log2((hz_ = hz) / sampleRate_);
    return octave_;
  }

  AllpassChain chain_;
  PhaseLfo lfo_;
  SideSines sines_;
  f32x4 taps_{}, fadeStep_{};
  float sampleRate_ = 48000.f;
  float hz_ = 0.f, octave_ = 0.f;
  float lowestHz_ = 100.f;
  float feedback_ = params[feedback].init;
  bool fresh_ = true;
};

}  // namespace sl
