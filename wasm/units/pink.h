// Pink noise unit. Audio thread.
#pragma once
#include <array>

#include "dsp/noise.h"
#include "dsp/oscillator.h"

namespace sl {

/// Every octave equally strong; a note's noise depends on its seed alone.
struct Pink {
  enum P { level, numParams };
  static constexpr std::array<Param, numParams> params{{kLevelParam}};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "pink",
                             .label = "Pink noise",
                             .doc = "Every octave equally strong",
                             .category = "noise",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 215.f};

  struct State {
    WhiteNoise noise;
    PinkFilter filter;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    lanes &= ~voice.legato;
    s.noise.start(voice.seed, 4, laneMask(lanes));
    s.filter.start(laneMask(lanes));
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    s.noise.fill(b.out[0], b.frames);
    s.filter.run(b.out[0], b.params[level].value, b.params[level].step, b.frames);
  }
};

}  // namespace sl
