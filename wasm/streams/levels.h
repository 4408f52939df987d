// Levels of a stereo signal: peak, RMS, held peak, clipped samples; exact over every sample. Analyzer worker.
#pragma once
#include <array>
#include <cmath>

#include "core/stream.h"

namespace sl {

/// Samples are gathered in steps of 5 ms; a result covers the last whole steps of `window` and what has come since, so
/// that a reader that comes at least once a window misses no sample.
struct Levels {
  enum P { window, hold, numParams };
  enum R { peakLeft, peakRight, rmsLeft, rmsRight, holdLeft, holdRight, clips, numReadings };
  static constexpr std::array<Param, numParams> params{{
      {.id = "window",
       .label = "Window",
       .doc = "What peak and RMS look back over.",
       .unit = Unit::seconds,
       .min = 0.005f,
       .max = 3.f,
       .init = 0.05f,
       .curve = Curve::log,
       .smooth = Smooth::none},
      {.id = "hold",
       .label = "Hold",
       .doc = "What the held peak looks back over.",
       .unit = Unit::seconds,
       .min = 0.1f,
       .max = 10.f,
       .init = 2.f,
       .curve = Curve::log,
       .smooth = Smooth::none},
  }};
  static constexpr std::array<Reading, numReadings> readings{{
      {"peakLeft", "Peak left", "Highest absolute sample of the window, 1 = 0 dBFS.", Unit::ratio},
      {"peakRight", "Peak right", "The same of the right channel.", Unit::ratio},
      {"rmsLeft", "RMS left", "Root mean square of the window; a full-scale sine has 0.7071.", Unit::ratio},
      {"rmsRight", "RMS right", "The same of the right channel.", Unit::ratio},
      {"holdLeft", "Held peak left", "Highest absolute sample of the hold time.", Unit::ratio},
      {"holdRight", "Held peak right", "The same of the right channel.", Unit::ratio},
      {"clips", "Clipped samples", "Samples at or above full scale since the stream began, both channels.",
       Unit::count},
  }};
  static constexpr Spec spec{.id = "levels",
                             .label = "Levels",
                             .doc = "Peak, RMS and held peak of both channels, true over every sample.",
                             .category = "level",
                             .params = params,
                             .readings = readings};

  static int count(const float*, int) { return 1; }

  bool prepare(const Setup& setup, const float* options, Arena& arena) {
    stepFrames_ = atLeastOne(setup.sampleRate * kStepSeconds);
    windowSteps_ = atLeastOne(options[window] / kStepSeconds);
    const int holdSteps = atLeastOne(options[hold] / kStepSeconds);
    keptSteps_ = windowSteps_ > holdSteps ? windowSteps_ : holdSteps;
    holdSteps_ = holdSteps;
    // One more: the step that is being filled.
    steps_ = arena.take<Step>((std::size_t)keptSteps_ + 1);
    return steps_ || arena.measuring();
  }

  void push(const float* stereo, int frames) noexcept {
    for (int i = 0; i < frames; i++) {
      if (steps_[at_].frames == stepFrames_) {
        at_ = at_ == keptSteps_ ? 0 : at_ + 1;
        steps_[at_] = {};
      }
      Step& step = steps_[at_];
      step.frames++;
      for (int c = 0; c < 2; c++) {
        const float x = stereo[2 * i + c], magnitude = std::fabs(x);
        if (magnitude > step.peak[c]) step.peak[c] = magnitude;
        step.sum[c] += (double)x * x;
        if (magnitude >= 1.f) clips_++;
      }
    }
  }

  bool ready() const noexcept { return true; }

  void read(float* into) noexcept {
    float peak[2] = {}, held[2] = {};
    double sum[2] = {};
    int64_t frames = 0;
    for (int back = 0; back <= keptSteps_; back++) {
      const Step& step = steps_[(at_ - back + keptSteps_ + 1) % (keptSteps_ + 1)];
      const bool inWindow = back <= windowSteps_, inHold = back <= holdSteps_;
      if (inWindow) frames += step.frames;
      for (int c = 0; c < 2; c++) {
        if (inWindow) sum[c] += step.sum[c];
        if (inWindow && step.peak[c] > peak[c]) peak[c] = step.peak[c];
        if (inHold && step.peak[c] > held[c]) held[c] = step.peak[c];
      }
    }
    for (int c = 0; c < 2; c++) {
      into[peakLeft + c] = peak[c];
      into[rmsLeft + c] = frames ? (float)std::sqrt(sum[c] / (double)frames) : 0.f;
      into[holdLeft + c] = held[c];
    }
    into[clips] = (float)clips_;
  }

 private:
  static constexpr float kStepSeconds = 0.005f;
  struct Step {
    double sum[2];
    float peak[2];
    int frames;
  };
  static int atLeastOne(float x) { return x < 1.5f ? 1 : (int)std::lround(x); }

  Step* steps_ = nullptr;  ///< ring; steps_[at_] is being filled
  int stepFrames_ = 1, windowSteps_ = 1, holdSteps_ = 1, keptSteps_ = 1, at_ = 0;
  int64_t clips_ = 0;
};

}  // namespace sl
