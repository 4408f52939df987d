// Unison oscillator unit: 1 to 16 detuned copies of a wave in stereo. Audio thread.
#pragma once
#include <array>

#include "dsp/unison.h"

namespace sl {

/// Copies lie evenly over +-`detune` (the inner ones strayed by up to a fifth of their distance, symmetrically, per
/// note, so that they never beat in step), alternate over the stereo width, start at random phases, and share constant
/// power. A new wave or number of copies fades in over one micro-block.
struct Unison {
  static constexpr int kMost = 16;
  enum P { tune, fine, level, wave, voices, detune, spread, numParams };
  static constexpr std::array<Option, 4> waves{
      {{"saw", "Saw"}, {"square", "Square"}, {"triangle", "Triangle"}, {"sine", "Sine"}}};
  static constexpr std::array<Param, numParams> params{{
      kTuneParam,
      kFineParam,
      kLevelParam,
      {.id = "wave",
       .label = "Wave",
       .doc = "Shape of every copy",
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = waves},
      {.id = "voices",
       .label = "Voices",
       .doc = "Number of copies",
       .unit = Unit::count,
       .min = 1.f,
       .max = 16.f,
       .init = 4.f,
       .smooth = Smooth::fade},
      {.id = "detune",
       .label = "Detune",
       .doc = "Distance of the outer copies from the middle",
       .unit = Unit::semitones,
       .min = 0.f,
       .max = 1.f,
       .init = 0.15f},
      {.id = "spread",
       .label = "Spread",
       .doc = "Stereo width",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.6f},
  }};
  static constexpr std::array<Port, 2> outputs{
      {{.id = "left", .doc = "Left channel"}, {.id = "right", .doc = "Right channel"}}};
  static constexpr Spec spec{.id = "unison",
                             .label = "Unison",
                             .doc = "Detuned copies of a wave in stereo",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 1400.f};

  struct State {
    u32x4 phase[kMost];
    LevelChoice mip;
    uint32_t fresh;
    int8_t copies, wave;  ///< What sounds now; a change starts a fade.
    int8_t oldCopies, oldWave;
    int32_t fade;  ///< Frames of that fade left.
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const f32x4 count = splat((float)n);
    PhaseRamp base = phaseRamp(*b.voice, p[tune], p[fine], n);
    base.topNote += max(p[detune].value, p[detune].value + p[detune].step * count);
    s.mip.choose(base.topNote, b.voice->active, s.fresh);
    if (s.fresh) {
      const i32x4 fresh = laneMask(s.fresh);
      for (int k = 0; k < kMost; k++)
        s.phase[k] = (u32x4)select(fresh, (f32x4)noteHash(b.voice->seed, 32 + (uint32_t)k), (f32x4)s.phase[k]);
    }
    const int part = governed(b.voice->level).unisonPart, wanted = ((int)p[voices].value[0] + part - 1) / part;
    const int copies = wanted < 1 ? 1 : wanted > kMost ? kMost : wanted;
    const int shape = (int)p[wave].value[0];
    if (!(b.voice->active & ~s.fresh)) {
      s.fade = 0;  // nobody hears a step
      s.copies = (int8_t)copies, s.wave = (int8_t)shape;
    } else if (s.fade == 0 && (copies != s.copies || shape != s.wave)) {
      s.oldCopies = s.copies, s.oldWave = s.wave;
      s.copies = (int8_t)copies, s.wave = (int8_t)shape;
      s.fade = kMicroBlock;
    }
    s.fresh = 0;
    for (int i = 0; i < n; i++) b.out[0][i] = b.out[1][i] = splat(0.f);
    const float left = (float)s.fade, after = left > (float)n ? left - (float)n : 0.f;
    addStack(s, b, base, s.copies, s.wave, 1.f - left / kMicroBlock, 1.f - after / kMicroBlock);
    if (s.fade > 0) addStack(s, b, base, s.oldCopies, s.oldWave, left / kMicroBlock, after / kMicroBlock);
    const int sounding = s.fade > 0 && s.oldCopies > s.copies ? s.oldCopies : s.copies;
    const f32x4 baseEnd = toFloat(base.increment) + toFloat(base.step) * count;
    for (int k = 0; k < sounding; k++) {
      const UnisonCopy copy = place(b, k, k < s.copies ? s.copies : s.oldCopies);
      s.phase[k] = advance(s.phase[k], detuned(base, baseEnd, copy, moves(base, b), n), n);
    }
    s.fade = (int32_t)after;
    s.mip.fade = s.mip.fade > n ? s.mip.fade - n : 0;
  }

 private:
  static bool moves(const PhaseRamp& base, const UnitBlock& b) {
    return b.params[detune].moving || any(base.step != splatI(0));
  }

  /// Detune and place of copy k of a stack of `copies`.
  static UnisonCopy place(const UnitBlock& b, int k, int copies) {
    UnisonCopy c{splat(0.f), splat(0.f), splat(kMinusThreeDb), splat(kMinusThreeDb), splat(0.f), splat(0.f)};
    if (copies == 1) return c;
    const float at = 2.f * (float)k / (float)(copies - 1) - 1.f;
    const int mirror = copies - 1 - k, pair = k < mirror ? k : mirror;
    const float reach = pair == 0 || k == mirror ? 0.f : 0.4f / (float)(copies - 1) * (k < mirror ? 1.f : -1.f);
    const f32x4 position = splat(at) + splat(reach) * bipolar(noteHash(b.voice->seed, 64 + (uint32_t)pair));
    const Ramp<f32x4>&d = b.params[detune], &wide = b.params[spread];
    const f32x4 count = splat((float)b.frames);
    c.fromCents = position * d.value * splat(100.f);
    c.toCents = position * (d.value + d.step * count) * splat(100.f);
    const float side = (k & 1) ? -at : at;  // neighbours in pitch sit on opposite sides
    const f32x4 from = splat(side) * wide.value, to = from + splat(side) * wide.step * count;
    c.left = panGain(-from);
    c.right = panGain(from);
    c.leftStep = (panGain(-to) - c.left) / count;
    c.rightStep = (panGain(to) - c.right) / count;
    return c;
  }

  /// Adds all copies with gains that go from `fadeFrom` to `fadeTo` times the level.
  static void addStack(const State& s, const UnitBlock& b, const PhaseRamp& base, int copies, int shape, float fadeFrom,
                       float fadeTo) {
    const int n = b.frames;
    const f32x4 count = splat((float)n), baseEnd = toFloat(base.increment) + toFloat(base.step) * count;
    const Tables& t = tables();
    const Wave* source = shape == 0 ? &t.saw : shape == 1 ? &t.square : shape == 2 ? &t.triangle : nullptr;
    const Ramp<f32x4>& l = b.params[level];
    const float power = __builtin_sqrtf(1.f / (float)copies);
    const f32x4 from = l.value * splat(power * fadeFrom), to = (l.value + l.step * count) * splat(power * fadeTo);
    for (int k = 0; k < copies; k++) {
      UnisonCopy c = place(b, k, copies);
      const f32x4 leftEnd = (c.left + c.leftStep * count) * to, rightEnd = (c.right + c.rightStep * count) * to;
      c.left *= from;
      c.right *= from;
      c.leftStep = (leftEnd - c.left) / count;
      c.rightStep = (rightEnd - c.right) / count;
      addCopy(source, s.mip, s.phase[k], detuned(base, baseEnd, c, moves(base, b), n), c, b.out[0], b.out[1], n);
    }
  }
};

}  // namespace sl
