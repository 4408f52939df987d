// Four times oversampling around a nonlinearity, linear phase, one channel; twice where the governor asks for it. Audio
// thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/arena.h"
#include "dsp/copy_block.h"
#include "dsp/sinc_kernel.h"

namespace sl {

/// out[i] = sum of h[j] x[i - j]; every output adds its taps in the same order, however a block is cut.
inline void fir(const float* h, int taps, const float* x, float* out, int n) {
  int i = 0;
  for (; i + 16 <= n; i += 16) {
    f32x4 a = splat(0.f), b = a, c = a, d = a;
    for (int j = 0; j < taps; j++) {
      const f32x4 w = splat(h[j]);
      const float* at = x + i - j;
      a += w * load4(at);
      b += w * load4(at + 4);
      c += w * load4(at + 8);
      d += w * load4(at + 12);
    }
    store4(out + i, a), store4(out + i + 4, b), store4(out + i + 8, c), store4(out + i + 12, d);
  }
  for (; i + 4 <= n; i += 4) {
    f32x4 sum = splat(0.f);
    for (int j = 0; j < taps; j++) sum += splat(h[j]) * load4(x + i - j);
    store4(out + i, sum);
  }
  for (; i < n; i++) {
    float sum = 0.f;
    for (int j = 0; j < taps; j++) sum += h[j] * x[i - j];
    out[i] = sum;
  }
}

/// The filters of one sample rate: half-band Kaiser designs, flat to 20 kHz within 0.01 dB, images and aliases below
/// -110 dB. The last decimator has an even length and lifts what a first-order antiderivative shaper takes (its half
/// sample of delay and its cos(w / 2)), so that the whole path is flat and its delay a whole number of frames. At twice
/// the rate the shaper takes more (2 dB at 20 kHz): a filter of its own lifts that, flat to 20 kHz within 0.03 dB, and
/// is as long as what it stands for, so that both paths have one delay.
class OversamplerDesign {
 public:
  static constexpr int kMaxOuter = 84, kInner = 14, kLast = 30, kTwice = kInner - 1 + kLast / 2;

  void prepare(float sampleRate) {
    const double width = (sampleRate - 40000.) / (2. * sampleRate);  // of the outer transition, in cycles at 2x
    const int order = (int)std::ceil((kStopDb - 7.95) / (14.36 * width));
    half_ = (order + 2 + 3) / 4;
    halfband(outer_.data(), half_);
    halfband(inner_.data(), kInner / 2);
    double sum = 0., taps[kLast];
    for (int n = 0; n < kLast; n++) {
      const double at = n - (kLast - 1) / 2.;
      taps[n] = lifted(at) * kaiser(at / (kLast / 2.), kBeta);
      sum += taps[n];
    }
    for (int j = 0; j < kLast / 2; j++) {
      lastEven_[j] = (float)(taps[2 * j] / sum);
      lastOdd_[j] = (float)(taps[2 * j + 1] / sum);
    }
    sum = 0.;
    for (int n = 0; n < kTwice; n++) {
      const double at = n - (kTwice - 1) / 2.;
      taps[n] = liftedTwice(at) * kaiser(at / (kTwice / 2.), 3.);
      sum += taps[n];
    }
    for (int n = 0; n < kTwice; n++) twice_[n] = (float)(taps[n] / sum);
  }
  int outerTaps() const { return 2 * half_; }
  int latencyFrames() const { return 2 * half_ - 1 + (kInner - 1 + kLast / 2) / 4; }

 private:
  friend class Oversampler;
  static constexpr double kLift = 0.9725;
  static constexpr double kStopDb = 113., kBeta = 0.1102 * (kStopDb - 8.7);

  /// Even taps of a half-band filter of 4 half - 1 taps; they sum to 1/2, the centre tap is 1/2.
  static void halfband(float* out, int half) {
    double sum = 0.;
    for (int pass = 0; pass < 2; pass++)
      for (int j = 0; j < 2 * half; j++) {
        const double at = 2 * j - (2 * half - 1);
        const double tap = std::sin(M_PI * at / 2.) / (M_PI * at) * kaiser(at / (2. * half), kBeta);
        if (pass == 0)
          sum += tap;
        else
          out[j] = (float)(tap * 0.5 / sum);
      }
  }
  /// Impulse response of cos(w / 2)^-kLift up to a quarter of the 4x rate, at `at` samples from its middle (Simpson).
  /// The window smooths the curve a little steeper; kLift (fitted) gives that back.
  static double lifted(double at) {
    constexpr int kSteps = 256;
    double sum = 0.;
    for (int k = 0; k <= kSteps; k++) {
      const double w = M_PI / 2. * k / kSteps;
      sum += (k == 0 || k == kSteps ? 1. : k % 2 ? 4. : 2.) * std::cos(w * at) * std::pow(std::cos(w / 2.), -kLift);
    }
    return sum;
  }

  /// Of 1 / cos(w / 2) up to half of the 2x rate's range, from there down to nothing at its end (Simpson).
  static double liftedTwice(double at) {
    constexpr int kSteps = 256;
    double sum = 0.;
    for (int k = 0; k <= kSteps; k++) {
      const double w = M_PI * k / kSteps, keep = std::fmin(w, M_PI / 2.);
      const double fade = w < M_PI / 2. ? 1. : 0.5 * (1. - std::cos(2. * w));
      sum += (k == 0 || k == kSteps ? 1. : k % 2 ? 4. : 2.) * std::cos(w * at) * fade / std::cos(keep / 2.);
    }
    return sum;
  }

  int half_ = 0;
  std::array<float, kMaxOuter> outer_{};
  std::array<float, kInner> inner_{};
  std::array<float, kLast / 2> lastEven_{}, lastOdd_{};
  std::array<float, kTwice> twice_{};
};

class Oversampler {
 public:
  void reset() noexcept { *this = Oversampler{}; }

  /// Up to 32 frames. `shape(even, odd, evenOut, oddOut, n, last)` gets the signal at the higher rate as its even and
  /// odd samples, n of each, in the order even[0], odd[0], even[1] ..., and the odd sample before them. `fourfold`
  /// false: twice the rate only. A change crosses over in 10 ms, once the filters of the other path are full; meanwhile
  /// `shape` is called for both.
  template <class Shape>
  void process(const OversamplerDesign& d, const float* in, float* out, int n, bool fourfold, Shape&& shape) noexcept {
    alignas(16) float even[kMost], odd[kMost];
    float* x = base_.add(in, n);
    fir(d.outer_.data(), d.outerTaps(), x, even, n);
    float* v = twice_.extend(2 * n);
    for (int i = 0; i < n; i++) {
      v[2 * i] = 2.f * even[i];
      v[2 * i + 1] = x[i - d.half_ + 1];
    }
    const float goal = fourfold ? 1.f : 0.f;
    if (share_ == goal) {
      filled_ = 0;
      fourfold ? four(d, v, out, n, shape) : two(d, v, out, n, shape);
    } else {
      four(d, v, out, n, shape);
      two(d, v, odd, n, shape);
      for (int i = 0; i < n; i++) {
        if (filled_ < kFill)
          filled_++;
        else
          share_ = fourfold ? std::fmin(share_ + kFadeStep, 1.f) : std::fmax(share_ - kFadeStep, 0.f);
        out[i] = odd[i] + (out[i] - odd[i]) * share_;
      }
    }
    base_.keep(n), twice_.keep(2 * n);
  }

 private:
  static constexpr int kMost = 64;
  /// Frames until nothing of what a path held before is heard: its filters and the last decimator.
  static constexpr int kFill = OversamplerDesign::kMaxOuter + OversamplerDesign::kTwice / 2 + 2;
  static constexpr float kFadeStep = 1.f / 480.f;
  /// The newest samples behind `past` older ones, contiguous.
  template <int past, int most>
  struct History {
    static_assert(past % kLanes == 0);
    alignas(16) float data[past + most] = {};
    float* extend(int) noexcept { return data + past; }
    float* add(const float* x, int n) noexcept {
      copy(data + past, x, n);
      return data + past;
    }
    void keep(int n) noexcept { copy(data, data + n, past); }
  };
  /// The even and odd samples of a signal at twice the rate, on their way down.
  struct Decimator {
    History<OversamplerDesign::kMaxOuter, 32> even, odd;
    void process(const OversamplerDesign& d, float* out, int n) noexcept {
      const float *e = even.data + OversamplerDesign::kMaxOuter, *o = odd.data + OversamplerDesign::kMaxOuter;
      fir(d.outer_.data(), d.outerTaps(), e, out, n);
      for (int i = 0; i < n; i++) out[i] += 0.5f * o[i - d.half_];
      even.keep(n), odd.keep(n);
    }
  };

  template <class Shape>
  void four(const OversamplerDesign& d, const float* v, float* out, int n, Shape&& shape) noexcept {
    alignas(16) float even[kMost], odd[kMost], evenOut[kMost], oddOut[kMost];
    fir(d.inner_.data(), OversamplerDesign::kInner, v, even, 2 * n);
    for (int p = 0; p < 2 * n; p++) {
      even[p] *= 2.f;
      odd[p] = v[p - OversamplerDesign::kInner / 2 + 1];
    }
    shape(even, odd, evenOut, oddOut, 2 * n, lastOfFour_);
    lastOfFour_ = odd[2 * n - 1];

    const float* a = shapedEven_.add(evenOut, 2 * n);
    const float* b = shapedOdd_.add(oddOut, 2 * n);
    fir(d.lastEven_.data(), OversamplerDesign::kLast / 2, a, even, 2 * n);
    fir(d.lastOdd_.data(), OversamplerDesign::kLast / 2, b - 1, odd, 2 * n);
    float* e = downFromFour_.even.extend(n);
    float* o = downFromFour_.odd.extend(n);
    for (int i = 0; i < n; i++) {
      e[i] = even[2 * i] + odd[2 * i];
      o[i] = even[2 * i + 1] + odd[2 * i + 1];
    }
    downFromFour_.process(d, out, n);
    shapedEven_.keep(2 * n), shapedOdd_.keep(2 * n);
  }
  template <class Shape>
  void two(const OversamplerDesign& d, const float* v, float* out, int n, Shape&& shape) noexcept {
    alignas(16) float even[kMost], odd[kMost], evenOut[kMost], oddOut[kMost];
    for (int i = 0; i < n; i++) even[i] = v[2 * i], odd[i] = v[2 * i + 1];
    shape(even, odd, evenOut, oddOut, n, lastOfTwo_);
    lastOfTwo_ = odd[n - 1];
    float* s = shapedTwice_.extend(2 * n);
    for (int i = 0; i < n; i++) s[2 * i] = evenOut[i], s[2 * i + 1] = oddOut[i];
    fir(d.twice_.data(), OversamplerDesign::kTwice, s, even, 2 * n);
    float* e = downFromTwo_.even.extend(n);
    float* o = downFromTwo_.odd.extend(n);
    for (int i = 0; i < n; i++) e[i] = even[2 * i], o[i] = even[2 * i + 1];
    downFromTwo_.process(d, out, n);
    shapedTwice_.keep(2 * n);
  }

  History<OversamplerDesign::kMaxOuter, 32> base_;
  History<16, kMost> twice_, shapedEven_, shapedOdd_;
  History<OversamplerDesign::kTwice, kMost> shapedTwice_;
  Decimator downFromFour_, downFromTwo_;
  float lastOfFour_ = 0.f, lastOfTwo_ = 0.f;
  float share_ = 1.f;  ///< of the fourfold path
  int filled_ = 0;     ///< frames that both paths have run
};

}  // namespace sl
