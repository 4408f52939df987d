// What oscillators that modulate phases share: a pitch that is reckoned once, increments of a multiple of the pitch.
// Audio thread.
#pragma once
#include "dsp/wavetable.h"

namespace sl {

inline constexpr float kTopIncrement = 0.49f * 4294967296.f;

/// phaseRamp of a unit that reckons a pitch that stands only once. Zeroed, it knows none.
struct KeptPitch {
  f32x4 note;
  u32x4 increment;  ///< of `note`; 0: none

  PhaseRamp ramp(const VoiceBlock& voice, const Ramp<f32x4>& tune, const Ramp<f32x4>& fine, int frames) {
    const f32x4 at = voice.pitch.value + tune.value + fine.value * splat(0.01f);
    const bool moves = voice.pitch.moving || tune.moving || fine.moving;
    if (!moves && increment[0] != 0 && all(at == note)) return {increment, splatI(0), at};
    const PhaseRamp r = phaseRamp(voice, tune, fine, frames);
    note = at, increment = r.increment;
    return r;
  }
};

/// Increment of `by` times the pitch at the segment's first frame, never above 0.49 of the sample rate; `step` is what
/// it grows by per frame.
inline u32x4 scaledIncrement(const PhaseRamp& base, const Ramp<f32x4>& by, int n, u32x4& step) {
  const f32x4 most = splat(kTopIncrement), increment = toFloat(base.increment);
  const f32x4 from = min(increment * by.value, most);
  const f32x4 to =
      min((increment + toFloat(base.step) * splat((float)n)) * (by.value + by.step * splat((float)n)), most);
  step = by.moving || any(base.step != splatI(0)) ? (u32x4)toInt((to - from) * splat(1.f / (float)n)) : splatU(0);
  return toUint(from);
}

}  // namespace sl
