// Four times oversampling around a nonlinearity, linear phase, one channel; twice where the governor asks for it. Audio
// thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/arena.h"
#include "dsp/copy_block.h"
#include "dsp/paired_fir.h"
#include "dsp/sinc_kernel.h"

namespace sl {

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
    for (float& tap : inner_) tap *= 2.f;  // what lies between the samples comes as loud as they are
    double sum = 0., taps[kLast];
    for (int n = 0; n < kLast; n++) {
      const double at = n - (kLast - 1) / 2.;
      taps[n] = lifted(at) * kaiser(at / (kLast / 2.), kBeta);
      sum += taps[n];
    }
    for (int j = 0; j < kLast / 2; j++) last_[j] = (float)(taps[2 * j] / sum);
    sum = 0.;
    for (int n = 0; n < kTwice; n++) {
      const double at = n - (kTwice - 1) / 2.;
      taps[n] = liftedTwice(at) * kaiser(at / (kTwice / 2.), 3.);
      sum += taps[n];
    }
    for (int n = 0; n < kTwice; n++) twice_[n] = (float)(taps[n] / sum);
  }
  /// Frames that the outer filter holds, in whole vectors.
  int kept() const { return (2 * half_ + 3) & ~3; }
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
  std::array<float, kLast / 2> last_{};  ///< the even taps; the odd ones are the same backwards
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
    alignas(16) float even[kMost], other[kMost];
    float* x = base_.add(in, n);
    symmetricFir(d.outer_.data(), d.half_, x, even, n);
    float* v = twice_.room();
    for (int i = 0; i < n; i += kLanes) {
      const f32x4 between = splat(2.f) * load4(even + i), at = load4(x + i - d.half_ + 1);
      store4(v + 2 * i, __builtin_shufflevector(between, at, 0, 4, 1, 5));
      store4(v + 2 * i + kLanes, __builtin_shufflevector(between, at, 2, 6, 3, 7));
    }
    const float goal = fourfold ? 1.f : 0.f;
    if (share_ == goal) {
      filled_ = 0;
      fourfold ? four(d, v, out, n, shape) : two(d, v, out, n, shape);
    } else {
      four(d, v, out, n, shape);
      two(d, v, other, n, shape);
      for (int i = 0; i < n; i++) {
        if (filled_ < kFill)
          filled_++;
        else
          share_ = fourfold ? std::fmin(share_ + kFadeStep, 1.f) : std::fmax(share_ - kFadeStep, 0.f);
        out[i] = other[i] + (out[i] - other[i]) * share_;
      }
    }
    base_.keep(n, d.kept()), twice_.keep(2 * n);
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
    float* room() noexcept { return data + past; }
    float* add(const float* x, int n) noexcept {
      copy(data + past, x, n);
      return data + past;
    }
    /// The newest ones, a multiple of four.
    void keep(int n, int newest = past) noexcept {
      float* to = data + past - newest;
      copy(to, to + n, newest);
    }
  };
  /// The even and odd samples of a signal at twice the rate, on their way down.
  struct Decimator {
    History<OversamplerDesign::kMaxOuter, 32> even, odd;
    void process(const OversamplerDesign& d, float* out, int n) noexcept {
      const float *e = even.data + OversamplerDesign::kMaxOuter, *o = odd.data + OversamplerDesign::kMaxOuter;
      symmetricFir(d.outer_.data(), d.half_, e, out, n);
      for (int i = 0; i < n; i++) out[i] += 0.5f * o[i - d.half_];
      even.keep(n, d.kept()), odd.keep(n, d.kept());
    }
  };

  /// Takes every second sample of `x`, n from each; up to three more of each are written.
  static void part(const float* x, float* even, float* odd, int n) noexcept {
    for (int i = 0; i < n; i += kLanes) {
      const f32x4 a = load4(x + 2 * i), b = load4(x + 2 * i + kLanes);
      store4(even + i, __builtin_shufflevector(a, b, 0, 2, 4, 6));
      store4(odd + i, __builtin_shufflevector(a, b, 1, 3, 5, 7));
    }
  }
  template <class Shape>
  void four(const OversamplerDesign& d, const float* v, float* out, int n, Shape&& shape) noexcept {
    alignas(16) float even[kMost];
    const float* odd = v - OversamplerDesign::kInner / 2 + 1;
    symmetricFir(d.inner_.data(), OversamplerDesign::kInner / 2, v, even, 2 * n);
    float *a = shapedEven_.room(), *b = shapedOdd_.room();
    shape(even, odd, a, b, 2 * n, lastOfFour_);
    lastOfFour_ = odd[2 * n - 1];

    constexpr int kHalf = OversamplerDesign::kLast / 2;
    pairedFir(d.last_.data(), kHalf, a, b - kHalf, even, 2 * n);
    part(even, downFromFour_.even.room(), downFromFour_.odd.room(), n);
    downFromFour_.process(d, out, n);
    shapedEven_.keep(2 * n), shapedOdd_.keep(2 * n);
  }
  template <class Shape>
  void two(const OversamplerDesign& d, const float* v, float* out, int n, Shape&& shape) noexcept {
    alignas(16) float even[kMost], odd[kMost], evenOut[kMost], oddOut[kMost];
    part(v, even, odd, n);
    shape(even, odd, evenOut, oddOut, n, lastOfTwo_);
    lastOfTwo_ = odd[n - 1];
    float* s = shapedTwice_.room();
    for (int i = 0; i < n; i++) s[2 * i] = evenOut[i], s[2 * i + 1] = oddOut[i];
    symmetricFir(d.twice_.data(), OversamplerDesign::kTwice / 2, s, even, 2 * n);
    part(even, downFromTwo_.even.room(), downFromTwo_.odd.room(), n);
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
