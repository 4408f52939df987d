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
    Step& s = steps_[at_];
    for (int k = 0; k < 4; k++) {
      if (pl[k] > s.peakLeft) s.peakLeft = pl[k];
      if (pr[k] > s.peakRight) s.peakRight = pr[k];
      s.sumLeft += sl[k], s.sumRight += sr[k];
    }
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
    Step top{};
    for (const Step& s : steps_) {
      if (s.peakLeft > top.peakLeft) top.peakLeft = s.peakLeft;
      if (s.peakRight > top.peakRight) top.peakRight = s.peakRight;
      if (s.sumLeft > top.sumLeft) top.sumLeft = s.sumLeft;
      if (s.sumRight > top.sumRight) top.sumRight = s.sumRight;
    }
    constexpr float kFrames = kMicroBlock * kLevelBlocksPerStep;
    SlotWriter writer(slot);
    writer.put(top.peakLeft);
    writer.put(top.peakRight);
    writer.put(__builtin_sqrtf(top.sumLeft / kFrames));
    writer.put(__builtin_sqrtf(top.sumRight / kFrames));
  }

  void openStep() { steps_[at_] = {}; }

 private:
  struct Step {
    float peakLeft, peakRight, sumLeft, sumRight;
  };
  Step steps_[kLevelSteps]{};
  int at_ = 0, blocks_ = 0;
  bool running_ = false;
};

}  // namespace sl
