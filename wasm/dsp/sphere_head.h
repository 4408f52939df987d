// How sound reaches the two ears of a head: the exact diffraction of a rigid sphere as short filters, and echoes of the
// pinna. Tables in prepare (control thread), filters on the audio thread.
#pragma once
#include <algorithm>
#include <cmath>
#include <complex>
#include <cstring>

#include "core/arena.h"
#include "dsp/fft.h"
#include "dsp/sinc_kernel.h"

namespace sl {

/// Responses of a sphere of 8.75 cm for every 5 degrees of incidence, from the series of Duda and Martens ("Range
/// dependence of the response of a spherical head model", JASA 1998) for distant sources. The travel time round the
/// sphere (Woodworth) is taken out of them, so that neighbours can be blended, and put back by a 16-tap sinc.
class SphereHead {
 public:
  static constexpr double kRadius = 0.0875, kSoundSpeed = 343., kPi = 3.14159265358979324;
  static constexpr int kMaxTaps = 320;

  bool prepare(Arena& arena, float sampleRate) {
    sampleRate_ = sampleRate;
    const int fine = sampleRate > 50000.f ? 2 : 1;
    responseTaps_ = 80 * fine;
    before_ = 10 * fine;
    points_ = 512 * fine;
    table_ = arena.take<float>((std::size_t)(kAngles * responseTaps_));
    double* work = arena.take<double>((std::size_t)(points_ * 3 + kAngles * kMostTerms));
    auto* spectra = arena.take<std::complex<double>>((std::size_t)(kAngles * (points_ / 2 + 1)));
    if (!table_ || !work || !spectra) return false;
    makeSpectra(spectra, work + 3 * points_);
    makeTwiddles(work + 2 * points_, points_);
    for (int a = 0; a < kAngles; a++) makeResponse(a, spectra + a * (points_ / 2 + 1), work);
    std::memset(work, 0, sizeof(double) * (std::size_t)(points_ * 3 + kAngles * kMostTerms));
    std::memset((void*)spectra, 0, sizeof(*spectra) * (std::size_t)(kAngles * (points_ / 2 + 1)));
    return true;
  }
  /// Frames that a filter of `make` is long.
  int taps() const noexcept {
    const double most = 2.6 * kRadius / kSoundSpeed + 16. / 44100.;
    return std::min(kMaxTaps, (responseTaps_ + (int)(most * sampleRate_) + 20 + 3) & ~3);
  }
  /// Adds the way from a source to one ear, `taps()` weights, times `gain`. The source lies at azimuth (0 in front,
  /// positive to the right) and elevation, in radians; `ear` is -1 left, 1 right. `pinna`: 0..1.
  void make(float* into, double azimuth, double elevation, int ear, float pinna, float gain) const noexcept {
    const double towards = ear * std::sin(azimuth) * std::cos(elevation);
    const double incidence = std::acos(std::clamp(towards, -1., 1.));
    float blended[160];
    const double at = std::min(incidence / kPi * (kAngles - 1), kAngles - 1.000001);
    const float *a = table_ + (int)at * responseTaps_, *b = a + responseTaps_, share = (float)(at - (int)at);
    for (int k = 0; k < responseTaps_; k++) blended[k] = a[k] + (b[k] - a[k]) * share;
    const double first = (travel(incidence) + kRadius / kSoundSpeed) * sampleRate_;
    place(into, blended, first, gain);
    if (pinna <= 0.f) return;
    for (int n = 0; n < 5; n++) {
      const double frames = kEchoReach[n] * std::cos(azimuth / 2.) * std::sin(kEchoTurn[n] * (kPi / 2. - elevation));
      place(into, blended, first + (frames + kEchoFrames[n]) / 44100. * sampleRate_, gain * pinna * kEchoLevel[n]);
    }
  }

 private:
  static constexpr int kAngles = 37, kMostTerms = 80;
  /// Pinna events: Brown and Duda, "A structural model for binaural sound synthesis", 1998, table 2 (frames at 44100).
  static constexpr float kEchoLevel[5] = {0.5f, -1.f, 0.5f, -0.25f, 0.25f};
  static constexpr double kEchoReach[5] = {1., 5., 5., 5., 5.}, kEchoFrames[5] = {2., 4., 7., 11., 13.},
                          kEchoTurn[5] = {1., 0.5, 0.5, 0.5, 0.5};

  /// Seconds after the middle of the head.
  static double travel(double incidence) noexcept {
    const double unit = kRadius / kSoundSpeed;
    return incidence < kPi / 2. ? -unit * std::cos(incidence) : unit * (incidence - kPi / 2.);
  }
  void place(float* into, const float* response, double frames, float gain) const noexcept {
    const int whole = (int)frames;
    float kernel[16];
    sincKernel(kernel, 16, 1. - (frames - whole), 8.);  // reversed in time: a filter, not a read
    for (int j = 0; j < 16; j++) {
      const float w = gain * kernel[15 - j];
      float* to = into + whole + j;
      const int n = std::min(responseTaps_, taps() - whole - j);
      for (int k = 0; k < n; k++) to[k] += w * response[k];
    }
  }

  /// Surface pressure over that at the place of the middle without a head, for every angle and frequency.
  void makeSpectra(std::complex<double>* spectra, double* legendre) const {
    for (int a = 0; a < kAngles; a++) {
      const double x = std::cos(kPi * a / (kAngles - 1));
      double *p = legendre + a * kMostTerms, before = 1., now = x;
      p[0] = 1., p[1] = x;
      for (int m = 2; m < kMostTerms; m++) {
        const double next = ((2 * m - 1) * x * now - (m - 1) * before) / m;
        before = now, now = next;
        p[m] = next;
      }
    }
    const int bins = points_ / 2 + 1;
    for (int k = 0; k < bins; k++) {
      const double hz = std::min((double)k * sampleRate_ / points_, kTopHz), mu = 2. * kPi * hz * kRadius / kSoundSpeed;
      std::complex<double> weights[kMostTerms];
      const int terms = k == 0 ? 0 : std::min(kMostTerms, (int)(mu + 4. * std::cbrt(mu) + 12.));
      if (k > 0) termsOf(mu, terms, weights);
      const double over = (double)k * sampleRate_ / points_ - kTopHz;
      const double open = over <= 0. ? 1. : over >= kTaperHz ? 0. : 0.5 + 0.5 * std::cos(kPi * over / kTaperHz);
      for (int a = 0; a < kAngles; a++) {
        std::complex<double> sum = k == 0 ? 1. : 0.;
        for (int m = 0; m < terms; m++) sum += weights[m] * legendre[a * kMostTerms + m];
        // Travel taken out, the taps before the first arrival put in; conjugated to the engineer's sign of time.
        const double turn = 2. * kPi * hz * travel(kPi * a / (kAngles - 1)) - 2. * kPi * k * before_ / points_;
        spectra[a * bins + k] = std::conj(sum) * std::polar(open, turn);
      }
    }
  }
  /// (1 / mu^2) i (-i)^m (2 m + 1) / h'_m(mu), by upward recurrence: where j loses its digits, y is all that counts.
  static void termsOf(double mu, int terms, std::complex<double>* weights) {
    const double s = std::sin(mu), c = std::cos(mu);
    std::complex<double> before(s / mu, -c / mu), now(s / (mu * mu) - c / mu, -c / (mu * mu) - s / mu);
    std::complex<double> turn(0., 1.);
    weights[0] = turn / (mu * mu * -now);
    for (int m = 1; m < terms; m++) {
      turn *= std::complex<double>(0., -1.);
      weights[m] = turn * (double)(2 * m + 1) / (mu * mu * (before - now * ((m + 1.) / mu)));
      const std::complex<double> next = now * ((2. * m + 1.) / mu) - before;
      before = now, now = next;
    }
  }
  void makeResponse(int angle, const std::complex<double>* spectrum, double* work) const {
    for (int k = 0; k <= points_ / 2; k++) {
      work[2 * k] = spectrum[k].real();
      work[2 * k + 1] = k == 0 || k == points_ / 2 ? 0. : spectrum[k].imag();
      if (k == 0 || k == points_ / 2) continue;
      work[2 * (points_ - k)] = work[2 * k];
      work[2 * (points_ - k) + 1] = -work[2 * k + 1];
    }
    inverseFft(work, points_, work + 2 * points_, points_);
    const int fade = responseTaps_ / 4;
    double sum = 0., moment = 0., weight = 0., spread = 0.;
    const double middle = 0.5 * (responseTaps_ - 1);
    const auto hann = [&](int k) { return 0.5 - 0.5 * std::cos(2. * kPi * (k + 0.5) / responseTaps_); };
    for (int k = 0; k < responseTaps_; k++) {
      const int left = responseTaps_ - k;
      const double h = work[2 * k] / points_ * (left > fade ? 1. : 0.5 - 0.5 * std::cos(kPi * left / fade));
      work[2 * k] = h;
      sum += h;
      moment += h * (k - middle);
      weight += hann(k);
      spread += hann(k) * (k - middle) * (k - middle);
    }
    // What the end of the window takes from the lows is given back: at 0 Hz the sphere passes 1, 3/2 of the straight
    // way late.
    const double incidence = kPi * angle / (kAngles - 1);
    const double wanted =
        before_ - middle - (1.5 * kRadius / kSoundSpeed * std::cos(incidence) + travel(incidence)) * sampleRate_;
    const double level = (1. - sum) / weight, tilt = (wanted - moment) / spread;
    for (int k = 0; k < responseTaps_; k++)
      table_[angle * responseTaps_ + k] = (float)(work[2 * k] + hann(k) * (level + tilt * (k - middle)));
  }

  static constexpr double kTopHz = 20000., kTaperHz = 8000.;
  float* table_ = nullptr;
  int responseTaps_ = 80, before_ = 10, points_ = 512;
  float sampleRate_ = 48000.f;
};

}  // namespace sl
