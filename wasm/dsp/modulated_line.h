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

  /// Where the taps of one line read at each frame of a block.
  struct Places {
    alignas(16) const float* window[kLanes][kBlock];
    alignas(16) const float* kernel[kLanes][kBlock];
    alignas(16) float blend[kLanes][kBlock];
  };

  /// Tap `v` reads `frames` back at the block's first frame, and `more` at four frames from `frame` on: parts, so that
  /// no digit of the fraction is lost.
  static void place(Places& places, const ModulatedLine& line, const SincTable& table, int v, double frames, f32x4 more,
                    int frame) noexcept {
    const int first = (int)frames;
    const f32x4 back = splat((float)(frames - first)) + more, over = floor(back);
    const f32x4 at = (splat(1.f) - (back - over)) * splat((float)SincTable::kPhases), base = floor(at);
    const i32x4 oldest = integer(over) + splatI(first + SincTable::kNewest - frame) - i32x4{0, 1, 2, 3};
    wasm_v128_store(places.window[v] + frame, (v128_t)line.ring_.windows(oldest));
    wasm_v128_store(places.kernel[v] + frame, (v128_t)table.rows(integer(base)));
    store4(places.blend[v] + frame, at - base);
  }
  /// The sum of the first `count` taps at each of `n` frames, its four lanes not yet added up. Where `gain` of each tap
  /// in a lane is given, of all four.
  static void sum(const Places& places, int count, const f32x4* gain, f32x4* sums, int n) noexcept {
    if (gain) return sumOf<4, true>(places, gain, sums, n);
    if (count == 4) return sumOf<4, false>(places, gain, sums, n);
    if (count == 3) return sumOf<3, false>(places, gain, sums, n);
    if (count == 2) return sumOf<2, false>(places, gain, sums, n);
    sumOf<1, false>(places, gain, sums, n);
  }
  /// Tap `v` at the first four frames.
  static f32x4 four(const Places& places, int v) noexcept {
    f32x4 x[kLanes];
    for (int i = 0; i < kLanes; i++)
      x[i] = SincTable::lanes(places.window[v][i], places.kernel[v][i], splat(places.blend[v][i]));
    transpose(x[0], x[1], x[2], x[3]);
    return (x[0] + x[1]) + (x[2] + x[3]);
  }

 private:
  template <int count, bool each>
  static void sumOf(const Places& places, const f32x4* gain, f32x4* sums, int n) noexcept {
    for (int i = 0; i < n; i++) {
      f32x4 sum = splat(0.f);
      for (int v = 0; v < count; v++) {
        const f32x4 tap = SincTable::lanes(places.window[v][i], places.kernel[v][i], splat(places.blend[v][i]));
        sum += each ? tap * splat(gain[i][v]) : tap;
      }
      sums[i] = sum;
    }
  }
  /// Of whole numbers below 2^22: a saturating conversion takes five times as long.
  static i32x4 integer(f32x4 x) { return (i32x4)(x + splat(12582912.f)) - splatI(0x4b400000); }
};

/// Adds up the lanes of each frame, times `level`; up to three cells behind the last one are written.
inline void addLanes(f32x4* frames, float* out, int n, float level) {
  for (int i = n; i % kLanes != 0; i++) frames[i] = splat(0.f);
  for (int i = 0; i < n; i += kLanes) {
    transpose(frames[i], frames[i + 1], frames[i + 2], frames[i + 3]);
    store4(out + i, ((frames[i] + frames[i + 1]) + (frames[i + 2] + frames[i + 3])) * splat(level));
  }
}

}  // namespace sl
