// Plate reverb: Dattorro's figure-8 tank with an exact decay time. Audio thread except prepare.
#pragma once
#include <algorithm>
#include <array>

#include "core/denormal.h"
#include "core/effect.h"
#include "dsp/echo_line.h"
#include "dsp/mix_law.h"
#include "dsp/one_pole.h"
#include "dsp/one_pole_scan.h"
#include "dsp/plate_tank.h"

namespace sl {

/// Dattorro's tank (see PlateTank) behind a pre-delay and a gentle low cut.
struct Plate {
  enum P { decay, predelay, damping, mix, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "decay",
       .label = "Decay",
       .doc = "Time to fall by 60 dB (T60) below the damping frequency.",
       .unit = Unit::seconds,
       .min = 0.1f,
       .max = 20.f,
       .init = 2.f,
       .curve = Curve::log},
      {.id = "predelay",
       .label = "Pre-delay",
       .doc = "Silence before the reverb begins.",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = 0.25f,
       .init = 0.01f,
       .smooth = Smooth::fade},
      {.id = "damping",
       .label = "Damping",
       .doc = "Low-pass in the tank: each pass (0.36 s) loses 3 dB here, less when the decay is very long.",
       .unit = Unit::hertz,
       .min = 500.f,
       .max = 20000.f,
       .init = 7000.f,
       .curve = Curve::log},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to reverb only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.3f},
  }};
  static constexpr Spec spec{.id = "plate",
                             .label = "Plate reverb",
                             .doc = "Dense, bright reverb without early echoes; as loud at every decay time.",
                             .category = "reverb",
                             .params = params,
                             .costNs = 540.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    lowCut_ = StereoLowpass::gainFor(kLowCutHz, sampleRate_);
    const bool line = predelay_.prepare(arena, sampleRate_, params[predelay].max);
    return tank_.prepare(arena, sampleRate_) && line;
  }
  void reset() noexcept {
    tank_.reset();
    predelay_.reset();
    for (float& low : low_) low = 0.f;
  }
  void process(const StereoBlock& b) noexcept {
    predelay_.setDelay(b.params[predelay].value);
    if (tank_.fresh() || b.params[decay].changed || b.params[damping].changed) {
      decaySeconds_ = endOf(b.params[decay], b.frames);
      tank_.aim(decaySeconds_, endOf(b.params[damping], b.frames));
    }
    PlateTank::Sides in = {}, out;
    for (int from = 0; from < b.frames;) {
      const int n = std::min(b.frames - from, predelay_.ahead());
      predelay_.read(in[0] + from, in[1] + from, n);
      predelay_.write(b.left + from, b.right + from, n);
      from += n;
    }
    for (int side = 0; side < 2; side++) low_[side] = flush(cutLow(in[side], b.frames, low_[side]));
    tank_.process(in, out, b.frames, governed(b.level).movingTails);
    mixBlock(b.left, out[0], b.params[mix], b.frames);
    mixBlock(b.right, out[1], b.params[mix], b.frames);
    predelaySeconds_ = b.params[predelay].value;
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept {
    return (int)((decaySeconds_ * (100.f / 60.f) + predelaySeconds_ + 0.25f) * sampleRate_);
  }

 private:
  static constexpr float kLowCutHz = 25.f;

  /// In place; the state behind the block.
  float cutLow(float* x, int n, float low) const noexcept {
    const float pole = 1.f - 2.f * lowCut_, feed = 2.f * lowCut_, keep = 1.f - lowCut_;
    const OnePoleScan scan(pole);
    int i = 0;
    for (; i + kLanes <= n; i += kLanes) {
      const f32x4 in = load4(x + i), first = splat(low), after = scan.next(in * splat(feed), low);
      store4(x + i, (in - __builtin_shufflevector(first, after, 0, 4, 5, 6)) * splat(keep));
    }
    for (; i < n; i++) {
      const float in = x[i];
      x[i] = (in - low) * keep;
      low = low * pole + in * feed;
    }
    return low;
  }

  PlateTank tank_;
  EchoLine predelay_;
  float lowCut_ = 0.f, low_[2] = {};  ///< Gain and states of a one-pole (trapezoidal) at kLowCutHz.
  float sampleRate_ = 48000.f;
  float decaySeconds_ = params[decay].init;
  float predelaySeconds_ = params[predelay].init;
};

}  // namespace sl
