// Two-operator FM unit (phase modulation, as digital FM synthesizers do it). Audio thread.
#pragma once
#include <array>
#include <bit>

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
                             .costNs = 480.f};

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
    else if (std::has_single_bit(b.voice->active))
      lone(s, b, step, std::countr_zero(b.voice->active), doubled);
    else
      free<false>(s, b, step, doubled);
    s.down.run(doubled, p[level].value, p[level].step, b.out[0], n);
  }

  static void flushState(State& s) noexcept { s.down.flushState(); }

  /// As `process`, where neither phases nor feedback move.
  static bool processLone(State& s, const UnitBlock& b, int lane) noexcept {
    const Ramp<f32x4>* p = b.params;
    for (P moving : {tune, fine, ratio, carrier, feedback})
      if (p[moving].moving) return false;
    if (s.fresh || b.voice->pitch.moving || p[feedback].value[lane] != 0.f) return false;
    u32x4 none;
    const PhaseRamp base = s.pitch.ramp(*b.voice, p[tune], p[fine], kMicroBlock);
    const u32x4 carrierIncrement = scaledIncrement(base, p[carrier], kMicroBlock, none);
    const u32x4 modulatorIncrement = scaledIncrement(base, p[ratio], kMicroBlock, none);
    f32x4 doubled[2 * kMicroBlock], out[kMicroBlock];
    lone(s, b, {carrierIncrement >> 1, modulatorIncrement >> 1, none, none}, lane, doubled);
    s.down.run(doubled, splat(p[level].value[lane]), splat(p[level].step[lane]), out, kMicroBlock);
    // The filters of the other lanes may still ring of notes that they played.
    for (int i = 0; i < kMicroBlock; i += kLanes)
      b.out[0][i / kLanes] =
          f32x4{laneOf(out[i], lane), laneOf(out[i + 1], lane), laneOf(out[i + 2], lane), laneOf(out[i + 3], lane)};
    return true;
  }

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

  /// As free<false> with one lane that sounds: two of its frames at a time. All lanes get them.
  static void lone(State& s, const UnitBlock& b, const Steps& step, int lane, f32x4* doubled) {
    const HeldSine sine;
    const Ramp<f32x4>& radians = b.params[index];
    const auto spread = [lane](u32x4 phase, u32x4 by) {
      return splatU(phase[lane] - HeldSine::kQuarter) + splatU(by[lane]) * u32x4{0, 1, 2, 3};
    };
    u32x4 c = spread(s.carrier, step.carrier), m = spread(s.modulator, step.modulator);
    const u32x4 carrierFour = splatU(4 * step.carrier[lane]), modulatorFour = splatU(4 * step.modulator[lane]);
    f32x4 depth = splat(radians.value[lane] * kPerRadian);
    const f32x4 depthStep = splat(radians.step[lane] * kPerRadian);
    for (int i = 0; i < b.frames; i += 2) {
      const f32x4 next = depth + depthStep;
      const f32x4 v = sine.ofTurns(sine.turns(c) + sine.ofPhase(m) * __builtin_shufflevector(depth, next, 0, 0, 4, 4));
      doubled[2 * i] = __builtin_shufflevector(v, v, 0, 0, 0, 0);
      doubled[2 * i + 1] = __builtin_shufflevector(v, v, 1, 1, 1, 1);
      doubled[2 * i + 2] = __builtin_shufflevector(v, v, 2, 2, 2, 2);
      doubled[2 * i + 3] = __builtin_shufflevector(v, v, 3, 3, 3, 3);
      depth = next + depthStep;
      c += carrierFour, m += modulatorFour;
    }
    const u32x4 halves = splatU(2 * (uint32_t)b.frames);
    s.carrier += step.carrier * halves, s.modulator += step.modulator * halves;
    const u32x4 early = s.modulator - splatU(HeldSine::kQuarter);
    s.last = sine.ofPhase(early - step.modulator);
    s.before = sine.ofPhase(early - step.modulator - step.modulator);
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
