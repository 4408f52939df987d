// Low cut and high cut of an effect's wet signal, 12 dB per octave, out of the way while they stand at their ends.
// Audio thread.
#pragma once
#include <cmath>

#include "core/denormal.h"
#include "core/param.h"
#include "dsp/mix_law.h"

namespace sl {

/// Two Butterworth sections (TPT state-variable filters, Zavalishin 2018, ch. 4), f64 because of the low cut. Neither
/// runs before it has left its end, so that an untouched wet signal is exactly the effect's own.
class WetBand {
 public:
  static constexpr float kLowEnd = 20.f, kHighEnd = 20000.f;

  static constexpr Param lowCut(float init = kLowEnd) {
    return {.id = "lowCut",
            .label = "Low cut",
            .doc = "Takes the lows out of the effect; 20 Hz is off.",
            .unit = Unit::hertz,
            .min = kLowEnd,
            .max = 2000.f,
            .init = init,
            .curve = Curve::log};
  }
  static constexpr Param highCut(float init = kHighEnd) {
    return {.id = "highCut",
            .label = "High cut",
            .doc = "Takes the highs out of the effect; 20 kHz is off.",
            .unit = Unit::hertz,
            .min = 500.f,
            .max = kHighEnd,
            .init = init,
            .curve = Curve::log};
  }

  void reset() noexcept { low_ = high_ = Section{}; }
  /// In place.
  void process(float* left, float* right, int frames, const Ramp<float>& lowHz, const Ramp<float>& highHz,
               float sampleRate) noexcept {
    run(low_, true, endOf(lowHz, frames), kLowEnd, left, right, frames, sampleRate);
    run(high_, false, endOf(highHz, frames), kHighEnd, left, right, frames, sampleRate);
  }
  int tailFrames(float sampleRate) const noexcept { return low_.on ? (int)(2.6f / low_.hz * sampleRate) : 0; }

 private:
  using f64x2 = double __attribute__((vector_size(16)));
  struct Section {
    bool on = false;
    float hz = 0.f;
    double a1 = 0., a2 = 0., a3 = 0.;
    f64x2 band{}, low{};
  };

  static void run(Section& s, bool cutsLows, float hz, float off, float* left, float* right, int frames,
                  float sampleRate) noexcept {
    const bool begins = !s.on && hz != off;
    if (!s.on && !begins) return;
    double d1 = 0., d2 = 0., d3 = 0., to1 = s.a1, to2 = s.a2, to3 = s.a3;
    if (hz != s.hz) {
      const double g = std::tan(3.14159265358979 * std::fmin(hz / sampleRate, 0.49f));
      to1 = 1. / (1. + g * (g + kDamping));
      to2 = g * to1;
      to3 = g * to2;
      s.hz = hz;
    }
    if (begins) {
      s.on = true;
      s.a1 = to1, s.a2 = to2, s.a3 = to3;
      if (!cutsLows) s.low = f64x2{left[0], right[0]};  // as if it had been open before
    }
    if (to1 == s.a1 && to2 == s.a2 && to3 == s.a3) {
      const int whole = frames / kLanes * kLanes;
      stand(s, cutsLows, left, right, whole);
      left += whole, right += whole, frames -= whole;
      if (frames == 0) return;
    }
    d1 = (to1 - s.a1) / frames, d2 = (to2 - s.a2) / frames, d3 = (to3 - s.a3) / frames;
    double a1 = s.a1, a2 = s.a2, a3 = s.a3;
    for (int i = 0; i < frames; i++) {
      const f64x2 x = {left[i], right[i]}, v3 = x - s.low;
      const f64x2 v1 = a1 * s.band + a2 * v3, v2 = s.low + a2 * s.band + a3 * v3;
      s.band = 2. * v1 - s.band;
      s.low = 2. * v2 - s.low;
      const f64x2 y = cutsLows ? x - kDamping * v1 - v2 : v2;
      left[i] = (float)y[0];
      right[i] = (float)y[1];
      a1 += d1, a2 += d2, a3 += d3;
    }
    s.a1 = to1, s.a2 = to2, s.a3 = to3;
    for (int c = 0; c < 2; c++) s.band[c] = flush(s.band[c]), s.low[c] = flush(s.low[c]);
  }

  /// The same with coefficients that stand, as a product of the states: a frame waits for one product of the last.
  static void stand(Section& s, bool cutsLows, float* left, float* right, int frames) noexcept {
    const auto of = [](double x) { return f64x2{x, x}; };
    const f64x2 bandBand = of(2. * s.a1 - 1.), in = of(2. * s.a2), lowLow = of(1. - 2. * s.a3), inLow = of(2. * s.a3);
    // What passes is sums of the states before and behind a frame, halved.
    const f64x2 half = of(0.5), damped = of(0.5 * kDamping);
    f64x2 band = s.band, low = s.low;
    const auto next = [&](f64x2 x) {
      const f64x2 band1 = (bandBand * band + in * x) - in * low, low1 = (in * band + inLow * x) + lowLow * low;
      const f64x2 under = half * (low + low1), y = cutsLows ? x - damped * (band + band1) - under : under;
      band = band1, low = low1;
      return y;
    };
    const auto wide = [](f32x4 x) { return (f64x2)wasm_f64x2_promote_low_f32x4((v128_t)x); };
    const auto narrow = [](f64x2 x) { return (f32x4)wasm_f32x4_demote_f64x2_zero((v128_t)x); };
    for (int i = 0; i < frames; i += kLanes) {
      const f32x4 l = load4(left + i), r = load4(right + i);
      const f32x4 early = __builtin_shufflevector(l, r, 0, 4, 1, 5), late = __builtin_shufflevector(l, r, 2, 6, 3, 7);
      const f32x4 a = narrow(next(wide(early))),
                  b = narrow(next(wide(__builtin_shufflevector(early, early, 2, 3, 2, 3))));
      const f32x4 c = narrow(next(wide(late))), d = narrow(next(wide(__builtin_shufflevector(late, late, 2, 3, 2, 3))));
      const f32x4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
      store4(left + i, __builtin_shufflevector(ab, cd, 0, 1, 4, 5));
      store4(right + i, __builtin_shufflevector(ab, cd, 2, 3, 6, 7));
    }
    for (int c = 0; c < 2; c++) s.band[c] = flush(band[c]), s.low[c] = flush(low[c]);
  }

  static constexpr double kDamping = 1.41421356237309505;
  Section low_, high_;
};

}  // namespace sl
