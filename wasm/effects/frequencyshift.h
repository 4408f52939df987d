// Frequency shifter: every partial moved by the same number of hertz, with an echo that goes round. Audio thread except
// prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/echo_line.h"
#include "dsp/hilbert_pair.h"
#include "dsp/math.h"
#include "dsp/mix_law.h"
#include "dsp/one_pole.h"
#include "dsp/tempo_sync.h"

namespace sl {

/// Single-sideband modulation of the analytic signal (Bode 1984). What is shifted below 0 Hz comes back up, as in any
/// shifter. In the loop: a delay and a low-pass; each trip shifts once more.
struct FrequencyShift {
  enum P { shift, fine, direction, feedback, time, sync, tone, mix, numParams };
  static constexpr std::array<Option, 3> kDirections{
      {{"together", "Together"}, {"opposite", "Left and right opposite"}, {"both", "Both at once"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "shift",
       .label = "Shift",
       .doc = "How far every frequency moves, up or down.",
       .unit = Unit::hertz,
       .min = -5000.f,
       .max = 5000.f,
       .init = 0.f},
      {.id = "fine",
       .label = "Fine",
       .doc = "Added to the shift. A few hertz, mixed half with dry, make a phaser that never turns back.",
       .unit = Unit::hertz,
       .min = -50.f,
       .max = 50.f,
       .init = 2.f},
      {.id = "direction",
       .label = "Direction",
       .doc = "Both sides alike; the right the other way; or up and down at once, a ring modulator.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kDirections},
      {.id = "feedback",
       .label = "Feedback",
       .doc = "Shifted sound that goes through once more: spirals.",
       .unit = Unit::fraction,
       .min = -0.95f,
       .max = 0.95f,
       .init = 0.f,
       .group = "Feedback"},
      {.id = "time",
       .label = "Time",
       .doc = "Delay on the way back.",
       .unit = Unit::seconds,
       .min = 0.001f,
       .max = 2.f,
       .init = 0.02f,
       .curve = Curve::log,
       .smooth = Smooth::fade,
       .group = "Feedback"},
      syncParam("Note length on the way back in the song's tempo, instead of the time.", "sync", "Sync", "Feedback"),
      {.id = "tone",
       .label = "Tone",
       .doc = "Low-pass on the way back.",
       .unit = Unit::hertz,
       .min = 500.f,
       .max = 20000.f,
       .init = 8000.f,
       .curve = Curve::log,
       .group = "Feedback"},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to shifted only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f},
  }};
  static constexpr Spec spec{
      .id = "frequencyshift",
      .label = "Frequency shifter",
      .doc = "Moves all partials by the same hertz: slow beating, endless phasing, bells, spirals.",
      .category = "modulation",
      .params = params,
      .costNs = 1900.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    perHertz_ = 4294967296. / sampleRate_;
    fadeStep_ = 1.f / (0.02f * sampleRate_);
    pair_.prepare(sampleRate_);
    return loop_.prepare(arena, sampleRate_, kMostSeconds);
  }
  void reset() noexcept {
    pair_.reset();
    loop_.reset();
    tone_.reset();
    phase_ = 0;
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    const int n = b.frames, wanted = (int)b.params[direction].value;
    // Shares of the imaginary part on each side: down +1, up -1, both 0.
    const float goalLeft = wanted == 2 ? 0.f : -1.f, goalRight = wanted == 2 ? 0.f : wanted == 1 ? 1.f : -1.f;
    if (fresh_) left_ = goalLeft, right_ = goalRight;
    fresh_ = false;
    seconds_ = syncedDelaySeconds(b.params[sync].value, b.song.bpm, b.params[time].value, kMostSeconds);
    loop_.setDelay(seconds_);
    tone_.aim(StereoLowpass::gainFor(endOf(b.params[tone], n), sampleRate_), n);
    Glide hertz(b.params[shift]), more(b.params[fine]), back(b.params[feedback]), wet(b.params[mix]);
    for (int i = 0; i < n; i++) {
      float againLeft, againRight;
      loop_.read(againLeft, againRight);
      tone_.process(againLeft, againRight);
      const float again = back.next(), share = wet.next();
      HilbertPair::f64x2 real, imaginary;
      pair_.process({(double)(b.left[i] + again * againLeft), (double)(b.right[i] + again * againRight)}, real,
                    imaginary);
      const f32x4 wave = sinePhase(splatU(phase_) + u32x4{1u << 30, 0u, 0u, 0u});
      phase_ += (uint32_t)(int64_t)(perHertz_ * (double)(hertz.next() + more.next()));
      left_ = toward(left_, goalLeft);
      right_ = toward(right_, goalRight);
      const float left = (float)real[0] * wave[0] + (float)imaginary[0] * wave[1] * left_;
      const float right = (float)real[1] * wave[0] + (float)imaginary[1] * wave[1] * right_;
      loop_.write(left, right);
      b.left[i] = mixed(b.left[i], left, share);
      b.right[i] = mixed(b.right[i], right, share);
    }
    pair_.endBlock();
    tone_.endBlock();
    feedback_ = endOf(b.params[feedback], n);
  }
  int latencyFrames() const noexcept { return 0; }
  /// Every trip also waits for the all-passes.
  int tailFrames() const noexcept {
    const int trips = tripsToSilence(feedback_);
    return pair_.tailFrames() + (trips > 1 ? (int)((seconds_ + kTripSeconds) * sampleRate_) * trips : 0);
  }

 private:
  static constexpr float kMostSeconds = 2.f, kTripSeconds = 0.25f;

  float toward(float from, float goal) const noexcept {
    return std::fmin(std::fmax(goal, from - fadeStep_), from + fadeStep_);
  }

  HilbertPair pair_;
  EchoLine loop_;
  StereoLowpass tone_;
  double perHertz_ = 0.;
  uint32_t phase_ = 0;
  float left_ = -1.f, right_ = -1.f, fadeStep_ = 0.f;
  float sampleRate_ = 48000.f, seconds_ = 0.02f, feedback_ = 0.f;
  bool fresh_ = true;
};

}  // namespace sl
