// Drum noise unit: a filtered burst of noise, single or many as in a hand clap. Audio thread.
#pragma once
#include <array>

#include "dsp/drum_decay.h"
#include "dsp/noise.h"
#include "dsp/oscillator.h"
#include "dsp/svf.h"

namespace sl {

/// Claps: `taps` bursts `spacing` apart (each strayed at random by up to a tenth), all but the last short. One-shot;
/// the voice ends itself.
struct DrumNoise {
  enum P { level, decay, taps, spacing, mode, cutoff, resonance, velocity, numParams };
  static constexpr std::array<Option, 3> modes{
      {{"lowpass", "Low-pass"}, {"highpass", "High-pass"}, {"bandpass", "Band-pass"}}};
  static constexpr std::array<Param, numParams> params{{
      kLevelParam,
      {.id = "decay",
       .label = "Decay",
       .doc = "Time to fall by 60 dB",
       .unit = Unit::seconds,
       .min = 0.01f,
       .max = 10.f,
       .init = 0.25f,
       .curve = Curve::log,
       .smooth = Smooth::none},
      {.id = "taps",
       .label = "Claps",
       .doc = "How many bursts",
       .unit = Unit::count,
       .min = 1.f,
       .max = 8.f,
       .init = 1.f,
       .smooth = Smooth::none},
      {.id = "spacing",
       .label = "Spacing",
       .doc = "Distance of the bursts",
       .unit = Unit::seconds,
       .min = 0.002f,
       .max = 0.1f,
       .init = 0.011f,
       .curve = Curve::log,
       .smooth = Smooth::none},
      {.id = "mode",
       .label = "Filter",
       .doc = "What passes",
       .init = 1.f,
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = modes},
      {.id = "cutoff",
       .label = "Cutoff",
       .doc = "Corner or middle of the filter",
       .unit = Unit::hertz,
       .min = 50.f,
       .max = 18000.f,
       .init = 1200.f,
       .curve = Curve::log},
      {.id = "resonance",
       .label = "Resonance",
       .doc = "Emphasis at the cutoff: Q = 0.5 * 2^(6r)",
       .unit = Unit::fraction,
       .max = 0.9f,
       .init = 0.15f},
      kDrumVelocityParam,
  }};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "drumnoise",
                             .label = "Drum noise",
                             .doc = "Snare wires, claps, shakers: bursts of filtered noise",
                             .category = "noise",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 560.f};

  struct State {
    DrumDecay burst;
    f32x4 wait;  ///< Frames to the next burst.
    f32x4 left;  ///< Bursts to come.
    WhiteNoise noise;
    SvfSection filter;
    SvfCoefficients now;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.burst.start(voice, lanes); }
  static uint32_t finished(const State& s) noexcept { return s.burst.finished(); }
  static void flushState(State& s) noexcept { s.filter.flushState(); }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const float sampleRate = b.voice->sampleRate;
    const f32x4 zero = splat(0.f), one = splat(1.f), count = splat((float)n);
    const i32x4 fresh = laneMask(s.burst.fresh);
    const SvfCoefficients goal = coefficients(b, count);
    if (s.burst.fresh) {
      s.burst.begin(fresh, zero);
      s.left = select(fresh, clamp(floor(p[taps].value + splat(0.5f)), 1.f, 8.f) - one, s.left);
      s.wait = select(fresh, gap(b, s.left), s.wait);
      s.noise.start(b.voice->seed, 22, fresh);
      s.filter.clear(~fresh);
    }
    SvfCoefficients c = s.now, step;
    const SvfCoefficients first = s.burst.fresh ? coefficients(b, zero) : c;
    const auto ramp = [&](f32x4& from, f32x4 anew, f32x4 to, f32x4& by) {
      from = select(fresh, anew, from);
      by = (to - from) / count;
    };
    ramp(c.loss2, first.loss2, goal.loss2, step.loss2);
    ramp(c.a22, first.a22, goal.a22, step.a22);
    ramp(c.a32, first.a32, goal.a32, step.a32);
    ramp(c.m0, first.m0, goal.m0, step.m0);
    ramp(c.half1, first.half1, goal.half1, step.half1);
    ramp(c.half2, first.half2, goal.half2, step.half2);
    s.now = goal;
    s.burst.fresh = 0;
    const f32x4 fall = DrumDecay::factor(p[decay].value, sampleRate);
    const f32x4 fallShort = min(DrumDecay::factor(p[spacing].value * splat(2.5f), sampleRate), fall);
    const f32x4 loud = velocityGain(p[velocity].value, b.voice->velocity);
    f32x4 gain = p[level].value * loud;
    for (int i = 0; i < n; i++) {
      const i32x4 tap = (s.left > zero) & (s.wait <= zero);
      if (any(tap)) {
        s.left = select(tap, s.left - one, s.left);
        s.burst.begin(tap, zero);
        s.wait = select(tap, gap(b, s.left), s.wait);
      }
      s.wait -= one;
      const f32x4 amplitude = s.burst.next(select(s.left > zero, fallShort, fall));
      b.out[0][i] = s.filter.step(s.noise.next() * amplitude, c) * gain;
      c.loss2 += step.loss2;
      c.a22 += step.a22;
      c.a32 += step.a32;
      c.m0 += step.m0;
      c.half1 += step.half1;
      c.half2 += step.half2;
      gain += p[level].step * loud;
    }
    s.wait = max(s.wait, zero);
    const i32x4 waits = s.left > zero;
    s.burst.level = select(waits, max(s.burst.level, splat(2.f * DrumDecay::kOver)), s.burst.level);
    s.burst.settle();
  }

 private:
  static f32x4 gap(const UnitBlock& b, f32x4 left) {
    const f32x4 stray = bipolar(hash(noteHash(b.voice->seed, 23) + (u32x4)toInt(left))) * splat(0.1f);
    return b.params[spacing].value * splat(b.voice->sampleRate) * (splat(1.f) + stray);
  }
  static SvfCoefficients coefficients(const UnitBlock& b, f32x4 at) {
    const Ramp<f32x4>&f = b.params[cutoff], &r = b.params[resonance];
    const f32x4 g = tanPi(clamp((f.value + f.step * at) * splat(1.f / b.voice->sampleRate), 1e-5f, 0.49f));
    const f32x4 k = splat(2.f) * exp2(splat(-6.f) * (r.value + r.step * at));
    return svfCoefficients(g, k, (SvfMode)(int)b.params[mode].value[0]);
  }
};

}  // namespace sl
