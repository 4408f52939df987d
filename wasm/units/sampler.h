// Sampler unit: plays recordings by key and velocity, once or in a loop, forwards or backwards. Audio thread.
#pragma once
#include <array>

#include "dsp/oscillator.h"
#include "dsp/sample_reader.h"

namespace sl {

/// Reads through windowed sincs of 6, 16 or 32 zero crossings from the sample or its halved copies, so that two octaves
/// up alias stays below -90 dB (Smith, Bandlimited Interpolation). Loops fade over their seam with the gains that keep
/// its power, by how alike its sides are.
struct Sampler {
  enum P {
    tune,
    fine,
    level,
    root,
    keyTrack,
    start_,
    end,
    reverse,
    loop,
    loopStart,
    loopEnd,
    crossfade,
    quality,
    numParams
  };
  static constexpr std::array<Option, 3> loops{{{"file", "As recorded"}, {"off", "Off"}, {"on", "On"}}};
  static constexpr std::array<Option, 3> qualities{{{"draft", "Draft"}, {"good", "Good"}, {"best", "Best"}}};
  static constexpr std::array<Param, numParams> params{{
      kTuneParam,
      kFineParam,
      kLevelParam,
      {.id = "root",
       .label = "Root key",
       .doc = "Key at which the recording plays at its own speed, 60 is C4; -1 takes what the file says",
       .unit = Unit::count,
       .min = -1.f,
       .max = 127.f,
       .init = -1.f,
       .smooth = Smooth::none,
       .group = "Pitch"},
      {.id = "keyTrack",
       .label = "Key tracking",
       .doc = "How far the pitch follows the keys; at 0 every key plays the recording at its own pitch",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f,
       .smooth = Smooth::none,
       .group = "Pitch"},
      {.id = "start",
       .label = "Start",
       .doc = "Where a note begins in the recording",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.f,
       .smooth = Smooth::none,
       .group = "Recording"},
      {.id = "end",
       .label = "End",
       .doc = "Where a note that does not loop ends in the recording",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f,
       .smooth = Smooth::none,
       .group = "Recording"},
      {.id = "reverse",
       .label = "Reverse",
       .doc = "Plays backwards, from the end to the start",
       .min = 0.f,
       .max = 1.f,
       .init = 0.f,
       .curve = Curve::toggle,
       .smooth = Smooth::none,
       .group = "Recording"},
      {.id = "loop",
       .label = "Loop",
       .doc = "As recorded takes the loop that the file brings, if it brings one; On takes the two knobs",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::none,
       .group = "Loop",
       .options = loops},
      {.id = "loopStart",
       .label = "Loop start",
       .doc = "Where the loop begins in the recording",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.f,
       .smooth = Smooth::none,
       .group = "Loop"},
      {.id = "loopEnd",
       .label = "Loop end",
       .doc = "Where the loop goes back to its start",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f,
       .smooth = Smooth::none,
       .group = "Loop"},
      {.id = "crossfade",
       .label = "Crossfade",
       .doc = "How long the end of the loop fades into its start",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = 2.f,
       .init = 0.02f,
       .smooth = Smooth::none,
       .group = "Loop"},
      {.id = "quality",
       .label = "Quality",
       .doc = "Draft is dull when far from the root key, Best keeps the top octave",
       .init = 2.f,
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = qualities},
  }};
  static constexpr std::array<Port, 2> outputs{
      {{.id = "left", .doc = "Left channel"}, {.id = "right", .doc = "Right channel"}}};
  static constexpr Spec spec{.id = "sampler",
                             .label = "Sampler",
                             .doc = "Recordings played by keys",
                             .category = "sample",
                             .params = params,
                             .outputs = outputs,
                             .asset = AssetKind::sample,
                             .costNs = 3800.f};

  struct State {
    double at[kLanes];  ///< frame of the asset, along the way that it is read
    const SampleZone* zone[kLanes];
    int32_t age[kLanes];                          ///< frames since the start, up to kFade
    double loopFrom[kLanes], loopLength[kLanes];  ///< of the seam that `alike` was measured on
    float alike[kLanes];                          ///< correlation of its sides, 0..1
    uint8_t wrapped[kLanes];                      ///< has gone round its loop
    uint8_t over[kLanes];
    uint32_t fresh;
  };
  static constexpr int kFade = 48;  ///< frames: 1 ms in where a note begins inside a recording, and out at its end

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    for (int i = 0; i < n; i++) b.out[0][i] = b.out[1][i] = splat(0.f);
    if (!b.asset || b.asset->zoneCount < 1) return;
    for (int lane = 0; lane < kLanes; lane++) {
      if (s.fresh >> lane & 1) s.zone[lane] = nullptr;
      if (b.voice->active >> lane & 1) playLane(s, b, lane);
    }
    s.fresh = 0;
  }

 private:
  struct Way {
    double first, last;  ///< of the recording
    double begin, end;   ///< of the note, along the way
    double mirror;       ///< frame = mirror - along, when backwards
    bool backwards;
    double frameOf(double along) const { return backwards ? mirror - along : along; }
  };

  static Way wayOf(const SampleZone& z, const Ramp<f32x4>* p, int lane) {
    Way way;
    way.first = z.firstFrame, way.last = way.first + z.frames;
    way.backwards = p[reverse].value[0] >= 0.5f;
    way.mirror = way.first + way.last - 1.;
    const double a = p[start_].value[lane], b = p[end].value[lane];
    const double from = way.first + std::min(a, b) * z.frames, to = way.first + std::max(a, b) * z.frames;
    way.begin = way.backwards ? way.mirror - (to - 1.) : from;
    way.end = way.backwards ? way.mirror - from + 1. : to;
    return way;
  }

  static SampleLoop loopOf(const SampleZone& z, const Way& way, const UnitBlock& b, int lane, double margin) {
    const Ramp<f32x4>* p = b.params;
    const int mode = (int)p[loop].value[0];
    double from = way.first + z.loopStart, to = way.first + z.loopEnd;
    double fade = std::max((double)z.crossfade, 0.);
    if (mode == 2) {
      const double u = p[loopStart].value[lane], v = p[loopEnd].value[lane];
      from = way.first + std::floor(std::min(u, v) * z.frames), to = way.first + std::floor(std::max(u, v) * z.frames);
      fade = p[crossfade].value[lane] * b.asset->sampleRate;
    }
    if (mode == 1 || to - from < 2.) return SampleLoop{0., 0., 0., 0., false};
    if (way.backwards) {
      const double begin = way.mirror + 1. - to;
      to = way.mirror + 1. - from;
      from = begin;
    }
    return SampleLoop::make(from, to, fade, way.first, way.last, margin);
  }

  /// Correlation of what fades out with what fades in, on 512 frames strewn over the fade (golden ratio).
  static float likeness(const Asset& asset, const SampleLoop& loop, const Way& way) {
    float both = 0.f, one = 1e-12f, other = 1e-12f;
    double part = 0.;
    for (int k = 0; k < 512; k++, part += 0.6180339887) {
      part -= part >= 1. ? 1. : 0.;
      const double along = loop.fadeStart + part * loop.fade;
      const int a = (int)way.frameOf(along), b = (int)way.frameOf(along - std::round(loop.length()));
      if (a < 0 || b < 0 || a >= asset.frames || b >= asset.frames) continue;
      const float x = asset.channel[0][a], y = asset.channel[0][b];
      both += x * y, one += x * x, other += y * y;
    }
    const float found = both / std::sqrt(one * other);
    return found > 0.f ? std::min(found, 1.f) : 0.f;
  }

  static void playLane(State& s, const UnitBlock& b, int lane) {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const Asset& asset = *b.asset;
    const float note = b.voice->pitch.value[lane];
    if (!s.zone[lane]) s.zone[lane] = zoneFor(asset, note, b.voice->velocity[lane]), s.age[lane] = -1;
    const SampleZone& z = *s.zone[lane];
    const Way way = wayOf(z, p, lane);
    if (s.age[lane] < 0)
      s.at[lane] = way.begin, s.age[lane] = 0, s.loopLength[lane] = 0., s.wrapped[lane] = s.over[lane] = 0;
    if (s.over[lane]) return;

    const float rootKey = p[root].value[lane] < 0.f ? z.rootKey : p[root].value[lane];
    const float track = p[keyTrack].value[lane], rate = asset.sampleRate / b.voice->sampleRate;
    const float off = (note - rootKey) * track + p[tune].value[lane] + p[fine].value[lane] * 0.01f;
    const float offEnd =
        off + (b.voice->pitch.step[lane] * track + p[tune].step[lane] + p[fine].step[lane] * 0.01f) * (float)n;
    const f32x4 speeds = exp2(f32x4{off, offEnd, 0.f, 0.f} * splat(1.f / 12.f));
    const auto* levels = static_cast<const SampleLevels*>(asset.derived);
    const float most = (float)(2 << (levels->count - 1));
    // A number that is none fails the comparison.
    const auto bounded = [most](float x) { return x < most ? x : most; };
    const float speed = bounded(speeds[0] * rate), speedEnd = bounded(speeds[1] * rate);
    const double acceleration = (double)(speedEnd - speed) / n;
    const int length = std::min((int)p[quality].value[0], governed(b.voice->level).readerLength);
    const SampleReader reader = SampleReader::at(asset, length, std::max(speed, speedEnd));
    const SampleLoop round = loopOf(z, way, b, lane, reader.margin);
    if (round.on() && !round.joined && (s.loopFrom[lane] != round.fadeStart || s.loopLength[lane] != round.length())) {
      s.loopFrom[lane] = round.fadeStart, s.loopLength[lane] = round.length();
      s.alike[lane] = likeness(asset, round, way);
    }
    const float alike = 2.f * s.alike[lane];

    double at = s.at[lane], now = speed;
    if (!(at >= 0. && at <= 2. * asset.frames)) at = way.begin;  // no place in the recording: a fault begins anew
    float gain = p[level].value[lane] * decibelsToGain(splat(z.gainDb))[0];
    const float gainStep = p[level].step[lane] * decibelsToGain(splat(z.gainDb))[0];
    const bool fadesIn = way.begin > way.first;
    for (int i = 0; i < n; i++, gain += gainStep, at += now, now += acceleration) {
      float v[2], w[2];
      if (round.on()) {
        while (at >= (round.joined ? round.end : round.fadeStart + round.fade))
          at -= round.length(), s.wrapped[lane] = 1;
        reader.read(way.frameOf(at), v);
        if (round.joined) {
          const bool near = at > round.end - reader.margin;
          if (near || (s.wrapped[lane] && at < round.start + reader.margin)) {
            reader.read(way.frameOf(near ? at - round.length() : at + round.length()), w);
            v[0] += w[0], v[1] += w[1];
          }
        } else if (at > round.fadeStart) {
          const float in = (float)((at - round.fadeStart) / round.fade), out = 1.f - in;
          const float power = 1.f / std::sqrt(in * in + out * out + alike * in * out);
          reader.read(way.frameOf(at - round.length()), w);
          for (int c = 0; c < 2; c++) v[c] = (v[c] * out + w[c] * in) * power;
        }
      } else {
        if (at >= way.end) {
          s.over[lane] = 1;
          break;
        }
        reader.read(way.frameOf(at), v);
        const float left = (float)(way.end - at) / (float)now;
        if (left < (float)kFade) v[0] *= left * (1.f / kFade), v[1] *= left * (1.f / kFade);
      }
      float g = gain;
      if (s.age[lane] < kFade) {
        if (fadesIn) g *= (float)s.age[lane] * (1.f / kFade);
        s.age[lane]++;
      }
      b.out[0][i][lane] = v[0] * g;
      b.out[1][i][lane] = v[1] * g;
    }
    s.at[lane] = at;
  }
};

}  // namespace sl
