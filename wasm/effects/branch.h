// The end of one branch of a rack: level, place and mute. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/math.h"
#include "dsp/mix_law.h"

namespace sl {

/// Balance as of a strip: equal power, exactly 1 in the middle. What solo does is up to the chain, which knows the
/// other branches.
struct Branch {
  enum P { gain, pan, mute, solo, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "gain",
       .label = "Volume",
       .doc = "Level of the branch.",
       .unit = Unit::decibels,
       .min = -60.f,
       .max = 12.f,
       .init = 0.f},
      {.id = "pan",
       .label = "Pan",
       .doc = "Balance of the branch: -1 left, 1 right.",
       .min = -1.f,
       .max = 1.f,
       .init = 0.f},
      {.id = "mute",
       .label = "Mute",
       .doc = "Silences the branch.",
       .init = 0.f,
       .curve = Curve::toggle,
       .smooth = Smooth::none},
      {.id = "solo",
       .label = "Solo",
       .doc = "While a branch of the rack is solo, only solo branches sound.",
       .init = 0.f,
       .curve = Curve::toggle,
       .smooth = Smooth::none},
  }};
  static constexpr Spec spec{.id = "branch",
                             .label = "Branch",
                             .doc = "Level, place and mute of one branch of a rack.",
                             .category = "structure",
                             .params = params,
                             .costNs = 60.f};

  bool prepare(const Setup&, Arena&) {
    reset();
    return true;
  }
  void reset() noexcept { fresh_ = true; }
  void process(const StereoBlock& b) noexcept {
    const bool still = !b.params[gain].moving && !b.params[pan].moving;
    if (fresh_ || b.params[gain].changed || !still) level_ = gainOf(b.params[gain].value);
    if (fresh_ || b.params[pan].changed || !still) balance(b.params[pan].value, place_);
    fresh_ = false;
    float from[2] = {level_ * place_[0], level_ * place_[1]}, step[2] = {0.f, 0.f};
    if (!still) {
      level_ = gainOf(endOf(b.params[gain], b.frames));
      balance(endOf(b.params[pan], b.frames), place_);
      for (int c = 0; c < 2; c++) step[c] = (level_ * place_[c] - from[c]) / (float)b.frames;
    } else if (from[0] == 1.f && from[1] == 1.f) {
      return;
    }
    for (int i = 0; i < b.frames; i++) {
      b.left[i] *= from[0] + step[0] * (float)i;
      b.right[i] *= from[1] + step[1] * (float)i;
    }
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return 0; }

 private:
  static void balance(float place, float (&gains)[2]) {
    if (place == 0.f) {
      gains[0] = gains[1] = 1.f;
      return;
    }
    const f32x4 both = sinPi((f32x4{-place, place, 0.f, 0.f} + splat(1.f)) * splat(0.25f)) * splat(1.41421356f);
    gains[0] = both[0], gains[1] = both[1];
  }

  float level_ = 1.f;
  float place_[2] = {1.f, 1.f};
  bool fresh_ = true;
};

}  // namespace sl
