// A settled one-pole filter, four frames at a time: no frame waits for the one before but through one product. Audio
// thread.
#pragma once
#include "core/denormal.h"

namespace sl {

/// y[i] = x[i] + pole y[i - 1], regrouped (it rounds otherwise than frame by frame, by less than 1e-6).
class OnePoleScan {
 public:
  explicit OnePoleScan(float pole)
      : pole_(splat(pole)),
        square_(splat(pole * pole)),
        powers_{pole, pole * pole, pole * pole * pole, pole * pole * pole * pole} {}
  /// `last` is y of the frame before, and then of the last one.
  f32x4 next(f32x4 x, float& last) const noexcept {
    const f32x4 none = splat(0.f);
    x += pole_ * __builtin_shufflevector(none, x, 0, 4, 5, 6);
    x += square_ * __builtin_shufflevector(none, x, 0, 1, 4, 5);
    x += powers_ * splat(last);
    last = x[3];
    return x;
  }

 private:
  f32x4 pole_, square_, powers_;
};

/// A trapezoidal one-pole low-pass (see StereoLowpass) whose cutoff stands, of one signal.
class SettledLowpass {
 public:
  explicit SettledLowpass(float gain)
      : scan_(1.f - 2.f * gain), gain_(gain), pole_(1.f - 2.f * gain), feed_(2.f * gain) {}
  /// In place, from `state` on, which it flushes.
  void process(float* x, int n, float& state) const noexcept {
    float low = state;
    int i = 0;
    for (; i + kLanes <= n; i += kLanes) {
      const f32x4 in = load4(x + i), first = splat(low), after = scan_.next(in * splat(feed_), low);
      const f32x4 before = __builtin_shufflevector(first, after, 0, 4, 5, 6);
      store4(x + i, before + (in - before) * splat(gain_));
    }
    for (; i < n; i++) {
      const float in = x[i];
      x[i] = low + (in - low) * gain_;
      low = low * pole_ + in * feed_;
    }
    state = flush(low);
  }

 private:
  OnePoleScan scan_;
  float gain_, pole_, feed_;
};

}  // namespace sl
