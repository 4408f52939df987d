// A state-variable filter whose type and slope fade, with a new cutoff at every frame. Audio thread.
#pragma once
#include "dsp/svf.h"

namespace sl {

/// One or two trapezoidal sections (dsp/svf.h). At 24 dB per octave they share the resonance so that the level at the
/// cutoff is that of 12 dB (Butterworth at Q 0.707); band-pass and notch keep the -3 dB width; the peak is twice as
/// high.
class MorphSvf {
 public:
  static constexpr float kPeakDb = 12.f;

  /// Shares of the types; they sum to 1. `steep` 0..1 fades from 12 to 24 dB per octave.
  struct Blend {
    float low, high, band, notch, peak, steep;
  };

  void reset() noexcept { first_ = second_ = SvfSection{}; }
  /// `g` = tan(pi cutoff / sample rate), `k` = 1 / Q.
  f32x4 process(f32x4 x, f32x4 g, float k, const Blend& b) noexcept {
    const float sides = b.low + b.high;
    const float k1 = k + ((sides / 0.541196f + k * (b.band / 0.643594f + b.notch / 1.553774f + b.peak)) - k) * b.steep;
    const f32x4 y = first_.step(x, coefficients(g, k1, b));
    if (b.steep == 0.f) {
      second_ = SvfSection{};
      return y;
    }
    const float k2 = k * (sides * 0.541196f + b.band / 0.643594f + b.notch / 1.553774f + b.peak);
    return y + (second_.step(y, coefficients(g, k2, b)) - y) * splat(b.steep);
  }
  void endBlock() noexcept {
    first_.flushState();
    second_.flushState();
  }

 private:
  static constexpr float kLift = 2.98107171f;  ///< gain at the middle of the peak, less 1

  static SvfCoefficients coefficients(f32x4 g, float k, const Blend& b) {
    const f32x4 twoA1 = splat(2.f) / (splat(1.f) + g * (g + splat(k)));
    SvfCoefficients c;
    c.loss2 = g * (g + splat(k)) * twoA1;
    c.a22 = g * twoA1;
    c.a32 = g * c.a22;
    c.m0 = splat(b.high + b.notch + b.peak);
    c.half1 = splat(0.5f * k * (b.band - b.high - b.notch + kLift * b.peak));
    c.half2 = splat(0.5f * (b.low - b.high));
    return c;
  }

  SvfSection first_{}, second_{};
};

}  // namespace sl
