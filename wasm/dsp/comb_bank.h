// Up to eight tuned string loops for one channel. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/denormal.h"
#include "dsp/delay_ring.h"
#include "dsp/lane_ring.h"
#include "dsp/sinc_kernel.h"
#include "dsp/string_loss.h"

namespace sl {

/// What all loops of a bank do over one block; both channels share it. Eight loops in two vectors.
struct CombTuning {
  static constexpr int kLoops = 8, kGroups = kLoops / kLanes;

  f32x4 delay[kGroups], glide[kGroups];  ///< frames at the first frame, added per frame
  f32x4 pole[kGroups], back[kGroups];    ///< loss filter; its gain with the sign of the reflection
  f32x4 into[kGroups];                   ///< input gain
};

/// A loop is a delay read by fifth-order Lagrange interpolation (passive at any fraction) and a one-pole loss filter
/// (Jaffe and Smith 1983; Valimaki 1996). The output is what comes out of the delay: the first sound is one period
/// late.
class CombBank {
 public:
  static constexpr float kLeastFrames = 6.f;

  bool prepare(Arena& arena, int mostFrames) {
    bool ready = true;
    for (DelayRing& ring : rings_) ready = ring.prepare(arena, mostFrames + 8) && ready;
    return ready;
  }
  void reset() noexcept {
    for (DelayRing& ring : rings_) ring.reset();
    for (f32x4& v : filtered_) v = splat(0.f);
    for (auto& w : weights_) w = {};
    for (float& d : aimed_) d = 0.f;
  }
  /// One frame; `at` counts frames of the block. `used` loops run, the outputs of the others are 0.
  void process(const CombTuning& tuning, int used, float x, int at, f32x4 (&out)[CombTuning::kGroups]) noexcept {
    for (int g = 0; g < CombTuning::kGroups; g++) {
      out[g] = splat(0.f);
      if (g * kLanes >= used) continue;
      const f32x4 delay = tuning.delay[g] + tuning.glide[g] * splat((float)at);
      for (int l = 0; l < kLanes && g * kLanes + l < used; l++) out[g][l] = read(g * kLanes + l, delay[l]);
      filtered_[g] = out[g] + tuning.pole[g] * (filtered_[g] - out[g]);
      const f32x4 y = flush(splat(x) * tuning.into[g] + tuning.back[g] * filtered_[g]);
      for (int l = 0; l < kLanes && g * kLanes + l < used; l++) rings_[g * kLanes + l].write(y[l]);
    }
  }
  void endBlock() noexcept {
    for (f32x4& v : filtered_) v = flush(v);
  }

 private:
  struct Weights {
    alignas(16) float w[8] = {};
    int oldest = 8;
  };
  float read(int loop, float delay) noexcept {
    Weights& weights = weights_[(std::size_t)loop];
    if (delay != aimed_[loop]) {
      aimed_[loop] = delay;
      const int whole = (int)delay;
      f32x4 lagrange[6];
      lagrange5(splat(delay - (float)whole), lagrange);
      for (int k = 0; k < 6; k++) weights.w[k] = lagrange[5 - k][0];
      weights.oldest = whole + 3;
    }
    return dot<8>(weights.w, rings_[(std::size_t)loop].window(weights.oldest));
  }

  std::array<DelayRing, CombTuning::kLoops> rings_;
  std::array<Weights, CombTuning::kLoops> weights_;
  float aimed_[CombTuning::kLoops] = {};
  f32x4 filtered_[CombTuning::kGroups] = {};
};

}  // namespace sl
