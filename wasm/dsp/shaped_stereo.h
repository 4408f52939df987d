// The frame of every waveshaping effect: four times oversampling, level-true antiderivative shaping, delayed dry
// signal, tone and DC filter. Stereo. Audio thread except prepare.
#pragma once
#include <cmath>

#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/delay_ring.h"
#include "dsp/mix_law.h"
#include "dsp/one_pole.h"
#include "dsp/stereo_oversampler.h"

namespace sl {

/// The working point of a curve over one block at the higher rate.
struct Bias {
  double value = 0., step = 0.;
};

/// First-order antiderivative anti-aliasing (Parker, Zavalishin, Le Bivic, DAFx 2016): the mean of the curve between
/// two neighbouring samples. `Curve` has `at(x)` and its exact antiderivative `integral(x)`, in f64, so that neighbours
/// may be as near as 1e-5 before the curve at their middle is taken. Its output at rest is taken off. `last` is the odd
/// sample before the first even one.
template <class Curve>
void shapeByIntegral(const Curve& curve, const float* even, const float* odd, float* evenOut, float* oddOut, int n,
                     float last, Bias bias) {
  double before = (double)last + bias.value, integral = curve.integral(before), point = bias.value;
  const double rest = curve.at(bias.value);
  const double restStep = bias.step == 0. ? 0. : (curve.at(bias.value + bias.step * 2. * n) - rest) / (2. * n);
  double still = rest;
  const auto next = [&](float x) {
    point += bias.step;
    still += restStep;
    const double to = (double)x + point, there = curve.integral(to), way = to - before;
    const double mean = std::fabs(way) < 1e-5 ? curve.at(0.5 * (before + to)) : (there - integral) / way;
    before = to;
    integral = there;
    return (float)(mean - still);
  };
  for (int p = 0; p < n; p++) {
    evenOut[p] = next(even[p]);
    oddOut[p] = next(odd[p]);
  }
}

class ShapedStereo {
 public:
  bool prepare(Arena& arena, float sampleRate) {
    sampleRate_ = sampleRate;
    design_.prepare(sampleRate);
    const bool left = dry_[0].prepare(arena, latencyFrames() + 1);
    return dry_[1].prepare(arena, latencyFrames() + 1) && left;
  }
  void reset() noexcept {
    sampler_.reset();
    for (DelayRing& dry : dry_) dry.reset();
    tone_.reset();
    drift_.reset();
  }
  int latencyFrames() const noexcept { return design_.latencyFrames(); }
  /// The high-pass at kDriftHz forgets 100 dB in 0.4 s.
  int tailFrames() const noexcept { return 2 * latencyFrames() + (int)(0.4f * sampleRate_); }

  /// `gain` ramps into `shape(even, odd, evenOut, oddOut, n, last)`, n of each for the whole block; behind it come
  /// `level`, the low-pass at `toneHz`, the high-pass against DC and the mix with the dry signal, all in time with each
  /// other.
  template <class Shape>
  void process(const StereoBlock& b, const Ramp<float>& gain, const Ramp<float>& level, const Ramp<float>& toneHz,
               const Ramp<float>& mix, Shape&& shape) noexcept {
    const int n = b.frames;
    alignas(16) float driven[2][32], wet[2][32];
    float* io[2] = {b.left, b.right};
    for (int s = 0; s < 2; s++) {
      for (int i = 0; i < n; i += kLanes) store4(driven[s] + i, load4(io[s] + i) * fourOf(gain, i));
      dry_[s].delay(io[s], n, latencyFrames());
    }
    sampler_.process(design_, driven, wet, n, governed(b.level).fourfold, shape);
    tone_.aimAt(endOf(toneHz, n), sampleRate_, n);
    drift_.aimAt(kDriftHz, sampleRate_, n);
    alignas(16) float slow[2][32];
    tone_.process(wet[0], wet[1], n);
    for (int s = 0; s < 2; s++) copy(slow[s], wet[s], n);
    drift_.process(slow[0], slow[1], n);
    for (int s = 0; s < 2; s++) {
      for (int i = 0; i < n; i += kLanes)
        store4(wet[s] + i, (load4(wet[s] + i) - load4(slow[s] + i)) * fourOf(level, i));
      mixBlock(io[s], wet[s], mix, n);
    }
    tone_.endBlock();
    drift_.endBlock();
  }

  /// A ramp in decibels as one in amplitude.
  static Ramp<float> amplitude(const Ramp<float>& decibels, int frames) noexcept {
    return between(gainOf(decibels.value), gainOf(endOf(decibels, frames)), frames);
  }
  static Ramp<float> between(float from, float to, int frames) noexcept {
    return {.value = from, .step = (to - from) / (float)frames, .moving = from != to};
  }

 private:
  static constexpr float kDriftHz = 5.f;

  OversamplerDesign design_;
  StereoOversampler sampler_;
  DelayRing dry_[2];
  StereoLowpass tone_, drift_;
  float sampleRate_ = 48000.f;
};

}  // namespace sl
