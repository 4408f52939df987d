// Ensemble: the three-line chorus of string machines, moved by a slow and a fast LFO. Audio thread except prepare.
#pragma once
#include <array>

#include "core/effect.h"
#include "dsp/mix_law.h"
#include "dsp/modulated_line.h"
#include "dsp/phase_lfo.h"

namespace sl {

/// Three delays a third of a turn apart, each swept by the sum of two sines, the fast one ten times the slow one (the
/// Solina's 0.6 Hz and 6 Hz). The right side runs a sixth of a turn ahead, so mono strings spread without cancelling.
struct Ensemble {
  enum P { rate, depth, mix, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "rate",
       .label = "Rate",
       .doc = "Speed of the slow drift; the shimmer runs ten times as fast.",
       .unit = Unit::hertz,
       .min = 0.05f,
       .max = 2.f,
       .init = 0.6f,
       .curve = Curve::log},
      {.id = "depth",
       .label = "Depth",
       .doc = "How far the three lines drift.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.6f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to ensemble only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.7f},
  }};
  static constexpr Spec spec{.id = "ensemble",
                             .label = "Ensemble",
                             .doc = "String-machine ensemble: three shimmering lines on each side.",
                             .category = "modulation",
                             .params = params,
                             .costNs = 2550.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    slow_.prepare(sampleRate_);
    fast_.prepare(sampleRate_);
    const int frames = (int)(kMaxSeconds * sampleRate_) + 1;
    const bool table = table_.prepare(arena), left = left_.prepare(arena, frames);
    return right_.prepare(arena, frames) && left && table;
  }
  void reset() noexcept {
    left_.reset();
    right_.reset();
    slow_.reset();
    fast_.reset();
  }
  void process(const StereoBlock& b) noexcept {
    slow_.aim(b.params[rate], b.frames);
    fast_.aim(b.params[rate], b.frames, kFaster);
    Glide slowReach = sweep(b.params[rate], b.frames, 1.f, kSlowBend, kSlowSeconds);
    Glide fastReach = sweep(b.params[rate], b.frames, kFaster, kFastBend, kFastSeconds);
    Glide amount(b.params[depth]), wet(b.params[mix]);
    const double base = kBaseSeconds * (double)sampleRate_;
    for (int i = 0; i < b.frames; i++) {
      const float deep = amount.next();
      const f32x4 slow = splat(deep * slowReach.next()), fast = splat(deep * fastReach.next());
      const f32x4 ahead = slow_.at(kLeft) * slow + fast_.at(kLeft) * fast;
      const f32x4 behind = slow_.at(kRight) * slow + fast_.at(kRight) * fast;
      slow_.step();
      fast_.step();
      float left = 0.f, right = 0.f;
      for (int v = 0; v < 3; v++) {
        left += left_.read(table_, base + ahead[v]);
        right += right_.read(table_, base + behind[v]);
      }
      left_.write(b.left[i]);
      right_.write(b.right[i]);
      const float share = wet.next();
      b.left[i] = mixed(b.left[i], left * kLevel, share);
      b.right[i] = mixed(b.right[i], right * kLevel, share);
    }
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return (int)(kMaxSeconds * sampleRate_) + SincTable::kTaps; }

 private:
  static constexpr double kBaseSeconds = 0.008;
  static constexpr float kFaster = 10.f, kSlowSeconds = 0.004f, kFastSeconds = 0.0005f, kMaxSeconds = 0.0125f;
  static constexpr float kSlowBend = 0.011f, kFastBend = 0.008f;  ///< 19 and 14 cents
  static constexpr float kLevel = 0.57735027f;                    ///< Equal power for three lines.
  static constexpr u32x4 kLeft = {turns(0.), turns(1. / 3), turns(2. / 3), 0u};
  static constexpr u32x4 kRight = {turns(1. / 6), turns(1. / 2), turns(5. / 6), 0u};

  Glide sweep(const Ramp<float>& hz, int frames, float factor, float bend, float most) const noexcept {
    const float a = sweepSeconds(hz.value * factor, bend, most) * sampleRate_;
    const float b = sweepSeconds(endOf(hz, frames) * factor, bend, most) * sampleRate_;
    return Glide({.value = a, .step = (b - a) / (float)frames});
  }

  SincTable table_;
  ModulatedLine left_, right_;
  PhaseLfo slow_, fast_;
  float sampleRate_ = 48000.f;
};

}  // namespace sl
