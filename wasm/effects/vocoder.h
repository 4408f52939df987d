// Vocoder: the spectrum of one sound, moment by moment, laid over another. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/band_bank.h"
#include "dsp/decibels.h"
#include "dsp/hash.h"
#include "dsp/mix_law.h"
#include "dsp/pulse_saw.h"

namespace sl {

/// Channel vocoder (Dudley 1939): bands from 80 Hz to 12 kHz take the levels of the modulator and give them to the
/// carrier. With a side chain that is the modulator and the track the carrier; without one the track is the modulator
/// and the carrier is made here. Where the modulator hisses (most of its level above 3.5 kHz), noise takes the
/// carrier's place.
struct Vocoder {
  enum P { bands, carrier, note, detune, attack, release, formant, unvoiced, mix, output, numParams };
  static constexpr std::array<Option, 2> kCarriers{{{"saw", "Saw"}, {"noise", "Noise"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "bands",
       .label = "Bands",
       .doc = "Few: robots. Many: words.",
       .unit = Unit::count,
       .min = 8.f,
       .max = 40.f,
       .init = 24.f,
       .smooth = Smooth::fade},
      {.id = "carrier",
       .label = "Carrier",
       .doc = "What speaks when no side chain is connected.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .group = "Carrier",
       .options = kCarriers},
      {.id = "note",
       .label = "Note",
       .doc = "MIDI note of the saws; 60 is middle C.",
       .unit = Unit::count,
       .min = 24.f,
       .max = 84.f,
       .init = 45.f,
       .group = "Carrier"},
      {.id = "detune",
       .label = "Detune",
       .doc = "How far the left and right saws stand below and above the middle one.",
       .unit = Unit::cents,
       .min = 0.f,
       .max = 50.f,
       .init = 8.f,
       .group = "Carrier"},
      {.id = "attack",
       .label = "Attack",
       .doc = "How fast a band opens.",
       .unit = Unit::seconds,
       .min = 0.001f,
       .max = 0.2f,
       .init = 0.003f,
       .curve = Curve::log},
      {.id = "release",
       .label = "Release",
       .doc = "How fast a band closes; long ones smear.",
       .unit = Unit::seconds,
       .min = 0.005f,
       .max = 2.f,
       .init = 0.04f,
       .curve = Curve::log},
      {.id = "formant",
       .label = "Formant shift",
       .doc = "Moves the bands of the carrier: larger or smaller voices.",
       .unit = Unit::semitones,
       .min = -12.f,
       .max = 12.f,
       .init = 0.f},
      {.id = "unvoiced",
       .label = "Unvoiced",
       .doc = "Noise for s, t and breath.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.6f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Track (0 %) to vocoded only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
      {.id = "output",
       .label = "Output",
       .doc = "Level of the vocoded part.",
       .unit = Unit::decibels,
       .min = -24.f,
       .max = 24.f,
       .init = 0.f},
  }};
  static constexpr Spec spec{
      .id = "vocoder",
      .label = "Vocoder",
      .doc = "Makes the track talk with the side chain's voice, or the voice on it sing like a synth.",
      .category = "filter",
      .params = params,
      .sidechain = true,
      .costNs = 4200.f};

  bool prepare(const Setup& setup, Arena&) {
    sampleRate_ = setup.sampleRate;
    seed_ = setup.seed;
    return true;
  }
  void reset() noexcept {
    for (PulseSaw& saw : saws_) saw.reset();
    count_ = 0;
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    const int n = b.frames;
    if (fresh_) {
      layBands((int)b.params[bands].value, endOf(b.params[formant], n));
      noisy_ = b.params[carrier].value;
      open_ = 1.f;
    } else if (b.params[formant].changed) {
      for (BandBank& bank : carriers_) bank.tune(plan_, endOf(b.params[formant], n) / 12.f, sampleRate_);
    }
    fresh_ = false;
    float modulator[32], sound[2][32], hiss[32];
    for (int i = 0; i < n; i++)
      modulator[i] = 0.5f * (b.sideLeft ? b.sideLeft[i] + b.sideRight[i] : b.left[i] + b.right[i]);
    f32x4 levels[BandPlan::kGroups][32];
    follow(b, modulator, levels, hiss);
    carry(b, hiss, sound);
    f32x4 sums[2][32] = {};
    for (int s = 0; s < 2; s++)
      for (int g = 0; g < plan_.groups(); g++) {
        f32x4 band[32];
        carriers_[s].process(g, sound[s], band, n);
        for (int i = 0; i < n; i++) sums[s][i] += band[i] * levels[g][i];
      }
    const float loudness = gainOf(b.params[output].value);
    Glide loud({.value = loudness, .step = (gainOf(endOf(b.params[output], n)) - loudness) / (float)n});
    Glide wet(b.params[mix]);
    const float wanted = (int)b.params[bands].value == plan_.count ? 1.f : 0.f,
                slew = 1.f / (kFadeSeconds * sampleRate_);
    const float makeup = kMakeup * std::sqrt((float)plan_.count);
    for (int i = 0; i < n; i++) {
      open_ = wanted > open_ ? std::fmin(open_ + slew, 1.f) : std::fmax(open_ - slew, wanted);
      const float level = loud.next() * open_ * makeup, share = wet.next();
      b.left[i] = mixed(b.left[i], sum(sums[0][i]) * level, share);
      b.right[i] = mixed(b.right[i], sum(sums[1][i]) * level, share);
    }
    // A new number of bands: closed first, then laid anew.
    if (open_ == 0.f) layBands((int)b.params[bands].value, endOf(b.params[formant], n));
    tailSeconds_ = 12.f * (b.params[release].value + b.params[attack].value) +
                   plan_.ringSeconds() * (1.f + std::exp2(-endOf(b.params[formant], n) / 12.f));
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return (int)(tailSeconds_ * sampleRate_) + 32; }

 private:
  static constexpr float kLowHz = 80.f, kHighHz = 12000.f, kHissHz = 3500.f, kFadeSeconds = 0.01f;
  static constexpr float kMakeup = 2.f, kSawLevel = 0.35f, kNoiseLevel = 0.5f, kNoiseCarrier = 3.5f;

  static float sum(f32x4 v) { return (v[0] + v[1]) + (v[2] + v[3]); }

  void layBands(int count, float shift) noexcept {
    plan_.lay(count, kLowHz, std::fmin(kHighHz, 0.4f * sampleRate_));
    analyser_.reset();
    analyser_.tune(plan_, 0.f, sampleRate_);
    for (BandBank& bank : carriers_) bank.reset(), bank.tune(plan_, shift / 12.f, sampleRate_);
    for (int g = 0; g < BandPlan::kGroups; g++) peak_[g] = level_[g] = splat(0.f);
  }
  /// Levels of the modulator's bands with their signs, and how much it hisses, 0..1.
  void follow(const StereoBlock& b, const float* modulator, f32x4 (*levels)[32], float* hiss) noexcept {
    const int n = b.frames;
    const f32x4 rise = splat(1.f - std::exp(-1.f / (b.params[attack].value * sampleRate_)));
    const f32x4 fall = splat(1.f - std::exp(-1.f / (b.params[release].value * sampleRate_)));
    f32x4 high[32] = {}, all[32] = {};
    for (int g = 0; g < plan_.groups(); g++) {
      f32x4 band[32];
      analyser_.process(g, modulator, band, n);
      const f32x4 above = select(plan_.octave[g] > splat(std::log2(kHissHz)), abs(plan_.sign[g]), splat(0.f));
      f32x4 peak = peak_[g], level = level_[g];
      for (int i = 0; i < n; i++) {
        const f32x4 size = abs(band[i]), way = size - peak;
        peak += way * select(way > splat(0.f), rise, fall);
        level += (peak - level) * rise;
        levels[g][i] = level * plan_.sign[g];
        const f32x4 power = level * level * abs(plan_.sign[g]);
        all[i] += power;
        high[i] += power * above;
      }
      peak_[g] = flush(peak);
      level_[g] = flush(level);
    }
    for (int i = 0; i < n; i++) {
      const float share = sum(high[i]) / (sum(all[i]) + 1e-20f);
      hiss[i] = std::fmin(std::fmax((share - 0.5f) * 4.f, 0.f), 1.f);
    }
  }
  /// The carrier of both sides.
  void carry(const StereoBlock& b, const float* hiss, float (*sound)[32]) noexcept {
    const int n = b.frames;
    Glide take(b.params[unvoiced]), key(b.params[note]), apart(b.params[detune]);
    const float wanted = b.params[carrier].value, slew = 1.f / (kFadeSeconds * sampleRate_);
    const bool moving = b.params[note].moving || b.params[detune].moving;
    f32x4 cycles = pitches(b.params[note].value, b.params[detune].value);
    for (int i = 0; i < n; i++) {
      const float noise = kNoiseLevel * bipolar(hash(splatU(count_++ * 0x9e3779b9u ^ seed_)))[0];
      const float semitones = key.next(), cents = apart.next(), breath = take.next() * hiss[i];
      if (moving) cycles = pitches(semitones, cents);
      noisy_ = wanted > noisy_ ? std::fmin(noisy_ + slew, 1.f) : std::fmax(noisy_ - slew, wanted);
      float left = b.left[i], right = b.right[i];
      if (!b.sideLeft) {
        const float low = saws_[0].next(cycles[0]), middle = saws_[1].next(cycles[1]), up = saws_[2].next(cycles[2]);
        left = kSawLevel * (middle + low), right = kSawLevel * (middle + up);
        left += (kNoiseCarrier * noise - left) * noisy_;
        right += (kNoiseCarrier * noise - right) * noisy_;
      }
      sound[0][i] = left + (noise - left) * breath;
      sound[1][i] = right + (noise - right) * breath;
    }
  }
  f32x4 pitches(float semitones, float cents) const noexcept {
    const f32x4 away = f32x4{-0.01f, 0.f, 0.01f, 0.f} * splat(cents) + splat(semitones - 69.f);
    return exp2(away * splat(1.f / 12.f)) * splat(440.f / sampleRate_);
  }

  BandPlan plan_;
  BandBank analyser_, carriers_[2];
  f32x4 peak_[BandPlan::kGroups] = {}, level_[BandPlan::kGroups] = {};
  PulseSaw saws_[3];
  uint32_t count_ = 0, seed_ = 0;
  float noisy_ = 0.f, open_ = 1.f;
  float sampleRate_ = 48000.f, tailSeconds_ = 1.f;
  bool fresh_ = true;
};

}  // namespace sl
