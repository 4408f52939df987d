// A level in decibels as a ramp of amplitude, worked out again only where it has changed. Audio thread.
#pragma once
#include "core/param.h"
#include "dsp/decibels.h"
#include "dsp/mix_law.h"

namespace sl {

/// Of one parameter.
class GainRamp {
 public:
  Ramp<float> over(const Ramp<float>& decibels, int frames) noexcept {
    const float from = gain(decibels.value), to = decibels.moving ? gain(endOf(decibels, frames)) : from;
    return {.value = from, .step = (to - from) / (float)frames, .moving = decibels.moving};
  }

 private:
  float gain(float decibels) noexcept {
    if (decibels != decibels_) gain_ = gainOf(decibels_ = decibels);
    return gain_;
  }
  float decibels_ = 0.f, gain_ = 1.f;
};

}  // namespace sl
