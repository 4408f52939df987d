// Many delay lines in one ring with one moving origin, read and written a block at a time. Audio thread.
#pragma once
#include <bit>
#include <cstdint>

#include "core/arena.h"
#include "core/simd.h"

namespace sl {

/// Lines lie one behind the other in a ring; `advance` moves all of them at the end of a block. Lines are read and
/// written a block at a time, so every delay that is read is at least a block long. Declare lines with `add` first.
class DelayPool {
 public:
  static constexpr int kBlock = 32;  ///< Most frames of a block.
  struct Line {
    int base = 0;
    int frames = 0;  ///< Longest read.
  };

  Line add(int frames) {
    used_ += frames + kBlock + 4;
    return Line{used_, frames};
  }
  bool prepare(Arena& arena) {
    size_ = (int)std::bit_ceil((uint32_t)(used_ + kBlock));
    data_ = arena.take<float>((std::size_t)size_);
    return data_ != nullptr;
  }
  /// Clears what was written since the last reset; older cells are zero or are written before any line reads them.
  void reset(const Line* lines, int count) noexcept {
    for (int l = 0; l < count; l++) {
      const int n = written_ < lines[l].frames ? written_ : lines[l].frames;
      for (int k = 1; k <= n; k++) data_[(at_ + lines[l].base - k) & (size_ - 1)] = 0.f;
    }
    written_ = 0;
  }
  /// What the line held `delay` frames before each of the block's `n` frames, `n` <= `delay`; up to three more follow.
  /// `scratch` holds it where the ring ends within.
  const float* read(const Line& line, int delay, int n, float* scratch) const noexcept {
    const int from = (at_ + line.base - delay) & (size_ - 1);
    if (from + whole(n) <= size_) return data_ + from;
    for (int i = 0; i < n; i++) scratch[i] = data_[(from + i) & (size_ - 1)];
    return scratch;
  }
  /// Bits of the last cells that `read` of a whole block will meet: asking for those of all lines at once, ahead of
  /// what is done with them, has the caches fetch them side by side. Lines in hand are the last block's.
  uint32_t touch(const Line& line, int delay) const noexcept {
    const int from = at_ + line.base - delay;
    return bits(from + kBlock / 2 - 1) ^ bits(from + kBlock - 1);
  }
  /// Four neighbours for one frame of the block, the oldest (`delay` frames before it) first.
  f32x4 readFour(const Line& line, int delay, int frame) const noexcept {
    const int from = (at_ + frame + line.base - delay) & (size_ - 1);
    if (from + kLanes <= size_) return load4(data_ + from);
    f32x4 x;
    for (int k = 0; k < kLanes; k++) x[k] = data_[(from + k) & (size_ - 1)];
    return x;
  }
  /// As four of `readFour`, one for each frame of a group, all at one delay: cell k of every frame. Null where the ring
  /// ends within.
  const float* group(const Line& line, int delay, int frame) const noexcept {
    const int from = (at_ + frame + line.base - delay) & (size_ - 1);
    return from + 2 * kLanes <= size_ ? data_ + from : nullptr;
  }
  /// Where the block's frames are written; `wrote` puts them in place where the ring ends within.
  float* room(const Line& line, int n, float* scratch) noexcept {
    const int to = (at_ + line.base) & (size_ - 1);
    return to + whole(n) <= size_ ? data_ + to : scratch;
  }
  void wrote(const Line& line, int n, const float* room, const float* scratch) noexcept {
    if (room != scratch) return;
    const int to = (at_ + line.base) & (size_ - 1);
    for (int i = 0; i < n; i++) data_[(to + i) & (size_ - 1)] = scratch[i];
  }
  void advance(int n) noexcept {
    at_ = (at_ + n) & (size_ - 1);
    written_ = written_ + n < size_ ? written_ + n : size_;
  }

 private:
  uint32_t bits(int place) const noexcept { return std::bit_cast<uint32_t>(data_[place & (size_ - 1)]); }
  /// Vectors take up to three frames more.
  static constexpr int whole(int n) { return (n + 3) & ~3; }

  float* data_ = nullptr;
  int size_ = 0;
  int used_ = 0;
  int at_ = 0;
  int written_ = 0;
};

/// Cubic Lagrange weights are applied to four neighbours, x1 at 0 and x2 at 1, read at `t` in 0..1.
template <class T>
T lagrange3(T x0, T x1, T x2, T x3, T t) {
  const T a = t + 1.f, b = t - 1.f, c = t - 2.f;
  return a * t * (b * x3 - 3.f * c * x2) * (1.f / 6.f) + b * c * (3.f * a * x1 - t * x0) * (1.f / 6.f);
}

}  // namespace sl
