// Formant filter unit: five resonances that sing vowels. Audio thread.
#pragma once
#include <array>

#include "dsp/stereo_ports.h"
#include "dsp/svf.h"
#include "dsp/vowels.h"

namespace sl {

/// Five trapezoidal band-passes in parallel with alternating signs, so that they don't cancel between their peaks. On
/// the way from vowel to vowel centres and widths move in octaves and levels in decibels. Coefficients ramp over a
/// segment.
struct FormantFilter {
  static constexpr float kMakeup = 3.f;  ///< Peaks are narrow: makes a saw about as loud as before.
  enum P { voice, vowel, shift, sharpness, mix, numParams };
  static constexpr std::array<Option, 5> voices{{{"bass", "Bass"},
                                                 {"tenor", "Tenor"},
                                                 {"countertenor", "Countertenor"},
                                                 {"alto", "Alto"},
                                                 {"soprano", "Soprano"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "voice",
       .label = "Voice",
       .doc = "Whose formants",
       .init = 1.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = voices},
      {.id = "vowel", .label = "Vowel", .doc = "From a over e, i and o to u", .min = 0.f, .max = 4.f, .init = 0.f},
      {.id = "shift",
       .label = "Shift",
       .doc = "Moves all formants: a bigger or smaller head",
       .unit = Unit::semitones,
       .min = -24.f,
       .max = 24.f,
       .init = 0.f},
      {.id = "sharpness",
       .label = "Sharpness",
       .doc = "Narrowness of the formants",
       .unit = Unit::ratio,
       .min = 0.25f,
       .max = 4.f,
       .init = 0.7f,
       .curve = Curve::log},
      {.id = "mix", .label = "Mix", .doc = "Share of the filtered sound", .unit = Unit::fraction, .init = 1.f},
  }};
  static constexpr std::array<Port, 2> inputs{{{.id = "in", .doc = "Audio to filter"}, kRightIn}};
  static constexpr std::array<Port, 2> outputs{{{.id = "out", .doc = "Filtered audio"}, kRightOut}};
  static constexpr Spec spec{.id = "formant",
                             .label = "Formant filter",
                             .doc = "Lets a sound sing vowels",
                             .category = "filter",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 650.f};

  /// A band-pass: SvfCoefficients without what is zero, its level in `half`.
  struct Band {
    f32x4 loss2, a22, a32, half;
  };
  struct State {
    SvfSection section[2][kFormants];
    Band band[kFormants];  ///< As reached by the last frame.
    f32x4 vowel, shift, sharpness;
    int32_t voice;
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& block, uint32_t lanes) noexcept {
    lanes &= ~block.legato;
    s.fresh |= lanes;
    for (auto& channel : s.section)
      for (SvfSection& section : channel) section.clear(~laneMask(lanes));
  }
  static void flushState(State& s) noexcept {
    for (auto& channel : s.section)
      for (SvfSection& section : channel) section.flushState();
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const f32x4 count = splat((float)n), zero = splat(0.f);
    const auto end = [&](int k) { return p[k].value + p[k].step * count; };
    const int singer = (int)p[voice].value[0];
    const i32x4 fresh = laneMask(s.fresh);
    Band from[kFormants], step[kFormants] = {};
    for (int k = 0; k < kFormants; k++) from[k] = s.band[k];
    const bool moved =
        singer != s.voice || any((end(vowel) != s.vowel) | (end(shift) != s.shift) | (end(sharpness) != s.sharpness));
    if (moved || s.fresh) {
      make(s.band, singer, end(vowel), end(shift), end(sharpness), b.voice->sampleRate);
      Band first[kFormants];
      make(first, singer, p[vowel].value, p[shift].value, p[sharpness].value, b.voice->sampleRate);
      for (int k = 0; k < kFormants; k++) {
        const auto ramp = [&](f32x4& a, f32x4 anew, f32x4 to, f32x4& by) {
          a = select(fresh, anew, a);
          by = (to - a) / count;
        };
        ramp(from[k].loss2, first[k].loss2, s.band[k].loss2, step[k].loss2);
        ramp(from[k].a22, first[k].a22, s.band[k].a22, step[k].a22);
        ramp(from[k].a32, first[k].a32, s.band[k].a32, step[k].a32);
        ramp(from[k].half, first[k].half, s.band[k].half, step[k].half);
      }
      s.voice = singer;
      s.vowel = end(vowel), s.shift = end(shift), s.sharpness = end(sharpness);
      s.fresh = 0;
    }
    for (int channel = 0; channel < 2; channel++) {
      const f32x4* in = b.in[channel];
      f32x4* out = b.out[channel];
      if (!in && channel == 1) return copyChannel(b);
      f32x4 wet[kMicroBlock];
      for (int i = 0; i < n; i++) wet[i] = zero;
      for (int k = 0; k < kFormants; k++) {
        Band c = from[k];
        const Band d = step[k];
        f32x4 s1 = s.section[channel][k].s1, s2 = s.section[channel][k].s2;
        for (int i = 0; i < n; i++) {
          const f32x4 x = in ? in[i] : zero, one = s1, two = s2;
          s1 = (one + c.a22 * x) - (c.loss2 * one + c.a22 * two);
          s2 = (two + c.a32 * x) + (c.a22 * one - c.a32 * two);
          wet[i] += c.half * (one + s1);
          c.loss2 += d.loss2;
          c.a22 += d.a22;
          c.a32 += d.a32;
          c.half += d.half;
        }
        s.section[channel][k] = {s1, s2};
      }
      f32x4 share = p[mix].value;
      for (int i = 0; i < n; i++) {
        const f32x4 dry = in ? in[i] : zero;
        out[i] = dry + (wet[i] - dry) * share;
        share += p[mix].step;
      }
    }
  }

 private:
  static void make(Band* bands, int singer, f32x4 vowel, f32x4 shift, f32x4 sharpness, float sampleRate) {
    const f32x4 place = clamp(vowel, 0.f, (float)(kVowels - 1)), whole = floor(min(place, splat(3.5f)));
    const f32x4 share = place - whole;
    for (int k = 0; k < kFormants; k++) {
      f32x4 hertz, width, level, hertzTo, widthTo, levelTo;
      for (int i = 0; i < kLanes; i++) {
        const std::size_t at = (std::size_t)whole[i], row = (std::size_t)singer, column = (std::size_t)k;
        const Formant &a = kFormantTable[row][at][column], &z = kFormantTable[row][at + 1][column];
        hertz[i] = a.hertz, width[i] = a.width, level[i] = a.decibels;
        hertzTo[i] = z.hertz, widthTo[i] = z.width, levelTo[i] = z.decibels;
      }
      const f32x4 octaves = log2(hertz) + (log2(hertzTo) - log2(hertz)) * share;
      const f32x4 width2 = log2(width) + (log2(widthTo) - log2(width)) * share;
      const f32x4 centre = exp2(octaves + shift * splat(1.f / 12.f));
      const f32x4 g = tanPi(clamp(centre * splat(1.f / sampleRate), 1e-5f, 0.45f));
      const f32x4 perQ = min(exp2(width2 - octaves) / sharpness, splat(2.f));
      const SvfCoefficients c = svfCoefficients(g, perQ, SvfMode::bandpass);
      const float sign = k & 1 ? -kMakeup : kMakeup;
      bands[k] = {c.loss2, c.a22, c.a32, c.half1 * splat(sign) * decibelsToGain(level + (levelTo - level) * share)};
    }
  }
};

}  // namespace sl
