// Wind instrument unit: clarinet, saxophone, flute, brass. Audio thread.
#pragma once
#include <array>

#include "dsp/noise.h"
#include "dsp/oscillator.h"
#include "dsp/waveguide.h"

namespace sl {

/// A bore as a waveguide and a mouth without memory (McIntyre, Schumacher and Woodhouse 1983; Smith 1986; Cook 1992):
/// a reed on a closed cylinder, a reed in a cone (dual to the bowed string), a jet that saturates, lips that open as
/// the square of the pressure. The losses of the bell have no phase, so that every note is in tune at any pressure.
/// Limits: 1/4000 to 1/11 of the sample rate.
struct Wind {
  enum P {
    tune,
    fine,
    level,
    model,
    pressure,
    embouchure,
    brightness,
    noise,
    attack,
    afterKey,
    dynamics,
    bell,
    numParams
  };
  static constexpr std::array<Option, 4> models{
      {{"clarinet", "Clarinet"}, {"saxophone", "Saxophone"}, {"flute", "Flute"}, {"brass", "Brass"}}};
  static constexpr std::array<Param, numParams> params{{
      kTuneParam,
      kFineParam,
      kLevelParam,
      {.id = "model",
       .label = "Instrument",
       .doc = "Shape of the bore and what is at its mouth",
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = models},
      {.id = "pressure",
       .label = "Breath",
       .doc = "Pressure of the breath: loudness and brightness",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.6f},
      {.id = "embouchure",
       .label = "Embouchure",
       .doc = "Firmness of reed, lips or jet: from mellow to edgy",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f},
      {.id = "brightness",
       .label = "Brightness",
       .doc = "How much of the high harmonics the bell keeps in the bore",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f},
      {.id = "noise",
       .label = "Breath noise",
       .doc = "Rush of air",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.15f},
      {.id = "attack",
       .label = "Attack",
       .doc = "Time for the breath to build up",
       .unit = Unit::seconds,
       .min = 0.002f,
       .max = 2.f,
       .init = 0.04f,
       .curve = Curve::log},
      {.id = "release",
       .label = "Release",
       .doc = "Time for the breath to die after the key",
       .unit = Unit::seconds,
       .min = 0.002f,
       .max = 2.f,
       .init = 0.06f,
       .curve = Curve::log},
      {.id = "dynamics",
       .label = "Dynamics",
       .doc = "How much velocity and channel pressure move the breath",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.4f},
      {.id = "bell",
       .label = "Bell",
       .doc = "Corner below which the bell radiates less and less",
       .unit = Unit::hertz,
       .min = 40.f,
       .max = 4000.f,
       .init = 300.f,
       .curve = Curve::log},
  }};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "wind",
                             .label = "Wind instrument",
                             .doc = "Clarinet, saxophone, flute and brass from a bore and a breath",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 1200.f};

  struct State {
    Waveguide bore;
    PlayedForce breath;
    WhiteNoise air;
    ConstantBlock constant;
    Bite bite;
    f32x4 rush, radiated, swell;  ///< low-passed air, state of the bell's low-shelf, mean pressure at the mouth
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    s.breath.held |= lanes;
    lanes &= ~voice.legato;
    const i32x4 mask = laneMask(lanes);
    s.bore.clear(lanes);
    s.breath.start(lanes, mask);
    s.air.start(voice.seed, 17, mask);
    s.constant.clear(mask);
    s.bite.start(mask);
    s.rush = (f32x4)((i32x4)s.rush & ~mask);
    s.radiated = (f32x4)((i32x4)s.radiated & ~mask);
    s.swell = (f32x4)((i32x4)s.swell & ~mask);
    s.fresh |= lanes;
  }
  static void release(State& s, const VoiceBlock&, uint32_t lanes) noexcept { s.breath.release(lanes); }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const float sampleRate = b.voice->sampleRate;
    const f32x4 one = splat(1.f), frames = splat((float)n);
    const int kind = (int)p[model].value[0];
    const f32x4 note = b.voice->pitch.value + b.voice->pitch.step * frames + p[tune].value + p[tune].step * frames +
                       (p[fine].value + p[fine].step * frames) * splat(0.01f);
    const f32x4 hz =
        clamp(splat(440.f) * exp2((note - splat(69.f)) * splat(1.f / 12.f)), sampleRate / 4000.f, sampleRate / 11.f);
    // A closed cylinder turns the wave round twice a period.
    const f32x4 trip = splat(sampleRate * (kind == 0 ? 0.5f : 1.f)) / hz;
    if (kind == 0) {
      s.bore.aim(trip + splat(2.f), splat(0.f), laneMask(s.fresh));  // the near line is not in the loop
      // Without it the cylinder would sometimes sound its twelfth.
      s.bore.apart = toInt(min(floor(trip * splat(1.f / 25.f)), splat(32.f)));
    } else {
      s.bore.aim(trip, splat(kShare[kind]), laneMask(s.fresh));
    }
    s.bite.pace(splat(sampleRate) / hz);
    s.fresh = 0;
    Play play{s, b, kind};
    const f32x4 dark = one - p[brightness].value;
    const Waveguide::Losses losses{
        splat(kind == 0 ? 0.95f : 0.97f), splat(kind == 0 ? 0.2f : 0.1f) + splat(kind == 0 ? 0.05f : 0.15f) * dark,
        splat(kind == 0 ? 0.14f : 0.f) + splat(kind == 0 ? 0.11f : 0.25f) * dark, splat(0.2f)};
    f32x4 heard[kMicroBlock];
    switch (kind) {
      case 0:
        s.bore.run(n, losses, [&](int i, f32x4 a, f32x4, f32x4& out, f32x4& rest) {
          heard[i] = a * (splat(0.4f) + play.blown);  // a reed that beats grows little by itself
          play.reed(a, out, rest);
        });
        break;
      case 1:
        s.bore.run(n, losses, [&](int i, f32x4 a, f32x4 c, f32x4& out, f32x4& back) {
          play.cone(a, c, out, back);
          heard[i] = a * play.force;
        });
        break;
      case 2:
        s.bore.run(n, losses, [&](int i, f32x4 a, f32x4 c, f32x4& out, f32x4& back) {
          heard[i] = a;
          play.jet(a, c, out, back);
        });
        break;
      default:
        s.bore.run(n, losses, [&](int i, f32x4 a, f32x4 c, f32x4& out, f32x4& back) {
          heard[i] = a;
          play.lips(a, c, out, back);
        });
        break;
    }
    play.end(s);
    radiate(s, b, heard, kind);
  }

  static void flushState(State& s) noexcept {
    s.bore.loss.flushState();
    for (f32x4* v : {&s.rush, &s.radiated, &s.swell, &s.constant.before, &s.constant.kept}) *v = flush(*v);
  }

 private:
  static constexpr float kShare[] = {0.f, 0.16f, 0.43f, 0.38f};  ///< where the mouth is along the bore

  /// The mouth of each instrument; `next` is the breath with its noise.
  struct Play {
    f32x4 force, held, blown, blownStep, rushing, firm, rush, share, swell, swellShare;
    Bite bite;
    PlayedForce::Way way;
    WhiteNoise air;

    Play(State& s, const UnitBlock& b, int kind) {
      const Ramp<f32x4>* p = b.params;
      const f32x4 one = splat(1.f);
      const f32x4 count = splat((float)b.frames);
      const Ramp<f32x4>& touch = b.voice->pressure;
      const f32x4 struck = b.voice->velocity - splat(0.75f);
      const f32x4 played = one + p[dynamics].value * (struck + touch.value);
      const f32x4 goes = one + p[dynamics].value * (struck + (touch.value + touch.step * count));
      blown = clamp(p[pressure].value * played, 0.f, 1.2f);
      blownStep = (clamp((p[pressure].value + p[pressure].step * count) * goes, 0.f, 1.2f) - blown) / count;
      firm = p[embouchure].value;
      rushing = p[noise].value * splat(kind == 2 ? 0.9f : 0.5f);
      way = s.breath.way(p[attack].value, p[afterKey].value, b.voice->sampleRate);
      share = one - exp2(splat(-9.0647203f * 2200.f / b.voice->sampleRate));
      force = s.breath.force;
      rush = s.rush;
      air = s.air;
      bite = s.bite;
      swell = s.swell;
      swellShare = splat(50.f / b.voice->sampleRate);
      held = select(laneMask(s.breath.held), one, splat(0.f));
    }
    void end(State& s) {
      s.breath.force = flush(force);
      s.rush = rush;
      s.air = air;
      s.bite = bite;
      s.swell = swell;
    }
    void next() {
      force += (way.target - force) * way.share;
      blown += blownStep;
      rush += (air.next() - rush) * share;
    }
    f32x4 noisy() const { return splat(1.f) + rushing * rush; }

    /// Pressure closes the reed: its reflection grows with the drop across it.
    void reed(f32x4 a, f32x4& out, f32x4& rest) {
      next();
      const f32x4 breathing = (splat(0.62f) + splat(0.2f) * blown) * force * noisy();
      const f32x4 drop = a - breathing;
      const f32x4 r = clamp(splat(0.7f) - (splat(0.28f) + splat(0.08f) * firm) * drop, -1.f, 1.f);
      out = breathing + drop * r;
      rest = splat(0.f);
    }
    void cone(f32x4 a, f32x4 c, f32x4& out, f32x4& back) {
      next();
      const f32x4 blowing = max(held, force), strong = splat(0.05f) + splat(0.25f) * blown;
      const f32x4 drop = strong * blowing * noisy() - (a + c);
      const f32x4 loose = looseness(splat(0.4f) + splat(0.6f) * firm, splat(kShare[1])) / strong * bite.next();
      const f32x4 flow = drop * grip(drop * loose) * clamp(blowing * splat(8.f), 0.f, 1.f);
      out += flow;
      back += flow;
    }
    /// Mean pressure at the mouth: what leans on it, and makes the wave lopsided.
    f32x4 leaning(f32x4 sounding) {
      swell += (abs(sounding) - swell) * swellShare;
      return swell;
    }
    /// The jet is drawn into the bore by what sounds there, and saturates; aimed off the edge it has even harmonics
    /// too.
    void jet(f32x4 a, f32x4 c, f32x4& out, f32x4& back) {
      next();
      const f32x4 strong = (splat(2.f) - bite.next()) * force * (splat(0.06f) + splat(0.12f) * blown), s = a + c;
      const f32x4 aside = splat(0.1f) + (splat(0.25f) + splat(1.1f) * firm) * leaning(s);
      const f32x4 x = clamp(splat(1.6f) * s + aside + splat(0.5f) * rushing * rush * force, -1.f, 1.f);
      const f32x4 flow = strong * splat(0.8f) * (x - x * x * x * splat(1.f / 3.f));
      out += flow;
      back += flow;
    }
    /// Lips open outwards; the flow goes with the square of the opening and stops when they meet. The louder, the
    /// shorter they are open.
    void lips(f32x4 a, f32x4 c, f32x4& out, f32x4& back) {
      next();
      const f32x4 strong = (splat(2.f) - bite.next()) * force * (splat(0.15f) + splat(0.4f) * blown), s = a + c;
      const f32x4 rest = splat(0.4f) - (splat(0.3f) + splat(1.2f) * firm) * leaning(s);
      const f32x4 open = clamp(rest + splat(1.6f) * s * noisy() + splat(0.1f) * rushing * rush * force, 0.f, 1.f);
      const f32x4 flow = strong * open * open;
      out += flow;
      back += flow;
    }
  };

  /// What leaves the bell: all above its corner, less and less below.
  static void radiate(State& s, const UnitBlock& b, const f32x4* heard, int kind) {
    static constexpr float kLevel[] = {1.1f, 1.6f, 0.25f, 0.1f};
    const Ramp<f32x4>*p = b.params, &corner = p[bell];
    const float sampleRate = b.voice->sampleRate, loud = kLevel[kind];
    const f32x4 share = splat(1.f) - exp2(corner.value * splat(-9.0647203f / sampleRate));
    f32x4 gain = p[level].value * splat(loud);
    for (int i = 0; i < b.frames; i++) {
      s.radiated += (heard[i] - s.radiated) * share;
      const f32x4 out = heard[i] - splat(0.7f) * s.radiated;
      b.out[0][i] = s.constant.next(out, sampleRate) * gain;
      gain += p[level].step * splat(loud);
    }
  }
};

}  // namespace sl
