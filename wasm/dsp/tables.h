// The tables that all voices share, made once per memory by the allocating instance.
#pragma once
#include "dsp/edge_table.h"
#include "dsp/morph_bank.h"
#include "dsp/wave_levels.h"

namespace sl {

/// Found through the wire header by both instances; sizes with tablesBytes, made with makeTables.
struct Tables {
  Wave saw, square, triangle;
  const WaveBank* morph;  ///< The wavetable of oscillators that were given none.
  EdgeTable edges;
};

/// Memory for the shared tables (5.2 MB at 48 kHz), scratch included.
inline std::size_t tablesBytes(double sampleRate) {
  const std::size_t waves = waveScratchBytes(sampleRate, kAllHarmonics, Slope::falling);
  const std::size_t bank = waveBankScratchBytes(sampleRate);
  return sizeof(Tables) + 16 + 3 * waveBytes(sampleRate, kAllHarmonics, Slope::falling) + morphBankBytes(sampleRate) +
         kEdgeTableBytes + (waves > bank ? waves : bank);
}

/// `block` has tablesBytes and is 16-byte aligned. All waves start upwards through zero at phase 0 and lie in -1..1
/// before ripple.
inline Tables* makeTables(void* block, double sampleRate) {
  constexpr double kPiD = 3.14159265358979323846;
  Tables* t = static_cast<Tables*>(block);
  f32x4* at = reinterpret_cast<f32x4*>(static_cast<uint8_t*>(block) + ((sizeof(Tables) + 15) & ~std::size_t(15)));
  uint8_t* bank = reinterpret_cast<uint8_t*>(at) + 3 * waveBytes(sampleRate, kAllHarmonics, Slope::falling);
  float* edges = reinterpret_cast<float*>(bank + morphBankBytes(sampleRate));
  double* scratch = reinterpret_cast<double*>(reinterpret_cast<uint8_t*>(edges) + kEdgeTableBytes);
  at = makeWaves(&t->saw, &t->square, at, scratch, sampleRate, kAllHarmonics, Slope::falling, [](int which, int h) {
    if (which == 0) return (h & 1 ? 2. : -2.) / (kPiD * h);
    return h & 1 ? 4. / (kPiD * h) : 0.;
  });
  makeWaves(&t->triangle, nullptr, at, scratch, sampleRate, kAllHarmonics, Slope::falling,
            [](int, int h) { return h & 1 ? (h & 2 ? -8. : 8.) / (kPiD * kPiD * h * h) : 0.; });
  t->morph = makeMorphBank(bank, scratch, sampleRate);
  t->edges.make(edges);
  return t;
}

}  // namespace sl
