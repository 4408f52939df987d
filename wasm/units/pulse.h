// Pulse oscillator unit with variable width. Audio thread.
#pragma once
#include <array>

#include "dsp/oscillator.h"

namespace sl {

/// Difference of two saws `width` apart: band-limited at every width, no DC. High for `width` of each cycle.
struct Pulse : WaveOscillator {
  static constexpr int kWidth = numParams;
  static constexpr std::array<Param, numParams + 1> params{{kTuneParam,
                                                            kFineParam,
                                                            kLevelParam,
                                                            kPhaseParam,
                                                            kScatterParam,
                                                            {.id = "width",
                                                             .label = "Width",
                                                             .doc = "Share of the cycle that is high",
                                                             .unit = Unit::fraction,
                                                             .min = 0.02f,
                                                             .max = 0.98f,
                                                             .init = 0.5f}}};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "pulse",
                             .label = "Pulse",
                             .doc = "Pulse of variable width",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 270.f};

  static void process(State& s, const UnitBlock& b) noexcept {
    const PhaseRamp ramp = begin(s, b);
    const Wave& saw = tables().saw;
    f32x4* out = b.out[0];
    readFadedWave(saw, s.level, s.phase, ramp.increment, ramp.step, b.frames, [&](int i, f32x4 v) { out[i] = v; });
    const u32x4 width = toUint(b.params[kWidth].value * splat(kTurn));
    const i32x4 widthStep = toInt(b.params[kWidth].step * splat(kTurn));
    f32x4 gain = b.params[level].value;
    const f32x4 gainStep = b.params[level].step;
    readFadedWave(saw, s.level, s.phase + width, ramp.increment + (u32x4)widthStep, ramp.step, b.frames,
                  [&](int i, f32x4 v) {
                    out[i] = (out[i] - v) * gain;
                    gain += gainStep;
                  });
    end(s, ramp, b.frames);
  }

  static bool processLone(State& s, const UnitBlock& b, int lane) noexcept {
    const PhaseRamp ramp = begin(s, b);
    const Wave& saw = tables().saw;
    f32x4* out = b.out[0];
    const uint32_t from = s.phase[lane], increment = ramp.increment[lane];
    const int32_t grows = ramp.step[lane];
    readLoneFadedWave(saw, s.level, lane, from, increment, grows, [out](int i, f32x4 v) { out[i] = v; });
    const u32x4 width = toUint(b.params[kWidth].value * splat(kTurn));
    const i32x4 widthStep = toInt(b.params[kWidth].step * splat(kTurn));
    const float loud = laneOf(b.params[level].value, lane), step = laneOf(b.params[level].step, lane);
    readLoneFadedWave(saw, s.level, lane, from + width[lane], increment + (uint32_t)widthStep[lane], grows,
                      [&](int i, f32x4 v) { out[i] = (out[i] - v) * fourFrom(loud + step * (float)(4 * i), step); });
    end(s, ramp, kMicroBlock);
    return true;
  }

 private:
  static constexpr float kTurn = 4294967296.f;
};

}  // namespace sl
