// The first reflections of a room: a pattern of echoes per side. Audio thread except prepare.
#pragma once
#include <algorithm>
#include <cmath>

#include "core/simd.h"
#include "dsp/delay_ring.h"

namespace sl {

/// Twelve echoes a side between two times; every third comes from the other side. Their energies sum to 1. A new
/// pattern is crossfaded.
class EarlyReflections {
 public:
  bool prepare(Arena& arena, float sampleRate, float maxSeconds) {
    sampleRate_ = sampleRate;
    fadeStep_ = 1.f / (kFadeSeconds * sampleRate);
    most_ = (int)(maxSeconds * sampleRate);
    const bool left = ring_[0].prepare(arena, most_ + 64);
    return ring_[1].prepare(arena, most_ + 64) && left;
  }
  void reset() noexcept {
    for (DelayRing& ring : ring_) ring.reset();
    fade_ = 1.f;
    fresh_ = true;
  }
  /// When the first and the last echo come. Not before the last crossfade is over: `true` when taken.
  bool setSpan(float firstSeconds, float lastSeconds) noexcept {
    if (fade_ < 1.f) return false;
    for (int side = 0; side < 2; side++)
      for (int k = 0; k < kTaps; k++) {
        const float seconds = firstSeconds + (lastSeconds - firstSeconds) * kPlace[side][k];
        next_[side][k] = std::min((int)std::lround(seconds * sampleRate_), most_);
      }
    if (fresh_)
      std::copy(&next_[0][0], &next_[0][0] + 2 * kTaps, &now_[0][0]);
    else
      fade_ = 0.f;
    fresh_ = false;
    return true;
  }
  /// Up to 32 frames; writes the echoes, with room for 32.
  void process(const float* left, const float* right, float* outLeft, float* outRight, int frames) noexcept {
    ring_[0].writeFlushed(left, frames);
    ring_[1].writeFlushed(right, frames);
    float* out[2] = {outLeft, outRight};
    for (int side = 0; side < 2; side++) {
      sum(now_[side], side, out[side], frames);
      if (fade_ >= 1.f) continue;
      float other[32], share = fade_;
      sum(next_[side], side, other, frames);
      for (int i = 0; i < frames; i++) {
        share = std::min(1.f, share + fadeStep_);
        out[side][i] += (other[i] - out[side][i]) * share;
      }
    }
    if (fade_ < 1.f) {
      fade_ = std::min(1.f, fade_ + fadeStep_ * (float)frames);
      if (fade_ >= 1.f) std::copy(&next_[0][0], &next_[0][0] + 2 * kTaps, &now_[0][0]);
    }
  }

 private:
  static constexpr int kTaps = 12;
  static constexpr float kFadeSeconds = 0.06f;
  static constexpr float kPlace[2][kTaps] = {
      {0.f, .067f, .131f, .219f, .287f, .379f, .463f, .547f, .661f, .757f, .877f, 1.f},
      {.029f, .093f, .167f, .241f, .331f, .419f, .503f, .601f, .701f, .809f, .919f, .971f}};
  /// 1 / (1 + 2.5 place), alternating in threes, scaled to energy 1.
  static constexpr float kGain[2][kTaps] = {
      {.495f, .424f, -.373f, .320f, -.288f, .254f, .230f, -.209f, .187f, -.171f, .155f, .141f},
      {.462f, .402f, -.349f, .309f, -.271f, .242f, .220f, -.198f, .180f, -.164f, .150f, .144f}};

  /// A whole window, however many of its frames there are.
  void sum(const int* delays, int side, float* into, int frames) const noexcept {
    constexpr int kVectors = DelayRing::kGuard / kLanes;
    f32x4 total[kVectors] = {};
#pragma clang loop unroll(disable)
    for (int k = 0; k < kTaps; k++) {
      const float* x = ring_[k % 3 == 1 ? 1 - side : side].window(delays[k] + frames);
      const f32x4 gain = splat(kGain[side][k]);
      for (int v = 0; v < kVectors; v++) total[v] += gain * load4(x + v * kLanes);
    }
    for (int v = 0; v < kVectors; v++) store4(into + v * kLanes, total[v]);
  }

  DelayRing ring_[2];
  int now_[2][kTaps] = {}, next_[2][kTaps] = {};
  int most_ = 0;
  float sampleRate_ = 48000.f, fade_ = 1.f, fadeStep_ = 0.f;
  bool fresh_ = true;
};

}  // namespace sl
