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
  enum P { rate, depth, mix, sync, width, numParams };
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
      syncParam("Length of a slow drift in time with the song, instead of the rate."),
      {.id = "width",
       .label = "Width",
       .doc = "How far the right side runs ahead; at 0 % both sides move together, which loses nothing in mono.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
  }};
  static constexpr Spec spec{.id = "ensemble",
                             .label = "Ensemble",
                             .doc = "String-machine ensemble: three shimmering lines on each side.",
                             .category = "modulation",
                             .params = params,
                             .costNs = 1950.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    slow_.prepare(sampleRate_);
    fast_.prepare(sampleRate_);
    const int frames = (int)(kMaxSeconds * sampleRate_) + 1;
    const double base = kBaseSeconds * (double)sampleRate_;
    taps_.prepare({base, base, base, base});
    const bool table = table_.prepare(arena), left = left_.prepare(arena, frames);
    return right_.prepare(arena, frames) && left && table;
  }
  void reset() noexcept {
    left_.reset();
    right_.reset();
    slow_.reset();
    fast_.reset();
    for (JumpFade& jump : jump_) jump.reset();
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    slow_.aim(b.params[rate], b.params[sync].value, b.song, b.frames);
    fast_.aim(b.params[rate], b.params[sync].value, b.song, b.frames, kFaster);
    Glide slowReach = sweep(b, 0, 1.f, kSlowBend, kSlowSeconds);
    Glide fastReach = sweep(b, 1, kFaster, kFastBend, kFastSeconds);
    option_ = b.params[sync].value;
    fresh_ = false;
    Glide amount(b.params[depth]), wide(b.params[width]);
    const f32x4 level = splat(kLevel);
    f32x4 sums[2][LineTaps::kBlock];
    for (int i = 0; i < b.frames; i++) {
      const float deep = amount.next();
      const f32x4 slow = splat(deep * slowReach.next()), fast = splat(deep * fastReach.next());
      const f32x4 ahead = slow_.at(kLeft) * slow + fast_.at(kLeft) * fast;
      const float width = wide.next();
      f32x4 behind = -__builtin_shufflevector(ahead, ahead, 2, 0, 1, 3);  // a sixth ahead is half against the third
      if (width < 1.f) {
        const u32x4 turned = rightOf(width);
        behind = slow_.at(turned) * slow + fast_.at(turned) * fast;
      }
      slow_.step();
      fast_.step();
      sums[0][i] = taps_.read(left_, table_, 3, ahead, level, i);
      sums[1][i] = taps_.read(right_, table_, 3, behind, level, i);
    }
    left_.write(b.left, b.frames);
    right_.write(b.right, b.frames);
    float* io[2] = {b.left, b.right};
    for (int s = 0; s < 2; s++) {
      float wet[LineTaps::kBlock];
      addLanes(sums[s], wet, b.frames);
      mixBlock(io[s], wet, b.params[mix], b.frames);
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

  static u32x4 rightOf(float width) { return kLeft + splatU((uint32_t)(width * (4294967296.f / 6.f))); }
  /// Of LFO `k`; what the song's tempo changes fades.
  Glide sweep(const StereoBlock& b, int k, float factor, float bend, float most) noexcept {
    const float option = b.params[sync].value;
    const auto frames = [&](float hz) {
      return sweepSeconds(syncedHertz(option, b.song.bpm, hz) * factor, bend, most) * sampleRate_;
    };
    const float from = frames(b.params[rate].value), to = frames(endOf(b.params[rate], b.frames));
    if (!fresh_ && (option > 0.f || option != option_)) jump_[k].add(reach_[k] - from);
    const Ramp<float> gap = jump_[k].next(b.frames, sampleRate_);
    reach_[k] = to;
    return Glide({.value = from + gap.value, .step = (to - from) / (float)b.frames + gap.step});
  }

  SincTable table_;
  ModulatedLine left_, right_;
  LineTaps taps_;
  PhaseLfo slow_, fast_;
  JumpFade jump_[2];
  float reach_[2] = {}, option_ = 0.f;  ///< at the end of the last block, without what still fades
  float sampleRate_ = 48000.f;
  bool fresh_ = true;
};

}  // namespace sl
