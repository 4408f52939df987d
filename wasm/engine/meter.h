// Levels of one stereo signal for a latest-value slot: the maximum over the last 1600 frames, so that a reader at 60 Hz
// misses no peak. Audio thread.
#pragma once
#include "core/simd.h"
#include "core/unit.h"
#include "wire/seqlock.h"

namespace sl {

inline constexpr int kLevelSteps = 10;         ///< steps in the window
inline constexpr int kLevelBlocksPerStep = 5;  ///< micro-blocks in one step

class Meter {
 public:
  void clear() { *this = Meter(); }
  /// It was fed or read since `clear`.
  bool running() const { return running_; }

  void add(const float* left, const float* right) {
    f32x4 pl = splat(0.f), pr = pl, sl = pl, sr = pl;
    for (int i = 0; i < kMicroBlock; i += 4) {
      const f32x4 l = (f32x4)wasm_v128_load(left + i), r = (f32x4)wasm_v128_load(right + i);
      pl = max(pl, abs(l)), pr = max(pr, abs(r));
      sl += l * l, sr += r * r;
    }
    f32x4 peak = max(__builtin_shufflevector(pl, pr, 0, 4, 1, 5), __builtin_shufflevector(pl, pr, 2, 6, 3, 7));
    peak = max(peak, __builtin_shufflevector(peak, peak, 2, 3, 2, 3));
    f32x4 sum = steps_[at_];
    sum += __builtin_shufflevector(sl, sr, 0, 4, 0, 4);
    sum += __builtin_shufflevector(sl, sr, 1, 5, 1, 5);
    sum += __builtin_shufflevector(sl, sr, 2, 6, 2, 6);
    sum += __builtin_shufflevector(sl, sr, 3, 7, 3, 7);
    steps_[at_] = __builtin_shufflevector(max(steps_[at_], peak), sum, 0, 1, 6, 7);
  }

  /// Call once per micro-block after `add`; true when a step is complete and the slot should be written.
  bool tick() {
    running_ = true;
    if (++blocks_ < kLevelBlocksPerStep) return false;
    blocks_ = 0;
    at_ = (at_ + 1) % kLevelSteps;
    return true;
  }

  /// Writes the maxima, then opens the next step.
  void publish(Slot& slot) {
    f32x4 top = splat(0.f);
    for (const f32x4 step : steps_) top = max(top, step);
    constexpr float kFrames = kMicroBlock * kLevelBlocksPerStep;
    SlotWriter writer(slot);
    writer.put(top[0]);
    writer.put(top[1]);
    writer.put(__builtin_sqrtf(top[2] / kFrames));
    writer.put(__builtin_sqrtf(top[3] / kFrames));
  }

  void openStep() { steps_[at_] = {}; }

 private:
  f32x4 steps_[kLevelSteps]{};  ///< peak left, right, sum of squares left, right
  int at_ = 0, blocks_ = 0;
  bool running_ = false;
};

}  // namespace sl
