// Stereo delay: each channel repeats on its own side. Audio thread except prepare.
#pragma once
#include <array>

#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/echo_line.h"
#include "dsp/mix_law.h"
#include "dsp/one_pole.h"

namespace sl {

/// Echoes at a fixed time (Dattorro 1997, part 2), low-passed once per trip round the loop. The first echo is
/// unfiltered.
struct Delay {
  enum P { time, feedback, tone, mix, numParams };
  static constexpr float kMaxSeconds = 2.f;
  static constexpr std::array<Param, numParams> params{{
      {.id = "time",
       .label = "Time",
       .doc = "Time between echoes.",
       .unit = Unit::seconds,
       .min = 0.001f,
       .max = kMaxSeconds,
       .init = 0.35f,
       .curve = Curve::log,
       .smooth = Smooth::fade},
      {.id = "feedback",
       .label = "Feedback",
       .doc = "How much of each echo is echoed again.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 0.85f,
       .init = 0.35f},
      {.id = "tone",
       .label = "Tone",
       .doc = "Low-pass in the feedback: each repeat loses what lies above.",
       .unit = Unit::hertz,
       .min = 500.f,
       .max = 20000.f,
       .init = 6000.f,
       .curve = Curve::log},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to echoes only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.3f},
  }};
  static constexpr Spec spec{.id = "delay",
                             .label = "Delay",
                             .doc = "Stereo echo with a low-pass in its feedback; time changes crossfade.",
                             .category = "delay",
                             .params = params,
                             .costNs = 460.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    return line_.prepare(arena, setup.sampleRate, kMaxSeconds);
  }
  void reset() noexcept {
    line_.reset();
    tone_.reset();
  }
  void process(const StereoBlock& b) noexcept {
    line_.setDelay(b.params[time].value);
    tone_.aim(StereoLowpass::gainFor(endOf(b.params[tone], b.frames), sampleRate_), b.frames);
    Glide back(b.params[feedback]), wet(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      float left, right;
      line_.read(left, right);
      float loopLeft = left, loopRight = right;
      tone_.process(loopLeft, loopRight);
      const float again = back.next(), amount = wet.next();
      line_.write(b.left[i] + loopLeft * again, b.right[i] + loopRight * again);
      b.left[i] = mixed(b.left[i], left, amount);
      b.right[i] = mixed(b.right[i], right, amount);
    }
    tone_.endBlock();
    timeSeconds_ = b.params[time].value;
    feedback_ = endOf(b.params[feedback], b.frames);
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept {
    return (int)(timeSeconds_ * sampleRate_) * tripsToSilence(feedback_) + EchoLine::kTaps;
  }

 private:
  EchoLine line_;
  StereoLowpass tone_;
  float sampleRate_ = 48000.f;
  float timeSeconds_ = params[time].init;
  float feedback_ = params[feedback].init;
};

}  // namespace sl
