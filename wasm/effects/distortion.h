// Distortion: soft, hard or tube-like clipping with a tone control. Audio thread except prepare.
#pragma once
#include <array>

#include "core/effect.h"
#include "dsp/one_pole.h"
#include "dsp/overdrive.h"

namespace sl {

/// Clipping with first-order antiderivative anti-aliasing at four times the rate; linear phase, so that the mix does
/// not comb. The distorted part passes a one-pole low-pass and a 5 Hz high-pass (the tube curve makes DC).
struct Distortion {
  enum P { drive, tone, shape, mix, output, numParams };
  static constexpr std::array<Option, 3> kShapes{{{"soft", "Soft"}, {"hard", "Hard"}, {"tube", "Tube"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "drive",
       .label = "Drive",
       .doc = "Gain into the curve; signals at -12 dBFS keep their level.",
       .unit = Unit::decibels,
       .min = 0.f,
       .max = 48.f,
       .init = 12.f},
      {.id = "tone",
       .label = "Tone",
       .doc = "Low-pass behind the curve.",
       .unit = Unit::hertz,
       .min = 500.f,
       .max = 20000.f,
       .init = 12000.f,
       .curve = Curve::log},
      {.id = "shape",
       .label = "Shape",
       .doc = "Soft: tanh. Hard: flat clipping. Tube: lopsided, with even harmonics.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kShapes},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to distorted only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
      {.id = "output",
       .label = "Output",
       .doc = "Level of the distorted part.",
       .unit = Unit::decibels,
       .min = -24.f,
       .max = 12.f,
       .init = 0.f},
  }};
  static constexpr Spec spec{.id = "distortion",
                             .label = "Distortion",
                             .doc = "Clipping without aliasing, from warm to torn.",
                             .category = "drive",
                             .params = params,
                             .costNs = 2380.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    return core_.prepare(arena, sampleRate_);
  }
  void reset() noexcept {
    core_.reset();
    tone_.reset();
    drift_.reset();
  }
  void process(const StereoBlock& b) noexcept {
    alignas(16) float wet[2][32];
    core_.process(b.left, b.right, wet, b.params[drive], (Overdrive::Shape)(int)b.params[shape].value, b.frames,
                  b.level);
    tone_.aimAt(endOf(b.params[tone], b.frames), sampleRate_, b.frames);
    drift_.aimAt(kDriftHz, sampleRate_, b.frames);
    const Ramp<float> level = gain_.over(b.params[output], b.frames);
    float* io[2] = {b.left, b.right};
    alignas(16) float slow[2][32];
    tone_.process(wet[0], wet[1], b.frames);
    for (int s = 0; s < 2; s++) copy(slow[s], wet[s], b.frames);
    drift_.process(slow[0], slow[1], b.frames);
    for (int s = 0; s < 2; s++) {
      for (int i = 0; i < b.frames; i += kLanes)
        store4(wet[s] + i, (load4(wet[s] + i) - load4(slow[s] + i)) * fourOf(level, i));
      mixBlock(io[s], wet[s], b.params[mix], b.frames);
    }
    tone_.endBlock();
    drift_.endBlock();
  }
  int latencyFrames() const noexcept { return core_.latencyFrames(); }
  /// The high-pass at kDriftHz forgets 100 dB in 0.4 s.
  int tailFrames() const noexcept { return 2 * core_.latencyFrames() + (int)(0.4f * sampleRate_); }

 private:
  static constexpr float kDriftHz = 5.f;

  Overdrive core_;
  GainRamp gain_;
  StereoLowpass tone_, drift_;
  float sampleRate_ = 48000.f;
};

}  // namespace sl
