// A stereo delay of whole frames in front of a reverb: nothing at 0, a crossfade when the time changes. Audio thread
// except prepare.
#pragma once
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/arena.h"
#include "core/param.h"
#include "dsp/copy_block.h"

namespace sl {

class Predelay {
 public:
  static constexpr float kMaxSeconds = 0.5f, kFadeSeconds = 0.02f;

  static constexpr Param param(float init) {
    return {.id = "predelay",
            .label = "Pre-delay",
            .doc = "Silence before the reverb begins.",
            .unit = Unit::seconds,
            .min = 0.f,
            .max = kMaxSeconds,
            .init = init,
            .smooth = Smooth::fade};
  }
  bool prepare(Arena& arena, float sampleRate) {
    sampleRate_ = sampleRate;
    fadeStep_ = 1.f / (kFadeSeconds * sampleRate);
    size_ = (int)std::bit_ceil((uint32_t)(kMaxSeconds * sampleRate) + 64);
    for (float*& line : line_) line = arena.take<float>((std::size_t)size_);
    return line_[1] != nullptr;
  }
  void reset() noexcept {
    for (float* line : line_) std::memset(line, 0, sizeof(float) * (std::size_t)written_);
    at_ = written_ = now_ = next_ = 0;
    fade_ = 1.f;
    fresh_ = true;
  }
  /// In place, up to 32 frames.
  void process(float* left, float* right, int frames, float seconds) noexcept {
    const int wanted = (int)std::lround(std::clamp(seconds, 0.f, kMaxSeconds) * sampleRate_);
    if (fresh_) now_ = wanted;
    fresh_ = false;
    if (fade_ >= 1.f && wanted != now_) {
      next_ = wanted;
      fade_ = 0.f;
    }
    float* channel[2] = {left, right};
    const bool stands = fade_ >= 1.f;
    for (int c = 0; c < 2; c++) {
      eachRun(at_, frames, [&](int cell, int i, int n) { copy(line_[c] + cell, channel[c] + i, n); });
      if (stands && now_ > 0)
        eachRun((at_ - now_) & mask(), frames,
                [&](int cell, int i, int n) { copy(channel[c] + i, line_[c] + cell, n); });
    }
    for (int i = 0; i < frames && !stands; i++) {
      const int from = at_ + i - now_;
      for (int c = 0; c < 2; c++) channel[c][i] = line_[c][from & mask()];
      if (fade_ >= 1.f) continue;
      fade_ = std::min(fade_ + fadeStep_, 1.f);
      for (int c = 0; c < 2; c++) channel[c][i] += (line_[c][(at_ + i - next_) & mask()] - channel[c][i]) * fade_;
      if (fade_ >= 1.f) now_ = next_;
    }
    at_ = (at_ + frames) & mask();
    written_ = std::min(written_ + frames, size_);
  }
  int frames() const noexcept { return std::max(now_, next_); }

 private:
  int mask() const noexcept { return size_ - 1; }
  /// Calls what(cell, frame, frames) for the part before the ring's end and for the one behind it.
  template <class What>
  void eachRun(int cell, int frames, What what) const noexcept {
    const int before = std::min(frames, size_ - cell);
    what(cell, 0, before);
    if (before < frames) what(0, before, frames - before);
  }
  float* line_[2] = {};
  int size_ = 0, at_ = 0, written_ = 0;
  int now_ = 0, next_ = 0;
  float sampleRate_ = 48000.f, fadeStep_ = 0.f, fade_ = 1.f;
  bool fresh_ = true;
};

}  // namespace sl
