// White and pink noise for four voices from a counter, so that a note's noise depends on its seed alone. Audio thread.
#pragma once
#include "core/denormal.h"
#include "core/unit.h"
#include "dsp/hash.h"

namespace sl {

/// Uniform white noise in -1..1: hash of (seed, counter).
struct WhiteNoise {
  u32x4 key, count;

  void start(u32x4 seed, uint32_t salt, i32x4 lanes) {
    key = (u32x4)select(lanes, (f32x4)noteHash(seed, salt), (f32x4)key);
    count = (u32x4)((i32x4)count & ~lanes);
  }
  /// The next `frames` values.
  void fill(f32x4* out, int frames) {
    const auto held = [](uint32_t x) { return (u32x4)opaque((f32x4)splatU(x)); };
    const u32x4 golden = held(0x9e3779b9u), first = held(0x7feb352du), second = held(0x846ca68bu);
    const f32x4 unit = opaque(splat(1.f / 2147483648.f));
    u32x4 at = count * golden;
    const u32x4 own = key;
    for (int i = 0; i < frames; i++) {
      u32x4 x = at ^ own;  // as in hash of dsp/hash.h
      at += golden;
      x ^= x >> 16;
      x *= first;
      x ^= x >> 15;
      x *= second;
      out[i] = toFloat((i32x4)(x ^ (x >> 16))) * unit;
    }
    count += splatU((uint32_t)frames);
  }
  f32x4 next() {
    const u32x4 x = (count * splatU(0x9e3779b9u)) ^ key;
    count += splatU(1);
    return bipolar(hash(x));
  }
  /// One lane with time across it, for nextFour.
  WhiteNoise only(int lane) const { return {splatU(key[lane]), splatU(count[lane]) + u32x4{0, 1, 2, 3}}; }
  /// Four frames of one lane.
  f32x4 nextFour() {
    const f32x4 values = next();
    count += splatU(3);
    return values;
  }
};

/// Turns uniform white into pink noise of RMS 0.35: Kellet's refined filter bank (musicdsp.org 76). Its poles are
/// for 44.1 kHz, but it keeps -3.01 dB per octave within 0.05 from 20 Hz to 20 kHz up to 96 kHz.
struct PinkFilter {
  static constexpr float kPole[6] = {0.99886f, 0.99332f, 0.96900f, 0.86650f, 0.55000f, -0.7616f};
  static constexpr float kGain[6] = {0.0555179f, 0.0750759f, 0.1538520f, 0.3104856f, 0.5329522f, -0.0168980f};
  static constexpr float kStraight = 0.5362f, kLate = 0.115926f, kLevel = 0.1986f;

  f32x4 pole[6], late;  ///< Of the poles, and of the white of the frame before.

  void start(i32x4 lanes) {
    for (f32x4& v : pole) v = (f32x4)((i32x4)v & ~lanes);
    late = (f32x4)((i32x4)late & ~lanes);
  }
  void flushState() {
    for (f32x4& v : pole) v = flush(v);
    late = flush(late);
  }
  f32x4 next(f32x4 white) {
    f32x4 pink = splat(0.f);
    for (int k = 0; k < 6; k++) pink += pole[k] = splat(kPole[k]) * pole[k] + white * splat(kGain[k]);
    pink = pink + late + white * splat(kStraight);
    late = white * splat(kLate);
    return pink * splat(kLevel);
  }
  /// White noise in `noise` becomes pink, times a gain that grows by `step`: as `next`, in two passes, since the
  /// constants of one need more registers than there are.
  void run(f32x4* noise, f32x4 gain, f32x4 step, int frames) {
    f32x4 low[kMicroBlock];
    half<0>([&](auto poles) {
      for (int i = 0; i < frames; i++) low[i] = poles(noise[i], splat(0.f));
    });
    const f32x4 straight = opaque(splat(kStraight)), lately = opaque(splat(kLate)), level = opaque(splat(kLevel));
    f32x4 before = late;
    half<3>([&](auto poles) {
      for (int i = 0; i < frames; i++) {
        const f32x4 white = noise[i];
        noise[i] = (poles(white, low[i]) + before + white * straight) * level * gain;
        before = white * lately;
        gain += step;
      }
    });
    late = before;
  }

 private:
  /// Calls body(poles) where poles(white, sum) adds three of them, from kFirst on, to a sum.
  template <int kFirst, class Body>
  void half(Body body) {
    f32x4 x = pole[kFirst], y = pole[kFirst + 1], z = pole[kFirst + 2];
    const auto held = [](const float* c, int k) { return opaque(splat(c[kFirst + k])); };
    const f32x4 px = held(kPole, 0), py = held(kPole, 1), pz = held(kPole, 2);
    const f32x4 gx = held(kGain, 0), gy = held(kGain, 1), gz = held(kGain, 2);
    body([&](f32x4 white, f32x4 sum) {
      x = px * x + white * gx;
      y = py * y + white * gy;
      z = pz * z + white * gz;
      return sum + x + y + z;
    });
    pole[kFirst] = x, pole[kFirst + 1] = y, pole[kFirst + 2] = z;
  }
};

}  // namespace sl
