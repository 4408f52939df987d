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
  /// The same to the cutoff `hz`.
  void aimAt(float hz, float sampleRate, int frames) noexcept {
    if (hz != hz_) aimed_ = gainFor(hz_ = hz, sampleRate);
    aim(aimed_, frames);
  }
  /// A block in place: four frames at a time where the cutoff stands still.
  void process(float* left, float* right, int n) noexcept {
    int i = 0;
    if (step_ == 0.f) {
      i = n & ~(kLanes - 1);
      const Scan scan(gain_);
      scan.run(left, i, left_);
      scan.run(right, i, right_);
    }
    for (; i < n; i++) process(left[i], right[i]);
  }
  void endBlock() noexcept {
    gain_ = end_;
    step_ = 0.f;
    left_ = flush(left_);
    right_ = flush(right_);
  }

 private:
  /// The states of four frames from the one before them: state + (what has come in - reach state), where both parts are
  /// small at low cutoffs, so that a steady input is held to the last digit.
  class Scan {
   public:
    explicit Scan(float gain)
        : gain_(splat(gain)), twice_(splat(2.f * gain)), pole_(splat(1.f - 2.f * gain)), square_(pole_ * pole_) {
      const float b = 2.f * gain, two = b + b * (1.f - b), three = two + b * (1.f - two);
      reach_ = f32x4{b, two, three, three + b * (1.f - three)};
    }
    void run(float* x, int n, float& state) const noexcept {
      f32x4 last = splat(state);
      for (int i = 0; i < n; i += kLanes) {
        const f32x4 in = load4(x + i), none = splat(0.f);
        f32x4 come = twice_ * in;
        come += pole_ * __builtin_shufflevector(none, come, 0, 4, 5, 6);
        come += square_ * __builtin_shufflevector(none, come, 0, 1, 4, 5);
        const f32x4 states = last + (come - reach_ * last), before = __builtin_shufflevector(last, states, 3, 4, 5, 6);
        store4(x + i, before + gain_ * (in - before));
        last = __builtin_shufflevector(states, states, 3, 3, 3, 3);
      }
      state = last[0];
    }

   private:
    f32x4 gain_, twice_, pole_, square_, reach_;
  };
  float run(float x, float& state) const noexcept {
    const float v = (x - state) * gain_;
    const float y = v + state;
    state = y + v;
    return y;
  }
  float gain_ = 0.f, step_ = 0.f, end_ = 0.f;
  float left_ = 0.f, right_ = 0.f;
  float hz_ = 0.f, aimed_ = 0.f;  ///< what `aimAt` worked out last
  bool started_ = false;
};

}  // namespace sl
