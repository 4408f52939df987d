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
    bool moves = false;
    const i32x4 changed = (endCutoff != s.cutoffHz) | (endResonance != s.resonance) | (endDrive != s.driveDb);
    if (s.fresh || any(changed)) {
      s.now = make(endCutoff, endResonance, endDrive, b.voice->sampleRate);
      const Coefficients first = s.fresh ? make(fc.value, r.value, d.value, b.voice->sampleRate) : c;
      const i32x4 fresh = laneMask(s.fresh);
      const f32x4 portion = splat(1.f / (float)n);
      for (auto member : {&Coefficients::share, &Coefficients::feedback, &Coefficients::solve, &Coefficients::gain,
                          &Coefficients::makeup}) {
        c.*member = select(fresh, first.*member, c.*member);
        step.*member = (s.now.*member - c.*member) * portion;
        moves = moves || any(step.*member != splat(0.f));
      }
      s.cutoffHz = endCutoff;
      s.resonance = endResonance;
      s.driveDb = endDrive;
      s.fresh = 0;
    }
    for (int k = 0; k < 2; k++) {
      if (b.in[k])
        moves ? filter<true>(s.channel[k], c, step, b.in[k], b.out[k], n)
              : filter<false>(s.channel[k], c, step, b.in[k], b.out[k], n);
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

  /// What the loop multiplies with. The saturator, close to 2 tanh(x / 2) with unity slope and limits at 2, is
  /// kLimit u with u = z + 8 z / (1 + z^2), z = x / kWidth within +-sqrt(3): 2 y (27 + y^2) / (27 + 9 y^2) of y = x / 2
  /// within +-3 with one constant less.
  struct Loop {
    static constexpr float kWidth = 3.46410162f, kLimit = 0.384900179f;
    f32x4 share, twice, in;  ///< g, 2 (1 - g), input to z
    f32x4 gain[4];           ///< u to a stage's next state
    f32x4 back[4];           ///< a stage's state to what is taken from z

    explicit Loop(const Coefficients& c) : share(c.share) {
      const f32x4 one = splat(1.f), g = c.share;
      twice = (one - g) + (one - g);
      in = c.solve * splat(1.f / kWidth);
      gain[0] = g * splat(2.f * kLimit);
      back[3] = c.feedback * in * (one - g);
      for (int k = 1; k < 4; k++) gain[k] = gain[k - 1] * g, back[3 - k] = back[4 - k] * g;
    }
    f32x4 taken(const f32x4 (&state)[4]) const {
      return (state[0] * back[0] + state[1] * back[1]) + (state[2] * back[2] + state[3] * back[3]);
    }
  };

  template <bool kMoves>
  static void filter(State::Channel& channel, Coefficients c, const Coefficients& step, const f32x4* in, f32x4* out,
                     int n) {
    f32x4 doubled[2 * kMicroBlock], stage[4];
    channel.up.run(in, c.gain, step.gain, doubled, n);
    for (int k = 0; k < 4; k++) stage[k] = channel.stage[k];
    const f32x4 one = opaque(splat(1.f)), eight = opaque(splat(8.f));
    const f32x4 most = opaque(splat(1.73205081f)), least = opaque(splat(-1.73205081f));
    Loop loop(c);
    f32x4 sum = loop.taken(stage), late = splat(0.f), reach = loop.taken(loop.gain);
    // u is all that the next half frame waits for: everything else of its sum is there before.
    const auto run = [&](f32x4& at, const Loop& next, f32x4 nextReach) {
      const f32x4 z = min(max((at * loop.in - sum) - late, least), most);
      f32x4 rest[4], passed = stage[0] * loop.twice;
      rest[0] = passed - stage[0];
      for (int k = 1; k < 4; k++) passed = passed * loop.share + stage[k] * loop.twice, rest[k] = passed - stage[k];
      sum = next.taken(rest);
      const f32x4 u = z + (z * eight) / (z * z + one);
      late = u * nextReach;
      const f32x4 last = stage[3];
      for (int k = 0; k < 4; k++) stage[k] = loop.gain[k] * u + rest[k];
      at = stage[3] + last;  // twice the output
    };
    for (int i = 0; i < n; i++) {
      run(doubled[2 * i], loop, reach);
      if constexpr (kMoves) {
        c.share += step.share, c.feedback += step.feedback, c.solve += step.solve;
        const Loop next(c);
        run(doubled[2 * i + 1], next, next.taken(loop.gain));
        loop = next, reach = next.taken(next.gain);
      } else {
        run(doubled[2 * i + 1], loop, reach);
      }
    }
    for (int k = 0; k < 4; k++) channel.stage[k] = stage[k];
    const f32x4 half = splat(0.5f);
    channel.down.run(doubled, c.makeup * half, step.makeup * half, out, n);
  }
};

}  // namespace sl
