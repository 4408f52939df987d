// Stereo delay: each channel repeats on its own side. Audio thread except prepare.
#pragma once
#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/echo_feedback.h"
#include "dsp/mix_law.h"
#include "dsp/one_pole.h"
#include "effects/echo_params.h"

namespace sl {

/// Echoes at a fixed time (Dattorro 1997, part 2), low-passed once per trip round the loop. The first echo is
/// unfiltered.
struct Delay {
  using enum EchoParams::P;
  static constexpr float kMaxSeconds = EchoParams::kMaxSeconds;
  static constexpr auto params = EchoParams::table("Time between echoes.");
  static constexpr Spec spec{.id = "delay",
                             .label = "Delay",
                             .doc = "Stereo echo with a low-pass in its feedback; time changes crossfade.",
                             .category = "delay",
                             .params = params,
                             .costNs = 180.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    return line_.prepare(arena, setup.sampleRate, kMaxSeconds);
  }
  void reset() noexcept {
    line_.reset();
    tone_.reset();
  }
  void process(const StereoBlock& b) noexcept {
    timeSeconds_ = syncedDelaySeconds(b.params[sync].value, b.song.bpm, b.params[time].value, kMaxSeconds);
    line_.setDelay(timeSeconds_);
    tone_.aimAt(endOf(b.params[tone], b.frames), sampleRate_, b.frames);
    repeat(line_, tone_, b, b.params[feedback], b.params[mix],
           [&](int i, f32x4 loopLeft, f32x4 loopRight, f32x4 again, f32x4& toLeft, f32x4& toRight) {
             toLeft = load4(b.left + i) + loopLeft * again;
             toRight = load4(b.right + i) + loopRight * again;
           });
    tone_.endBlock();
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
