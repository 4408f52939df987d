// The core of saturation and distortion: drive, an anti-aliased curve at four times the rate (twice when governed),
// level matching. Stereo. Audio thread except prepare.
#pragma once
#include <cmath>

#include "core/denormal.h"
#include "core/governor.h"
#include "dsp/adaa_shaper.h"
#include "dsp/delay_ring.h"
#include "dsp/gain_ramp.h"
#include "dsp/mix_law.h"
#include "dsp/stereo_oversampler.h"

namespace sl {

/// Gives the shaped signal and the dry signal, both `latencyFrames()` late. Level: a sine that peaks at -12 dBFS leaves
/// as loud as it came, at any drive.
class Overdrive {
 public:
  enum class Shape { soft, hard, tube };

  bool prepare(Arena& arena, float sampleRate) {
    design_.prepare(sampleRate);
    fadeStep_ = 1.f / (0.01f * sampleRate);
    const bool left = dry_[0].prepare(arena, latencyFrames() + 1);
    return dry_[1].prepare(arena, latencyFrames() + 1) && left;
  }
  void reset() noexcept {
    sampler_.reset();
    for (DelayRing& dry : dry_) dry.reset();
    fade_ = 1.f;
    fresh_ = true;
  }
  int latencyFrames() const noexcept { return design_.latencyFrames(); }

  /// `wet` gets the shaped sides, `left` and `right` become the delayed input. `driveDb` ramps; a new shape fades in.
  /// `level`: of the governor.
  void process(float* left, float* right, float (*wet)[32], const Ramp<float>& driveDb, Shape shape, int n,
               int level) noexcept {
    if (fresh_) now_ = next_ = shape;
    fresh_ = false;
    if (fade_ >= 1.f && shape != now_) next_ = shape, fade_ = 0.f;
    const Ramp<float> gain = gain_.over(driveDb, n);
    const float loud = levelFor(gain.value);
    const Ramp<float> matching{.value = loud, .step = (levelFor(endOf(gain, n)) - loud) / (float)n};
    float* io[2] = {left, right};
    alignas(16) float driven[2][32];
    for (int s = 0; s < 2; s++) {
      for (int i = 0; i < n; i += kLanes) store4(driven[s] + i, load4(io[s] + i) * fourOf(gain, i));
      dry_[s].delay(io[s], n, latencyFrames());
    }
    sampler_.process(design_, driven, wet, n, governed(level).fourfold,
                     [&](const float* e, const float* o, float* eo, float* oo, int m, float last) {
                       run(now_, e, o, eo, oo, m, last);
                       if (fade_ < 1.f) blend(e, o, eo, oo, m, last, (float)n / (float)m);
                     });
    for (int s = 0; s < 2; s++)
      for (int i = 0; i < n; i += kLanes) store4(wet[s] + i, load4(wet[s] + i) * fourOf(matching, i));
    if (fade_ < 1.f) {
      fade_ = std::fmin(fade_ + fadeStep_ * (float)n, 1.f);
      if (fade_ >= 1.f) now_ = next_;
    }
  }

 private:
  static constexpr float kReference = 0.25f;  ///< -12 dBFS peak
  static constexpr float kBias = 0.5f;

  float levelFor(float gain) noexcept {
    if (gain != levelGain_) level_ = kReference / std::tanh(kReference * (levelGain_ = gain));
    return level_;
  }
  static void run(Shape shape, const float* e, const float* o, float* eo, float* oo, int m, float last) noexcept {
    if (shape == Shape::hard)
      shapeAdaa<HardClip>(e, o, eo, oo, m, last, 0.f);
    else
      shapeAdaa<SoftClip>(e, o, eo, oo, m, last, shape == Shape::tube ? kBias : 0.f);
  }
  /// `frames`: that lie between two even samples.
  void blend(const float* e, const float* o, float* eo, float* oo, int m, float last, float frames) const noexcept {
    alignas(16) float even[64], odd[64];
    run(next_, e, o, even, odd, m, last);
    for (int p = 0; p < m; p++) {
      const float t = std::fmin(fade_ + fadeStep_ * frames * (float)p, 1.f);
      eo[p] += (even[p] - eo[p]) * t;
      oo[p] += (odd[p] - oo[p]) * t;
    }
  }

  OversamplerDesign design_;
  StereoOversampler sampler_;
  DelayRing dry_[2];
  GainRamp gain_;
  float levelGain_ = 0.f, level_ = 1.f;
  Shape now_ = Shape::soft, next_ = Shape::soft;
  float fade_ = 1.f, fadeStep_ = 0.f;
  bool fresh_ = true;
};

}  // namespace sl
