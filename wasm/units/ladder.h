// Ladder filter unit: 24 dB per octave low-pass with a saturating loop. Audio thread.
#pragma once
#include <array>

#include "core/unit.h"
#include "dsp/halfband.h"
#include "dsp/math.h"
#include "dsp/stereo_ports.h"

namespace sl {

/// Four trapezoidal one-poles in a loop solved without delay (Zavalishin 2018, chapter 5), a soft saturator at the
/// loop's sum, twofold oversampling. Feedback k = 3.8 * resonance (4 would oscillate); the input is raised by 1 + k / 2
/// to keep half of the bass that resonance takes. Small signals: H = (1 + k/2) / ((1 + s)^4 + k). Drive is half taken
/// back at the output.
struct Ladder {
  enum P { cutoff, resonance, drive, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "cutoff",
       .label = "Cutoff",
       .doc = "Corner frequency",
       .unit = Unit::hertz,
       .min = 20.f,
       .max = 20000.f,
       .init = 2000.f,
       .curve = Curve::log},
      {.id = "resonance",
       .label = "Resonance",
       .doc = "Emphasis at the cutoff; feedback is 3.8 times this",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.1f},
      {.id = "drive",
       .label = "Drive",
       .doc = "Level into the saturation",
       .unit = Unit::decibels,
       .min = 0.f,
       .max = 12.f,
       .init = 0.f},
  }};
  static constexpr std::array<Port, 2> inputs{{{.id = "in", .doc = "Audio to filter"}, kRightIn}};
  static constexpr std::array<Port, 2> outputs{{{.id = "out", .doc = "Filtered audio"}, kRightOut}};
  static constexpr Spec spec{.id = "ladder",
                             .label = "Ladder filter",
                             .doc = "Warm 24 dB low-pass that saturates",
                             .category = "filter",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 1120.f};

  struct Coefficients {
    f32x4 share, feedback, solve, gain, makeup;  ///< g / (1 + g), k, 1 / (1 + k share^4), input gain, output gain.
  };
  struct State {
    struct Channel {
      f32x4 stage[4];
      Upsampler up;
      Downsampler down;
    } channel[2];
    Coefficients now;
    f32x4 cutoffHz, resonance, driveDb;  ///< What `now` was made of.
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    lanes &= ~voice.legato;
    const i32x4 mask = laneMask(lanes);
    for (State::Channel& c : s.channel) {
      for (f32x4& v : c.stage) v = (f32x4)((i32x4)v & ~mask);
      c.up.clear(mask);
      c.down.clear(mask);
    }
    s.fresh |= lanes;
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>&fc = b.params[cutoff], &r = b.params[resonance], &d = b.params[drive];
    const f32x4 frames = splat((float)n);
    const f32x4 endCutoff = fc.value + fc.step * frames, endResonance = r.value + r.step * frames,
                endDrive = d.value + d.step * frames;
    Coefficients c = s.now, step{};
    const i32x4 changed = (endCutoff != s.cutoffHz) | (endResonance != s.resonance) | (endDrive != s.driveDb);
    if (s.fresh || any(changed)) {
      s.now = make(endCutoff, endResonance, endDrive, b.voice->sampleRate);
      const Coefficients first = make(fc.value, r.value, d.value, b.voice->sampleRate);
      const i32x4 fresh = laneMask(s.fresh);
      const f32x4 portion = splat(1.f / (float)n);
      for (auto member : {&Coefficients::share, &Coefficients::feedback, &Coefficients::solve, &Coefficients::gain,
                          &Coefficients::makeup}) {
        c.*member = select(fresh, first.*member, c.*member);
        step.*member = (s.now.*member - c.*member) * portion;
      }
      s.cutoffHz = endCutoff;
      s.resonance = endResonance;
      s.driveDb = endDrive;
      s.fresh = 0;
    }
    for (int k = 0; k < 2; k++) {
      if (b.in[k])
        filter(s.channel[k], c, step, b.in[k], b.out[k], n);
      else if (k == 1)
        copyChannel(b);
      else
        for (int i = 0; i < n; i++) b.out[0][i] = splat(0.f);
    }
  }

  static void flushState(State& s) noexcept {
    for (State::Channel& c : s.channel) {
      for (f32x4& v : c.stage) v = flush(v);
      c.up.flushState();
      c.down.flushState();
    }
  }

 private:
  static Coefficients make(f32x4 hz, f32x4 r, f32x4 db, float sampleRate) {
    const f32x4 one = splat(1.f), half = splat(0.5f);
    const f32x4 g = tanPi(clamp(hz * splat(0.5f / sampleRate), 1e-5f, 0.245f));
    Coefficients c;
    c.share = g / (one + g);
    c.feedback = splat(3.8f) * r;
    const f32x4 square = c.share * c.share;
    c.solve = one / (one + c.feedback * square * square);
    c.gain = decibelsToGain(db) * (one + c.feedback * half);
    c.makeup = decibelsToGain(-db * half);
    return c;
  }

  static void filter(State::Channel& channel, Coefficients c, const Coefficients& step, const f32x4* in, f32x4* out,
                     int n) {
    for (int i = 0; i < n; i++) {
      f32x4 first, second;
      channel.up.process(in[i] * c.gain, first, second);
      first = run(channel.stage, first, c);
      second = run(channel.stage, second, c);
      out[i] = channel.down.process(first, second) * c.makeup;
      c.share += step.share;
      c.feedback += step.feedback;
      c.solve += step.solve;
      c.gain += step.gain;
      c.makeup += step.makeup;
    }
  }

  /// Close to 2 tanh(x / 2): unity slope, limits at 2.
  static f32x4 saturate(f32x4 x) {
    const f32x4 u = clamp(x * splat(0.5f), -3.f, 3.f), q = u * u;
    return splat(2.f) * u * (splat(27.f) + q) / (splat(27.f) + splat(9.f) * q);
  }

  /// All stage outputs are share^i u plus what the states give, so only the saturator's input waits for the last frame.
  static f32x4 run(f32x4 (&stage)[4], f32x4 x, const Coefficients& c) {
    const f32x4 g = c.share, rest = splat(1.f) - g, g2 = g * g, g3 = g2 * g;
    const f32x4 a0 = stage[0] * rest, a1 = stage[1] * rest, a2 = stage[2] * rest, a3 = stage[3] * rest;
    const f32x4 s1 = g * a0 + a1, s2 = (g2 * a0 + g * a1) + a2, s3 = (g3 * a0 + g2 * a1) + (g * a2 + a3);
    const f32x4 u = saturate((x - c.feedback * s3) * c.solve);
    const f32x4 y0 = g * u + a0, y1 = g2 * u + s1, y2 = g3 * u + s2, y3 = g2 * g2 * u + s3;
    stage[0] = y0 + y0 - stage[0];
    stage[1] = y1 + y1 - stage[1];
    stage[2] = y2 + y2 - stage[2];
    stage[3] = y3 + y3 - stage[3];
    return y3;
  }
};

}  // namespace sl
