// White and pink noise for four voices from a counter, so that a note's noise depends on its seed alone. Audio thread.
#pragma once
#include "dsp/hash.h"

namespace sl {

/// Uniform white noise in -1..1: hash of (seed, counter).
struct WhiteNoise {
  u32x4 key, count;

  void start(u32x4 seed, uint32_t salt, i32x4 lanes) {
    key = (u32x4)select(lanes, (f32x4)noteHash(seed, salt), (f32x4)key);
    count = (u32x4)((i32x4)count & ~lanes);
  }
  f32x4 next() {
    const u32x4 x = (count * splatU(0x9e3779b9u)) ^ key;
    count += splatU(1);
    return bipolar(hash(x));
  }
};

/// Turns uniform white into pink noise of RMS 0.35: Kellet's refined filter bank (musicdsp.org 76). Its poles are
/// for 44.1 kHz, but it keeps -3.01 dB per octave within 0.05 from 20 Hz to 20 kHz up to 96 kHz.
struct PinkFilter {
  f32x4 b0, b1, b2, b3, b4, b5, b6;

  void start(i32x4 lanes) {
    for (f32x4* v : {&b0, &b1, &b2, &b3, &b4, &b5, &b6}) *v = (f32x4)((i32x4)*v & ~lanes);
  }
  f32x4 next(f32x4 white) {
    b0 = splat(0.99886f) * b0 + white * splat(0.0555179f);
    b1 = splat(0.99332f) * b1 + white * splat(0.0750759f);
    b2 = splat(0.96900f) * b2 + white * splat(0.1538520f);
    b3 = splat(0.86650f) * b3 + white * splat(0.3104856f);
    b4 = splat(0.55000f) * b4 + white * splat(0.5329522f);
    b5 = splat(-0.7616f) * b5 - white * splat(0.0168980f);
    const f32x4 pink = b0 + b1 + b2 + b3 + b4 + b5 + b6 + white * splat(0.5362f);
    b6 = white * splat(0.115926f);
    return pink * splat(0.1986f);
  }
};

}  // namespace sl
