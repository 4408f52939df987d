// A delay line that hands out contiguous windows, so that kernels read without wrapping. Audio thread except prepare.
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>

#include "core/arena.h"

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
  /// The sample written `frames` ago; 1 is the last one.
  float tap(int frames) const noexcept { return data_[(at_ - frames) & (size_ - 1)]; }
  /// Ascending in time, beginning with tap(oldest); up to kGuard samples.
  const float* window(int oldest) const noexcept { return data_ + ((at_ - oldest) & (size_ - 1)); }

 private:
  float* data_ = nullptr;
  int size_ = 0;
  int at_ = 0;
  int written_ = 0;
};

}  // namespace sl
