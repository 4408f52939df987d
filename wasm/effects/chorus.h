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
                             .costNs = 1050.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    lfo_.prepare(sampleRate_);
    fadeStep_ = 1.f / (kFadeSeconds * sampleRate_);
    const int frames = (int)(kMaxSeconds * sampleRate_) + 1;
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
    const int n = b.frames;
    const Ramp<float> reach = sweepOver(b);
    choose((int)std::lround(b.params[voices].value));
    const bool fading = any(gain_ != goal_);
    int count = kVoices;
    while (!fading && count > 1 && goal_[count - 1] == 0.f) count--;
    const float level = fading ? 1.f : goal_[0];
    f32x4 gains[LineTaps::kBlock];
    if (fading) fade(gains, n);

    const Ramp<float>& wide = b.params[width];
    turn_[0].aim(lfo_.stepTurns());
    const bool widening = wide.step != 0.f;
    if (widening) turn_[1].aim(lfo_.stepTurns() + (uint32_t)(int64_t)((double)wide.step * turns(0.25)));
    const PhaseStart start[2] = {lfo_.start(kLeft), lfo_.start(rightOf(wide.value))};
    lfo_.skip(n);
    const float swing = b.params[depth].value * reach.value;
    f32x4 swings[LineTaps::kBlock / kLanes];
    for (int i = 0; i < n; i += kLanes) swings[i / kLanes] = fourOf(b.params[depth], i) * fourOf(reach, i);
    ModulatedLine* lines[2] = {&left_, &right_};
    float* io[2] = {b.left, b.right};
    for (int s = 0; s < 2; s++) {
      LineTaps::Places places;
      const PhaseTurn& turn = turn_[s == 1 && widening];
      for (int v = 0; v < count; v++) {
        const float sine = start[s].sine[v], cosine = start[s].cosine[v];
        const double from = kBaseSeconds[v] * (double)sampleRate_ + (double)swing * start[s].exact[v];
        for (int i = 0; i < n; i += kLanes) {
          const f32x4 now = swings[i / kLanes], more = turn.moved(sine, cosine, i) * now;
          LineTaps::place(places, *lines[s], table_, v, from, more + (now - splat(swing)) * splat(sine), i);
        }
      }
      f32x4 sums[LineTaps::kBlock];
      float wet[LineTaps::kBlock];
      LineTaps::sum(places, count, fading ? gains : nullptr, sums, n);
      lines[s]->write(io[s], n);
      addLanes(sums, wet, n, level);
      mixBlock(io[s], wet, b.params[mix], n);
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

  void fade(f32x4* gains, int n) noexcept {
    const f32x4 step = splat(fadeStep_);
    for (int i = 0; i < n; i++) gains[i] = gain_ += min(max(goal_ - gain_, -step), step);
  }

  SincTable table_;
  ModulatedLine left_, right_;
  PhaseLfo lfo_;
  PhaseTurn turn_[2];  ///< the second one for the right side while its lead changes
  JumpFade jump_;
  float reach_ = 0.f, option_ = 0.f;  ///< at the end of the last block, without what still fades
  f32x4 gain_{}, goal_{};
  float fadeStep_ = 0.f;
  float sampleRate_ = 48000.f;
  bool fresh_ = true;
};

}  // namespace sl
