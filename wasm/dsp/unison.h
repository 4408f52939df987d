// Many detuned copies of one wave, summed to stereo at constant power. Audio thread.
#pragma once
#include "dsp/oscillator.h"

namespace sl {

/// Right gain of a place -1..1 at constant power; the left gain is that of the mirrored place.
inline f32x4 panGain(f32x4 place) { return sinPi((clamp(place, -1.f, 1.f) + splat(1.f)) * splat(0.25f)); }

/// One copy of a unison stack over one segment.
struct UnisonCopy {
  f32x4 fromCents;  ///< Detune at the segment's first frame and after its last.
  f32x4 toCents;
  f32x4 left, right;          ///< Gains at the first frame.
  f32x4 leftStep, rightStep;  ///< Added per frame.
};

/// Phase advance of a copy: the stack's own, shifted. Only two powers of two per copy.
inline PhaseRamp detuned(const PhaseRamp& base, f32x4 baseEnd, const UnisonCopy& copy, bool moving, int frames) {
  constexpr float kOctavesPerCent = 1.f / 1200.f;
  const f32x4 from = toFloat(base.increment) * exp2(copy.fromCents * splat(kOctavesPerCent));
  PhaseRamp r{toUint(from), splatI(0), base.topNote};
  if (moving)
    r.step = toInt((baseEnd * exp2(copy.toCents * splat(kOctavesPerCent)) - from) * splat(1.f / (float)frames));
  return r;
}

/// Adds one copy to the outputs. `wave` null means sine.
inline void addCopy(const Wave* wave, const LevelChoice& level, u32x4 phase, const PhaseRamp& ramp,
                    const UnisonCopy& copy, f32x4* left, f32x4* right, int frames) {
  f32x4 l = copy.left, r = copy.right;
  const f32x4 lStep = copy.leftStep, rStep = copy.rightStep;
  const auto sink = [&](int i, f32x4 v) {
    left[i] += v * l;
    right[i] += v * r;
    l += lStep;
    r += rStep;
  };
  if (wave) return readFadedWave(*wave, level, phase, ramp.increment, ramp.step, frames, sink);
  u32x4 increment = ramp.increment;
  for (int i = 0; i < frames; i++) {
    sink(i, sinePhase(phase));
    phase += increment;
    increment += (u32x4)ramp.step;
  }
}

}  // namespace sl
