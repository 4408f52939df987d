// Four formants of a sung vowel, moving from vowel to vowel: one lane each. Audio thread.
#pragma once
#include <cmath>

#include "dsp/decibels.h"
#include "dsp/svf.h"
#include "dsp/vowels.h"

namespace sl {

/// Parallel band-passes at the first four formants of a tenor, between vowels on logarithmic frequency and straight
/// level. Place 0..4: U O A E I.
class FormantBank {
 public:
  static constexpr float kNarrowestHz = 40.f;

  void prepare(float sampleRate) {
    for (int v = 0; v < kVowels; v++)
      for (int f = 0; f < 4; f++) {
        const Formant& formant = kTenor[(std::size_t)kOrder[v]][(std::size_t)f];
        octave_[v][f] = std::log2(formant.hertz / sampleRate);
        level_[v][f] = gainOf(formant.decibels);
        width_[v][f] = formant.width / formant.hertz;
      }
  }
  void reset() noexcept { bands_ = SvfSection{}; }
  /// `broad` scales the widths. The level is raised by as much as narrow bands take from a full spectrum.
  float process(float x, float place, float broad) noexcept {
    const float at = std::fmin(std::fmax(place, 0.f), (float)(kVowels - 1));
    const int v = at < kVowels - 2 ? (int)at : kVowels - 2;
    const f32x4 t = splat(at - (float)v);
    const auto between = [&](const f32x4* row) { return row[v] + (row[v + 1] - row[v]) * t; };
    const f32x4 g = tanPi(min(exp2(between(octave_)), splat(0.45f)));
    const f32x4 k = between(width_) * splat(broad);
    const f32x4 y = bands_.step(splat(x), svfCoefficients(g, k, SvfMode::bandpass)) * between(level_);
    return ((y[0] + y[2]) - (y[1] + y[3])) * kMakeup /
           std::sqrt(broad);  // neighbours in counter-phase: no notch between
  }
  void endBlock() noexcept { bands_.flushState(); }

 private:
  static constexpr float kMakeup = 5.f;
  static constexpr int kOrder[kVowels] = {4, 3, 0, 1, 2};  ///< places in the table, which goes A E I O U
  static constexpr auto& kTenor = kFormantTable[1];

  f32x4 octave_[kVowels], level_[kVowels], width_[kVowels];
  SvfSection bands_{};
};

}  // namespace sl
