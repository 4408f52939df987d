// The figure-8 tank of a plate reverb (Dattorro 1997), with an exact decay time. Audio thread except prepare.
#pragma once
#include <cmath>

#include "core/denormal.h"
#include "dsp/delay_pool.h"
#include "dsp/held_floor.h"
#include "dsp/math.h"
#include "dsp/one_pole_scan.h"
#include "dsp/wavetable.h"

namespace sl {

/// Topology, line lengths and output taps: Dattorro, "Effect Design part 1", JAES 1997, table 1 (at 29761 Hz). Changed:
/// every line loses loss^length, so the whole response is the lossless one times an exponential and T60 is exact at any
/// length; each side feeds its own half of the tank, so stereo input stays stereo (equal sides give Dattorro's plate).
/// Every line is longer than a block, so nothing that is read was written in it: each stage takes the whole block, four
/// frames at a time.
class PlateTank {
 public:
  static constexpr int kBlock = DelayPool::kBlock;
  using Sides = float[2][kBlock];

  bool prepare(Arena& arena, float sampleRate) {
    sampleRate_ = sampleRate;
    const float scale = sampleRate / 29761.f;
    excursion_ = 8.f * scale;
    turn_ = {(uint32_t)(0.87f * 4294967296.f / sampleRate), (uint32_t)(0.69f * 4294967296.f / sampleRate), 0, 0};
    pool_ = DelayPool{};
    for (int l = 0; l < kLines; l++) {
      length_[l] = (int)std::lround(kLength[l] * scale);
      const bool moves = l % kPerSide == kMoving;
      lines_[l] = pool_.add(length_[l] + (moves ? (int)excursion_ + 3 : 0));
    }
    for (int t = 0; t < kTaps; t++) tapAt_[t] = (int)std::lround(kTap[t].at * scale);
    for (int l = 0; l < kLines; l++) heard_[l] = lines_[l].base - length_[l];
    for (int t = 0; t < kTaps; t++) heard_[kTapGain + t] = lines_[kTap[t].line].base - tapAt_[t];
    return pool_.prepare(arena);
  }
  void reset() noexcept {
    pool_.reset(lines_, kLines);
    for (float& d : damped_) d = 0.f;
    phase_ = kPhase;
    swing_ = 1.f;
    fresh_ = true;
    ramping_ = false;
  }
  bool fresh() const noexcept { return fresh_; }
  /// Decay time (T60) and damping, reached at the end of the next block; at once after a reset.
  void aim(float seconds, float dampingHz) noexcept {
    const float perFrame = -6.90775528f / (seconds * sampleRate_);  // ln of the loss per frame: -60 dB over T60
    for (int l = 0; l < kLines; l++) goal_[l] = std::exp(perFrame * (float)length_[l]);
    for (int t = 0; t < kTaps; t++) goal_[kTapGain + t] = kTap[t].sign * std::exp(perFrame * (float)tapAt_[t]);
    const double w = std::cos(6.283185307179586 * std::fmin(dampingHz / sampleRate_, 0.5f));
    for (int side = 0; side < 2; side++) {
      int frames = 0;
      for (int l = side * kPerSide + kMoving; l < (side + 1) * kPerSide; l++) frames += length_[l];
      // The filter takes as much again as the half's own loss at the damping frequency, but never more than 3 dB.
      goal_[kDampGain + side] = (float)poleFor(std::fmax(std::exp(2. * perFrame * frames), 0.5), w);
    }
    goal_[kWetGain] = kLevel / std::sqrt(seconds * (1.f - std::exp(seconds / -kBuildUpSeconds)));
    ramping_ = !fresh_;
    if (fresh_) settle();
    fresh_ = false;
  }
  /// Up to 32 frames. `moves`: the moving all-passes do; they ease into rest and out of it.
  void process(const Sides& in, Sides& out, int frames, bool moves) noexcept {
    const float goal = moves ? 1.f : 0.f, most = (float)frames / (kRestSeconds * sampleRate_);
    const float swing = std::fmin(std::fmax(goal, swing_ - most), swing_ + most);
    swingStep_ = (swing - swing_) / (float)frames;
    if (frames == kBlock && !ramping_)
      run(Steady{gain_}, in, out, kBlock);
    else
      run(Moving(gain_, goal_, ramping_, frames), in, out, frames);
    swing_ = swing;
    if (ramping_) settle();
    ramping_ = false;
    for (float& d : damped_) d = flush(d);
    phase_ += turn_ * splatU((uint32_t)frames);
    pool_.advance(frames);
  }

 private:
  /// Per side: four input diffusers, moving all-pass, line, all-pass, line.
  static constexpr int kPerSide = 8, kLines = 2 * kPerSide, kMoving = 4, kTaps = 14;
  static constexpr int kTapGain = kLines, kDampGain = kTapGain + kTaps, kWetGain = kDampGain + 2;
  static constexpr int kGains = kWetGain + 1;
  static constexpr float kLength[kLines] = {142, 107, 379, 277, 672, 4453, 1800, 3720,
                                            142, 107, 379, 277, 908, 4217, 2656, 3163};
  static constexpr u32x4 kPhase = {0u, 0x60000000u, 0u, 0u};  ///< The two sides' LFOs begin apart.
  static constexpr float kDiffusion[4] = {0.75f, 0.75f, 0.625f, 0.625f}, kMovingGain = -0.7f;
  /// Wet energy equals dry energy for noise, whatever the decay (fitted to the measured response, see plate.test.ts).
  static constexpr float kLevel = 1.06f, kBuildUpSeconds = 0.45f, kRestSeconds = 0.5f;
  struct Tap {
    int line;
    float at;
    float sign;
  };
  static constexpr Tap kTap[kTaps] = {{13, 266, 1}, {13, 2974, 1},  {14, 1913, -1}, {15, 1996, 1}, {5, 1990, -1},
                                      {6, 187, -1}, {7, 1066, -1},  {5, 353, 1},    {5, 3627, 1},  {6, 1228, -1},
                                      {7, 2673, 1}, {13, 2111, -1}, {14, 335, -1},  {15, 121, -1}};

  /// Gains that stand through a whole block.
  struct Steady {
    static constexpr bool kStands = true;
    const float* gain;
    struct Of {
      f32x4 value;
      f32x4 at(int) const noexcept { return value; }
    };
    Of of(int k) const noexcept { return {splat(gain[k])}; }
  };
  /// Each frame's gains, of any block.
  struct Moving {
    static constexpr bool kStands = false;
    bool moves;
    float gain[kGains][kBlock];
    Moving(const float* from, const float* to, bool ramping, int frames) noexcept : moves(ramping) {
      for (int k = 0; k < kGains; k++) {
        const float step = ramping ? (to[k] - from[k]) / (float)frames : 0.f;
        float value = from[k];
        for (int i = 0; i < kBlock; i++, value += step) gain[k][i] = value;
      }
    }
    struct Of {
      const float* values;
      f32x4 at(int i) const noexcept { return load4(values + i); }
    };
    Of of(int k) const noexcept { return {gain[k]}; }
  };

  /// What leaves a line or a tap, from a frame of the block on.
  template <class Gain>
  struct Heard {
    const float* from;
    Gain gain;
    f32x4 operator()(int i) const noexcept { return load4(from + i) * gain.at(i); }
  };

  template <class Gains>
  void run(const Gains& gain, const Sides& in, Sides& out, int frames) noexcept {
    const int n = Gains::kStands ? kBlock : frames;
    const auto heard = [&](int k) { return Heard{pool_.read(heard_[k]), gain.of(k)}; };
    for (int side = 0; side < 2; side++) {
      const int first = side * kPerSide, moving = first + kMoving;
      float x[kBlock];
      for (int l = first; l < moving; l++) allpass(l, l == first ? in[side] : x, x, kDiffusion[l - first], n, heard(l));
      const auto crossed = heard(kLines - 1 - first), line = heard(first + 5);
      for (int i = 0; i < n; i += kLanes) store4(x + i, load4(x + i) + crossed(i));
      const Glide glide = glideOf(side);
      const auto kept = gain.of(moving);
      if (Gains::kStands && glide.straight) {
        Cubic cubic(glide, pool_.read(lines_[moving], glide.oldest), kept.at(0));
        allpass(moving, x, x, kMovingGain, n, [&](int i) { return cubic.next(i); });
      } else {
        float delayed[kBlock];
        sweep(moving, side, delayed, n);
        allpass(moving, x, x, kMovingGain, n, [&](int i) { return load4(delayed + i) * kept.at(i); });
      }
      put(first + 5, x, n);
      for (int i = 0; i < n; i += kLanes) store4(x + i, line(i));
      damp(side, gain, x, n);
      allpass(first + 6, x, x, 0.5f, n, heard(first + 6));
      put(first + 7, x, n);
    }
    for (int side = 0; side < 2; side++) {
      f32x4 sum[kBlock / kLanes] = {};
      for (int t = kTapGain + side * 7; t < kTapGain + side * 7 + 7; t++) {
        const auto tap = heard(t);
        for (int i = 0; i < n; i += kLanes) sum[i / kLanes] += tap(i);
      }
      const auto wet = gain.of(kWetGain);
      for (int i = 0; i < n; i += kLanes) store4(out[side] + i, sum[i / kLanes] * wet.at(i));
    }
  }
  /// `delayed(i)`: what leaves the line from frame i on.
  template <class Delayed>
  void allpass(int l, const float* x, float* out, float gain, int n, Delayed delayed) noexcept {
    float scratch[kBlock];
    float* kept = pool_.room(lines_[l], scratch);
    const f32x4 g = opaque(splat(gain));
    const HeldFloor flush;
    for (int i = 0; i < n; i += kLanes) {
      const f32x4 late = delayed(i), v = flush(load4(x + i) - g * late);
      store4(kept + i, v);
      store4(out + i, late + g * v);
    }
    pool_.wrote(lines_[l], n, kept, scratch);
  }
  void put(int l, const float* x, int n) noexcept {
    float scratch[kBlock];
    float* kept = pool_.room(lines_[l], scratch);
    const HeldFloor flush;
    for (int i = 0; i < n; i += kLanes) store4(kept + i, flush(load4(x + i)));
    pool_.wrote(lines_[l], n, kept, scratch);
  }
  template <class Gains>
  void damp(int side, const Gains& gain, float* x, int n) noexcept {
    float last = damped_[side];
    int i = 0;
    bool moves = false;
    if constexpr (!Gains::kStands) moves = gain.moves;
    if (!moves) {
      const float keep = gain.of(kDampGain + side).at(0)[0];
      const OnePoleScan scan(keep);
      const f32x4 feed = splat(1.f - keep);
      for (; i + kLanes <= n; i += kLanes) store4(x + i, scan.next(load4(x + i) * feed, last));
    }
    for (; i < n; i++) {
      const float keep = gain.of(kDampGain + side).at(i)[0];
      x[i] = last = x[i] * (1.f - keep) + last * keep;
    }
    damped_[side] = last;
  }
  /// The way of the place that a moving all-pass is read at through a whole block: as a parabola, which is off by less
  /// than the sine's own rounding. Straight: it passes no whole frame and the excursion stands, as in nearly every
  /// block.
  struct Glide {
    bool straight;
    int oldest;
    float at, step, bend;  ///< beyond a whole frame: at the first frame, a frame on, and squared
  };
  Glide glideOf(int side) const noexcept {
    constexpr float kHalf = kBlock / 2, kScale = 1.f / (kHalf * kHalf);
    const u32x4 phase = splatU(phase_[side]) + splatU(turn_[side]) * u32x4{1, 1 + kBlock / 2, 1 + kBlock, kBlock};
    const f32x4 off = sinePhase(phase) * splat(excursion_ * swing_), whole = floor(off);
    const float bend = (off[0] - 2.f * off[1] + off[2]) * (0.5f * kScale);
    return {.straight = swing_ != 0.f && swingStep_ == 0.f && sl::all(whole == splat(whole[0])),
            .oldest = length_[side * kPerSide + kMoving] + (int)whole[0] + 2,
            .at = off[0] - whole[0],
            .step = (off[2] - off[0]) * (1.f / kBlock) - bend * (float)kBlock,
            .bend = bend};
  }
  /// Cubic Lagrange interpolation (see lagrange3) on that way, times a gain; what stands stays in registers.
  class Cubic {
   public:
    Cubic(const Glide& way, const float* oldest, f32x4 gain) noexcept
        : from_(oldest),
          at_(splat(way.at)),
          step_(splat(way.step)),
          bend_(splat(way.bend)),
          sixth_(opaque(gain * splat(1.f / 6.f))) {}
    f32x4 next(int i) noexcept {
      const float* x = from_ + i;
      const f32x4 t = at_ + frame_ * (step_ + frame_ * bend_), a = t + one_, b = t - one_, c = t - two_;
      frame_ += four_;
      const f32x4 far = b * load4(x) - three_ * c * load4(x + 1), near = three_ * a * load4(x + 2) - t * load4(x + 3);
      return (a * t * far + b * c * near) * sixth_;
    }

   private:
    const float* from_;
    f32x4 at_, step_, bend_, sixth_, frame_ = opaque(f32x4{0.f, 1.f, 2.f, 3.f}), four_ = opaque(splat((float)kLanes));
    f32x4 one_ = opaque(splat(1.f)), two_ = opaque(splat(2.f)), three_ = opaque(splat(3.f));
  };
  /// What leaves the moving all-pass of a side in any block.
  [[gnu::noinline]] void sweep(int l, int side, float* to, int n) const noexcept {
    const bool rests = swing_ == 0.f && swingStep_ == 0.f;
    const u32x4 turn = splatU(turn_[side]), steps = {1, 2, 3, 4};
    for (int i = 0; i < n; i += kLanes) {
      if (rests) {
        store4(to + i, load4(pool_.read(heard_[l]) + i));
        continue;
      }
      const u32x4 phase = splatU(phase_[side]) + turn * (splatU((uint32_t)i) + steps);
      const f32x4 swing = splat(swing_) + splat(swingStep_) * (f32x4{1.f, 2.f, 3.f, 4.f} + splat((float)i));
      const f32x4 off = sinePhase(phase) * (splat(excursion_) * swing), whole = floor(off);
      const i32x4 oldest = toInt(whole) + splatI(length_[l] + 2 - i);
      const auto four = [&](int k) { return load4(pool_.read(lines_[l], oldest[k] - k)); };
      f32x4 x3 = four(0), x2 = four(1), x1 = four(2), x0 = four(3);
      transpose(x3, x2, x1, x0);
      store4(to + i, lagrange3(x0, x1, x2, x3, off - whole));
    }
  }
  void settle() noexcept {
    for (int k = 0; k < kGains; k++) gain_[k] = goal_[k];
  }
  /// Pole of the one-pole low-pass (unity at 0 Hz) whose power gain is `power` where the cosine of the frequency is
  /// `w`.
  static double poleFor(double power, double w) noexcept {
    const double a = 1. - power, b = 1. - power * w;
    return a < 1e-9 ? 0. : std::fmax((b - std::sqrt(std::fmax(b * b - a * a, 0.))) / a, 0.);
  }

  DelayPool pool_;
  DelayPool::Line lines_[kLines];
  int length_[kLines] = {};
  int tapAt_[kTaps] = {};
  int heard_[kLines + kTaps] = {};  ///< Where in the pool the lines end and the taps are.
  float gain_[kGains] = {}, goal_[kGains] = {};
  u32x4 phase_ = kPhase, turn_ = {};
  float damped_[2] = {};
  float excursion_ = 0.f;
  float swing_ = 1.f, swingStep_ = 0.f;  ///< share of the excursion; 0 when the governor stills it
  float sampleRate_ = 48000.f;
  bool fresh_ = true;
  bool ramping_ = false;
};

}  // namespace sl
