// Saw oscillator unit. Audio thread.
#pragma once
#include <array>

#include "dsp/oscillator.h"

namespace sl {

/// Sawtooth: all harmonics, 1/h, rising; band-limited, flat to 18 kHz.
struct Saw : WaveOscillator {
  static constexpr std::array<Param, numParams> params{
      {kTuneParam, kFineParam, kLevelParam, kPhaseParam, kScatterParam}};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "saw",
                             .label = "Saw",
                             .doc = "Sawtooth: all harmonics, 1/h, rising",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 150.f};

  static void process(State& s, const UnitBlock& b) noexcept { WaveOscillator::process(s, b, tables().saw); }
  static bool processLone(State& s, const UnitBlock& b, int lane) noexcept {
    return WaveOscillator::processLone(s, b, lane, tables().saw);
  }
};

}  // namespace sl
