// What a lookahead limiter does to its gain: a sliding minimum and running means, in fixed point. Audio thread except
// prepare.
#pragma once
#include <bit>
#include <cstdint>

#include "core/arena.h"

namespace sl {

/// Gains 0..1 as integers: running sums never drift, and unity comes back as exactly unity.
inline constexpr uint32_t kUnityGain = 1u << 30;

/// Minimum of the last `frames` values by a monotonic queue: at most two steps per value on average.
class SlidingMinimum {
 public:
  bool prepare(Arena& arena, int frames) {
    frames_ = (uint32_t)frames;
    mask_ = std::bit_ceil(frames_ + 1) - 1;
    queue_ = arena.take<Entry>(mask_ + 1);
    return queue_ != nullptr;
  }
  void reset() noexcept { head_ = tail_ = now_ = 0; }
  /// Whether all of the last `frames` values are `value`, the highest there is.
  bool all(uint32_t value) const noexcept { return tail_ - head_ == 1 && queue_[head_ & mask_].value == value; }
  /// As `n` times `next` with the value that `all` of them are.
  void skip(int n) noexcept {
    now_ += (uint32_t)n;
    queue_[head_ & mask_].at = now_ - 1;
  }
  uint32_t next(uint32_t value) noexcept {
    while (tail_ != head_ && queue_[(tail_ - 1) & mask_].value >= value) tail_--;
    queue_[tail_++ & mask_] = {value, now_};
    if (now_ - queue_[head_ & mask_].at >= frames_) head_++;
    now_++;
    return queue_[head_ & mask_].value;
  }

 private:
  struct Entry {
    uint32_t value, at;
  };
  Entry* queue_ = nullptr;
  uint32_t frames_ = 1, mask_ = 0, head_ = 0, tail_ = 0, now_ = 0;
};

/// Sum of the last `frames` values; before the first ones, `rest` counts.
class RunningSum {
 public:
  bool prepare(Arena& arena, int frames) {
    frames_ = frames;
    ring_ = arena.take<int64_t>((std::size_t)frames);
    return ring_ != nullptr;
  }
  void reset(int64_t rest) noexcept {
    for (int i = 0; i < frames_; i++) ring_[i] = rest;
    sum_ = rest * frames_;
    at_ = 0;
  }
  int64_t next(int64_t value) noexcept {
    sum_ += value - ring_[at_];
    ring_[at_] = value;
    at_ = at_ + 1 == frames_ ? 0 : at_ + 1;
    return sum_;
  }
  int frames() const noexcept { return frames_; }
  /// Whether all of them are `value`, the highest there is: then more of it changes nothing.
  bool all(int64_t value) const noexcept { return sum_ == value * frames_; }

 private:
  int64_t* ring_ = nullptr;
  int64_t sum_ = 0;
  int frames_ = 1;
  int at_ = 0;
};

}  // namespace sl
