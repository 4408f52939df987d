// Envelope generator for four voices: exact frame counts per stage, closed-form curves re-anchored every run. Audio
// thread.
#pragma once
#include "core/unit.h"
#include "dsp/math.h"

namespace sl {

enum class EnvelopeCurve : int { linear, exponential, logarithmic };

/// What the stages of one note are made of; times in seconds, per lane.
struct EnvelopeTimes {
  f32x4 delay, attack, hold, decay, sustain, release;
};

/// Delay, attack, hold, decay, sustain, release. A stage of N frames starts at frame 0 with its old level and reaches
/// its target exactly at frame N. With u = 0..1 through the stage the way from old to new level is
///   linear u; exponential (1 - e^-ku) / (1 - e^-k), k = 1.5 for attack (an RC charge aimed 29 % too high) and 5 for
///   decay and release; logarithmic (e^3u - 1) / (e^3 - 1): slow start, fast end.
/// A time of exactly 0 s is played as kLeastSeconds for attack, decay and release (a step would click).
struct Envelope {
  static constexpr float kLeastSeconds = 0.0005f;
  static constexpr float kSustainSlewSeconds =
      0.005f;  ///< Full-scale time of a sustain level that jumps while it holds.
  enum Stage : uint8_t { idle, delay, attack, hold, decay, sustain, release };

  // level(k) = base + slope k + span 2^(rate k), k = frames into the stage
  f32x4 base, slope, span, rate;
  i32x4 elapsed, length;
  uint8_t stage[kLanes];
  uint32_t fresh, legato, falling;

  void start(uint32_t lanes, uint32_t legatoLanes) {
    fresh |= lanes;
    legato = (legato & ~lanes) | (legatoLanes & lanes);
    falling &= ~lanes;
  }
  void letGo(uint32_t lanes) { falling |= lanes; }

  /// Lanes that are over (or never began).
  uint32_t finished() const {
    uint32_t lanes = 0;
    for (int i = 0; i < kLanes; i++) lanes |= (uint32_t)(stage[i] == idle) << i;
    return lanes & ~fresh;
  }

  /// Writes `frames` levels 0..1.
  void process(const EnvelopeTimes& times, EnvelopeCurve curve, float sampleRate, f32x4* out, int frames) {
    if (resting && !(fresh | falling) && all((i32x4)(base == times.sustain) | idleLanes)) {
      for (int i = 0; i < frames; i++) out[i] = base;
      return;
    }
    applyEvents(times, curve, sampleRate);
    for (int at = 0; at < frames;) {
      int run = frames - at;
      bool curved = false;
      for (int i = 0; i < kLanes; i++) {
        if (isTimed(i) && length[i] - elapsed[i] < run) run = length[i] - elapsed[i];
        curved |= span[i] != 0.f;
      }
      for (int i = 0; i < kLanes; i++) aimSustain(i, times, sampleRate, run);
      const f32x4 k = toFloat(elapsed);
      f32x4 level = base + slope * k;
      const f32x4 step = slope;
      f32x4* o = out + at;
      if (curved) {
        f32x4 curvePart = span * exp2(rate * k);
        const f32x4 factor = exp2(rate);
        for (int i = 0; i < run; i++) {
          o[i] = level + curvePart;
          level += step;
          curvePart *= factor;
        }
      } else {
        for (int i = 0; i < run; i++) {
          o[i] = level;
          level += step;
        }
      }
      at += run;
      elapsed += splatI(run);
      for (int i = 0; i < kLanes; i++) endRun(i, run, times, curve, sampleRate);
    }
    resting = true;
    for (int i = 0; i < kLanes; i++) {
      resting = resting && !isTimed(i);
      idleLanes[i] = stage[i] == idle ? -1 : 0;
    }
  }

  /// Whether one lane keeps its level for the whole segment.
  bool stands(int lane, float sustainLevel) const {
    if (fresh | falling) return false;
    return stage[lane] == idle || (stage[lane] == sustain && laneOf(base, lane) == sustainLevel);
  }

  /// One lane for a whole micro-block, four frames a vector; up to three frames more are written. False: an event is
  /// due.
  bool processLone(const EnvelopeTimes& times, EnvelopeCurve curve, float sampleRate, f32x4* out, int lane) {
    if (fresh | falling) return false;
    auto* o = reinterpret_cast<float*>(out);
    for (int at = 0; at < kMicroBlock;) {
      int run = kMicroBlock - at;
      if (isTimed(lane) && length[lane] - elapsed[lane] < run) run = length[lane] - elapsed[lane];
      aimSustain(lane, times, sampleRate, run);
      const float k = (float)elapsed[lane], step = slope[lane];
      f32x4 level = fourFrom(base[lane] + step * k, step);
      if (span[lane] != 0.f) {
        // Powers of the one factor that `process` multiplies by, so that its rounding is shared.
        const f32x4 powers = exp2(f32x4{rate[lane] * k, rate[lane], 0.f, 0.f});
        const float one = powers[1], two = one * one;
        f32x4 curvePart = splat(span[lane] * powers[0]) * f32x4{1.f, one, two, two * one};
        const f32x4 factor = splat(two * two);
        for (int i = 0; i < run; i += 4) {
          store4(o + at + i, level + curvePart);
          level += splat(4.f * step);
          curvePart *= factor;
        }
      } else {
        for (int i = 0; i < run; i += 4) {
          store4(o + at + i, level);
          level += splat(4.f * step);
        }
      }
      at += run;
      elapsed[lane] += run;
      endRun(lane, run, times, curve, sampleRate);
    }
    return true;
  }

 private:
  bool isTimed(int lane) const { return stage[lane] != idle && stage[lane] != sustain; }

  float levelNow(int lane) const {
    const f32x4 k = toFloat(elapsed);
    return (base + slope * k + span * exp2(rate * k))[lane];
  }

  void settle(int lane, float level) {
    base[lane] = level;
    slope[lane] = span[lane] = rate[lane] = 0.f;
    elapsed[lane] = 0;
  }

  static int framesOf(float seconds, float sampleRate, bool guard) {
    if (!(seconds > 0.f)) seconds = guard ? kLeastSeconds : 0.f;
    const float frames = seconds * sampleRate + 0.5f;
    const int n = frames < 1.6e7f ? (int)frames : 16000000;
    return guard && n < 1 ? 1 : n;
  }

  void applyEvents(const EnvelopeTimes& times, EnvelopeCurve curve, float sampleRate) {
    if (!(fresh | falling)) return;
    for (int i = 0; i < kLanes; i++) {
      if (fresh >> i & 1) {
        const bool goesOn = (legato >> i & 1) && stage[i] != idle;
        settle(i, goesOn ? levelNow(i) : 0.f);
        const int n = goesOn ? 0 : framesOf(times.delay[i], sampleRate, false);
        if (n > 0) {
          stage[i] = delay;
          length[i] = n;
        } else {
          stage[i] = delay;
          enterAfter(i, times, curve, sampleRate);
        }
      }
      if ((falling >> i & 1) && stage[i] != idle && stage[i] != release) {
        const float level = levelNow(i);
        settle(i, level);
        stage[i] = idle;
        if (level != 0.f) ramp(i, release, level, 0.f, framesOf(times.release[i], sampleRate, true), curve);
      }
    }
    fresh = falling = legato = 0;
  }

  /// Leaves the present stage for the next one that lasts.
  void enterAfter(int lane, const EnvelopeTimes& times, EnvelopeCurve curve, float sampleRate) {
    switch (stage[lane]) {
      case delay:
        return ramp(lane, attack, base[lane], 1.f, framesOf(times.attack[lane], sampleRate, true), curve);
      case attack: {
        settle(lane, 1.f);
        const int n = framesOf(times.hold[lane], sampleRate, false);
        if (n > 0) {
          stage[lane] = hold;
          length[lane] = n;
          return;
        }
        [[fallthrough]];
      }
      case hold: {
        const float to = times.sustain[lane];
        if (to < 1.f) return ramp(lane, decay, 1.f, to, framesOf(times.decay[lane], sampleRate, true), curve);
        settle(lane, 1.f);
        stage[lane] = sustain;
        return;
      }
      case decay:
        settle(lane, target[lane]);
        stage[lane] = sustain;
        return;
      default:
        settle(lane, 0.f);
        stage[lane] = idle;
    }
  }

  void ramp(int lane, Stage to, float from, float level, int frames, EnvelopeCurve curve) {
    stage[lane] = to;
    length[lane] = frames;
    elapsed[lane] = 0;
    target[lane] = level;
    const float way = level - from, n = (float)frames;
    slope[lane] = span[lane] = rate[lane] = 0.f;
    if (curve == EnvelopeCurve::linear) {
      base[lane] = from;
      slope[lane] = way / n;
    } else if (curve == EnvelopeCurve::logarithmic) {
      constexpr float kRise = 0.052395696f;  // 1 / (e^3 - 1)
      span[lane] = way * kRise;
      base[lane] = from - span[lane];
      rate[lane] = 3.f * 1.44269504f / n;
    } else {
      const float k = to == attack ? 1.5f : 5.f, overshoot = to == attack ? 1.2872074f : 1.0067837f;  // 1 / (1 - e^-k)
      span[lane] = -way * overshoot;
      base[lane] = from - span[lane];
      rate[lane] = -k * 1.44269504f / n;
    }
  }

  /// A lane that sustains follows the parameter: exactly when it ramps, within kSustainSlewSeconds when it jumped
  /// meanwhile.
  void aimSustain(int lane, const EnvelopeTimes& times, float sampleRate, int run) {
    if (stage[lane] != sustain) return;
    const float most = (float)run / (kSustainSlewSeconds * sampleRate);
    const float gap = times.sustain[lane] - base[lane];
    slope[lane] = gap == 0.f ? 0.f : (gap > most ? most : gap < -most ? -most : gap) / (float)run;
    elapsed[lane] = 0;
  }

  /// After `run` frames, `elapsed` counted on.
  void endRun(int lane, int run, const EnvelopeTimes& times, EnvelopeCurve curve, float sampleRate) {
    if (stage[lane] == sustain) {
      settle(lane, base[lane] + slope[lane] * (float)run);
    } else if (!isTimed(lane)) {
      elapsed[lane] = 0;
    } else if (elapsed[lane] >= length[lane]) {
      enterAfter(lane, times, curve, sampleRate);
    }
  }

  f32x4 target;     ///< Level at the end of the timed stage.
  i32x4 idleLanes;  ///< All ones where nothing sounds; holds while `resting`.
  bool resting;     ///< No lane is in a timed stage.
};

}  // namespace sl
