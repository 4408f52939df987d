// Reading a wavetable bank for four voices: mip level, two neighbouring frames, cubic B-spline. Audio thread.
#pragma once
#include "dsp/wavetable.h"
#include "dsp/wavetable_bank.h"

namespace sl {

/// Reads the four voices' levels at a place between two frames; `aim` moves the place.
class BankReader {
 public:
  BankReader(const WaveBank& bank, const int8_t* level) : last_((float)(bank.frames - 1)) {
    for (int i = 0; i < kLanes; i++) {
      level_[i] = &bank.levels[level[i]];
      down_[i] = 32 - level_[i]->log2Points;
      points_[i] = 1u << level_[i]->log2Points;
    }
  }

  /// `position` 0..1 over all frames.
  void aim(f32x4 position) {
    const f32x4 place = clamp(position, 0.f, 1.f) * splat(last_);
    const f32x4 frame = floor(min(place, splat(last_ > 1.f ? last_ - 0.5f : 0.f)));
    const f32x4 share = place - frame;
    const i32x4 index = toInt(frame);
    for (int i = 0; i < kLanes; i++) {
      at_[i] = level_[i]->weights + (std::size_t)index[i] * level_[i]->stride;
      next_[i] = last_ > 0.f ? at_[i] + level_[i]->stride : at_[i];
      share_[i] = splat(share[i]);
    }
    morphs_ = any(share != splat(0.f));
  }
  bool morphs() const { return morphs_; }

  template <bool kMorph>
  f32x4 read(u32x4 phase) const {
    f32x4 p[kLanes];
    for (int i = 0; i < kLanes; i++) {
      const uint32_t k = phase[i] >> down_[i];
      p[i] = load4(at_[i] + k);
      if constexpr (kMorph) p[i] += (load4(next_[i] + k) - p[i]) * share_[i];
    }
    transpose(p[0], p[1], p[2], p[3]);
    const f32x4 t = toFloat((i32x4)((phase * points_) >> 8)) * splat(1.f / 16777216.f);
    // The weights hold the spline's sixth.
    const f32x4 outer = p[0] + p[2], c2 = splat(3.f) * outer - splat(6.f) * p[1];
    const f32x4 c1 = splat(3.f) * (p[2] - p[0]), c3 = (p[3] - p[0]) + splat(3.f) * (p[1] - p[2]);
    return ((c3 * t + c2) * t + c1) * t + (outer + splat(4.f) * p[1]);
  }
  f32x4 read(u32x4 phase) const { return morphs_ ? read<true>(phase) : read<false>(phase); }

 private:
  const WaveBankLevel* level_[kLanes];
  const float *at_[kLanes], *next_[kLanes];
  f32x4 share_[kLanes];
  uint32_t down_[kLanes];
  u32x4 points_;
  float last_;
  bool morphs_ = false;
};

}  // namespace sl
