// Low-frequency oscillator unit. Audio thread.
#pragma once
#include <array>

#include "dsp/oscillator.h"

namespace sl {

/// The phase is kept in double precision per lane, so an LFO never drifts from its rate. Steps of saw, square and
/// random are ramps of kEdgeSeconds, so that they do not click. `delay` holds it at 0 after note start, `fade` lets it
/// grow after that; the phase runs from note start.
struct Lfo {
  static constexpr float kEdgeSeconds = 0.001f;
  enum P { shape, rate, phase, delay, fade, scatter, numParams };
  enum Shape : int { sine, triangle, saw, square, random, wander };
  static constexpr std::array<Option, 6> shapes{{{"sine", "Sine"},
                                                 {"triangle", "Triangle"},
                                                 {"saw", "Saw"},
                                                 {"square", "Square"},
                                                 {"random", "Random steps"},
                                                 {"wander", "Random glide"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "shape",
       .label = "Shape",
       .doc = "Course of one cycle",
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = shapes},
      {.id = "rate",
       .label = "Rate",
       .doc = "Cycles per second",
       .unit = Unit::hertz,
       .min = 0.01f,
       .max = 40.f,
       .init = 5.f,
       .curve = Curve::log},
      {.id = "phase",
       .label = "Phase",
       .doc = "Phase at note start",
       .unit = Unit::degrees,
       .min = 0.f,
       .max = 360.f,
       .init = 0.f,
       .smooth = Smooth::none},
      {.id = "delay",
       .label = "Delay",
       .doc = "Time before it begins to act",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = 10.f,
       .init = 0.f,
       .smooth = Smooth::none},
      {.id = "fade",
       .label = "Fade-in",
       .doc = "Time to grow to full depth",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = 10.f,
       .init = 0.f,
       .smooth = Smooth::none},
      kScatterParam,
  }};
  static constexpr std::array<Port, 1> outputs{{{.id = "out", .doc = "Value -1..1"}}};
  static constexpr Spec spec{.id = "lfo",
                             .label = "LFO",
                             .doc = "Slow movement for modulation",
                             .category = "modulation",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 205.f};

  struct State {
    double turns[kLanes];  ///< 0..1 at the frame that comes next.
    u32x4 cycle;           ///< Whole cycles since note start: the counter of the random shapes.
    i32x4 age;             ///< Frames since note start, held at 2^30.
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const float sampleRate = b.voice->sampleRate;
    if (s.fresh) {
      const f32x4 turns = p[phase].value * splat(1.f / 360.f) + p[scatter].value * unipolar(noteHash(b.voice->seed, 5));
      const f32x4 wrapped = turns - floor(turns);
      const i32x4 fresh = laneMask(s.fresh);
      for (int i = 0; i < kLanes; i++)
        if (s.fresh >> i & 1) s.turns[i] = (double)wrapped[i];
      s.cycle = (u32x4)((i32x4)s.cycle & ~fresh);
      s.age = s.age & ~fresh;
      s.fresh = 0;
    }
    const f32x4 origin = {(float)s.turns[0], (float)s.turns[1], (float)s.turns[2], (float)s.turns[3]};
    const f32x4 perFrame = p[rate].value / splat(sampleRate), growth = p[rate].step / splat(2.f * sampleRate);
    const f32x4 edge = clamp(p[rate].value * splat(kEdgeSeconds), 1e-6f, 0.25f);
    const u32x4 key = noteHash(b.voice->seed, 6);
    const f32x4 wait = p[delay].value * splat(sampleRate),
                rise = splat(1.f) / max(p[fade].value * splat(sampleRate), splat(1e-3f));
    const f32x4 age = toFloat(s.age);
    const bool shaped = any((p[delay].value > splat(0.f)) | (p[fade].value > splat(0.f)));
    const auto loop = [&](auto law) {
      f32x4 k = splat(0.f);
      for (int i = 0; i < n; i++) {
        const f32x4 t = origin + k * (perFrame + growth * (k - splat(1.f)));
        const f32x4 whole = floor(t);
        f32x4 y = law(t - whole, s.cycle + toUint(whole));
        if (shaped) y *= clamp((age + k - wait) * rise, 0.f, 1.f);
        b.out[0][i] = y;
        k += splat(1.f);
      }
    };
    const f32x4 one = splat(1.f), two = splat(2.f), perEdge = one / edge, outside = two / (one - edge);
    switch ((int)p[shape].value[0]) {
      case triangle:
        loop([](f32x4 t, u32x4) { return folded(t); });
        break;
      case saw:  // rises through zero at phase 0, falls within the edge around half a cycle
        loop([&](f32x4 t, u32x4) {
          const f32x4 u = t + splat(0.5f), w = u - floor(u);
          return max(min((w - splat(0.5f)) * outside, (one - w) * two * perEdge), -w * two * perEdge);
        });
        break;
      case square:
        loop([&](f32x4 t, u32x4) { return clamp(folded(t) * splat(0.5f) * perEdge, -1.f, 1.f); });
        break;
      case random:
        loop([&](f32x4 t, u32x4 cycle) {
          const f32x4 from = draw(key, cycle - splatU(1)), to = draw(key, cycle);
          return from + (to - from) * min(t * perEdge, one);
        });
        break;
      case wander:
        loop([&](f32x4 t, u32x4 cycle) {
          const f32x4 from = draw(key, cycle), to = draw(key, cycle + splatU(1));
          return from + (to - from) * (t * t * (splat(3.f) - two * t));
        });
        break;
      default:
        loop([](f32x4 t, u32x4) { return sinePhase((u32x4)toInt((t - nearest(t)) * splat(4294967296.f))); });
    }
    for (int i = 0; i < kLanes; i++) {
      const double last = s.turns[i] + ((double)p[rate].value[i] * n + (double)p[rate].step[i] * (0.5 * n * (n - 1))) /
                                           (double)sampleRate;
      const double whole = __builtin_floor(last);
      s.turns[i] = last - whole;
      s.cycle[i] += (uint32_t)whole;
    }
    s.age = s.age + splatI(n);
    s.age = (i32x4)wasm_i32x4_min((v128_t)s.age, (v128_t)splatI(1 << 30));
  }

 private:
  /// Random value of a cycle.
  static f32x4 draw(u32x4 key, u32x4 cycle) { return bipolar(hash(key ^ (cycle * splatU(0x9e3779b9u)))); }

  /// Triangle that rises through zero at phase 0.
  static f32x4 folded(f32x4 t) {
    const f32x4 u = t + splat(0.25f), w = u - floor(u);
    return splat(1.f) - abs(w * splat(4.f) - splat(2.f));
  }
};

}  // namespace sl
