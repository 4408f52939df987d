// A delay line for moving read positions: chorus, ensemble and flanger are taps on it. Audio thread except prepare.
#pragma once
#include "dsp/delay_ring.h"
#include "dsp/math.h"
#include "dsp/sinc_kernel.h"
#include "dsp/wavetable.h"

namespace sl {

/// One channel. Reads go through the 16-tap sinc table, so a sweep adds neither images nor zipper noise (below -100
/// dB).
class ModulatedLine {
 public:
  static constexpr int kMinFrames = SincTable::kNewest + 1;  ///< Shortest delay that can be read before `write`.

  bool prepare(Arena& arena, int maxFrames) { return ring_.prepare(arena, maxFrames + SincTable::kTaps); }
  void reset() noexcept { ring_.reset(); }
  void write(float x) noexcept { ring_.write(flush(x)); }
  /// What was written `frames` (>= kMinFrames) ago, for the frame that is not written yet.
  float read(const SincTable& table, double frames) const noexcept {
    const int whole = (int)frames + 1;
    return table.read(ring_.window(whole + SincTable::kNewest - 1), (float)(whole - frames));
  }
  void write(const float* x, int n) noexcept { ring_.writeFlushed(x, n); }

 private:
  friend class LineTaps;
  DelayRing ring_;
};

/// Up to four taps whose delays are whole blocks, read before any frame of the block is written.
class LineTaps {
 public:
  static constexpr int kBlock = 32;

  /// Without modulation.
  void prepare(const double (&frames)[kLanes]) {
    for (int v = 0; v < kLanes; v++) {
      whole_[v] = (int)frames[v];
      rest_[v] = (float)(frames[v] - whole_[v]);
    }
  }
  /// The sum of the first `count` taps, `gain` and `ahead` (frames) of each in a lane, before the four lanes of the
  /// result are added up; `frame` of the block.
  f32x4 read(const ModulatedLine& line, const SincTable& table, int count, f32x4 ahead, f32x4 gain,
             int frame) const noexcept {
    // What the modulation has of whole frames goes first, so that no digit of the fraction is lost.
    const f32x4 whole = floor(ahead), back = (ahead - whole) + rest_, over = floor(back);
    const f32x4 at = (splat(1.f) - (back - over)) * splat((float)SincTable::kPhases), base = floor(at);
    const i32x4 oldest = whole_ + integer(whole + over) + splatI(SincTable::kNewest);
    alignas(16) int window[kLanes], row[kLanes];
    alignas(16) float blend[kLanes], share[kLanes];
    wasm_v128_store(window, (v128_t)line.ring_.windows(oldest, frame));
    wasm_v128_store(row, (v128_t)integer(base));
    store4(blend, at - base), store4(share, gain);
    f32x4 sum = splat(0.f);
    for (int v = 0; v < count; v++)
      sum += table.lanes(line.ring_.windowAt(window[v]), row[v], splat(blend[v])) * splat(share[v]);
    return sum;
  }

 private:
  /// Of whole numbers below 2^22: a saturating conversion takes five times as long.
  static i32x4 integer(f32x4 x) { return (i32x4)(x + splat(12582912.f)) - splatI(0x4b400000); }

  i32x4 whole_{};
  f32x4 rest_{};
};

/// Adds up the lanes of each frame; up to three cells behind the last one are written.
inline void addLanes(f32x4* frames, float* out, int n) {
  for (int i = n; i % kLanes != 0; i++) frames[i] = splat(0.f);
  for (int i = 0; i < n; i += kLanes) {
    transpose(frames[i], frames[i + 1], frames[i + 2], frames[i + 3]);
    store4(out + i, (frames[i] + frames[i + 1]) + (frames[i + 2] + frames[i + 3]));
  }
}

}  // namespace sl
