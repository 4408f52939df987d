// Tape delay: echoes that saturate, lose their edges and waver, at a speed that glides. Audio thread except prepare.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/delay_ring.h"
#include "dsp/math.h"
#include "dsp/mix_law.h"
#include "dsp/overdrive.h"
#include "dsp/sinc_kernel.h"
#include "dsp/tempo_sync.h"
#include "dsp/wet_band.h"

namespace sl {

/// A loop of tape: what comes in and what comes round is recorded through a soft curve (four times oversampled), read
/// by a 32-tap sinc at a place that wow and flutter move, and filtered once per trip. The head moves no faster than
/// 0.6 of the tape's speed, so a new time glides in pitch as on a machine (Dattorro 1997, part 2, on time changes).
struct Tape {
  enum P { time, feedback, drive, tone, lowCut, wow, flutter, mix, sync, numParams };
  static constexpr float kMaxSeconds = 2.f;
  static constexpr std::array<Param, numParams> params{{
      {.id = "time",
       .label = "Time",
       .doc = "Time between echoes. Changes glide in pitch, as when a tape changes its speed.",
       .unit = Unit::seconds,
       .min = 0.02f,
       .max = kMaxSeconds,
       .init = 0.375f,
       .curve = Curve::log,
       .smooth = Smooth::fade},
      {.id = "feedback",
       .label = "Feedback",
       .doc = "How much of each echo is recorded again. Above 100 % it swells until the tape is full.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.1f,
       .init = 0.4f},
      {.id = "drive",
       .label = "Drive",
       .doc = "Level on the tape: 0 dB is nearly clean, more is rounder and louder between the peaks.",
       .unit = Unit::decibels,
       .min = 0.f,
       .max = 24.f,
       .init = 9.f},
      {.id = "tone",
       .label = "Tone",
       .doc = "Low-pass of every trip, 12 dB per octave; 20 kHz is off.",
       .unit = Unit::hertz,
       .min = 500.f,
       .max = WetBand::kHighEnd,
       .init = 5500.f,
       .curve = Curve::log},
      WetBand::lowCut(60.f),
      {.id = "wow",
       .label = "Wow",
       .doc = "Slow wavering of the speed, up to 0.8 %.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.25f},
      {.id = "flutter",
       .label = "Flutter",
       .doc = "Fast wavering of the speed, up to 0.4 %.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.2f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to echoes only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.3f},
      syncParam("Note length instead of the time, at the song's tempo. What exceeds 2 s is halved."),
  }};
  static constexpr Spec spec{.id = "tape",
                             .label = "Tape delay",
                             .doc = "Echoes from a loop of tape: warm, wavering, swelling when pushed.",
                             .category = "delay",
                             .params = params,
                             .costNs = 3200.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    for (int k = 0; k < kLanes; k++) {
      turn_[k] = (uint32_t)(4294967296. * kHz[k] / sampleRate_);
      swing_[k] = kBend[k] / (6.2831853f * kHz[k]) * sampleRate_;
    }
    const int frames = (int)((kMaxSeconds + kMaxSwingSeconds) * sampleRate_) + LongSincTable::kTaps;
    const bool table = table_.prepare(arena), curve = curve_.prepare(arena, sampleRate_);
    const bool left = ring_[0].prepare(arena, frames);
    return ring_[1].prepare(arena, frames) && left && table && curve;
  }
  void reset() noexcept {
    for (DelayRing& ring : ring_) ring.reset();
    curve_.reset();
    band_.reset();
    phase_ = kPhase;
    place_ = 0.;
    started_ = false;
  }
  void process(const StereoBlock& b) noexcept {
    const float seconds = syncedDelaySeconds(b.params[sync].value, b.song.bpm, b.params[time].value, kMaxSeconds);
    const double goal = (double)seconds * sampleRate_ - curve_.latencyFrames();
    if (place_ == 0.) place_ = goal;
    float left[32], right[32], shaped[2][32];
    Glide slow(b.params[wow]), fast(b.params[flutter]);
    const double follow = 1. / (kGlideSeconds * sampleRate_);
    for (int i = 0; i < b.frames; i++) {
      const double way = goal - place_;
      place_ = std::fabs(way) < 1e-6 ? goal : place_ + std::clamp(way * follow, -kSpeed, kSpeed);
      const float w = slow.next(), f = fast.next();
      const f32x4 swing = sinePhase(phase_) * swing_ * f32x4{w, w, f, f};
      phase_ += turn_;
      // The block is written after it is read: frame i lies that much nearer to what was written last.
      const double back = place_ - i + (swing[0] + swing[1]) + (swing[2] + swing[3]);
      const int whole = (int)back + 1, oldest = whole + LongSincTable::kNewest - 1;
      table_.read(ring_[0].window(oldest), ring_[1].window(oldest), (float)(whole - back), left[i], right[i]);
    }
    band_.process(left, right, b.frames, b.params[lowCut], b.params[tone], sampleRate_);

    // A curve that keeps -12 dBFS lifts what is softer: taken off the loop, so that it decays as the feedback says.
    Ramp<float> level = b.params[drive];
    level.value -= kHeadroomDb;
    const float gain = 0.25f * gainOf(endOf(level, b.frames));
    const float again = endOf(b.params[feedback], b.frames) * std::tanh(gain) / gain;
    if (!started_) again_ = again;
    started_ = true;
    Glide back({.value = again_, .step = (again - again_) / (float)b.frames}), wet(b.params[mix]);
    again_ = again;
    float tapeLeft[32], tapeRight[32];
    for (int i = 0; i < b.frames; i++) {
      const float g = back.next(), m = wet.next();
      tapeLeft[i] = b.left[i] + left[i] * g;
      tapeRight[i] = b.right[i] + right[i] * g;
      b.left[i] = mixed(b.left[i], left[i], m);
      b.right[i] = mixed(b.right[i], right[i], m);
    }
    curve_.process(tapeLeft, tapeRight, shaped, level, Overdrive::Shape::soft, b.frames, b.level);
    for (int i = 0; i < b.frames; i++) {
      ring_[0].write(flush(shaped[0][i]));
      ring_[1].write(flush(shaped[1][i]));
    }
    timeSeconds_ = std::max(seconds, (float)(place_ / sampleRate_));
    feedback_ = endOf(b.params[feedback], b.frames);
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept {
    if (feedback_ > 0.999f) return 1 << 29;
    const double trip = (timeSeconds_ + kMaxSwingSeconds) * sampleRate_ + 2 * curve_.latencyFrames();
    return (int)std::min(trip * tripsToSilence(feedback_) + band_.tailFrames(sampleRate_), (double)(1 << 29));
  }

 private:
  static constexpr float kHz[kLanes] = {0.53f, 1.27f, 6.3f, 11.7f};
  static constexpr float kBend[kLanes] = {0.005f, 0.003f, 0.0028f, 0.0012f};  ///< of the speed, each
  static constexpr float kMaxSwingSeconds = 0.002f, kHeadroomDb = 12.f;
  static constexpr u32x4 kPhase = {0u, 0x58000000u, 0x9c000000u, 0x21000000u};
  static constexpr double kGlideSeconds = 0.12, kSpeed = 0.6;

  LongSincTable table_;
  DelayRing ring_[2];
  Overdrive curve_;
  WetBand band_;
  u32x4 phase_ = kPhase, turn_{};
  f32x4 swing_{};
  double place_ = 0.;  ///< frames between writing and reading; 0: not yet known
  float sampleRate_ = 48000.f;
  float again_ = 0.f, timeSeconds_ = params[time].init, feedback_ = params[feedback].init;
  bool started_ = false;
};

}  // namespace sl
