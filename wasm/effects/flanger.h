// Flanger: one swept copy of each side with feedback. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/mix_law.h"
#include "dsp/modulated_line.h"
#include "dsp/phase_lfo.h"

namespace sl {

/// A delay of 0.25 to 5.25 ms swept by a sine in octaves, so that notches glide evenly, fed back (Dattorro 1997, part
/// 2); the right side runs a quarter turn ahead. With P the delay, the copy is (P - c) / (1 - c P), all-pass: at mix 50
/// % notches are perfect at any feedback c and peaks stay at unity.
struct Flanger {
  enum P { rate, depth, feedback, mix, sync, width, numParams };
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
       .doc = "Width of the sweep: from 0.25 ms up to 5.25 ms.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.6f},
      {.id = "feedback",
       .label = "Feedback",
       .doc = "Positive values sharpen the peaks, negative ones the notches.",
       .unit = Unit::fraction,
       .min = -0.85f,
       .max = 0.85f,
       .init = 0.3f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to swept copy only (100 %), linear.",
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
  static constexpr Spec spec{.id = "flanger",
                             .label = "Flanger",
                             .doc = "Sweeping comb filter: the jet sound of two tape machines.",
                             .category = "modulation",
                             .params = params,
                             .costNs = 1330.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    lfo_.prepare(sampleRate_);
    const int frames = (int)(kMostSeconds * sampleRate_) + 2;
    const bool table = table_.prepare(arena), left = left_.prepare(arena, frames);
    return right_.prepare(arena, frames) && left && table;
  }
  void reset() noexcept {
    left_.reset();
    right_.reset();
    lfo_.reset();
  }
  void process(const StereoBlock& b) noexcept {
    lfo_.aim(b.params[rate], b.params[sync].value, b.song, b.frames);
    Glide deep(b.params[depth]), back(b.params[feedback]), wet(b.params[mix]), wide(b.params[width]);
    const double least = kLeastSeconds * (double)sampleRate_;
    for (int i = 0; i < b.frames; i++) {
      const float reach = deep.next() * (0.5f * kOctaves), again = back.next(), share = wet.next();
      const f32x4 sweep = exp2((lfo_.at(sides(wide.next())) + splat(1.f)) * splat(reach));
      lfo_.step();
      const float left = left_.read(table_, least * sweep[0]);
      const float right = right_.read(table_, least * sweep[1]);
      const float intoLeft = b.left[i] + again * left, intoRight = b.right[i] + again * right;
      left_.write(intoLeft);
      right_.write(intoRight);
      b.left[i] = mixed(b.left[i], left - again * intoLeft, share);
      b.right[i] = mixed(b.right[i], right - again * intoRight, share);
    }
    feedback_ = endOf(b.params[feedback], b.frames);
    depth_ = endOf(b.params[depth], b.frames);
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept {
    const float longest = kLeastSeconds * std::exp2(kOctaves * depth_) * sampleRate_;
    return ((int)longest + SincTable::kTaps) * tripsToSilence(feedback_);
  }

 private:
  static constexpr float kLeastSeconds = 0.00025f, kMostSeconds = 0.00525f;
  static constexpr float kOctaves = 4.392317f;  ///< log2(kMostSeconds / kLeastSeconds)
  /// Left begins at the shortest delay.
  static constexpr u32x4 kWhole = {turns(0.75), turns(0.), 0u, 0u};
  static u32x4 sides(float width) {
    return width >= 1.f ? kWhole : u32x4{turns(0.75), turns(0.75) + (uint32_t)(width * 1073741824.f), 0u, 0u};
  }

  SincTable table_;
  ModulatedLine left_, right_;
  PhaseLfo lfo_;
  float sampleRate_ = 48000.f;
  float feedback_ = params[feedback].init;
  float depth_ = params[depth].init;
};

}  // namespace sl
