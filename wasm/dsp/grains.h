// Clouds of grains: short windowed pieces of a sound, each at its own place, speed and side. Audio thread.
#pragma once
#include <algorithm>

#include "dsp/hash.h"
#include "dsp/wavetable.h"

namespace sl {

/// One grain; times in frames of the output, positions in frames of its source.
struct Grain {
  double at;   ///< position at age 0
  float step;  ///< source frames per frame, negative: backwards
  float age;   ///< of the next frame; below 0 until it begins, so that onsets lie between frames
  float length;
  float left, right;
  int level;  ///< of the source
};

/// Four values of a window between Hann (taper 1) and nearly square, at ages in parts of the length (Tukey 1967);
/// 0 outside.
inline f32x4 grainWindow(f32x4 t, float taper) {
  const f32x4 s = sinPi(clamp(min(t, splat(1.f) - t) * splat(1.f / taper), 0.f, 0.5f));
  return s * s;
}
/// Mean square of that window.
inline float grainPower(float taper) { return 1.f - 0.625f * taper; }

/// Cubic through four neighbours (Catmull and Rom 1974), at `t` after the second; lanes are four readings.
inline f32x4 cubic(f32x4 a, f32x4 b, f32x4 c, f32x4 d, f32x4 t) {
  const f32x4 half = splat(0.5f);
  const f32x4 c1 = (c - a) * half, c3 = (d - a) * half + (b - c) * splat(1.5f);
  const f32x4 c2 = c - b - c1 - c3;
  return ((c3 * t + c2) * t + c1) * t + b;
}
/// Four readings of a channel: at[k] names the four neighbours of reading k.
inline f32x4 cubicAt(const float* const* at, f32x4 t) {
  f32x4 a = load4(at[0]), b = load4(at[1]), c = load4(at[2]), d = load4(at[3]);
  transpose(a, b, c, d);
  return cubic(a, b, c, d, t);
}

/// A stretch of a source that holds everything that a grain reads in one segment.
struct GrainSpan {
  const float* left;  ///< the frame that `fraction` counts from
  const float* right;
  float fraction, step;

  /// Four readings, `since` frames after the beginning of the span.
  void read(f32x4 since, f32x4& x, f32x4& y) const noexcept {
    const f32x4 at = splat(fraction) + since * splat(step), whole = floor(at), t = at - whole;
    const i32x4 index = toInt(whole) - splatI(1);
    const float* a[4] = {left + index[0], left + index[1], left + index[2], left + index[3]};
    x = cubicAt(a, t);
    if (left == right) {
      y = x;
      return;
    }
    const float* b[4] = {right + index[0], right + index[1], right + index[2], right + index[3]};
    y = cubicAt(b, t);
  }
};

/// What decides about the grains of a cloud while one segment is played.
struct GrainRules {
  float perSecond, seconds;
  float jitter;  ///< 0: evenly spaced; 1: anywhere in their interval
  float taper;
  float sampleRate;
};

/// A grain's own random numbers, uniform; drawn from the cloud's seed and the grain's number alone.
struct GrainDice {
  float place, side, pitch, turn;
};

/// At most `most` grains. What begins when all are sounding is left out.
template <int most>
struct GrainCloud {
  Grain grains[most];
  int count;
  uint32_t number;  ///< of the next grain
  double wait;      ///< frames until the next grain's place in the beat, without jitter

  void start() noexcept { count = 0, number = 0, wait = 0.; }

  /// Begins what falls into `frames`; `place(grain, dice, onset)` gives position, step, level and sides. It
  /// may refuse; the onset may lie behind the segment.
  template <class Place>
  void schedule(const GrainRules& rules, uint32_t seed, int frames, int allowed, Place&& place) noexcept {
    const double interval = std::max(1., (double)rules.sampleRate / (double)rules.perSecond);
    wait = std::min(wait, interval);
    for (; wait < (double)frames; wait += interval, number++) {
      const u32x4 bits = hash(hash(splatU(seed)) + splatU(number * 8u) + u32x4{0, 1, 2, 3});
      const f32x4 dice = unipolar(bits);
      const float late = unipolar(hash(splatU(bits[0] ^ 0x2545f491u)))[0];
      const double onset = wait + (double)(late * rules.jitter) * interval;
      if (count >= most || count >= allowed) continue;
      Grain& g = grains[count];
      g.age = (float)-onset;
      g.length = std::max(8.f, rules.seconds * rules.sampleRate);
      if (place(g, GrainDice{dice[0], dice[1], dice[2], dice[3]}, (float)onset)) count++;
    }
    wait -= (double)frames;
  }

  /// Adds all grains to left and right (room for a multiple of 4). A source knows two ways: `span` names a stretch that
  /// can be read straight on, `read` gives four readings at any ages.
  template <class Source>
  void add(const Source& source, float taper, int frames, float* left, float* right) noexcept {
    const f32x4 four = {0.f, 1.f, 2.f, 3.f};
    for (int k = 0; k < count; k++) {
      Grain& g = grains[k];
      const float from = std::clamp(g.age, 0.f, g.length), to = std::clamp(g.age + (float)frames, 0.f, g.length);
      const f32x4 part = splat(1.f / g.length), l = splat(g.left), r = splat(g.right);
      GrainSpan span;
      const bool straight = to > from && source.span(g, from, to, span);
      for (int i = 0; to > from && i < frames; i += 4) {
        const f32x4 frame = splat((float)i) + four, age = splat(g.age) + frame;
        const i32x4 heard = (age >= splat(0.f)) & (age < splat(g.length)) & (frame < splat((float)frames));
        if (!any(heard)) continue;
        f32x4 x, y;
        if (straight)
          span.read(clamp(age, from, to) - splat(from), x, y);
        else
          source.read(g, clamp(age, 0.f, g.length), x, y);
        const f32x4 window = select(heard, grainWindow(age * part, taper), splat(0.f));
        store4(left + i, load4(left + i) + x * window * l);
        store4(right + i, load4(right + i) + y * window * r);
      }
      g.age += (float)frames;
      if (g.age >= g.length) grains[k--] = grains[--count];
    }
  }
};

/// Sides of a grain at `place` -1..1: both 1 in the middle, equal power.
inline void grainSides(Grain& g, float place, float gain) {
  const f32x4 s = sinPi(f32x4{0.25f - 0.25f * place, 0.25f + 0.25f * place, 0.f, 0.f});
  g.left = s[0] * 1.41421356f * gain, g.right = s[1] * 1.41421356f * gain;
}

/// Grains overlap at random phases: their powers add.
inline float cloudGain(const GrainRules& rules) {
  const float overlap = rules.perSecond * rules.seconds * grainPower(rules.taper);
  return overlap > 1.f ? 1.f / __builtin_sqrtf(overlap) : 1.f;
}

}  // namespace sl
