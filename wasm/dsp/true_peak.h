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
    sharp_ = arena.take<float>(kTaps / 2 * kParts);
    soft_ = arena.take<float>(kSoft / 2 * kParts);
    short_ = arena.take<float>(kShort / 2 * kParts);
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
      for (int i = 0; i < n; i += kLanes)
        if (loud >> i / kLanes & 1) most[i / kLanes] = max(most[i / kLanes], peaksAt(x + i));
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
  void weigh(float* weights, int count, double beta) {
    float taps[kTaps];
    for (int p = 1; p < kPhases; p++) {
      sincKernel(taps, count, (double)p / kPhases, beta);
      double near = 0., far = 0.;
      for (int k = 0; k < count; k++) (std::abs(2 * k + 1 - count) < kNear ? near : far) += (double)taps[k] * taps[k];
      near_ = std::fmax(near_, (float)std::sqrt(near)), far_ = std::fmax(far_, (float)std::sqrt(far));
      for (int k = 0; k < count / 2 && p <= 4; k++) {
        weights[k * kParts + p - 1] = 0.5f * (taps[k] + taps[count - 1 - k]);
        if (p < 4) weights[k * kParts + p + 3] = 0.5f * (taps[k] - taps[count - 1 - k]);
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
  /// Of four frames, one in each lane.
  static f32x4 peaks(const float* weights, int count, const float* x) noexcept {
    f32x4 e1 = splat(0.f), e2 = e1, e3 = e1, e4 = e1, o1 = e1, o2 = e1, o3 = e1;
    for (int k = 0; k < count / 2; k++, weights += kParts) {
      const f32x4 a = load4(x + k), b = load4(x + count - 1 - k), sum = a + b, difference = a - b;
      e1 += sum * splat(weights[0]);
      e2 += sum * splat(weights[1]);
      e3 += sum * splat(weights[2]);
      e4 += sum * splat(weights[3]);
      o1 += difference * splat(weights[4]);
      o2 += difference * splat(weights[5]);
      o3 += difference * splat(weights[6]);
    }
    return max(max(abs(e1) + abs(o1), abs(e2) + abs(o2)), max(abs(e3) + abs(o3), abs(e4)));
  }
  f32x4 peaksAt(const float* x) const noexcept {
    const f32x4 wide = max(peaks(sharp_, kTaps, x), peaks(soft_, kSoft, x + (kTaps - kSoft) / 2));
    const f32x4 narrow = peaks(short_, kShort, x + (kTaps - kShort) / 2);
    return max(max(wide, narrow), abs(load4(x + kTaps / 2 - 1)));  // phase 0 is the sample itself
  }

  float *sharp_ = nullptr, *soft_ = nullptr, *short_ = nullptr;  ///< weights, the parts of a pair of taps together
  float near_ = 1.f, far_ = 0.f;  ///< the largest norms of a phase's taps, about the middle and besides
  alignas(16) float past_[2][kRoom] = {};
};

}  // namespace sl
