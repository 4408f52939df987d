// Four formants of a sung vowel, moving from vowel to vowel: one lane each. Audio thread.
#pragma once
#include <cmath>

#include "dsp/decibels.h"
#include "dsp/svf.h"

namespace sl {

/// Parallel band-passes at the first four formants of a tenor (frequencies, levels and widths as in the tables of the
/// Csound manual), between vowels on logarithmic frequency and straight level. Place 0..4: U O A E I.
class FormantBank {
 public:
  static constexpr int kVowels = 5;
  static constexpr float kNarrowestHz = 40.f;

  void prepare(float sampleRate) {
    for (int v = 0; v < kVowels; v++)
      for (int f = 0; f < 4; f++) {
        octave_[v][f] = std::log2(kTable[v][f].hz / sampleRate);
        level_[v][f] = gainOf(kTable[v][f].decibels);
        width_[v][f] = kTable[v][f].widthHz / kTable[v][f].hz;
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
  struct Formant {
    float hz, decibels, widthHz;
  };
  static constexpr float kMakeup = 5.f;
  static constexpr Formant kTable[kVowels][4] = {
      {{350.f, 0.f, 40.f}, {600.f, -20.f, 60.f}, {2700.f, -17.f, 100.f}, {2900.f, -14.f, 120.f}},
      {{400.f, 0.f, 40.f}, {800.f, -10.f, 80.f}, {2600.f, -12.f, 100.f}, {2800.f, -12.f, 120.f}},
      {{650.f, 0.f, 80.f}, {1080.f, -6.f, 90.f}, {2650.f, -7.f, 120.f}, {2900.f, -8.f, 130.f}},
      {{400.f, 0.f, 70.f}, {1700.f, -14.f, 80.f}, {2600.f, -12.f, 100.f}, {3200.f, -14.f, 120.f}},
      {{290.f, 0.f, 40.f}, {1870.f, -15.f, 90.f}, {2800.f, -18.f, 100.f}, {3250.f, -20.f, 120.f}}};

  f32x4 octave_[kVowels], level_[kVowels], width_[kVowels];
  SvfSection bands_{};
};

}  // namespace sl
