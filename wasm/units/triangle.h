// Triangle oscillator unit. Audio thread.
#pragma once
#include <array>

#include "dsp/oscillator.h"

namespace sl {

/// Triangle: odd harmonics, 1/h²; band-limited, flat to 18 kHz.
struct Triangle : WaveOscillator {
  static constexpr std::array<Param, numParams> params{
      {kTuneParam, kFineParam, kLevelParam, kPhaseParam, kScatterParam}};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "triangle",
                             .label = "Triangle",
                             .doc = "Triangle: odd harmonics, one over h squared",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 150.f};

  static void process(State& s, const UnitBlock& b) noexcept { WaveOscillator::process(s, b, tables().triangle); }
  static bool processLone(State& s, const UnitBlock& b, int lane) noexcept {
    return WaveOscillator::processLone(s, b, lane, tables().triangle);
  }
};

}  // namespace sl
