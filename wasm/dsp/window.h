// Analysis windows as sums of cosines: their coefficients and gains. Analyzer worker; made in prepare.
#pragma once
#include <array>
#include <cmath>

namespace sl {

/// w[n] = c0 - c1 cos(2 pi n / size) + c2 cos(4 pi n / size) - ...: periodic, so that bin centres are exact.
/// c0 is the mean, hence the gain of a steady sine. Source: Harris 1978; flat top: D'Antona and Ferrero 2006.
struct CosineWindow {
  std::array<double, 5> c;

  void make(float* into, int size) const {
    for (int n = 0; n < size; n++) {
      double sum = 0.;
      for (int k = 0; k < (int)c.size(); k++)
        sum += (k % 2 ? -1. : 1.) * c[(std::size_t)k] * std::cos(2. * 3.14159265358979323846 * k * n / size);
      into[n] = (float)sum;
    }
  }

  /// Amplitude that a steady sine reads `bins` off the centre of a bin, at the centre 1 (many frames: Dirichlet's
  /// kernel is sinc).
  double lobe(double bins) const {
    const auto sinc = [](double x) {
      const double a = 3.14159265358979323846 * x;
      return std::fabs(a) < 1e-6 ? 1. : std::sin(a) / a;
    };
    double sum = c[0] * sinc(bins);
    for (int k = 1; k < (int)c.size(); k++) sum += 0.5 * c[(std::size_t)k] * (sinc(bins - k) + sinc(bins + k));
    return std::fabs(sum / c[0]);
  }

  /// How far (0..0.5 bins) a sine lies from the centre of its loudest bin towards the neighbour that reads `ratio`
  /// (0..1) of its amplitude.
  double offsetOf(double ratio) const {
    double from = 0., to = 0.5;
    for (int step = 0; step < 24; step++) {
      const double middle = 0.5 * (from + to);
      (lobe(1. - middle) < ratio * lobe(middle) ? from : to) = middle;
    }
    return 0.5 * (from + to);
  }
};

/// Scalloping, what a sine halfway between two bins reads too low: -3.92, -1.42, -0.83, -0.01 dB.
inline constexpr std::array<CosineWindow, 4> kWindows{{
    {{1.}},
    {{0.5, 0.5}},
    {{0.35875, 0.48829, 0.14128, 0.01168}},
    {{0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368}},
}};

}  // namespace sl
