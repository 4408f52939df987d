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
                             .costNs = 1060.f};

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
    for (JumpFade& jump : jump_) jump.reset();
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    slow_.aim(b.params[rate], b.params[sync].value, b.song, b.frames);
    fast_.aim(b.params[rate], b.params[sync].value, b.song, b.frames, kFaster);
    const int n = b.frames;
    const Ramp<float> reach[2] = {sweep(b, 0, 1.f, kSlowBend, kSlowSeconds),
                                  sweep(b, 1, kFaster, kFastBend, kFastSeconds)};
    option_ = b.params[sync].value;
    fresh_ = false;

    const Ramp<float>& wide = b.params[width];
    Swing swings[2];
    aim(swings[0], 0, splatU(0), 0u, b, reach);
    if (wide.value >= 1.f && wide.step == 0.f) {  // a sixth ahead is half against the third
      for (int v = 0; v < kLines; v++) {
        const int third = (v + 2) % kLines;
        swings[1].from[v] = -swings[0].from[third];
        for (int g = 0; g < kGroups; g++) swings[1].more[v][g] = -swings[0].more[third][g];
      }
    } else {
      aim(swings[1], 1, rightOf(wide.value), (uint32_t)(int64_t)((double)wide.step * kLead), b, reach);
    }
    slow_.skip(n);
    fast_.skip(n);
    ModulatedLine* lines[2] = {&left_, &right_};
    float* io[2] = {b.left, b.right};
    for (int s = 0; s < 2; s++) {
      LineTaps::Places places;
      for (int v = 0; v < kLines; v++) {
        const double from = kBaseSeconds * (double)sampleRate_ + swings[s].from[v];
        for (int i = 0; i < n; i += kLanes)
          LineTaps::place(places, *lines[s], table_, v, from, swings[s].more[v][i / kLanes], i);
      }
      f32x4 sums[LineTaps::kBlock];
      float wet[LineTaps::kBlock];
      LineTaps::sum(places, kLines, nullptr, sums, n);
      lines[s]->write(io[s], n);
      addLanes(sums, wet, n, kLevel);
      mixBlock(io[s], wet, b.params[mix], n);
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

  static constexpr float kLead = 4294967296.f / 6.f;  ///< of the right side at full width
  static constexpr int kLines = 3, kGroups = LineTaps::kBlock / kLanes;

  static u32x4 rightOf(float width) { return splatU((uint32_t)(width * kLead)); }
  /// By how many frames the lines of a side are moved: at the block's first frame, and more at each.
  struct Swing {
    double from[kLines];
    f32x4 more[kLines][kGroups];
  };
  /// Of side `s`, whose phase is `lead` ahead of the left's at the block's first frame and `leadStep` more at each.
  void aim(Swing& swing, int s, u32x4 lead, uint32_t leadStep, const StereoBlock& b,
           const Ramp<float> (&reach)[2]) noexcept {
    const PhaseLfo* lfos[2] = {&slow_, &fast_};
    for (int k = 0; k < 2; k++) {
      PhaseTurn& turn = turn_[s][k];
      turn.aim(lfos[k]->stepTurns() + leadStep);
      const PhaseStart start = lfos[k]->start(kLeft + lead);
      const float first = b.params[depth].value * reach[k].value;
      for (int v = 0; v < kLines; v++) {
        const double from = (double)first * start.exact[v];
        swing.from[v] = k == 0 ? from : swing.from[v] + from;
      }
      for (int g = 0; g < kGroups; g++) {
        const f32x4 now = fourOf(b.params[depth], g * kLanes) * fourOf(reach[k], g * kLanes);
        const f32x4 wider = now - splat(first);
        for (int v = 0; v < kLines; v++) {
          const float sine = start.sine[v];
          const f32x4 more = turn.moved(sine, start.cosine[v], g * kLanes) * now + wider * splat(sine);
          swing.more[v][g] = k == 0 ? more : swing.more[v][g] + more;
        }
      }
    }
  }
  /// Of LFO `k`; what the song's tempo changes fades.
  Ramp<float> sweep(const StereoBlock& b, int k, float factor, float bend, float most) noexcept {
    const float option = b.params[sync].value;
    const auto frames = [&](float hz) {
      return sweepSeconds(syncedHertz(option, b.song.bpm, hz) * factor, bend, most) * sampleRate_;
    };
    const float from = frames(b.params[rate].value), to = frames(endOf(b.params[rate], b.frames));
    if (!fresh_ && (option > 0.f || option != option_)) jump_[k].add(reach_[k] - from);
    const Ramp<float> gap = jump_[k].next(b.frames, sampleRate_);
    reach_[k] = to;
    return {.value = from + gap.value, .step = (to - from) / (float)b.frames + gap.step};
  }

  SincTable table_;
  ModulatedLine left_, right_;
  PhaseLfo slow_, fast_;
  PhaseTurn turn_[2][2];  ///< of each side, slow and fast
  JumpFade jump_[2];
  float reach_[2] = {}, option_ = 0.f;  ///< at the end of the last block, without what still fades
  float sampleRate_ = 48000.f;
  bool fresh_ = true;
};

}  // namespace sl
