// Plate reverb: Dattorro's figure-8 tank with an exact decay time. Audio thread except prepare.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>

#include "core/denormal.h"
#include "core/effect.h"
#include "dsp/delay_pool.h"
#include "dsp/echo_line.h"
#include "dsp/math.h"
#include "dsp/mix_law.h"
#include "dsp/one_pole.h"
#include "dsp/one_pole_scan.h"
#include "dsp/wavetable.h"

namespace sl {

/// Topology, line lengths and output taps: Dattorro, "Effect Design part 1", JAES 1997, table 1 (at 29761 Hz). Changed:
/// every line loses loss^length, so the whole response is the lossless one times an exponential and T60 is exact at any
/// length; each side feeds its own half of the tank, so stereo input stays stereo (equal sides give Dattorro's plate).
struct Plate {
  enum P { decay, predelay, damping, mix, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "decay",
       .label = "Decay",
       .doc = "Time to fall by 60 dB (T60) below the damping frequency.",
       .unit = Unit::seconds,
       .min = 0.1f,
       .max = 20.f,
       .init = 2.f,
       .curve = Curve::log},
      {.id = "predelay",
       .label = "Pre-delay",
       .doc = "Silence before the reverb begins.",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = 0.25f,
       .init = 0.01f,
       .smooth = Smooth::fade},
      {.id = "damping",
       .label = "Damping",
       .doc = "Low-pass in the tank: each pass (0.36 s) loses 3 dB here, less when the decay is very long.",
       .unit = Unit::hertz,
       .min = 500.f,
       .max = 20000.f,
       .init = 7000.f,
       .curve = Curve::log},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to reverb only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.3f},
  }};
  static constexpr Spec spec{.id = "plate",
                             .label = "Plate reverb",
                             .doc = "Dense, bright reverb without early echoes; as loud at every decay time.",
                             .category = "reverb",
                             .params = params,
                             .costNs = 800.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    const float scale = sampleRate_ / 29761.f;
    excursion_ = 8.f * scale;
    lowCut_ = StereoLowpass::gainFor(kLowCutHz, sampleRate_);
    pool_ = DelayPool{};
    for (int l = 0; l < kLines; l++) {
      length_[l] = (int)std::lround(kLength[l] * scale);
      const bool moves = l % kPerSide == kMoving;
      lines_[l] = pool_.add(length_[l] + (moves ? (int)excursion_ + 3 : 0));
    }
    for (int t = 0; t < kTaps; t++) tapAt_[t] = (int)std::lround(kTap[t].at * scale);
    const bool line = predelay_.prepare(arena, sampleRate_, params[predelay].max);
    return pool_.prepare(arena) && line;
  }
  void reset() noexcept {
    pool_.reset(lines_, kLines);
    predelay_.reset();
    for (float& low : low_) low = 0.f;
    for (float& d : damped_) d = 0.f;
    phase_ = kPhase;
    swing_ = 1.f;
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    predelay_.setDelay(b.params[predelay].value);
    if (fresh_ || b.params[decay].changed || b.params[damping].changed)
      aim(endOf(b.params[decay], b.frames), endOf(b.params[damping], b.frames), b.frames);
    float in[2][kBlock] = {}, out[2][kBlock];
    for (int from = 0; from < b.frames;) {
      const int n = std::min(b.frames - from, predelay_.ahead());
      predelay_.read(in[0] + from, in[1] + from, n);
      predelay_.write(b.left + from, b.right + from, n);
      from += n;
    }
    for (int side = 0; side < 2; side++) low_[side] = flush(cutLow(in[side], b.frames, low_[side]));
    if (ramping_) ramp(b.frames);
    const float rest = governed(b.level).movingTails ? 1.f : 0.f, most = (float)b.frames / (kRestSeconds * sampleRate_);
    const float swing = std::fmin(std::fmax(rest, swing_ - most), swing_ + most);
    swingStep_ = (swing - swing_) / (float)b.frames;
    tank(in, out, b.frames);
    swing_ = swing;
    mixBlock(b.left, out[0], b.params[mix], b.frames);
    mixBlock(b.right, out[1], b.params[mix], b.frames);
    if (ramping_) settle();
    ramping_ = false;
    for (float& d : damped_) d = flush(d);
    predelaySeconds_ = b.params[predelay].value;
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept {
    return (int)((decaySeconds_ * (100.f / 60.f) + predelaySeconds_ + 0.25f) * sampleRate_);
  }

 private:
  static constexpr int kPerSide = 8, kLines = 2 * kPerSide, kMoving = 4, kTaps = 14;
  static constexpr int kTapCoef = kLines, kDampCoef = kTapCoef + kTaps, kWetCoef = kDampCoef + 2;
  static constexpr int kCoefs = kWetCoef + 1;
  static constexpr int kBlock = DelayPool::kBlock;
  /// Per side: four input diffusers, moving all-pass, line, all-pass, line.
  static constexpr float kLength[kLines] = {142, 107, 379, 277, 672, 4453, 1800, 3720,
                                            142, 107, 379, 277, 908, 4217, 2656, 3163};
  static constexpr u32x4 kPhase = {0u, 0x60000000u, 0u, 0u};  ///< The two sides' LFOs begin apart.
  static constexpr float kDiffusion[4] = {0.75f, 0.75f, 0.625f, 0.625f};
  struct Tap {
    int line;
    float at;
    float sign;
  };
  static constexpr Tap kTap[kTaps] = {{13, 266, 1}, {13, 2974, 1},  {14, 1913, -1}, {15, 1996, 1}, {5, 1990, -1},
                                      {6, 187, -1}, {7, 1066, -1},  {5, 353, 1},    {5, 3627, 1},  {6, 1228, -1},
                                      {7, 2673, 1}, {13, 2111, -1}, {14, 335, -1},  {15, 121, -1}};

  /// A block through diffusers and tank: every line is longer than a block, so nothing that is read was written in it.
  void tank(const float (&in)[2][kBlock], float (&out)[2][kBlock], int n) noexcept {
    for (int l = 0; l < kLines; l++) touched_ ^= pool_.touch(lines_[l], length_[l]);
    for (int t = 0; t < kTaps; t++) touched_ ^= pool_.touch(lines_[kTap[t].line], tapAt_[t]);
    float crossed[2][kBlock], x[2][kBlock];
    for (int side = 0; side < 2; side++) end((1 - side) * kPerSide + 7, crossed[side], n);
    for (int side = 0; side < 2; side++) {
      const int first = side * kPerSide;
      const float* into = in[side];
      for (int l = first; l < first + 4; l++, into = x[side]) allpass(l, into, x[side], kDiffusion[l - first], n);
      for (int i = 0; i < n; i += kLanes) store4(x[side] + i, load4(x[side] + i) + load4(crossed[side] + i));
      float delayed[kBlock];
      moving(first + kMoving, side, delayed, n);
      allpass(first + kMoving, x[side], x[side], -0.7f, n, delayed);
      put(first + 5, x[side], n);
      end(first + 5, x[side], n);
      damp(side, x[side], n);
      allpass(first + 6, x[side], x[side], 0.5f, n);
      put(first + 7, x[side], n);
    }
    for (int side = 0; side < 2; side++) {
      f32x4 sum[kBlock / kLanes] = {};
      for (int t = side * 7; t < side * 7 + 7; t++) {
        float scratch[kBlock];
        const float* heard = pool_.read(lines_[kTap[t].line], tapAt_[t], n, scratch);
        for (int i = 0; i < n; i += kLanes) sum[i / kLanes] += load4(heard + i) * load4(gains_[kTapCoef + t] + i);
      }
      for (int i = 0; i < n; i += kLanes) store4(out[side] + i, sum[i / kLanes] * load4(gains_[kWetCoef] + i));
    }
    phase_ += turn() * splatU((uint32_t)n);
    pool_.advance(n);
  }
  /// In place; the state behind the block.
  float cutLow(float* x, int n, float low) const noexcept {
    const float pole = 1.f - 2.f * lowCut_, feed = 2.f * lowCut_, keep = 1.f - lowCut_;
    const OnePoleScan scan(pole);
    int i = 0;
    for (; i + kLanes <= n; i += kLanes) {
      const f32x4 in = load4(x + i), first = splat(low), after = scan.next(in * splat(feed), low);
      store4(x + i, (in - __builtin_shufflevector(first, after, 0, 4, 5, 6)) * splat(keep));
    }
    for (; i < n; i++) {
      const float in = x[i];
      x[i] = (in - low) * keep;
      low = low * pole + in * feed;
    }
    return low;
  }
  void damp(int side, float* x, int n) noexcept {
    const float* keep = gains_[kDampCoef + side];
    float last = damped_[side];
    int i = 0;
    if (!ramping_) {
      const OnePoleScan scan(keep[0]);
      const f32x4 feed = splat(1.f - keep[0]);
      for (; i + kLanes <= n; i += kLanes) store4(x + i, scan.next(load4(x + i) * feed, last));
    }
    for (; i < n; i++) x[i] = last = x[i] * (1.f - keep[i]) + last * keep[i];
    damped_[side] = last;
  }
  /// What leaves a line, with the line's loss.
  void end(int l, float* to, int n) const noexcept {
    const float* heard = pool_.read(lines_[l], length_[l], n, to);
    for (int i = 0; i < n; i += kLanes) store4(to + i, load4(heard + i) * load4(gains_[l] + i));
  }
  void allpass(int l, const float* x, float* out, float g, int n) noexcept {
    float scratch[kBlock], ended[kBlock];
    const float* heard = pool_.read(lines_[l], length_[l], n, ended);
    float* kept = pool_.room(lines_[l], n, scratch);
    const float* gains = gains_[l];
    for (int i = 0; i < n; i += kLanes) pass(x + i, out + i, kept + i, load4(heard + i) * load4(gains + i), splat(g));
    pool_.wrote(lines_[l], n, kept, scratch);
  }
  /// With what leaves its line given.
  void allpass(int l, const float* x, float* out, float g, int n, const float* delayed) noexcept {
    float scratch[kBlock];
    float* kept = pool_.room(lines_[l], n, scratch);
    for (int i = 0; i < n; i += kLanes) pass(x + i, out + i, kept + i, load4(delayed + i), splat(g));
    pool_.wrote(lines_[l], n, kept, scratch);
  }
  static void pass(const float* x, float* out, float* kept, f32x4 delayed, f32x4 g) noexcept {
    const f32x4 v = flush(load4(x) - g * delayed);
    store4(kept, v);
    store4(out, delayed + g * v);
  }
  void put(int l, const float* x, int n) noexcept {
    float scratch[kBlock];
    float* kept = pool_.room(lines_[l], n, scratch);
    for (int i = 0; i < n; i += kLanes) store4(kept + i, flush(load4(x + i)));
    pool_.wrote(lines_[l], n, kept, scratch);
  }
  /// What leaves the moving all-pass of a side: its LFO sweeps the end of the line.
  void moving(int l, int side, float* to, int n) const noexcept {
    if (swing_ == 0.f && swingStep_ == 0.f) return end(l, to, n);
    const u32x4 turnAll = splatU(turn()[side]), steps = {1, 2, 3, 4};
    for (int i = 0; i < n; i += kLanes) {
      const u32x4 phase = splatU(phase_[side]) + turnAll * (splatU((uint32_t)i) + steps);
      const f32x4 swing = splat(swing_) + splat(swingStep_) * (f32x4{1.f, 2.f, 3.f, 4.f} + splat((float)i));
      const f32x4 offset = sinePhase(phase) * (splat(excursion_) * swing);
      const f32x4 at = splat((float)length_[l]) + offset;
      const i32x4 whole = toInt(at);
      f32x4 x3, x2, x1, x0;
      const float* near = all(whole == splatI(whole[0])) ? pool_.group(lines_[l], whole[0] + 2, i) : nullptr;
      if (near) {
        x3 = load4(near), x2 = load4(near + 1), x1 = load4(near + 2), x0 = load4(near + 3);
      } else {
        x3 = pool_.readFour(lines_[l], whole[0] + 2, i), x2 = pool_.readFour(lines_[l], whole[1] + 2, i + 1);
        x1 = pool_.readFour(lines_[l], whole[2] + 2, i + 2), x0 = pool_.readFour(lines_[l], whole[3] + 2, i + 3);
        transpose(x3, x2, x1, x0);
      }
      store4(to + i, lagrange3(x0, x1, x2, x3, at - toFloat(whole)) * load4(gains_[l] + i));
    }
  }
  u32x4 turn() const noexcept {
    return {(uint32_t)(0.87f * 4294967296.f / sampleRate_), (uint32_t)(0.69f * 4294967296.f / sampleRate_), 0, 0};
  }

  /// All gains for a decay and damping, reached after `frames`.
  void aim(float seconds, float dampingHz, int frames) noexcept {
    decaySeconds_ = seconds;
    const float perFrame = -6.90775528f / (seconds * sampleRate_);  // ln of the loss per frame: -60 dB over T60
    for (int l = 0; l < kLines; l++) goal_[l] = std::exp(perFrame * (float)length_[l]);
    for (int t = 0; t < kTaps; t++) goal_[kTapCoef + t] = kTap[t].sign * std::exp(perFrame * (float)tapAt_[t]);
    const double w = std::cos(6.283185307179586 * std::fmin(dampingHz / sampleRate_, 0.5f));
    for (int side = 0; side < 2; side++) {
      int frames = 0;
      for (int l = side * kPerSide + kMoving; l < (side + 1) * kPerSide; l++) frames += length_[l];
      // The filter takes as much again as the half's own loss at the damping frequency, but never more than 3 dB.
      goal_[kDampCoef + side] = (float)poleFor(std::fmax(std::exp(2. * perFrame * frames), 0.5), w);
    }
    goal_[kWetCoef] = kLevel / std::sqrt(seconds * (1.f - std::exp(seconds / -kBuildUpSeconds)));
    ramping_ = !fresh_;
    for (int k = 0; k < kCoefs; k++) step_[k] = (goal_[k] - coef_[k]) / (float)frames;
    if (fresh_) settle();
    fresh_ = false;
  }
  /// The gains of each frame on the way to the goal.
  void ramp(int frames) noexcept {
    for (int k = 0; k < kCoefs; k++)
      for (int i = 0; i < frames; i++, coef_[k] += step_[k]) gains_[k][i] = coef_[k];
  }
  void settle() noexcept {
    for (int k = 0; k < kCoefs; k++) {
      coef_[k] = goal_[k];
      for (float& gain : gains_[k]) gain = goal_[k];
    }
  }
  /// Pole of the one-pole low-pass (unity at 0 Hz) whose power gain is `power` where the cosine of the frequency is
  /// `w`.
  static double poleFor(double power, double w) noexcept {
    const double a = 1. - power, b = 1. - power * w;
    return a < 1e-9 ? 0. : std::fmax((b - std::sqrt(std::fmax(b * b - a * a, 0.))) / a, 0.);
  }

  /// Wet energy equals dry energy for noise, whatever the decay (fitted to the measured response, see plate.test.ts).
  static constexpr float kLevel = 1.06f, kBuildUpSeconds = 0.45f, kRestSeconds = 0.5f;
  static constexpr float kLowCutHz = 25.f;

  DelayPool pool_;
  DelayPool::Line lines_[kLines];
  int length_[kLines] = {};
  int tapAt_[kTaps] = {};
  float coef_[kCoefs] = {}, goal_[kCoefs] = {}, step_[kCoefs] = {};
  float gains_[kCoefs][kBlock] = {};  ///< Of each frame of the block.
  EchoLine predelay_;
  float lowCut_ = 0.f, low_[2] = {};  ///< Gain and states of a one-pole (trapezoidal) at kLowCutHz.
  u32x4 phase_ = kPhase;
  float damped_[2] = {};
  float excursion_ = 0.f;
  float swing_ = 1.f, swingStep_ = 0.f;  ///< share of the excursion; 0 when the governor stills it
  float sampleRate_ = 48000.f;
  float decaySeconds_ = params[decay].init;
  float predelaySeconds_ = params[predelay].init;
  uint32_t touched_ = 0;  ///< Means nothing; so that what is fetched ahead counts as used.
  bool fresh_ = true;
  bool ramping_ = false;
};

}  // namespace sl
