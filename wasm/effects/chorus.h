// Chorus: several slowly drifting copies of each side. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/mix_law.h"
#include "dsp/modulated_line.h"
#include "dsp/phase_lfo.h"

namespace sl {

/// Taps of one delay line per side (Dattorro 1997, part 2), spread over the LFO's turn; the right side runs a quarter
/// turn ahead. The sweep shrinks at fast rates so that pitch never bends by more than 30 cents.
struct Chorus {
  enum P { rate, depth, voices, mix, sync, width, numParams };
  static constexpr int kVoices = 4;
  static constexpr std::array<Param, numParams> params{{
      {.id = "rate",
       .label = "Rate",
       .doc = "Speed of the drift.",
       .unit = Unit::hertz,
       .min = 0.01f,
       .max = 10.f,
       .init = 0.5f,
       .curve = Curve::log},
      {.id = "depth",
       .label = "Depth",
       .doc = "How far the copies drift: up to 6 ms and 30 cents.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f},
      {.id = "voices",
       .label = "Voices",
       .doc = "Copies on each side.",
       .unit = Unit::count,
       .min = 1.f,
       .max = kVoices,
       .init = 3.f,
       .smooth = Smooth::fade},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to copies only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f},
      syncParam("Length of a drift in time with the song, instead of the rate."),
      {.id = "width",
       .label = "Width",
       .doc = "How far the right side runs ahead; at 0 % both sides move together, which loses nothing in mono.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
  }};
  static constexpr Spec spec{.id = "chorus",
                             .label = "Chorus",
                             .doc = "Drifting copies that make one voice sound like several, in stereo.",
                             .category = "modulation",
                             .params = params,
                             .costNs = 2100.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    lfo_.prepare(sampleRate_);
    fadeStep_ = 1.f / (kFadeSeconds * sampleRate_);
    const int frames = (int)(kMaxSeconds * sampleRate_) + 1;
    double base[kVoices];
    for (int v = 0; v < kVoices; v++) base[v] = kBaseSeconds[v] * (double)sampleRate_;
    taps_.prepare(base);
    const bool table = table_.prepare(arena), left = left_.prepare(arena, frames);
    return right_.prepare(arena, frames) && left && table;
  }
  void reset() noexcept {
    left_.reset();
    right_.reset();
    lfo_.reset();
    jump_.reset();
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    lfo_.aim(b.params[rate], b.params[sync].value, b.song, b.frames);
    Glide reach(sweepOver(b));
    choose((int)std::lround(b.params[voices].value));
    Glide amount(b.params[depth]), wide(b.params[width]);
    int count = kVoices;
    while (count > 1 && gain_[count - 1] == 0.f && goal_[count - 1] == 0.f) count--;
    f32x4 sums[2][LineTaps::kBlock];
    for (int i = 0; i < b.frames; i++) {
      const f32x4 step = splat(fadeStep_);
      gain_ += min(max(goal_ - gain_, -step), step);
      const f32x4 swing = splat(amount.next() * reach.next());
      const f32x4 ahead = lfo_.at(kLeft) * swing, behind = lfo_.at(rightOf(wide.next())) * swing;
      lfo_.step();
      sums[0][i] = taps_.read(left_, table_, count, ahead, gain_, i);
      sums[1][i] = taps_.read(right_, table_, count, behind, gain_, i);
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
  static constexpr double kBaseSeconds[kVoices] = {0.0085, 0.0121, 0.0164, 0.0207};
  static constexpr float kSweepSeconds = 0.006f, kMaxSeconds = 0.0207f + kSweepSeconds, kFadeSeconds = 0.02f;
  static constexpr float kBend = 0.0175f;  ///< 30 cents
  static constexpr u32x4 kLeft = {turns(0.), turns(1. / 3), turns(2. / 3), turns(1. / 6)};
  static constexpr u32x4 kRight = {turns(0.25), turns(0.25 + 1. / 3), turns(0.25 + 2. / 3), turns(0.25 + 1. / 6)};

  static u32x4 rightOf(float width) { return width >= 1.f ? kRight : kLeft + splatU((uint32_t)(width * 1073741824.f)); }
  /// Runs from the sweep at the block's first frame to that at its end; what the song's tempo changes fades.
  Ramp<float> sweepOver(const StereoBlock& b) noexcept {
    const float option = b.params[sync].value;
    const float from = sweepFrames(syncedHertz(option, b.song.bpm, b.params[rate].value));
    const float to = sweepFrames(syncedHertz(option, b.song.bpm, endOf(b.params[rate], b.frames)));
    if (!fresh_ && (option > 0.f || option != option_)) jump_.add(reach_ - from);
    const Ramp<float> gap = jump_.next(b.frames, sampleRate_);
    option_ = option;
    reach_ = to;
    return {.value = from + gap.value, .step = (to - from) / (float)b.frames + gap.step};
  }
  float sweepFrames(float hz) const noexcept { return sweepSeconds(hz, kBend, kSweepSeconds) * sampleRate_; }
  /// Equal power: the copies are not in phase.
  void choose(int count) noexcept {
    const float level = 1.f / std::sqrt((float)count);
    for (int v = 0; v < kVoices; v++) goal_[v] = v < count ? level : 0.f;
    if (fresh_) gain_ = goal_;
    fresh_ = false;
  }

  SincTable table_;
  ModulatedLine left_, right_;
  LineTaps taps_;
  PhaseLfo lfo_;
  JumpFade jump_;
  float reach_ = 0.f, option_ = 0.f;  ///< at the end of the last block, without what still fades
  f32x4 gain_{}, goal_{};
  float fadeStep_ = 0.f;
  float sampleRate_ = 48000.f;
  bool fresh_ = true;
};

}  // namespace sl
