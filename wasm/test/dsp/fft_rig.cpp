// Test-only module: drives the complex FFT directly. Never linked into engine.wasm. Node, tests and bench.
#include "core/heap.h"
#include "dsp/complex_fft.h"
#include "dsp/fft.h"

using namespace sl;
#define EXPORT(name) extern "C" __attribute__((export_name(#name)))

namespace {
ComplexFft fft;
float *re, *im;
double *wide, *twiddle;
int points;
}  // namespace

/// 0: not a size that it takes.
EXPORT(rig_prepare) int rig_prepare(int size) {
  Arena measure;
  if (!ComplexFft().prepare(size, measure)) return 0;
  Arena arena(heapTake(measure.used()), measure.used());
  re = static_cast<float*>(heapTake(sizeof(float) * size));
  im = static_cast<float*>(heapTake(sizeof(float) * size));
  wide = static_cast<double*>(heapTake(sizeof(double) * 2 * size));
  twiddle = static_cast<double*>(heapTake(sizeof(double) * size));
  makeTwiddles(twiddle, size);
  points = size;
  return fft.prepare(size, arena);
}
EXPORT(rig_re) float* rig_re() { return re; }
EXPORT(rig_im) float* rig_im() { return im; }
EXPORT(rig_forward) void rig_forward() { fft.forward(re, im); }
EXPORT(rig_inverse) void rig_inverse() { fft.inverse(re, im); }
/// The plain radix-2 transform of dsp/fft.h on as many points, for comparison.
EXPORT(rig_plain) void rig_plain() { inverseFft(wide, points, twiddle, points); }
EXPORT(describe) int describe(char*, int) { return 0; }
