// Square oscillator unit. Audio thread.
#pragma once
#include <array>

#include "dsp/oscillator.h"

namespace sl {

/// Square: odd harmonics, 1/h; band-limited, flat to 18 kHz.
struct Square : WaveOscillator {
  static constexpr std::array<Param, numParams> params{
      {kTuneParam, kFineParam, kLevelParam, kPhaseParam, kScatterParam}};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "square",
                             .label = "Square",
                             .doc = "Square: odd harmonics, 1/h",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 150.f};

  static void process(State& s, const UnitBlock& b) noexcept { WaveOscillator::process(s, b, tables().square); }
  static bool processLone(State& s, const UnitBlock& b, int lane) noexcept {
    return WaveOscillator::processLone(s, b, lane, tables().square);
  }
};

}  // namespace sl
