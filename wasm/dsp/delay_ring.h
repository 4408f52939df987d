// A delay line that hands out contiguous windows, so that kernels read without wrapping. Audio thread except prepare.
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>

#include "core/arena.h"
#include "core/denormal.h"

namespace sl {

/// Ring of at least `frames` past samples. A window of up to kGuard samples can be read from any position: the first
/// kGuard cells are mirrored behind the last.
class DelayRing {
 public:
  static constexpr int kGuard = 32;

  bool prepare(Arena& arena, int frames) {
    size_ = (int)std::bit_ceil((uint32_t)(frames + kGuard));
    data_ = arena.take<float>((std::size_t)(size_ + kGuard));
    return data_ != nullptr;
  }
  /// Clears what was written since the last reset.
  void reset() noexcept {
    if (written_ >= size_) {
      std::memset(data_, 0, sizeof(float) * (std::size_t)(size_ + kGuard));
    } else if (written_ > 0) {
      std::memset(data_, 0, sizeof(float) * (std::size_t)written_);
      std::memset(data_ + size_, 0, sizeof(float) * kGuard);
    }
    written_ = 0;
    at_ = 0;
  }
  void write(float x) noexcept {
    data_[at_] = x;
    if (at_ < kGuard) data_[size_ + at_] = x;
    at_ = (at_ + 1) & (size_ - 1);
    if (written_ < size_) written_++;
  }
  /// `n` samples, one after the other, without subnormal numbers.
  void writeFlushed(const float* x, int n) noexcept {
    int i = 0;
    if (at_ >= kGuard && at_ + n <= size_) {
      float* to = data_ + at_;
      for (; i + kLanes <= n; i += kLanes) store4(to + i, flush(load4(x + i)));
      at_ = (at_ + i) & (size_ - 1);
      written_ = written_ + i < size_ ? written_ + i : size_;
    }
    for (; i < n; i++) write(flush(x[i]));
  }
  /// `n` samples in place, up to 32, `frames` late.
  void delay(float* x, int n, int frames) noexcept {
    int i = 0;
    if (frames >= n && at_ >= kGuard && at_ + n <= size_) {
      const float* from = window(frames);
      for (; i + kLanes <= n; i += kLanes) {
        const f32x4 late = load4(from + i);
        store4(data_ + at_ + i, load4(x + i));
        store4(x + i, late);
      }
      at_ = (at_ + i) & (size_ - 1);
      written_ = written_ + i < size_ ? written_ + i : size_;
    }
    for (; i < n; i++) {
      write(x[i]);
      x[i] = tap(frames + 1);
    }
  }
  /// The sample written `frames` ago; 1 is the last one.
  float tap(int frames) const noexcept { return data_[(at_ - frames) & (size_ - 1)]; }
  /// Ascending in time, beginning with tap(oldest); up to kGuard samples.
  const float* window(int oldest) const noexcept { return data_ + ((at_ - oldest) & (size_ - 1)); }
  /// A window of any length, or null where the ring ends within.
  const float* windowOf(int oldest, int length) const noexcept {
    const int place = (at_ - oldest) & (size_ - 1);
    return place + length <= size_ + kGuard ? data_ + place : nullptr;
  }
  /// Four windows as addresses.
  u32x4 windows(i32x4 oldest) const noexcept {
    const i32x4 place = (i32x4{at_, at_, at_, at_} - oldest) & i32x4{size_ - 1, size_ - 1, size_ - 1, size_ - 1};
    const uint32_t from = (uint32_t)(uintptr_t)data_;
    return (u32x4)(place << 2) + u32x4{from, from, from, from};
  }

 private:
  float* data_ = nullptr;
  int size_ = 0;
  int at_ = 0;
  int written_ = 0;
};

}  // namespace sl
