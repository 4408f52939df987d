// True-peak estimate by eightfold interpolation, two channels linked. Audio thread except prepare.
#pragma once
#include <cmath>
#include <cstring>

#include "core/arena.h"
#include "dsp/copy_block.h"
#include "dsp/sinc_kernel.h"

namespace sl {

/// Three interpolators at once, because meters differ in what they make of the end of the band: 12 taps per phase as in
/// ITU-R BS.1770-5, 32, and 64 with a window that keeps them open to 0.48 of the rate. Meters of other lengths, up to
/// 128 taps, lie between these and read less than 0.1 dB more, of full-band noise and bare square waves too. The grid
/// itself reads a 20 kHz tone at 44.1 kHz at most 0.15 dB low (its own cosine), one of 10 kHz 0.03 dB.
class TruePeak {
 public:
  static constexpr int kTaps = 64, kSoft = 32, kShort = 12, kPhases = 8;
  /// The estimate of a frame covers the time between `kDelay` and `kDelay - 1` frames ago.
  static constexpr int kDelay = kTaps / 2;

  bool prepare(Arena& arena) {
    sharp_ = arena.take<f32x4>(kTaps / 2 * kParts);
    soft_ = arena.take<f32x4>(kSoft / 2 * kParts);
    short_ = arena.take<f32x4>(kShort / 2 * kParts);
    if (!sharp_ || !soft_ || !short_) return false;
    weigh(sharp_, kTaps, 3.);
    weigh(soft_, kSoft, 6.);
    weigh(short_, kShort, 5.4);
    return true;
  }
  void reset() noexcept { std::memset(past_, 0, sizeof past_); }

  /// Peaks of up to 32 frames, `peaks` has room for 32. Where no interpolated value can reach `floor`, 0 may stand
  /// instead of the true value.
  void process(const float* left, const float* right, int n, float floor, float* peaks) noexcept {
    const float* in[2] = {left, right};
    f32x4 most[kBlock / kLanes] = {};
    for (int c = 0; c < 2; c++) {
      float* x = past_[c];
      copy(x + kTaps - 1, in[c], n);
      float squares[kRoom];
      for (int i = 0; i < kRoom; i += kLanes) store4(squares + i, load4(x + i) * load4(x + i));
      const uint32_t loud = above(squares, floor);
      for (int i = 0; i < n; i += 2 * kLanes)
        if (loud >> i / kLanes & 3) peaksAt(x + i, most + i / kLanes);
      copy(x, x + n, kTaps);
    }
    for (int i = 0; i < n; i += kLanes) store4(peaks + i, most[i / kLanes]);
  }

 private:
  static constexpr int kBlock = 32, kRoom = kTaps + kBlock;
  /// Of a phase and its mirror image: the even parts of phases 1 to 4, the odd parts of 1 to 3.
  static constexpr int kParts = 7;
  /// Taps about the middle that count by their own energy.
  static constexpr int kNear = 8;

  /// Phase 8 - p is phase p backwards: with sums and differences of the taps that mirror each other both are
  /// even +- odd, and the larger of their magnitudes is |even| + |odd|.
  void weigh(f32x4* weights, int count, double beta) {
    float taps[kTaps];
    for (int p = 1; p < kPhases; p++) {
      sincKernel(taps, count, (double)p / kPhases, beta);
      double near = 0., far = 0.;
      for (int k = 0; k < count; k++) (std::abs(2 * k + 1 - count) < kNear ? near : far) += (double)taps[k] * taps[k];
      near_ = std::fmax(near_, (float)std::sqrt(near)), far_ = std::fmax(far_, (float)std::sqrt(far));
      for (int k = 0; k < count / 2 && p <= 4; k++) {
        weights[k * kParts + p - 1] = splat(0.5f * (taps[k] + taps[count - 1 - k]));
        if (p < 4) weights[k * kParts + p + 3] = splat(0.5f * (taps[k] - taps[count - 1 - k]));
      }
    }
  }
  /// Which fours of frames may reach `floor`, a bit each, by Cauchy and Schwarz from the energy about the middle and
  /// that of all taps.
  uint32_t above(const float* squares, float floor) const noexcept {
    constexpr int kFours = kBlock / kLanes, kSpan = kTaps / kLanes;  // those that a four spans besides its own
    const auto at = [&](int four) { return load4(squares + kLanes * four); };
    const auto middle = [&](int four) {
      const float* from = squares + (kTaps - kNear) / 2 + kLanes * four;
      return (load4(from) + load4(from + 1)) + (load4(from + 2) + load4(from + 3));
    };
    static_assert(kNear == 2 * kLanes);
    // What all spans share, then what each begins and ends with.
    f32x4 whole[kFours], shared = splat(0.f), more = splat(0.f);
    for (int k = kFours - 1; k <= kSpan; k++) shared += at(k);
    for (int k = kFours - 1; k >= 0; k--) {
      whole[k] = shared + more;
      if (k > 0) more += at(k - 1);
    }
    more = splat(0.f);
    for (int k = 1; k < kFours; k++) whole[k] += more += at(kSpan + k);
    uint32_t loud = 0;
    f32x4 early = middle(0);
    for (int k = 0; k < kFours; k++) {
      const f32x4 late = middle(k + 1), pairs = whole[k] + __builtin_shufflevector(whole[k], whole[k], 2, 3, 0, 1);
      const f32x4 energy = pairs + __builtin_shufflevector(pairs, pairs, 1, 0, 3, 2);
      const f32x4 bound = sqrt(early + late) * splat(near_) + sqrt(energy) * splat(far_);
      if (!all(bound * splat(1.001f) < splat(floor))) loud |= 1u << k;
      early = late;
    }
    return loud;
  }
  static constexpr int kEven = 4, kOdd = kParts - kEven, kAtOnce = 2;
  /// The even or the odd parts of two fours of frames: as many sums as the registers hold, each weight read once.
  template <bool kOfEven>
  static void sums(const f32x4* weights, int count, const float* x, f32x4 (&sum)[kAtOnce][kEven]) noexcept {
    constexpr int kSums = kOfEven ? kEven : kOdd;
    f32x4 all[kAtOnce][kSums] = {};
    weights += kOfEven ? 0 : kEven;
#pragma clang loop unroll(disable)
    for (int k = 0; k < count / 2; k++, weights += kParts) {
      f32x4 pair[kAtOnce];
      for (int g = 0; g < kAtOnce; g++) {
        const f32x4 a = load4(x + kLanes * g + k), b = load4(x + kLanes * g + count - 1 - k);
        pair[g] = kOfEven ? a + b : a - b;
      }
      for (int p = 0; p < kSums; p++)
        for (int g = 0; g < kAtOnce; g++) all[g][p] += pair[g] * weights[p];
    }
    for (int g = 0; g < kAtOnce; g++)
      for (int p = 0; p < kSums; p++) sum[g][p] = all[g][p];
  }
  /// Of two fours of frames, one frame in each lane.
  static void peaks(const f32x4* weights, int count, const float* x, f32x4* most) noexcept {
    f32x4 e[kAtOnce][kEven], o[kAtOnce][kEven];
    sums<true>(weights, count, x, e);
    sums<false>(weights, count, x, o);
    for (int g = 0; g < kAtOnce; g++) {
      f32x4 peak = abs(e[g][kEven - 1]);
      for (int p = 0; p < kOdd; p++) peak = max(peak, abs(e[g][p]) + abs(o[g][p]));
      most[g] = max(most[g], peak);
    }
  }
  void peaksAt(const float* x, f32x4* most) const noexcept {
    peaks(sharp_, kTaps, x, most);
    peaks(soft_, kSoft, x + (kTaps - kSoft) / 2, most);
    peaks(short_, kShort, x + (kTaps - kShort) / 2, most);
    for (int g = 0; g < kAtOnce; g++)
      most[g] = max(most[g], abs(load4(x + kLanes * g + kTaps / 2 - 1)));  // phase 0 is the sample itself
  }

  /// Weights, the parts of a pair of taps together, each in all lanes.
  f32x4 *sharp_ = nullptr, *soft_ = nullptr, *short_ = nullptr;
  float near_ = 1.f, far_ = 0.f;  ///< the largest norms of a phase's taps, about the middle and besides
  alignas(16) float past_[2][kRoom] = {};
};

}  // namespace sl
