// The loss filter of a waveguide loop, fitted exactly at three frequencies, and the tuning that goes with it. Audio
// thread.
#pragma once
#include <algorithm>
#include <cmath>

#include "dsp/lane_ring.h"

namespace sl {

/// What a plucked loop should do: T60 `seconds` at `hz`, falling as (f / hz)^-damping; `stiffness` is the coefficient
/// of its two dispersing allpasses.
struct LoopTarget {
  double hz, seconds, damping, stiffness;
};

/// y = gain (x + zero x1) + pole y1, and the delay that the line itself must give for the loop to be in tune.
struct LoopLoss {
  double gain, zero, pole, delayFrames;
};

namespace loop {

/// Phase delay in frames of the allpass (z^-1 - c) / (1 - c z^-1) at w radians per frame.
inline double allpassDelay(double c, double w) {
  return 1. + 2. * std::atan2(c * std::sin(w), 1. - c * std::cos(w)) / w;
}

/// How much later than meant the six Lagrange taps at fraction f are.
inline double tapLateFrames(double f, double w) {
  f32x4 weights[6];
  lagrange5(splat((float)f), weights);
  double re = 0., im = 0.;
  for (int k = 0; k < 6; k++) {
    const double turn = w * (k - 2 - f);
    re += (double)weights[k][0] * std::cos(turn);
    im -= (double)weights[k][0] * std::sin(turn);
  }
  return -std::atan2(im, re) / w;
}

/// First-order filter whose power is D[k] at x[k] = 1 - cos w: (p - q x) / (s + x) through three points.
inline LoopLoss through(const double (&x)[3], const double (&D)[3]) {
  constexpr double kStraight = 1e3;
  const double d1 = D[1] - D[0], d2 = D[2] - D[0], x1 = x[1] - x[0], x2 = x[2] - x[0];
  const double r1 = D[0] * x[0] - D[1] * x[1], r2 = D[0] * x[0] - D[2] * x[2];
  const double det = d1 * x2 - d2 * x1;
  double s = std::abs(det) > 1e-16 ? (r1 * x2 - r2 * x1) / det : kStraight, q = 0.;
  if (s > 0. && s < kStraight) {
    s = std::max(s, 1e-7);
    q = (r1 - d1 * s) / x1;
  } else {  // straight: no pole, through the first and the last point
    s = kStraight;
    q = std::max((r2 - d2 * s) / x2, 0.);
  }
  double p = D[0] * (s + x[0]) + q * x[0];
  if (q * 2. > p) {  // no power is below zero: the zero stays at half the sample rate
    p = D[0] * (s + x[0]) / (1. - 0.5 * x[0]);
    q = 0.5 * p;
  }
  // A slow or growing constant would outlast the note.
  if (p / s > 0.9999999) {
    const double most = 0.9999999 * s, scale = most / p;
    p *= scale;
    q *= scale;
  }
  LoopLoss h{};
  const double alpha = 1. + s, beta = p - q, gamma = q;
  h.pole = alpha - std::sqrt(alpha * alpha - 1.);
  h.zero = gamma / (beta + std::sqrt(std::max(beta * beta - gamma * gamma, 0.)));
  h.gain = std::sqrt(2. * h.pole * beta / (1. + h.zero * h.zero));
  return h;
}

}  // namespace loop

/// Fitted at the note, at its fourth harmonic or 5 kHz, and between. Losses of more than 2.5 nepers a period, a click,
/// are not told apart. `fraction` is the coefficient of the allpass that carries the fraction of the line, so that a
/// steady note is not dulled by interpolation; `choose`: it is set for this note.
inline LoopLoss fitLoop(const LoopTarget& t, double sampleRate, float& fraction, bool choose) {
  constexpr double kTurn = 6.283185307179586;
  const double w0 = kTurn * t.hz / sampleRate;
  const double loss0 = std::min(6.907755278982137 / (t.hz * t.seconds), 4.);
  double top = std::clamp(std::max(5000., 4. * t.hz), t.hz * 1.2, 0.42 * sampleRate) / t.hz, middle = std::sqrt(top);
  if (loss0 * std::pow(top, t.damping) > 2.5)
    top = std::max(1.2, loss0 < 2.2 ? std::pow(2.5 / loss0, 1. / t.damping) : 1.2);
  if (top < 1.5 * middle) middle = std::sqrt(top);
  const double at[3] = {1., middle, top};
  double x[3], power[3];
  for (int k = 0; k < 3; k++) {
    const double half = std::sin(0.5 * w0 * at[k]);
    x[k] = 2. * half * half;
    power[k] = std::exp(-2. * loss0 * std::pow(at[k], t.damping));
  }
  LoopLoss h = loop::through(x, power);
  const double s = std::sin(w0), c = std::cos(w0);
  const double late = (std::atan2(h.zero * s, 1. + h.zero * c) + std::atan2(h.pole * s, 1. - h.pole * c)) / w0;
  h.delayFrames = sampleRate / t.hz - 2. * loop::allpassDelay(t.stiffness, w0) - late;
  if (choose) {
    const double wanted = h.delayFrames - std::floor(h.delayFrames - 0.5);
    double d = wanted;
    for (int round = 0; round < 4; round++) d += wanted - loop::allpassDelay((d - 1.) / (d + 1.), w0);
    fraction = (float)((d - 1.) / (d + 1.));
  }
  h.delayFrames -= loop::allpassDelay(fraction, w0);
  h.delayFrames -= loop::tapLateFrames(h.delayFrames - std::floor(h.delayFrames), w0);
  return h;
}

}  // namespace sl
