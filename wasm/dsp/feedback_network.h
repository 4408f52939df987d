// A feedback delay network of 16 lines: the late part of a reverb. Audio thread except prepare.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/denormal.h"
#include "dsp/copy_block.h"
#include "dsp/held_floor.h"
#include "dsp/math.h"
#include "dsp/sinc_kernel.h"
#include "dsp/wavetable.h"

namespace sl {

/// Decay times of a network: T60 in the middle, and how much longer or shorter it is below and above.
struct DecayTimes {
  float seconds = 2.f, lowRatio = 1.f, lowHz = 250.f, highRatio = 1.f, highHz = 4000.f;
  bool operator==(const DecayTimes&) const = default;
};

/// Jot and Chaigne 1991: every line loses what its length is worth of T60, by a gain and two first-order shelves whose
/// decibels are in proportion to the length, so that all lines agree at every frequency. Lines mix by a Hadamard
/// matrix (each feeds all at equal power: Schlecht and Habets 2017 on density). Every second line is read at a slowly
/// moving place through an 8-tap windowed sinc, which loses nothing that T60 would notice below 12 kHz. Lanes are
/// lines where a filter waits for its last frame, and four frames of a line elsewhere.
class FeedbackNetwork {
 public:
  static constexpr int kLines = 16;
  static constexpr float kMaxSweepSeconds = 0.00025f;

  bool prepare(Arena& arena, float sampleRate, float maxSeconds) {
    sampleRate_ = sampleRate;
    fadeStep_ = 1.f / (kFadeSeconds * sampleRate);
    size_ = (((int)((maxSeconds + kMaxSweepSeconds) * sampleRate) + 2 * kBlock + kTaps) / kBlock + 1) * kBlock;
    stride_ = size_ + kGuard + 4;
    data_ = arena.take<float>((std::size_t)(kLines * stride_), 64);
    kernels_ = arena.take<float>((kRows + 1) * kTaps);
    if (!data_ || !kernels_) return false;
    for (int r = 0; r <= kRows; r++) sincKernel(kernels_ + r * kTaps, kTaps, (double)r / kRowsPerFrame - kMargin, 6.);
    return true;
  }
  void reset() noexcept {
    const int n = std::min(written_, size_);
    for (int l = 0; l < kLines; l++) {
      std::memset(data_ + l * stride_, 0, sizeof(float) * (std::size_t)n);
      std::memset(data_ + l * stride_ + size_, 0, sizeof(float) * kGuard);
    }
    std::memset(state_, 0, sizeof state_);
    for (int k = 0; k < 2; k++) phase_[k] = kPhase[k], sweep_[k] = splat(0.f);
    for (Place& place : places_) place = Place{};
    at_ = written_ = rampFrames_ = 0;
    fade_ = 1.f;
    tuned_ = moving_ = false;
    moves_ = true, eases_ = resting_[0] = resting_[1] = false;
    fresh_ = true;
  }
  /// Lengths of the lines; new ones are crossfaded. Not before the last crossfade is over: `true` when taken.
  bool setLengths(const float* seconds) noexcept {
    if (fade_ < 1.f) return false;
    for (int l = 0; l < kLines; l++) {
      const int least = 2 * kBlock + kTaps, most = size_ - 2 * kBlock - kTaps - (int)(kMaxSweepSeconds * sampleRate_);
      next_[l] = std::clamp(prime((int)std::lround(seconds[l] * sampleRate_)), least, most);
    }
    if (fresh_) {
      std::memcpy(now_, next_, sizeof now_);
    } else {
      fade_ = 0.f;
      rampFrames_ = (int)(kFadeSeconds * sampleRate_);
    }
    tuned_ = false;
    return true;
  }
  /// Reached at the end of the next `process`, or with the new lengths.
  void setDecay(const DecayTimes& times) noexcept {
    if (tuned_ && times == times_) return;
    times_ = times;
    tuned_ = true;
    for (int g = 0; g < kGroups; g++)
      for (int lane = 0; lane < kLanes; lane++) tune(goal_[g], lane, (float)next_[4 * g + lane]);
    moving_ = true;
    if (fresh_) std::memcpy(shelves_, goal_, sizeof goal_);
  }
  /// Frames of all lines together.
  int totalFrames() const noexcept {
    int sum = 0;
    for (int n : next_) sum += n;
    return sum;
  }
  /// Up to 32 frames, in place if wanted. `sweepFrames`: how far the moving lines move. `moves` false: they come to
  /// rest and are then read as the others are.
  void process(const float* left, const float* right, float* outLeft, float* outRight, int frames, float sweepFrames,
               bool moves = true) noexcept {
    fresh_ = false;
    if (!moves) sweepFrames = 0.f;
    moves_ = moves;
    if (!moves) eases_ = true;
    // The lines move and wrap by blocks of their own, which begin at the reset.
    for (int done = 0; done < frames;) {
      const int n = std::min(frames - done, kBlock - at_ % kBlock);
      piece(left + done, right + done, outLeft + done, outRight + done, n, sweepFrames);
      done += n;
    }
  }

 private:
  void piece(const float* left, const float* right, float* outLeft, float* outRight, int frames,
             float sweepFrames) noexcept {
    const int within = at_ % kBlock;
    if (within == 0) turn(sweepFrames);
    alignas(16) float rows[kLines][kBlock], sumLeft[kBlock], sumRight[kBlock];
    const float* heard[kLines];
    for (int l = 0; l < kLines; l++) heard[l] = readLine(l, rows[l], within, frames);
    if (fade_ < 1.f) {
      fade_ = std::min(1.f, fade_ + fadeStep_ * (float)frames);
      if (fade_ >= 1.f) std::memcpy(now_, next_, sizeof now_);
    }
    for (int g = 0; g < kGroups; g += 2) {
      if (frames == kBlock && !moving_)
        lose(g, heard, rows, sumLeft, sumRight);
      else
        loseMoving(g, heard, rows, sumLeft, sumRight, frames);
    }
    rampFrames_ = std::max(rampFrames_ - frames, 0);
    moving_ = moving_ && rampFrames_ > 0;
    if (!moving_) std::memcpy(shelves_, goal_, sizeof goal_);
    for (auto& group : state_)
      for (f32x4& s : group) s = flush(s);
    mix(rows, left, right, frames);
    copy(outLeft, sumLeft, frames);
    copy(outRight, sumRight, frames);
    at_ += frames;
    if (at_ == size_) at_ = 0;
    written_ = std::min(written_ + frames, size_);
  }

  static constexpr int kBlock = 32, kGroups = kLines / kLanes, kTaps = 8, kGuard = kBlock + kTaps + 4;
  static constexpr int kRowsPerFrame = 128;
  static constexpr double kMargin = 0.25;  ///< a sweep may leave its whole frame by this much within a block
  static constexpr int kRows = kRowsPerFrame * 3 / 2;
  static constexpr float kFadeSeconds = 0.06f, kEase = 0.06f;  ///< frames in 32: more than any sweep
  static constexpr u32x4 kPhase[2] = {{0u, 0x9c000000u, 0x38000000u, 0xd4000000u},
                                      {0x70000000u, 0x0c000000u, 0xa8000000u, 0x44000000u}};
  static constexpr f32x4 kRate[2] = {{0.47f, 0.61f, 0.73f, 0.89f}, {0.53f, 0.67f, 0.79f, 0.97f}};
  /// Low and high shelf of four lines, the gain in the first: y = b0 x + b1 x' - a1 y'.
  struct Shelves {
    f32x4 b0, b1, a1, c0, c1, d1;
  };
  struct Place {
    int whole = 0;
    float from[kTaps] = {}, to[kTaps] = {}, step[kTaps] = {};
  };

  static int prime(int n) noexcept {
    for (n |= 1;; n += 2) {
      bool is = true;
      for (int d = 3; is && d * d <= n; d += 2) is = n % d != 0;
      if (is) return n;
    }
  }
  /// Shelves whose gain at the corner is half their decibels: those of different lines stay in proportion.
  void tune(Shelves& s, int lane, float frames) const noexcept {
    const float perSecond = -6.90775528f * frames / sampleRate_;
    const float middle = std::exp(perSecond / times_.seconds) * 0.25f;  // 1/4: the matrix
    const float low = std::exp(perSecond / times_.seconds * (1.f / times_.lowRatio - 1.f));
    const float high = std::exp(perSecond / times_.seconds * (1.f / times_.highRatio - 1.f));
    const auto corner = [&](float hz) { return std::tan(3.14159265f * std::min(hz / sampleRate_, 0.45f)); };
    const float p = corner(times_.lowHz) / std::sqrt(low), q = corner(times_.highHz) * std::sqrt(high);
    s.b0[lane] = middle * (1.f + p * low) / (1.f + p);
    s.b1[lane] = middle * (p * low - 1.f) / (1.f + p);
    s.a1[lane] = (p - 1.f) / (1.f + p);
    s.c0[lane] = (q + high) / (q + 1.f);
    s.c1[lane] = (q - high) / (q + 1.f);
    s.d1[lane] = (q - 1.f) / (q + 1.f);
  }

  /// Where the moving lines (the odd ones) go in the next 32 frames.
  void turn(float sweepFrames) noexcept {
    bool late = false;
    for (int k = 0; k < 2; k++) {
      const f32x4 from = sweep_[k];
      resting_[k] = !moves_ && !any(from != splat(0.f));
      phase_[k] += toUint(kRate[k] * splat(4294967296.f * (float)kBlock / sampleRate_));
      if (resting_[k]) continue;
      // The way there is limited, so that a jump of the depth does not bend the pitch audibly; slower yet to rest and
      // back.
      const f32x4 way = sinePhase(phase_[k]) * splat(sweepFrames) - from;
      const float most = eases_ ? kEase : 0.2f;
      sweep_[k] = from + clamp(way, -most, most);
      late = late || any(abs(way) > splat(kEase));
      for (int lane = 0; lane < kLanes; lane++) {
        Place& place = places_[4 * k + lane];
        const int whole = (int)std::floor(from[lane]) + 1;
        if (whole == place.whole)
          std::memcpy(place.from, place.to, sizeof place.to);
        else
          kernel(place.from, (float)whole - from[lane]);
        place.whole = whole;
        kernel(place.to, (float)whole - sweep_[k][lane]);
        for (int t = 0; t < kTaps; t += 4)
          store4(place.step + t, (load4(place.to + t) - load4(place.from + t)) * splat(1.f / kBlock));
      }
    }
    eases_ = eases_ && (late || !moves_);
  }
  void kernel(float* weights, float fraction) const noexcept {
    const float row = (fraction + (float)kMargin) * kRowsPerFrame;
    const int whole = std::clamp((int)row, 0, kRows - 1);
    const float* a = kernels_ + whole * kTaps;
    const f32x4 share = splat(row - (float)whole);
    for (int t = 0; t < kTaps; t += 4)
      store4(weights + t, load4(a + t) + (load4(a + t + kTaps) - load4(a + t)) * share);
  }
  /// What a line gives in this block: where it lies, or in `room`.
  const float* readLine(int line, float* room, int within, int frames) const noexcept {
    const float* now = readAt(line, now_[line], room, within);
    if (fade_ >= 1.f) return now;
    alignas(16) float other[kBlock];
    const float* next = readAt(line, next_[line], other, within);
    float share = fade_;
    for (int i = 0; i < frames; i++) {
      share = std::min(1.f, share + fadeStep_);
      room[i] = now[i] + (next[i] - now[i]) * share;
    }
    return room;
  }
  const float* readAt(int line, int delay, float* room, int within) const noexcept {
    const bool still = (line & 1) == 0 || resting_[line >> 3];
    const Place& place = places_[line >> 1];
    int from = at_ - delay - (still ? 0 : place.whole + (kTaps / 2 - 1));
    from += from < 0 ? size_ : 0;
    const float* ring = data_ + line * stride_ + from;
    if (still) return ring;
    sweep(place, ring, room, within);
    return room;
  }
  /// A block through weights on their way. Their steps are summed apart: two products a tap.
  [[gnu::noinline]] static void sweep(const Place& place, const float* x, float* to, int within) noexcept {
    const f32x4 four = opaque(splat(4.f));
    f32x4 frame = f32x4{0.f, 1.f, 2.f, 3.f} + splat((float)within);
    for (int half = 0; half < 2; half++, x += kBlock / 2, to += kBlock / 2) {
      f32x4 sum[4] = {}, slope[4] = {};
#pragma clang loop unroll(disable)
      for (int t = 0; t < kTaps; t++) {
        const f32x4 weight = splat(place.from[t]), step = splat(place.step[t]);
        for (int v = 0; v < 4; v++) {
          const f32x4 past = load4(x + 4 * v + t);
          sum[v] += weight * past;
          slope[v] += step * past;
        }
      }
      for (int v = 0; v < 4; v++) {
        store4(to + 4 * v, sum[v] + frame * slope[v]);
        frame += four;
      }
    }
  }

  /// Shelves that stand, with their states: s' = (b1 - a1 b0) x - a1 s waits for one product only.
  struct Loss {
    f32x4 b0, b1, a1, c0, c1, d1, s, t;
    Loss(const Shelves& of, const f32x4 (&state)[2]) noexcept
        : b0(of.b0),
          b1(of.b1 - of.a1 * of.b0),
          a1(of.a1),
          c0(of.c0),
          c1(of.c1 - of.d1 * of.c0),
          d1(of.d1),
          s(state[0]),
          t(state[1]) {}
    f32x4 next(f32x4 x) noexcept {
      const f32x4 low = b0 * x + s, y = c0 * low + t;
      s = b1 * x - a1 * s;
      t = c1 * low - d1 * t;
      return y;
    }
  };
  /// Adds what two groups of lines give to the sides, which enter and leave without correlation: rows of a Hadamard
  /// matrix.
  static void leave(int g, int i, const f32x4 (&x)[4], const f32x4 (&y)[4], float* left, float* right) noexcept {
    const f32x4 l = ((x[0] + x[1]) + (x[2] + x[3])) - ((y[0] + y[1]) + (y[2] + y[3]));
    const f32x4 r = ((x[0] - x[1]) - (x[2] - x[3])) + ((y[0] - y[1]) - (y[2] - y[3]));
    store4(left + i, g == 0 ? l : load4(left + i) + l);
    store4(right + i, g == 0 ? r : load4(right + i) - r);
  }
  /// The matrix within a group, its frames again side by side.
  static void join(const f32x4 (&y)[4], float (*rows)[kBlock], int i) noexcept {
    f32x4 a = y[0], b = y[1], c = y[2], d = y[3];
    transpose(a, b, c, d);
    const f32x4 ab = a + b, cd = c + d, minusAb = a - b, minusCd = c - d;
    store4(rows[0] + i, ab + cd);
    store4(rows[1] + i, minusAb + minusCd);
    store4(rows[2] + i, ab - cd);
    store4(rows[3] + i, minusAb - minusCd);
  }
  /// Output and losses of two groups over a whole block, lanes being lines where a frame waits for the one before.
  [[gnu::noinline]] void lose(int g, const float* const* heard, float (*rows)[kBlock], float* left,
                              float* right) noexcept {
    Loss first(shelves_[g], state_[g]), second(shelves_[g + 1], state_[g + 1]);
    const float* const* from = heard + 4 * g;
    for (int i = 0; i < kBlock; i += 4) {
      f32x4 x[4], y[4];
      for (int k = 0; k < 4; k++) x[k] = load4(from[k] + i), y[k] = load4(from[4 + k] + i);
      leave(g, i, x, y, left, right);
      transpose(x[0], x[1], x[2], x[3]);
      transpose(y[0], y[1], y[2], y[3]);
      for (int k = 0; k < 4; k++) x[k] = first.next(x[k]), y[k] = second.next(y[k]);
      join(x, rows + 4 * g, i);
      join(y, rows + 4 * g + 4, i);
    }
    state_[g][0] = first.s, state_[g][1] = first.t;
    state_[g + 1][0] = second.s, state_[g + 1][1] = second.t;
  }
  /// The same over any block, with shelves on their way.
  [[gnu::noinline]] void loseMoving(int g, const float* const* heard, float (*rows)[kBlock], float* left, float* right,
                                    int frames) noexcept {
    const f32x4 share = splat(moving_ ? 1.f / (float)std::max(rampFrames_, frames) : 0.f);
    f32x4 step[2][6];
    for (int h = 0; h < 2; h++)
      for (int k = 0; k < 6; k++) step[h][k] = ((&goal_[g + h].b0)[k] - (&shelves_[g + h].b0)[k]) * share;
    for (int i = 0; i < frames; i += 4) {
      f32x4 x[2][4];
      for (int h = 0; h < 2; h++)
        for (int k = 0; k < 4; k++) x[h][k] = load4(heard[4 * (g + h) + k] + i);
      leave(g, i, x[0], x[1], left, right);
      for (int h = 0; h < 2; h++) {
        transpose(x[h][0], x[h][1], x[h][2], x[h][3]);
        Shelves& s = shelves_[g + h];
        f32x4* state = state_[g + h];
        for (int k = 0; k < 4 && i + k < frames; k++) {
          const f32x4 in = x[h][k], low = s.b0 * in + state[0];
          state[0] = s.b1 * in - s.a1 * low;
          const f32x4 y = s.c0 * low + state[1];
          state[1] = s.c1 * low - s.d1 * y;
          x[h][k] = y;
          for (int c = 0; c < 6; c++) (&s.b0)[c] += step[h][c];
        }
        join(x[h], rows + 4 * (g + h), i);
      }
    }
  }
  /// The matrix across the groups, the input, and into the lines.
  [[gnu::noinline]] void mix(float (*rows)[kBlock], const float* left, const float* right, int frames) noexcept {
    alignas(16) float feed[2][kBlock];
    for (int i = 0; i < kBlock; i += 4) {
      const f32x4 l = load4(left + i) * splat(0.25f), r = load4(right + i) * splat(0.25f);
      store4(feed[0] + i, l + r);
      store4(feed[1] + i, l - r);
    }
    const HeldFloor floored;
    for (int k = 0; k < kLanes; k++) {
      // Signs of the sides: ++, +-, -+, -- in the first two groups; the other way round on the right in the others.
      const float *in = feed[k == 1 || k == 2], *other = feed[k == 0 || k == 3];
      const f32x4 sign = opaque(splat(k < 2 ? 1.f : -1.f));
      float* ring = data_ + k * stride_ + at_;
      const int group = kLanes * stride_;
      for (int i = 0; i < frames; i += 4) {
        const f32x4 v0 = load4(rows[k] + i), v1 = load4(rows[4 + k] + i), v2 = load4(rows[8 + k] + i),
                    v3 = load4(rows[12 + k] + i), near = load4(in + i) * sign, far = load4(other + i) * sign;
        const f32x4 a = v0 + v1, b = v0 - v1, c = v2 + v3, d = v2 - v3;
        store4(ring + i, floored(a + c + near));
        store4(ring + group + i, floored(b + d + near));
        store4(ring + 2 * group + i, floored(a - c + far));
        store4(ring + 3 * group + i, floored(b - d + far));
      }
    }
    if (at_ < kGuard)
      for (int l = 0; l < kLines; l++)
        copy(data_ + l * stride_ + size_ + at_, data_ + l * stride_ + at_, std::min(frames, kGuard - at_));
  }

  float* data_ = nullptr;     ///< kLines rings of `size_` frames, each with its first frames again behind its last
  float* kernels_ = nullptr;  ///< sinc weights for fractions -kMargin..1 + kMargin
  int size_ = 0, stride_ = 0, at_ = 0, written_ = 0;
  int now_[kLines] = {}, next_[kLines] = {};
  Shelves shelves_[kGroups] = {}, goal_[kGroups] = {};
  f32x4 state_[kGroups][2] = {};
  Place places_[kLines / 2] = {};
  u32x4 phase_[2] = {kPhase[0], kPhase[1]};
  f32x4 sweep_[2] = {};
  bool moves_ = true, eases_ = false, resting_[2] = {};
  DecayTimes times_{};
  int rampFrames_ = 0;  ///< until shelves_ are goal_
  float sampleRate_ = 48000.f, fade_ = 1.f, fadeStep_ = 0.f;
  bool fresh_ = true, tuned_ = false, moving_ = false;
};

}  // namespace sl
