// A chain of first-order all-pass filters with delay-free feedback: the core of a phaser. Four lanes. Audio thread.
#pragma once
#include "core/denormal.h"
#include "dsp/math.h"

namespace sl {

/// Trapezoidal one-poles (Zavalishin, "The Art of VA Filter Design", 2018, ch. 3 and 7): exact phase -90 degrees at the
/// corner for any modulation. The loop is solved, not delayed, so resonance sits where the notches say. With P the
/// chain, the output is (P - c) / (1 - c P): still all-pass, so that with the dry signal notches stay perfect at any
/// feedback c and peaks stay at unity.
class AllpassChain {
 public:
  static constexpr int kStages = 8;

  void reset() noexcept { *this = AllpassChain{}; }
  void clear(i32x4 lanes) noexcept {
    for (f32x4& s : state_) s = (f32x4)((i32x4)s & ~lanes);
  }
  /// `corner`: cutoff / sample rate, below 0.5. `tap4`, `tap6`, `tap8`: shares of the outputs after 4, 6 and 8 stages,
  /// which sum to 1. |feedback| < 1.
  f32x4 process(f32x4 x, f32x4 corner, f32x4 tap4, f32x4 tap6, f32x4 tap8, f32x4 feedback) noexcept {
    return shift(x, gainFor(corner), tap4, tap6, tap8, feedback);
  }
  static f32x4 gainFor(f32x4 corner) noexcept {
    const f32x4 g = tanPi(corner);
    return g / (splat(1.f) + g);
  }
  /// `process` with the corner's gain.
  f32x4 shift(f32x4 x, f32x4 gain, f32x4 tap4, f32x4 tap6, f32x4 tap8, f32x4 feedback) noexcept {
    const f32x4 through = gain + gain - splat(1.f), hold = splat(1.f) - through;  // y = through x + hold s
    // What the states alone give at each tap, and what the input will: out = reach u + rest.
    f32x4 held[kStages], y = splat(0.f), rest = splat(0.f);
    for (int k = 0; k < kStages; k++) {
      held[k] = hold * state_[k];
      y = through * y + held[k];
      if (k == 3) rest = tap4 * y;
      if (k == 5) rest += tap6 * y;
    }
    rest += tap8 * y;
    const f32x4 two = through * through, four = two * two;
    const f32x4 reach = four * (tap4 + two * (tap6 + two * tap8));
    const f32x4 loop = splat(1.f) / (splat(1.f) - feedback * reach);
    const f32x4 u = (x + feedback * rest) * loop;
    y = u;
    for (int k = 0; k < kStages; k++) {
      const f32x4 out = through * y + held[k];  // twice the low-pass less what goes in
      state_[k] = (y + out) - state_[k];
      y = out;
    }
    return reach * u + rest - feedback * u;
  }
  void endBlock() noexcept {
    for (f32x4& s : state_) s = flush(s);
  }

 private:
  f32x4 state_[kStages] = {};
};

}  // namespace sl
