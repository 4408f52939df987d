// How each voice is played while it sounds, by note expressions: tuning, pressure, timbre, volume, pan. Audio thread.
#pragma once
#include "engine/smoothed.h"
#include "wire/command.h"

namespace sl {

inline constexpr int kExpressions = (int)Expression::count;

/// Of one note, in the units of the table of expressions; 0 is rest for all of them.
struct NoteExpression {
  float values[kExpressions];
};

/// At both ends of a segment.
struct LaneSpan {
  f32x4 from, to;
};

/// Of four voices: each value goes to its goal by the one-pole of 15 ms, handed on as a ramp per segment.
struct LaneExpression {
  uint32_t used;  ///< bit per expression that is not at rest in all lanes
  f32x4 goal[kExpressions], from[kExpressions], to[kExpressions];

  bool uses(Expression which) const { return used & (1u << (int)which); }
  /// A volume or pan: the voice does not leave as it is.
  bool shapes() const { return used & (1u << (int)Expression::volume | 1u << (int)Expression::pan); }

  /// `snap`: the voice has not been heard yet.
  void set(int which, int lane, float value, bool snap) {
    if (value == 0.f && !(used & (1u << which))) return;
    used |= 1u << which;
    goal[which][lane] = value;
    if (snap) from[which][lane] = to[which][lane] = value;
  }
  void set(int lane, const NoteExpression& note, bool snap) {
    for (int which = 0; which < kExpressions; which++) set(which, lane, note.values[which], snap);
  }
  /// The next segment of `frames`.
  void advance(int frames, const Decay& decay) {
    for (int which = 0; which < kExpressions; which++) {
      if (!(used & (1u << which))) continue;
      // A 1e-5th of what each can do: tuning to a 1000th of a cent.
      constexpr float kClose = 1e-5f;
      from[which] = to[which];
      const f32x4 left = (to[which] - goal[which]) * splat(decay.left[frames]);
      to[which] = goal[which] + select(abs(left) > splat(kClose), left, splat(0.f));
      if (!any(from[which] != splat(0.f)) && !any(goal[which] != splat(0.f))) used &= ~(1u << which);
    }
  }
};

}  // namespace sl
