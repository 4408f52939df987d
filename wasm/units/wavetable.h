// Wavetable oscillator unit: frames morphed into each other, phase warps, unison in stereo. Audio thread.
#pragma once
#include <array>

#include "dsp/bank_reader.h"
#include "dsp/halfband.h"
#include "dsp/unison.h"

namespace sl {

/// Plays the chosen wavetable asset, or the built-in one (sine, triangle, saw, square, two pulses, two vowels). Frames
/// are band-limited each, so their mixture is too. Warps bend the phase within the cycle: that makes new harmonics, so
/// they run at twice the sample rate and read levels with fewer harmonics the steeper the bend. The number of copies
/// holds from a note's start. A new warp fades in over one micro-block.
struct Wavetable {
  static constexpr int kMost = 8;
  enum P { tune, fine, level, position, warp, amount, voices, detune, spread, phase, scatter, numParams };
  enum Warp : int { none, bend, asymmetry, mirror, sync };
  static constexpr std::array<Option, 5> warps{
      {{"none", "None"}, {"bend", "Bend"}, {"asymmetry", "Asymmetry"}, {"mirror", "Mirror"}, {"sync", "Soft sync"}}};
  static constexpr std::array<Param, numParams> params{{
      kTuneParam,
      kFineParam,
      kLevelParam,
      {.id = "position",
       .label = "Position",
       .doc = "Place in the wavetable from its first frame to its last",
       .unit = Unit::fraction,
       .init = 0.25f},
      {.id = "warp",
       .label = "Warp",
       .doc = "How the cycle is bent",
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = warps},
      {.id = "amount", .label = "Warp amount", .doc = "How far it is bent", .unit = Unit::fraction, .init = 0.f},
      {.id = "voices",
       .label = "Voices",
       .doc = "Number of detuned copies of a note",
       .unit = Unit::count,
       .min = 1.f,
       .max = 8.f,
       .init = 1.f,
       .smooth = Smooth::none,
       .group = "Unison"},
      {.id = "detune",
       .label = "Detune",
       .doc = "Distance of the outer copies from the middle",
       .unit = Unit::semitones,
       .min = 0.f,
       .max = 1.f,
       .init = 0.15f,
       .group = "Unison"},
      {.id = "spread",
       .label = "Spread",
       .doc = "Stereo width of the copies",
       .unit = Unit::fraction,
       .init = 0.6f,
       .group = "Unison"},
      kPhaseParam,
      kScatterParam,
  }};
  static constexpr std::array<Port, 2> outputs{{kAudioOut, {.id = "right", .doc = "Right channel"}}};
  static constexpr Spec spec{.id = "wavetable",
                             .label = "Wavetable",
                             .doc = "Scans through the frames of a wavetable",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .asset = AssetKind::wavetable,
                             .costNs = 530.f};

  struct State {
    u32x4 phase[kMost];
    Downsampler down[2], oldDown[2];
    f32x4 copies;
    LevelChoice mip;
    uint32_t fresh;
    int32_t fade;  ///< Frames left of a change of warp.
    int8_t warp, oldWarp;
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }
  static void flushState(State& s) noexcept {
    for (Downsampler* d : {s.down, s.oldDown}) d[0].flushState(), d[1].flushState();
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const auto* loaded = b.asset ? static_cast<const WaveBank*>(b.asset->derived) : nullptr;
    const WaveBank& bank = loaded ? *loaded : *tables().morph;
    const f32x4 count = splat((float)n);
    PhaseRamp base = phaseRamp(*b.voice, p[tune], p[fine], n);
    begin(s, b);
    const bool warps = s.warp != none || s.fade > 0;
    base.topNote += max(p[detune].value, p[detune].value + p[detune].step * count);
    const f32x4 most = max(p[amount].value, p[amount].value + p[amount].step * count);
    if (warps) base.topNote += steepness(s.warp != none ? s.warp : s.oldWarp, most);
    s.mip.choose(base.topNote, b.voice->active, s.fresh);
    s.fresh = 0;

    float widest = 1.f;
    for (int i = 0; i < kLanes; i++) widest = s.copies[i] > widest ? s.copies[i] : widest;
    const Stack stack{s, b, bank, base, toFloat(base.increment) + toFloat(base.step) * count, (int)widest};
    render(stack, s.warp, s.down, b.out[0], b.out[1]);
    if (s.fade > 0) {
      f32x4 left[kMicroBlock], right[kMicroBlock];
      render(stack, s.oldWarp, s.oldDown, left, right);
      for (int i = 0; i < n; i++) {
        const f32x4 share = splat(s.fade > i ? (float)(s.fade - i) * (1.f / kMicroBlock) : 0.f);
        b.out[0][i] += (left[i] - b.out[0][i]) * share;
        if (stack.stereo()) b.out[1][i] += (right[i] - b.out[1][i]) * share;
      }
      s.fade = s.fade > n ? s.fade - n : 0;
    }
    for (int k = 0; k < stack.copies; k++) s.phase[k] = advance(s.phase[k], stack.ramp(k), n);
    f32x4 gain = p[level].value;
    for (int i = 0; i < n; i++) {
      b.out[0][i] *= gain;
      if (stack.stereo()) b.out[1][i] *= gain;
      gain += p[level].step;
    }
    s.mip.fade = s.mip.fade > n ? s.mip.fade - n : 0;
  }

 private:
  /// All copies of the four notes over one segment.
  struct Stack {
    const State& s;
    const UnitBlock& b;
    const WaveBank& bank;
    const PhaseRamp& base;
    f32x4 baseEnd;
    int copies;

    bool stereo() const { return b.wanted & 2; }
    /// -1..1, the place of copy k among its note's copies.
    f32x4 place(int k) const {
      const f32x4 gaps = max(s.copies - splat(1.f), splat(1.f));
      return (f32x4)((i32x4)(splat(2.f * (float)k) / gaps - splat(1.f)) & (s.copies > splat(1.5f)));
    }
    PhaseRamp ramp(int k) const {
      const Ramp<f32x4>& d = b.params[detune];
      const f32x4 cents = place(k) * splat(100.f);
      UnisonCopy copy{};
      copy.fromCents = cents * d.value;
      copy.toCents = cents * (d.value + d.step * splat((float)b.frames));
      return detuned(base, baseEnd, copy, d.moving || any(base.step != splatI(0)), b.frames);
    }
    /// Gains of copy k: constant power, odd and even copies on opposite sides.
    void gains(int k, f32x4& left, f32x4& right) const {
      const f32x4 on = (f32x4)((i32x4)(splat(1.41421356f) / sqrt(s.copies)) & (splat((float)k) < s.copies));
      const f32x4 where = abs(place(k)) * splat(k & 1 ? 1.f : -1.f) * b.params[spread].value;
      left = on * panGain(-where);
      right = on * panGain(where);
    }
  };

  static void begin(State& s, const UnitBlock& b) {
    const int wanted = (int)b.params[warp].value[0];
    if (!(b.voice->active & ~s.fresh)) {
      s.fade = 0;  // nobody hears a step
      s.warp = (int8_t)wanted;
    } else if (s.fade == 0 && wanted != s.warp) {
      s.oldWarp = s.warp, s.warp = (int8_t)wanted;
      s.oldDown[0] = s.down[0], s.oldDown[1] = s.down[1];
      s.fade = kMicroBlock;
    }
    if (!s.fresh) return;
    const i32x4 fresh = laneMask(s.fresh);
    for (int k = 0; k < kMost; k++) {
      const u32x4 from = k == 0 ? startPhase(*b.voice, b.params[phase].value, b.params[scatter].value, 1)
                                : noteHash(b.voice->seed, 96 + (uint32_t)k);
      s.phase[k] = (u32x4)select(fresh, (f32x4)from, (f32x4)s.phase[k]);
    }
    const float part = (float)governed(b.voice->level).unisonPart;
    const f32x4 wantedCopies =
        floor((floor(b.params[voices].value + splat(0.5f)) + splat(part - 1.f)) * splat(1.f / part));
    s.copies = select(fresh, clamp(wantedCopies, 1.f, (float)kMost), s.copies);
    for (Downsampler* d : {s.down, s.oldDown}) d[0].clear(fresh), d[1].clear(fresh);
  }

  /// Semitones by which a warp raises harmonics above what twice the sample rate takes.
  static f32x4 steepness(int mode, f32x4 most) {
    const f32x4 slope = mode == sync     ? exp2(splat(3.f) * most)
                        : mode == mirror ? splat(2.f)
                                         : splat(1.f) / (splat(1.f) - splat(kMostBend) * most);
    return max(log2(slope * splat(0.4f)) * splat(12.f), splat(0.f));
  }

  static void render(const Stack& stack, int mode, Downsampler* down, f32x4* left, f32x4* right) {
    if (mode == none)
      return addCopies<1>(stack, [](const BankReader& r, u32x4 at, f32x4) { return r.read(at); }, left, right);
    f32x4 twice[2][2 * kMicroBlock];
    const auto run = [&](auto law) { addCopies<2>(stack, law, twice[0], twice[1]); };
    switch (mode) {
      case bend:
        run([](const BankReader& r, u32x4 at, f32x4 a) {
          const f32x4 k = a * splat(kMostBend), x = cycle(at) * splat(2.f) - splat(1.f), one = splat(1.f);
          return r.read(toPhase((x / ((one - k) + k * abs(x)) + one) * splat(0.5f)));
        });
        break;
      case asymmetry:
        run([](const BankReader& r, u32x4 at, f32x4 a) {
          const f32x4 k = a * splat(kMostBend), x = cycle(at);
          return r.read(toPhase(x / ((splat(1.f) - k) + k * x)));
        });
        break;
      case mirror:
        run([](const BankReader& r, u32x4 at, f32x4 a) {
          const f32x4 x = cycle(at), folded = splat(1.f) - abs(splat(2.f) * x - splat(1.f)), plain = r.read(at);
          return plain + (r.read(toPhase(folded)) - plain) * a;
        });
        break;
      default:  // starts anew each cycle; the last tenth glides over into the next start
        run([](const BankReader& r, u32x4 at, f32x4 a) {
          const f32x4 x = cycle(at), ratio = exp2(splat(3.f) * a), one = splat(1.f);
          const f32x4 u = max((x - splat(0.9f)) * splat(10.f), splat(0.f)), share = u * u * (splat(3.f) - u - u);
          const f32x4 ahead = x * ratio, behind = (x - one) * ratio;
          const f32x4 now = r.read(toPhase(ahead - floor(ahead)));
          if (!any(u > splat(0.f))) return now;
          return now + (r.read(toPhase(behind - floor(behind))) - now) * share;
        });
    }
    for (int i = 0; i < stack.b.frames; i++) left[i] = down[0].process(twice[0][2 * i], twice[0][2 * i + 1]);
    if (!stack.stereo()) return;
    for (int i = 0; i < stack.b.frames; i++) right[i] = down[1].process(twice[1][2 * i], twice[1][2 * i + 1]);
  }

  static constexpr float kMostBend = 0.9f;
  static f32x4 cycle(u32x4 phase) { return toFloat(phase >> 8) * splat(1.f / 16777216.f); }
  static u32x4 toPhase(f32x4 x) { return toUint(clamp(x, 0.f, 0.99999994f) * splat(4294967296.f)); }

  /// Sums the copies; `law` reads one frame. A change of mip level is faded.
  template <int kFactor, class Law>
  static void addCopies(const Stack& stack, Law law, f32x4* left, f32x4* right) {
    const UnitBlock& b = stack.b;
    const Ramp<f32x4>&place = b.params[position], &by = b.params[amount];
    const LevelChoice& mip = stack.s.mip;
    BankReader now(stack.bank, mip.now), before(stack.bank, mip.before);
    now.aim(place.value);
    before.aim(place.value);
    const bool both = stack.copies > 1 && stack.stereo();
    for (int k = 0; k < stack.copies; k++) {
      const PhaseRamp ramp = stack.ramp(k);
      u32x4 at = stack.s.phase[k], increment = ramp.increment;
      f32x4 l, r, where = place.value, a = by.value;
      stack.gains(k, l, r);
      if (stack.copies == 1) l = splat(1.f);
      for (int i = 0; i < b.frames; i++) {
        if (place.moving) {
          now.aim(where);
          if (mip.fade > i) before.aim(where);
          where += place.step;
        }
        const f32x4 share = splat(mip.fade > i ? (float)(mip.fade - i) * (1.f / kMicroBlock) : 0.f);
        for (int half = 0; half < kFactor; half++) {
          f32x4 v = law(now, at, a);
          if (mip.fade > i) v += (law(before, at, a) - v) * share;
          const int frame = kFactor * i + half;
          left[frame] = k == 0 ? v * l : left[frame] + v * l;
          if (both) right[frame] = k == 0 ? v * r : right[frame] + v * r;
          at += kFactor == 2 ? increment >> 1 : increment;
        }
        increment += (u32x4)ramp.step;
        a += by.step;
      }
    }
    if (stack.copies == 1 && stack.stereo())
      for (int i = 0; i < kFactor * b.frames; i++) right[i] = left[i];
  }
};

}  // namespace sl
