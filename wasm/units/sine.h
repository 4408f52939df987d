// Sine oscillator unit. Audio thread.
#pragma once
#include <array>

#include "dsp/oscillator.h"

namespace sl {

/// A polynomial on a 32-bit phase: no table, distortion below -130 dB, no drift.
struct Sine {
  enum P { tune, fine, level, phase, scatter, numParams };
  static constexpr std::array<Param, numParams> params{
      {kTuneParam, kFineParam, kLevelParam, kPhaseParam, kScatterParam}};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "sine",
                             .label = "Sine",
                             .doc = "A pure tone",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 105.f};

  struct State {
    u32x4 phase;
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const PhaseRamp ramp = phaseRamp(*b.voice, b.params[tune], b.params[fine], b.frames);
    restart(s.phase, s.fresh, *b.voice, b.params[phase].value, b.params[scatter].value);
    u32x4 p = s.phase, increment = ramp.increment;
    f32x4 gain = b.params[level].value;
    for (int i = 0; i < b.frames; i++) {
      b.out[0][i] = sinePhase(p) * gain;
      p += increment;
      increment += (u32x4)ramp.step;
      gain += b.params[level].step;
    }
    s.phase = p;
  }
};

}  // namespace sl
