// Tube: one triode stage. Audio thread except prepare.
#pragma once
#include <array>

#include "core/effect.h"
#include "dsp/shaped_stereo.h"
#include "dsp/triode.h"

namespace sl {

/// At 0 dB of drive, full scale is 1 V at the grid. Negative swings run into cut-off, positive ones sooner and harder
/// into grid current; the bias says which comes first. No sag and no blocking: the curve has no memory. First-order
/// antiderivative anti-aliasing with the curve's exact integral, at four times the rate; linear phase.
struct Tube {
  enum P { drive, bias, tone, mix, output, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "drive",
       .label = "Drive",
       .doc = "Gain into the tube; signals at -12 dBFS keep their level.",
       .unit = Unit::decibels,
       .min = 0.f,
       .max = 42.f,
       .init = 15.f},
      {.id = "bias",
       .label = "Bias",
       .doc = "Working point: cold (-1) clips the lower half first, hot (+1) the upper; even harmonics are fewest "
              "between.",
       .min = -1.f,
       .max = 1.f,
       .init = 0.f},
      {.id = "tone",
       .label = "Tone",
       .doc = "Low-pass behind the tube.",
       .unit = Unit::hertz,
       .min = 500.f,
       .max = 20000.f,
       .init = 14000.f,
       .curve = Curve::log},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to driven only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
      {.id = "output",
       .label = "Output",
       .doc = "Level of the driven part.",
       .unit = Unit::decibels,
       .min = -24.f,
       .max = 12.f,
       .init = 0.f},
  }};
  static constexpr Spec spec{.id = "tube",
                             .label = "Tube",
                             .doc = "A triode stage with adjustable bias: warmth by even harmonics, then grit.",
                             .category = "drive",
                             .params = params,
                             .costNs = 4080.f};

  bool prepare(const Setup& setup, Arena& arena) {
    triode_.prepare();
    return frame_.prepare(arena, setup.sampleRate);
  }
  void reset() noexcept { frame_.reset(); }
  void process(const StereoBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<float> gain = ShapedStereo::amplitude(b.params[drive], n);
    const double from = volts(b.params[bias].value), to = volts(endOf(b.params[bias], n));
    const Ramp<float> level =
        ShapedStereo::between(levelFor(gain.value, from) * gainOf(b.params[output].value),
                              levelFor(endOf(gain, n), to) * gainOf(endOf(b.params[output], n)), n);
    frame_.process(b, gain, level, b.params[tone], b.params[mix],
                   [&](const float* e, const float* o, float* eo, float* oo, int m, float last) {
                     shapeByIntegral(triode_, e, o, eo, oo, m, last, {.value = from, .step = (to - from) / (2. * m)});
                   });
  }
  int latencyFrames() const noexcept { return frame_.latencyFrames(); }
  int tailFrames() const noexcept { return frame_.tailFrames(); }

 private:
  static constexpr double kReference = 0.25;  ///< -12 dBFS peak

  static double volts(float bias) { return Triode::kMiddleVolts + Triode::kReachVolts * bias; }
  float levelFor(double gain, double bias) const {
    const double swing = 0.5 * (triode_.at(bias + kReference * gain) - triode_.at(bias - kReference * gain));
    return (float)(kReference / swing);
  }

  ShapedStereo frame_;
  Triode triode_;
};

}  // namespace sl
