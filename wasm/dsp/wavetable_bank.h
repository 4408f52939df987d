// Wavetables of many frames: band-limited mip levels of every frame, made when a table is loaded (control thread), read
// by voices (audio thread).
#pragma once
#include "core/asset.h"
#include "dsp/wave_levels.h"

namespace sl {

inline constexpr int kFramePoints = 2048;  ///< Samples of one cycle in a file.
inline constexpr int kFrameHarmonics = kFramePoints / 2 - 1;
inline constexpr int kMaxBankFrames = 256;

/// One mip level of all frames as weights of a cubic B-spline: a quarter of the memory of segments, which matters with
/// hundreds of frames. Segment i of a frame is made of weights i..i + 3.
struct WaveBankLevel {
  const float* weights;  ///< frame * stride + i; every frame goes on for three points
  uint32_t log2Points;
  uint32_t stride;
};

struct WaveBank {
  WaveBankLevel levels[kWaveLevels];
  int frames;
};

inline int bankHarmonics(int level, double sampleRate) {
  const int n = levelHarmonics(level, sampleRate);
  return n < kFrameHarmonics ? n : kFrameHarmonics;
}

/// Points of a level: images of spectra that fall by 1/h stay below -110 dB, with more than 64 frames, to save memory,
/// below -94 dB.
inline int bankLog2Points(int harmonics, int frames) {
  if (frames <= 64) return levelLog2Points(harmonics, Slope::falling);
  for (int bits = kMinLog2Points; bits < kMaxLog2Points; bits++) {
    if (harmonics * 2 >= 1 << bits) continue;
    const double ratio = harmonics / ((1 << bits) - (double)harmonics);
    if (ratio * ratio * ratio * ratio < 2e-5 * harmonics) return bits;
  }
  return kMaxLog2Points;
}

/// Memory of a bank: about 250 kB a frame at 48 kHz, half of that above 64 frames.
inline std::size_t waveBankBytes(int frames, double sampleRate) {
  std::size_t bytes = (sizeof(WaveBank) + 15) & ~std::size_t(15);
  int previous = -1;
  for (int i = 0; i < kWaveLevels; i++) {
    const int n = bankHarmonics(i, sampleRate);
    if (n != previous)
      bytes += ((std::size_t(1) << bankLog2Points(n, frames)) + 4) * sizeof(float) * (std::size_t)frames;
    previous = n;
  }
  return bytes;
}

/// Work space of the makers, free afterwards.
inline std::size_t waveBankScratchBytes(double sampleRate) {
  const std::size_t largest = std::size_t(1) << levelLog2Points(bankHarmonics(0, sampleRate), Slope::falling);
  return (largest * (2 + 1) + 2 * kFramePoints) * sizeof(double);
}

/// Makes a bank in `block` (16-byte aligned, waveBankBytes) from spectra: `fill(frame, spectrum, twiddle, twiddleSize)`
/// writes the complex amplitudes of harmonics 0 <= k < kFramePoints (those above the middle are negative frequencies)
/// of two frames at once, the second one times i; of an odd last frame just one. What a level can't hold, and DC, is
/// left out.
template <class Fill>
const WaveBank* makeWaveBank(void* block, double* scratch, int frames, double sampleRate, Fill fill) {
  auto* bank = static_cast<WaveBank*>(block);
  auto* at = reinterpret_cast<float*>(static_cast<uint8_t*>(block) + ((sizeof(WaveBank) + 15) & ~std::size_t(15)));
  bank->frames = frames;
  for (int level = 0; level < kWaveLevels; level++) {
    const int harmonics = bankHarmonics(level, sampleRate);
    if (level > 0 && harmonics == bankHarmonics(level - 1, sampleRate)) {
      bank->levels[level] = bank->levels[level - 1];
      continue;
    }
    const uint32_t bits = (uint32_t)bankLog2Points(harmonics, frames), stride = (1u << bits) + 4;
    bank->levels[level] = {at, bits, stride};
    at += (std::size_t)stride * (std::size_t)frames;
  }
  const int largest = 1 << levelLog2Points(bankHarmonics(0, sampleRate), Slope::falling);
  double *work = scratch, *twiddle = scratch + 2 * largest, *spectrum = twiddle + largest;
  makeTwiddles(twiddle, largest);
  for (int frame = 0; frame < frames; frame += 2) {
    fill(frame, spectrum, twiddle, largest);
    for (int level = 0; level < kWaveLevels; level++) {
      const int harmonics = bankHarmonics(level, sampleRate);
      if (level > 0 && harmonics == bankHarmonics(level - 1, sampleRate)) continue;
      const WaveBankLevel& l = bank->levels[level];
      const int size = 1 << l.log2Points;
      for (int i = 0; i < 2 * size; i++) work[i] = 0.;
      for (int h = 1; h <= harmonics; h++) {
        const double x = 3.14159265358979323846 * h / size, sinc = std::sin(x) / x;
        const double share = 1. / (6. * sinc * sinc * sinc * sinc);  // the spline's response, and its sixth
        for (int part = 0; part < 2; part++) {
          work[2 * h + part] = spectrum[2 * h + part] * share;
          work[2 * (size - h) + part] = spectrum[2 * (kFramePoints - h) + part] * share;
        }
      }
      inverseFft(work, size, twiddle, largest);
      for (int which = 0; which < 2 && frame + which < frames; which++) {
        float* to = const_cast<float*>(l.weights) + (std::size_t)l.stride * (std::size_t)(frame + which);
        for (int i = 0; i < size + 4; i++) to[i] = (float)work[2 * ((i - 1) & (size - 1)) + which];
      }
    }
  }
  return bank;
}

/// Samples of one cycle of a loaded table: as its file says, else kFramePoints, or all of a shorter one.
inline int cycleOf(const Asset& table) {
  if (table.cycle > 0) return table.cycle < table.frames ? table.cycle : table.frames;
  return table.frames < kFramePoints ? table.frames : kFramePoints;
}
inline int bankFramesOf(const Asset& table) {
  const int whole = table.frames / cycleOf(table);
  return whole < kMaxBankFrames ? whole : kMaxBankFrames;
}

/// The bank of a loaded table's first channel; `block` has waveBankBytes(bankFramesOf(table), sampleRate).
inline const WaveBank* makeWaveBank(void* block, double* scratch, const Asset& table, double sampleRate) {
  const int cycle = cycleOf(table), frames = bankFramesOf(table);
  const auto fill = [&](int frame, double* spectrum, const double* twiddle, int twiddleSize) {
    const float* a = table.channel[0] + (std::size_t)frame * (std::size_t)cycle;
    const float* b = frame + 1 < frames ? a + cycle : nullptr;
    if (cycle == kFramePoints) {
      // The conjugate's inverse transform is the conjugate of the forward one.
      for (int i = 0; i < kFramePoints; i++) {
        spectrum[2 * i] = (double)a[i] / kFramePoints;
        spectrum[2 * i + 1] = b ? -(double)b[i] / kFramePoints : 0.;
      }
      inverseFft(spectrum, kFramePoints, twiddle, twiddleSize);
      for (int i = 0; i < kFramePoints; i++) spectrum[2 * i + 1] = -spectrum[2 * i + 1];
      return;
    }
    for (int i = 0; i < 2 * kFramePoints; i++) spectrum[i] = 0.;
    for (int h = 1; h <= kFrameHarmonics && 2 * h < cycle; h++) {
      const double angle = 2. * 3.14159265358979323846 * h / cycle, turnRe = std::cos(angle), turnIm = -std::sin(angle);
      double re = 1. / cycle, im = 0., a0 = 0., a1 = 0., b0 = 0., b1 = 0.;
      for (int i = 0; i < cycle; i++) {
        a0 += a[i] * re, a1 += a[i] * im;
        if (b) b0 += b[i] * re, b1 += b[i] * im;
        const double next = re * turnRe - im * turnIm;
        im = re * turnIm + im * turnRe;
        re = next;
      }
      double *up = spectrum + 2 * h, *down = spectrum + 2 * (kFramePoints - h);
      up[0] = a0 - b1, up[1] = a1 + b0;
      down[0] = a0 + b1, down[1] = b0 - a1;
    }
  };
  return makeWaveBank(block, scratch, frames, sampleRate, fill);
}

}  // namespace sl
