// Convolution of stereo with a long impulse response, without latency and at an even cost. Audio thread except prepare.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/denormal.h"
#include "dsp/convolution_level.h"

namespace sl {

/// The first 32 taps directly, what follows in partitions of 32, 512 and 8192 (Gardner, "Efficient Convolution without
/// Input-Output Delay", JAES 1995). Partitions of 32 are done where their block ends; a longer level begins two blocks
/// into the response, so that its work has a whole block to spread over. Growth by 16 needs few transforms and few
/// products for any length up to 10 s (Wefers 2014, ch. 6, by the costs measured here).
class Convolver {
 public:
  static constexpr int kHead = 32, kLevels = 3;

  /// `taps` of the response; `read(into, n)` hands out the next `n` of them, from the first on, into `routes` arrays
  /// (see ConvolutionLevel; zeros behind the last). Zeroed memory.
  template <class Read>
  bool prepare(int taps, int routes, float sampleRate, Arena& arena, Read read) {
    routes_ = routes;
    levels_ = 0;
    for (int l = 0; l < kLevels && (l == 0 || taps > kFirst[l]); l++) levels_ = l + 1;
    bool there = true;
    for (int l = 0; l < levels_; l++) {
      const int end = l + 1 < levels_ ? kFirst[l + 1] : std::max(taps, kFirst[l] + 1);
      const int count = (end - kFirst[l] + kBlock[l] - 1) / kBlock[l];
      // The longest blocks fade in slopes, unless the response is so long that any fade is slow.
      const bool sloped = l == kLevels - 1 && (float)taps < kSlopedSeconds * sampleRate;
      there = level_[l].prepare(kBlock[l], count, routes, sloped, arena) && there;
    }
    size_ = 4 * kBlock[levels_ - 1];
    for (float*& ring : ring_) ring = arena.take<float>((std::size_t)size_, 64);
    float* piece = arena.take<float>(4 * (std::size_t)kBlock[levels_ - 1]);
    if (!there || !ring_[1] || !piece) return arena.measuring();
    float* into[4] = {head_[0], head_[1], head_[2], head_[3]};
    read(into, kHead);
    for (int l = 0; l < levels_; l++) {
      for (int r = 0; r < 4; r++) into[r] = piece + r * kBlock[l];
      for (int p = 0; p < level_[l].partitions(); p++) {
        read(into, kBlock[l]);
        level_[l].setPartition(p, into);
      }
    }
    reset();
    return true;
  }
  void reset() noexcept {
    for (int l = 0; l < levels_; l++) level_[l].reset();
    for (float* ring : ring_)  // the block before the first
      std::memset(ring + size_ - kBlock[levels_ - 1], 0, sizeof(float) * (std::size_t)kBlock[levels_ - 1]);
    std::memset(past_, 0, sizeof past_);
    at_ = 0;
  }
  /// Up to 32 frames; `out` is written. `decayPerFrame`, and `spare` of the longest partitions: see
  /// ConvolutionLevel::start.
  void process(const float* left, const float* right, float* outLeft, float* outRight, int frames, float decayPerFrame,
               float spare) noexcept {
    for (int done = 0; done < frames;) {
      const int n = std::min(frames - done, kHead - (at_ & (kHead - 1)));
      piece(left + done, right + done, outLeft + done, outRight + done, n);
      done += n;
      if ((at_ & (kHead - 1)) == 0) turn(decayPerFrame, spare);
    }
  }

 private:
  static constexpr int kBlock[kLevels] = {32, 512, 8192};
  static constexpr float kSlopedSeconds = 4.f;
  static constexpr int kFirst[kLevels] = {kBlock[0], 2 * kBlock[1], 2 * kBlock[2]};

  void piece(const float* left, const float* right, float* outLeft, float* outRight, int n) noexcept {
    const float* in[2] = {left, right};
    for (int side = 0; side < 2; side++) {
      float* now = past_[side] + kHead;
      for (int i = 0; i < n; i++) now[i] = flush(in[side][i]);
      std::memcpy(ring_[side] + at_, now, sizeof(float) * (std::size_t)n);
    }
    float out[2][kHead] = {};
    direct(out, n);
    for (int l = 0; l < levels_; l++) {
      const int from = at_ & (kBlock[l] - 1);
      const float *a = level_[l].left() + from, *b = level_[l].right() + from;
      for (int i = 0; i < n; i++) out[0][i] += a[i], out[1][i] += b[i];
    }
    std::memcpy(outLeft, out[0], sizeof(float) * (std::size_t)n);
    std::memcpy(outRight, out[1], sizeof(float) * (std::size_t)n);
    for (float* past : past_) std::memmove(past, past + n, sizeof(float) * kHead);
    at_ = (at_ + n) & (size_ - 1);
  }
  /// Four frames at a time; what lies behind the last of them comes out unused.
  void direct(float (*out)[kHead], int n) const noexcept {
    for (int i = 0; i < n; i += 4) {
      f32x4 left = splat(0.f), right = splat(0.f);
      for (int k = 0; k < kHead; k++) {
        const f32x4 a = load4(past_[0] + kHead + i - k), b = load4(past_[1] + kHead + i - k);
        left += a * splat(head_[0][k]);
        right += b * splat(head_[routes_ > 1 ? 1 : 0][k]);
        if (routes_ < 4) continue;
        right += a * splat(head_[2][k]);
        left += b * splat(head_[3][k]);
      }
      store4(out[0] + i, left);
      store4(out[1] + i, right);
    }
  }
  /// At the end of 32 frames: begins what has a block complete, does the others' share.
  void turn(float decayPerFrame, float spare) noexcept {
    for (int l = 0; l < levels_; l++) {
      const int block = kBlock[l], slots = block / kHead, slot = (at_ & (block - 1)) / kHead;
      if (slot == 0) {
        if (l > 0) level_[l].publish();
        const int now = (at_ - block) & (size_ - 1), before = (at_ - 2 * block) & (size_ - 1);
        const float* left[2] = {ring_[0] + before, ring_[0] + now};
        const float* right[2] = {ring_[1] + before, ring_[1] + now};
        level_[l].start(left, right, decayPerFrame, kFirst[l], l == kLevels - 1 ? spare : 0.f);
      }
      level_[l].work(slot, slots);
      if (l == 0) level_[l].publish();
    }
  }

  ConvolutionLevel level_[kLevels];
  alignas(16) float head_[4][kHead] = {};
  alignas(16) float past_[2][2 * kHead + 4] = {};
  float* ring_[2] = {};
  int levels_ = 0, routes_ = 2, size_ = 0, at_ = 0;
};

}  // namespace sl
