// Supersaw oscillator unit: seven detuned saws in stereo. Audio thread.
#pragma once
#include <array>

#include "dsp/unison.h"

namespace sl {

/// Seven saws after Szabo's study of the JP-8000 (2010): his spacing made symmetric (no mean detune), his balance at
/// full mix, with the total power held constant. Start phases are random per note. `detune` is the outer saws'
/// distance.
struct Supersaw {
  static constexpr int kSaws = 7;
  enum P { tune, fine, level, detune, mix, spread, numParams };
  static constexpr std::array<Param, numParams> params{{
      kTuneParam,
      kFineParam,
      kLevelParam,
      {.id = "detune",
       .label = "Detune",
       .doc = "Distance of the outer saws from the middle one",
       .unit = Unit::semitones,
       .min = 0.f,
       .max = 1.f,
       .init = 0.2f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Balance from the middle saw alone to all seven",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.75f},
      {.id = "spread",
       .label = "Spread",
       .doc = "Stereo width of the outer saws",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.6f},
  }};
  static constexpr std::array<Port, 2> outputs{
      {{.id = "left", .doc = "Left channel"}, {.id = "right", .doc = "Right channel"}}};
  static constexpr Spec spec{.id = "supersaw",
                             .label = "Supersaw",
                             .doc = "Seven detuned saws in stereo",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 1190.f};

  struct State {
    u32x4 phase[kSaws];
    LevelChoice level;
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    constexpr std::array<float, kSaws> kDetune{0.f, -0.181f, 0.181f, -0.573f, 0.573f, -1.f, 1.f};
    constexpr std::array<float, kSaws> kPlace{0.f, -0.4f, 0.4f, 0.7f, -0.7f, -1.f, 1.f};
    constexpr float kFullMixAngle = 1.273f;  // side to middle power as at the JP-8000's full mix
    const int n = b.frames;
    const Ramp<f32x4>*p = b.params, &d = p[detune];
    const f32x4 count = splat((float)n);
    PhaseRamp base = phaseRamp(*b.voice, p[tune], p[fine], n);
    const f32x4 baseEnd = toFloat(base.increment) + toFloat(base.step) * count;
    const bool moving = d.moving || any(base.step != splatI(0));
    const f32x4 toDetune = d.value + d.step * count;
    base.topNote += max(d.value, toDetune);
    s.level.choose(base.topNote, b.voice->active, s.fresh);
    const f32x4 mixFrom = p[mix].value * splat(kFullMixAngle / kPi),
                mixTo = mixFrom + p[mix].step * splat(kFullMixAngle / kPi) * count;
    const f32x4 levelTo = p[level].value + p[level].step * count, spreadTo = p[spread].value + p[spread].step * count;
    const bool leveling = p[level].moving || p[mix].moving || p[spread].moving;
    for (int i = 0; i < n; i++) b.out[0][i] = b.out[1][i] = splat(0.f);
    const bool thin = governed(b.voice->level).unisonPart > 1;  // the middle and one pair, as loud together
    const float pairs = thin ? 0.707106781f : 0.408248290f;
    for (int k = 0; k < kSaws; k++) {
      if (thin && k != 0 && k != 3 && k != 4) continue;
      if (s.fresh) {
        const u32x4 random = noteHash(b.voice->seed, 16 + (uint32_t)k);
        s.phase[k] = (u32x4)select(laneMask(s.fresh), (f32x4)random, (f32x4)s.phase[k]);
      }
      const auto share = [&](f32x4 m) { return k == 0 ? sinPi(splat(0.5f) - m) : sinPi(m) * splat(pairs); };
      const f32x4 place = p[spread].value * splat(kPlace[k]);
      const f32x4 gain = p[level].value * share(mixFrom);
      UnisonCopy copy{d.value * splat(100.f * kDetune[k]),
                      toDetune * splat(100.f * kDetune[k]),
                      gain * panGain(-place),
                      gain * panGain(place),
                      splat(0.f),
                      splat(0.f)};
      if (leveling) {
        const f32x4 last = levelTo * share(mixTo), lastPlace = spreadTo * splat(kPlace[k]);
        copy.leftStep = (last * panGain(-lastPlace) - copy.left) / count;
        copy.rightStep = (last * panGain(lastPlace) - copy.right) / count;
      }
      const PhaseRamp ramp = detuned(base, baseEnd, copy, moving, n);
      addCopy(&tables().saw, s.level, s.phase[k], ramp, copy, b.out[0], b.out[1], n);
      s.phase[k] = advance(s.phase[k], ramp, n);
    }
    s.fresh = 0;
    s.level.fade = s.level.fade > n ? s.level.fade - n : 0;
  }
};

}  // namespace sl
