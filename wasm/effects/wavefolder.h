// Wavefolder: what exceeds the range is folded back, again and again. Audio thread except prepare.
#pragma once
#include <array>

#include "core/effect.h"
#include "dsp/shaped_stereo.h"
#include "dsp/wave_fold.h"

namespace sl {

/// The input is the phase of a sine or triangle: at no folds, full scale just reaches its first peak; each fold takes
/// it one peak further. Symmetry shifts the phase by up to a quarter turn, which brings even harmonics. First-order
/// antiderivative anti-aliasing, exact, at four times the rate; linear phase.
struct Wavefolder {
  enum P { folds, symmetry, shape, tone, mix, output, numParams };
  static constexpr std::array<Option, 2> kShapes{{{"sine", "Sine"}, {"triangle", "Triangle"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "folds",
       .label = "Folds",
       .doc = "How often full scale is folded; signals at -12 dBFS keep their peak.",
       .unit = Unit::ratio,
       .min = 0.f,
       .max = 16.f,
       .init = 4.f},
      {.id = "symmetry",
       .label = "Symmetry",
       .doc = "0: both halves fold alike, odd harmonics. To either side: even harmonics come in.",
       .min = -1.f,
       .max = 1.f,
       .init = 0.f},
      {.id = "shape",
       .label = "Shape",
       .doc = "Sine: round folds, like FM. Triangle: sharp folds, brighter.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kShapes},
      {.id = "tone",
       .label = "Tone",
       .doc = "Low-pass behind the folder.",
       .unit = Unit::hertz,
       .min = 500.f,
       .max = 20000.f,
       .init = 12000.f,
       .curve = Curve::log},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to folded only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
      {.id = "output",
       .label = "Output",
       .doc = "Level of the folded part.",
       .unit = Unit::decibels,
       .min = -24.f,
       .max = 12.f,
       .init = 0.f},
  }};
  static constexpr Spec spec{.id = "wavefolder",
                             .label = "Wavefolder",
                             .doc = "West-coast folding: harmonics that move with the level.",
                             .category = "drive",
                             .params = params,
                             .costNs = 1930.f};

  bool prepare(const Setup& setup, Arena& arena) {
    fadeStep_ = 1.f / (0.01f * setup.sampleRate);
    return frame_.prepare(arena, setup.sampleRate);
  }
  void reset() noexcept {
    frame_.reset();
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    const int n = b.frames;
    const float goal = b.params[shape].value;
    if (fresh_) triangle_ = goal;
    fresh_ = false;
    const float from = triangle_, reach = fadeStep_ * (float)n;
    triangle_ = std::fmin(std::fmax(goal, from - reach), from + reach);
    const Ramp<float> turns =
        ShapedStereo::between(turnsOf(b.params[folds].value), turnsOf(endOf(b.params[folds], n)), n);
    const double start = 0.25 * b.params[symmetry].value, end = 0.25 * endOf(b.params[symmetry], n);
    const Ramp<float> level = ShapedStereo::between(levelFor(turns.value) * gainOf(b.params[output].value),
                                                    levelFor(endOf(turns, n)) * gainOf(endOf(b.params[output], n)), n);
    frame_.process(b, turns, level, b.params[tone], b.params[mix],
                   [&](const float* e, const float* o, float* eo, float* oo, int m, float last) {
                     const Bias bias{.value = start, .step = (end - start) / (2. * m)};
                     if (from < 1.f || triangle_ < 1.f) SineFold::run(e, o, eo, oo, m, last, bias);
                     if (from > 0.f || triangle_ > 0.f) blend(e, o, eo, oo, m, last, bias, from);
                   });
  }
  int latencyFrames() const noexcept { return frame_.latencyFrames(); }
  int tailFrames() const noexcept { return frame_.tailFrames(); }

 private:
  static constexpr float kReference = 0.25f;  ///< -12 dBFS peak

  static float turnsOf(float folds) { return 0.25f * (1.f + folds); }
  static float levelFor(float turns) {
    return kReference / std::sin(6.2831853f * std::fmin(turns * kReference, 0.25f));
  }
  /// The triangle, alone or faded over the sine.
  void blend(const float* e, const float* o, float* eo, float* oo, int m, float last, Bias bias,
             float from) const noexcept {
    alignas(16) float even[64], odd[64];
    shapeByIntegral(TriangleFold{}, e, o, even, odd, m, last, bias);
    for (int p = 0; p < m; p++) {
      const float t = from + (triangle_ - from) * ((float)p + 0.5f) / (float)m;
      eo[p] = t < 1.f ? eo[p] + (even[p] - eo[p]) * t : even[p];
      oo[p] = t < 1.f ? oo[p] + (odd[p] - oo[p]) * t : odd[p];
    }
  }

  ShapedStereo frame_;
  float triangle_ = 0.f;  ///< 0 sine .. 1 triangle
  float fadeStep_ = 0.f;
  bool fresh_ = true;
};

}  // namespace sl
