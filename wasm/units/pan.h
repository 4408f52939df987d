// Pan unit: places a voice between left and right at constant power. Audio thread.
#pragma once
#include <array>

#include "core/unit.h"
#include "dsp/hash.h"
#include "dsp/stereo_ports.h"

namespace sl {

/// left = cos, right = sin of (pan + 1) * 45 degrees: -3 dB in the middle. `spread` adds each note's own random place.
/// A stereo sound (`right` patched) keeps its channels in the middle; away from it the far one falls by the same law.
struct Pan {
  enum P { pan, spread, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "pan",
       .label = "Pan",
       .doc = "Place: -1 left, 1 right",
       .unit = Unit::none,
       .min = -1.f,
       .max = 1.f,
       .init = 0.f},
      {.id = "spread",
       .label = "Spread",
       .doc = "How far each note strays from its place at random",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.f},
  }};
  static constexpr std::array<Port, 2> inputs{{{.id = "in", .doc = "Audio"}, kRightIn}};
  static constexpr std::array<Port, 2> outputs{
      {{.id = "left", .doc = "Left channel"}, {.id = "right", .doc = "Right channel"}}};
  static constexpr Spec spec{.id = "pan",
                             .label = "Pan",
                             .doc = "Places the voice between left and right",
                             .category = "utility",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 25.f};

  struct State {
    f32x4 left, right;  ///< Gains at the frame that comes next.
    f32x4 place;        ///< What they were made of.
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static bool scaling(const State& s, const UnitBlock& b, Scaling& out) noexcept {
    f32x4 from, to;
    places(b, from, to);
    if (s.fresh || !b.in[0] || b.in[1] || any(to != s.place)) return false;
    out = {nullptr, s.left, s.right};
    return true;
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    f32x4 left, right, leftStep, rightStep;
    aim(s, b, left, right, leftStep, rightStep);
    const f32x4 *in = b.in[0], *second = b.in[1];
    if (second) {
      const f32x4 one = splat(1.f), root2 = splat(1.41421356f);
      for (int i = 0; i < n; i++) {
        b.out[0][i] = (in ? in[i] : splat(0.f)) * min(left * root2, one);
        b.out[1][i] = second[i] * min(right * root2, one);
        left += leftStep;
        right += rightStep;
      }
      return;
    }
    if (in && !any((leftStep != splat(0.f)) | (rightStep != splat(0.f)))) {
      for (int i = 0; i < n; i++) b.out[0][i] = in[i] * left, b.out[1][i] = in[i] * right;
      return;
    }
    for (int i = 0; i < n; i++) {
      const f32x4 x = in ? in[i] : splat(0.f);
      b.out[0][i] = x * left;
      b.out[1][i] = x * right;
      left += leftStep;
      right += rightStep;
    }
  }

  static bool processLone(State& s, const UnitBlock& b, int lane) noexcept {
    f32x4 lefts, rights, leftSteps, rightSteps;
    aim(s, b, lefts, rights, leftSteps, rightSteps);
    const float leftStep = laneOf(leftSteps, lane), rightStep = laneOf(rightSteps, lane);
    f32x4 left = fourFrom(laneOf(lefts, lane), leftStep), right = fourFrom(laneOf(rights, lane), rightStep);
    const f32x4 *in = b.in[0], *second = b.in[1];
    const f32x4 one = splat(1.f), root2 = splat(1.41421356f);
    for (int i = 0; i < kLoneVectors; i++) {
      const f32x4 x = in ? in[i] : splat(0.f);
      b.out[0][i] = x * (second ? min(left * root2, one) : left);
      b.out[1][i] = second ? second[i] * min(right * root2, one) : x * right;
      left += splat(4.f * leftStep);
      right += splat(4.f * rightStep);
    }
    return true;
  }

 private:
  /// Gains of the first frame and what each adds to them.
  static void aim(State& s, const UnitBlock& b, f32x4& left, f32x4& right, f32x4& leftStep, f32x4& rightStep) {
    f32x4 from, to;
    places(b, from, to);
    left = s.left, right = s.right, leftStep = rightStep = splat(0.f);
    if (!s.fresh && !any(to != s.place)) return;
    const i32x4 fresh = laneMask(s.fresh);
    const f32x4 count = splat((float)b.frames);
    left = select(fresh, gainAt(splat(0.f) - from), left);
    right = select(fresh, gainAt(from), right);
    s.left = gainAt(splat(0.f) - to);
    s.right = gainAt(to);
    leftStep = (s.left - left) / count;
    rightStep = (s.right - right) / count;
    s.place = to;
    s.fresh = 0;
  }
  static void places(const UnitBlock& b, f32x4& from, f32x4& to) {
    const Ramp<f32x4>&p = b.params[pan], &wide = b.params[spread];
    f32x4 stray = splat(0.f);
    if (any((wide.value != splat(0.f)) | (wide.step != splat(0.f)))) stray = bipolar(noteHash(b.voice->seed, 2));
    from = p.value + wide.value * stray;
    to = from + (p.step + wide.step * stray) * splat((float)b.frames);
  }
  /// Right gain of a place; the left one is that of the mirrored place.
  static f32x4 gainAt(f32x4 place) { return sinPi((clamp(place, -1.f, 1.f) + splat(1.f)) * splat(0.25f)); }
};

}  // namespace sl
