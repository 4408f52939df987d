// Ring modulator unit: the product of two sounds. Audio thread.
#pragma once
#include <array>

#include "dsp/halfband.h"
#include "dsp/oscillator.h"
#include "dsp/stereo_ports.h"

namespace sl {

/// out = in * (1 - depth + depth * mod): full depth is ring modulation, half of it the amplitude modulation of a
/// tremolo. The product has twice the bandwidth, so it is formed at twice the sample rate. With nothing at `mod` an own
/// sine takes its place.
struct Ring {
  enum P { depth, frequency, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "depth",
       .label = "Depth",
       .doc = "From the plain sound over amplitude modulation to the product alone",
       .unit = Unit::fraction,
       .init = 1.f},
      {.id = "frequency",
       .label = "Frequency",
       .doc = "Of the own sine that modulates when nothing else does",
       .unit = Unit::hertz,
       .min = 0.1f,
       .max = 10000.f,
       .init = 220.f,
       .curve = Curve::log},
  }};
  static constexpr std::array<Port, 3> inputs{
      {{.id = "in", .doc = "Audio"}, {.id = "mod", .doc = "What multiplies it; nothing: the own sine"}, kRightIn}};
  static constexpr std::array<Port, 2> outputs{{{.id = "out", .doc = "Audio"}, kRightOut}};
  static constexpr Spec spec{.id = "ring",
                             .label = "Ring modulator",
                             .doc = "Multiplies two sounds: bells and robots",
                             .category = "utility",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 420.f};

  struct State {
    Upsampler up[3];  ///< Left, right, modulator.
    Downsampler down[2];
    u32x4 phase;
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }
  static void flushState(State& s) noexcept {
    for (Upsampler& u : s.up) u.flushState();
    for (Downsampler& d : s.down) d.flushState();
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    if (s.fresh) {
      const i32x4 fresh = laneMask(s.fresh);
      for (Upsampler& u : s.up) u.clear(fresh);
      for (Downsampler& d : s.down) d.clear(fresh);
      s.phase = (u32x4)((i32x4)s.phase & ~fresh);
      s.fresh = 0;
    }
    f32x4 mod[2 * kMicroBlock];
    if (b.in[1]) {
      for (int i = 0; i < n; i++) s.up[2].process(b.in[1][i], mod[2 * i], mod[2 * i + 1]);
    } else {
      const f32x4 perHertz = splat(0.5f * 4294967296.f / b.voice->sampleRate);
      u32x4 increment = toUint(min(p[frequency].value * perHertz, splat(0.25f * 4294967296.f)));
      const u32x4 step = (u32x4)toInt(p[frequency].step * perHertz);
      for (int i = 0; i < n; i++) {
        mod[2 * i] = sinePhase(s.phase);
        mod[2 * i + 1] = sinePhase(s.phase + increment);
        s.phase += increment + increment;
        increment += step;
      }
    }
    f32x4 d = p[depth].value;
    for (int i = 0; i < n; i++) {
      for (int half = 0; half < 2; half++) mod[2 * i + half] = splat(1.f) - d + d * mod[2 * i + half];
      d += p[depth].step;
    }
    for (int channel = 0; channel < 2; channel++) {
      const f32x4* in = b.in[2 * channel];
      f32x4* out = b.out[channel];
      if (!in && channel == 1) return copyChannel(b);
      for (int i = 0; i < n; i++) {
        f32x4 x0, x1;
        s.up[channel].process(in ? in[i] : splat(0.f), x0, x1);
        out[i] = s.down[channel].process(x0 * mod[2 * i], x1 * mod[2 * i + 1]);
      }
    }
  }
};

}  // namespace sl
