// Gain unit: level in decibels times a modulating signal. Audio thread.
#pragma once
#include <array>

#include "core/unit.h"
#include "dsp/math.h"
#include "dsp/stereo_ports.h"

namespace sl {

/// out = in * mod * level. An unpatched `mod` counts as 1. A level of -60 dB is silence.
struct Gain {
  enum P { level, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "level",
       .label = "Level",
       .doc = "Gain; -60 dB is silence",
       .unit = Unit::decibels,
       .min = -60.f,
       .max = 24.f,
       .init = 0.f},
  }};
  static constexpr std::array<Port, 3> inputs{
      {{.id = "in", .doc = "Audio"}, {.id = "mod", .doc = "Multiplies the audio: an envelope, for one"}, kRightIn}};
  static constexpr std::array<Port, 2> outputs{{{.id = "out", .doc = "Audio"}, kRightOut}};
  static constexpr Spec spec{.id = "gain",
                             .label = "Gain",
                             .doc = "Sets a level; an envelope at mod shapes it",
                             .category = "utility",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 22.f};

  struct State {
    f32x4 gain;     ///< At the frame that comes next.
    f32x4 levelDb;  ///< What `gain` was made of.
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static bool scaling(const State& s, const UnitBlock& b, Scaling& out) noexcept {
    const Ramp<f32x4>& db = b.params[level];
    if (s.fresh || !b.in[0] || b.in[2] || any(db.value + db.step * splat((float)b.frames) != s.levelDb)) return false;
    out = {b.in[1], s.gain, s.gain};
    return true;
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    f32x4 gain, step;
    aim(s, b, gain, step);
    const f32x4* mod = b.in[1];
    scale(b.in[0], mod, gain, step, b.out[0], n);
    if (b.in[2])
      scale(b.in[2], mod, gain, step, b.out[1], n);
    else
      copyChannel(b);
  }

  static bool processLone(State& s, const UnitBlock& b, int lane) noexcept {
    f32x4 gains, steps;
    aim(s, b, gains, steps);
    const float gain = laneOf(gains, lane), step = laneOf(steps, lane);
    scaleLone(b.in[0], b.in[1], gain, step, b.out[0]);
    if (b.in[2])
      scaleLone(b.in[2], b.in[1], gain, step, b.out[1]);
    else
      copyLoneChannel(b);
    return true;
  }

 private:
  /// Gain of the first frame and what each adds to it.
  static void aim(State& s, const UnitBlock& b, f32x4& gain, f32x4& step) {
    const Ramp<f32x4>& db = b.params[level];
    const f32x4 endDb = db.value + db.step * splat((float)b.frames);
    gain = s.gain, step = splat(0.f);
    if (!s.fresh && !any(endDb != s.levelDb)) return;
    const f32x4 end = amplitude(endDb);
    gain = select(laneMask(s.fresh), amplitude(db.value), gain);
    step = (end - gain) * splat(1.f / (float)b.frames);
    s.gain = end;
    s.levelDb = endDb;
    s.fresh = 0;
  }

  static void scaleLone(const f32x4* in, const f32x4* mod, float gain, float step, f32x4* out) {
    f32x4 by = fourFrom(gain, step);
    for (int i = 0; i < kLoneVectors; i++) {
      out[i] = in ? (mod ? in[i] * mod[i] * by : in[i] * by) : splat(0.f);
      by += splat(4.f * step);
    }
  }

  static void scale(const f32x4* in, const f32x4* mod, f32x4 gain, f32x4 step, f32x4* out, int n) {
    if (in && mod && !any(step != splat(0.f))) {
      for (int i = 0; i < n; i++) out[i] = in[i] * mod[i] * gain;
      return;
    }
    for (int i = 0; i < n; i++) {
      out[i] = in ? (mod ? in[i] * mod[i] * gain : in[i] * gain) : splat(0.f);
      gain += step;
    }
  }

  static f32x4 amplitude(f32x4 db) { return (f32x4)((i32x4)decibelsToGain(db) & (db > splat(-60.f))); }
};

}  // namespace sl
