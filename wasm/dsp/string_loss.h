// The loss filter of a string loop: from decay times to a one-pole low-pass, and its delay. Audio thread.
#pragma once
#include "dsp/math.h"

namespace sl {

/// atan(x) for x >= 0; error below 2e-6 (Abramowitz and Stegun 4.4.49 on 0..1, reciprocal above).
inline f32x4 atanPositive(f32x4 x) {
  const i32x4 steep = x > splat(1.f);
  const f32x4 u = select(steep, splat(1.f) / x, x), q = u * u;
  f32x4 p = splat(0.0028662257f);
  p = p * q + splat(-0.0161657367f);
  p = p * q + splat(0.0429096138f);
  p = p * q + splat(-0.0752896400f);
  p = p * q + splat(0.1065626393f);
  p = p * q + splat(-0.1420889944f);
  p = p * q + splat(0.1999355085f);
  p = p * q + splat(-0.3333314528f);
  p = (p * q + splat(1.f)) * u;
  return select(steep, splat(0.5f * kPi) - p, p);
}

/// Phase delay in frames of y = (1 - pole) x + pole y(n-1) at frequency w (in units of pi per frame, up to 0.5).
inline f32x4 polePhaseDelay(f32x4 pole, f32x4 w) {
  const f32x4 s = sinPi(w * splat(0.5f));
  const f32x4 down = splat(1.f) - pole + splat(2.f) * pole * s * s;
  return atanPositive(pole * sinPi(w) / down) / (w * splat(kPi));
}

/// y = gain ((1 - pole) x + pole y): its level at the fundamental gives the stated T60 there.
struct StringLoss {
  f32x4 pole, gain, delayFrames;  ///< Phase delay at the fundamental.
};

/// `hz` fundamental, `decaySeconds` its T60, `brightness` 0..1: around 5 kHz the T60 is 256^(brightness - 1) of that.
inline StringLoss stringLoss(f32x4 hz, f32x4 decaySeconds, f32x4 brightness, float sampleRate) {
  constexpr float kLog2Of60Db = 9.9657843f;
  const f32x4 one = splat(1.f), half = splat(0.5f), perTurn = splat(2.f / sampleRate);
  const f32x4 w0 = hz * perTurn;  // in units of pi per frame
  const f32x4 w1 = min(max(splat(5000.f), hz * splat(4.f)) * perTurn, splat(0.9f));
  const f32x4 sinHalf = sinPi(w0 * half), sinHalfHigh = sinPi(w1 * half);
  const f32x4 below0 = splat(2.f) * sinHalf * sinHalf, below1 = splat(2.f) * sinHalfHigh * sinHalfHigh;  // 1 - cos
  const f32x4 loss = splat(kLog2Of60Db) / (hz * decaySeconds);  // per period, in octaves of amplitude
  const f32x4 target = exp2(-loss);
  // |H(high)| / |H(fundamental)| = ratio fixes the pole: a^2 - 2 a B / A + 1 = 0.
  const f32x4 ratio2 = exp2(splat(-2.f) * loss * (exp2(splat(8.f) * (one - brightness)) - one));
  const f32x4 a = one - ratio2, b = a - below0 + ratio2 * below1;
  f32x4 pole = a / (b + sqrt(max(b * b - a * a, splat(0.f))));
  // At DC the loop may decay no slower than four times the stated T60.
  const f32x4 room = exp2(splat(1.5f) * loss) - one;
  const f32x4 h = one + below0 / max(room, splat(1e-9f));
  pole = clamp(min(pole, one / (h + sqrt(h * h - one))), 0.f, 0.98f);
  StringLoss r;
  const f32x4 rest = one - pole;
  r.pole = pole;
  r.gain = target * sqrt(rest * rest + splat(2.f) * pole * below0) / rest;
  r.delayFrames = polePhaseDelay(pole, w0);
  return r;
}

}  // namespace sl
