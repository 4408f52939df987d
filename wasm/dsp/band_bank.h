// A bank of up to forty band-passes for one channel, block by block, four bands in a vector. Audio thread.
#pragma once
#include <cmath>

#include "dsp/svf.h"

namespace sl {

/// Where the bands of a bank lie: each is two equal trapezoidal band-passes in a row, half as loud (-6 dB) where it
/// meets its neighbours. There they are in counter-phase: summed with alternating signs the bank is flat.
struct BandPlan {
  static constexpr int kBands = 40, kGroups = kBands / kLanes;

  int count = 0;
  f32x4 octave[kGroups] = {};  ///< log2 of Hz
  f32x4 damping[kGroups] = {};
  f32x4 sign[kGroups] = {};  ///< 0 in unused lanes

  int groups() const { return (count + kLanes - 1) / kLanes; }
  /// `bands` middles from `low` to `high`, equal steps in octaves.
  void lay(int bands, float low, float high) {
    count = bands;
    const float from = std::log2(low), step = (std::log2(high) - from) / (float)(bands - 1);
    const float ratio = std::exp2(step), k = (ratio - 1.f) / std::sqrt(ratio);
    for (int b = 0; b < kBands; b++) {
      const int g = b / kLanes, l = b % kLanes;
      octave[g][l] = from + step * (float)(b < bands ? b : bands - 1);
      damping[g][l] = k;
      sign[g][l] = b < bands ? (b & 1 ? -1.f : 1.f) : 0.f;
    }
  }
  /// Until a band has rung out by 100 dB: the lowest.
  float ringSeconds() const { return 1.5f * 11.5129254f / (3.14159265f * std::exp2(octave[0][0]) * damping[0][0]); }
};

class BandBank {
 public:
  void reset() noexcept { *this = BandBank{}; }
  /// All middles moved by `octaves`; what would lie above 0.45 of the sample rate stays there.
  void tune(const BandPlan& plan, float octaves, float sampleRate) noexcept {
    for (int g = 0; g < plan.groups(); g++) {
      const f32x4 hz = exp2(plan.octave[g] + splat(octaves));
      const SvfCoefficients c =
          svfCoefficients(tanPi(min(hz * splat(1.f / sampleRate), splat(0.45f))), plan.damping[g], SvfMode::bandpass);
      coefficients_[g] = {c.loss2, c.a22, c.a32, c.half1};
    }
  }
  /// Four bands over a block.
  void process(int group, const float* in, f32x4* out, int frames) noexcept {
    const Coefficients c = coefficients_[group];
    SvfSection first = sections_[group][0], second = sections_[group][1];
    for (int i = 0; i < frames; i++) out[i] = step(second, step(first, splat(in[i]), c), c);
    first.flushState();
    second.flushState();
    sections_[group][0] = first;
    sections_[group][1] = second;
  }

 private:
  struct Coefficients {
    f32x4 loss2, a22, a32, half1;
  };
  static f32x4 step(SvfSection& s, f32x4 x, const Coefficients& c) {
    const f32x4 a = s.s1, b = s.s2;
    s.s1 = (a + c.a22 * x) - (c.loss2 * a + c.a22 * b);
    s.s2 = (b + c.a32 * x) + (c.a22 * a - c.a32 * b);
    return c.half1 * (a + s.s1);
  }

  Coefficients coefficients_[BandPlan::kGroups] = {};
  SvfSection sections_[BandPlan::kGroups][2] = {};
};

}  // namespace sl
