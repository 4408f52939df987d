// Phaser unit: notches that move in each note by itself. Audio thread.
#pragma once
#include <array>

#include "dsp/allpass_chain.h"
#include "dsp/lane_clock.h"
#include "dsp/stereo_ports.h"

namespace sl {

/// The all-pass chain of the phaser effect, but one a voice, so that every note sweeps from its own start (or with the
/// song). Stages and corner move linearly over a segment; the corner's ends are exact.
struct VoicePhaser {
  enum P { stages, frequency, depth, rate, sync, feedback, mix, numParams };
  static constexpr std::array<Option, 3> counts{{{"4", "4"}, {"6", "6"}, {"8", "8"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "stages",
       .label = "Stages",
       .doc = "All-pass stages; every two make a notch",
       .init = 1.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = counts},
      {.id = "frequency",
       .label = "Frequency",
       .doc = "Middle of the sweep",
       .unit = Unit::hertz,
       .min = 40.f,
       .max = 10000.f,
       .init = 800.f,
       .curve = Curve::log},
      {.id = "depth",
       .label = "Depth",
       .doc = "How far it sweeps to each side",
       .unit = Unit::octaves,
       .min = 0.f,
       .max = 4.f,
       .init = 1.5f},
      {.id = "rate",
       .label = "Rate",
       .doc = "Sweeps per second, from the note's start",
       .unit = Unit::hertz,
       .min = 0.01f,
       .max = 20.f,
       .init = 0.4f,
       .curve = Curve::log},
      syncParam("Length of a sweep in the song's time instead of the rate"),
      {.id = "feedback",
       .label = "Feedback",
       .doc = "Sharpens the peaks between the notches",
       .unit = Unit::fraction,
       .min = -0.95f,
       .max = 0.95f,
       .init = 0.5f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Share of the shifted sound; notches are deepest at one half",
       .unit = Unit::fraction,
       .init = 0.5f},
  }};
  static constexpr std::array<Port, 2> inputs{{{.id = "in", .doc = "Audio"}, kRightIn}};
  static constexpr std::array<Port, 2> outputs{{{.id = "out", .doc = "Audio"}, kRightOut}};
  static constexpr Spec spec{.id = "phaser",
                             .label = "Voice phaser",
                             .doc = "Moving notches, for each note by itself",
                             .category = "filter",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 2500.f};

  struct State {
    AllpassChain chain[2];
    LaneClock clock;
    f32x4 taps[3];  ///< Shares of 4, 6 and 8 stages at the frame that comes next.
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }
  static void flushState(State& s) noexcept {
    for (AllpassChain& c : s.chain) c.endBlock();
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const f32x4 count = splat((float)n), zero = splat(0.f);
    const i32x4 fresh = laneMask(s.fresh);
    s.clock.start(s.fresh, zero);
    const ClockRun run = s.clock.run(p[rate], p[sync].value[0], *b.voice, n);
    f32x4 tap[3], tapStep[3];
    const float most = (float)n / kMicroBlock;  // a new number of stages fades in over a micro-block
    for (int k = 0; k < 3; k++) {
      const f32x4 goal = splat((int)p[stages].value[0] == k ? 1.f : 0.f);
      tap[k] = select(fresh, goal, s.taps[k]);
      tapStep[k] = clamp(goal - tap[k], -most, most) / count;
      s.taps[k] = tap[k] + tapStep[k] * count;
    }
    if (s.fresh)
      for (AllpassChain& c : s.chain) c.clear(fresh);
    s.fresh = 0;
    const uint32_t frames = (uint32_t)n;
    const u32x4 last = run.phase + run.increment * splatU(frames) + run.growth * splatU(frames * (frames - 1) / 2);
    const auto cornerAt = [&](f32x4 at, u32x4 phase) {
      const f32x4 hz = (p[frequency].value + p[frequency].step * at) *
                       exp2((p[depth].value + p[depth].step * at) * sinePhase(phase));
      return clamp(hz * splat(1.f / b.voice->sampleRate), 1e-4f, 0.45f);
    };
    const f32x4 from = cornerAt(zero, run.phase), step = (cornerAt(count, last) - from) / count;
    for (int channel = 0; channel < 2; channel++) {
      const f32x4* in = b.in[channel];
      f32x4* out = b.out[channel];
      if (!in && channel == 1) return copyChannel(b);
      AllpassChain chain = s.chain[channel];
      f32x4 corner = from, back = p[feedback].value, share = p[mix].value, t0 = tap[0], t1 = tap[1], t2 = tap[2];
      for (int i = 0; i < n; i++) {
        const f32x4 x = in ? in[i] : zero;
        out[i] = x + (chain.process(x, corner, t0, t1, t2, back) - x) * share;
        corner += step;
        back += p[feedback].step;
        share += p[mix].step;
        t0 += tapStep[0], t1 += tapStep[1], t2 += tapStep[2];
      }
      s.chain[channel] = chain;
    }
  }
};

}  // namespace sl
