// Levels of one stereo signal for a latest-value slot: the maximum over the last 1600 frames, so that a reader at 60 Hz
// misses no peak. Audio thread.
#pragma once
#include "core/simd.h"
#include "core/unit.h"
#include "wire/seqlock.h"

namespace sl {

inline constexpr int kLevelSteps = 10;         ///< steps in the window
inline constexpr int kLevelBlocksPerStep = 5;  ///< micro-blocks in one step

class alignas(64) Meter {
 public:
  void clear() { *this = Meter(); }

  void add(const float* left, const float* right) {
    const auto magnitude = (v128_t)opaque((f32x4)wasm_i32x4_splat(0x7fffffff));
    f32x4 pl = opaque(splat(0.f)), pr = pl, sl = pl, sr = pl;
    for (int i = 0; i < kMicroBlock; i += kLanes) {
      const f32x4 l = load4(left + i), r = load4(right + i);
      pl = max(pl, (f32x4)((v128_t)l & magnitude)), pr = max(pr, (f32x4)((v128_t)r & magnitude));
      sl += l * l, sr += r * r;
    }
    f32x4 peak = max(__builtin_shufflevector(pl, pr, 0, 4, 1, 5), __builtin_shufflevector(pl, pr, 2, 6, 3, 7));
    peak = max(peak, __builtin_shufflevector(peak, peak, 2, 3, 2, 3));
    f32x4 sum = now_;
    sum += __builtin_shufflevector(sl, sr, 0, 4, 0, 4);
    sum += __builtin_shufflevector(sl, sr, 1, 5, 1, 5);
    sum += __builtin_shufflevector(sl, sr, 2, 6, 2, 6);
    sum += __builtin_shufflevector(sl, sr, 3, 7, 3, 7);
    now_ = __builtin_shufflevector(max(now_, peak), sum, 0, 1, 6, 7);
  }

  /// Call once per micro-block after `add`; true when a step is complete and the slot should be written.
  bool tick() {
    if (++blocks_ < kLevelBlocksPerStep) return false;
    steps_[at_] = now_;
    now_ = {};
    blocks_ = 0;
    at_ = (at_ + 1) % kLevelSteps;
    return true;
  }

  /// Writes the maxima of the steps that are complete.
  void publish(Slot& slot) const {
    f32x4 top = splat(0.f);
    for (const f32x4 step : steps_) top = max(top, step);
    constexpr float kFrames = kMicroBlock * kLevelBlocksPerStep;
    SlotWriter writer(slot);
    writer.put(top[0]);
    writer.put(top[1]);
    writer.put(__builtin_sqrtf(top[2] / kFrames));
    writer.put(__builtin_sqrtf(top[3] / kFrames));
  }

 private:
  f32x4 now_{};  ///< of the present step: peak left, right, sum of squares left, right
  int at_ = 0, blocks_ = 0;
  f32x4 steps_[kLevelSteps]{};
};

}  // namespace sl
