// Tuned comb filter unit. Audio thread.
#pragma once
#include <array>

#include "core/denormal.h"
#include "core/unit.h"
#include "dsp/lane_ring.h"
#include "dsp/stereo_ports.h"
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
  static constexpr std::array<Port, 2> inputs{{{.id = "in", .doc = "Audio to filter"}, kRightIn}};
  static constexpr std::array<Port, 2> outputs{{{.id = "out", .doc = "Filtered audio"}, kRightOut}};
  static constexpr Spec spec{.id = "comb",
                             .label = "Comb filter",
                             .doc = "Resonates at a pitch and its harmonics",
                             .category = "filter",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 500.f};

  struct State {
    struct Channel {
      LaneRing<4096> ring;
      f32x4 filtered;
    } channel[2];
    f32x4 delayFrames;  ///< At the frame that comes next.
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    lanes &= ~voice.legato;
    for (State::Channel& c : s.channel) {
      c.ring.clear(lanes);
      c.filtered = (f32x4)((i32x4)c.filtered & ~laneMask(lanes));
    }
    s.fresh |= lanes;
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const float sampleRate = b.voice->sampleRate;
    const f32x4 count = splat((float)n);
    const f32x4 hz = p[cutoff].value + p[cutoff].step * count;
    const f32x4 pole = p[damping].value * splat(0.9f), poleStep = p[damping].step * splat(0.9f);
    const f32x4 wanted = clamp(
        splat(sampleRate) / hz - polePhaseDelay(pole + poleStep * count, hz * splat(2.f / sampleRate)), 6.f, 4080.f);
    s.delayFrames = select(laneMask(s.fresh), wanted, s.delayFrames);
    s.fresh = 0;
    for (int k = 0; k < 2; k++) {
      if (b.in[k] || k == 0)
        filter(s.channel[k], b, k, s.delayFrames, (wanted - s.delayFrames) / count, pole, poleStep);
      else
        copyChannel(b);
    }
    s.delayFrames = wanted;
  }

  static void flushState(State& s) noexcept {
    for (State::Channel& c : s.channel) c.filtered = flush(c.filtered);
  }

 private:
  /// One channel of a segment; without input it rings out.
  static void filter(State::Channel& c, const UnitBlock& b, int channel, f32x4 delay, f32x4 glide, f32x4 pole,
                     f32x4 poleStep) {
    const f32x4* in = b.in[channel];
    f32x4* out = b.out[channel];
    const f32x4 one = splat(1.f), backStep = b.params[feedback].step, wetStep = b.params[mix].step;
    f32x4 back = b.params[feedback].value, wet = b.params[mix].value, weight[6];
    const bool gliding = any(glide != splat(0.f));
    i32x4 whole = splatI(0);
    const auto aim = [&](f32x4 d) {
      const f32x4 m = floor(d);
      whole = toInt(m) + splatI(3);
      lagrange5(d - m, weight);
    };
    aim(delay);
    for (int at = 0; at < b.frames; at += 4) {
      const int frames = b.frames - at < 4 ? b.frames - at : 4;
      if (gliding) aim(delay + glide * splat(2.f));
      f32x4 frame[4];
      for (int l = 0; l < kLanes; l++) frame[l] = c.ring.interpolate(l, (uint32_t)whole[l], weight);
      transpose(frame[0], frame[1], frame[2], frame[3]);
      for (int i = 0; i < frames; i++) {
        const f32x4 x = in ? in[at + i] : splat(0.f);
        c.filtered = frame[i] + pole * (c.filtered - frame[i]);
        const f32x4 y = flush(x + back * c.filtered);
        frame[i] = y;
        out[at + i] = x + wet * (y * sqrt(one - back * back) - x);
        pole += poleStep;
        back += backStep;
        wet += wetStep;
      }
      transpose(frame[0], frame[1], frame[2], frame[3]);
      for (int l = 0; l < kLanes; l++) c.ring.put(l, (v128_t)frame[l]);
      c.ring.advance(frames);
      delay += glide * splat((float)frames);
    }
  }
};

}  // namespace sl
