// Saturation: soft, symmetric compression of peaks. Audio thread except prepare.
#pragma once
#include <array>

#include "core/effect.h"
#include "dsp/overdrive.h"

namespace sl {

/// tanh with first-order antiderivative anti-aliasing at four times the rate; linear phase, so that the mix does not
/// comb. Latency: the oversampler's filters (1.0 ms at 48 kHz, 2.0 ms at 44.1 kHz).
struct Saturation {
  enum P { drive, mix, output, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "drive",
       .label = "Drive",
       .doc = "Gain into the curve; signals at -12 dBFS keep their level.",
       .unit = Unit::decibels,
       .min = 0.f,
       .max = 36.f,
       .init = 6.f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to saturated only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
      {.id = "output",
       .label = "Output",
       .doc = "Level of the saturated part.",
       .unit = Unit::decibels,
       .min = -24.f,
       .max = 12.f,
       .init = 0.f},
  }};
  static constexpr Spec spec{.id = "saturation",
                             .label = "Saturation",
                             .doc = "Soft tape-like saturation without aliasing.",
                             .category = "drive",
                             .params = params,
                             .costNs = 1590.f};

  bool prepare(const Setup& setup, Arena& arena) { return core_.prepare(arena, setup.sampleRate); }
  void reset() noexcept { core_.reset(); }
  void process(const StereoBlock& b) noexcept {
    alignas(16) float wet[2][32];
    core_.process(b.left, b.right, wet, b.params[drive], Overdrive::Shape::soft, b.frames, b.level);
    const Ramp<float> gain = gain_.over(b.params[output], b.frames);
    for (int i = 0; i < b.frames; i += kLanes) {
      const f32x4 g = fourOf(gain, i);
      store4(wet[0] + i, load4(wet[0] + i) * g);
      store4(wet[1] + i, load4(wet[1] + i) * g);
    }
    mixBlock(b.left, wet[0], b.params[mix], b.frames);
    mixBlock(b.right, wet[1], b.params[mix], b.frames);
  }
  int latencyFrames() const noexcept { return core_.latencyFrames(); }
  int tailFrames() const noexcept { return 2 * core_.latencyFrames(); }

 private:
  Overdrive core_;
  GainRamp gain_;
};

}  // namespace sl
