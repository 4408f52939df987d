// The low-frequency sine that moves delays and filters inside effects: exact phase, smooth at every frame. Audio
// thread.
#pragma once
#include <cstdint>

#include "core/param.h"
#include "dsp/math.h"

namespace sl {

/// One LFO, read at several phases at once; `offsets` and `turns` are fractions of a turn in 32 bits.
class PhaseLfo {
 public:
  void prepare(float sampleRate) { perHertz_ = 4294967296. / sampleRate; }
  void reset() noexcept { phase_ = 0; }
  /// Holds `factor` times the middle of the ramp for the next block.
  void aim(const Ramp<float>& hz, int frames, float factor = 1.f) noexcept {
    step_ = (uint32_t)(perHertz_ * (hz.value + hz.step * 0.5f * (float)frames) * factor);
  }
  void step() noexcept { phase_ += step_; }
  f32x4 at(u32x4 offsets) const noexcept { return sinePhase(splatU(phase_) + offsets); }

 private:
  double perHertz_ = 0.;
  uint32_t phase_ = 0;
  uint32_t step_ = 0;
};

constexpr uint32_t turns(double t) { return (uint32_t)(int64_t)(t * 4294967296.); }

/// Largest sweep in seconds either way at which a sine of `hz` bends pitch by no more than `bend` (ratio - 1).
inline float sweepSeconds(float hz, float bend, float most) {
  const float s = bend / (6.2831853f * (hz > 0.01f ? hz : 0.01f));
  return s < most ? s : most;
}

}  // namespace sl
