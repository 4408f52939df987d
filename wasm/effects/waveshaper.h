// Waveshaper: a curve of seventeen points, drawn by hand. Audio thread except prepare.
#pragma once
#include <array>

#include "core/effect.h"
#include "dsp/cubic_curve.h"
#include "dsp/shaped_stereo.h"

namespace sl {

/// One place of the curve.
constexpr Param curvePoint(std::string_view id, std::string_view label, float init) {
  return {.id = id,
          .label = label,
          .doc = "Output for the input at this place of the curve.",
          .min = -1.f,
          .max = 1.f,
          .init = init,
          .group = "Curve"};
}

/// The points stand at equal steps of the input from -1 to 1; louder input stays at the outer points. First-order
/// antiderivative anti-aliasing with the curve's exact integral, at four times the rate; linear phase. What the curve
/// gives at rest is taken off, and a 5 Hz high-pass removes the DC of lopsided curves.
struct Waveshaper {
  static constexpr int kPoints = 17;
  enum P { drive, point1, curve = point1 + kPoints, tone, mix, output, numParams };
  static constexpr std::array<Option, 2> kCurves{{{"smooth", "Smooth"}, {"straight", "Straight lines"}}};
  /// Default: sin(pi / 2 x).
  static constexpr std::array<Param, numParams> params{{
      {.id = "drive",
       .label = "Drive",
       .doc = "Gain into the curve.",
       .unit = Unit::decibels,
       .min = -12.f,
       .max = 36.f,
       .init = 6.f},
      curvePoint("point1", "At -1", -1.f),
      curvePoint("point2", "At -0.875", -0.98079f),
      curvePoint("point3", "At -0.75", -0.92388f),
      curvePoint("point4", "At -0.625", -0.83147f),
      curvePoint("point5", "At -0.5", -0.70711f),
      curvePoint("point6", "At -0.375", -0.55557f),
      curvePoint("point7", "At -0.25", -0.38268f),
      curvePoint("point8", "At -0.125", -0.19509f),
      curvePoint("point9", "At 0", 0.f),
      curvePoint("point10", "At 0.125", 0.19509f),
      curvePoint("point11", "At 0.25", 0.38268f),
      curvePoint("point12", "At 0.375", 0.55557f),
      curvePoint("point13", "At 0.5", 0.70711f),
      curvePoint("point14", "At 0.625", 0.83147f),
      curvePoint("point15", "At 0.75", 0.92388f),
      curvePoint("point16", "At 0.875", 0.98079f),
      curvePoint("point17", "At 1", 1.f),
      {.id = "curve",
       .label = "Interpolation",
       .doc = "Smooth: no corners, never beyond the points. Straight lines: brighter.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .group = "Curve",
       .options = kCurves},
      {.id = "tone",
       .label = "Tone",
       .doc = "Low-pass behind the curve.",
       .unit = Unit::hertz,
       .min = 500.f,
       .max = 20000.f,
       .init = 20000.f,
       .curve = Curve::log},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to shaped only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
      {.id = "output",
       .label = "Output",
       .doc = "Level of the shaped part.",
       .unit = Unit::decibels,
       .min = -24.f,
       .max = 12.f,
       .init = -8.f},
  }};
  static constexpr Spec spec{.id = "waveshaper",
                             .label = "Waveshaper",
                             .doc = "Distortion by a curve that you draw, without aliasing.",
                             .category = "drive",
                             .params = params,
                             .costNs = 3990.f};

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
    const float goal = b.params[curve].value;
    if (fresh_) straight_ = goal;
    bool moved = fresh_ || straight_ != goal, turning = straight_ != goal;
    for (int k = 0; k < kPoints; k++) {
      moved |= b.params[point1 + k].changed;
      turning |= b.params[point1 + k].moving;
    }
    fresh_ = false;
    if (moved) draw(now_, b, 0, straight_);
    if (turning) {
      const float step = fadeStep_ * (float)n;
      straight_ = straight_ < goal ? std::fmin(straight_ + step, goal) : std::fmax(straight_ - step, goal);
      draw(next_, b, n, straight_);
    }
    frame_.process(b, ShapedStereo::amplitude(b.params[drive], n), ShapedStereo::amplitude(b.params[output], n),
                   b.params[tone], b.params[mix],
                   [&](const float* e, const float* o, float* eo, float* oo, int m, float last) {
                     shapeByIntegral(now_, e, o, eo, oo, m, last, {});
                     if (turning) blend(e, o, eo, oo, m, last);
                   });
    if (turning) now_ = next_;
  }
  int latencyFrames() const noexcept { return frame_.latencyFrames(); }
  int tailFrames() const noexcept { return frame_.tailFrames(); }

 private:
  using Drawn = CubicCurve<kPoints - 1>;

  /// Pieces of both kinds mix as their curves do.
  void draw(Drawn& into, const StereoBlock& b, int frame, float straight) noexcept {
    float y[kPoints];
    for (int k = 0; k < kPoints; k++) y[k] = endOf(b.params[point1 + k], frame);
    into.throughPoints(y, -1., 1., straight);
  }
  /// On the way to `next_`, linear over the block.
  void blend(const float* e, const float* o, float* eo, float* oo, int m, float last) const noexcept {
    alignas(16) float even[64], odd[64];
    shapeByIntegral(next_, e, o, even, odd, m, last, {});
    for (int p = 0; p < m; p++) {
      const float t = ((float)p + 0.5f) / (float)m;
      eo[p] += (even[p] - eo[p]) * t;
      oo[p] += (odd[p] - oo[p]) * t;
    }
  }

  ShapedStereo frame_;
  Drawn now_, next_;
  float straight_ = 0.f;  ///< 0 smooth .. 1 straight
  float fadeStep_ = 0.f;
  bool fresh_ = true;
};

}  // namespace sl
