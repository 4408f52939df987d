// Resonator: strings or pipes tuned to a chord that ring along with the sound. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/comb_bank.h"
#include "dsp/decibels.h"
#include "dsp/mix_law.h"
#include "dsp/one_pole.h"

namespace sl {

/// Up to six loops on each side. A new root or chord glides there within 30 ms. Loops that would lie above 4 kHz (a
/// twelfth of the sample rate, if that is less) or below 20 Hz ring octaves nearer. Every loop keeps the power of white
/// noise (at full brightness), so that tones that hit a string stand out.
struct Resonator {
  enum P { root, fine, chord, body, decay, brightness, spread, mix, output, numParams };
  static constexpr int kVoices = 6;
  struct Tuning {
    std::string_view id, label;
    int count;
    float semitones[kVoices];
  };
  static constexpr std::array<Tuning, 13> kTunings{
      {{"single", "One note", 1, {0.f}},
       {"octaves", "Octaves", 4, {-12.f, 0.f, 12.f, 24.f}},
       {"fifths", "Fifths", 6, {0.f, 7.f, 12.f, 19.f, 24.f, 31.f}},
       {"major", "Major", 6, {0.f, 4.f, 7.f, 12.f, 16.f, 19.f}},
       {"minor", "Minor", 6, {0.f, 3.f, 7.f, 12.f, 15.f, 19.f}},
       {"sus2", "Sus 2", 6, {0.f, 2.f, 7.f, 12.f, 14.f, 19.f}},
       {"sus4", "Sus 4", 6, {0.f, 5.f, 7.f, 12.f, 17.f, 19.f}},
       {"major7", "Major 7", 6, {0.f, 4.f, 7.f, 11.f, 16.f, 19.f}},
       {"minor7", "Minor 7", 6, {0.f, 3.f, 7.f, 10.f, 15.f, 19.f}},
       {"dominant7", "Dominant 7", 6, {0.f, 4.f, 7.f, 10.f, 16.f, 19.f}},
       {"diminished", "Diminished", 6, {0.f, 3.f, 6.f, 9.f, 12.f, 15.f}},
       {"harmonics", "Harmonics", 6, {0.f, 12.f, 19.01955f, 24.f, 27.863137f, 31.01955f}},
       {"bell", "Bell", 6, {-12.f, 0.f, 3.156413f, 7.01955f, 12.f, 16.980450f}}}};
  static constexpr auto kChords = [] {
    std::array<Option, kTunings.size()> options{};
    for (std::size_t i = 0; i < options.size(); i++) options[i] = {kTunings[i].id, kTunings[i].label};
    return options;
  }();
  static constexpr std::array<Option, 2> kBodies{{{"string", "String"}, {"pipe", "Pipe"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "root",
       .label = "Root",
       .doc = "MIDI note of the chord's root; 60 is middle C.",
       .unit = Unit::count,
       .min = 24.f,
       .max = 96.f,
       .init = 48.f},
      {.id = "fine",
       .label = "Fine",
       .doc = "Fine tuning of all.",
       .unit = Unit::cents,
       .min = -100.f,
       .max = 100.f,
       .init = 0.f},
      {.id = "chord",
       .label = "Chord",
       .doc =
           "Which notes ring above the root. Harmonics: 1 to 6 times the root. Bell: hum, prime, tierce, quint and on.",
       .init = 4.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kChords},
      {.id = "body",
       .label = "Body",
       .doc = "String: all harmonics. Pipe: closed at one end, odd ones only.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kBodies},
      {.id = "decay",
       .label = "Decay",
       .doc = "Time to fall by 60 dB.",
       .unit = Unit::seconds,
       .min = 0.05f,
       .max = 20.f,
       .init = 2.f,
       .curve = Curve::log},
      {.id = "brightness",
       .label = "Brightness",
       .doc = "How long high harmonics ring.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.6f},
      {.id = "spread",
       .label = "Spread",
       .doc = "How far the notes stand apart from left to right.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to resonance only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.4f},
      {.id = "output",
       .label = "Output",
       .doc = "Level of the resonance.",
       .unit = Unit::decibels,
       .min = -24.f,
       .max = 12.f,
       .init = 0.f},
  }};
  static constexpr Spec spec{.id = "resonator",
                             .label = "Resonator",
                             .doc = "A chord of sympathetic strings or pipes: gives pitch to drums, noise and speech.",
                             .category = "filter",
                             .params = params,
                             .costNs = 3100.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    const int most = (int)(sampleRate_ / kLowestHz) + 2;
    const bool left = banks_[0].prepare(arena, most);
    return banks_[1].prepare(arena, most) && left;
  }
  void reset() noexcept {
    banks_[0].reset();
    banks_[1].reset();
    drift_.reset();
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    const int n = b.frames;
    const Tuning& chordNow = kTunings[(std::size_t)b.params[chord].value];
    CombTuning loops;
    Ramp<f32x4> gain[CombTuning::kGroups][2];
    const float slow = fresh_ ? 0.f : std::exp(-(float)n / (kGlideSeconds * sampleRate_));
    const float note = endOf(b.params[root], n) + 0.01f * endOf(b.params[fine], n);
    const float wantedSign = b.params[body].value > 0.f ? -1.f : 1.f;
    sign_ = wantedSign + (sign_ - wantedSign) * slow;
    if (std::fabs(sign_ - wantedSign) < 1e-4f) sign_ = wantedSign;
    for (int g = 0; g < CombTuning::kGroups; g++) aim(g, b, chordNow, note, slow, loops, gain[g]);
    fresh_ = false;
    drift_.aim(StereoLowpass::gainFor(kDriftHz, sampleRate_), n);
    const float loudness = gainOf(b.params[output].value);
    Glide loud({.value = loudness, .step = (gainOf(endOf(b.params[output], n)) - loudness) / (float)n});
    Glide wet(b.params[mix]);
    for (int i = 0; i < n; i++) {
      float slowLeft = b.left[i], slowRight = b.right[i];
      drift_.process(slowLeft, slowRight);
      f32x4 left[CombTuning::kGroups], right[CombTuning::kGroups];
      banks_[0].process(loops, kVoices, b.left[i] - slowLeft, i, left);
      banks_[1].process(loops, kVoices, b.right[i] - slowRight, i, right);
      f32x4 sumLeft = splat(0.f), sumRight = splat(0.f);
      for (int g = 0; g < CombTuning::kGroups; g++) {
        sumLeft += left[g] * (gain[g][0].value + gain[g][0].step * splat((float)i));
        sumRight += right[g] * (gain[g][1].value + gain[g][1].step * splat((float)i));
        loops.back[g] += backStep_[g];
        loops.pole[g] += poleStep_[g];
        loops.into[g] += intoStep_[g];
      }
      const float level = loud.next(), share = wet.next();
      b.left[i] = mixed(b.left[i], sum(sumLeft) * level, share);
      b.right[i] = mixed(b.right[i], sum(sumRight) * level, share);
    }
    drift_.endBlock();
    banks_[0].endBlock();
    banks_[1].endBlock();
    decaySeconds_ = endOf(b.params[decay], n);
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return (int)((decaySeconds_ * kTailPerDecay + 0.5f) * sampleRate_); }

 private:
  static constexpr float kLowestHz = 20.f, kHighestHz = 4000.f, kGlideSeconds = 0.03f, kDriftHz = 10.f,
                         kTailPerDecay = 2.5f;
  static constexpr float kMostGlide = 0.3f;  ///< frames of delay per frame: no read runs backwards
  static constexpr f32x4 kPlaces[CombTuning::kGroups] = {{-0.2f, 0.6f, -0.6f, 0.2f}, {1.f, -1.f, 0.f, 0.f}};

  static float sum(f32x4 v) { return (v[0] + v[1]) + (v[2] + v[3]); }
  /// Pitch folded by octaves to where a loop can ring.
  float pitchOf(float note) const noexcept {
    const float highest = 69.f + 12.f * std::log2(std::fmin(sampleRate_ / 12.f, kHighestHz) / 440.f);
    const float lowest = 69.f + 12.f * std::log2(kLowestHz / 440.f);
    while (note > highest) note -= 12.f;
    while (note < lowest) note += 12.f;
    return note;
  }
  /// Four loops over the block: from where the last one ended to where pitch, loss and level go.
  void aim(int g, const StereoBlock& b, const Tuning& chordNow, float note, float slow, CombTuning& loops,
           Ramp<f32x4> (&gain)[2]) noexcept {
    const float share = 1.f / (float)b.frames;
    f32x4 level = splat(0.f);
    for (int l = 0; l < kLanes; l++) {
      const int voice = g * kLanes + l;
      if (voice >= kVoices) continue;
      // A loop that the chord does not use falls silent where it is.
      const bool used = voice < chordNow.count;
      const float wanted = used ? pitchOf(note + chordNow.semitones[voice]) : pitch_[g][l];
      const float start = used || !fresh_ ? wanted : note;
      pitch_[g][l] = fresh_ ? start : wanted + (pitch_[g][l] - wanted) * slow;
      if (std::fabs(pitch_[g][l] - wanted) < 1e-5f) pitch_[g][l] = wanted;
      level[l] = used ? 1.f / std::sqrt((float)chordNow.count) : 0.f;
    }
    const f32x4 hz = splat(440.f) * exp2((pitch_[g] - splat(69.f)) * splat(1.f / 12.f));
    const float seconds = endOf(b.params[decay], b.frames), bright = endOf(b.params[brightness], b.frames);
    const float way = 0.75f + 0.25f * sign_;  // a pipe's loop is half a period
    const StringLoss loss = stringLoss(max(hz, splat(kLowestHz)), splat(seconds / way), splat(bright), sampleRate_);
    const f32x4 delay =
        max(splat(way * sampleRate_) / max(hz, splat(kLowestHz)) - loss.delayFrames, splat(CombBank::kLeastFrames));
    const f32x4 most = splat(kMostGlide * (float)b.frames);
    const f32x4 reached = fresh_ ? delay : min(max(delay, delay_[g] - most), delay_[g] + most);
    const f32x4 back = loss.gain * splat(sign_);
    level_[g] = fresh_ ? level : level + (level_[g] - level) * splat(slow);
    const f32x4 width = splat(endOf(b.params[spread], b.frames)) * kPlaces[g];
    const f32x4 goals[2] = {level_[g] * sqrt(splat(1.f) - width), level_[g] * sqrt(splat(1.f) + width)};
    const f32x4 into = sqrt(max(splat(1.f) - loss.gain * loss.gain, splat(0.f)));
    if (fresh_) pole_[g] = loss.pole, into_[g] = into;
    if (fresh_) delay_[g] = reached, back_[g] = back, gain_[g][0] = goals[0], gain_[g][1] = goals[1];
    loops.delay[g] = delay_[g];
    loops.glide[g] = (reached - delay_[g]) * splat(share);
    loops.pole[g] = pole_[g];
    loops.into[g] = into_[g];
    poleStep_[g] = (loss.pole - pole_[g]) * splat(share);
    intoStep_[g] = (into - into_[g]) * splat(share);
    pole_[g] = loss.pole;
    into_[g] = into;
    loops.back[g] = back_[g];
    backStep_[g] = (back - back_[g]) * splat(share);
    for (int s = 0; s < 2; s++) {
      gain[s] = {.value = gain_[g][s], .step = (goals[s] - gain_[g][s]) * splat(share)};
      gain_[g][s] = goals[s];
    }
    delay_[g] = reached;
    back_[g] = back;
  }

  CombBank banks_[2];
  StereoLowpass drift_;
  f32x4 pitch_[CombTuning::kGroups] = {}, delay_[CombTuning::kGroups] = {}, back_[CombTuning::kGroups] = {};
  f32x4 pole_[CombTuning::kGroups] = {}, into_[CombTuning::kGroups] = {};
  f32x4 poleStep_[CombTuning::kGroups] = {}, intoStep_[CombTuning::kGroups] = {};
  f32x4 backStep_[CombTuning::kGroups] = {}, level_[CombTuning::kGroups] = {};
  f32x4 gain_[CombTuning::kGroups][2] = {};
  float sign_ = 1.f;  ///< of the reflection: 1 string, -1 pipe
  float sampleRate_ = 48000.f, decaySeconds_ = 2.f;
  bool fresh_ = true;
};

}  // namespace sl
