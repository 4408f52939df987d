// Mix unit: adds up to eight inputs. Audio thread.
#pragma once
#include <array>

#include "core/unit.h"

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

/// out = sum of in_i * level_i over the patched inputs.
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
  static constexpr std::array<Port, kInputs> inputs{{
      {.id = "in1", .doc = "Input 1"},
      {.id = "in2", .doc = "Input 2"},
      {.id = "in3", .doc = "Input 3"},
      {.id = "in4", .doc = "Input 4"},
      {.id = "in5", .doc = "Input 5"},
      {.id = "in6", .doc = "Input 6"},
      {.id = "in7", .doc = "Input 7"},
      {.id = "in8", .doc = "Input 8"},
  }};
  static constexpr std::array<Port, 1> outputs{{{.id = "out", .doc = "Sum"}}};
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
    f32x4* out = b.out[0];
    for (int i = 0; i < b.frames; i++) out[i] = splat(0.f);
    for (int k = 0; k < kInputs; k++) {
      const f32x4* in = b.in[k];
      if (!in) continue;
      f32x4 gain = b.params[k].value;
      const f32x4 step = b.params[k].step;
      for (int i = 0; i < b.frames; i++) {
        out[i] += in[i] * gain;
        gain += step;
      }
    }
  }
};

}  // namespace sl
