// Struck body unit: a bank of modes with a mallet, or played by what is patched in. Audio thread.
#pragma once
#include <array>

#include "dsp/mode_bank.h"
#include "dsp/mode_tables.h"
#include "dsp/noise.h"
#include "dsp/oscillator.h"
#include "dsp/stereo_ports.h"

namespace sl {

/// Modal synthesis (Mathews and Smith 2003; van den Doel and Pai 1998). A mode at `r` times the note has a T60 of
/// decay * r^(-2 damping). The mallet presses for 8 ms (soft) to 0.15 ms (hard), shorter on a harder stroke. Without
/// mallet (`strike` 0) it rings to its input alone.
struct Modal {
  enum P {
    tune,
    fine,
    level,
    body,
    count,
    decay,
    damping,
    tracking,
    brightness,
    stretch,
    position,
    strike,
    hardness,
    dynamics,
    noise,
    input,
    afterKey,
    spread,
    numParams
  };
  static constexpr std::array<Option, 9> bodies{{{"bell", "Bell"},
                                                 {"marimba", "Marimba bar"},
                                                 {"xylophone", "Xylophone bar"},
                                                 {"glass", "Glass"},
                                                 {"plate", "Plate"},
                                                 {"membrane", "Drum membrane"},
                                                 {"tubular", "Tubular bell"},
                                                 {"gong", "Gong"},
                                                 {"harmonic", "Harmonic"}}};
  static constexpr std::array<Param, numParams> params{{
      kTuneParam,
      kFineParam,
      kLevelParam,
      {.id = "body",
       .label = "Body",
       .doc = "What is struck: where its modes lie",
       .init = 1,
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = bodies},
      {.id = "modes",
       .label = "Modes",
       .doc = "How many modes ring",
       .unit = Unit::count,
       .min = 1.f,
       .max = 128.f,
       .init = 32.f,
       .smooth = Smooth::none},
      {.id = "decay",
       .label = "Decay",
       .doc = "Time for the note itself to fall by 60 dB, at middle C",
       .unit = Unit::seconds,
       .min = 0.03f,
       .max = 30.f,
       .init = 2.f,
       .curve = Curve::log},
      {.id = "damping",
       .label = "Damping",
       .doc = "How much sooner high modes fall silent: low is metal and glass, high is wood and skin",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.35f},
      {.id = "tracking",
       .label = "Decay tracking",
       .doc = "How much shorter high notes ring; at full, half as long with each octave",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.4f},
      {.id = "brightness",
       .label = "Brightness",
       .doc = "Weight of the high modes; 50 % is the body's own",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f},
      {.id = "stretch",
       .label = "Inharmonicity",
       .doc = "Moves the modes apart or together",
       .unit = Unit::fraction,
       .min = -0.5f,
       .max = 0.5f,
       .init = 0.f},
      {.id = "position",
       .label = "Position",
       .doc = "Where it is struck, from the edge to the middle: modes that stand still there do not sound",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.45f},
      {.id = "strike",
       .label = "Strike",
       .doc = "Force of the mallet; 0 leaves the body to the audio patched in",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f,
       .smooth = Smooth::none,
       .group = "Mallet"},
      {.id = "hardness",
       .label = "Hardness",
       .doc = "Of the mallet: from felt to steel",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f,
       .smooth = Smooth::none,
       .group = "Mallet"},
      {.id = "dynamics",
       .label = "Dynamics",
       .doc = "How much brighter a hard stroke is",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f,
       .smooth = Smooth::none,
       .group = "Mallet"},
      {.id = "noise",
       .label = "Noise",
       .doc = "Roughness of the mallet",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.1f,
       .smooth = Smooth::none,
       .group = "Mallet"},
      {.id = "input",
       .label = "Input",
       .doc = "How strongly the audio patched in plays the body",
       .unit = Unit::decibels,
       .min = -60.f,
       .max = 24.f,
       .init = 0.f},
      {.id = "release",
       .label = "Release",
       .doc = "Time for a damped note to fall by 60 dB after the key; at the end of the range it rings on",
       .unit = Unit::seconds,
       .min = 0.02f,
       .max = 30.f,
       .init = 30.f,
       .curve = Curve::log},
      {.id = "spread",
       .label = "Spread",
       .doc = "Modes go alternately left and right",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.3f},
  }};
  static constexpr std::array<Port, 1> inputs{{{.id = "in", .doc = "Audio that plays the body"}}};
  static constexpr std::array<Port, 2> outputs{{kAudioOut, kRightOut}};
  static constexpr Spec spec{.id = "modal",
                             .label = "Struck body",
                             .doc = "Bells, bars, glass, plates, drums and gongs from their ringing modes",
                             .category = "oscillator",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 800.f};

  /// What the modes were made of.
  struct Recipe {
    f32x4 note, decaySeconds, damping, brightness, stretch, position;
    int body, count;
  };
  struct State {
    ModeBank<kMaxModes> bank;
    Recipe made;
    WhiteNoise grain;
    f32x4 contact, contactStep, push;  ///< Time in contact 0..1, its step, force.
    uint32_t fresh, held;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    s.held |= lanes;
    lanes &= ~voice.legato;
    const i32x4 mask = laneMask(lanes);
    s.bank.clear(mask);
    s.grain.start(voice.seed, 11, mask);
    s.fresh |= lanes;
  }
  static void release(State& s, const VoiceBlock&, uint32_t lanes) noexcept { s.held &= ~lanes; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const int modes = prepare(s, b);
    f32x4 force[kMicroBlock], even[kMicroBlock], odd[kMicroBlock];
    for (int i = 0; i < n; i++) even[i] = odd[i] = splat(0.f);
    const bool pushed = excite(s, b, force);
    s.bank.ring(pushed ? force : nullptr, even, odd, n, (modes + 3) & ~3);
    const Ramp<f32x4>& wide = b.params[spread];
    f32x4 gain = b.params[level].value, far = wide.value;
    for (int i = 0; i < n; i++) {
      const f32x4 sum = even[i] + odd[i], difference = (even[i] - odd[i]) * far;
      b.out[0][i] = (sum + difference) * gain;
      b.out[1][i] = (sum - difference) * gain;
      gain += b.params[level].step;
      far += wide.step;
    }
  }

 private:
  static bool differs(f32x4& made, f32x4 wanted) {
    const bool other = any(made != wanted);
    made = wanted;
    return other;
  }

  /// Makes the modes anew when what they are made of changed, as of the middle of the segment; returns their number.
  static int prepare(State& s, const UnitBlock& b) {
    const f32x4 half = splat(0.5f * (float)b.frames), one = splat(1.f);
    const auto middle = [&](P p) { return b.params[p].value + b.params[p].step * half; };
    const Ramp<f32x4>& pitch = b.voice->pitch;
    const f32x4 note = pitch.value + pitch.step * half + middle(tune) + middle(fine) * splat(0.01f);
    const f32x4 shorter = middle(tracking) * (note - splat(60.f)) * splat(1.f / 12.f);
    f32x4 seconds = middle(decay) * exp2(-shorter);
    const f32x4 damped = middle(afterKey);
    const i32x4 up = ~laneMask(s.held) & (damped < splat(29.99f));
    seconds = select(up, one / (one / seconds + one / damped), seconds);
    const int modes = (int)b.params[count].value[0], kind = (int)b.params[body].value[0];
    bool changed = s.fresh != 0 || modes != s.made.count || kind != s.made.body;
    changed |= differs(s.made.note, note);
    changed |= differs(s.made.decaySeconds, seconds);
    changed |= differs(s.made.damping, middle(damping));
    changed |= differs(s.made.brightness, middle(brightness));
    changed |= differs(s.made.stretch, middle(stretch));
    changed |= differs(s.made.position, middle(position));
    s.made.count = modes;
    s.made.body = kind;
    if (changed) tuneModes(s, b.voice->sampleRate);
    if (s.fresh) strikeMallet(s, b);
    return modes;
  }

  static void tuneModes(State& s, float sampleRate) {
    const Recipe& m = s.made;
    const ModeTable& table = kModeTables[(std::size_t)m.body];
    const f32x4 base = splat(440.f / sampleRate) * exp2((m.note - splat(69.f)) * splat(1.f / 12.f));
    const f32x4 frames = m.decaySeconds * splat(sampleRate);
    const f32x4 weight = (m.brightness - splat(0.5f)) * splat(3.f) - splat(table.tilt);
    // From the edge (0) to the middle (1): half a wave of the first mode's shape.
    const f32x4 place = splat(0.06f) + splat(0.44f) * m.position;
    f32x4 power = splat(1e-9f);
    const int padded = (m.count + 3) & ~3;
    for (int k = 0; k < padded; k++) {
      const f32x4 octaves = splat(table.octaves[(std::size_t)k]) * (splat(1.f) + m.stretch);
      const f32x4 turns = base * exp2(octaves);
      const f32x4 lasting = frames * exp2(splat(-2.f) * m.damping * max(octaves, splat(-1.f)));
      const f32x4 wave = place * exp2(octaves * splat(0.5f));  // the shape's waves grow with the root of the frequency
      f32x4 gain = exp2(weight * octaves) * sinPi(wave - nearest(wave));
      const i32x4 audible = (turns < splat(0.46f)) & (k < m.count ? splatI(-1) : splatI(0));
      gain = select(audible, gain, splat(0.f));
      power += gain * gain;
      ModeTurn turn = modeTurn(min(turns, splat(0.46f)), max(lasting, splat(256.f)));
      turn.along = select(audible, turn.along, splat(-1.f));
      turn.across = select(audible, turn.across, splat(0.f));
      s.bank.set(k, turn, gain);
    }
    const f32x4 even = splat(0.4f) / sqrt(power);
    for (int k = 0; k < padded; k++) s.bank.gain[k] *= even;
  }

  /// Contact time by hardness and velocity; its force is such that the note is as loud by any mallet.
  static void strikeMallet(State& s, const UnitBlock& b) {
    const i32x4 fresh = laneMask(s.fresh);
    const float sampleRate = b.voice->sampleRate;
    const f32x4 louder = (b.voice->velocity - splat(0.75f)) * b.params[dynamics].value * splat(3.f);
    const f32x4 hard = b.params[hardness].value;
    const f32x4 seconds = splat(0.008f) * exp2(splat(-5.7f) * hard - louder);
    const f32x4 hz = splat(440.f) * exp2((s.made.note - splat(69.f)) * splat(1.f / 12.f));
    // A light body throws the mallet back sooner: never longer than 1.3 of its periods.
    const f32x4 frames = max(min(seconds, splat(1.3f) / hz) * splat(sampleRate), splat(2.f));
    const f32x4 cycles = frames * hz * splat(1.f / sampleRate);
    // Spectrum of the raised cosine at the note: sinc(x) / (1 - x^2).
    const f32x4 x = max(abs(cycles), splat(1e-3f));
    const f32x4 half = x * splat(0.5f), turned = splat(2.f) * sinPi(clamp(half, 0.f, 0.5f)) * cosHalf(half);
    const f32x4 off = splat(1.f) - x * x;
    const f32x4 heard = abs(select(abs(off) < splat(0.02f), splat(0.5f), turned / (splat(kPi) * x * off)));
    s.contact = select(fresh, splat(0.f), s.contact);
    s.contactStep = select(fresh, splat(1.f) / frames, s.contactStep);
    s.push = select(fresh, b.params[strike].value * splat(2.f) / (frames * max(heard, splat(0.2f))), s.push);
    s.fresh = 0;
  }
  /// cos(pi x) for 0 <= x <= 0.65
  static f32x4 cosHalf(f32x4 x) { return sinPi(max(splat(0.5f) - x, splat(-0.5f))); }

  /// Force on the body for each frame; false: none.
  static bool excite(State& s, const UnitBlock& b, f32x4* force) {
    const f32x4 one = splat(1.f);
    const bool touching = any((s.contact < one) & (s.push > splat(0.f)));
    const f32x4* in = b.in[0];
    if (!touching && !in) return false;
    const Ramp<f32x4>& in0 = b.params[input];
    f32x4 through = decibelsToGain(in0.value) * splat(0.1f);
    const f32x4 throughEnd = decibelsToGain(in0.value + in0.step * splat((float)b.frames)) * splat(0.1f);
    const f32x4 throughStep = (throughEnd - through) * splat(1.f / (float)b.frames);
    const f32x4 rough = b.params[noise].value * splat(3.f);
    for (int i = 0; i < b.frames; i++) {
      f32x4 f = splat(0.f);
      if (touching) {
        const f32x4 at = min(s.contact, one), up = sinPi(at - splat(0.5f)), press = (one - up * up) * s.push;
        f = press * (one + rough * s.grain.next());
        s.contact = s.contact + s.contactStep;
      }
      if (in) f += in[i] * through;
      through += throughStep;
      force[i] = f;
    }
    s.contact = min(s.contact, splat(2.f));
    return true;
  }
};

}  // namespace sl
