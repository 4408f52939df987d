// Bowed string unit. Audio thread.
#pragma once
#include <array>

#include "dsp/bodies.h"
#include "dsp/noise.h"
#include "dsp/oscillator.h"
#include "dsp/waveguide.h"
#include "units/body_params.h"

namespace sl {

/// Two waveguides that meet at the bow, whose friction falls with the slip (McIntyre, Schumacher and Woodhouse 1983;
/// Smith 1986): the string sticks and slips once a period. Friction has no memory and the losses no phase, so that the
/// note is in tune at any force. Limits: 1/4000 to 1/11 of the sample rate.
struct Bow {
  enum P {
    tune,
    fine,
    level,
    speed,
    pressure,
    position,
    attack,
    afterKey,
    dynamics,
    brightness,
    noise,
    body,
    bodyMix,
    bodySize,
    numParams
  };
  static constexpr std::array<Option, 4> bodyNames{
      {{"none", "None"}, {"violin", "Violin"}, {"cello", "Cello"}, {"guitar", "Guitar"}}};
  static constexpr std::array<Param, numParams> params{{
      kTuneParam,
      kFineParam,
      kLevelParam,
      {.id = "speed",
       .label = "Bow speed",
       .doc = "How fast the bow moves: the loudness",
       .unit = Unit::fraction,
       .min = 0.05f,
       .max = 1.f,
       .init = 0.6f,
       .group = "Bow"},
      {.id = "pressure",
       .label = "Bow pressure",
       .doc = "From a whisper to a scratch",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f,
       .group = "Bow"},
      {.id = "position",
       .label = "Bow position",
       .doc = "From the bridge (bright) to the fingerboard (soft)",
       .unit = Unit::fraction,
       .min = 0.04f,
       .max = 0.35f,
       .init = 0.13f,
       .smooth = Smooth::none,
       .group = "Bow"},
      {.id = "attack",
       .label = "Attack",
       .doc = "Time for the bow to take up its speed",
       .unit = Unit::seconds,
       .min = 0.002f,
       .max = 2.f,
       .init = 0.06f,
       .curve = Curve::log,
       .group = "Bow"},
      {.id = "release",
       .label = "Release",
       .doc = "Time for the bow to stop after the key",
       .unit = Unit::seconds,
       .min = 0.002f,
       .max = 2.f,
       .init = 0.08f,
       .curve = Curve::log,
       .group = "Bow"},
      {.id = "dynamics",
       .label = "Dynamics",
       .doc = "How much velocity and channel pressure move the bow",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.4f,
       .group = "Bow"},
      {.id = "brightness",
       .label = "Brightness",
       .doc = "How little the string loses of its high harmonics",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f,
       .group = "String"},
      {.id = "noise",
       .label = "Rosin",
       .doc = "Noise of the bow hair",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.15f,
       .group = "Bow"},
      bodyParam(bodyNames),
      bodyMixParam(0.8f),
      kBodySizeParam,
  }};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "bow",
                             .label = "Bowed string",
                             .doc = "Violin to cello: a string that a bow sticks to and lets go",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 2300.f};

  struct State {
    Waveguide string;
    PlayedForce bow;
    WhiteNoise rosin;
    ModeBank<kBodyModes> body;
    ConstantBlock constant;
    Bite bite;
    f32x4 bodySize;
    float bodyRate;
    int bodyKind;
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    s.bow.held |= lanes;
    lanes &= ~voice.legato;
    const i32x4 mask = laneMask(lanes);
    s.string.clear(lanes);
    s.bow.start(lanes, mask);
    s.rosin.start(voice.seed, 13, mask);
    s.body.clear(mask);
    s.bite.start(mask);
    s.constant.clear(mask);
    s.fresh |= lanes;
  }
  static void release(State& s, const VoiceBlock&, uint32_t lanes) noexcept { s.bow.release(lanes); }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const float sampleRate = b.voice->sampleRate;
    const f32x4 one = splat(1.f), frames = splat((float)n);
    const f32x4 note = b.voice->pitch.value + b.voice->pitch.step * frames + p[tune].value + p[tune].step * frames +
                       (p[fine].value + p[fine].step * frames) * splat(0.01f);
    const f32x4 hz =
        clamp(splat(440.f) * exp2((note - splat(69.f)) * splat(1.f / 12.f)), sampleRate / 4000.f, sampleRate / 11.f);
    const f32x4 period = splat(sampleRate) / hz;
    const f32x4 share = max(p[position].value, splat(4.f) / period);
    s.string.aim(period, share, laneMask(s.fresh));
    s.bite.pace(period);
    s.fresh = 0;
    rebody(s, b);
    const Ramp<f32x4>& touch = b.voice->pressure;
    const auto paced = [&](f32x4 wanted, f32x4 pressed) {
      const f32x4 played = one + p[dynamics].value * (b.voice->velocity - splat(0.75f) + pressed);
      return splat(0.03f) + splat(0.22f) * clamp(wanted * played, 0.05f, 1.5f);
    };
    f32x4 fast = paced(p[speed].value, touch.value);
    const f32x4 fastStep =
        (paced(p[speed].value + p[speed].step * frames, touch.value + touch.step * frames) - fast) / frames;
    const f32x4 loose = looseness(p[pressure].value, share);
    const PlayedForce::Way way = s.bow.way(p[attack].value, p[afterKey].value, sampleRate);
    const f32x4 dark = one - p[brightness].value, hair = p[noise].value * splat(0.5f);
    const Waveguide::Losses losses{splat(0.985f), splat(0.06f) + splat(0.19f) * dark, splat(0.25f) * dark * dark,
                                   splat(0.1f) + splat(0.15f) * dark};
    const f32x4 heldNow = select(laneMask(s.bow.held), one, splat(0.f));
    const f32x4 loudness = share * splat(1.f / 0.13f);
    Bite bite = s.bite;
    f32x4 force = s.bow.force, heard[kMicroBlock];
    s.string.run(n, losses, [&](int i, f32x4 fromBridge, f32x4 fromNut, f32x4& toBridge, f32x4& toNut) {
      force += (way.target - force) * way.share;
      const f32x4 moving = max(heldNow, force);
      fast += fastStep;
      const f32x4 velocity = fast * moving * (one + hair * s.rosin.next());
      const f32x4 slip = velocity - (fromBridge + fromNut);
      // Lifted from the string the hair pulls no more.
      const f32x4 pulled = slip * grip(slip * loose * bite.next() / fast) * clamp(moving * splat(8.f), 0.f, 1.f);
      toBridge += pulled;
      toNut += pulled;
      heard[i] = fromBridge * force * loudness;
    });
    s.bite = bite;
    s.bow.force = flush(force);
    resonate(s, b, heard);
    f32x4 gain = p[level].value * splat(2.2f);
    for (int i = 0; i < n; i++) {
      b.out[0][i] = s.constant.next(heard[i], sampleRate) * gain;
      gain += p[level].step * splat(2.2f);
    }
  }

  static void flushState(State& s) noexcept {
    s.string.loss.flushState();
    s.constant.before = flush(s.constant.before);
    s.constant.kept = flush(s.constant.kept);
  }

 private:
  static const Body& bodyOf(int kind) { return kBodies[kind == 1 ? 5 : kind == 2 ? 6 : 0]; }

  static void rebody(State& s, const UnitBlock& b) {
    const float sampleRate = b.voice->sampleRate;
    const int kind = (int)b.params[body].value[0];
    const f32x4 size = b.params[bodySize].value;
    if (kind > 0 && (kind != s.bodyKind || sampleRate != s.bodyRate || any(size != s.bodySize))) {
      const f32x4 scale = splat(1.f / sampleRate) / size;
      for (int k = 0; k < kBodyModes; k++) {
        const BodyMode& m = bodyOf(kind).modes[(std::size_t)k];
        setResonance(s.body, k, splat(m.hz) * scale, splat(m.q), splat(m.gain));
      }
    }
    s.bodyKind = kind;
    s.bodyRate = sampleRate;
    s.bodySize = size;
  }

  static void resonate(State& s, const UnitBlock& b, f32x4* heard) {
    const Ramp<f32x4>& mix = b.params[bodyMix];
    if (s.bodyKind == 0) return;
    f32x4 even[kMicroBlock], odd[kMicroBlock];
    for (int i = 0; i < b.frames; i++) even[i] = odd[i] = splat(0.f);
    s.body.ring(heard, even, odd, b.frames, kBodyModes);
    const f32x4 past = splat(bodyOf(s.bodyKind).through);
    f32x4 share = mix.value;
    for (int i = 0; i < b.frames; i++) {
      heard[i] += share * (even[i] + odd[i] + past * heard[i] - heard[i]);
      share += mix.step;
    }
  }
};

}  // namespace sl
