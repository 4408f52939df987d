// Band-limited waveforms: mip levels of cubic spline segments, made once by the allocating instance, read by every
// voice.
#pragma once
#include <cstddef>
#include <cstdint>

#include "core/simd.h"
#include "dsp/fft.h"

namespace sl {

/// Three levels per octave: level i is for fundamentals up to MIDI note kFirstLevelNote + 4 i.
inline constexpr int kWaveLevels = 32;
inline constexpr float kFirstLevelNote =
    16.f;  ///< 20.6 Hz; lower notes use level 0 and lose harmonics above 20 kHz * f / 20.6 Hz.
inline constexpr float kSemitonesPerLevel = 4.f;
inline constexpr int kMinLog2Points = 9;
inline constexpr int kMaxLog2Points = 13;
inline constexpr int kAllHarmonics = 1 << 20;

struct WaveLevel {
  const f32x4* segments;  ///< 2^log2Points cubic segments {c0, c1, c2, c3}: value = ((c3 t + c2) t + c1) t + c0
  uint32_t log2Points;
  uint32_t harmonics;
};

struct Wave {
  WaveLevel levels[kWaveLevels];
};

/// Harmonics that a level may hold: what folds back lands above 20 kHz at the level's highest fundamental, and
/// every harmonic up to 20 kHz is there at its lowest (engine-study A5.6). At high sample rates 28 kHz is enough.
inline int levelHarmonics(int level, double sampleRate) {
  const double top = 440. * std::pow(2., (kFirstLevelNote + kSemitonesPerLevel * level - 69.) / 12.);
  const double limit = sampleRate - 20000. < 28000. ? sampleRate - 20000. : 28000.;
  const int n = (int)(limit / top);
  return n < 1 ? 1 : n;
}

/// How the amplitudes of a wave's harmonics go: at most 1/h, or anything up to all equal.
enum class Slope { falling, any };

/// Points of a level: a spline's first image of harmonic h is (h / (N - h))^4 of it; all images stay below -110 dB of
/// the fundamental when amplitudes fall by 1/h, below -100 dB when they are all equal.
inline int levelLog2Points(int harmonics, Slope slope) {
  for (int bits = kMinLog2Points; bits < kMaxLog2Points; bits++) {
    if (harmonics * 2 >= 1 << bits) continue;
    const double ratio = harmonics / ((1 << bits) - (double)harmonics), image = ratio * ratio * ratio * ratio;
    if (slope == Slope::falling ? image / harmonics < 3.2e-6 : image < 1e-5) return bits;
  }
  return kMaxLog2Points;
}

/// Points of the largest level of a wave.
inline int waveMaxLog2Points(double sampleRate, int maxHarmonics, Slope slope) {
  const int most = levelHarmonics(0, sampleRate);
  return levelLog2Points(most < maxHarmonics ? most : maxHarmonics, slope);
}

/// Work space of the maker, in bytes: one spectrum and the twiddles of the largest transform.
inline std::size_t waveScratchBytes(double sampleRate, int maxHarmonics, Slope slope) {
  return (std::size_t(1) << waveMaxLog2Points(sampleRate, maxHarmonics, slope)) * (2 + 1) * sizeof(double);
}

/// Bytes of the segments of one wave with harmonics up to `maxHarmonics` (levels that would be equal are shared).
inline std::size_t waveBytes(double sampleRate, int maxHarmonics, Slope slope) {
  std::size_t bytes = 0;
  int previous = -1;
  for (int i = 0; i < kWaveLevels; i++) {
    int n = levelHarmonics(i, sampleRate);
    if (n > maxHarmonics) n = maxHarmonics;
    if (n != previous) bytes += sizeof(f32x4) << levelLog2Points(n, slope);
    previous = n;
  }
  return bytes;
}

/// Makes two sine-phase waves at once (real and imaginary part of one transform). `amplitude(which, h)` is harmonic
/// h's, h >= 1. `b` may be null. `at` has room for both; `scratch` holds waveScratchBytes. Returns the end of what was
/// written.
template <class Amplitude>
f32x4* makeWaves(Wave* a, Wave* b, f32x4* at, double* scratch, double sampleRate, int maxHarmonics, Slope slope,
                 Amplitude amplitude) {
  const int largest = 1 << waveMaxLog2Points(sampleRate, maxHarmonics, slope);
  double* twiddle = scratch + 2 * largest;
  makeTwiddles(twiddle, largest);
  int previous = -1;
  for (int level = 0; level < kWaveLevels; level++) {
    int harmonics = levelHarmonics(level, sampleRate);
    if (harmonics > maxHarmonics) harmonics = maxHarmonics;
    if (harmonics == previous) {
      a->levels[level] = a->levels[level - 1];
      if (b) b->levels[level] = b->levels[level - 1];
      continue;
    }
    previous = harmonics;
    const int bits = levelLog2Points(harmonics, slope), size = 1 << bits;
    double* spectrum = scratch;
    for (int i = 0; i < 2 * size; i++) spectrum[i] = 0.;
    for (int h = 1; h <= harmonics; h++) {
      // Spline weights whose interpolation has harmonic h at exactly its amplitude: divide by the spline's response
      // sinc^4.
      const double x = 3.14159265358979323846 * h / size;
      const double sinc = std::sin(x) / x;
      const double response = sinc * sinc * sinc * sinc;
      const double u = 0.5 * amplitude(0, h) / response, v = b ? 0.5 * amplitude(1, h) / response : 0.;
      // u sin + i v sin: X[h] = (v - i u), X[-h] = -(v - i u) with the factor one half taken above.
      spectrum[2 * h] = v;
      spectrum[2 * h + 1] = -u;
      spectrum[2 * (size - h)] = -v;
      spectrum[2 * (size - h) + 1] = u;
    }
    inverseFft(spectrum, size, twiddle, largest);
    for (int which = 0; which < (b ? 2 : 1); which++) {
      Wave* wave = which ? b : a;
      wave->levels[level] = {at, (uint32_t)bits, (uint32_t)harmonics};
      for (int i = 0; i < size; i++) {
        const double p0 = spectrum[2 * ((i - 1) & (size - 1)) + which], p1 = spectrum[2 * i + which];
        const double p2 = spectrum[2 * ((i + 1) & (size - 1)) + which],
                     p3 = spectrum[2 * ((i + 2) & (size - 1)) + which];
        *at++ = f32x4{(float)((p0 + 4. * p1 + p2) / 6.), (float)((p2 - p0) / 2.), (float)((p0 - 2. * p1 + p2) / 2.),
                      (float)((p3 - p0 + 3. * (p1 - p2)) / 6.)};
      }
    }
  }
  return at;
}

/// A wave baked at program load from harmonic amplitudes (harmonic h = amplitudes[h - 1], sine phase), its peak scaled
/// to 1.
inline std::size_t bakedWaveBytes(double sampleRate, int count) {
  return sizeof(Wave) + 16 + waveBytes(sampleRate, count, Slope::any) + waveScratchBytes(sampleRate, count, Slope::any);
}
inline const Wave* bakeWave(void* block, double sampleRate, const float* amplitudes, int count) {
  Wave* wave = static_cast<Wave*>(block);
  f32x4* at = reinterpret_cast<f32x4*>(static_cast<uint8_t*>(block) + ((sizeof(Wave) + 15) & ~std::size_t(15)));
  double* scratch =
      reinterpret_cast<double*>(reinterpret_cast<uint8_t*>(at) + waveBytes(sampleRate, count, Slope::any));
  f32x4* end = makeWaves(wave, nullptr, at, scratch, sampleRate, count, Slope::any,
                         [=](int, int h) { return (double)amplitudes[h - 1]; });
  float peak = 0.f;
  for (int i = 0; i < 1 << wave->levels[0].log2Points; i++) {
    const float v = wave->levels[0].segments[i][0];
    if (v > peak) peak = v;
    if (-v > peak) peak = -v;
  }
  if (peak > 0.f)
    for (f32x4* s = at; s < end; s++) *s = *s * (1.f / peak);
  return wave;
}

}  // namespace sl
