// Drum tone unit: a body with a falling pitch and a click, for kicks, toms, congas and the shell of a snare. Audio
// thread.
#pragma once
#include <array>

#include "dsp/drum_decay.h"
#include "dsp/noise.h"
#include "dsp/oscillator.h"
#include "dsp/phase_modulation.h"
#include "dsp/svf.h"

namespace sl {

/// The body goes from a sine to a triangle of five harmonics, with the second mode of a drumhead (1.593 times the
/// first, twice as short) beside it; its pitch falls exponentially from `sweep` semitones above. The click is a burst
/// of noise through a band-pass. One-shot: the key's release changes nothing, the voice ends itself.
struct DrumTone {
  enum P {
    level,
    frequency,
    track,
    sweep,
    sweepTime,
    hold,
    decay,
    shape,
    head,
    click,
    clickTone,
    clickTime,
    velocity,
    numParams
  };
  static constexpr std::array<Param, numParams> params{{
      kLevelParam,
      {.id = "frequency",
       .label = "Frequency",
       .doc = "Where the pitch comes to rest",
       .unit = Unit::hertz,
       .min = 20.f,
       .max = 2000.f,
       .init = 50.f,
       .curve = Curve::log},
      {.id = "track",
       .label = "Key tracking",
       .doc = "How far the note moves the frequency; middle C changes nothing",
       .unit = Unit::fraction,
       .init = 0.f},
      {.id = "sweep",
       .label = "Sweep",
       .doc = "How far above the pitch starts",
       .unit = Unit::semitones,
       .min = 0.f,
       .max = 72.f,
       .init = 36.f},
      {.id = "sweepTime",
       .label = "Sweep time",
       .doc = "Time constant of the pitch's fall",
       .unit = Unit::seconds,
       .min = 0.001f,
       .max = 1.f,
       .init = 0.025f,
       .curve = Curve::log,
       .smooth = Smooth::none},
      {.id = "hold",
       .label = "Hold",
       .doc = "Time at full level",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = 0.5f,
       .init = 0.02f,
       .smooth = Smooth::none},
      {.id = "decay",
       .label = "Decay",
       .doc = "Time to fall by 60 dB",
       .unit = Unit::seconds,
       .min = 0.02f,
       .max = 10.f,
       .init = 0.6f,
       .curve = Curve::log,
       .smooth = Smooth::none},
      {.id = "shape", .label = "Shape", .doc = "From a sine to a triangle", .unit = Unit::fraction, .init = 0.15f},
      {.id = "head",
       .label = "Drumhead",
       .doc = "Level of the head's second mode",
       .unit = Unit::fraction,
       .init = 0.f},
      {.id = "click", .label = "Click", .doc = "Level of the beater's click", .unit = Unit::fraction, .init = 0.25f},
      {.id = "clickTone",
       .label = "Click tone",
       .doc = "Middle frequency of the click",
       .unit = Unit::hertz,
       .min = 200.f,
       .max = 16000.f,
       .init = 3500.f,
       .curve = Curve::log,
       .smooth = Smooth::none},
      {.id = "clickTime",
       .label = "Click time",
       .doc = "Time in which the click falls by 60 dB",
       .unit = Unit::seconds,
       .min = 0.001f,
       .max = 0.1f,
       .init = 0.012f,
       .curve = Curve::log,
       .smooth = Smooth::none},
      kDrumVelocityParam,
  }};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "drumtone",
                             .label = "Drum tone",
                             .doc = "Kick, tom, conga, snare shell: a struck body with falling pitch",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 680.f};

  struct State {
    DrumDecay body;
    f32x4 second, click, bend;  ///< Levels of the second mode, the click and the pitch's way.
    u32x4 phase, headPhase;
    WhiteNoise noise;
    SvfSection tone;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.body.start(voice, lanes); }
  static uint32_t finished(const State& s) noexcept { return s.body.finished(); }
  static void flushState(State& s) noexcept {
    s.tone.flushState();
    for (f32x4* v : {&s.second, &s.click, &s.bend}) *v = flush(*v);
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const Ramp<f32x4>* p = b.params;
    const float sampleRate = b.voice->sampleRate;
    const f32x4 zero = splat(0.f);
    if (s.body.fresh) begin(s, b);
    const f32x4 fall = DrumDecay::factor(p[decay].value, sampleRate), fallSecond = fall * fall;
    const f32x4 fallClick = DrumDecay::factor(p[clickTime].value, sampleRate);
    const f32x4 fallBend = exp2(splat(-1.44269504f / sampleRate) / p[sweepTime].value);
    const f32x4 loud = velocityGain(p[velocity].value, b.voice->velocity);
    const f32x4 g = tanPi(clamp(p[clickTone].value * splat(1.f / sampleRate), 1e-4f, 0.45f));
    const SvfCoefficients c = svfCoefficients(g, splat(0.8f), SvfMode::bandpass);
    const bool clicks = any(s.click > splat(1e-6f)), heads = p[head].moving || any(p[head].value != zero);
    Ramp<f32x4> tracked = p[track], at = p[frequency];
    f32x4 octaves = p[sweep].value * splat(1.f / 12.f), form = p[shape].value, headLevel = p[head].value;
    f32x4 clickLevel = p[click].value, gain = p[level].value * loud;
    f32x4 note = b.voice->pitch.value - splat(60.f);
    const f32x4 perHertz = splat(4294967296.f / sampleRate), twelfth = splat(1.f / 12.f),
                most = splat(0.3f * 4294967296.f);
    for (int i = 0; i < b.frames; i++) {
      const f32x4 pace = at.value * perHertz * exp2(tracked.value * note * twelfth + octaves * s.bend);
      const u32x4 phase = s.phase;
      const f32x4 sine = sinePhase(phase);
      const f32x4 third = sinePhase(phase * splatU(3)), fifth = sinePhase(phase * splatU(5));
      // Towards a triangle of the same peak: 8 / pi^2 (sin x - sin 3x / 9 + sin 5x / 25).
      const f32x4 triangle = splat(0.8106f) * sine - splat(0.0900633f) * third + splat(0.0324228f) * fifth;
      const f32x4 body = s.body.next(fall);
      f32x4 y = (sine + (triangle - sine) * form) * body;
      if (heads) {
        y += sinePhase(s.headPhase) * s.second * headLevel;
        s.headPhase += toUint(min(pace * splat(1.593f), most));
      }
      if (clicks) y += s.tone.step(s.noise.next() * s.click, c) * clickLevel * splat(3.f);
      b.out[0][i] = y * gain;
      s.phase += toUint(min(pace, most));
      s.second *= fallSecond;
      s.click *= fallClick;
      s.bend *= fallBend;
      at.value += at.step;
      tracked.value += tracked.step;
      note += b.voice->pitch.step;
      octaves += p[sweep].step * twelfth;
      form += p[shape].step;
      headLevel += p[head].step;
      clickLevel += p[click].step;
      gain += p[level].step * loud;
    }
    s.body.settle();
    const i32x4 over = s.body.level == zero;
    s.click = select(over, zero, s.click);
    s.second = select(over, zero, s.second);
  }

 private:
  static void begin(State& s, const UnitBlock& b) {
    const i32x4 fresh = laneMask(s.body.fresh);
    const f32x4 one = splat(1.f);
    s.body.begin(fresh, b.params[hold].value * splat(b.voice->sampleRate));
    s.second = select(fresh, one, s.second);
    s.click = select(fresh, one, s.click);
    s.bend = select(fresh, one, s.bend);
    s.phase = (u32x4)((i32x4)s.phase & ~fresh);
    s.headPhase = (u32x4)((i32x4)s.headPhase & ~fresh);
    s.noise.start(b.voice->seed, 21, fresh);
    s.tone.clear(~fresh);
    s.body.fresh = 0;
  }
};

}  // namespace sl
