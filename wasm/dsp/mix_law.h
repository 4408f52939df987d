// How every insert effect mixes: dry x (1 - mix) + wet x mix. Linear, because files state `mix` so; 0 is the dry signal
// bit for bit. Audio thread.
#pragma once
#include "core/param.h"
#include "core/simd.h"

namespace sl {

/// A parameter's value at each frame of a block. Steps are not added up: what each rounds off would, and the same way
/// cut into other blocks would be another by -114 dB.
class Glide {
 public:
  explicit Glide(const Ramp<float>& ramp) : value_(ramp.value), step_(ramp.step) {}
  float next() noexcept {
    const float v = value_ + step_ * at_;
    at_ += 1.f;
    return v;
  }

 private:
  float value_, step_, at_ = 0.f;
};

/// The same for four frames from `frame` on.
inline f32x4 fourOf(const Ramp<float>& ramp, int frame) {
  return splat(ramp.value) + splat(ramp.step) * (f32x4{0.f, 1.f, 2.f, 3.f} + splat((float)frame));
}

inline float mixed(float dry, float wet, float mix) { return dry * (1.f - mix) + wet * mix; }

/// A block, into the place of the dry signal.
inline void mixBlock(float* dry, const float* wet, const Ramp<float>& mix, int n) {
  int i = 0;
  if (mix.step == 0.f) {
    const f32x4 share = splat(mix.value), rest = splat(1.f - mix.value);
    for (; i + kLanes <= n; i += kLanes) store4(dry + i, load4(dry + i) * rest + load4(wet + i) * share);
  }
  for (; i + kLanes <= n; i += kLanes) {
    const f32x4 share = fourOf(mix, i);
    store4(dry + i, load4(dry + i) * (splat(1.f) - share) + load4(wet + i) * share);
  }
  for (; i < n; i++) dry[i] = mixed(dry[i], wet[i], mix.value + mix.step * (float)i);
}

/// The value one frame behind the end of a block of `frames`.
inline float endOf(const Ramp<float>& ramp, int frames) { return ramp.value + ramp.step * (float)frames; }

}  // namespace sl
