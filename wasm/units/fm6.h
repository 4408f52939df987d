// Six-operator FM unit (phase modulation) with the 32 classic algorithms. Audio thread.
#pragma once
#include <array>

#include "dsp/envelope.h"
#include "dsp/fm_algorithms.h"
#include "dsp/halfband.h"
#include "dsp/held_sine.h"
#include "dsp/oscillator.h"
#include "dsp/phase_modulation.h"

namespace sl {

/// Parameters of one operator of Fm6.
constexpr Param operatorShare(std::string_view id, std::string_view label, std::string_view doc, float init,
                              std::string_view group) {
  return {.id = id, .label = label, .doc = doc, .unit = Unit::fraction, .init = init, .group = group};
}
constexpr Param operatorTime(std::string_view id, std::string_view label, std::string_view doc, float init,
                             std::string_view group) {
  return {.id = id,
          .label = label,
          .doc = doc,
          .unit = Unit::seconds,
          .min = 0.f,
          .max = 20.f,
          .init = init,
          .smooth = Smooth::none,
          .group = group};
}

/// Every operator is sin(phase + what modulates it) times level, velocity, key scaling and its own envelope. A
/// modulator at 0 dB shifts phases by 4 pi radians, so side bands follow Bessel functions of 4 pi 10^(dB / 20).
/// Feedback is the mean of the last two values (this takes the hunting out of strong feedback) times feedback * pi
/// radians. Carriers share the level. Operators are computed one after the other over the whole segment; only the
/// feedback path goes frame by frame. Under load (governor level 2 and above) every sound is of vintage quality, faded.
/// Chowning 1973; averaged feedback and algorithms after the Yamaha DX7.
struct Fm6 {
  static constexpr float kSilentDb = -60.f, kTurnsAtFull = 2.f;
  enum P { tune, fine, level, algorithm, feedback, depth, follow, scatter, quality, firstOperator };
  enum OperatorP {
    ratio,
    detune,
    fixed,
    hertz,
    gain,
    velocity,
    keys,
    attackTime,
    decayTime,
    sustainLevel,
    releaseTime,
    perOperator
  };
  static constexpr int numParams = firstOperator + kFmOperators * perOperator;

  static constexpr std::array<Option, 32> algorithms{
      {{"1", "1"},   {"2", "2"},   {"3", "3"},   {"4", "4"},   {"5", "5"},   {"6", "6"},   {"7", "7"},   {"8", "8"},
       {"9", "9"},   {"10", "10"}, {"11", "11"}, {"12", "12"}, {"13", "13"}, {"14", "14"}, {"15", "15"}, {"16", "16"},
       {"17", "17"}, {"18", "18"}, {"19", "19"}, {"20", "20"}, {"21", "21"}, {"22", "22"}, {"23", "23"}, {"24", "24"},
       {"25", "25"}, {"26", "26"}, {"27", "27"}, {"28", "28"}, {"29", "29"}, {"30", "30"}, {"31", "31"}, {"32", "32"}}};
  static constexpr std::array<Option, 2> qualities{{{"clean", "Clean"}, {"vintage", "Vintage"}}};

  // The default is an electric piano: three pairs, the second one a bell-like tine.
  // clang-format off
#define SL_OPERATOR(n, RATIO, DETUNE, GAIN, VELOCITY, DECAY, SUSTAIN, RELEASE)                                         \
  Param{.id = "ratio" n, .label = "Ratio", .doc = "Frequency over the note's", .unit = Unit::ratio, .min = 0.0625f,    \
        .max = 32.f, .init = RATIO, .curve = Curve::log, .group = "Operator " n},                                      \
  Param{.id = "detune" n, .label = "Detune", .doc = "Fine tuning of this operator", .unit = Unit::cents,               \
        .min = -100.f, .max = 100.f, .init = DETUNE, .group = "Operator " n},                                          \
  Param{.id = "fixed" n, .label = "Fixed", .doc = "Runs at its own frequency whatever the note", .max = 1.f,           \
        .curve = Curve::toggle, .smooth = Smooth::none, .group = "Operator " n},                                       \
  Param{.id = "hertz" n, .label = "Fixed frequency", .doc = "Frequency when fixed", .unit = Unit::hertz, .min = 0.1f,  \
        .max = 16000.f, .init = 440.f, .curve = Curve::log, .group = "Operator " n},                                   \
  Param{.id = "gain" n, .label = "Level", .doc = "Loudness of a carrier, depth of a modulator (0 dB is 4 pi radians)", \
        .unit = Unit::decibels, .min = kSilentDb, .max = 0.f, .init = GAIN, .group = "Operator " n},                   \
  operatorShare("velocity" n, "Velocity", "How much a soft note lowers this operator", VELOCITY, "Operator " n),            \
  Param{.id = "keys" n, .label = "Key scaling", .doc = "Decibels per octave above middle C",                           \
        .unit = Unit::decibels, .min = -12.f, .max = 12.f, .init = 0.f, .smooth = Smooth::none,                        \
        .group = "Operator " n},                                                                                       \
  operatorTime("attack" n, "Attack", "Rise to full level; 0 is played as 0.5 ms", 0.f, "Operator " n),                         \
  operatorTime("decay" n, "Decay", "Fall to the sustain level", DECAY, "Operator " n),                                         \
  operatorShare("sustain" n, "Sustain", "Level while the key is held", SUSTAIN, "Operator " n),                             \
  operatorTime("release" n, "Release", "Fall to silence after the key is let go", RELEASE, "Operator " n)
  // clang-format on
  static constexpr std::array<Param, numParams> params{{
      kTuneParam,
      kFineParam,
      kLevelParam,
      {.id = "algorithm",
       .label = "Algorithm",
       .doc = "Which operators are heard and which modulate others (numbers as on the DX7)",
       .init = 4.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = algorithms},
      {.id = "feedback",
       .label = "Feedback",
       .doc = "How much the algorithm's feedback operator modulates itself",
       .unit = Unit::fraction,
       .init = 0.15f},
      {.id = "depth",
       .label = "Brightness",
       .doc = "Scales the depth of all modulators",
       .unit = Unit::ratio,
       .min = 0.f,
       .max = 2.f,
       .init = 1.f},
      {.id = "follow",
       .label = "Rate scaling",
       .doc = "How much faster the envelopes of higher notes run; 100 % halves all times per octave",
       .unit = Unit::fraction,
       .init = 0.2f,
       .smooth = Smooth::none},
      kScatterParam,
      {.id = "quality",
       .label = "Quality",
       .doc = "Clean runs at twice the sample rate; vintage folds back like the old hardware and costs half",
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = qualities},
      SL_OPERATOR("1", 1.f, 0.f, 0.f, 0.3f, 4.f, 0.f, 0.25f),
      SL_OPERATOR("2", 14.f, 0.f, -24.f, 0.8f, 0.7f, 0.f, 0.3f),
      SL_OPERATOR("3", 1.f, 2.f, 0.f, 0.3f, 4.f, 0.f, 0.25f),
      SL_OPERATOR("4", 1.f, 0.f, -17.f, 0.6f, 2.5f, 0.1f, 0.3f),
      SL_OPERATOR("5", 1.f, -3.f, -2.f, 0.3f, 3.f, 0.f, 0.25f),
      SL_OPERATOR("6", 1.f, 4.f, -20.f, 0.6f, 2.f, 0.1f, 0.3f),
  }};
#undef SL_OPERATOR
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "fm6",
                             .label = "FM six",
                             .doc = "Six operators that modulate each other's phase, each with its own envelope",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 2400.f};

  /// What a routing remembers: two of them while one fades into another.
  struct Path {
    f32x4 last, before;  ///< The feedback's last two values.
    Downsampler down;
    int8_t algorithm, quality;
  };
  struct State {
    u32x4 phase[kFmOperators];
    Envelope envelope[kFmOperators];
    Path now, old;
    uint32_t fresh;
    int32_t fade;  ///< Frames left of a change of routing.
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    s.fresh |= lanes & ~voice.legato;
    for (Envelope& e : s.envelope) e.start(lanes, voice.legato);
  }
  static void release(State& s, const VoiceBlock&, uint32_t lanes) noexcept {
    for (Envelope& e : s.envelope) e.letGo(lanes);
  }
  /// A note is over when all carriers are.
  static uint32_t finished(const State& s) noexcept {
    uint32_t lanes = 15;
    for (int op = 0; op < kFmOperators; op++)
      if (kFmAlgorithms[(std::size_t)s.now.algorithm].carriers >> op & 1) lanes &= s.envelope[op].finished();
    return lanes;
  }
  static void flushState(State& s) noexcept {
    s.now.down.flushState();
    s.old.down.flushState();
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const int wanted = (int)p[algorithm].value[0];
    const int wantedQuality = governed(b.voice->level).cleanFm ? (int)p[quality].value[0] : 1;
    begin(s, b, wanted, wantedQuality);
    Segment segment;
    prepare(s, b, segment);
    f32x4* out = b.out[0];
    render(s, s.now, segment, b, out);
    if (s.fade > 0) {
      f32x4 other[kMicroBlock];
      render(s, s.old, segment, b, other);
      for (int i = 0; i < n; i++) {
        const int left = s.fade - i;
        out[i] += (other[i] - out[i]) * splat(left > 0 ? (float)left * (1.f / kMicroBlock) : 0.f);
      }
      s.fade = s.fade > n ? s.fade - n : 0;
    }
    const uint32_t frames = (uint32_t)n;
    for (int op = 0; op < kFmOperators; op++)
      s.phase[op] += segment.increment[op] * splatU(frames) + segment.step[op] * splatU(frames * (frames - 1) / 2);
    f32x4 g = p[level].value;
    for (int i = 0; i < n; i++) {
      out[i] *= g;
      g += p[level].step;
    }
  }

 private:
  /// What all routings share over a segment.
  struct Segment {
    u32x4 increment[kFmOperators], step[kFmOperators];
    f32x4 amplitude[kFmOperators][kMicroBlock];
    uint32_t sounding;  ///< Bit per operator that is not silent throughout.
  };

  static void begin(State& s, const UnitBlock& b, int wanted, int wantedQuality) {
    if (!(b.voice->active & ~s.fresh)) {
      s.fade = 0;  // nobody hears a step
      s.now.algorithm = (int8_t)wanted, s.now.quality = (int8_t)wantedQuality;
    } else if (s.fade == 0 && (wanted != s.now.algorithm || wantedQuality != s.now.quality)) {
      s.old = s.now;
      s.now.algorithm = (int8_t)wanted, s.now.quality = (int8_t)wantedQuality;
      s.fade = kMicroBlock;
    }
    if (!s.fresh) return;
    const i32x4 fresh = laneMask(s.fresh);
    for (int op = 0; op < kFmOperators; op++) {
      const u32x4 from = startPhase(*b.voice, splat(0.f), b.params[scatter].value, 64 + (uint32_t)op);
      s.phase[op] = (u32x4)select(fresh, (f32x4)from, (f32x4)s.phase[op]);
    }
    s.now.last = (f32x4)((i32x4)s.now.last & ~fresh);
    s.now.before = (f32x4)((i32x4)s.now.before & ~fresh);
    s.now.down.clear(fresh);
    s.fresh = 0;
  }

  static void prepare(State& s, const UnitBlock& b, Segment& g) {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const float sampleRate = b.voice->sampleRate;
    const PhaseRamp base = phaseRamp(*b.voice, p[tune], p[fine], n);
    const f32x4 octaves = (b.voice->pitch.value - splat(60.f)) * splat(1.f / 12.f);
    const f32x4 pace = exp2(-p[follow].value * octaves), zero = splat(0.f);
    g.sounding = 0;
    for (int op = 0; op < kFmOperators; op++) {
      const Ramp<f32x4>* o = p + firstOperator + op * perOperator;
      if (o[fixed].value[0] >= 0.5f) {
        const f32x4 perHertz = splat(4294967296.f / sampleRate);
        g.increment[op] = toUint(min(o[hertz].value * perHertz, splat(kTopIncrement)));
        g.step[op] = (u32x4)toInt(o[hertz].step * perHertz);
      } else {
        const f32x4 perCent = splat(1.f / 1200.f), count = splat((float)n);
        Ramp<f32x4> by{o[ratio].value * exp2(o[detune].value * perCent), zero, o[ratio].moving || o[detune].moving};
        if (by.moving) {
          const f32x4 last = o[detune].value + o[detune].step * count;
          by.step = ((o[ratio].value + o[ratio].step * count) * exp2(last * perCent) - by.value) / count;
        }
        g.increment[op] = scaledIncrement(base, by, n, g.step[op]);
      }
      const EnvelopeTimes times{zero,
                                o[attackTime].value * pace,
                                zero,
                                o[decayTime].value * pace,
                                o[sustainLevel].value + o[sustainLevel].step * splat((float)n),
                                o[releaseTime].value * pace};
      f32x4* a = g.amplitude[op];
      s.envelope[op].process(times, EnvelopeCurve::exponential, sampleRate, a, n);
      const f32x4 scale = (splat(1.f) - o[velocity].value * (splat(1.f) - b.voice->velocity)) *
                          min(decibelsToGain(o[keys].value * octaves), splat(4.f));
      f32x4 at = amplitudeOf(o[gain].value) * scale, step = zero;
      if (o[gain].moving)
        step = (amplitudeOf(o[gain].value + o[gain].step * splat((float)n)) * scale - at) / splat((float)n);
      if (any((at != zero) | (step != zero))) g.sounding |= 1u << op;
      for (int i = 0; i < n; i++) {
        a[i] *= at;
        at += step;
      }
    }
  }

  static f32x4 amplitudeOf(f32x4 db) { return (f32x4)((i32x4)decibelsToGain(db) & (db > splat(kSilentDb))); }

  static void render(const State& s, Path& path, const Segment& g, const UnitBlock& b, f32x4* out) {
    if (path.quality == 0)
      run<2>(s, path, g, b, out);
    else
      run<1>(s, path, g, b, out);
  }

  template <int kFactor>
  static void run(const State& s, Path& path, const Segment& g, const UnitBlock& b, f32x4* out) {
    const FmAlgorithm& a = kFmAlgorithms[(std::size_t)path.algorithm];
    const int n = b.frames;
    const Ramp<f32x4>& back = b.params[feedback];
    const bool loops = (g.sounding >> a.feedbackTo & 1) && (back.moving || any(back.value != splat(0.f)));
    f32x4 y[kFmOperators][kFactor * kMicroBlock], sum[kFactor * kMicroBlock];
    for (int i = 0; i < kFactor * n; i++) sum[i] = splat(0.f);
    for (int op = kFmOperators - 1; op >= 0; op--) {
      if (loops && op == a.feedbackTo) looped<kFactor>(s, path, a, g, b, y);
      const bool ready = loops && op >= a.feedbackFrom && op <= a.feedbackTo;
      if (!(g.sounding >> op & 1)) continue;
      if (!ready) plain<kFactor>(s.phase[op], g, op, a.modulators[(std::size_t)op] & g.sounding, b, y);
      if (!(a.carriers >> op & 1)) continue;
      for (int i = 0; i < kFactor * n; i++) sum[i] += y[op][i];
    }
    const f32x4 share = splat(1.f / (float)__builtin_popcount(a.carriers));
    if constexpr (kFactor == 2)
      path.down.run(sum, share, splat(0.f), out, n);
    else
      for (int i = 0; i < n; i++) out[i] = sum[i] * share;
  }

  /// One operator over the segment, modulated by those of `modulators`.
  template <int kFactor>
  static void plain(u32x4 phase, const Segment& g, int op, uint32_t modulators, const UnitBlock& b,
                    f32x4 (*y)[kFactor * kMicroBlock]) {
    u32x4 increment = g.increment[op];
    const u32x4 step = g.step[op];
    const f32x4 *first = nullptr, *a = g.amplitude[op];
    f32x4 shift[kFactor * kMicroBlock];
    for (int m = op + 1; m < kFmOperators; m++) {
      if (!(modulators >> m & 1)) continue;
      if (!first) {
        first = y[m];
        continue;
      }
      for (int i = 0; i < kFactor * b.frames; i++) shift[i] = first[i] + y[m][i];
      first = shift;
    }
    f32x4 reach = b.params[depth].value * splat(kTurnsAtFull);
    const f32x4 reachStep = b.params[depth].step * splat(kTurnsAtFull);
    const HeldSine sine;
    phase -= splatU(HeldSine::kQuarter);
    const auto loop = [&](auto value) {
      for (int i = 0; i < b.frames; i++) {
        for (int k = i * kFactor; k < (i + 1) * kFactor; k++) {
          y[op][k] = value(k) * a[i];
          phase += kFactor == 2 ? increment >> 1 : increment;
        }
        increment += step;
        reach += reachStep;
      }
    };
    if (first)
      loop([&](int k) { return sine.ofTurns(sine.turns(phase) + first[k] * reach); });
    else
      loop([&](int) { return sine.ofPhase(phase); });
  }

  /// The chain that the feedback runs through, frame by frame.
  template <int kFactor>
  static void looped(const State& s, Path& path, const FmAlgorithm& a, const Segment& g, const UnitBlock& b,
                     f32x4 (*y)[kFactor * kMicroBlock]) {
    const Ramp<f32x4>&back = b.params[feedback], &by = b.params[depth];
    const HeldSine sine;
    f32x4 last = path.last, before = path.before;
    for (int i = 0; i < b.frames; i++) {
      const f32x4 at = splat((float)i), share = (back.value + back.step * at) * splat(0.25f);
      const f32x4 reach = (by.value + by.step * at) * splat(kTurnsAtFull);
      for (int half = 0; half < kFactor; half++) {
        f32x4 shift = (last + before) * share, value = splat(0.f);
        for (int op = a.feedbackTo; op >= a.feedbackFrom; op--) {
          const uint32_t frame = (uint32_t)i;
          const u32x4 increment = g.increment[op] + g.step[op] * splatU(frame);
          u32x4 phase = s.phase[op] + g.increment[op] * splatU(frame);
          if (i > 1) phase += g.step[op] * splatU(frame * (frame - 1) / 2);
          if (half) phase += increment >> 1;
          value = sine.ofTurns(sine.turns(phase - splatU(HeldSine::kQuarter)) + shift) * g.amplitude[op][i];
          y[op][i * kFactor + half] = value;
          shift = value * reach;
        }
        before = last;
        last = value;
      }
    }
    path.last = last;
    path.before = before;
  }
};

}  // namespace sl
