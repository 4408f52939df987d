// What band-limiting adds to a jump of a signal or of its derivatives at any time between two frames. Made at start,
// read by voices.
#pragma once
#include "dsp/sinc_kernel.h"

namespace sl {

/// Residuals of order 0 (jump, "BLEP"), 1 (corner, "BLAMP") to 5: the band-limited form minus the plain one of a
/// unit step and of its integrals. A windowed sinc of 16 zero crossings (Kaiser 11, cutoff 0.9 of half the sample
/// rate), integrated: Brandt 2001; Valimaki and Huovilainen 2007; Esqueda 2016. Linear phase: what is corrected must
/// run kEdgeDelay frames late. (A minimum-phase form would need no delay, but delays itself: past the jump its corner
/// residual doesn't die away, so that only jumps could be corrected.)
inline constexpr int kEdgeTaps = 32, kEdgeDelay = kEdgeTaps / 2, kEdgePhases = 512, kEdgeOrders = 6;
inline constexpr std::size_t kEdgeTableBytes = (std::size_t)kEdgeOrders * (kEdgePhases + 1) * kEdgeTaps * sizeof(float);

struct EdgeTable {
  /// [order][phase][tap]: at tap j the frame lies j - kEdgeDelay + phase / kEdgePhases frames after the jump.
  const float* residual;

  const float* row(int order, int phase) const {
    return residual + ((std::size_t)order * (kEdgePhases + 1) + (std::size_t)phase) * kEdgeTaps;
  }

  /// `at`: kEdgeTableBytes, 16-byte aligned.
  void make(float* at) {
    residual = at;
    constexpr int kHalf = kEdgeDelay * kEdgePhases;
    const auto kernel = [](int k) {  // k phases off the middle
      const double t = (double)k / kEdgePhases, x = M_PI * 0.9 * t;
      return (k == 0 ? 1. : std::sin(x) / x) * kaiser(t / kEdgeDelay, 11.);
    };
    double sum = 0.;
    for (int k = -kHalf; k <= kHalf; k++) sum += kernel(k);
    // The kernel isn't perfectly flat at 0 Hz, so that the residual of order 2 would end at some value instead of 0,
    // and the next orders would grow. The band-limited step times that value is taken off, which flattens the kernel by
    // its second derivative; the same again at order 4.
    double second = 0., fourth = 0.;
    const auto walk = [&](auto visit) {
      double value[kEdgeOrders] = {}, flat[kEdgeOrders] = {}, last = 0.;
      for (int k = -kHalf; k <= kHalf; k++) {
        const double now = kernel(k);
        double before = flat[0];
        if (k > -kHalf) value[0] += 0.5 * (now + last) / sum;
        last = now;
        flat[0] = value[0];
        const double step = value[0] + (k > 0 ? 1. : 0.);
        for (int order = 1; order < kEdgeOrders; order++) {
          if (k > -kHalf) value[order] += 0.5 * (before + flat[order - 1]) / kEdgePhases;
          before = flat[order];
          flat[order] = value[order] - (order == 2 ? second * step : order == 4 ? fourth * step : 0.);
        }
        visit(k, false, flat);
        if (k != 0) continue;
        flat[0] = value[0] -= 1.;
        visit(k, true, flat);
      }
    };
    walk([&](int k, bool, const double* flat) { second = k == kHalf ? flat[2] : second; });
    walk([&](int k, bool, const double* flat) { fourth = k == kHalf ? flat[4] : fourth; });
    walk([&](int k, bool after, const double* flat) {
      for (int order = 0; order < kEdgeOrders; order++) put(at, order, k + kHalf, (float)flat[order], k != 0, after);
    });
  }

 private:
  /// A grid point is phase 0 of one tap and the last phase of the tap before; on the jump itself the former lies after
  /// it and the latter before.
  static void put(float* at, int order, int point, float v, bool both, bool after = false) {
    const int tap = point / kEdgePhases, phase = point % kEdgePhases;
    const auto cell = [=](int p, int j) -> float& {
      return at[((std::size_t)order * (kEdgePhases + 1) + (std::size_t)p) * kEdgeTaps + (std::size_t)j];
    };
    if ((both || after || phase != 0) && tap < kEdgeTaps) cell(phase, tap) = v;
    if (phase == 0 && tap > 0 && !after) cell(kEdgePhases, tap - 1) = v;
  }
};

}  // namespace sl
