// Low-frequency oscillator unit. Audio thread.
#pragma once
#include <array>

#include "dsp/held_sine.h"
#include "dsp/lane_clock.h"
#include "dsp/oscillator.h"

namespace sl {

/// The phase is kept in double precision per lane, so an LFO never drifts from its rate. Steps of saw, square and
/// random are ramps of kEdgeSeconds, so that they do not click. `delay` holds it at 0 after note start, `fade` lets it
/// grow after that; the phase runs from note start. With a note length cycles begin where the song has them, to the
/// frame; phase and scatter shift them, and the random shapes draw by the number of the cycle in the song. A change of
/// that length glides over kSlipSeconds.
struct Lfo {
  static constexpr float kEdgeSeconds = 0.001f, kSlipSeconds = 0.01f;
  enum P { shape, rate, phase, delay, fade, scatter, sync, numParams };
  enum Shape : int { sine, triangle, saw, square, random, wander };
  static constexpr std::array<Option, 6> shapes{{{"sine", "Sine"},
                                                 {"triangle", "Triangle"},
                                                 {"saw", "Saw"},
                                                 {"square", "Square"},
                                                 {"random", "Random steps"},
                                                 {"wander", "Random glide"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "shape",
       .label = "Shape",
       .doc = "Course of one cycle",
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = shapes},
      {.id = "rate",
       .label = "Rate",
       .doc = "Cycles per second",
       .unit = Unit::hertz,
       .min = 0.01f,
       .max = 40.f,
       .init = 5.f,
       .curve = Curve::log},
      {.id = "phase",
       .label = "Phase",
       .doc = "Phase at note start",
       .unit = Unit::degrees,
       .min = 0.f,
       .max = 360.f,
       .init = 0.f,
       .smooth = Smooth::none},
      {.id = "delay",
       .label = "Delay",
       .doc = "Time before it begins to act",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = 10.f,
       .init = 0.f,
       .smooth = Smooth::none},
      {.id = "fade",
       .label = "Fade-in",
       .doc = "Time to grow to full depth",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = 10.f,
       .init = 0.f,
       .smooth = Smooth::none},
      kScatterParam,
      syncParam("Length of a cycle in the song's time instead of the rate; its phase is then the song's"),
  }};
  static constexpr std::array<Port, 1> outputs{{{.id = "out", .doc = "Value -1..1"}}};
  static constexpr Spec spec{.id = "lfo",
                             .label = "LFO",
                             .doc = "Slow movement for modulation",
                             .category = "modulation",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 110.f};

  struct State {
    double turns[kLanes];  ///< 0..1 at the frame that comes next.
    u32x4 cycle;           ///< Whole cycles since note start: the counter of the random shapes.
    i32x4 age;             ///< Frames since note start, held at 2^30.
    uint32_t fresh;
    float sync;      ///< Option that the phase follows.
    f32x4 slip;      ///< What a change of it left, at `slipLeft` = 1.
    float slipLeft;  ///< 1..0
    f32x4 last;      ///< Value before that of the frame that comes next.
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const float sampleRate = b.voice->sampleRate;
    if (s.fresh) {
      const f32x4 turns = p[phase].value * splat(1.f / 360.f) + p[scatter].value * unipolar(noteHash(b.voice->seed, 5));
      const f32x4 wrapped = turns - floor(turns);
      const i32x4 fresh = laneMask(s.fresh);
      for (int i = 0; i < kLanes; i++)
        if (s.fresh >> i & 1) s.turns[i] = (double)wrapped[i];
      s.cycle = (u32x4)((i32x4)s.cycle & ~fresh);
      s.age = s.age & ~fresh;
    }
    const f32x4 anew = (f32x4)laneMask(s.fresh);
    s.fresh = 0;
    Ramp<f32x4> hertz = p[rate];
    const double beats = syncedBeats(p[sync].value[0]);
    if (beats > 0.) {
      hertz = {splat(syncedHertz(p[sync].value[0], b.voice->song.bpm, 1.f)), splat(0.f)};
      const f32x4 shift = p[phase].value * splat(1.f / 360.f) + p[scatter].value * unipolar(noteHash(b.voice->seed, 5));
      for (int i = 0; i < kLanes; i++) {
        const double cycles = b.voice->song.beat / beats + (double)shift[i], whole = __builtin_floor(cycles);
        s.turns[i] = cycles - whole;
        s.cycle[i] = (uint32_t)(int64_t)whole;
      }
    }
    u32x4 turn = phaseOf(s.turns);
    const f32x4 perHertz = splat(kTurn / sampleRate);
    u32x4 increment = toUint(hertz.value * perHertz);
    const u32x4 growth = (u32x4)toInt(hertz.step * perHertz);
    f32x4* out = b.out[0];
    const auto loop = [&](auto law) {
      for (int i = 0; i < n; i++) {
        out[i] = law(turn);
        turn += increment;
        increment += growth;
      }
    };
    u32x4 cycle = s.cycle;
    const auto randomLoop = [&](auto law) {
      loop([&](u32x4 now) {
        const f32x4 y = law(toFloat((i32x4)(now >> 8)) * splat(1.f / 16777216.f), cycle);
        cycle -= (u32x4)(now + increment < now);
        return y;
      });
    };
    const f32x4 one = splat(1.f);
    switch ((int)p[shape].value[0]) {
      case triangle:
      case saw:
      case square:
        steadily((int)p[shape].value[0], hertz.value, loop);
        break;
      case random: {
        const u32x4 key = noteHash(b.voice->seed, 6);
        const f32x4 perEdge = one / edgeOf(hertz.value);
        randomLoop([&](f32x4 t, u32x4 at) {
          const f32x4 from = draw(key, at - splatU(1)), to = draw(key, at);
          return from + (to - from) * min(t * perEdge, one);
        });
        break;
      }
      case wander: {
        const u32x4 key = noteHash(b.voice->seed, 6);
        randomLoop([&](f32x4 t, u32x4 at) {
          const f32x4 from = draw(key, at), to = draw(key, at + splatU(1));
          return from + (to - from) * (t * t * (splat(3.f) - splat(2.f) * t));
        });
        break;
      }
      default: {
        const HeldSine wave;
        turn -= splatU(HeldSine::kQuarter);
        loop([&](u32x4 early) { return wave.ofPhase(early); });
      }
    }
    if (any((p[delay].value > splat(0.f)) | (p[fade].value > splat(0.f)))) {
      const f32x4 wait = p[delay].value * splat(sampleRate);
      const f32x4 rise = one / max(p[fade].value * splat(sampleRate), splat(1e-3f));
      f32x4 age = toFloat(s.age);
      if (!all((age - wait) * rise >= one))
        for (int i = 0; i < n; i++) {
          out[i] *= clamp((age - wait) * rise, 0.f, 1.f);
          age += one;
        }
    }
    slide(s, p[sync].value[0], (i32x4)anew, b.voice->sampleRate, out, n);
    goOn(s, hertz, n, sampleRate);
    s.age = s.age + splatI(n);
    s.age = (i32x4)wasm_i32x4_min((v128_t)s.age, (v128_t)splatI(1 << 30));
  }

  static bool processLone(State& s, const UnitBlock& b, int lane) noexcept {
    const Ramp<f32x4>* p = b.params;
    const int wave = (int)p[shape].value[0];
    if (s.fresh || p[sync].value[0] != s.sync || s.slipLeft > 0.f || wave == random || wave == wander) return false;
    constexpr int n = kMicroBlock;
    const float sampleRate = b.voice->sampleRate;
    float hertz = laneOf(p[rate].value, lane), hertzStep = laneOf(p[rate].step, lane);
    const double beats = syncedBeats(s.sync);
    if (beats > 0.) {
      hertz = syncedHertz(s.sync, b.voice->song.bpm, 1.f), hertzStep = 0.f;
      const f32x4 shift = p[phase].value * splat(1.f / 360.f) + p[scatter].value * unipolar(noteHash(b.voice->seed, 5));
      const double cycles = b.voice->song.beat / beats + (double)shift[lane], whole = __builtin_floor(cycles);
      s.turns[lane] = cycles - whole;
      s.cycle[lane] = (uint32_t)(int64_t)whole;
    }
    const f32x4 perHertz = splat(kTurn / sampleRate);
    const uint32_t increment = toUint(splat(hertz) * perHertz)[0];
    const int32_t growth = toInt(splat(hertzStep) * perHertz)[0];
    f32x4* out = b.out[0];
    steadily(wave, splat(hertz), [&](auto law) {
      readLonePhase((uint32_t)(s.turns[lane] * (double)kTurn), increment, growth,
                    [&](int i, u32x4 at) { out[i] = law(at); });
    });
    const float wait = laneOf(p[delay].value, lane) * sampleRate, grows = laneOf(p[fade].value, lane) * sampleRate;
    if (wait > 0.f || grows > 0.f) {
      const f32x4 rise = splat(1.f) / max(splat(grows), splat(1e-3f));
      f32x4 age = fourFrom((float)s.age[lane], 1.f);
      for (int i = 0; i < kLoneVectors; i++, age += splat(4.f)) out[i] *= clamp((age - splat(wait)) * rise, 0.f, 1.f);
    }
    s.last = splat(laneOf(out[kLoneVectors - 1], kLanes - 1));
    const double last =
        s.turns[lane] + ((double)hertz * n + (double)hertzStep * (0.5 * n * (n - 1))) / (double)sampleRate;
    const double whole = __builtin_floor(last);
    s.turns[lane] = last - whole;
    s.cycle[lane] += (uint32_t)whole;
    s.age = (i32x4)wasm_i32x4_min((v128_t)(s.age + splatI(n)), (v128_t)splatI(1 << 30));
    return true;
  }

 private:
  static f32x4 edgeOf(f32x4 hertz) { return clamp(hertz * splat(kEdgeSeconds), 1e-6f, 0.25f); }

  /// Calls loop(law) with the law of a shape that is a function of the phase alone.
  template <class Loop>
  static void steadily(int shape, f32x4 hertz, Loop loop) {
    const f32x4 one = splat(1.f), edge = edgeOf(hertz), perEdge = one / edge;
    const f32x4 perRest = one / (one - edge), steep = splat(0.5f / 1073741824.f) * perEdge;
    switch (shape) {
      case triangle:
        return loop([](u32x4 now) { return toFloat(foldPhase(now)) * splat(1.f / 1073741824.f); });
      case saw:  // rises through zero at phase 0, falls within the edge around half a cycle
        return loop([&](u32x4 now) {
          const f32x4 y = toFloat((i32x4)now) * splat(1.f / 2147483648.f), size = abs(y);
          const f32x4 bent = min(size * perRest, (one - size) * perEdge);
          return select(y < splat(0.f), -bent, bent);
        });
      case square:
        return loop([&](u32x4 now) { return clamp(toFloat(foldPhase(now)) * steep, -1.f, 1.f); });
      default:
        return loop([](u32x4 now) { return sinePhase(now); });
    }
  }

  using f64x2 = double __attribute__((vector_size(16)));
  static constexpr float kTurn = 4294967296.f;

  static u32x4 phaseOf(const double* turns) {
    const auto two = [turns](int i) {
      const f64x2 t = {turns[i] * (double)kTurn, turns[i + 1] * (double)kTurn};
      return (u32x4)wasm_u32x4_trunc_sat_f64x2_zero((v128_t)t);
    };
    return __builtin_shufflevector(two(0), two(2), 0, 1, 4, 5);
  }

  /// The phases after n frames.
  static void goOn(State& s, const Ramp<f32x4>& hertz, int n, float sampleRate) {
    const double frames = n, grown = 0.5 * n * (n - 1);
    for (int i = 0; i < kLanes; i += 2) {
      const f64x2 from = {s.turns[i], s.turns[i + 1]}, rate = {(double)hertz.value[i], (double)hertz.value[i + 1]},
                  step = {(double)hertz.step[i], (double)hertz.step[i + 1]};
      const f64x2 last = from + (rate * frames + step * grown) / (double)sampleRate;
      const f64x2 whole = (f64x2)wasm_f64x2_floor((v128_t)last), rest = last - whole;
      const auto cycles = (u32x4)wasm_u32x4_trunc_sat_f64x2_zero((v128_t)whole);
      for (int k = 0; k < 2; k++) s.turns[i + k] = rest[k], s.cycle[i + k] += cycles[k];
    }
  }

  /// After a change of sync the output glides from where it was to the new course.
  static void slide(State& s, float option, i32x4 fresh, float sampleRate, f32x4* out, int n) {
    if (option != s.sync) {
      s.slip = s.last - out[0];
      s.slipLeft = 1.f;
      s.sync = option;
    }
    s.slip = (f32x4)((i32x4)s.slip & ~fresh);
    const float step = 1.f / (kSlipSeconds * sampleRate);
    for (int i = 0; i < n && s.slipLeft > 0.f; i++) {
      out[i] += s.slip * splat(s.slipLeft);
      s.slipLeft -= step;
    }
    s.last = out[n - 1];
  }

  /// Random value of a cycle.
  static f32x4 draw(u32x4 key, u32x4 cycle) { return bipolar(hash(key ^ (cycle * splatU(0x9e3779b9u)))); }
};

}  // namespace sl
