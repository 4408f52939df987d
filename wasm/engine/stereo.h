// Passes over a stereo micro-block on its way through the mix: fixed length, and no call for a copy. Audio thread.
#pragma once
#include "core/simd.h"
#include "core/unit.h"
#include "dsp/copy_block.h"

namespace sl {

/// A gain on its way through one micro-block.
struct Span {
  float from, to;

  bool steady() const { return from == to; }
  bool one() const { return from == 1.f && to == 1.f; }
  bool zero() const { return from == 0.f && to == 0.f; }
};

inline void silence(float* left, float* right) {
  const f32x4 none = opaque(splat(0.f));
  for (int i = 0; i < kMicroBlock; i += kLanes) store4(left + i, none), store4(right + i, none);
}

inline void copy(float* toLeft, float* toRight, const float* left, const float* right) {
  copy(toLeft, left, kMicroBlock), copy(toRight, right, kMicroBlock);
}

inline void add(float* sumLeft, float* sumRight, const float* left, const float* right) {
  for (int i = 0; i < kMicroBlock; i += kLanes) {
    store4(sumLeft + i, load4(sumLeft + i) + load4(left + i));
    store4(sumRight + i, load4(sumRight + i) + load4(right + i));
  }
}

/// Calls `put(i, left, right)` with the gains of frames i..i+3.
template <class Put>
[[clang::always_inline]] inline void along(Span left, Span right, const Put& put) {
  const f32x4 l = opaque(splat(left.from)), r = opaque(splat(right.from));
  if (left.steady() && right.steady()) {
    for (int i = 0; i < kMicroBlock; i += kLanes) put(i, l, r);
    return;
  }
  const f32x4 stepLeft = splat((left.to - left.from) / kMicroBlock);
  const f32x4 stepRight = splat((right.to - right.from) / kMicroBlock);
  f32x4 at{0.f, 1.f, 2.f, 3.f};
  for (int i = 0; i < kMicroBlock; i += kLanes, at += splat(4.f)) put(i, l + stepLeft * at, r + stepRight * at);
}

[[clang::always_inline]] inline void scale(float* left, float* right, Span gainLeft, Span gainRight) {
  if (gainLeft.one() && gainRight.one()) return;
  along(gainLeft, gainRight, [=](int i, f32x4 l, f32x4 r) {
    store4(left + i, load4(left + i) * l), store4(right + i, load4(right + i) * r);
  });
}
[[clang::always_inline]] inline void scale(float* left, float* right, Span gain) { scale(left, right, gain, gain); }

[[clang::always_inline]] inline void add(float* sumLeft, float* sumRight, const float* left, const float* right,
                                         Span gain) {
  along(gain, gain, [=](int i, f32x4 l, f32x4 r) {
    store4(sumLeft + i, load4(sumLeft + i) + load4(left + i) * l);
    store4(sumRight + i, load4(sumRight + i) + load4(right + i) * r);
  });
}

/// Highest absolute value; not a number or infinite when any sample is: magnitudes compare as integers, and what is not
/// a number highest.
class StereoPeak {
 public:
  void add(f32x4 left, f32x4 right) {
    left_ = wasm_i32x4_max(left_, (v128_t)left & magnitude_),
    right_ = wasm_i32x4_max(right_, (v128_t)right & magnitude_);
  }
  float value() const {
    v128_t most = wasm_i32x4_max(left_, right_);
    most = wasm_i32x4_max(most, wasm_i32x4_shuffle(most, most, 2, 3, 0, 1));
    most = wasm_i32x4_max(most, wasm_i32x4_shuffle(most, most, 1, 0, 3, 2));
    return wasm_f32x4_extract_lane(most, 0);
  }

 private:
  const v128_t magnitude_ = (v128_t)opaque((f32x4)wasm_i32x4_splat(0x7fffffff));
  v128_t left_ = wasm_i32x4_splat(0), right_ = left_;
};

inline float peakOf(const float* left, const float* right) {
  StereoPeak peak;
  for (int i = 0; i < kMicroBlock; i += kLanes) peak.add(load4(left + i), load4(right + i));
  return peak.value();
}

}  // namespace sl
