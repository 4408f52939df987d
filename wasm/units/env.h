// Envelope unit: delay, attack, hold, decay, sustain, release. Audio thread.
#pragma once
#include <array>

#include "dsp/envelope.h"

namespace sl {

constexpr Param stageTime(std::string_view id, std::string_view label, std::string_view doc, float init) {
  return {.id = id,
          .label = label,
          .doc = doc,
          .unit = Unit::seconds,
          .min = 0.f,
          .max = 20.f,
          .init = init,
          .smooth = Smooth::none};
}

/// Output 0..1 times velocity. Stages with time 0 are skipped, but attack, decay and release last at least 0.5 ms then.
struct Env {
  enum P {
    delayTime,
    attackTime,
    holdTime,
    decayTime,
    sustainLevel,
    releaseTime,
    curveType,
    velocityAmount,
    numParams
  };
  static constexpr std::array<Option, 3> curves{
      {{"linear", "Linear"}, {"exponential", "Exponential"}, {"logarithmic", "Logarithmic"}}};
  static constexpr std::array<Param, numParams> params{{
      stageTime("delay", "Delay", "Silence before the attack", 0.f),
      stageTime("attack", "Attack", "Rise to full level; 0 is played as 0.5 ms", 0.005f),
      stageTime("hold", "Hold", "Time at full level", 0.f),
      stageTime("decay", "Decay", "Fall to the sustain level", 0.2f),
      {.id = "sustain",
       .label = "Sustain",
       .doc = "Level while the key is held",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.7f},
      stageTime("release", "Release", "Fall to silence after the key is let go", 0.3f),
      {.id = "curve",
       .label = "Curve",
       .doc = "Linear; exponential: fast start; logarithmic: slow start",
       .init = 1.f,
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = curves},
      {.id = "velocity",
       .label = "Velocity",
       .doc = "How much a soft note lowers the envelope",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.f,
       .smooth = Smooth::none},
  }};
  static constexpr std::array<Port, 1> outputs{{{.id = "out", .doc = "Level 0..1"}}};
  static constexpr Spec spec{.id = "env",
                             .label = "Envelope",
                             .doc = "Shapes a note in time, to the frame",
                             .category = "modulation",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 42.f};

  struct State {
    Envelope envelope;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    s.envelope.start(lanes, voice.legato);
  }
  static void release(State& s, const VoiceBlock&, uint32_t lanes) noexcept { s.envelope.letGo(lanes); }
  static uint32_t finished(const State& s) noexcept { return s.envelope.finished(); }

  static void process(State& s, const UnitBlock& b) noexcept {
    f32x4* out = b.out[0];
    s.envelope.process(timesOf(b), curveOf(b), b.voice->sampleRate, out, b.frames);
    const f32x4 amount = b.params[velocityAmount].value;
    if (!any(amount != splat(0.f))) return;
    const f32x4 gain = splat(1.f) - amount * (splat(1.f) - b.voice->velocity);
    for (int i = 0; i < b.frames; i++) out[i] *= gain;
  }

  static bool processLone(State& s, const UnitBlock& b, int lane) noexcept {
    f32x4* out = b.out[0];
    const float amount = laneOf(b.params[velocityAmount].value, lane);
    const f32x4 gain = splat(1.f - amount * (1.f - laneOf(b.voice->velocity, lane)));
    const Ramp<f32x4>& sustain = b.params[sustainLevel];
    if (s.envelope.stands(lane, laneOf(sustain.value, lane) + laneOf(sustain.step, lane) * (float)kMicroBlock)) {
      const f32x4 level = splat(laneOf(s.envelope.base, lane)) * gain;
      for (int i = 0; i < kLoneVectors; i++) out[i] = level;
      return true;
    }
    if (!s.envelope.processLone(timesOf(b), curveOf(b), b.voice->sampleRate, out, lane)) return false;
    for (int i = 0; i < kLoneVectors; i++) out[i] *= gain;
    return true;
  }

 private:
  static EnvelopeCurve curveOf(const UnitBlock& b) { return (EnvelopeCurve)(int)b.params[curveType].value[0]; }
  static EnvelopeTimes timesOf(const UnitBlock& b) {
    const Ramp<f32x4>* p = b.params;
    return {p[delayTime].value,
            p[attackTime].value,
            p[holdTime].value,
            p[decayTime].value,
            p[sustainLevel].value + p[sustainLevel].step * splat((float)b.frames),
            p[releaseTime].value};
  }
};

}  // namespace sl
