// Vibrato: pitch moved up and down by a swept delay. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/mix_law.h"
#include "dsp/modulated_line.h"
#include "dsp/phase_lfo.h"

namespace sl {

/// The pitch ratio is 1 + sinh(x) sin p + (cosh(x) - 1) (-cos 2p), x = depth in cents ln 2 / 1200: its mean is 1, so
/// that the delay comes back, and its extremes are exactly e^x and e^-x. The delay is its integral. At slow rates the
/// sweep ends at kSweepSeconds, where pitch bends less than `depth` says. Both sides and the dry signal are late by the
/// middle of the sweep, always.
struct Vibrato {
  enum P { rate, sync, depth, phase, mix, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "rate",
       .label = "Rate",
       .doc = "Speed of the vibrato.",
       .unit = Unit::hertz,
       .min = 0.1f,
       .max = 14.f,
       .init = 5.5f,
       .curve = Curve::log},
      syncParam("Length of a cycle in time with the song, instead of the rate."),
      {.id = "depth",
       .label = "Depth",
       .doc = "How far the pitch goes up and down. Slower than about 1 Hz for every 60 cents it reaches less.",
       .unit = Unit::cents,
       .min = 0.f,
       .max = 200.f,
       .init = 25.f},
      {.id = "phase",
       .label = "Stereo phase",
       .doc = "How far the right side runs ahead: 180 degrees bends the sides against each other.",
       .unit = Unit::degrees,
       .min = 0.f,
       .max = 180.f,
       .init = 0.f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to vibrato only (100 %); between them it sounds like a chorus.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
  }};
  static constexpr Spec spec{.id = "vibrato",
                             .label = "Vibrato",
                             .doc = "Moves the pitch up and down by exactly as many cents as you set.",
                             .category = "modulation",
                             .params = params,
                             .costNs = 1510.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    lfo_.prepare(sampleRate_);
    latency_ = (int)(kSweepSeconds * sampleRate_) + ModulatedLine::kMinFrames + 1;
    const int frames = 2 * latency_ + 2;
    const bool table = table_.prepare(arena), left = line_[0].prepare(arena, frames);
    const bool right = line_[1].prepare(arena, frames), dry = dry_[0].prepare(arena, latency_ + 1);
    return dry_[1].prepare(arena, latency_ + 1) && dry && right && left && table;
  }
  void reset() noexcept {
    for (int s = 0; s < 2; s++) line_[s].reset(), dry_[s].reset();
    lfo_.reset();
    for (JumpFade& jump : jump_) jump.reset();
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    const int n = b.frames;
    lfo_.aim(b.params[rate], b.params[sync].value, b.song, n);
    const float option = b.params[sync].value;
    const Sweep from = sweepAt(b.params[depth].value, syncedHertz(option, b.song.bpm, b.params[rate].value));
    const Sweep to = sweepAt(endOf(b.params[depth], n), syncedHertz(option, b.song.bpm, endOf(b.params[rate], n)));
    if (!fresh_) jump_[0].add(end_.first - from.first), jump_[1].add(end_.second - from.second);
    fresh_ = false;
    end_ = to;
    const Ramp<float> gap = jump_[0].next(n, sampleRate_), gap2 = jump_[1].next(n, sampleRate_);
    Glide first({.value = from.first + gap.value, .step = (to.first - from.first) / (float)n + gap.step});
    Glide second({.value = from.second + gap2.value, .step = (to.second - from.second) / (float)n + gap2.step});
    Glide wet(b.params[mix]), turn(b.params[phase]);
    for (int i = 0; i < n; i++) {
      const uint32_t ahead = (uint32_t)(turn.next() * (4294967296.f / 360.f));
      // cos p and sin 2p of both sides.
      const u32x4 sides = {turns(0.25), turns(0.25) + ahead, 0u, 0u};
      const f32x4 sine = lfo_.at(sides), octave = lfo_.twice(u32x4{0u, 2u * ahead, 0u, 0u});
      const double reach = first.next(), more = second.next();
      lfo_.step();
      const float amount = wet.next();
      float* io[2] = {b.left + i, b.right + i};
      for (int s = 0; s < 2; s++) {
        const double frames = latency_ + reach * (double)sine[s] + more * (double)octave[s];
        const float bent = line_[s].read(table_, frames);
        line_[s].write(*io[s]);
        dry_[s].write(*io[s]);
        *io[s] = mixed(dry_[s].tap(latency_ + 1), bent, amount);
      }
    }
  }
  int latencyFrames() const noexcept { return latency_; }
  int tailFrames() const noexcept { return latency_ + SincTable::kTaps; }

 private:
  static constexpr float kSweepSeconds = 0.006f;

  /// Frames by which the LFO and its octave move the delay.
  struct Sweep {
    float first = 0.f, second = 0.f;
  };
  Sweep sweepAt(float cents, float hz) const noexcept {
    const float turn = 2.f * kPi * hz, x = cents * (0.69314718f / 1200.f);
    const float first = std::sinh(x) / turn, second = 0.5f * (std::cosh(x) - 1.f) / turn;
    const float fit = std::fmin(1.f, kSweepSeconds / std::fmax(first + second, 1e-9f)) * sampleRate_;
    return {first * fit, second * fit};
  }

  SincTable table_;
  ModulatedLine line_[2];
  DelayRing dry_[2];
  PhaseLfo lfo_;
  JumpFade jump_[2];
  Sweep end_;  ///< of the last block, without what still fades
  float sampleRate_ = 48000.f;
  int latency_ = 0;
  bool fresh_ = true;
};

}  // namespace sl
