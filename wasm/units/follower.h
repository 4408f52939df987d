// Envelope follower unit: the loudness of a sound as a source of modulation. Audio thread.
#pragma once
#include <array>

#include "core/denormal.h"
#include "dsp/math.h"
#include "dsp/stereo_ports.h"

namespace sl {

/// A one-pole that rises with the attack's and falls with the release's time constant: over the louder channel's
/// magnitude, or over the mean square of both, whose root it gives.
struct Follower {
  enum P { mode, attack, release, gain, numParams };
  static constexpr std::array<Option, 2> modes{{{"peak", "Peak"}, {"rms", "RMS"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "mode",
       .label = "Mode",
       .doc = "Follows peaks or power",
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = modes},
      {.id = "attack",
       .label = "Attack",
       .doc = "Time constant of the rise",
       .unit = Unit::seconds,
       .min = 0.0001f,
       .max = 1.f,
       .init = 0.005f,
       .curve = Curve::log,
       .smooth = Smooth::none},
      {.id = "release",
       .label = "Release",
       .doc = "Time constant of the fall",
       .unit = Unit::seconds,
       .min = 0.001f,
       .max = 5.f,
       .init = 0.1f,
       .curve = Curve::log,
       .smooth = Smooth::none},
      {.id = "gain",
       .label = "Gain",
       .doc = "Sensitivity",
       .unit = Unit::decibels,
       .min = -24.f,
       .max = 36.f,
       .init = 0.f,
       .smooth = Smooth::none},
  }};
  static constexpr std::array<Port, 2> inputs{{{.id = "in", .doc = "Audio to follow"}, kRightIn}};
  static constexpr std::array<Port, 1> outputs{{{.id = "out", .doc = "Level 0..1"}}};
  static constexpr Spec spec{.id = "follower",
                             .label = "Envelope follower",
                             .doc = "Turns loudness into modulation",
                             .category = "modulation",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 140.f};

  struct State {
    f32x4 level;
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }
  static void flushState(State& s) noexcept { s.level = flush(s.level); }

  static void process(State& s, const UnitBlock& b) noexcept {
    const Ramp<f32x4>* p = b.params;
    s.level = (f32x4)((i32x4)s.level & ~laneMask(s.fresh));
    s.fresh = 0;
    const f32x4 *left = b.in[0] ? b.in[0] : b.in[1], *right = b.in[1] ? b.in[1] : left;
    const f32x4 rate = splat(-1.44269504f / b.voice->sampleRate), one = splat(1.f), zero = splat(0.f);
    const f32x4 rise = one - exp2(rate / p[attack].value), fall = one - exp2(rate / p[release].value);
    const bool power = p[mode].value[0] >= 0.5f;
    const f32x4 scale = decibelsToGain(p[gain].value);
    f32x4 level = s.level;
    for (int i = 0; i < b.frames; i++) {
      const f32x4 l = left ? left[i] : zero, r = right ? right[i] : zero;
      const f32x4 now = power ? splat(0.5f) * (l * l + r * r) : max(abs(l), abs(r));
      level += select(now > level, rise, fall) * (now - level);
      b.out[0][i] = min((power ? sqrt(max(level, zero)) : level) * scale, one);
    }
    s.level = level;
  }
};

}  // namespace sl
