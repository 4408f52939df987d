// Tremolo: the level moved by an LFO, of the whole sound or of lows against highs. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/mix_law.h"
#include "dsp/one_pole.h"
#include "dsp/shaped_lfo.h"

namespace sl {

/// The gain swings between 1 and 1 - depth. The harmonic type is that of valve amplifiers of the 1960s: a one-pole
/// split whose halves add up to the input, moved in opposite directions.
struct Tremolo {
  enum P { rate, sync, depth, shape, phase, smoothing, mode, crossover, numParams };
  static constexpr std::array<Option, 2> kModes{{{"level", "Level"}, {"harmonic", "Harmonic"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "rate",
       .label = "Rate",
       .doc = "Speed of the tremolo.",
       .unit = Unit::hertz,
       .min = 0.05f,
       .max = 20.f,
       .init = 5.f,
       .curve = Curve::log},
      syncParam("Length of a cycle in time with the song, instead of the rate."),
      {.id = "depth",
       .label = "Depth",
       .doc = "How far the level falls: 100 % is down to silence.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.6f},
      {.id = "shape",
       .label = "Shape",
       .doc = "How the level moves within a cycle.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kLfoShapes},
      {.id = "phase",
       .label = "Stereo phase",
       .doc = "How far the right side runs ahead: at 180 degrees the sound swings from side to side.",
       .unit = Unit::degrees,
       .min = 0.f,
       .max = 180.f,
       .init = 0.f},
      {.id = "smoothing",
       .label = "Smoothing",
       .doc = "Rounds the edges of square, saw and random shapes.",
       .unit = Unit::seconds,
       .min = 0.001f,
       .max = 0.1f,
       .init = 0.003f,
       .curve = Curve::log},
      {.id = "mode",
       .label = "Type",
       .doc = "Level moves everything; harmonic moves lows and highs against each other, as old valve amplifiers do.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kModes},
      {.id = "crossover",
       .label = "Crossover",
       .doc = "Where the harmonic type parts lows and highs.",
       .unit = Unit::hertz,
       .min = 100.f,
       .max = 4000.f,
       .init = 700.f,
       .curve = Curve::log},
  }};
  static constexpr Spec spec{.id = "tremolo",
                             .label = "Tremolo",
                             .doc = "Moves the level up and down, free or in time with the song.",
                             .category = "modulation",
                             .params = params,
                             .costNs = 700.f};

  bool prepare(const Setup& setup, Arena&) {
    sampleRate_ = setup.sampleRate;
    lfo_.prepare(sampleRate_, setup.seed);
    fadeStep_ = 1.f / (0.02f * sampleRate_);
    return true;
  }
  void reset() noexcept {
    lfo_.reset();
    lows_.reset();
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    const int n = b.frames;
    const float goal = b.params[mode].value;
    if (fresh_) harmonic_ = goal;
    if (fresh_ || b.params[smoothing].changed) lfo_.soften(endOf(b.params[smoothing], n));
    fresh_ = false;
    lfo_.aim(b.params[shape].value, b.params[sync].value, b.params[rate].value + b.params[rate].step * 0.5f * (float)n,
             b.song, (double)endOf(b.params[phase], n) / 360.);
    lows_.aim(StereoLowpass::gainFor(endOf(b.params[crossover], n), sampleRate_), n);
    Glide deep(b.params[depth]);
    for (int i = 0; i < n; i++) {
      float swing[2];
      lfo_.next(swing[0], swing[1]);
      float low[2] = {b.left[i], b.right[i]};
      lows_.process(low[0], low[1]);
      harmonic_ = goal > harmonic_ ? std::fmin(harmonic_ + fadeStep_, goal) : std::fmax(harmonic_ - fadeStep_, goal);
      const float down = deep.next();
      float* io[2] = {b.left + i, b.right + i};
      for (int s = 0; s < 2; s++) {
        const float loss = down * (0.5f - 0.5f * swing[s]);
        // The lows are turned down while the highs come up: (1 - loss) high + (1 - (depth - loss)) low.
        const float turned = harmonic_ * (down - 2.f * loss);
        *io[s] = *io[s] * (1.f - loss) - low[s] * turned;
      }
    }
    lfo_.endBlock();
    lows_.endBlock();
  }
  int latencyFrames() const noexcept { return 0; }
  /// Of the lows' filter at its lowest.
  int tailFrames() const noexcept { return (int)(11.6f / (2.f * kPi * params[crossover].min) * sampleRate_); }

 private:
  ShapedLfo lfo_;
  StereoLowpass lows_;
  float sampleRate_ = 48000.f, fadeStep_ = 0.f, harmonic_ = 0.f;
  bool fresh_ = true;
};

}  // namespace sl
