// Tuned comb filter unit. Audio thread.
#pragma once
#include <array>

#include "core/denormal.h"
#include "core/unit.h"
#include "dsp/lane_ring.h"
#include "dsp/string_loss.h"

namespace sl {

/// y = x + feedback * lowpass(y delayed by one period of `cutoff`). Positive feedback rings at the cutoff and its
/// harmonics, negative at half of it and odd harmonics. `damping` is the low-pass's pole (times 0.9); its delay is
/// tuned out. The wet signal is scaled to keep the power of white noise. Deepest tuning: 1/4080 of the sample rate.
struct Comb {
  enum P { cutoff, feedback, damping, mix, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "cutoff",
       .label = "Tuning",
       .doc = "Frequency it is tuned to",
       .unit = Unit::hertz,
       .min = 20.f,
       .max = 6000.f,
       .init = 220.f,
       .curve = Curve::log},
      {.id = "feedback",
       .label = "Feedback",
       .doc = "Strength and sign of the resonance",
       .unit = Unit::fraction,
       .min = -0.95f,
       .max = 0.95f,
       .init = 0.7f},
      {.id = "damping",
       .label = "Damping",
       .doc = "Loss of high frequencies on the way round",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.2f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Share of the filtered signal",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
  }};
  static constexpr std::array<Port, 1> inputs{{{.id = "in", .doc = "Audio to filter"}}};
  static constexpr std::array<Port, 1> outputs{{{.id = "out", .doc = "Filtered audio"}}};
  static constexpr Spec spec{.id = "comb",
                             .label = "Comb filter",
                             .doc = "Resonates at a pitch and its harmonics",
                             .category = "filter",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 310.f};

  struct State {
    LaneRing<4096> ring;
    f32x4 delayFrames;  ///< At the frame that comes next.
    f32x4 filtered;
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    lanes &= ~voice.legato;
    s.ring.clear(lanes);
    s.filtered = (f32x4)((i32x4)s.filtered & ~laneMask(lanes));
    s.fresh |= lanes;
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const f32x4* in = b.in[0];
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const float sampleRate = b.voice->sampleRate;
    const f32x4 one = splat(1.f), count = splat((float)n);
    const f32x4 hz = p[cutoff].value + p[cutoff].step * count;
    f32x4 pole = p[damping].value * splat(0.9f), back = p[feedback].value, wet = p[mix].value;
    const f32x4 poleStep = p[damping].step * splat(0.9f);
    const f32x4 wanted = clamp(
        splat(sampleRate) / hz - polePhaseDelay(pole + poleStep * count, hz * splat(2.f / sampleRate)), 6.f, 4080.f);
    s.delayFrames = select(laneMask(s.fresh), wanted, s.delayFrames);
    s.fresh = 0;
    const bool gliding = any(wanted != s.delayFrames);
    const f32x4 glide = (wanted - s.delayFrames) / count;
    f32x4 delay = s.delayFrames, weight[6];
    i32x4 whole = splatI(0);
    const auto aim = [&](f32x4 d) {
      const f32x4 m = floor(d);
      whole = toInt(m) + splatI(3);
      lagrange5(d - m, weight);
    };
    aim(delay);
    for (int at = 0; at < n; at += 4) {
      const int frames = n - at < 4 ? n - at : 4;
      if (gliding) aim(delay + glide * splat(2.f));
      f32x4 frame[4];
      for (int l = 0; l < kLanes; l++) frame[l] = s.ring.interpolate(l, (uint32_t)whole[l], weight);
      transpose(frame[0], frame[1], frame[2], frame[3]);
      for (int i = 0; i < frames; i++) {
        const f32x4 x = in ? in[at + i] : splat(0.f);
        s.filtered = frame[i] + pole * (s.filtered - frame[i]);
        const f32x4 y = flush(x + back * s.filtered);
        frame[i] = y;
        b.out[0][at + i] = x + wet * (y * sqrt(one - back * back) - x);
        pole += poleStep;
        back += p[feedback].step;
        wet += p[mix].step;
      }
      transpose(frame[0], frame[1], frame[2], frame[3]);
      for (int l = 0; l < kLanes; l++) s.ring.put(l, (v128_t)frame[l]);
      s.ring.advance(frames);
      delay += glide * splat((float)frames);
    }
    s.delayFrames = wanted;
  }

  static void flushState(State& s) noexcept { s.filtered = flush(s.filtered); }
};

}  // namespace sl
