// Windowed-sinc kernels that read a sample at any speed up to two frames a frame without images and alias. Made once by
// the allocating instance, read by the audio thread.
#pragma once
#include <cstddef>

#include "dsp/sinc_kernel.h"

namespace sl {

/// Three lengths (6, 16 and 32 zero crossings), each for five speeds from 1 to 2 in steps of a quarter octave: the
/// faster, the lower the cutoff and the longer the kernel. Rows for 512 fractions, lerped between. The stop band of the
/// long ones begins where alias would land below 20 kHz at 48 kHz (engine-study A5.6).
struct SincBank {
  static constexpr int kLengths = 3, kSpeeds = 5, kPhases = 512;
  static constexpr int kMostTaps = 64;
  static constexpr float kFullBand = 1.09f;
  struct Kernel {
    const float* rows;
    int taps;  ///< a multiple of 4
  };
  Kernel kernels[kLengths][kSpeeds];

  struct Shape {
    int crossings;
    double cutoff, beta;  ///< cutoff in parts of the Nyquist frequency
  };
  static constexpr Shape kShapes[kLengths] = {{6, 0.9, 5.5}, {16, 0.92, 8.}, {32, 0.955, 10.}};

  static double speedOf(int step) { return std::exp2(step * 0.25); }
  static int tapsOf(int length, int step) {
    return ((int)std::ceil(kShapes[length].crossings * speedOf(step) - 1e-9) + 3) & ~3;
  }
  /// The kernel for `speed` (1..2; slower is 1). Up to a semitone and a half above 1 the full band stays: what folds
  /// lands above 20 kHz, also at 44.1 kHz, because a recording holds nothing above its own Nyquist frequency.
  const Kernel& at(int length, float speed) const noexcept {
    int step = 0;
    if (speed > kFullBand) step = 1;
    for (float top = 1.1893f; speed > top && step < kSpeeds - 1; top *= 1.189207115f) step++;
    return kernels[length][step];
  }
  static float sum4(f32x4 v) { return (v[0] + v[1]) + (v[2] + v[3]); }
  /// The value at `whole` + `fraction` of one or two channels; taps / 2 frames on both sides are read.
  static void read(const Kernel& kernel, const float* const* channels, int count, int whole, float fraction,
                   float* into) noexcept {
    const float at = fraction * (float)kPhases;
    const int row = (int)at;
    const f32x4 blend = splat(at - (float)row);
    const float* a = kernel.rows + (std::size_t)row * kernel.taps;
    const float* b = a + kernel.taps;
    const int first = whole - (kernel.taps / 2 - 1);
    f32x4 left = splat(0.f), right = splat(0.f);
    if (count == 1) {
      for (int k = 0; k < kernel.taps; k += 4) {
        const f32x4 w = load4(a + k);
        left += (w + (load4(b + k) - w) * blend) * load4(channels[0] + first + k);
      }
      into[0] = into[1] = sum4(left);
      return;
    }
    for (int k = 0; k < kernel.taps; k += 4) {
      f32x4 w = load4(a + k);
      w += (load4(b + k) - w) * blend;
      left += w * load4(channels[0] + first + k);
      right += w * load4(channels[1] + first + k);
    }
    into[0] = sum4(left);
    into[1] = sum4(right);
  }
};

/// Bytes that `makeSincBank` fills.
inline std::size_t sincBankBytes() {
  std::size_t floats = 0;
  for (int length = 0; length < SincBank::kLengths; length++)
    for (int step = 0; step < SincBank::kSpeeds; step++)
      floats += (std::size_t)(SincBank::kPhases + 1) * SincBank::tapsOf(length, step);
  return ((sizeof(SincBank) + 63) & ~std::size_t(63)) + floats * sizeof(float);
}

inline SincBank* makeSincBank(void* room) {
  auto* bank = static_cast<SincBank*>(room);
  auto* at = reinterpret_cast<float*>(static_cast<uint8_t*>(room) + ((sizeof(SincBank) + 63) & ~std::size_t(63)));
  for (int length = 0; length < SincBank::kLengths; length++) {
    const auto& [crossings, cutoff, beta] = SincBank::kShapes[length];
    for (int step = 0; step < SincBank::kSpeeds; step++) {
      const int taps = SincBank::tapsOf(length, step);
      const double speed = SincBank::speedOf(step), scale = cutoff / speed, half = 0.5 * crossings * speed;
      bank->kernels[length][step] = {at, taps};
      for (int p = 0; p <= SincBank::kPhases; p++, at += taps) {
        double weights[SincBank::kMostTaps], sum = 0.;
        for (int k = 0; k < taps; k++) {
          const double x = k - (taps / 2 - 1) - (double)p / SincBank::kPhases;
          const double turn = M_PI * scale * x;
          weights[k] = (std::fabs(turn) < 1e-9 ? 1. : std::sin(turn) / turn) * kaiser(x / half, beta);
          sum += weights[k];
        }
        for (int k = 0; k < taps; k++) at[k] = (float)(weights[k] / sum);
      }
    }
  }
  return bank;
}

}  // namespace sl
