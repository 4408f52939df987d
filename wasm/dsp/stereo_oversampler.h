// Oversampling of two sides, as one while they are the same: mono is shaped once. Audio thread except prepare.
#pragma once
#include <bit>

#include "dsp/copy_block.h"
#include "dsp/oversampler.h"

namespace sl {

/// What a side gives depends on its last kMemoryFrames alone: once both have heard the same for as long, they give the
/// same bits, and one is worked out.
class StereoOversampler {
 public:
  void reset() noexcept {
    for (Oversampler& side : sides_) side.reset();
    alike_ = kMemoryFrames;
  }
  /// As Oversampler::process, of both sides; `shape` holds no state.
  template <class Shape>
  void process(const OversamplerDesign& d, const float (*in)[32], float (*out)[32], int n, bool fourfold,
               Shape&& shape) noexcept {
    if (same(in[0], in[1], n)) {
      alike_ = alike_ + n < kMemoryFrames ? alike_ + n : kMemoryFrames;
    } else {
      if (alike_ == kMemoryFrames) sides_[1] = sides_[0];
      alike_ = 0;
    }
    sides_[0].process(d, in[0], out[0], n, fourfold, shape);
    if (alike_ == kMemoryFrames)
      copy(out[1], out[0], n);
    else
      sides_[1].process(d, in[1], out[1], n, fourfold, shape);
  }

 private:
  /// More than all filters of a path hold together.
  static constexpr int kMemoryFrames = 3 * OversamplerDesign::kMaxOuter;

  /// Bit for bit.
  static bool same(const float* a, const float* b, int n) noexcept {
    i32x4 differ = {};
    int i = 0;
    for (; i + kLanes <= n; i += kLanes) differ |= (i32x4)load4(a + i) ^ (i32x4)load4(b + i);
    for (; i < n; i++) differ[0] |= std::bit_cast<int>(a[i]) ^ std::bit_cast<int>(b[i]);
    return !any(differ);
  }

  Oversampler sides_[2];
  int alike_ = kMemoryFrames;
};

}  // namespace sl
