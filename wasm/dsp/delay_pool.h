// Many short delay lines in one ring with one moving origin: cheap to step, easy on the cache. Audio thread.
#pragma once
#include <bit>
#include <cstdint>

#include "core/arena.h"

namespace sl {

/// Lines lie one behind the other in a ring; `step` moves all of them by one frame. Declare lines with `add` first.
class DelayPool {
 public:
  struct Line {
    int base = 0;
    int frames = 0;  ///< Longest read.
  };

  Line add(int frames) {
    const Line line{used_, frames};
    used_ += frames + 1;
    return line;
  }
  bool prepare(Arena& arena) {
    size_ = (int)std::bit_ceil((uint32_t)used_);
    data_ = arena.take<float>((std::size_t)size_);
    return data_ != nullptr;
  }
  /// Clears what was written since the last reset. The origin stays: what lies behind the last line is then overwritten
  /// before any line reads it.
  void reset(const Line* lines, int count) noexcept {
    for (int l = 0; l < count; l++) {
      const int n = written_ < lines[l].frames ? written_ : lines[l].frames;
      for (int k = 0; k <= n; k++) data_[(at_ + lines[l].base + k) & (size_ - 1)] = 0.f;
    }
    written_ = 0;
  }
  void step() noexcept {
    at_ = (at_ - 1) & (size_ - 1);
    written_ += written_ < size_ ? 1 : 0;
  }
  /// 0 is what was written in this step.
  float read(const Line& line, int frames) const noexcept { return data_[(at_ + line.base + frames) & (size_ - 1)]; }
  float end(const Line& line) const noexcept { return read(line, line.frames); }
  void write(const Line& line, float x) noexcept { data_[(at_ + line.base) & (size_ - 1)] = x; }
  int size() const noexcept { return size_; }

 private:
  float* data_ = nullptr;
  int size_ = 0;
  int used_ = 0;
  int at_ = 0;
  int written_ = 0;
};

/// Cubic Lagrange weights are applied to four neighbours, x1 at 0 and x2 at 1, read at `t` in 0..1.
inline float lagrange3(float x0, float x1, float x2, float x3, float t) {
  const float a = t + 1.f, b = t - 1.f, c = t - 2.f;
  return a * t * (b * x3 - 3.f * c * x2) * (1.f / 6.f) + b * c * (3.f * a * x1 - t * x0) * (1.f / 6.f);
}

}  // namespace sl
