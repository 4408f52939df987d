// Granular unit: a cloud of grains from a recording, by key. Audio thread.
#pragma once
#include <array>

#include "dsp/grains.h"
#include "dsp/oscillator.h"
#include "dsp/sample_reader.h"

namespace sl {

/// Grains of a recording around a place that may travel (Roads, Microsound, 2001). Onsets fall between frames, exactly;
/// everything random is a hash of the note and the grain's number. At most 64 grains a voice, 256 a group of four.
struct Granular {
  static constexpr int kMost = 64;
  enum P {
    tune,
    fine,
    level,
    position,
    scan,
    freeze,
    spray,
    density,
    size,
    jitter,
    shape,
    pitchSpread,
    spread,
    reverse,
    root,
    numParams
  };
  static constexpr std::array<Param, numParams> params{{
      kTuneParam,
      kFineParam,
      kLevelParam,
      {.id = "position",
       .label = "Position",
       .doc = "Place in the recording that the grains come from",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.f,
       .group = "Place"},
      {.id = "scan",
       .label = "Scan",
       .doc = "How fast that place travels: 1 as recorded, 0 it stays, below 0 backwards",
       .unit = Unit::ratio,
       .min = -2.f,
       .max = 2.f,
       .init = 0.25f,
       .group = "Place"},
      {.id = "freeze",
       .label = "Freeze",
       .doc = "Stops the travel where it is",
       .min = 0.f,
       .max = 1.f,
       .init = 0.f,
       .curve = Curve::toggle,
       .smooth = Smooth::none,
       .group = "Place"},
      {.id = "spray",
       .label = "Spray",
       .doc = "How far grains stray from the place",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = 2.f,
       .init = 0.08f,
       .group = "Place"},
      {.id = "density",
       .label = "Density",
       .doc = "Grains in a second",
       .unit = Unit::perSecond,
       .min = 0.5f,
       .max = 200.f,
       .init = 24.f,
       .curve = Curve::log,
       .group = "Grains"},
      {.id = "size",
       .label = "Size",
       .doc = "Length of a grain",
       .unit = Unit::seconds,
       .min = 0.005f,
       .max = 1.f,
       .init = 0.17f,
       .curve = Curve::log,
       .group = "Grains"},
      {.id = "jitter",
       .label = "Jitter",
       .doc = "How uneven grains follow each other",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.3f,
       .group = "Grains"},
      {.id = "shape",
       .label = "Shape",
       .doc = "Soft bells at 100 %, steeper flanks below",
       .unit = Unit::fraction,
       .min = 0.02f,
       .max = 1.f,
       .init = 1.f,
       .smooth = Smooth::none,
       .group = "Grains"},
      {.id = "pitchSpread",
       .label = "Pitch spread",
       .doc = "How far grains stray from the pitch, both ways",
       .unit = Unit::semitones,
       .min = 0.f,
       .max = 24.f,
       .init = 0.f,
       .group = "Pitch"},
      {.id = "spread",
       .label = "Spread",
       .doc = "How far grains lie to the sides",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.6f,
       .group = "Grains"},
      {.id = "reverse",
       .label = "Reverse",
       .doc = "Share of grains that play backwards",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.f,
       .group = "Grains"},
      {.id = "root",
       .label = "Root key",
       .doc = "Key at which the recording plays at its own pitch, 60 is C4; -1 takes what the file says",
       .unit = Unit::count,
       .min = -1.f,
       .max = 127.f,
       .init = -1.f,
       .smooth = Smooth::none,
       .group = "Pitch"},
  }};
  static constexpr std::array<Port, 2> outputs{
      {{.id = "left", .doc = "Left channel"}, {.id = "right", .doc = "Right channel"}}};
  static constexpr Spec spec{.id = "granular",
                             .label = "Granular",
                             .doc = "A cloud of grains from a recording",
                             .category = "sample",
                             .params = params,
                             .outputs = outputs,
                             .asset = AssetKind::sample,
                             .costNs = 4200.f};

  struct State {
    GrainCloud<kMost> cloud[kLanes];
    double travelled[kLanes];  ///< frames of the recording
    const SampleZone* zone[kLanes];
    uint32_t fresh;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    for (int i = 0; i < n; i++) b.out[0][i] = b.out[1][i] = splat(0.f);
    if (!b.asset || b.asset->zoneCount < 1) return;
    for (int lane = 0; lane < kLanes; lane++) {
      if (s.fresh >> lane & 1) s.cloud[lane].start(), s.travelled[lane] = 0., s.zone[lane] = nullptr;
      if (b.voice->active >> lane & 1) playLane(s, b, lane);
    }
    s.fresh = 0;
  }

 private:
  /// Where a zone's frames lie in each level, and whether its end runs on into its beginning.
  struct Source {
    const SampleLevels* levels;
    double first, frames;
    bool round;

    bool span(const Grain& g, float from, float to, GrainSpan& into) const noexcept {
      const double scale = 1. / (double)(1 << g.level);
      const double reach = (double)((g.level > 0 ? 2 * half::kPairs + 4 : 4) << g.level);
      double x = g.at + (double)g.step * (double)from;
      if (round) x = first + (x - first) - frames * std::floor((x - first) / frames);
      const double y = x + (double)g.step * (double)(to - from);
      const double low = std::min(x, y), high = std::max(x, y);
      if (round && (low < first + reach || high > first + frames - reach)) return false;
      if (low * scale < 4. - kAssetPad || high * scale > (double)(levels->frames[g.level] + kAssetPad - 8))
        return false;
      const int whole = (int)std::floor(x * scale);
      into = {.left = levels->channel[g.level][0] + whole,
              .right = levels->channel[g.level][1] + whole,
              .fraction = (float)(x * scale - whole),
              .step = g.step * (float)scale};
      return true;
    }
    void read(const Grain& g, f32x4 age, f32x4& left, f32x4& right) const noexcept {
      double x[4];
      bool seam = false;
      // Filters of the levels reach over the ends, where they found silence: both sides of a seam are added.
      const double margin = (double)((g.level > 0 ? 2 * half::kPairs + 4 : 4) << g.level);
      for (int k = 0; k < 4; k++) {
        x[k] = g.at + (double)g.step * (double)age[k];
        if (!round) continue;
        x[k] -= first;
        x[k] = first + x[k] - frames * std::floor(x[k] / frames);
        seam = seam || x[k] < first + margin || x[k] > first + frames - margin;
      }
      readAt(g.level, x, left, right);
      if (!seam) return;
      for (double& one : x) one += one < first + 0.5 * frames ? frames : -frames;
      f32x4 otherLeft, otherRight;
      readAt(g.level, x, otherLeft, otherRight);
      left += otherLeft, right += otherRight;
    }
    /// Silence beyond the ends of the asset.
    void readAt(int level, const double* x, f32x4& left, f32x4& right) const noexcept {
      const float* at[2][4];
      const double scale = 1. / (double)(1 << level);
      const int last = levels->frames[level] + kAssetPad - 4;
      f32x4 t;
      for (int k = 0; k < 4; k++) {
        const double place = x[k] * scale;
        const int whole = (int)std::floor(place);
        t[k] = (float)(place - whole);
        const int from = std::clamp(whole - 1, -kAssetPad, last);
        for (int c = 0; c < 2; c++) at[c][k] = levels->channel[level][c] + from;
      }
      left = cubicAt(at[0], t);
      right = levels->channel[0][1] == levels->channel[0][0] ? left : cubicAt(at[1], t);
    }
  };

  static void playLane(State& s, const UnitBlock& b, int lane) {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const Asset& asset = *b.asset;
    if (!s.zone[lane]) s.zone[lane] = zoneFor(asset, b.voice->pitch.value[lane], b.voice->velocity[lane]);
    const SampleZone& z = *s.zone[lane];
    const Source source{static_cast<const SampleLevels*>(asset.derived), (double)z.firstFrame, (double)z.frames,
                        z.loopStart == 0 && z.loopEnd == z.frames};
    const auto at = [&](P param, float offset) {
      return p[param].value[lane] + p[param].step[lane] * std::min(offset, (float)n);
    };
    const GrainRules rules{.perSecond = at(density, 0.f),
                           .seconds = at(size, 0.f),
                           .jitter = at(jitter, 0.f),
                           .taper = at(shape, 0.f),
                           .sampleRate = b.voice->sampleRate};
    const float rate = asset.sampleRate / b.voice->sampleRate;
    const float gain = cloudGain(rules) * decibelsToGain(splat(z.gainDb))[0];
    const float rootKey = p[root].value[lane] < 0.f ? z.rootKey : p[root].value[lane];
    const bool still = p[freeze].value[0] >= 0.5f;
    const int allowed = shareOf(governed(b.voice->level).grains, kMost);

    s.cloud[lane].schedule(rules, b.voice->seed[lane], n, allowed, [&](Grain& g, const GrainDice& dice, float offset) {
      const float note = b.voice->pitch.value[lane] + b.voice->pitch.step[lane] * offset - rootKey + at(tune, offset) +
                         at(fine, offset) * 0.01f + (2.f * dice.pitch - 1.f) * at(pitchSpread, offset);
      const bool back = dice.turn < at(reverse, offset);
      const float most = (float)(1 << (source.levels->count - 1));
      const float speed = std::min(exp2(splat(note * (1.f / 12.f)))[0] * rate, most);
      const double moved = s.travelled[lane] + (still ? 0. : (double)at(scan, offset) * rate * offset);
      const double strayed = (double)((2.f * dice.place - 1.f) * at(spray, offset) * asset.sampleRate);
      const double reach = (double)speed * g.length;
      double from = (double)at(position, offset) * source.frames + moved + strayed;
      if (source.round) {
        from -= source.frames * std::floor(from / source.frames);
      } else {
        // A place that travels comes in at the other end; a grain ends where the recording does.
        const double room = std::max(1., source.frames - reach);
        from -= room * std::floor(from / room);
      }
      g.step = back ? -speed : speed;
      g.at = source.first + from + (back ? reach : 0.);
      g.level = source.levels->levelFor(speed * 1.41421356f);
      grainSides(g, (2.f * dice.side - 1.f) * at(spread, offset), gain);
      return true;
    });
    if (!still) s.travelled[lane] += (double)(p[scan].value[lane] + 0.5f * p[scan].step[lane] * (float)n) * rate * n;

    alignas(16) float left[kMicroBlock] = {}, right[kMicroBlock] = {};
    s.cloud[lane].add(source, rules.taper, n, left, right);
    const float out = p[level].value[lane], step = p[level].step[lane];
    for (int i = 0; i < n; i++) {
      const float amount = out + step * (float)i;
      b.out[0][i][lane] = left[i] * amount;
      b.out[1][i][lane] = right[i] * amount;
    }
  }
};

}  // namespace sl
