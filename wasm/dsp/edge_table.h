// What band-limiting adds to a jump of a signal or of its derivatives at any time between two frames. Made at start,
// read by voices.
#pragma once
#include "dsp/sinc_kernel.h"

namespace sl {

/// Residuals of order 0 (jump, "BLEP"), 1 (corner, "BLAMP"), 2 and 3: the band-limited form minus the plain one of a
/// unit step and of its integrals. A windowed sinc of 16 zero crossings (Kaiser 11, cutoff 0.9 of half the sample
/// rate), integrated: Brandt 2001; Valimaki and Huovilainen 2007; Esqueda 2016. Linear phase: what is corrected must
/// run kEdgeDelay frames late. (A minimum-phase form would need no delay, but delays itself: past the jump its corner
/// residual doesn't die away, so that only jumps could be corrected.)
inline constexpr int kEdgeTaps = 32, kEdgeDelay = kEdgeTaps / 2, kEdgePhases = 512, kEdgeOrders = 4;
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
    // Trapezoidal integrals on the grid of phases; at the jump the value belongs to both sides.
    double value[kEdgeOrders] = {};
    const double dt = 1. / kEdgePhases;
    double last = kernel(-kHalf);
    for (int k = -kHalf; k <= kHalf; k++) {
      if (k > -kHalf) {
        const double now = kernel(k), before[kEdgeOrders] = {value[0], value[1], value[2], value[3]};
        value[0] += 0.5 * (now + last) / sum;
        for (int order = 1; order < kEdgeOrders; order++)
          value[order] += 0.5 * (before[order - 1] + value[order - 1]) * dt;
        last = now;
      }
      for (int order = 0; order < kEdgeOrders; order++) put(at, order, k + kHalf, (float)value[order], k != 0);
      if (k == 0) {
        value[0] -= 1.;
        for (int order = 0; order < kEdgeOrders; order++) put(at, order, k + kHalf, (float)value[order], false, true);
      }
    }
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
