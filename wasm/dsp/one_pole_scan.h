// A settled one-pole filter, four frames at a time: no frame waits for the one before but through one product. Audio
// thread.
#pragma once
#include "core/simd.h"

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

}  // namespace sl
