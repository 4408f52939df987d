// Mid/side utility: levels of middle and sides, mono lows, swap, polarity, balance, mono. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/bass_mono.h"
#include "dsp/decibels.h"

namespace sl {

/// Everything but the low cut is one 2 x 2 matrix, in this order: polarity, swap, mid and side levels, mono, balance.
/// It glides to each new setting in 10 ms. What it adds to the input is kept, so that a neutral setting passes
/// bit for bit.
struct MidSide {
  enum P { mid, side, sideLowCut, balance, invertLeft, invertRight, swap, output, numParams };
  static constexpr std::array<Option, 3> kOutputs{{{"stereo", "Stereo"}, {"mono", "Mono"}, {"side", "Sides only"}}};
  static constexpr float kSilentDb = -60.f;
  static constexpr std::array<Param, numParams> params{{
      {.id = "mid",
       .label = "Mid",
       .doc = "Level of what both sides share; -60 dB is off.",
       .unit = Unit::decibels,
       .min = kSilentDb,
       .max = 12.f,
       .init = 0.f},
      {.id = "side",
       .label = "Side",
       .doc = "Level of what the sides do not share; -60 dB is off.",
       .unit = Unit::decibels,
       .min = kSilentDb,
       .max = 12.f,
       .init = 0.f},
      BassMono::param("sideLowCut", "Side low cut", "Takes the lows out of the sides: mono bass; 20 Hz is off."),
      {.id = "balance",
       .label = "Balance",
       .doc = "Turns one side down: the right towards -100 %, the left towards 100 %.",
       .unit = Unit::fraction,
       .min = -1.f,
       .max = 1.f,
       .init = 0.f},
      {.id = "invertLeft",
       .label = "Invert left",
       .doc = "Turns the polarity of the left input.",
       .curve = Curve::toggle,
       .smooth = Smooth::fade},
      {.id = "invertRight",
       .label = "Invert right",
       .doc = "Turns the polarity of the right input.",
       .curve = Curve::toggle,
       .smooth = Smooth::fade},
      {.id = "swap",
       .label = "Swap sides",
       .doc = "Left becomes right and right left.",
       .curve = Curve::toggle,
       .smooth = Smooth::fade},
      {.id = "output",
       .label = "Output",
       .doc = "All of it, its mono sum, or the sides alone for checking.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kOutputs},
  }};
  static constexpr Spec spec{.id = "midside",
                             .label = "Mid/side",
                             .doc = "Levels of middle and sides, swap, polarity, balance and mono in one utility.",
                             .category = "stereo",
                             .params = params,
                             .costNs = 110.f};

  bool prepare(const Setup& setup, Arena&) {
    bass_.prepare(setup.sampleRate);
    glideFrames_ = (int)(0.01f * setup.sampleRate);
    return true;
  }
  void reset() noexcept {
    bass_.reset();
    left_ = 0;
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    bass_.process(b.left, b.right, b.frames, b.params[sideLowCut]);
    const f32x4 goal = wanted(b);
    if (fresh_) at_ = goal_ = goal;
    fresh_ = false;
    if (any(goal != goal_)) {
      goal_ = goal;
      left_ = glideFrames_;
      step_ = (goal - at_) * splat(1.f / (float)glideFrames_);
    }
    for (int i = 0; i < b.frames; i++) {
      if (left_ > 0) at_ = --left_ > 0 ? at_ + step_ : goal_;
      const float l = b.left[i], r = b.right[i];
      b.left[i] = l + (at_[0] * l + at_[1] * r);
      b.right[i] = r + (at_[2] * l + at_[3] * r);
    }
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return bass_.tailFrames(); }

 private:
  static float levelOf(float decibels) { return decibels <= kSilentDb ? 0.f : gainOf(decibels); }

  /// {left from left, left from right, right from left, right from right}, less the identity.
  static f32x4 wanted(const StereoBlock& b) noexcept {
    const auto end = [&](P p) { return endOf(b.params[p], b.frames); };
    const int heard = (int)b.params[output].value;
    const float m = heard == 2 ? 0.f : levelOf(end(mid)), s = heard == 1 ? 0.f : levelOf(end(side));
    const float lean = end(balance), keepLeft = std::fmin(1.f - lean, 1.f), keepRight = std::fmin(1.f + lean, 1.f);
    const float same = 0.5f * (m + s), other = 0.5f * (m - s);
    const float turnLeft = b.params[invertLeft].value > 0.5f ? -1.f : 1.f;
    const float turnRight = b.params[invertRight].value > 0.5f ? -1.f : 1.f;
    const bool crossed = b.params[swap].value > 0.5f;
    float matrix[4] = {crossed ? other : same, crossed ? same : other, crossed ? same : other, crossed ? other : same};
    for (int k = 0; k < 4; k++) matrix[k] *= (k < 2 ? keepLeft : keepRight) * (k % 2 == 0 ? turnLeft : turnRight);
    return {matrix[0] - 1.f, matrix[1], matrix[2], matrix[3] - 1.f};
  }

  BassMono bass_;
  f32x4 at_{}, goal_{}, step_{};
  int left_ = 0, glideFrames_ = 1;
  bool fresh_ = true;
};

}  // namespace sl
