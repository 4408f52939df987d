// Mix unit: adds up to eight inputs. Audio thread.
#pragma once
#include <array>

#include "dsp/math.h"
#include "dsp/stereo_ports.h"

namespace sl {

constexpr Param mixLevel(std::string_view id, std::string_view label) {
  return {.id = id,
          .label = label,
          .doc = "Amplitude of this input",
          .unit = Unit::fraction,
          .min = 0.f,
          .max = 1.f,
          .init = 1.f};
}

/// out = sum of in_i * level_i over the patched inputs. With any `right` patched the sum is stereo: an input without
/// its `right` goes to both channels at -3 dB.
struct Mix {
  static constexpr int kInputs = 8;
  static constexpr std::array<Param, kInputs> params{{
      mixLevel("level1", "Level 1"),
      mixLevel("level2", "Level 2"),
      mixLevel("level3", "Level 3"),
      mixLevel("level4", "Level 4"),
      mixLevel("level5", "Level 5"),
      mixLevel("level6", "Level 6"),
      mixLevel("level7", "Level 7"),
      mixLevel("level8", "Level 8"),
  }};
  static constexpr std::array<Port, 2 * kInputs> inputs{{
      {.id = "in1", .doc = "Input 1"},
      {.id = "in2", .doc = "Input 2"},
      {.id = "in3", .doc = "Input 3"},
      {.id = "in4", .doc = "Input 4"},
      {.id = "in5", .doc = "Input 5"},
      {.id = "in6", .doc = "Input 6"},
      {.id = "in7", .doc = "Input 7"},
      {.id = "in8", .doc = "Input 8"},
      {.id = "right1", .doc = "Second channel of input 1"},
      {.id = "right2", .doc = "Second channel of input 2"},
      {.id = "right3", .doc = "Second channel of input 3"},
      {.id = "right4", .doc = "Second channel of input 4"},
      {.id = "right5", .doc = "Second channel of input 5"},
      {.id = "right6", .doc = "Second channel of input 6"},
      {.id = "right7", .doc = "Second channel of input 7"},
      {.id = "right8", .doc = "Second channel of input 8"},
  }};
  static constexpr std::array<Port, 2> outputs{{{.id = "out", .doc = "Sum"}, kRightOut}};
  static constexpr Spec spec{.id = "mix",
                             .label = "Mix",
                             .doc = "Adds signals",
                             .category = "utility",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 60.f};

  struct State {};

  static void start(State&, const VoiceBlock&, uint32_t) noexcept {}

  static void process(State&, const UnitBlock& b) noexcept {
    const int n = b.frames;
    bool stereo = false;
    for (int k = 0; k < kInputs; k++) stereo |= b.in[kInputs + k] != nullptr;
    for (int i = 0; i < n; i++) b.out[0][i] = b.out[1][i] = splat(0.f);
    for (int k = 0; k < kInputs; k++) {
      const f32x4 *in = b.in[k], *right = b.in[kInputs + k];
      const Ramp<f32x4>& level = b.params[k];
      const f32x4 share = splat(stereo && !right ? kMinusThreeDb : 1.f);
      add(in, level.value * share, level.step * share, b.out[0], n);
      if (stereo) add(right ? right : in, level.value * share, level.step * share, b.out[1], n);
    }
    if (!stereo) copyChannel(b);
  }

 private:
  static void add(const f32x4* in, f32x4 gain, f32x4 step, f32x4* out, int n) {
    if (!in) return;
    for (int i = 0; i < n; i++) {
      out[i] += in[i] * gain;
      gain += step;
    }
  }
};

}  // namespace sl
