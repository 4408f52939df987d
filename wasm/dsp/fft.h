// Inverse FFT in double precision for making tables: radix 2, in place. Control thread; not for the audio path.
#pragma once
#include <cmath>
#include <utility>

namespace sl {

/// Fills `twiddle` (size/2 complex values, interleaved) with exp(+2 pi i k / size).
inline void makeTwiddles(double* twiddle, int size) {
  for (int k = 0; k < size / 2; k++) {
    const double angle = 2. * 3.14159265358979323846 * k / size;
    twiddle[2 * k] = std::cos(angle);
    twiddle[2 * k + 1] = std::sin(angle);
  }
}

/// x[n] = sum over k of X[k] exp(+2 pi i k n / size), unscaled; `data` is interleaved complex, size a power of two.
/// `twiddle` was made for `twiddleSize`, a multiple of `size`.
inline void inverseFft(double* data, int size, const double* twiddle, int twiddleSize) {
  for (int i = 1, j = 0; i < size; i++) {
    int bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      std::swap(data[2 * i], data[2 * j]);
      std::swap(data[2 * i + 1], data[2 * j + 1]);
    }
  }
  for (int length = 2; length <= size; length *= 2) {
    const int half = length / 2, stride = twiddleSize / length;
    for (int start = 0; start < size; start += length) {
      for (int k = 0; k < half; k++) {
        const double wr = twiddle[2 * k * stride], wi = twiddle[2 * k * stride + 1];
        double* a = data + 2 * (start + k);
        double* b = a + length;
        const double br = b[0] * wr - b[1] * wi, bi = b[0] * wi + b[1] * wr;
        b[0] = a[0] - br;
        b[1] = a[1] - bi;
        a[0] += br;
        a[1] += bi;
      }
    }
  }
}

}  // namespace sl
