// How every insert effect mixes: dry x (1 - mix) + wet x mix. Linear, because files state `mix` so; 0 is the dry signal
// bit for bit. Audio thread.
#pragma once
#include "core/param.h"

namespace sl {

/// A parameter's value at each frame of a block.
class Glide {
 public:
  explicit Glide(const Ramp<float>& ramp) : value_(ramp.value), step_(ramp.step) {}
  float next() noexcept {
    const float v = value_;
    value_ += step_;
    return v;
  }

 private:
  float value_, step_;
};

inline float mixed(float dry, float wet, float mix) { return dry * (1.f - mix) + wet * mix; }

/// The value one frame behind the end of a block of `frames`.
inline float endOf(const Ramp<float>& ramp, int frames) { return ramp.value + ramp.step * (float)frames; }

}  // namespace sl
