// A band-limited saw without tables: windowed-sinc impulses, integrated. Audio thread.
#pragma once
#include "core/denormal.h"
#include "dsp/sinc_kernel.h"

namespace sl {

/// One impulse of 16 taps per period at its exact place (Stilson and Smith 1996), less their mean, through a leaky
/// integrator: -1..1, rising. Aliases below -90 dB up to 12 kHz at 48 kHz. 8 frames late.
class PulseSaw {
 public:
  void reset() noexcept { *this = PulseSaw{}; }
  float next(double cyclesPerFrame) noexcept {
    phase_ += cyclesPerFrame;
    if (phase_ >= 1.) {
      phase_ -= 1.;
      // The wrap lies `early` frames before this one.
      const double early = phase_ / cyclesPerFrame;
      float weights[kTaps];
      sincKernel(weights, kTaps, 1. - early, 10.);
      for (int k = 0; k < kTaps; k++) ring_[(at_ + k) % kTaps] += weights[k];
    }
    const float pulse = ring_[at_];
    ring_[at_] = 0.f;
    at_ = (at_ + 1) % kTaps;
    sum_ = sum_ * kLeak + (cyclesPerFrame - (double)pulse);
    return (float)(2. * sum_);
  }

 private:
  static constexpr int kTaps = 16;
  static constexpr double kLeak = 0.9998;

  double phase_ = 0.5, sum_ = 0.;
  float ring_[kTaps] = {};
  int at_ = 0;
};

}  // namespace sl
