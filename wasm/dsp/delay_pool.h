// Many delay lines in one ring with one moving origin, read and written a block at a time. Audio thread.
#pragma once
#include <cstdint>
#include <cstring>

#include "core/arena.h"
#include "core/simd.h"

namespace sl {

/// Lines lie one behind the other in a ring; `advance` moves all of them at the end of a block, so that where a line
/// writes is what the next one read last and still is in the cache. Lines are read and written a block at a time, so
/// every delay that is read is at least a block long. The ring is as long as its lines are together: it is streamed
/// through. Its first cells are there again behind its last, so that nothing is read in two parts. Declare lines with
/// `add` first.
class DelayPool {
 public:
  static constexpr int kBlock = 32;  ///< Most frames of a block.
  struct Line {
    int base = 0;
    int frames = 0;  ///< Longest read.
  };

  Line add(int frames) {
    used_ += (frames + kBlock + kLanes + kLine - 1) / kLine * kLine;
    return Line{used_, frames};
  }
  bool prepare(Arena& arena) {
    data_ = arena.take<float>((std::size_t)(used_ + kGuard), sizeof(float) * kLine);
    return data_ != nullptr;
  }
  /// Clears what was written since the last reset; older cells are zero or are written before any line reads them.
  void reset(const Line* lines, int count) noexcept {
    for (int l = 0; l < count; l++) {
      const int n = written_ < lines[l].frames ? written_ : lines[l].frames;
      const int from = place(lines[l].base - n), straight = n < used_ - from ? n : used_ - from;
      std::memset(data_ + from, 0, sizeof(float) * (std::size_t)straight);
      std::memset(data_, 0, sizeof(float) * (std::size_t)(n - straight));
    }
    std::memcpy(data_ + used_, data_, sizeof(float) * kGuard);
    written_ = 0;
  }
  /// Where the line holds what it held `delay` frames before the block; up to kGuard frames follow.
  const float* read(const Line& line, int delay) const noexcept { return read(line.base - delay); }
  const float* read(int offset) const noexcept { return data_ + place(offset); }
  /// Where the block's frames are written; `wrote` puts them in place where that is not in one place.
  float* room(const Line& line, float* scratch) noexcept {
    const int to = place(line.base);
    return to >= kGuard && to + kBlock <= used_ ? data_ + to : scratch;
  }
  void wrote(const Line& line, int n, const float* room, const float* scratch) noexcept {
    if (room == scratch) wrap(line, n, scratch);
  }
  void advance(int n) noexcept {
    at_ = place(n);
    written_ = written_ + n < used_ ? written_ + n : used_;
  }

 private:
  [[gnu::noinline]] void wrap(const Line& line, int n, const float* scratch) noexcept {
    for (int i = 0, to = place(line.base); i < n; i++, to = to + 1 == used_ ? 0 : to + 1) {
      data_[to] = scratch[i];
      if (to < kGuard) data_[used_ + to] = scratch[i];
    }
  }
  /// A block, the rest of its last vector, and what an interpolation reads around.
  static constexpr int kGuard = kBlock + 2 * kLanes;
  static constexpr int kLine = 16;  ///< Frames of a line of the cache: what is written in whole blocks is aligned.

  int place(int offset) const noexcept {
    const int to = at_ + offset;
    return to >= used_ ? to - used_ : to;
  }

  float* data_ = nullptr;
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
