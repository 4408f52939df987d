// White noise unit. Audio thread.
#pragma once
#include <array>

#include "dsp/noise.h"
#include "dsp/oscillator.h"

namespace sl {

/// Every frequency equally strong; a note's noise depends on its seed alone.
struct White {
  enum P { level, numParams };
  static constexpr std::array<Param, numParams> params{{kLevelParam}};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "white",
                             .label = "White noise",
                             .doc = "Every frequency equally strong",
                             .category = "noise",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 65.f};

  struct State {
    WhiteNoise noise;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    lanes &= ~voice.legato;
    s.noise.start(voice.seed, 3, laneMask(lanes));
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    State local = s;
    f32x4 gain = b.params[level].value;
    for (int i = 0; i < b.frames; i++) {
      b.out[0][i] = local.noise.next() * gain;
      gain += b.params[level].step;
    }
    s = local;
  }

  static bool processLone(State& s, const UnitBlock& b, int lane) noexcept {
    const float gain = laneOf(b.params[level].value, lane), step = laneOf(b.params[level].step, lane);
    WhiteNoise one = s.noise.only(lane);
    for (int i = 0; i < kLoneVectors; i++) b.out[0][i] = one.nextFour() * fourFrom(gain + step * (float)(4 * i), step);
    s.noise.count += splatU(kMicroBlock);
    return true;
  }
};

}  // namespace sl
