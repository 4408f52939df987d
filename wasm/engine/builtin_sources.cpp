// Padsynth (Nasca O Paul, 2003): every partial is a narrow band of random phases, so that one inverse transform gives a
// loop that moves like many players and has no seam. Control thread.
#include "engine/builtin_sources.h"

#include <cmath>

#include "core/heap.h"
#include "dsp/complex_fft.h"
#include "dsp/hash.h"

namespace sl {
namespace {

constexpr int kBins = kBuiltinFrames / 2;
constexpr double kRootHz = 261.6255653;

struct Formant {
  double hz, widthHz, gain;
};
/// A sung "ah" that leans to "oh" (Peterson and Barney 1952, between the male and female means).
constexpr Formant kVowel[] = {{700., 130., 1.}, {1150., 160., 0.55}, {2700., 250., 0.25}, {3500., 350., 0.15}};

double vowel(double hz) {
  double sum = 0.03;
  for (const Formant& f : kVowel) {
    const double d = (hz - f.hz) / f.widthHz;
    sum += f.gain / (1. + d * d);
  }
  return sum;
}

/// Adds a band of `widthCents` around `hz`, Gaussian, of the amplitude `gain`.
void addBand(float* amplitude, double hz, double widthCents, double gain) {
  const double binHz = kBuiltinRate / (double)kBuiltinFrames;
  const double width = std::fmax(hz * (std::exp2(widthCents / 1200.) - 1.), binHz), middle = hz / binHz;
  const int from = (int)std::fmax(1., std::floor(middle - 4. * width / binHz));
  const int to = (int)std::fmin(kBins - 1., std::ceil(middle + 4. * width / binHz));
#pragma clang loop vectorize(disable)
  for (int bin = from; bin <= to; bin++) {
    const double d = (bin - middle) * binHz / width;
    amplitude[bin] += (float)(gain * std::exp(-0.5 * d * d) * std::sqrt(binHz / width));
  }
}

void shape(BuiltinAsset which, float* amplitude) {
  if (which == BuiltinAsset::choir)
    for (int h = 1; h * kRootHz < 13000.; h++)
      addBand(amplitude, h * kRootHz, 22., vowel(h * kRootHz) / std::pow(h, 0.6));
  if (which == BuiltinAsset::glass) {
    constexpr double ratios[] = {1.,  2.,   2.76, 4.07,
                                 5.4, 8.93, 13.34};  // of a thin rim, the octave lent by its neighbour
    constexpr double gains[] = {1., 0.5, 0.4, 0.25, 0.18, 0.08, 0.04};
    for (int k = 0; k < 7; k++) addBand(amplitude, ratios[k] * kRootHz, 5., gains[k]);
  }
  if (which == BuiltinAsset::breath) {
    // Pink above a pipe's three lowest modes, each as wide as a blown flute's noise.
#pragma clang loop vectorize(disable)
    for (int bin = 8; bin < kBins * 7 / 8; bin++) amplitude[bin] = 0.25f / std::sqrt((float)bin);
    for (int h = 1; h <= 3; h++) addBand(amplitude, h * kRootHz, 90., 0.08 / h);
  }
}

}  // namespace

bool makeBuiltinSource(BuiltinAsset which, float* left, float* right) {
  ComplexFft fft;
  Arena measure;
  fft.prepare(kBuiltinFrames, measure);
  void* room = heapTake(measure.used() + 64);
  auto* amplitude = static_cast<float*>(heapTake(sizeof(float) * kBins));
  if (!room || !amplitude) return heapGive(room), heapGive(amplitude), false;
  Arena arena(room, measure.used() + 64);
  fft.prepare(kBuiltinFrames, arena);
  shape(which, amplitude);
  left[0] = right[0] = left[kBins] = right[kBins] = 0.f;
#pragma clang loop vectorize(disable)  // the pinned compiler's vectorizer asserts here
  for (int bin = 1; bin < kBins; bin++) {
    // Two real signals in one complex transform: left + i right.
    const u32x4 counter = {(uint32_t)bin, (uint32_t)bin + 0x40000000u, 0, 0};
    const f32x4 turns = unipolar(hash(counter + splatU(0x51ed270bu * ((uint32_t)which + 1u))));
    const double a = 2. * M_PI * turns[0], b = 2. * M_PI * turns[1];
    const double lr = amplitude[bin] * std::cos(a), li = amplitude[bin] * std::sin(a);
    const double rr = amplitude[bin] * std::cos(b), ri = amplitude[bin] * std::sin(b);
    left[bin] = (float)(lr - ri), right[bin] = (float)(li + rr);
    left[kBuiltinFrames - bin] = (float)(lr + ri), right[kBuiltinFrames - bin] = (float)(rr - li);
  }
  fft.inverse(left, right);
  heapGive(room);
  heapGive(amplitude);
  float peak = 1e-9f;
#pragma clang loop vectorize(disable)
  for (int i = 0; i < kBuiltinFrames; i++) peak = std::fmax(peak, std::fmax(std::fabs(left[i]), std::fabs(right[i])));
  for (int i = 0; i < kBuiltinFrames; i++) left[i] *= 0.5f / peak, right[i] *= 0.5f / peak;
  return true;
}

}  // namespace sl
