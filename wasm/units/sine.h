// Sine oscillator unit. Audio thread.
#pragma once
#include <array>

#include "dsp/held_sine.h"
#include "dsp/oscillator.h"
#include "dsp/phase_modulation.h"

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
                             .costNs = 78.f};

  struct State {
    u32x4 phase;
    KeptPitch pitch;
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const PhaseRamp ramp = s.pitch.ramp(*b.voice, b.params[tune], b.params[fine], b.frames);
    restart(s.phase, s.fresh, *b.voice, b.params[phase].value, b.params[scatter].value);
    if (any(ramp.step != splatI(0)) || any(b.params[level].step != splat(0.f)))
      run<true>(s, b, ramp);
    else
      run<false>(s, b, ramp);
  }

  static bool processLone(State& s, const UnitBlock& b, int lane) noexcept {
    const PhaseRamp ramp = s.pitch.ramp(*b.voice, b.params[tune], b.params[fine], kMicroBlock);
    restart(s.phase, s.fresh, *b.voice, b.params[phase].value, b.params[scatter].value);
    const float gain = laneOf(b.params[level].value, lane), step = laneOf(b.params[level].step, lane);
    readLonePhase(s.phase[lane], ramp.increment[lane], ramp.step[lane],
                  [&](int i, u32x4 at) { b.out[0][i] = sinePhase(at) * fourFrom(gain + step * (float)(4 * i), step); });
    s.phase = advance(s.phase, ramp, kMicroBlock);
    return true;
  }

 private:
  template <bool kMoves>
  static void run(State& s, const UnitBlock& b, PhaseRamp ramp) {
    const HeldSine sine;
    const Ramp<f32x4>& loud = b.params[level];
    u32x4 p = s.phase - splatU(HeldSine::kQuarter);
    f32x4 gain = loud.value;
    const f32x4 gainStep = loud.step;
    f32x4* out = b.out[0];
#pragma clang loop unroll_count(2)
    for (int i = 0; i < b.frames; i++) {
      out[i] = sine.ofPhase(p) * gain;
      p += ramp.increment;
      if constexpr (kMoves) ramp.increment += (u32x4)ramp.step, gain += gainStep;
    }
    s.phase = p + splatU(HeldSine::kQuarter);
  }
};

}  // namespace sl
