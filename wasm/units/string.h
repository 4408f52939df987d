// Plucked string unit (Karplus-Strong). Audio thread.
#pragma once
#include <array>

#include "core/denormal.h"
#include "dsp/lane_ring.h"
#include "dsp/noise.h"
#include "dsp/oscillator.h"
#include "dsp/string_loss.h"

namespace sl {

/// A delay loop as long as the period, read by fifth-order Lagrange interpolation, with a one-pole loss filter fitted
/// to the decay (Karplus and Strong 1983; Jaffe and Smith 1983; Valimaki 1996). A noise burst starts it; its level is
/// set so that every pitch and burst length sounds about equally loud. `position` is where it is plucked: a comb on the
/// output. In tune within 2 cents from A0 to C7. Limits: from 1/4000 to 1/8 of the sample rate.
struct String {
  enum P { tune, fine, level, decay, brightness, position, noise, burst, numParams };
  static constexpr std::array<Option, 2> noises{{{"white", "White"}, {"pink", "Pink"}}};
  static constexpr std::array<Param, numParams> params{{
      kTuneParam,
      kFineParam,
      kLevelParam,
      {.id = "decay",
       .label = "Decay",
       .doc = "Time to fall by 60 dB at the fundamental",
       .unit = Unit::seconds,
       .min = 0.05f,
       .max = 30.f,
       .init = 4.f,
       .curve = Curve::log},
      {.id = "brightness",
       .label = "Brightness",
       .doc = "How long high harmonics ring",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.6f},
      {.id = "position",
       .label = "Position",
       .doc = "Where it is plucked along its length",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.2f,
       .smooth = Smooth::none},
      {.id = "noise",
       .label = "Noise",
       .doc = "Colour of the pluck",
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = noises},
      {.id = "burst",
       .label = "Burst",
       .doc = "Length of the pluck",
       .unit = Unit::seconds,
       .min = 0.0005f,
       .max = 0.5f,
       .init = 0.01f,
       .curve = Curve::log,
       .smooth = Smooth::none},
  }};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "string",
                             .label = "String",
                             .doc = "A plucked string",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 550.f};

  struct State {
    LaneRing<4096> ring;
    WhiteNoise noise;   ///< Differs from pluck to pluck.
    WhiteNoise finger;  ///< The same for every pluck: the larger part, as a player's hand is.
    PinkFilter pink;
    f32x4 delayFrames;  ///< Of the loop, at the frame that comes next.
    f32x4 filtered;     ///< Loss filter.
    f32x4 burstGain;
    i32x4 burstLeft;
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    lanes &= ~voice.legato;
    const i32x4 mask = laneMask(lanes);
    s.ring.clear(lanes);
    s.noise.start(voice.seed, 7, mask);
    s.finger.start(splatU(0x51f1a9e5u), 7, mask);
    s.pink.start(mask);
    s.filtered = (f32x4)((i32x4)s.filtered & ~mask);
    s.fresh |= lanes;
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const float sampleRate = b.voice->sampleRate;
    const f32x4 note = b.voice->pitch.value + p[tune].value + p[fine].value * splat(0.01f);
    const f32x4 last = note + (b.voice->pitch.step + p[tune].step + p[fine].step * splat(0.01f)) * splat((float)n);
    const StringLoss loss = stringLoss(hertz(last, sampleRate), p[decay].value, p[brightness].value, sampleRate);
    const f32x4 period = splat(sampleRate) / hertz(last, sampleRate);
    const f32x4 wanted = clamp(period - loss.delayFrames, 6.f, 4080.f);
    if (s.fresh) pluck(s, b, period, wanted);
    const bool gliding = any(wanted != s.delayFrames);
    const f32x4 glide = (wanted - s.delayFrames) * splat(1.f / (float)n);
    const f32x4 along = p[position].value, nearer = clamp(min(along, splat(1.f) - along), 0.03f, 0.5f);
    const i32x4 pick = toInt(max(nearest(period * nearer), splat(1.f)));
    f32x4 delay = s.delayFrames, weight[6];
    i32x4 whole = splatI(0);
    const auto aim = [&](f32x4 d) {
      const f32x4 m = floor(d);
      whole = toInt(m) + splatI(3);
      lagrange5(d - m, weight);
    };
    aim(delay);
    f32x4 gain = p[level].value * splat(0.7f);
    const f32x4 gainStep = p[level].step * splat(0.7f), pass = loss.gain * (splat(1.f) - loss.pole);
    const bool isPink = p[noise].value[0] >= 1.f;
    for (int at = 0; at < n; at += 4) {
      const int count = n - at < 4 ? n - at : 4;
      if (gliding) aim(delay + glide * splat(2.f));
      f32x4 frame[4];
      for (int l = 0; l < kLanes; l++) frame[l] = s.ring.interpolate(l, (uint32_t)whole[l], weight);
      transpose(frame[0], frame[1], frame[2], frame[3]);
      for (int i = 0; i < count; i++) {
        s.filtered = pass * frame[i] + loss.pole * s.filtered;
        frame[i] = flush(any(s.burstLeft) ? s.filtered + excite(s, isPink) : s.filtered);
      }
      transpose(frame[0], frame[1], frame[2], frame[3]);
      f32x4 picked[4];
      for (int l = 0; l < kLanes; l++) {
        s.ring.put(l, (v128_t)frame[l]);
        picked[l] = frame[l] - (f32x4)s.ring.read(l, (uint32_t)pick[l]);
      }
      transpose(picked[0], picked[1], picked[2], picked[3]);
      for (int i = 0; i < count; i++) {
        b.out[0][at + i] = picked[i] * gain;
        gain += gainStep;
      }
      s.ring.advance(count);
      delay += glide * splat((float)count);
    }
    s.delayFrames = wanted;
  }

  static void flushState(State& s) noexcept { s.filtered = flush(s.filtered); }

 private:
  static f32x4 hertz(f32x4 note, float sampleRate) {
    return clamp(splat(440.f) * exp2((note - splat(69.f)) * splat(1.f / 12.f)), sampleRate / 4000.f, sampleRate / 8.f);
  }

  /// A burst of `burst` seconds whose energy per period does not depend on its length.
  static void pluck(State& s, const UnitBlock& b, f32x4 period, f32x4 delay) {
    const i32x4 fresh = laneMask(s.fresh);
    const f32x4 frames = max(nearest(b.params[burst].value * splat(b.voice->sampleRate)), splat(8.f));
    s.delayFrames = select(fresh, delay, s.delayFrames);
    s.burstLeft = (i32x4)select(fresh, (f32x4)toInt(frames), (f32x4)s.burstLeft);
    s.burstGain = select(fresh, min(splat(0.6f) * sqrt(period / frames), splat(4.f)), s.burstGain);
    s.fresh = 0;
  }

  /// The next frame of the burst; it ends over eight frames.
  static f32x4 excite(State& s, bool isPink) {
    f32x4 x = s.finger.next() * splat(0.97f) + s.noise.next() * splat(0.24f);
    if (isPink) x = s.pink.next(x) * splat(1.65f);
    const f32x4 fade = clamp(toFloat(s.burstLeft) * splat(0.125f), 0.f, 1.f);
    s.burstLeft = (i32x4)wasm_i32x4_max((v128_t)(s.burstLeft - splatI(1)), (v128_t)splatI(0));
    return x * s.burstGain * fade;
  }
};

}  // namespace sl
