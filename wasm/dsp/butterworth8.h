// A low-pass of 48 dB per octave for two channels: what stands before and behind a converter. Audio thread.
#pragma once
#include "dsp/svf.h"

namespace sl {

/// Four trapezoidal sections with the Qs of an eighth-order Butterworth: -3 dB at the corner.
class Butterworth8 {
 public:
  void reset() noexcept {
    for (SvfSection& s : sections_) s = SvfSection{};
  }
  /// `corner`: cutoff / sample rate; held for the calls that follow.
  void aim(float corner) noexcept {
    constexpr float kDampings[4] = {1.9615706f, 1.6629392f, 1.1111405f, 0.3901806f};  // 2 cos((2k - 1) pi / 16)
    const f32x4 g = tanPi(clamp(splat(corner), 1e-5f, kHighest));
    for (int k = 0; k < 4; k++) coefficients_[k] = svfCoefficients(g, splat(kDampings[k]), SvfMode::lowpass);
  }
  f32x4 process(f32x4 x) noexcept {
    for (int k = 0; k < 4; k++) x = sections_[k].step<true>(x, coefficients_[k]);
    return x;
  }
  void endBlock() noexcept {
    for (SvfSection& s : sections_) s.flushState();
  }
  /// Until 100 dB below, in frames; the bilinear map slows poles towards half the sample rate.
  static float ringFrames(float corner) {
    const float g = tanPi(clamp(splat(corner), 1e-5f, kHighest))[0];
    return 2.f * 11.5129254f * (1.f + g * g) / (g * 0.39f);
  }

 private:
  static constexpr float kHighest = 0.45f;

  SvfSection sections_[4] = {};
  SvfCoefficients coefficients_[4] = {};
};

}  // namespace sl
