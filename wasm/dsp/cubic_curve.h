// A waveshaping curve of cubic pieces between equally spaced points, with its exact antiderivative. Any thread.
#pragma once
#include <algorithm>
#include <cmath>

namespace sl {

/// kPieces cubics from x = low to high; outside, the curve stays at its ends.
template <int kPieces>
class CubicCurve {
 public:
  /// Through `y` at the kPieces + 1 points. Smooth: monotone cubic (Fritsch and Carlson 1980, slopes after Brodlie),
  /// never above the higher or below the lower neighbour. `straight` 0..1 mixes that with straight lines.
  void throughPoints(const float* y, double low, double high, double straight) {
    double rise[kPieces], slope[kPieces + 1] = {};
    for (int k = 0; k < kPieces; k++) rise[k] = (double)y[k + 1] - y[k];
    slope[0] = endSlope(rise[0], rise[1]);
    slope[kPieces] = endSlope(rise[kPieces - 1], rise[kPieces - 2]);
    for (int k = 1; k < kPieces; k++) {
      const double both = rise[k - 1] * rise[k];
      slope[k] = both > 0. ? 2. * both / (rise[k - 1] + rise[k]) : 0.;
    }
    set(low, high);
    double sum = 0.;
    for (int k = 0; k < kPieces; k++) {
      const double from = slope[k] + (rise[k] - slope[k]) * straight;
      const double to = slope[k + 1] + (rise[k] - slope[k + 1]) * straight;
      piece(k, y[k], from, 3. * rise[k] - 2. * from - to, from + to - 2. * rise[k], sum);
    }
    last_ = y[kPieces];
  }
  /// Through known values and slopes (per unit of x): Hermite pieces.
  void throughSlopes(const double* y, const double* slope, double low, double high) {
    set(low, high);
    double sum = 0.;
    for (int k = 0; k < kPieces; k++) {
      const double rise = y[k + 1] - y[k], from = slope[k] * width_, to = slope[k + 1] * width_;
      piece(k, y[k], from, 3. * rise - 2. * from - to, from + to - 2. * rise, sum);
    }
    last_ = y[kPieces];
  }
  double at(double x) const {
    const double u = std::clamp((x - low_) * perPiece_, 0., (double)kPieces);
    const int k = std::min((int)u, kPieces - 1);
    const double t = u - k;
    const Piece& p = pieces_[k];
    return ((p.c3 * t + p.c2) * t + p.c1) * t + p.c0;
  }
  double integral(double x) const {
    const double v = (x - low_) * perPiece_, u = std::clamp(v, 0., (double)kPieces);
    const int k = std::min((int)u, kPieces - 1);
    const double t = u - k;
    const Piece& p = pieces_[k];
    const double within = (((0.25 * p.c3 * t + p.c2 * (1. / 3.)) * t + 0.5 * p.c1) * t + p.c0) * t;
    const double beyond = (v - u) * (v < 0. ? pieces_[0].c0 : last_);
    return (p.before + within + beyond) * width_;
  }

 private:
  struct Piece {
    double c0, c1, c2, c3;  ///< value over t = 0..1
    double before;          ///< integral from `low`, in pieces
  };
  /// Three-point slope at an end that keeps the shape.
  static double endSlope(double near, double far) {
    const double s = 1.5 * near - 0.5 * far;
    if (s * near <= 0.) return 0.;
    return near * far <= 0. && std::fabs(s) > 3. * std::fabs(near) ? 3. * near : s;
  }
  void set(double low, double high) {
    low_ = low;
    width_ = (high - low) / kPieces;
    perPiece_ = kPieces / (high - low);
  }
  void piece(int k, double c0, double c1, double c2, double c3, double& sum) {
    pieces_[k] = {c0, c1, c2, c3, sum};
    sum += c0 + 0.5 * c1 + c2 * (1. / 3.) + 0.25 * c3;
  }

  Piece pieces_[kPieces] = {};
  double low_ = 0., width_ = 1., perPiece_ = 1., last_ = 0.;
};

}  // namespace sl
