// Additive oscillator unit: a wave baked from a list of harmonics. Audio thread.
#pragma once
#include <array>

#include "dsp/oscillator.h"

namespace sl {

/// Reads the wave that the patch's `harmonics` (relative amplitudes from the fundamental up, sine phases) were baked
/// into at load; its peak is 1. Silent without one.
struct Additive : WaveOscillator {
  static constexpr std::array<Param, numParams> params{
      {kTuneParam, kFineParam, kLevelParam, kPhaseParam, kScatterParam}};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "additive",
                             .label = "Additive",
                             .doc = "A wave made of listed harmonics",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .table = true,
                             .costNs = 150.f};

  static void process(State& s, const UnitBlock& b) noexcept {
    if (b.table) return WaveOscillator::process(s, b, *static_cast<const Wave*>(b.table));
    for (int i = 0; i < b.frames; i++) b.out[0][i] = splat(0.f);
  }
  static bool processLone(State& s, const UnitBlock& b, int lane) noexcept {
    return b.table && WaveOscillator::processLone(s, b, lane, *static_cast<const Wave*>(b.table));
  }
};

}  // namespace sl
