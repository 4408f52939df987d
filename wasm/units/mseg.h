// Multi-segment envelope unit: up to 16 points with times and curves, loop, sustain, song time. Audio thread.
#pragma once
#include <array>

#include "dsp/segments.h"
#include "dsp/tempo_sync.h"

namespace sl {

/// A note starts at 0 and goes from point to point, each reached after its own time along its own curve. It waits at
/// the sustain point and turns at the end of the loop (on the way to the loop's first point again, in that one's time)
/// while the key is held, in the endless loop also after. When the key is let go it goes on at once to the point after,
/// from where it is; with none left it falls to silence in `release`. With a note length all times count in it.
struct Mseg {
  static constexpr int kMost = Segments::kMost;
  enum P { points, sustain, loop, loopStart, loopEnd, releaseTime, sync, velocity, firstPoint };
  enum PointP { levelOf, timeOf, curveOf, perPoint };
  enum Loop : int { noLoop, whileHeld, endless };
  static constexpr int numParams = firstPoint + kMost * perPoint;
  static constexpr std::array<Option, 3> loops{{{"off", "Off"}, {"held", "While held"}, {"endless", "Endless"}}};
  static constexpr std::array<Option, 17> sustains{{{"none", "None"},
                                                    {"1", "1"},
                                                    {"2", "2"},
                                                    {"3", "3"},
                                                    {"4", "4"},
                                                    {"5", "5"},
                                                    {"6", "6"},
                                                    {"7", "7"},
                                                    {"8", "8"},
                                                    {"9", "9"},
                                                    {"10", "10"},
                                                    {"11", "11"},
                                                    {"12", "12"},
                                                    {"13", "13"},
                                                    {"14", "14"},
                                                    {"15", "15"},
                                                    {"16", "16"}}};

  // clang-format off
#define SL_POINT(n, LEVEL, TIME, CURVE)                                                                                \
  Param{.id = "level" n, .label = "Level", .doc = "Level of this point", .unit = Unit::fraction, .min = -1.f,          \
        .max = 1.f, .init = LEVEL, .group = "Point " n},                                                               \
  Param{.id = "time" n, .label = "Time", .doc = "From the point before to this one, in seconds or note lengths",       \
        .unit = Unit::seconds, .min = 0.f, .max = 20.f, .init = TIME, .smooth = Smooth::none, .group = "Point " n},    \
  Param{.id = "curve" n, .label = "Curve", .doc = "Way to this point: up for a fast start, down for a slow one",       \
        .min = -1.f, .max = 1.f, .init = CURVE, .smooth = Smooth::none, .group = "Point " n}
  // clang-format on
  static constexpr std::array<Param, numParams> params{{
      {.id = "points",
       .label = "Points",
       .doc = "How many points there are",
       .unit = Unit::count,
       .min = 1.f,
       .max = 16.f,
       .init = 4.f,
       .smooth = Smooth::none},
      {.id = "sustain",
       .label = "Sustain",
       .doc = "Point that waits while the key is held",
       .init = 3.f,
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = sustains},
      {.id = "loop",
       .label = "Loop",
       .doc = "Whether points repeat",
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = loops},
      {.id = "loopStart",
       .label = "Loop start",
       .doc = "Point that follows the loop's last",
       .unit = Unit::count,
       .min = 1.f,
       .max = 16.f,
       .init = 1.f,
       .smooth = Smooth::none},
      {.id = "loopEnd",
       .label = "Loop end",
       .doc = "Last point of the loop",
       .unit = Unit::count,
       .min = 1.f,
       .max = 16.f,
       .init = 4.f,
       .smooth = Smooth::none},
      {.id = "release",
       .label = "Release",
       .doc = "Fall to silence after the key is let go when no point is left",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = 20.f,
       .init = 0.2f,
       .smooth = Smooth::none},
      syncParam("Times count in this note length instead of seconds"),
      {.id = "velocity",
       .label = "Velocity",
       .doc = "How much a soft note lowers the envelope",
       .unit = Unit::fraction,
       .init = 0.f,
       .smooth = Smooth::none},
      SL_POINT("1", 1.f, 0.01f, 0.f),
      SL_POINT("2", 0.4f, 0.15f, 0.6f),
      SL_POINT("3", 0.7f, 0.4f, 0.f),
      SL_POINT("4", 0.f, 0.4f, 0.6f),
      SL_POINT("5", 1.f, 0.25f, 0.f),
      SL_POINT("6", 0.f, 0.25f, 0.f),
      SL_POINT("7", 1.f, 0.25f, 0.f),
      SL_POINT("8", 0.f, 0.25f, 0.f),
      SL_POINT("9", 1.f, 0.25f, 0.f),
      SL_POINT("10", 0.f, 0.25f, 0.f),
      SL_POINT("11", 1.f, 0.25f, 0.f),
      SL_POINT("12", 0.f, 0.25f, 0.f),
      SL_POINT("13", 1.f, 0.25f, 0.f),
      SL_POINT("14", 0.f, 0.25f, 0.f),
      SL_POINT("15", 1.f, 0.25f, 0.f),
      SL_POINT("16", 0.f, 0.25f, 0.f),
  }};
#undef SL_POINT
  static constexpr std::array<Port, 1> outputs{{{.id = "out", .doc = "Level -1..1"}}};
  static constexpr Spec spec{.id = "mseg",
                             .label = "Multi-segment envelope",
                             .doc = "Any course through up to 16 points, once or in a loop",
                             .category = "modulation",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 130.f};

  struct State {
    Segments segments;
    uint32_t fresh, legato, falling;
    uint32_t up;  ///< Lanes whose key was let go.
    bool endless;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    s.fresh |= lanes;
    s.legato = (s.legato & ~lanes) | (voice.legato & lanes);
    s.falling &= ~lanes;
  }
  static void release(State& s, const VoiceBlock&, uint32_t lanes) noexcept { s.falling |= lanes; }
  /// An endless loop keeps no voice alive: other envelopes say when a note is over.
  static uint32_t finished(const State& s) noexcept {
    uint32_t lanes = s.endless ? s.up : 0;
    for (int i = 0; i < kLanes; i++) lanes |= (uint32_t)(s.segments.to[i] == Segments::kIdle) << i;
    return lanes & ~s.fresh;
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const Course course(s, b);
    s.endless = (int)b.params[loop].value[0] == endless;
    for (int i = 0; i < kLanes; i++) {
      if (s.fresh >> i & 1) course.begin(i);
      if (s.falling >> i & 1) course.letGo(i);
    }
    s.fresh = s.falling = s.legato = 0;
    f32x4* out = b.out[0];
    s.segments.process(
        out, b.frames, b.voice->sampleRate, [&](int lane) { course.arrive(lane); },
        [&](int lane) { return course.level(s.segments.at[lane], lane); });
    const f32x4 amount = b.params[velocity].value;
    if (!any(amount != splat(0.f))) return;
    const f32x4 gain = splat(1.f) - amount * (splat(1.f) - b.voice->velocity);
    for (int i = 0; i < b.frames; i++) out[i] *= gain;
  }

 private:
  /// Where lanes go.
  struct Course {
    State& s;
    const UnitBlock& b;
    float framesPerTime;

    Course(State& state, const UnitBlock& block) : s(state), b(block) {
      framesPerTime = b.voice->sampleRate * syncedSeconds(b.params[sync].value[0], b.voice->song.bpm, 1.f);
    }

    int last(int lane) const { return number(points, lane) - 1; }
    int number(int param, int lane) const {
      const int n = (int)(b.params[param].value[lane] + 0.5f);
      return n < 1 ? 1 : n > kMost ? kMost : n;
    }
    const Ramp<f32x4>& of(int point, int which) const { return b.params[firstPoint + point * perPoint + which]; }
    float level(int point, int lane) const {
      const Ramp<f32x4>& r = of(point, levelOf);
      return r.value[lane] + r.step[lane] * (float)b.frames;
    }
    void go(int lane, int point, float from) const {
      s.segments.send(lane, (int8_t)point, from, level(point, lane), of(point, timeOf).value[lane] * framesPerTime,
                      of(point, curveOf).value[lane]);
    }
    void fall(int lane, float from) const {
      s.up |= 1u << lane;
      s.segments.ending[lane] = true;
      if (from == 0.f) return idle(lane);
      const float seconds = b.params[releaseTime].value[lane];
      s.segments.send(lane, 0, from, 0.f, (seconds > 0.0005f ? seconds : 0.0005f) * b.voice->sampleRate, 0.8f);
    }
    void idle(int lane) const {
      s.segments.settle(lane, 0.f);
      s.segments.to[lane] = Segments::kIdle;
    }

    void begin(int lane) const {
      const bool goesOn = (s.legato >> lane & 1) && s.segments.to[lane] != Segments::kIdle;
      const float from = goesOn ? s.segments.levelNow(lane) : 0.f;
      s.up &= ~(1u << lane);
      s.segments.rest[lane] = 0.f;
      s.segments.ending[lane] = false;
      go(lane, 0, from);
    }

    void letGo(int lane) const {
      if (s.segments.to[lane] == Segments::kIdle || s.segments.ending[lane]) return;
      s.up |= 1u << lane;
      const int mode = (int)b.params[loop].value[0], hold = (int)b.params[sustain].value[0];
      if (mode == endless) return;
      const int from = hold > 0 ? hold : mode == whileHeld ? number(loopEnd, lane) : kMost;
      // Whoever is past that point already goes on as before.
      const int now = s.segments.to[lane] == Segments::kHeld ? s.segments.at[lane] : s.segments.to[lane];
      if (s.segments.to[lane] != Segments::kHeld && now >= from && from < kMost) return;
      const float level = s.segments.levelNow(lane);
      s.segments.rest[lane] = 0.f;
      if (from > last(lane)) return fall(lane, level);
      go(lane, from, level);
    }

    /// A point has been reached.
    void arrive(int lane) const {
      Segments& g = s.segments;
      if (g.ending[lane]) return idle(lane);
      const int here = g.to[lane], mode = (int)b.params[loop].value[0], hold = (int)b.params[sustain].value[0];
      const bool held = !(s.up >> lane & 1);
      g.at[lane] = (int8_t)here;
      if (held && here == hold - 1) {
        g.to[lane] = Segments::kHeld;
        return;
      }
      if (mode != noLoop && (held || mode == endless) && here == number(loopEnd, lane) - 1) {
        const int back = number(loopStart, lane) - 1;
        return go(lane, back < here ? back : here, g.target[lane]);
      }
      if (here < last(lane)) return go(lane, here + 1, g.target[lane]);
      if (g.target[lane] == 0.f) return idle(lane);
      if (!held) return fall(lane, g.target[lane]);
      g.to[lane] = Segments::kHeld;
    }
  };
};

}  // namespace sl
