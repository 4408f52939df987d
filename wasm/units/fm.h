// Two-operator FM unit (phase modulation, as digital FM synthesizers do it). Audio thread.
#pragma once
#include <array>

#include "dsp/halfband.h"
#include "dsp/held_sine.h"
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
    KeptPitch pitch;
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const PhaseRamp base = s.pitch.ramp(*b.voice, p[tune], p[fine], n);
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
    const Steps step{carrierIncrement >> 1, modulatorIncrement >> 1, (u32x4)((i32x4)carrierStep >> 1),
                     (u32x4)((i32x4)modulatorStep >> 1)};
    const bool moves = any((i32x4)(carrierStep | modulatorStep) != splatI(0));
    f32x4 doubled[2 * kMicroBlock];
    if (p[feedback].moving || any(p[feedback].value != splat(0.f)))
      fedBack(s, b, step, doubled);
    else if (moves)
      free<true>(s, b, step, doubled);
    else
      free<false>(s, b, step, doubled);
    s.down.run(doubled, p[level].value, p[level].step, b.out[0], n);
  }

  static void flushState(State& s) noexcept { s.down.flushState(); }

 private:
  /// Per half frame, and what each grows by per frame.
  struct Steps {
    u32x4 carrier, modulator, carrierGrowth, modulatorGrowth;
  };
  static constexpr float kPerRadian = 0.5f / kPi;

  /// Without feedback no frame waits for the one before.
  template <bool kMoves>
  static void free(State& s, const UnitBlock& b, Steps step, f32x4* doubled) {
    const HeldSine sine;
    const Ramp<f32x4>& radians = b.params[index];
    u32x4 c = s.carrier - splatU(HeldSine::kQuarter), m = s.modulator - splatU(HeldSine::kQuarter);
    f32x4 depth = radians.value * splat(kPerRadian);
    const f32x4 depthStep = radians.step * splat(kPerRadian);
    // One after the other: the constants of both need more registers than there are.
    for (int i = 0; i < b.frames; i++) {
      doubled[2 * i] = sine.ofPhase(m) * depth;
      m += step.modulator;
      doubled[2 * i + 1] = sine.ofPhase(m) * depth;
      m += step.modulator;
      depth += depthStep;
      if constexpr (kMoves) step.modulator += step.modulatorGrowth;
    }
    for (int i = 0; i < b.frames; i++) {
      doubled[2 * i] = sine.ofTurns(sine.turns(c) + doubled[2 * i]);
      c += step.carrier;
      doubled[2 * i + 1] = sine.ofTurns(sine.turns(c) + doubled[2 * i + 1]);
      c += step.carrier;
      if constexpr (kMoves) step.carrier += step.carrierGrowth;
    }
    const u32x4 lately = kMoves ? step.modulator - step.modulatorGrowth : step.modulator;
    s.last = sine.ofPhase(m - lately), s.before = sine.ofPhase(m - lately - lately);
    s.carrier = c + splatU(HeldSine::kQuarter), s.modulator = m + splatU(HeldSine::kQuarter);
  }

  static void fedBack(State& s, const UnitBlock& b, Steps step, f32x4* doubled) {
    const HeldSine sine;
    const Ramp<f32x4>&radians = b.params[index], &amount = b.params[feedback];
    u32x4 c = s.carrier - splatU(HeldSine::kQuarter), m = s.modulator - splatU(HeldSine::kQuarter);
    f32x4 depth = radians.value * splat(kPerRadian), back = amount.value * splat(0.25f);
    const f32x4 depthStep = radians.step * splat(kPerRadian), backStep = amount.step * splat(0.25f);
    f32x4 last = s.last, before = s.before;
    for (int i = 0; i < b.frames; i++) {
      for (int k = 0; k < 2; k++) {
        // Only the last value is waited for.
        const f32x4 y = sine.ofTurns((sine.turns(m) + before * back) + last * back);
        before = last, last = y;
        doubled[2 * i + k] = sine.ofTurns(sine.turns(c) + y * depth);
        c += step.carrier, m += step.modulator;
      }
      depth += depthStep, back += backStep;
      step.carrier += step.carrierGrowth, step.modulator += step.modulatorGrowth;
    }
    s.last = last, s.before = before;
    s.carrier = c + splatU(HeldSine::kQuarter), s.modulator = m + splatU(HeldSine::kQuarter);
  }
};

}  // namespace sl
