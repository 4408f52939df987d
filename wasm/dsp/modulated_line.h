// A delay line for moving read positions: chorus, ensemble and flanger are taps on it. Audio thread except prepare.
#pragma once
#include "core/denormal.h"
#include "dsp/delay_ring.h"
#include "dsp/sinc_kernel.h"

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

 private:
  DelayRing ring_;
};

}  // namespace sl
