// Additive oscillator unit: up to 128 partials by formula, each with its own decay. Audio thread.
#pragma once
#include <array>

#include "dsp/oscillator.h"

namespace sl {

constexpr Param partialGroup(std::string_view id, std::string_view label, std::string_view doc) {
  return {.id = id, .label = label, .doc = doc, .unit = Unit::fraction, .max = 1.f, .init = 1.f, .group = "Drawbars"};
}

/// Partial k has frequency k^stretch sqrt((1 + B k^2) / (1 + B)) times the note's, an amplitude by tilt, odd/even
/// balance and its drawbar, and falls by 60 dB in decay * k^-damping. What nears half the sample rate is faded out; all
/// together have the RMS of half full scale. Every phase is kept as an integer; within a segment a sine runs by the
/// recurrence
///   d -= e y, y += d  with e = 4 sin^2(w / 2)
/// from exact values, which needs four operations a frame, doesn't drift and is precise at low frequencies.
struct Partials {
  static constexpr int kMost = 128, kGroups = 8;
  enum P { tune, fine, level, count, tilt, balance, stretch, stiffness, decay, damping, scatter, drawbar };
  static constexpr int numParams = drawbar + kGroups;
  static constexpr std::array<Param, numParams> params{{
      kTuneParam,
      kFineParam,
      kLevelParam,
      {.id = "count",
       .label = "Partials",
       .doc = "How many sound; the last one fades in",
       .unit = Unit::count,
       .min = 1.f,
       .max = 128.f,
       .init = 64.f},
      {.id = "tilt",
       .label = "Tilt",
       .doc = "Decibels per octave from partial to partial: -6 is a saw's",
       .unit = Unit::decibels,
       .min = -24.f,
       .max = 6.f,
       .init = -6.f},
      {.id = "balance",
       .label = "Odd/even",
       .doc = "Up: odd partials only, hollow; down: even ones only over the fundamental",
       .min = -1.f,
       .max = 1.f,
       .init = 0.f},
      {.id = "stretch",
       .label = "Stretch",
       .doc = "Exponent of the partials' frequencies: 1 is harmonic",
       .unit = Unit::ratio,
       .min = 0.5f,
       .max = 2.f,
       .init = 1.f},
      {.id = "stiffness",
       .label = "Stiffness",
       .doc = "Spreads upper partials like a stiff string, from piano to bar",
       .unit = Unit::fraction,
       .max = 1.f,
       .init = 0.f},
      {.id = "decay",
       .label = "Decay",
       .doc = "Time in which the first partial falls by 60 dB",
       .unit = Unit::seconds,
       .min = 0.05f,
       .max = 100.f,
       .init = 30.f,
       .curve = Curve::log},
      {.id = "damping",
       .label = "Damping",
       .doc = "How much faster upper partials decay: at 1 the time halves per octave",
       .unit = Unit::ratio,
       .min = 0.f,
       .max = 2.f,
       .init = 0.5f},
      kScatterParam,
      partialGroup("bar1", "1", "Level of the fundamental"),
      partialGroup("bar2", "2", "Level of the second partial"),
      partialGroup("bar3", "3", "Level of the third partial"),
      partialGroup("bar4", "4", "Level of the fourth partial"),
      partialGroup("bar5", "5-6", "Level of partials 5 and 6"),
      partialGroup("bar7", "7-8", "Level of partials 7 and 8"),
      partialGroup("bar9", "9-16", "Level of partials 9 to 16"),
      partialGroup("bar17", "17+", "Level of all above"),
  }};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "partials",
                             .label = "Partials",
                             .doc = "Additive sound of up to 128 sines: organs, bells, glass, stiff strings",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 3200.f};

  struct State {
    u32x4 phase[kMost], increment[kMost];
    f32x4 bend[kMost];            ///< 2 sin(w / 2)
    f32x4 base[kMost];            ///< Amplitude without decay.
    f32x4 amplitude[kMost];       ///< At the frame that comes next.
    f32x4 fall[kMost];            ///< log2 of the decay per frame.
    f32x4 seen[numParams], note;  ///< What the above were made of.
    f32x4 age;                    ///< Frames since note start.
    int32_t used;                 ///< Partials that a lane hears.
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const f32x4 frames = splat((float)n);
    if (s.fresh) begin(s, b);
    const int before = s.used;
    follow(s, b);
    const i32x4 fresh = laneMask(s.fresh);
    const int sounding = before > s.used ? before : s.used;
    f32x4 out[kMicroBlock];
    for (int i = 0; i < n; i++) out[i] = splat(0.f);
    const f32x4 end = s.age + frames, perFrame = splat(1.f / (float)n);
    for (int k = 0; k < sounding; k += kTogether) {
      f32x4 y[kTogether], d[kTogether], e[kTogether], a[kTogether], step[kTogether];
      for (int m = 0; m < kTogether; m++) {
        const int i = k + m;
        const f32x4 h = s.bend[i], aim = s.base[i] * exp2(s.fall[i] * end);
        y[m] = sinePhase(s.phase[i]);
        d[m] = h * sinePhase(s.phase[i] - (s.increment[i] >> 1) + splatU(1u << 30));
        e[m] = h * h;
        a[m] = select(fresh, s.base[i] * exp2(s.fall[i] * s.age), s.amplitude[i]);
        step[m] = (aim - a[m]) * perFrame;
        s.amplitude[i] = aim;
        s.phase[i] += s.increment[i] * splatU((uint32_t)n);
      }
      for (int i = 0; i < n; i++) {
        f32x4 sum = out[i];
        for (int m = 0; m < kTogether; m++) {
          sum += y[m] * a[m];
          a[m] += step[m];
          d[m] -= e[m] * y[m];
          y[m] += d[m];
        }
        out[i] = sum;
      }
    }
    s.age = min(end, splat(1.6e7f));
    s.fresh = 0;
    f32x4 gain = p[level].value;
    for (int i = 0; i < n; i++) {
      b.out[0][i] = out[i] * gain;
      gain += p[level].step;
    }
  }

 private:
  static constexpr int kTogether = 4;  ///< Partials that run side by side: their recurrences wait for themselves.
  static_assert(kMost % kTogether == 0);

  static void begin(State& s, const UnitBlock& b) {
    const i32x4 fresh = laneMask(s.fresh);
    for (int k = 0; k < kMost; k++) {
      const u32x4 from = startPhase(*b.voice, splat(0.f), b.params[scatter].value, 128 + (uint32_t)k);
      s.phase[k] = (u32x4)select(fresh, (f32x4)from, (f32x4)s.phase[k]);
    }
    s.age = (f32x4)((i32x4)s.age & ~fresh);
  }

  static int groupOf(int k) { return k <= 4 ? k - 1 : k <= 6 ? 4 : k <= 8 ? 5 : k <= 16 ? 6 : 7; }

  /// Makes frequencies and amplitudes again when what they come from has changed; in the middle of the segment for
  /// pitches, at its end for amplitudes.
  static void follow(State& s, const UnitBlock& b) {
    const Ramp<f32x4>* p = b.params;
    const f32x4 n = splat((float)b.frames), half = splat(0.5f), one = splat(1.f), zero = splat(0.f);
    const auto middle = [&](const Ramp<f32x4>& r) { return r.value + r.step * n * half; };
    const f32x4 note = middle(b.voice->pitch) + middle(p[tune]) + middle(p[fine]) * splat(0.01f);
    i32x4 changed = laneMask(s.fresh) | (note != s.note);
    for (int i = count; i < numParams; i++) {
      const f32x4 now = p[i].value + p[i].step * n;
      changed |= now != s.seen[i];
      s.seen[i] = now;
    }
    if (!any(changed)) return;
    s.note = note;
    const f32x4* v = s.seen;
    const f32x4 base = noteIncrement(note, b.voice->sampleRate) * splat(1.f / 4294967296.f);
    const f32x4 stiff = v[stiffness] * v[stiffness] * splat(0.02f), scale = one / (one + stiff);
    const f32x4 fall = splat(-9.9657843f / b.voice->sampleRate) / v[decay];  // log2 of a thousandth
    f32x4 power = zero, peak = zero;
    s.used = 0;
    for (int i = 0; i < kMost; i++) {
      const f32x4 k = splat((float)(i + 1)), octaves = log2(k);
      const f32x4 turn = base * k * exp2((v[stretch] - one) * octaves) * sqrt((one + stiff * k * k) * scale);
      const f32x4 fade =
          clamp((splat(0.46f) - turn) * splat(25.f), 0.f, 1.f) * clamp(v[count] - splat((float)i), 0.f, 1.f);
      const f32x4 side = i == 0 ? one : i & 1 ? min(one - v[balance], one) : min(one + v[balance], one);
      const f32x4 a = fade * side * v[drawbar + groupOf(i + 1)] * exp2(v[tilt] * splat(0.16609640f) * octaves);
      const f32x4 safe = min(turn, splat(0.49f));
      s.increment[i] = toUint(safe * splat(4294967296.f));
      s.bend[i] = splat(2.f) * sinPi(safe);
      s.base[i] = a;
      s.fall[i] = fall * exp2(v[damping] * octaves);
      power += a * a;
      peak += a;
      if (any(a > splat(1e-7f))) s.used = i + 1;
    }
    const f32x4 norm = min(splat(0.70710678f) / sqrt(max(power, splat(1e-12f))), splat(3.f) / max(peak, splat(1e-6f)));
    for (int i = 0; i < s.used; i++) s.base[i] *= norm;
    for (int i = s.used; i < kMost; i++) s.base[i] = zero;
    s.used = (s.used + kTogether - 1) & ~(kTogether - 1);
  }
};

}  // namespace sl
