// Chaotic modulation unit: attractors of Lorenz and Roessler, the logistic map. Audio thread.
#pragma once
#include <array>

#include "dsp/hash.h"
#include "dsp/phase_modulation.h"

namespace sl {

/// `rate` is about the number of turns per second (of values for the logistic map, which are joined smoothly). The
/// flows are integrated by fourth-order Runge-Kutta, one step a frame: smooth curves whose spectrum falls steeply above
/// the rate. Each note starts elsewhere. Lorenz 1963, Roessler 1976, May 1976.
struct Chaos {
  enum P { model, rate, wildness, numParams };
  enum Model : int { lorenz, roessler, logistic };
  static constexpr std::array<Option, 3> models{
      {{"lorenz", "Lorenz"}, {"roessler", "Roessler"}, {"logistic", "Logistic map"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "model",
       .label = "Model",
       .doc = "Two wings, a spiral with bursts, or jumps",
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = models},
      {.id = "rate",
       .label = "Rate",
       .doc = "Turns per second",
       .unit = Unit::hertz,
       .min = 0.01f,
       .max = 1000.f,
       .init = 1.f,
       .curve = Curve::log},
      {.id = "wildness",
       .label = "Wildness",
       .doc = "From nearly periodic to fully chaotic",
       .unit = Unit::fraction,
       .init = 0.6f},
  }};
  static constexpr std::array<Port, 2> outputs{
      {{.id = "out", .doc = "First coordinate -1..1"}, {.id = "second", .doc = "Another coordinate -1..1"}}};
  static constexpr Spec spec{.id = "chaos",
                             .label = "Chaos",
                             .doc = "Movement that never repeats and never jumps",
                             .category = "modulation",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 570.f};

  struct State {
    f32x4 x, y, z;  ///< Logistic: the last two values and the one before.
    u32x4 phase;    ///< Logistic: between two values.
    int32_t model;
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int wanted = (int)b.params[model].value[0];
    const uint32_t anew = s.model == wanted ? s.fresh : 15u;
    s.model = wanted;
    if (anew) seed(s, b, laneMask(anew));
    s.fresh = 0;
    switch (wanted) {
      case lorenz:  // a turn takes about 0.75 units of time; wings at +-20
        return flow(s, b, 0.75f, 0.05f, {1.f / 21.f, 0.f}, {1.f / 28.f, 0.f},
                    [](f32x4 x, f32x4 y, f32x4 z, f32x4 wild, f32x4& dx, f32x4& dy, f32x4& dz) {
                      dx = splat(10.f) * (y - x);
                      dy = x * (splat(24.5f) + splat(9.f) * wild - z) - y;
                      dz = x * y - splat(8.f / 3.f) * z;
                    });
      case roessler:  // a turn takes about 6
        return flow(s, b, 6.f, 0.15f, {1.f / 15.f, -0.05f}, {1.f / 14.f, 0.05f},
                    [](f32x4 x, f32x4 y, f32x4 z, f32x4 wild, f32x4& dx, f32x4& dy, f32x4& dz) {
                      dx = -y - z;
                      dy = x + splat(0.2f) * y;
                      dz = splat(0.2f) + z * (x - splat(3.5f) - splat(3.5f) * wild);
                    });
      default:
        return mapped(s, b);
    }
  }

 private:
  struct Scale {
    float by, shift;
  };

  static void seed(State& s, const UnitBlock& b, i32x4 lanes) {
    const u32x4 key = b.voice->seed;
    const f32x4 u = bipolar(noteHash(key, 12)), v = bipolar(noteHash(key, 13)), one = splat(1.f);
    f32x4 x = splat(5.f) + splat(3.f) * u, y = x + splat(2.f) * v, z = splat(22.f);
    if (s.model == roessler) x = splat(4.f) + u, y = splat(1.f) + v, z = splat(0.05f);
    if (s.model == logistic) {
      x = splat(0.5f) + splat(0.35f) * u;
      y = splat(3.7f) * x * (one - x);
      z = x;
    }
    s.x = select(lanes, x, s.x);
    s.y = select(lanes, y, s.y);
    s.z = select(lanes, z, s.z);
    s.phase = (u32x4)((i32x4)s.phase & ~lanes);
  }

  template <class Law>
  static void flow(State& s, const UnitBlock& b, float turn, float most, Scale first, Scale second, Law law) {
    const Ramp<f32x4>&hertz = b.params[rate], &w = b.params[wildness];
    const f32x4 perHertz = splat(turn / b.voice->sampleRate), half = splat(0.5f), sixth = splat(1.f / 6.f);
    f32x4 x = s.x, y = s.y, z = s.z, at = hertz.value, wild = w.value;
    for (int i = 0; i < b.frames; i++) {
      b.out[0][i] = clamp(x * splat(first.by) + splat(first.shift), -1.f, 1.f);
      b.out[1][i] = clamp(y * splat(second.by) + splat(second.shift), -1.f, 1.f);
      const f32x4 h = min(at * perHertz, splat(most)), h2 = h * half;
      f32x4 ax, ay, az, bx, by, bz, cx, cy, cz, dx, dy, dz;
      law(x, y, z, wild, ax, ay, az);
      law(x + h2 * ax, y + h2 * ay, z + h2 * az, wild, bx, by, bz);
      law(x + h2 * bx, y + h2 * by, z + h2 * bz, wild, cx, cy, cz);
      law(x + h * cx, y + h * cy, z + h * cz, wild, dx, dy, dz);
      const f32x4 share = h * sixth;
      x = clamp(x + share * (ax + splat(2.f) * (bx + cx) + dx), -60.f, 60.f);
      y = clamp(y + share * (ay + splat(2.f) * (by + cy) + dy), -60.f, 60.f);
      z = clamp(z + share * (az + splat(2.f) * (bz + cz) + dz), -60.f, 90.f);
      at += hertz.step;
      wild += w.step;
    }
    s.x = x, s.y = y, s.z = z;
  }

  static void mapped(State& s, const UnitBlock& b) {
    const Ramp<f32x4>&hertz = b.params[rate], &w = b.params[wildness];
    const f32x4 perHertz = splat(4294967296.f / b.voice->sampleRate), one = splat(1.f);
    f32x4 at = hertz.value, wild = w.value;
    for (int i = 0; i < b.frames; i++) {
      const f32x4 t = toFloat(s.phase >> 8) * splat(1.f / 16777216.f), share = t * t * (splat(3.f) - t - t);
      b.out[0][i] = (s.x + (s.y - s.x) * share) * splat(2.f) - one;
      b.out[1][i] = (s.z + (s.x - s.z) * share) * splat(2.f) - one;
      const u32x4 next = s.phase + toUint(at * perHertz);
      const i32x4 tick = next < s.phase;
      s.phase = next;
      if (any(tick)) {
        // In floats a value may meet 0 or 1 - 1 / r, where the map stands still: it is pushed off.
        const f32x4 r = splat(3.5f) + splat(0.49f) * wild, y = clamp(r * s.y * (one - s.y), 0.001f, 0.999f);
        const f32x4 moved = select(abs(y - s.y) < splat(1e-5f), y * splat(0.99f), y);
        s.z = select(tick, s.x, s.z);
        s.x = select(tick, s.y, s.x);
        s.y = select(tick, moved, s.y);
      }
      at += hertz.step;
      wild += w.step;
    }
  }
};

}  // namespace sl
