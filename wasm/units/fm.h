// Two-operator FM unit (phase modulation, as digital FM synthesizers do it). Audio thread.
#pragma once
#include <array>

#include "dsp/halfband.h"
#include "dsp/oscillator.h"
#include "dsp/phase_modulation.h"

namespace sl {

/// out = sin(carrier + index * sin(modulator + feedback)); `index` in radians, so side bands follow Bessel functions.
/// Feedback is the mean of the modulator's last two values times feedback * pi radians. Runs at twice the
/// sample rate: only what lies above three quarters of that folds back into hearing.
struct Fm {
  enum P { tune, fine, level, ratio, index, feedback, carrier, phase, scatter, numParams };
  static constexpr std::array<Param, numParams> params{{
      kTuneParam,
      kFineParam,
      kLevelParam,
      {.id = "ratio",
       .label = "Ratio",
       .doc = "Modulator frequency over the note's",
       .unit = Unit::ratio,
       .min = 0.25f,
       .max = 16.f,
       .init = 1.f,
       .curve = Curve::log},
      {.id = "index",
       .label = "Index",
       .doc = "Depth of modulation in radians",
       .unit = Unit::ratio,
       .min = 0.f,
       .max = 20.f,
       .init = 2.f},
      {.id = "feedback",
       .label = "Feedback",
       .doc = "How much the modulator modulates itself",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.f},
      {.id = "carrier",
       .label = "Carrier",
       .doc = "Carrier frequency over the note's",
       .unit = Unit::ratio,
       .min = 0.25f,
       .max = 16.f,
       .init = 1.f,
       .curve = Curve::log},
      kPhaseParam,
      kScatterParam,
  }};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "fm",
                             .label = "FM",
                             .doc = "Two-operator frequency modulation",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 620.f};

  struct State {
    u32x4 carrier, modulator;
    f32x4 last, before;  ///< The modulator's last two values.
    Downsampler down;
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const PhaseRamp base = phaseRamp(*b.voice, p[tune], p[fine], n);
    if (s.fresh) {
      const i32x4 fresh = laneMask(s.fresh), keep = ~fresh;
      s.modulator = (u32x4)((i32x4)s.modulator & keep);
      s.last = (f32x4)((i32x4)s.last & keep);
      s.before = (f32x4)((i32x4)s.before & keep);
    }
    if (s.fresh) s.down.clear(laneMask(s.fresh));
    restart(s.carrier, s.fresh, *b.voice, p[phase].value, p[scatter].value);
    u32x4 carrierStep, modulatorStep;
    const u32x4 carrierIncrement = scaledIncrement(base, p[carrier], n, carrierStep);
    const u32x4 modulatorIncrement = scaledIncrement(base, p[ratio], n, modulatorStep);
    const Increments step{carrierIncrement, modulatorIncrement, carrierStep, modulatorStep};
    if (p[feedback].moving || any(p[feedback].value != splat(0.f)))
      run<true>(s, b, step);
    else
      run<false>(s, b, step);
  }

  static void flushState(State& s) noexcept { s.down.flushState(); }

 private:
  struct Increments {
    u32x4 carrier, modulator, carrierStep, modulatorStep;
  };

  /// Without feedback no frame waits for the one before.
  template <bool kFeedback>
  static void run(State& s, const UnitBlock& b, const Increments& step) {
    const Ramp<f32x4>* p = b.params;
    u32x4 c = s.carrier, m = s.modulator;
    f32x4 last = s.last, before = s.before;
    f32x4 depth = p[index].value * splat(0.5f / kPi), back = p[feedback].value * splat(0.25f), gain = p[level].value;
    const f32x4 depthStep = p[index].step * splat(0.5f / kPi), backStep = p[feedback].step * splat(0.25f);
    const f32x4 gainStep = p[level].step;
    Downsampler down = s.down;
    u32x4 carrier = step.carrier >> 1, modulator = step.modulator >> 1;
    const u32x4 carrierStep = (u32x4)((i32x4)step.carrierStep >> 1),
                modulatorStep = (u32x4)((i32x4)step.modulatorStep >> 1);
    for (int i = 0; i < b.frames; i++) {
      f32x4 half[2];
      for (f32x4& out : half) {
        const f32x4 y = sinePhase(kFeedback ? m + turnsToPhase((last + before) * back) : m);
        before = last;
        last = y;
        out = sinePhase(c + turnsToPhase(y * depth));
        c += carrier;
        m += modulator;
      }
      b.out[0][i] = down.process(half[0], half[1]) * gain;
      carrier += carrierStep;
      modulator += modulatorStep;
      depth += depthStep;
      back += backStep;
      gain += gainStep;
    }
    s.down = down;
    s.carrier = c;
    s.modulator = m;
    s.last = last;
    s.before = before;
  }
};

}  // namespace sl
