// Metal unit: six inharmonic squares through filters, for hats, cymbals and cowbells. Audio thread.
#pragma once
#include <array>

#include "dsp/drum_decay.h"
#include "dsp/noise.h"
#include "dsp/oscillator.h"
#include "dsp/phase_modulation.h"
#include "dsp/svf.h"

namespace sl {

/// Band-limited squares at the ratios of the Roland TR-808's oscillators (205.3, 304.4, 369.6, 522.7, 540 and 800 Hz),
/// some white noise, a band-pass and a high-pass. Two of them at 540 Hz are the cowbell. Rings for `decay`, after the
/// key is let go for `choke` if that is shorter; the voice ends itself.
struct Metal {
  static constexpr int kSquares = 6;
  static constexpr std::array<float, kSquares> kRatios{1.f, 1.4827f, 1.8003f, 2.5460f, 2.6303f, 3.8967f};
  enum P { level, frequency, count, spread, noise, tone, width, highpass, decay, choke, velocity, numParams };
  static constexpr std::array<Param, numParams> params{{
      kLevelParam,
      {.id = "frequency",
       .label = "Frequency",
       .doc = "Of the lowest square",
       .unit = Unit::hertz,
       .min = 50.f,
       .max = 2000.f,
       .init = 320.f,
       .curve = Curve::log},
      {.id = "count",
       .label = "Squares",
       .doc = "How many sound: two make a cowbell, six a hat",
       .unit = Unit::count,
       .min = 2.f,
       .max = 6.f,
       .init = 6.f},
      {.id = "spread",
       .label = "Spread",
       .doc = "Distance of the squares; 1 is the classic one",
       .unit = Unit::ratio,
       .min = 0.25f,
       .max = 2.f,
       .init = 1.f},
      {.id = "noise", .label = "Noise", .doc = "Share of white noise", .unit = Unit::fraction, .init = 0.15f},
      {.id = "tone",
       .label = "Tone",
       .doc = "Middle of the band-pass",
       .unit = Unit::hertz,
       .min = 200.f,
       .max = 16000.f,
       .init = 9000.f,
       .curve = Curve::log},
      {.id = "width",
       .label = "Width",
       .doc = "Width of the band-pass",
       .unit = Unit::octaves,
       .min = 0.2f,
       .max = 4.f,
       .init = 2.f},
      {.id = "highpass",
       .label = "High-pass",
       .doc = "Corner of the high-pass",
       .unit = Unit::hertz,
       .min = 20.f,
       .max = 14000.f,
       .init = 6000.f,
       .curve = Curve::log},
      {.id = "decay",
       .label = "Decay",
       .doc = "Time to fall by 60 dB",
       .unit = Unit::seconds,
       .min = 0.01f,
       .max = 15.f,
       .init = 0.12f,
       .curve = Curve::log,
       .smooth = Smooth::none},
      {.id = "choke",
       .label = "Choke",
       .doc = "Decay after the key is let go; the longest lets it ring",
       .unit = Unit::seconds,
       .min = 0.01f,
       .max = 15.f,
       .init = 15.f,
       .curve = Curve::log,
       .smooth = Smooth::none},
      kDrumVelocityParam,
  }};
  static constexpr std::array<Port, 1> outputs{{kAudioOut}};
  static constexpr Spec spec{.id = "metal",
                             .label = "Metal",
                             .doc = "Hats, cymbals, cowbell: six inharmonic squares",
                             .category = "oscillator",
                             .params = params,
                             .outputs = outputs,
                             .costNs = 2500.f};

  struct State {
    DrumDecay ring;
    u32x4 phase[kSquares];
    LevelChoice mip[kSquares];
    WhiteNoise noise;
    SvfSection band, high;
    SvfCoefficients bandNow, highNow;
    uint32_t up;  ///< Lanes whose key was let go.
  };

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept {
    s.ring.start(voice, lanes);
    s.up &= ~lanes;
  }
  static void release(State& s, const VoiceBlock&, uint32_t lanes) noexcept { s.up |= lanes; }
  static uint32_t finished(const State& s) noexcept { return s.ring.finished(); }
  static void flushState(State& s) noexcept {
    s.band.flushState();
    s.high.flushState();
  }

  static void process(State& s, const UnitBlock& b) noexcept {
    const int n = b.frames;
    const Ramp<f32x4>* p = b.params;
    const float sampleRate = b.voice->sampleRate;
    const f32x4 one = splat(1.f), zero = splat(0.f), frames = splat((float)n);
    const uint32_t begins = s.ring.fresh;
    const i32x4 fresh = laneMask(begins);
    if (begins) {
      s.ring.begin(fresh, zero);
      s.noise.start(b.voice->seed, 24, fresh);
      s.band.clear(~fresh);
      s.high.clear(~fresh);
      for (uint32_t k = 0; k < kSquares; k++)
        s.phase[k] = (u32x4)select(fresh, (f32x4)noteHash(b.voice->seed, 25 + k), (f32x4)s.phase[k]);
      s.ring.fresh = 0;
    }
    f32x4 mixed[kMicroBlock];
    for (int i = 0; i < n; i++) mixed[i] = zero;
    const float share = 1.f / kSquares;
    for (int k = 0; k < kSquares; k++) addSquare(s, b, k, begins, share, mixed);

    SvfCoefficients bandTo, highTo, bandFrom, highFrom;
    filters(b, frames, bandTo, highTo);
    filters(b, zero, bandFrom, highFrom);
    SvfCoefficients band = blend(fresh, bandFrom, s.bandNow), high = blend(fresh, highFrom, s.highNow);
    const SvfCoefficients bandStep = slope(band, bandTo, frames), highStep = slope(high, highTo, frames);
    s.bandNow = bandTo, s.highNow = highTo;
    const f32x4 fallOpen = DrumDecay::factor(p[decay].value, sampleRate);
    const f32x4 fallShut = min(fallOpen, DrumDecay::factor(p[choke].value, sampleRate));
    const f32x4 fall = select(laneMask(s.up), fallShut, fallOpen);
    const f32x4 loud = velocityGain(p[velocity].value, b.voice->velocity);
    f32x4 gain = p[level].value * loud, air = p[noise].value;
    for (int i = 0; i < n; i++) {
      const f32x4 x = mixed[i] * (one - air) + s.noise.next() * splat(0.5f) * air;
      const f32x4 y = s.high.step(s.band.step(x, band), high);
      b.out[0][i] = y * s.ring.next(fall) * gain * splat(5.f);
      add(band, bandStep);
      add(high, highStep);
      gain += p[level].step * loud;
      air += p[noise].step;
    }
    s.ring.settle();
  }

 private:
  static void addSquare(State& s, const UnitBlock& b, int k, uint32_t fresh, float share, f32x4* mixed) {
    const Ramp<f32x4>* p = b.params;
    const int n = b.frames;
    const f32x4 frames = splat((float)n), most = splat(kTopIncrement);
    const f32x4 octaves = log2(splat(kRatios[(std::size_t)k]));
    const auto hertzAt = [&](f32x4 at) {
      return (p[frequency].value + p[frequency].step * at) * exp2(octaves * (p[spread].value + p[spread].step * at));
    };
    const f32x4 perHertz = splat(4294967296.f / b.voice->sampleRate), from = hertzAt(splat(0.f)), to = hertzAt(frames);
    const f32x4 first = min(from * perHertz, most), last = min(to * perHertz, most);
    const PhaseRamp ramp{toUint(first), toInt((last - first) / frames),
                         splat(69.f) + splat(12.f) * log2(max(from, to) * splat(1.f / 440.f))};
    s.mip[k].choose(ramp.topNote, b.voice->active, fresh);
    const f32x4 on = splat((float)k);
    f32x4 gain = clamp(p[count].value - on, 0.f, 1.f) * splat(share);
    const f32x4 step = (clamp(p[count].value + p[count].step * frames - on, 0.f, 1.f) * splat(share) - gain) / frames;
    if (any((gain != splat(0.f)) | (step != splat(0.f))))
      readFadedWave(tables().square, s.mip[k], s.phase[k], ramp.increment, ramp.step, n, [&](int i, f32x4 v) {
        mixed[i] += v * gain;
        gain += step;
      });
    s.phase[k] = advance(s.phase[k], ramp, n);
    s.mip[k].fade = s.mip[k].fade > n ? s.mip[k].fade - n : 0;
  }

  static void filters(const UnitBlock& b, f32x4 at, SvfCoefficients& band, SvfCoefficients& high) {
    const Ramp<f32x4>* p = b.params;
    const auto corner = [&](int k) {
      const f32x4 hz = p[k].value + p[k].step * at;
      return tanPi(clamp(hz * splat(1.f / b.voice->sampleRate), 1e-5f, 0.49f));
    };
    const f32x4 half = exp2(splat(0.5f) * (p[width].value + p[width].step * at));  // 1 / Q = 2^(w/2) - 2^(-w/2)
    band = svfCoefficients(corner(tone), half - splat(1.f) / half, SvfMode::bandpass);
    high = svfCoefficients(corner(highpass), splat(1.41421356f), SvfMode::highpass);
  }

  using Field = f32x4 SvfCoefficients::*;
  static constexpr std::array<Field, 6> kFields{&SvfCoefficients::loss2, &SvfCoefficients::a22,
                                                &SvfCoefficients::a32,   &SvfCoefficients::m0,
                                                &SvfCoefficients::half1, &SvfCoefficients::half2};
  static SvfCoefficients blend(i32x4 lanes, const SvfCoefficients& a, const SvfCoefficients& other) {
    SvfCoefficients c;
    for (Field f : kFields) c.*f = select(lanes, a.*f, other.*f);
    return c;
  }
  static SvfCoefficients slope(const SvfCoefficients& from, const SvfCoefficients& to, f32x4 frames) {
    SvfCoefficients c;
    for (Field f : kFields) c.*f = (to.*f - from.*f) / frames;
    return c;
  }
  static void add(SvfCoefficients& c, const SvfCoefficients& step) {
    for (Field f : kFields) c.*f += step.*f;
  }
};

}  // namespace sl
