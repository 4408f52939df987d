// A curve through points for four voices: exact frame counts, closed-form segments re-anchored every run. Audio thread.
#pragma once
#include "core/unit.h"
#include "dsp/math.h"

namespace sl {

/// level(u) on the way from one point to the next, u = 0..1: (e^(k u) - 1) / (e^k - 1) with k = -6 curve: above 0 a
/// fast start, below 0 a slow one. Segment lengths are rounded to frames so that the sum of all so far is: no drift.
struct Segments {
  static constexpr int kMost = 16;
  static constexpr float kHoldSlewSeconds = 0.005f;  ///< Full-scale time of a level that moves while it is held.
  static constexpr int8_t kIdle = -2, kHeld = -1;    ///< Beside the index of the point a lane is on its way to.

  // level(n) = base + slope n + bow n^2 + span 2^(rate n), n = frames into the segment
  f32x4 base, slope, bow, span, rate;
  f32x4 target, rest;  ///< Level at the end of the segment; what rounding has left of times so far, in frames.
  i32x4 elapsed, length;
  int8_t to[kLanes];    ///< Point on whose way a lane is; kHeld after `at`; kIdle.
  int8_t at[kLanes];    ///< Point that was reached last.
  bool ending[kLanes];  ///< On the way to silence.

  bool timed(int lane) const { return to[lane] != kIdle && to[lane] != kHeld; }

  float levelNow(int lane) const {
    const f32x4 n = toFloat(elapsed);
    return (base + (slope + bow * n) * n + span * exp2(rate * n))[lane];
  }

  void settle(int lane, float level) {
    base[lane] = level;
    slope[lane] = bow[lane] = span[lane] = rate[lane] = 0.f;
    elapsed[lane] = 0;
  }

  /// Sends a lane from `from` to `level` in `frames` (not yet whole).
  void send(int lane, int8_t point, float from, float level, float frames, float curve) {
    const float exact = frames + rest[lane], whole = __builtin_floorf(exact + 0.5f), most = 1.6e7f;
    const float n = whole < 1.f ? 1.f : whole > most ? most : whole;
    rest[lane] = whole < 1.f || whole > most ? 0.f : exact - whole;
    to[lane] = point;
    target[lane] = level;
    length[lane] = (int)n;
    settle(lane, from);
    const float way = level - from, k = -6.f * curve;
    if (k > -0.05f && k < 0.05f) {  // two terms of the series
      slope[lane] = way * (1.f - 0.5f * k) / n;
      bow[lane] = way * 0.5f * k / (n * n);
      return;
    }
    const float octaves = k * 1.44269504f;
    span[lane] = way / (exp2(splat(octaves))[0] - 1.f);
    base[lane] = from - span[lane];
    rate[lane] = octaves / n;
  }

  /// Writes levels; `arrive(lane)` is called at the end of a segment and sends the lane on, holds it or lets it idle;
  /// `heldLevel(lane)` is what a held lane follows.
  template <class Arrive, class Held>
  void process(f32x4* out, int frames, float sampleRate, Arrive arrive, Held heldLevel) {
    for (int at = 0; at < frames;) {
      int run = frames - at;
      for (int i = 0; i < kLanes; i++)
        if (timed(i) && length[i] - elapsed[i] < run) run = length[i] - elapsed[i];
      const float most = (float)run / (kHoldSlewSeconds * sampleRate);
      for (int i = 0; i < kLanes; i++) {
        if (to[i] != kHeld) continue;
        const float gap = heldLevel(i) - base[i];
        slope[i] = (gap > most ? most : gap < -most ? -most : gap) / (float)run;
        elapsed[i] = 0;
      }
      const f32x4 n = toFloat(elapsed), factor = exp2(rate);
      f32x4 bend = span * exp2(rate * n), here = n;
      for (int i = 0; i < run; i++) {
        out[at + i] = base + (slope + bow * here) * here + bend;
        bend *= factor;
        here += splat(1.f);
      }
      at += run;
      elapsed += splatI(run);
      for (int i = 0; i < kLanes; i++) {
        if (to[i] == kHeld) {
          settle(i, base[i] + slope[i] * (float)run);
        } else if (!timed(i)) {
          elapsed[i] = 0;
        } else if (elapsed[i] >= length[i]) {
          settle(i, target[i]);
          arrive(i);
        }
      }
    }
  }
};

}  // namespace sl
