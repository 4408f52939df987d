// Filter: eight types, moved by hand, by an LFO and by the level of the sound or of a side chain. Audio thread except
// prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/formant_bank.h"
#include "dsp/mix_law.h"
#include "dsp/modulated_line.h"
#include "dsp/morph_svf.h"
#include "dsp/shaped_lfo.h"
#include "dsp/soft_drive.h"

namespace sl {

/// Q = 0.5 * 2^(6 resonance). The cutoff is new at every frame: knob, LFO and follower add up in octaves. Combs ring at
/// the cutoff and its multiples (comb +) or between them (comb -), up to a ninth of the sample rate, at the power of
/// white noise. In the formant type the cutoff picks the vowel: U at 200 Hz, then O, A, E, I, one octave apart. Types
/// and slopes fade over 10 ms.
struct Filter {
  enum P {
    mode,
    slope,
    cutoff,
    resonance,
    drive,
    lfoDepth,
    rate,
    sync,
    shape,
    phase,
    envelope,
    attack,
    release,
    mix,
    output,
    numParams
  };
  static constexpr std::array<Option, 8> kModes{{{"lowpass", "Low-pass"},
                                                 {"highpass", "High-pass"},
                                                 {"bandpass", "Band-pass"},
                                                 {"notch", "Notch"},
                                                 {"peak", "Peak"},
                                                 {"combPlus", "Comb +"},
                                                 {"combMinus", "Comb -"},
                                                 {"formant", "Formant"}}};
  static constexpr std::array<Option, 2> kSlopes{{{"12", "12 dB/oct"}, {"24", "24 dB/oct"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "mode",
       .label = "Type",
       .doc = "What passes. Peak lifts by 12 dB, 24 dB at the steeper slope. Formant: vowels.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kModes},
      {.id = "slope",
       .label = "Slope",
       .doc = "Steepness; combs and formants have none.",
       .init = 1.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kSlopes},
      {.id = "cutoff",
       .label = "Cutoff",
       .doc = "Corner, middle or pitch. Formant: the vowel, U O A E I from 200 to 3200 Hz.",
       .unit = Unit::hertz,
       .min = 20.f,
       .max = 20000.f,
       .init = 1500.f,
       .curve = Curve::log},
      {.id = "resonance",
       .label = "Resonance",
       .doc = "Emphasis at the cutoff; how long a comb rings; how narrow formants are.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 0.95f,
       .init = 0.25f},
      {.id = "drive",
       .label = "Drive",
       .doc = "Soft saturation in front of the filter; signals at -12 dBFS keep their level.",
       .unit = Unit::decibels,
       .min = 0.f,
       .max = 24.f,
       .init = 0.f},
      {.id = "lfoDepth",
       .label = "Depth",
       .doc = "How far the LFO moves the cutoff, either way.",
       .unit = Unit::octaves,
       .min = 0.f,
       .max = 4.f,
       .init = 0.f,
       .group = "LFO"},
      {.id = "rate",
       .label = "Rate",
       .doc = "Speed of the LFO when it runs free.",
       .unit = Unit::hertz,
       .min = 0.02f,
       .max = 20.f,
       .init = 0.5f,
       .curve = Curve::log,
       .group = "LFO"},
      syncParam("Length of one LFO cycle in the song's tempo, instead of the rate.", "sync", "Sync", "LFO"),
      {.id = "shape",
       .label = "Shape",
       .doc = "How the LFO moves.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .group = "LFO",
       .options = kLfoShapes},
      {.id = "phase",
       .label = "Stereo phase",
       .doc = "How far the right side's LFO is ahead.",
       .unit = Unit::degrees,
       .min = 0.f,
       .max = 180.f,
       .init = 0.f,
       .group = "LFO"},
      {.id = "envelope",
       .label = "Amount",
       .doc = "How far a full-scale sound, or the side chain where one is connected, moves the cutoff.",
       .unit = Unit::octaves,
       .min = -6.f,
       .max = 6.f,
       .init = 0.f,
       .group = "Envelope"},
      {.id = "attack",
       .label = "Attack",
       .doc = "How fast the cutoff follows a rising level.",
       .unit = Unit::seconds,
       .min = 0.001f,
       .max = 0.5f,
       .init = 0.01f,
       .curve = Curve::log,
       .group = "Envelope"},
      {.id = "release",
       .label = "Release",
       .doc = "How fast it follows a falling level.",
       .unit = Unit::seconds,
       .min = 0.01f,
       .max = 3.f,
       .init = 0.2f,
       .curve = Curve::log,
       .group = "Envelope"},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to filtered only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
      {.id = "output",
       .label = "Output",
       .doc = "Level of the filtered part.",
       .unit = Unit::decibels,
       .min = -24.f,
       .max = 12.f,
       .init = 0.f},
  }};
  static constexpr Spec spec{.id = "filter",
                             .label = "Filter",
                             .doc = "Eight filter types with drive, an LFO in time and an envelope follower.",
                             .category = "filter",
                             .params = params,
                             .sidechain = true,
                             .costNs = 1700.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    lfo_.prepare(sampleRate_, setup.seed);
    drive_.prepare(sampleRate_);
    bool ready = table_.prepare(arena);
    for (int s = 0; s < 2; s++) {
      vowel_[s].prepare(sampleRate_);
      ready = comb_[s].prepare(arena, (int)(sampleRate_ / kLeastHz) + 2) && ready;
    }
    fadeStep_ = 1.f / (0.01f * sampleRate_);
    return ready;
  }
  void reset() noexcept {
    lfo_.reset();
    drive_.reset();
    svf_.reset();
    for (int s = 0; s < 2; s++) comb_[s].reset(), vowel_[s].reset();
    peak_ = level_ = 0.f;
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    const int n = b.frames, wanted = (int)b.params[mode].value;
    if (fresh_)
      for (int m = 0; m < kTypes; m++) share_[m] = m == wanted ? 1.f : 0.f;
    if (fresh_) steep_ = b.params[slope].value;
    fresh_ = false;
    lfo_.aim(b.params[shape].value, b.params[sync].value, b.params[rate].value + b.params[rate].step * 0.5f * (float)n,
             b.song, b.params[phase].value / 360.f);
    drive_.aim(b.params[drive].value, endOf(b.params[drive], n), n);
    const float fall = std::exp(-1.f / (b.params[release].value * sampleRate_));
    const float rise = 1.f - std::exp(-1.f / (b.params[attack].value * sampleRate_));
    const float octave = std::log2(b.params[cutoff].value);
    const float octaveStep = (std::log2(endOf(b.params[cutoff], n)) - octave) / (float)n;
    const bool swept = octaveStep != 0.f || uses(b.params[lfoDepth]) || uses(b.params[envelope]);
    if (!swept) lfo_.skip(n);
    Tuning tuning = tuned(splat(octave));
    Glide narrow(ramp(damping(b.params[resonance].value), damping(endOf(b.params[resonance], n)), n));
    Glide again(ramp(feedbackOf(b.params[resonance].value), feedbackOf(endOf(b.params[resonance], n)), n));
    Glide loud(ramp(gainOf(b.params[output].value), gainOf(endOf(b.params[output], n)), n));
    Glide deep(b.params[lfoDepth]), follow(b.params[envelope]), wet(b.params[mix]);
    for (int i = 0; i < n; i++) {
      fade(wanted, b.params[slope].value);
      const float side = b.sideLeft ? std::fmax(std::fabs(b.sideLeft[i]), std::fabs(b.sideRight[i]))
                                    : std::fmax(std::fabs(b.left[i]), std::fabs(b.right[i]));
      peak_ = std::fmax(std::fmin(side, kMostLevel), peak_ * fall);
      level_ += (peak_ - level_) * rise;
      if (swept) {
        float lfo[2];
        lfo_.next(lfo[0], lfo[1]);
        const float depth = deep.next();
        const float still = octave + octaveStep * (float)i + follow.next() * std::sqrt(std::fmin(level_, 1.f));
        tuning = tuned({still + depth * lfo[0], still + depth * lfo[1], 0.f, 0.f});
      }
      const float k = narrow.next(), back = again.next(), level = loud.next(), amount = wet.next();
      const f32x4 x = drive_.process({b.left[i], b.right[i], 0.f, 0.f});
      const f32x4 y = filtered(x, tuning, k, back);
      b.left[i] = mixed(b.left[i], y[0] * level, amount);
      b.right[i] = mixed(b.right[i], y[1] * level, amount);
    }
    endBlock(b);
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept {
    const float lowest = std::fmax(lowestHz_, kLeastHz);
    // Two sections, resonance and output level on top of 100 dB.
    float seconds = 3.2f * std::fmax(ringFrames(lowest), ringFrames(highestHz_)) / sampleRate_;
    if (combs() > 0.f) seconds += 1.2f * (float)tripsToSilence(feedbackOf(resonance_)) / lowest;
    if (share_[formant] > 0.f) seconds += 11.5129254f / (kPi * FormantBank::kNarrowestHz * broadOf(k_));
    return (int)(seconds * sampleRate_) + 64;
  }

 private:
  enum Type { lowpass, highpass, bandpass, notch, peak, combPlus, combMinus, formant, kTypes };
  static constexpr float kMostLevel = 4.f;                            ///< that the follower remembers
  static constexpr float kLeastHz = 20.f, kVowelOctave = 7.6438562f;  ///< log2 of 200 Hz

  static Ramp<float> ramp(float from, float to, int n) { return {.value = from, .step = (to - from) / (float)n}; }
  static float damping(float resonance) { return 2.f * std::exp2(-6.f * resonance); }
  static float feedbackOf(float resonance) { return 1.02f * resonance; }
  static float broadOf(float k) { return 2.f * std::pow(k, 0.7f); }
  float combs() const { return share_[combPlus] + share_[combMinus]; }

  /// A section's ringing by 100 dB; the bilinear map slows poles towards half the sample rate.
  float ringFrames(float hz) const noexcept {
    const float g = tanPi(min(splat(hz / sampleRate_), splat(0.49f)))[0];
    return 11.5129254f * (1.f + g * g) / (g * std::fmin(k_, 1.f));
  }
  void fade(int wanted, float wantedSlope) noexcept {
    if (share_[wanted] == 1.f && steep_ == wantedSlope) return;
    for (int m = 0; m < kTypes; m++)
      share_[m] = m == wanted ? std::fmin(share_[m] + fadeStep_, 1.f) : std::fmax(share_[m] - fadeStep_, 0.f);
    steep_ =
        wantedSlope > steep_ ? std::fmin(steep_ + fadeStep_, wantedSlope) : std::fmax(steep_ - fadeStep_, wantedSlope);
  }
  /// Where both sides are: log2 of Hz, Hz, tan(pi f / sample rate).
  struct Tuning {
    f32x4 octave, hz, g;
  };
  Tuning tuned(f32x4 octave) const noexcept {
    const f32x4 hz = max(exp2(octave), splat(kLeastHz));
    return {octave, hz, tanPi(min(hz * splat(1.f / sampleRate_), splat(0.49f)))};
  }
  static bool uses(const Ramp<float>& amount) { return amount.value != 0.f || amount.moving; }

  f32x4 filtered(f32x4 x, const Tuning& at, float k, float back) noexcept {
    f32x4 y = splat(0.f);
    const float curves = share_[lowpass] + share_[highpass] + share_[bandpass] + share_[notch] + share_[peak];
    if (curves > 0.f) {
      const float s = 1.f / curves;
      y = svf_.process(x, at.g, k,
                       {share_[lowpass] * s, share_[highpass] * s, share_[bandpass] * s, share_[notch] * s,
                        share_[peak] * s, steep_}) *
          splat(curves);
    }
    if (combs() > 0.f) {
      const float c = back * (share_[combPlus] - share_[combMinus]) / combs();
      const float keep = combs() * std::sqrt(1.f - c * c);
      for (int s = 0; s < 2; s++) {
        const double frames = std::fmax((double)sampleRate_ / at.hz[s], (double)ModulatedLine::kMinFrames);
        const float ringing = x[s] + c * comb_[s].read(table_, frames);
        comb_[s].write(ringing);
        y[s] += keep * ringing;
      }
    }
    if (share_[formant] > 0.f)
      for (int s = 0; s < 2; s++)
        y[s] += share_[formant] * vowel_[s].process(x[s], at.octave[s] - kVowelOctave, broadOf(k));
    return y;
  }
  void endBlock(const StereoBlock& b) noexcept {
    lfo_.endBlock();
    drive_.endBlock();
    svf_.endBlock();
    for (int s = 0; s < 2; s++) vowel_[s].endBlock();
    peak_ = flush(peak_);
    level_ = flush(level_);
    // What no longer sounds begins anew the next time.
    if (combs() == 0.f) comb_[0].reset(), comb_[1].reset();
    if (share_[formant] == 0.f) vowel_[0].reset(), vowel_[1].reset();
    if (share_[formant] + combs() >= 1.f) svf_.reset();
    resonance_ = endOf(b.params[resonance], b.frames);
    k_ = damping(resonance_);
    const float depth = endOf(b.params[lfoDepth], b.frames), lift = endOf(b.params[envelope], b.frames);
    highestHz_ = endOf(b.params[cutoff], b.frames) * std::exp2(depth + std::fmax(lift, 0.f));
    lowestHz_ = endOf(b.params[cutoff], b.frames) *
                std::exp2(-endOf(b.params[lfoDepth], b.frames) + std::fmin(endOf(b.params[envelope], b.frames), 0.f));
  }

  SincTable table_;
  ShapedLfo lfo_;
  SoftDrive drive_;
  MorphSvf svf_;
  ModulatedLine comb_[2];
  FormantBank vowel_[2];
  float share_[kTypes] = {};
  float steep_ = 0.f, fadeStep_ = 0.f;
  float peak_ = 0.f, level_ = 0.f;  ///< of the follower
  float sampleRate_ = 48000.f, lowestHz_ = kLeastHz, highestHz_ = kLeastHz, k_ = 1.f, resonance_ = 0.f;
  bool fresh_ = true;
};

}  // namespace sl
