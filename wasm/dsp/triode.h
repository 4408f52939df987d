// The curve of one triode stage, solved once from the valve's law. Any thread that prepares.
#pragma once
#include "dsp/cubic_curve.h"

namespace sl {

/// A 12AX7 common-cathode stage: Koren's plate law ("Improved vacuum tube models for SPICE simulations", 1996) on a
/// load line of 300 V and 100 kOhm, cathode bypassed; grid current through a stopper of 68 kOhm flattens the other
/// half. Input: volts at the stopper, output: inverted plate swing with slope 1 at kMiddleVolts.
class Triode {
 public:
  static constexpr double kMiddleVolts = -1.5, kReachVolts = 1.1;  ///< Working points: middle +- reach.

  void prepare() {
    double plate[kPieces + 1], slope[kPieces + 1];
    const double step = (kHigh - kLow) / kPieces;
    const double middle = plateVolts(kMiddleVolts);
    const double gain = (plateVolts(kMiddleVolts - 0.01) - plateVolts(kMiddleVolts + 0.01)) / 0.02;
    for (int k = 0; k <= kPieces; k++) {
      const double volts = kLow + step * k;
      plate[k] = (middle - plateVolts(volts)) / gain;
      slope[k] = (plateVolts(volts - 1e-3) - plateVolts(volts + 1e-3)) / (2e-3 * gain);
    }
    slope[0] = slope[kPieces] = 0.;  // straight on outside
    curve_.throughSlopes(plate, slope, kLow, kHigh);
  }
  double at(double volts) const { return curve_.at(volts); }
  double integral(double volts) const { return curve_.integral(volts); }

  /// Plate voltage for a voltage in front of the grid stopper.
  static double plateVolts(double input) {
    const double grid = input - kStopper / (kStopper + kGridOhms) * softplus((input - kGridKnee) / kKnee) * kKnee;
    double low = 0., high = kSupply;
    for (int round = 0; round < 60; round++) {
      const double plate = 0.5 * (low + high);
      (kSupply - kLoad * current(plate, grid) > plate ? low : high) = plate;
    }
    return 0.5 * (low + high);
  }

 private:
  static constexpr int kPieces = 160;
  static constexpr double kLow = -8., kHigh = 8.;
  static constexpr double kSupply = 300., kLoad = 100e3, kStopper = 68e3, kGridOhms = 2e3, kGridKnee = 0.1,
                          kKnee = 0.12;
  static constexpr double kMu = 100., kEx = 1.4, kG1 = 1060., kP = 600., kVb = 300.;

  static double softplus(double x) { return x > 40. ? x : std::log1p(std::exp(x)); }
  static double current(double plate, double grid) {
    const double e = plate / kP * softplus(kP * (1. / kMu + grid / std::sqrt(kVb + plate * plate)));
    return e > 0. ? 2. * std::pow(e, kEx) / kG1 : 0.;
  }

  CubicCurve<kPieces> curve_;
};

}  // namespace sl
