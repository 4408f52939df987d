// Flanger: one swept copy of each side with feedback. Audio thread except prepare.
#pragma once
#include <algorithm>
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
                             .costNs = 790.f};

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
    sines_.aim(lfo_, turns(0.75), b.params[width]);  // left begins at the shortest delay
    lfo_.skip(b.frames);
    const float deep = b.params[depth].value * (0.5f * kOctaves);
    double frames[2];
    for (int s = 0; s < 2; s++)
      frames[s] = kLeastSeconds * (double)sampleRate_ * std::exp2((sines_.first(s) + 1.) * deep);
    ModulatedLine* lines[2] = {&left_, &right_};
    float* io[2] = {b.left, b.right};
    for (int i = 0; i < b.frames; i += kLanes) {  // the kernel's newest frame lies before the four
      const int n = std::min(b.frames - i, kLanes);
      const f32x4 reach = fourOf(b.params[depth], i) * splat(0.5f * kOctaves);
      const f32x4 again = fourOf(b.params[feedback], i), share = fourOf(b.params[mix], i);
      LineTaps::Places places;
      for (int s = 0; s < 2; s++) {
        const f32x4 octaves = sines_.moved(s, i) * reach + splat((float)sines_.first(s) + 1.f) * (reach - splat(deep));
        LineTaps::place(places, *lines[s], table_, s, frames[s], splat((float)frames[s]) * growth(octaves), 0);
      }
      for (int s = 0; s < 2; s++) {
        const f32x4 in = load4(io[s] + i), copy = LineTaps::four(places, s), into = in + again * copy;
        const f32x4 out = in * (splat(1.f) - share) + (copy - again * into) * share;
        alignas(16) float written[kLanes], heard[kLanes];
        store4(written, into), store4(heard, out);
        lines[s]->write(written, n);
        for (int k = 0; k < n; k++) io[s][i + k] = heard[k];
      }
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
  /// 2^x - 1, to the last digit where x is small.
  static f32x4 growth(f32x4 x) {
    if (any(abs(x) > splat(0.1f))) return exp2(x) - splat(1.f);
    f32x4 p = splat(1.3333558e-3f);
    p = p * x + splat(9.6181291e-3f);
    p = p * x + splat(5.5504109e-2f);
    p = p * x + splat(2.4022651e-1f);
    p = p * x + splat(6.9314718e-1f);
    return p * x;
  }
  static_assert(kLeastSeconds * 44100.f >= SincTable::kNewest + kLanes - 1);

  SincTable table_;
  ModulatedLine left_, right_;
  PhaseLfo lfo_;
  SideSines sines_;
  float sampleRate_ = 48000.f;
  float feedback_ = params[feedback].init;
  float depth_ = params[depth].init;
};

}  // namespace sl
