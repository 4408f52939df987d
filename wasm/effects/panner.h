// Panner: a place between left and right, and an LFO that moves it. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/mix_law.h"
#include "dsp/shaped_lfo.h"

namespace sl {

/// Gains of a place p, -1..1, with q = (p + 1) / 2: right sin(q 90 degrees) at -3 dB, q at -6 dB, the geometric mean of
/// both at -4.5 dB; left the same mirrored. They are scaled to 1 in the middle, where the input passes bit for bit.
/// Balance weighs the channels by them; in the stereo type each channel moves as a source of its own, from its side to
/// where the place leaves it, with 1 at the side.
struct Panner {
  enum P { pan, depth, rate, sync, shape, smoothing, law, mode, numParams };
  static constexpr std::array<Option, 3> kLaws{{{"3dB", "-3 dB"}, {"4.5dB", "-4.5 dB"}, {"6dB", "-6 dB"}}};
  static constexpr std::array<Option, 2> kModes{{{"balance", "Balance"}, {"stereo", "Stereo"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "pan",
       .label = "Pan",
       .doc = "Place: -100 % left, 100 % right.",
       .unit = Unit::fraction,
       .min = -1.f,
       .max = 1.f,
       .init = 0.f},
      {.id = "depth",
       .label = "Auto-pan",
       .doc = "How far the sound travels around its place; 0 % stands still.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.f},
      {.id = "rate",
       .label = "Rate",
       .doc = "Speed of the auto-pan.",
       .unit = Unit::hertz,
       .min = 0.02f,
       .max = 20.f,
       .init = 1.f,
       .curve = Curve::log},
      syncParam("Length of a cycle in time with the song, instead of the rate."),
      {.id = "shape",
       .label = "Shape",
       .doc = "How the place moves within a cycle.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kLfoShapes},
      {.id = "smoothing",
       .label = "Smoothing",
       .doc = "Rounds the jumps of square, saw and random shapes.",
       .unit = Unit::seconds,
       .min = 0.001f,
       .max = 0.1f,
       .init = 0.005f,
       .curve = Curve::log},
      {.id = "law",
       .label = "Pan law",
       .doc = "How much quieter the middle is than the sides: -3 dB keeps the power, -6 dB the sum.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kLaws},
      {.id = "mode",
       .label = "Type",
       .doc = "Balance turns the far channel down; stereo moves both, so that nothing is lost.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kModes},
  }};
  static constexpr Spec spec{.id = "panner",
                             .label = "Panner",
                             .doc = "Places a sound between left and right and lets it travel.",
                             .category = "stereo",
                             .params = params,
                             .costNs = 1200.f};

  bool prepare(const Setup& setup, Arena&) {
    sampleRate_ = setup.sampleRate;
    lfo_.prepare(sampleRate_, setup.seed);
    fadeStep_ = splat(1.f / (0.02f * sampleRate_));
    return true;
  }
  void reset() noexcept {
    lfo_.reset();
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    const int n = b.frames;
    // Shares of the laws of -3, -4.5 and -6 dB, and of the stereo type.
    f32x4 goal = {0.f, 0.f, 0.f, b.params[mode].value};
    goal[(int)b.params[law].value] = 1.f;
    if (fresh_) share_ = goal;
    if (fresh_ || b.params[smoothing].changed) lfo_.soften(endOf(b.params[smoothing], n));
    fresh_ = false;
    lfo_.aim(b.params[shape].value, b.params[sync].value, b.params[rate].value + b.params[rate].step * 0.5f * (float)n,
             b.song, 0.);
    Glide place(b.params[pan]), deep(b.params[depth]);
    for (int i = 0; i < n; i++) {
      float swing, other;
      lfo_.next(swing, other);
      share_ += min(max(goal - share_, -fadeStep_), fadeStep_);
      const float p = std::fmin(std::fmax(place.next() + deep.next() * swing, -1.f), 1.f);
      if (p == 0.f) continue;
      const float l = b.left[i], r = b.right[i];
      // Places of: the sound, the left channel and the right channel in the stereo type.
      const f32x4 at = {p, 2.f * std::fmax(p, 0.f) - 1.f, 2.f * std::fmin(p, 0.f) + 1.f, 0.f};
      const f32x4 right = gains(at), left = gains(-at);
      const float scale = 1.f / gains(splat(0.f))[0], wide = share_[3];
      const float balancedLeft = scale * left[0] * l, balancedRight = scale * right[0] * r;
      b.left[i] = mixed(balancedLeft, left[1] * l + left[2] * r, wide);
      b.right[i] = mixed(balancedRight, right[1] * l + right[2] * r, wide);
    }
    lfo_.endBlock();
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return 0; }

 private:
  /// Of the right side, at places -1..1.
  f32x4 gains(f32x4 place) const noexcept {
    const f32x4 q = splat(0.5f) + splat(0.5f) * place, power = max(sinPi(splat(0.5f) * q), splat(0.f));
    return splat(share_[0]) * power + splat(share_[1]) * sqrt(power * q) + splat(share_[2]) * q;
  }

  ShapedLfo lfo_;
  f32x4 share_{}, fadeStep_{};
  float sampleRate_ = 48000.f;
  bool fresh_ = true;
};

}  // namespace sl
