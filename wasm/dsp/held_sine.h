// The sine of many phases in a loop: its constants stay in registers (engine-study A5.1). Audio thread.
#pragma once
#include "dsp/math.h"

namespace sl {

/// The same bits as sinePhase of dsp/math.h: its polynomial for turns instead of half turns, which scales by powers of
/// two alone. Phases come a quarter turn early, so that folding them is an absolute value and a difference.
class HeldSine {
 public:
  static constexpr uint32_t kQuarter = 1u << 30;

  /// Sine of `early` plus a quarter turn.
  f32x4 ofPhase(u32x4 early) const {
    const u32x4 away = (u32x4)wasm_i32x4_abs((v128_t)early);
    return ofFolded(toFloat((i32x4)(quarter_ - away)) * perTurn_);
  }
  /// A phase in turns, to add to before `ofTurns`.
  f32x4 turns(u32x4 phase) const { return toFloat((i32x4)phase) * perTurn_; }
  /// The same of any number of turns.
  f32x4 ofTurns(f32x4 early) const { return ofFolded(quarterTurn_ - abs(early - nearest(early))); }

 private:
  /// sin(2 pi x) for |x| <= 0.25.
  f32x4 ofFolded(f32x4 x) const {
    const f32x4 q = x * x;
    return ((((c9_ * q + c7_) * q + c5_) * q + c3_) * q + c1_) * x;
  }
  static u32x4 held(u32x4 v) { return (u32x4)opaque((f32x4)v); }

  f32x4 c9_ = opaque(splat(512.f * 0.0772201290f)), c7_ = opaque(splat(128.f * -0.598045174f)),
        c5_ = opaque(splat(32.f * 2.55003138f)), c3_ = opaque(splat(8.f * -5.16770688f)),
        c1_ = opaque(splat(2.f * 3.14159258f));
  f32x4 perTurn_ = opaque(splat(1.f / 4294967296.f)), quarterTurn_ = opaque(splat(0.25f));
  u32x4 quarter_ = held(splatU(kQuarter));
};

}  // namespace sl
