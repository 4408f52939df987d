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
    State local = s;
    f32x4 gain = b.params[level].value;
    for (int i = 0; i < b.frames; i++) {
      b.out[0][i] = local.filter.next(local.noise.next()) * gain;
      gain += b.params[level].step;
    }
    s = local;
  }
};

}  // namespace sl
