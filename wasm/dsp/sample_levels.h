// A sample at its own rate and at halves of it, for reading at any speed. Made by the allocating instance, read by the
// audio thread.
#pragma once
#include <cstring>

#include "core/asset.h"
#include "dsp/sinc_bank.h"

namespace sl {

/// Level i holds every 2^i-th frame, low-passed: flat to 0.9 of its Nyquist frequency, what folds lands above that.
/// Frame k of level i is at frame k * 2^i of the sample.
struct SampleLevels {
  static constexpr int kMost = 7;
  int count;
  int frames[kMost];
  const float* channel[kMost][2];
  const SincBank* kernels;

  /// The level to read at `speed` frames of the sample a frame, so that it is at most two of the level's.
  int levelFor(float speed) const noexcept {
    int level = 0;
    for (; speed > 2.0001f && level < count - 1; speed *= 0.5f) level++;
    return level;
  }
};

namespace half {
inline constexpr int kPairs = 32;  ///< 127 taps, every other one 0: stop band -100 dB from 1.1 of the new Nyquist
inline constexpr double kBeta = 10.;
}  // namespace half

inline int sampleLevelCount(int frames) {
  int count = 1;
  while (count < SampleLevels::kMost && (frames >> count) >= 64) count++;
  return count;
}
inline int levelFrames(int frames, int level) { return (frames + (1 << level) - 1) >> level; }

inline std::size_t sampleLevelsBytes(const Asset& asset) {
  const int channels = asset.channels > 1 ? 2 : 1;
  std::size_t floats = 0;
  for (int level = 1; level < sampleLevelCount(asset.frames); level++)
    floats += (std::size_t)channels * (std::size_t)(levelFrames(asset.frames, level) + 2 * kAssetPad);
  return ((sizeof(SampleLevels) + 63) & ~std::size_t(63)) + floats * sizeof(float);
}

/// Every other frame of `from` (`before` of them), low-passed: in chunks, the odd frames side by side.
inline void decimate(const float* weights, const float* from, int before, float* to, int frames) {
  constexpr int kChunk = 256;
  float odd[kChunk + 2 * half::kPairs];
  for (int at = 0; at < frames; at += kChunk) {
    const int n = frames - at < kChunk ? frames - at : kChunk;
    for (int j = 0; j < n + 2 * half::kPairs; j++) {
      const int index = 2 * (at + j - half::kPairs) + 1;
      odd[j] = index >= 0 && index < before ? from[index] : 0.f;
    }
    for (int i = 0; i < n; i++) {
      const float* x = odd + half::kPairs + i;
      float y = 0.5f * from[2 * (at + i)];
      for (int k = 0; k < half::kPairs; k++) y += weights[k] * (x[k] + x[-1 - k]);
      to[at + i] = y;
    }
  }
}

/// `room` is zeroed.
inline const SampleLevels* makeSampleLevels(void* room, const Asset& asset, const SincBank* kernels) {
  auto* levels = static_cast<SampleLevels*>(room);
  auto* at = reinterpret_cast<float*>(static_cast<uint8_t*>(room) + ((sizeof(SampleLevels) + 63) & ~std::size_t(63)));
  float weights[half::kPairs];
  double sum = 0.;
  for (int k = 0; k < half::kPairs; k++) {
    const double x = 2 * k + 1;
    const double w = std::sin(0.5 * M_PI * x) / (M_PI * x) * kaiser(x / (2. * half::kPairs), half::kBeta);
    weights[k] = (float)w;
    sum += w;
  }
  for (float& w : weights) w = (float)(w * 0.25 / sum);  // the pairs carry half of the gain, the middle the other
  const int channels = asset.channels > 1 ? 2 : 1;
  levels->kernels = kernels;
  levels->count = sampleLevelCount(asset.frames);
  levels->frames[0] = asset.frames;
  for (int c = 0; c < 2; c++) levels->channel[0][c] = asset.channel[c];
  for (int level = 1; level < levels->count; level++) {
    const int frames = levelFrames(asset.frames, level), before = levels->frames[level - 1];
    levels->frames[level] = frames;
    for (int c = 0; c < channels; c++) {
      const float* from = levels->channel[level - 1][c];
      float* to = at + kAssetPad;
      decimate(weights, from, before, to, frames);
      levels->channel[level][c] = to;
      at += frames + 2 * kAssetPad;
    }
    if (channels == 1) levels->channel[level][1] = levels->channel[level][0];
  }
  return levels;
}

}  // namespace sl
