// Plucked string with pick, palm, pickup, body and strings that sound along. Audio thread.
#pragma once
#include <array>

#include "dsp/bodies.h"
#include "dsp/loop_loss.h"
#include "dsp/noise.h"
#include "dsp/oscillator.h"
#include "units/pluck_params.h"

namespace sl {

/// Extended Karplus-Strong (Jaffe and Smith 1983; Karjalainen, Valimaki and Tolonen 1998). The pick leaves a displaced
/// string, an edge at the pick and one where it returns; a fitted filter takes the loss of each period: T60 is `decay`
/// at the note and falls as ratio^-damping. In tune within 0.5 cent from A0 to C7. Limits: 1/4000 to 1/10.5 of the
/// sample rate.
struct Pluck : PluckParams {
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "pluck",
                             .label = "Guitar string",
                             .doc = "A plucked string with pick, palm, pickup and body",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 3100.f};

  static constexpr int kSympathetic = 24, kNever = 1 << 24;
  struct Recipe {
    f32x4 note, seconds, damping, stiffness;
  };
  struct State {
    LaneRing<4096> ring;
    ModeBank<kBodyModes> body;
    ModeBank<kSympathetic> open;
    WhiteNoise pick, returned, finger;
    PinkFilter pink, pinkReturned;
    Recipe made;
    f32x4 gain, zero, pole, allpass, fraction;         ///< of the loop
    f32x4 before, lost, through1, through2, through3;  ///< states: loss filter's last in and out, allpasses
    f32x4 in1, in2, in3;                               ///< allpasses' last inputs
    f32x4 delayFrames, wantedFrames, period;
    f32x4 time, edge, back, stroke;  ///< of the pick: frames since, length of its edges, return, strength
    f32x4 noiseFrames, noiseGain;
    f32x4 slide, slideRe, slideIm;  ///< fret noise: level and its resonator
    ModeTurn slideTurn;
    f32x4 constant, blocked;  ///< of the output's high-pass
    f32x4 bodySize, openNote;
    float bodyRate;
    int bodyKind, tuning;
    uint32_t fresh, held;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    s.held |= lanes;
    lanes &= ~voice.legato;
    const i32x4 mask = laneMask(lanes);
    s.ring.clear(lanes);
    s.body.clear(mask);
    s.open.clear(mask);
    s.pick.start(voice.seed, 7, mask);
    s.returned.start(voice.seed, 7, mask);
    s.finger.start(voice.seed, 8, mask);
    s.pink.start(mask);
    s.pinkReturned.start(mask);
    for (f32x4* v : {&s.before, &s.lost, &s.through1, &s.through2, &s.through3, &s.in1, &s.in2, &s.in3, &s.slideRe,
                     &s.slideIm, &s.constant, &s.blocked, &s.slide})
      *v = (f32x4)((i32x4)*v & ~mask);
    s.fresh |= lanes;
  }
  static void release(State& s, const VoiceBlock&, uint32_t lanes) noexcept { s.held &= ~lanes; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    retune(s, b);
    rebody(s, b);
    if (s.fresh) stroke(s, b);
    f32x4 heard[kMicroBlock + 4];
    vibrate(s, b, heard);
    slideNoise(s, b, heard);
    resonate(s, b, heard);
    f32x4 gain = b.params[level].value;
    const float hold = 1.f - 6.2831853f * 12.f / b.voice->sampleRate;
    for (int i = 0; i < n; i++) {
      s.blocked = heard[i] - s.constant + splat(hold) * s.blocked;
      s.constant = heard[i];
      b.out[0][i] = s.blocked * gain;
      gain += b.params[level].step;
    }
  }

  static void flushState(State& s) noexcept {
    for (f32x4* v : {&s.before, &s.lost, &s.through1, &s.through2, &s.through3, &s.in1, &s.in2, &s.in3, &s.slideRe,
                     &s.slideIm, &s.constant, &s.blocked, &s.slide})
      *v = flush(*v);
    for (PinkFilter* p : {&s.pink, &s.pinkReturned}) p->flushState();
  }

 private:
  static bool differs(f32x4& made, f32x4 wanted) {
    const bool other = any(made != wanted);
    made = wanted;
    return other;
  }

  /// Fits the loop to the values at the segment's end when they changed.
  static void retune(State& s, const UnitBlock& b) {
    const f32x4 frames = splat((float)b.frames), one = splat(1.f);
    const auto last = [&](P p) { return b.params[p].value + b.params[p].step * frames; };
    const Ramp<f32x4>& pitch = b.voice->pitch;
    const f32x4 muted = last(mute), after = last(afterKey);
    f32x4 seconds = last(decay) * exp2(splat(-5.5f) * muted);
    seconds = select(~laneMask(s.held) & (after < splat(29.99f)), one / (one / seconds + one / after), seconds);
    bool changed = s.fresh != 0;
    changed |= differs(s.made.note, pitch.value + pitch.step * frames + last(tune) + last(fine) * splat(0.01f));
    changed |= differs(s.made.seconds, seconds);
    changed |= differs(s.made.damping, min(last(damping) + splat(0.4f) * muted, one));
    changed |= differs(s.made.stiffness, last(stiffness));
    if (!changed) return;
    const double sampleRate = b.voice->sampleRate;
    for (int l = 0; l < kLanes; l++) {
      if (!((b.voice->active | s.fresh) >> l & 1)) continue;
      const double hz =
          std::clamp(440. * std::exp2(((double)s.made.note[l] - 69.) / 12.), sampleRate / 4000., sampleRate / 10.5);
      // The allpasses may take what the shortest line leaves over.
      const double period = sampleRate / hz, room = std::max((period - 9.) * 0.5, 1.);
      const double free = 1. - (double)s.made.stiffness[l];
      const double stiff = std::min(0.85 * (1. - free * free), (room - 1.) / (room + 1.));
      float fraction = s.fraction[l];
      const LoopLoss h = fitLoop({hz, s.made.seconds[l], std::max((double)s.made.damping[l], 0.02), stiff}, sampleRate,
                                 fraction, s.fresh >> l & 1);
      s.fraction[l] = fraction;
      s.gain[l] = (float)h.gain;
      s.zero[l] = (float)h.zero;
      s.pole[l] = (float)h.pole;
      s.allpass[l] = (float)stiff;
      s.period[l] = (float)period;
      s.wantedFrames[l] = (float)std::clamp(h.delayFrames, 6., 4080.);
    }
    s.delayFrames = select(laneMask(s.fresh), s.wantedFrames, s.delayFrames);
  }

  /// Body and open strings; they are the same for all notes but for the size and, of the note, the tuning.
  static void rebody(State& s, const UnitBlock& b) {
    const float sampleRate = b.voice->sampleRate;
    const int kind = (int)b.params[body].value[0], tuning = (int)b.params[strings].value[0];
    const bool moved = differs(s.bodySize, b.params[bodySize].value) | (sampleRate != s.bodyRate);
    if (kind > 0 && (moved || kind != s.bodyKind)) {
      const f32x4 scale = splat(1.f / sampleRate) / s.bodySize;
      for (int k = 0; k < kBodyModes; k++) {
        const BodyMode& m = kBodies[(std::size_t)kind - 1].modes[(std::size_t)k];
        setResonance(s.body, k, splat(m.hz) * scale, splat(m.q > 0.f ? m.q : 1.f), splat(m.gain));
      }
    }
    s.bodyKind = kind;
    const bool follows = tuning == 2 && differs(s.openNote, s.made.note);
    if (sampleRate != s.bodyRate || tuning != s.tuning || follows || s.fresh) {
      static constexpr float kOpen[3][6] = {{40.f, 45.f, 50.f, 55.f, 59.f, 64.f},
                                            {28.f, 33.f, 38.f, 43.f, 48.f, 23.f},
                                            {-12.f, -5.f, 0.f, 7.f, 12.f, 19.f}};
      const f32x4 frames = splat(2.5f * sampleRate), in = splat(1.4f * 6.9077553f) / frames;
      for (int k = 0; k < kSympathetic; k++) {
        const f32x4 note = splat(kOpen[tuning][k % 6]) + (tuning == 2 ? s.made.note : splat(0.f));
        const float harmonic = (float)(k / 6 + 1);
        const f32x4 turns = splat(harmonic * 440.f / sampleRate) * exp2((note - splat(69.f)) * splat(1.f / 12.f));
        s.open.set(k, modeTurn(min(turns, splat(0.45f)), frames / splat(0.7f + 0.3f * harmonic)),
                   select(turns < splat(0.45f), in, splat(0.f)));
      }
    }
    s.tuning = tuning;
    s.bodyRate = sampleRate;
  }

  static void stroke(State& s, const UnitBlock& b) {
    const i32x4 fresh = laneMask(s.fresh);
    const Ramp<f32x4>* p = b.params;
    const f32x4 rate = splat(b.voice->sampleRate), one = splat(1.f);
    const f32x4 along = p[position].value, nearer = clamp(min(along, one - along), 0.02f, 0.5f);
    const f32x4 louder = (b.voice->velocity - splat(0.75f)) * p[dynamics].value * splat(3.f);
    const f32x4 seconds = splat(0.0035f) * exp2(splat(-5.2f) * p[hardness].value - louder);
    const f32x4 shortest = s.period * nearer;
    s.time = select(fresh, splat(0.f), s.time);
    s.back = select(fresh, max(shortest, splat(1.f)), s.back);
    s.edge = select(fresh, clamp(min(seconds * rate, s.period * splat(0.45f)), 1.5f, 4000.f), s.edge);
    // Root mean square of a string displaced over this share of its period; soft edges take some away.
    s.stroke = select(fresh, splat(0.3f) / sqrt(nearer * (one - nearer)), s.stroke);
    const f32x4 noisy = max(p[burst].value * rate, splat(8.f));
    s.noiseFrames = select(fresh, noisy, s.noiseFrames);
    const f32x4 gain = p[noise].value * min(splat(0.5f) * sqrt(s.period / noisy), splat(1.5f));
    s.noiseGain = select(fresh, gain, s.noiseGain);
    const i32x4 slides = unipolar(noteHash(b.voice->seed, 21)) < p[chance].value;
    s.slide = select(fresh, select(slides, p[scrape].value, splat(0.f)), s.slide);
    const f32x4 where = splat(2300.f) + splat(1800.f) * unipolar(noteHash(b.voice->seed, 22));
    const ModeTurn turn = modeTurn(where / rate, splat(0.006f) * rate);
    s.slideTurn.along = select(fresh, turn.along, s.slideTurn.along);
    s.slideTurn.across = select(fresh, turn.across, s.slideTurn.across);
    s.fresh = 0;
  }

  /// Edge of the pick: from 0 to 1 in `edge` frames, a raised cosine.
  static f32x4 rise(f32x4 time, f32x4 edge) {
    const f32x4 at = clamp(time / max(edge, splat(1.f)), 0.f, 1.f) - splat(0.5f);
    return splat(0.5f) + splat(0.5f) * sinPi(at);
  }

  /// What the pick does to the string in this frame: displaced from the pick to its return, and its noise twice.
  static f32x4 excite(State& s, bool isPink) {
    const f32x4 later = s.time - s.back;
    f32x4 x = s.stroke * (rise(s.time, s.edge) - rise(later, s.edge));
    f32x4 now = s.pick.next(), then = splat(0.f);
    const i32x4 returning = later >= splat(0.f);
    const u32x4 count = s.returned.count;
    then = (f32x4)((i32x4)s.returned.next() & returning);
    s.returned.count = (u32x4)select(returning, (f32x4)s.returned.count, (f32x4)count);
    if (isPink) {
      now = s.pink.next(now) * splat(1.65f);
      then = s.pinkReturned.next(then) * splat(1.65f);
    }
    const f32x4 fade = clamp((s.noiseFrames - s.time) * splat(0.125f), 0.f, 1.f);
    const f32x4 fadeThen = clamp((s.noiseFrames - later) * splat(0.125f), 0.f, 1.f);
    x += s.noiseGain * (now * fade - then * fadeThen);
    s.time += splat(1.f);
    return x;
  }

  static void vibrate(State& s, const UnitBlock& b, f32x4* heard) {
    const int n = b.frames;
    const f32x4 glide = (s.wantedFrames - s.delayFrames) * splat(1.f / (float)n);
    const bool gliding = any(glide != splat(0.f));
    f32x4 delay = s.delayFrames, weight[6];
    i32x4 whole = splatI(0);
    const auto aim = [&](f32x4 d) {
      const f32x4 m = floor(d);
      whole = toInt(m) + splatI(3);
      lagrange5(d - m, weight);
    };
    aim(delay);
    const f32x4 tap = s.period * b.params[pickup].value;
    const i32x4 picked = toInt(max(nearest(tap), splat(1.f)));
    const f32x4 reads = select(tap < splat(0.5f), splat(0.f), splat(1.f));
    const bool combs = any(reads > splat(0.f)), isPink = b.params[colour].value[0] >= 1.f;
    const f32x4 gain = s.gain, zero = s.zero, pole = s.pole, c = s.allpass, d = s.fraction;
    f32x4 last = s.before, lost = s.lost, in1 = s.in1, in2 = s.in2, in3 = s.in3, out1 = s.through1, out2 = s.through2,
          out3 = s.through3;
    for (int at = 0; at < n; at += 4) {
      const int count = n - at < 4 ? n - at : 4;
      if (gliding) aim(delay + glide * splat(2.f));
      const bool picking = any(s.time < max(s.noiseFrames, s.edge) + s.back + splat(2.f));
      f32x4 frame[4];
      for (int l = 0; l < kLanes; l++) frame[l] = s.ring.interpolate(l, (uint32_t)whole[l], weight);
      transpose(frame[0], frame[1], frame[2], frame[3]);
      for (int i = 0; i < count; i++) {
        lost = gain * (frame[i] + zero * last) + pole * lost;
        last = frame[i];
        out1 = in1 + c * (out1 - lost);
        in1 = lost;
        out2 = in2 + c * (out2 - out1);
        in2 = out1;
        out3 = in3 + d * (out3 - out2);
        in3 = out2;
        frame[i] = flush(picking ? out3 + excite(s, isPink) : out3);
        heard[at + i] = frame[i];
      }
      transpose(frame[0], frame[1], frame[2], frame[3]);
      f32x4 there[4];
      for (int l = 0; l < kLanes; l++) {
        s.ring.put(l, (v128_t)frame[l]);
        if (combs) there[l] = (f32x4)s.ring.read(l, (uint32_t)picked[l]);
      }
      if (combs) {
        transpose(there[0], there[1], there[2], there[3]);
        for (int i = 0; i < count; i++) heard[at + i] -= reads * there[i];
      }
      s.ring.advance(count);
      delay += glide * splat((float)count);
    }
    s.before = last;
    s.lost = lost;
    s.in1 = in1;
    s.in2 = in2;
    s.in3 = in3;
    s.through1 = out1;
    s.through2 = out2;
    s.through3 = out3;
    s.delayFrames = s.wantedFrames;
    s.time = min(s.time, splat((float)kNever));
  }

  /// Fingers on wound strings: noise in a band, over in a tenth of a second.
  static void slideNoise(State& s, const UnitBlock& b, f32x4* heard) {
    if (!any(s.slide > splat(1e-5f))) return;
    const float fade = 1.f - 6.9f / (0.14f * b.voice->sampleRate);
    for (int i = 0; i < b.frames; i++) {
      const f32x4 dx = s.slideTurn.along * s.slideRe - s.slideTurn.across * s.slideIm;
      const f32x4 dy = s.slideTurn.across * s.slideRe + s.slideTurn.along * s.slideIm;
      s.slideRe += dx + s.finger.next() * s.slide * splat(0.035f);
      s.slideIm += dy;
      heard[i] += s.slideIm;
      s.slide *= splat(fade);
    }
  }

  static void resonate(State& s, const UnitBlock& b, f32x4* heard) {
    const int n = b.frames;
    f32x4 even[kMicroBlock], odd[kMicroBlock];
    const Ramp<f32x4>&along = b.params[sympathy], &mix = b.params[bodyMix];
    const f32x4 still = splat(0.f);
    if (any(along.value > still) || along.moving) {
      for (int i = 0; i < n; i++) even[i] = odd[i] = still;
      s.open.ring(heard, even, odd, n, kSympathetic);
      f32x4 share = along.value;
      for (int i = 0; i < n; i++) {
        heard[i] += (even[i] + odd[i]) * share;
        share += along.step;
      }
    }
    if (s.bodyKind == 0 || !(any(mix.value > still) || mix.moving)) return;
    for (int i = 0; i < n; i++) even[i] = odd[i] = still;
    s.body.ring(heard, even, odd, n, kBodyModes);
    const f32x4 past = splat(kBodies[(std::size_t)s.bodyKind - 1].through);
    f32x4 share = mix.value;
    for (int i = 0; i < n; i++) {
      heard[i] += share * (even[i] + odd[i] + past * heard[i] - heard[i]);
      share += mix.step;
    }
  }
};

}  // namespace sl
