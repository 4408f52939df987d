// Macro unit: one knob as a source of modulation. Audio thread.
#pragma once
#include <array>

#include "core/unit.h"
#include "dsp/math.h"

namespace sl {

/// The knob's value, after the engine's own smoothing through a one-pole of time constant `glide`; a note begins on it.
struct Macro {
  enum P { value, glide, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "value",
       .label = "Value",
       .doc = "What this knob sends to all that it modulates",
       .unit = Unit::fraction,
       .init = 0.f},
      {.id = "glide",
       .label = "Glide",
       .doc = "Time in which it follows the knob",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = 5.f,
       .init = 0.f,
       .smooth = Smooth::none},
  }};
  static constexpr std::array<Port, 1> outputs{{{.id = "out", .doc = "Value 0..1"}}};
  static constexpr Spec spec{.id = "macro",
                             .label = "Macro",
                             .doc = "One knob that moves many parameters",
                             .category = "modulation",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 30.f};

  struct State {
    f32x4 now;
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const Ramp<f32x4>& v = b.params[value];
    const f32x4 frames = b.params[glide].value * splat(b.voice->sampleRate);
    const f32x4 follow =
        splat(1.f) - (f32x4)((i32x4)exp2(splat(-1.44269504f) / max(frames, splat(1e-3f))) & (frames > splat(0.f)));
    s.now = select(laneMask(s.fresh), v.value, s.now);
    s.fresh = 0;
    f32x4 aim = v.value, now = s.now;
    for (int i = 0; i < b.frames; i++) {
      now += follow * (aim - now);
      b.out[0][i] = now;
      aim += v.step;
    }
    s.now = now;
  }
};

}  // namespace sl
