// The built-in wavetable: from sine over triangle, saw and pulses to vowels. Control thread, at start.
#pragma once
#include "dsp/wavetable_bank.h"

namespace sl {

inline constexpr int kMorphFrames = 8;

inline std::size_t morphBankBytes(double sampleRate) {
  return (waveBankBytes(kMorphFrames, sampleRate) + 15) & ~std::size_t(15);
}

/// Cosine and sine amplitude of harmonic h of a frame. Pulses are centred on a quarter of the cycle, so that the
/// fundamental of every frame is a rising sine and morphing never cancels it.
inline void morphHarmonic(int frame, int h, double& cosine, double& sine) {
  constexpr double kPiD = 3.14159265358979323846;
  cosine = sine = 0.;
  const auto pulse = [&](double width) {
    const double size = 4. / (kPiD * h) * std::sin(kPiD * h * width) / (std::sin(kPiD * width) + 0.5);
    cosine = size * std::cos(0.5 * kPiD * h), sine = size * std::sin(0.5 * kPiD * h);
  };
  // Peaks of a vowel over the spectrum of a glottal pulse, in harmonics of a voice at 110 Hz.
  const auto vowel = [&](double first, double second, double third) {
    const auto peak = [h](double centre, double width) {
      const double x = (h - centre) / width;
      return 1. / (1. + x * x);
    };
    sine = (0.05 + peak(first, 0.9) + 0.6 * peak(second, 1.1) + 0.35 * peak(third, 1.6)) * 0.9 / std::sqrt((double)h) /
           (1. + 0.002 * h * h);
  };
  switch (frame) {
    case 0:
      sine = h == 1 ? 1. : 0.;
      break;
    case 1:
      if (h & 1) sine = (h & 2 ? -8. : 8.) / (kPiD * kPiD * h * h);
      break;
    case 2:
      sine = (h & 1 ? 2. : -2.) / (kPiD * h);
      break;
    case 3:
      pulse(0.5);
      break;
    case 4:
      pulse(0.25);
      break;
    case 5:
      pulse(0.08);
      break;
    case 6:
      vowel(6.6, 9.9, 22.2);  // a
      break;
    default:
      vowel(2.5, 20.8, 27.4);  // i
  }
}

inline const WaveBank* makeMorphBank(void* block, double* scratch, double sampleRate) {
  return makeWaveBank(block, scratch, kMorphFrames, sampleRate, [](int frame, double* spectrum, const double*, int) {
    for (int i = 0; i < 2 * kFramePoints; i++) spectrum[i] = 0.;
    for (int h = 1; h <= kFrameHarmonics; h++) {
      double c[2], s[2];
      for (int which = 0; which < 2; which++) morphHarmonic(frame + which, h, c[which], s[which]);
      // (c - i s) / 2 of the first plus i times that of the second; the conjugates at the negative frequency
      double *up = spectrum + 2 * h, *down = spectrum + 2 * (kFramePoints - h);
      up[0] = 0.5 * (c[0] + s[1]), up[1] = 0.5 * (c[1] - s[0]);
      down[0] = 0.5 * (c[0] - s[1]), down[1] = 0.5 * (c[1] + s[0]);
    }
  });
}

}  // namespace sl
