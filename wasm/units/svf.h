// State-variable filter unit: low, high, band, notch at 12 or 24 dB per octave. Audio thread.
#pragma once
#include <array>

#include "core/unit.h"
#include "dsp/lone_svf.h"
#include "dsp/stereo_ports.h"

namespace sl {

/// Resonance r gives Q = 0.5 * 2^(6r). At 24 dB two sections share it so that the level at the cutoff is that of 12 dB
/// and Q = 0.707 is Butterworth (section Q 0.541 and 1.307 * Q / 0.707); band-pass and notch keep the -3 dB width of 12
/// dB.
struct Svf {
  enum P { mode, slope, cutoff, resonance, numParams };
  static constexpr std::array<Option, 4> modes{
      {{"lowpass", "Low-pass"}, {"highpass", "High-pass"}, {"bandpass", "Band-pass"}, {"notch", "Notch"}}};
  static constexpr std::array<Option, 2> slopes{{{"12", "12 dB/oct"}, {"24", "24 dB/oct"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "mode",
       .label = "Mode",
       .doc = "What passes",
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = modes},
      {.id = "slope",
       .label = "Slope",
       .doc = "Steepness",
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = slopes},
      {.id = "cutoff",
       .label = "Cutoff",
       .doc = "Corner or centre frequency",
       .unit = Unit::hertz,
       .min = 20.f,
       .max = 20000.f,
       .init = 2000.f,
       .curve = Curve::log},
      {.id = "resonance",
       .label = "Resonance",
       .doc = "Emphasis at the cutoff: Q = 0.5 * 2^(6r)",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 0.95f,
       .init = 0.1f},
  }};
  static constexpr std::array<Port, 2> inputs{{{.id = "in", .doc = "Audio to filter"}, kRightIn}};
  static constexpr std::array<Port, 2> outputs{{{.id = "out", .doc = "Filtered audio"}, kRightOut}};
  static constexpr Spec spec{.id = "svf",
                             .label = "State-variable filter",
                             .doc = "Clean filter that stays in tune under modulation",
                             .category = "filter",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 180.f};

  struct State {
    SvfSection first[2], second[2];  ///< Sections of the left and right channel.
    SvfCoefficients now, next;       ///< First and second section, as reached by the last frame.
    f32x4 cutoffHz, resonance;       ///< What `now` and `next` were made of.
    int16_t mode, slope;
    uint32_t fresh;
    int aheadLane;     ///< The voice that `ahead` is of, from 1; 0: it is to be made.
    LoneSvf ahead[2];  ///< First and second section.
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    lanes &= ~voice.legato;
    s.fresh |= lanes;
    const i32x4 keep = ~laneMask(lanes);
    for (SvfSection* sections : {s.first, s.second})
      for (int channel = 0; channel < 2; channel++) sections[channel].clear(keep);
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>&fc = b.params[cutoff], &r = b.params[resonance];
    const int wantedMode = (int)b.params[mode].value[0], wantedSlope = (int)b.params[slope].value[0];
    const f32x4 frames = splat((float)n);
    const f32x4 endCutoff = fc.value + fc.step * frames, endResonance = r.value + r.step * frames;
    // A type change fades only when a voice is sounding through it.
    const bool retyped = (wantedMode != s.mode || wantedSlope != s.slope) && (b.voice->active & ~s.fresh);
    const bool moving = fc.moving || r.moving;
    i32x4 changed = (endCutoff != s.cutoffHz) | (endResonance != s.resonance);
    if (retyped) changed = splatI(-1);
    if (s.fresh) changed |= laneMask(s.fresh);
    const float fadeFrom = (float)(retyped ? s.slope : wantedSlope);
    SvfCoefficients a = s.now, bb = s.next;
    if (any(changed)) {
      makeCoefficients(endCutoff, endResonance, wantedMode, wantedSlope, b.voice->sampleRate, s.now, s.next);
      if (s.fresh) {
        const i32x4 fresh = laneMask(s.fresh);
        SvfCoefficients first = s.now, second = s.next;
        if (moving) makeCoefficients(fc.value, r.value, wantedMode, wantedSlope, b.voice->sampleRate, first, second);
        take(fresh, first, a);
        take(fresh, second, bb);
        if (!moving && !retyped) changed &= ~fresh;
      }
      s.cutoffHz = endCutoff;
      s.resonance = endResonance;
      s.mode = (int16_t)wantedMode;
      s.slope = (int16_t)wantedSlope;
      s.aheadLane = 0;
    }
    s.fresh = 0;
    for (int channel = 0; channel < 2; channel++) {
      const f32x4* in = b.in[channel];
      f32x4* out = b.out[channel];
      SvfSection &first = s.first[channel], &second = s.second[channel];
      if (!in) {
        if (channel == 1) return copyChannel(b);
        for (int i = 0; i < n; i++) out[i] = splat(0.f);
      } else if (any(changed)) {
        const bool both = wantedSlope == 1 || fadeFrom > 0.f;
        const Ramping ramping{a, bb, s.now, s.next, fadeFrom, (float)wantedSlope};
        const auto read = [in](int i) { return in[i]; };
        const auto write = [out](int i, f32x4 y) { out[i] = y; };
        if (!retyped && s.mode == (int)SvfMode::lowpass)
          ramped<true>(ramping, first, second, read, write, n, both);
        else
          ramped<false>(ramping, first, second, read, write, n, both);
      } else if (wantedSlope == 1) {
        settled24(s.now, s.next, first, second, in, out, n);
      } else {
        settled12(s.now, first, in, out, n);
      }
    }
  }

  static bool processLone(State& s, const UnitBlock& b, int lane) noexcept {
    const Ramp<f32x4>&fc = b.params[cutoff], &r = b.params[resonance];
    const int wantedMode = (int)b.params[mode].value[0], wantedSlope = (int)b.params[slope].value[0];
    if (s.fresh || wantedMode != s.mode || wantedSlope != s.slope) return false;
    const f32x4 frames = splat((float)kMicroBlock);
    const f32x4 endCutoff = fc.value + fc.step * frames, endResonance = r.value + r.step * frames;
    if (any((endCutoff != s.cutoffHz) | (endResonance != s.resonance))) {
      moveLone(s, b, lane, endCutoff, endResonance);
      return true;
    }
    if (s.aheadLane != lane + 1) {
      s.ahead[0].make(s.now, lane);
      if (wantedSlope == 1) s.ahead[1].make(s.next, lane);
      s.aheadLane = lane + 1;
    }
    eachLone(b, [&](int channel, const f32x4* in, f32x4* out) { settledLone(s, channel, lane, in, out); });
    return true;
  }

 private:
  /// Where a block leaves a section.
  static SvfSection flushed(SvfSection s) {
    s.flushState();
    return s;
  }
  static void makeCoefficients(f32x4 hz, f32x4 r, int mode, int slope, float sampleRate, SvfCoefficients& first,
                               SvfCoefficients& second) {
    const f32x4 g = tanPi(clamp(hz * splat(1.f / sampleRate), 1e-5f, 0.49f));
    const f32x4 k = splat(2.f) * exp2(splat(-6.f) * r);  // 1 / Q
    const SvfMode m = (SvfMode)mode;
    if (slope == 0) {
      first = second = svfCoefficients(g, k, m);
    } else if (m == SvfMode::bandpass || m == SvfMode::notch) {
      first = second = svfCoefficients(g, k * splat(m == SvfMode::bandpass ? 1.f / 0.643594f : 1.f / 1.553774f), m);
    } else {
      first = svfCoefficients(g, splat(1.f / 0.541196f), m);
      second = svfCoefficients(g, k * splat(0.541196f), m);
    }
  }

  static void take(i32x4 lanes, const SvfCoefficients& from, SvfCoefficients& to) {
    to.loss2 = select(lanes, from.loss2, to.loss2);
    to.a22 = select(lanes, from.a22, to.a22);
    to.a32 = select(lanes, from.a32, to.a32);
    to.m0 = select(lanes, from.m0, to.m0);
    to.half1 = select(lanes, from.half1, to.half1);
    to.half2 = select(lanes, from.half2, to.half2);
  }

  static SvfCoefficients stepTo(const SvfCoefficients& from, const SvfCoefficients& to, f32x4 share) {
    return {(to.loss2 - from.loss2) * share, (to.a22 - from.a22) * share,     (to.a32 - from.a32) * share,
            (to.m0 - from.m0) * share,       (to.half1 - from.half1) * share, (to.half2 - from.half2) * share};
  }
  template <bool kLow>
  static void add(SvfCoefficients& c, const SvfCoefficients& d) {
    c.loss2 += d.loss2;
    c.a22 += d.a22;
    c.a32 += d.a32;
    if constexpr (kLow) return;
    c.m0 += d.m0;
    c.half1 += d.half1;
    c.half2 += d.half2;
  }

  /// Coefficients of both sections go linearly from one set to the other; the second section is faded in or out.
  struct Ramping {
    SvfCoefficients first, second, firstTo, secondTo;
    float fade, fadeTo;
  };

  template <bool kLow, class Read, class Write>
  static void ramped(const Ramping& r, SvfSection& one, SvfSection& two, Read read, Write write, int n, bool both) {
    const f32x4 share = splat(1.f / (float)n);
    SvfCoefficients a = r.first, b = r.second;
    const SvfCoefficients da = stepTo(a, r.firstTo, share);
    SvfSection first = one;
    if (!both) {
      for (int i = 0; i < n; i++) {
        add<kLow>(a, da);
        write(i, first.step<kLow>(read(i), a));
      }
      one = flushed(first);
      return;
    }
    const SvfCoefficients db = stepTo(b, r.secondTo, share);
    SvfSection second = two;
    f32x4 mix = splat(r.fade);
    const f32x4 mixStep = splat((r.fadeTo - r.fade) / (float)n);
    for (int i = 0; i < n; i++) {
      add<kLow>(a, da);
      add<kLow>(b, db);
      mix += mixStep;
      const f32x4 y = first.step<kLow>(read(i), a);
      write(i, y + (second.step<kLow>(y, b) - y) * mix);
    }
    one = flushed(first);
    two = flushed(second);
  }

  /// Those of one voice in all lanes.
  static SvfCoefficients only(const SvfCoefficients& c, int lane) {
    const auto of = [lane](const f32x4& v) { return splat(laneOf(v, lane)); };
    return {of(c.loss2), of(c.a22), of(c.a32), of(c.m0), of(c.half1), of(c.half2)};
  }

  template <class Run>
  static void eachLone(const UnitBlock& b, Run run) {
    if (b.in[0])
      run(0, b.in[0], b.out[0]);
    else
      for (int i = 0; i < kLoneVectors; i++) b.out[0][i] = splat(0.f);
    if (b.in[1])
      run(1, b.in[1], b.out[1]);
    else
      copyLoneChannel(b);
  }

  [[clang::noinline]] static void moveLone(State& s, const UnitBlock& b, int lane, f32x4 cutoffHz, f32x4 resonance) {
    const float share = (float)s.slope;
    Ramping ramping{only(s.now, lane), only(s.next, lane), {}, {}, share, share};
    makeCoefficients(cutoffHz, resonance, s.mode, s.slope, b.voice->sampleRate, s.now, s.next);
    ramping.firstTo = only(s.now, lane), ramping.secondTo = only(s.next, lane);
    s.cutoffHz = cutoffHz, s.resonance = resonance;
    s.aheadLane = 0;
    eachLone(b, [&](int channel, const f32x4* in, f32x4* out) { rampedLone(ramping, s, channel, lane, in, out); });
  }

  /// One voice frame by frame: coefficients that move leave nothing to do at once.
  static void rampedLone(const Ramping& ramping, State& s, int channel, int lane, const f32x4* in, f32x4* out) {
    SvfSection* const sections[2] = {&s.first[channel], &s.second[channel]};
    SvfSection one[2];
    for (int k = 0; k < 2; k++) one[k] = {splat(laneOf(sections[k]->s1, lane)), splat(laneOf(sections[k]->s2, lane))};
    const auto* from = reinterpret_cast<const float*>(in);
    auto* to = reinterpret_cast<float*>(out);
    const auto read = [from](int i) { return splat(from[i]); };
    const auto write = [to](int i, f32x4 y) { to[i] = y[0]; };
    if (s.mode == (int)SvfMode::lowpass)
      ramped<true>(ramping, one[0], one[1], read, write, kMicroBlock, s.slope == 1);
    else
      ramped<false>(ramping, one[0], one[1], read, write, kMicroBlock, s.slope == 1);
    for (int k = 0; k < 2; k++) sections[k]->s1[lane] = one[k].s1[0], sections[k]->s2[lane] = one[k].s2[0];
  }

  static void settledLone(State& s, int channel, int lane, const f32x4* in, f32x4* out) {
    const LoneSvf first = s.ahead[0];
    f32x4 one = LoneSvf::state(s.first[channel], lane);
    if (s.slope == 1) {
      const LoneSvf& second = s.ahead[1];
      f32x4 two = LoneSvf::state(s.second[channel], lane);
      for (int i = 0; i < kLoneVectors; i++) out[i] = second.fourSteps(two, first.fourSteps(one, in[i]));
      LoneSvf::keep(two, s.second[channel], lane);
    } else {
      for (int i = 0; i < kLoneVectors; i++) out[i] = first.fourSteps(one, in[i]);
    }
    LoneSvf::keep(one, s.first[channel], lane);
  }

  static void settled12(const SvfCoefficients& c, SvfSection& one, const f32x4* in, f32x4* out, int n) {
    const SvfLookAhead look(c);
    SvfSection section = one;
    int i = 0;
    for (; i + 1 < n; i += 2) look.twoSteps(section, in[i], in[i + 1], out[i], out[i + 1]);
    if (i < n) out[i] = section.step(in[i], c);
    one = flushed(section);
  }

  static void settled24(const SvfCoefficients& a, const SvfCoefficients& b, SvfSection& one, SvfSection& two,
                        const f32x4* in, f32x4* out, int n) {
    const SvfLookAhead lookFirst(a), lookSecond(b);
    SvfSection first = one, second = two;
    int i = 0;
    for (; i + 1 < n; i += 2) {
      f32x4 y0, y1;
      lookFirst.twoSteps(first, in[i], in[i + 1], y0, y1);
      lookSecond.twoSteps(second, y0, y1, out[i], out[i + 1]);
    }
    if (i < n) out[i] = second.step(first.step(in[i], a), b);
    one = flushed(first);
    two = flushed(second);
  }
};

}  // namespace sl
