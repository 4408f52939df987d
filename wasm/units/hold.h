// Sample-and-hold unit: takes a value at each tick of a clock or gate. Audio thread.
#pragma once
#include <array>

#include "dsp/hash.h"
#include "dsp/lane_clock.h"

namespace sl {

/// At each tick the input's value (with none: a random one) is taken and held, reached over `slew`. Ticks come from the
/// own clock, from the song's beat, or, when something is patched to `gate`, where that rises through one half. A note
/// begins on a value.
struct Hold {
  enum P { rate, sync, slew, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "rate",
       .label = "Rate",
       .doc = "Values per second",
       .unit = Unit::hertz,
       .min = 0.01f,
       .max = 20000.f,
       .init = 8.f,
       .curve = Curve::log},
      syncParam("Distance of the values in the song's time instead of the rate"),
      {.id = "slew",
       .label = "Slew",
       .doc = "Time to reach a new value",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = 5.f,
       .init = 0.001f,
       .smooth = Smooth::none},
  }};
  static constexpr std::array<Port, 2> inputs{
      {{.id = "in", .doc = "What is sampled; nothing: random values"}, {.id = "gate", .doc = "Ticks where it rises"}}};
  static constexpr std::array<Port, 1> outputs{{{.id = "out", .doc = "Held value"}}};
  static constexpr Spec spec{.id = "hold",
                             .label = "Sample and hold",
                             .doc = "Steps from value to value in time",
                             .category = "modulation",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 150.f};

  struct State {
    LaneClock clock;
    f32x4 now, aim, step;
    i32x4 left;   ///< Frames of the way to `aim`.
    u32x4 phase;  ///< Of the clock at the frame before.
    u32x4 count;  ///< Values so far.
    i32x4 high;   ///< The gate was up.
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const Ramp<f32x4>* p = b.params;
    s.clock.start(s.fresh, splat(0.f));
    const ClockRun run = s.clock.run(p[rate], p[sync].value[0], *b.voice, b.frames);
    const f32x4 *in = b.in[0], *gate = b.in[1], half = splat(0.5f);
    const i32x4 frames = toInt(max(p[slew].value * splat(b.voice->sampleRate), splat(1.f)));
    const u32x4 key = noteHash(b.voice->seed, 11);
    i32x4 fresh = laneMask(s.fresh);
    s.count = (u32x4)((i32x4)s.count & ~fresh);
    s.high = s.high & ~fresh;
    s.fresh = 0;
    u32x4 phase = run.phase, increment = run.increment, last = s.phase;
    for (int i = 0; i < b.frames; i++) {
      i32x4 tick = phase < last;
      if (gate) {
        const i32x4 up = gate[i] >= half;
        tick = up & ~s.high;
        s.high = up;
      }
      tick |= fresh;
      if (any(tick)) {
        const f32x4 value = in ? in[i] : bipolar(hash(key ^ (s.count * splatU(0x9e3779b9u))));
        s.aim = select(tick, value, s.aim);
        s.now = select(fresh, value, s.now);
        s.left = (i32x4)select(tick, (f32x4)frames, (f32x4)s.left);
        s.step = select(tick, (s.aim - s.now) / toFloat(frames), s.step);
        s.count -= (u32x4)tick;
        fresh = splatI(0);
      }
      s.left -= (i32x4)((s.left > splatI(0)) & splatI(1));
      s.now = select(s.left > splatI(0), s.now + s.step, s.aim);
      b.out[0][i] = s.now;
      last = phase;
      phase += increment;
      increment += run.growth;
    }
    s.phase = last;
  }
};

}  // namespace sl
