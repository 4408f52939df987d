// One-pole low-pass (trapezoidal) for two channels, with its cutoff ramped over each block. Audio thread.
#pragma once
#include <cmath>

#include "core/denormal.h"

namespace sl {

/// Transposed TPT one-pole (Zavalishin 2018): -3 dB exactly at the cutoff, stable for any gain in 0..1.
class StereoLowpass {
 public:
  void reset() noexcept { *this = StereoLowpass{}; }
  /// The gain that puts -3 dB at `hz`; cutoffs are held below 0.49 of the sample rate.
  static float gainFor(float hz, float sampleRate) noexcept {
    const float g = std::tan(3.14159265f * std::fmin(hz / sampleRate, 0.49f));
    return g / (1.f + g);
  }
  /// The next `frames` calls of `process` ramp to the cutoff of gain `gain`.
  void aim(float gain, int frames) noexcept {
    if (!started_) gain_ = gain;
    started_ = true;
    step_ = (gain - gain_) / (float)frames;
    end_ = gain;
  }
  void process(float& left, float& right) noexcept {
    left = run(left, left_);
    right = run(right, right_);
    gain_ += step_;
  }
  void endBlock() noexcept {
    gain_ = end_;
    step_ = 0.f;
    left_ = flush(left_);
    right_ = flush(right_);
  }

 private:
  float run(float x, float& state) const noexcept {
    const float v = (x - state) * gain_;
    const float y = v + state;
    state = y + v;
    return y;
  }
  float gain_ = 0.f, step_ = 0.f, end_ = 0.f;
  float left_ = 0.f, right_ = 0.f;
  bool started_ = false;
};

}  // namespace sl
