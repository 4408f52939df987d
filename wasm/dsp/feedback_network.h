// A feedback delay network of 16 lines: the late part of a reverb. Audio thread except prepare.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/denormal.h"
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
/// lines; reads and writes go 4 frames at a time and are transposed.
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
    f32x4 lines[kGroups][kBlock];
    for (int g = 0; g < kGroups; g++) {
      alignas(16) float rows[kLanes][kBlock];
      for (int lane = 0; lane < kLanes; lane++) readLine(4 * g + lane, rows[lane], within, frames);
      for (int i = 0; i < frames; i += 4) {
        f32x4 a = load4(rows[0] + i), b = load4(rows[1] + i), c = load4(rows[2] + i), d = load4(rows[3] + i);
        transpose(a, b, c, d);
        lines[g][i] = a, lines[g][i + 1] = b, lines[g][i + 2] = c, lines[g][i + 3] = d;
      }
    }
    if (fade_ < 1.f) {
      fade_ = std::min(1.f, fade_ + fadeStep_ * (float)frames);
      if (fade_ >= 1.f) std::memcpy(now_, next_, sizeof now_);
    }
    mix(lines, left, right, outLeft, outRight, frames);
    for (int g = 0; g < kGroups; g++) writeLines(g, lines[g], frames);
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
  /// Rows of a Hadamard matrix: sides enter and leave the lines without correlation.
  static constexpr f32x4 kInLeft[4] = {{1, 1, -1, -1}, {1, 1, -1, -1}, {1, 1, -1, -1}, {1, 1, -1, -1}};
  static constexpr f32x4 kInRight[4] = {{1, -1, 1, -1}, {1, -1, 1, -1}, {-1, 1, -1, 1}, {-1, 1, -1, 1}};
  static constexpr f32x4 kOutLeft[4] = {{1, 1, 1, 1}, {-1, -1, -1, -1}, {1, 1, 1, 1}, {-1, -1, -1, -1}};
  static constexpr f32x4 kOutRight[4] = {{1, -1, -1, 1}, {1, -1, -1, 1}, {-1, 1, 1, -1}, {-1, 1, 1, -1}};

  /// Low and high shelf of four lines, the gain in the first: y = b0 x + b1 x' - a1 y'.
  struct Shelves {
    f32x4 b0, b1, a1, c0, c1, d1;
  };
  struct Place {
    int whole;
    float from[kTaps], step[kTaps];
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
        place.whole = (int)std::floor(from[lane]) + 1;
        float to[kTaps];
        kernel(place.from, (float)place.whole - from[lane]);
        kernel(to, (float)place.whole - sweep_[k][lane]);
        for (int t = 0; t < kTaps; t++) place.step[t] = (to[t] - place.from[t]) * (1.f / kBlock);
      }
    }
    eases_ = eases_ && (late || !moves_);
  }
  void kernel(float* weights, float fraction) const noexcept {
    const float row = (fraction + (float)kMargin) * kRowsPerFrame;
    const int whole = std::clamp((int)row, 0, kRows - 1);
    const float* a = kernels_ + whole * kTaps;
    for (int t = 0; t < kTaps; t++) weights[t] = a[t] + (a[t + kTaps] - a[t]) * (row - (float)whole);
  }
  void readLine(int line, float* into, int within, int frames) const noexcept {
    readAt(line, now_[line], into, within, frames);
    if (fade_ >= 1.f) return;
    alignas(16) float other[kBlock];
    readAt(line, next_[line], other, within, frames);
    float share = fade_;
    for (int i = 0; i < frames; i++) {
      share = std::min(1.f, share + fadeStep_);
      into[i] += (other[i] - into[i]) * share;
    }
  }
  void readAt(int line, int delay, float* into, int within, int frames) const noexcept {
    const float* ring = data_ + line * stride_;
    if ((line & 1) == 0 || resting_[line >> 3]) {
      int from = at_ - delay;
      from += from < 0 ? size_ : 0;
      for (int i = 0; i < frames; i += 4) store4(into + i, load4(ring + from + i));
      return;
    }
    const Place& place = places_[line >> 1];
    int from = at_ - delay - place.whole - (kTaps / 2 - 1);
    from += from < 0 ? size_ : 0;
    const float* x = ring + from;
    const float f = (float)within;
    for (int i = 0; i < frames; i += 4) {
      const f32x4 frame = f32x4{f, f + 1.f, f + 2.f, f + 3.f} + splat((float)i);
      f32x4 sum = splat(0.f);
      for (int t = 0; t < kTaps; t++) sum += (splat(place.from[t]) + frame * splat(place.step[t])) * load4(x + i + t);
      store4(into + i, sum);
    }
  }
  void writeLines(int g, const f32x4* lines, int frames) noexcept {
    for (int i = 0; i < frames; i += 4) {
      f32x4 rows[4] = {lines[i], lines[i + 1], lines[i + 2], lines[i + 3]};
      transpose(rows[0], rows[1], rows[2], rows[3]);
      for (int lane = 0; lane < kLanes; lane++) {
        float* ring = data_ + (4 * g + lane) * stride_;
        if (i + 4 <= frames) {
          store4(ring + at_ + i, rows[lane]);
          if (at_ + i < kGuard) store4(ring + size_ + at_ + i, rows[lane]);
          continue;
        }
        for (int k = 0; k < frames - i; k++) {
          ring[at_ + i + k] = rows[lane][k];
          if (at_ + i + k < kGuard) ring[size_ + at_ + i + k] = rows[lane][k];
        }
      }
    }
  }

  /// Losses, output and matrix, frame by frame.
  void mix(f32x4 (*lines)[kBlock], const float* left, const float* right, float* outLeft, float* outRight,
           int frames) noexcept {
    Shelves step[kGroups];
    if (moving_)
      for (int g = 0; g < kGroups; g++) {
        const f32x4 *from = &shelves_[g].b0, *to = &goal_[g].b0;
        for (int k = 0; k < 6; k++)
          (&step[g].b0)[k] = (to[k] - from[k]) * splat(1.f / (float)std::max(rampFrames_, frames));
      }
    const f32x4 odd = opaque(f32x4{1, -1, 1, -1}), outer = opaque(f32x4{1, 1, -1, -1});
    for (int i = 0; i < frames; i++) {
      const f32x4 l = splat(left[i] * 0.25f), r = splat(right[i] * 0.25f);
      f32x4 v[kGroups], sumLeft = splat(0.f), sumRight = splat(0.f);
      for (int g = 0; g < kGroups; g++) {
        const Shelves& s = shelves_[g];
        const f32x4 x = lines[g][i];
        sumLeft += x * kOutLeft[g];
        sumRight += x * kOutRight[g];
        const f32x4 low = s.b0 * x + state_[g][0];
        state_[g][0] = s.b1 * x - s.a1 * low;
        const f32x4 y = s.c0 * low + state_[g][1];
        state_[g][1] = s.c1 * low - s.d1 * y;
        f32x4 h = y * odd + __builtin_shufflevector(y, y, 1, 0, 3, 2);
        v[g] = h * outer + __builtin_shufflevector(h, h, 2, 3, 0, 1);
        if (moving_)
          for (int k = 0; k < 6; k++) (&shelves_[g].b0)[k] += (&step[g].b0)[k];
      }
      outLeft[i] = (sumLeft[0] + sumLeft[1]) + (sumLeft[2] + sumLeft[3]);
      outRight[i] = (sumRight[0] + sumRight[1]) + (sumRight[2] + sumRight[3]);
      const f32x4 a = v[0] + v[1], b = v[0] - v[1], c = v[2] + v[3], d = v[2] - v[3];
      lines[0][i] = flush(a + c + l * kInLeft[0] + r * kInRight[0]);
      lines[1][i] = flush(b + d + l * kInLeft[1] + r * kInRight[1]);
      lines[2][i] = flush(a - c + l * kInLeft[2] + r * kInRight[2]);
      lines[3][i] = flush(b - d + l * kInLeft[3] + r * kInRight[3]);
    }
    rampFrames_ = std::max(rampFrames_ - frames, 0);
    moving_ = moving_ && rampFrames_ > 0;
    if (!moving_) std::memcpy(shelves_, goal_, sizeof goal_);
    for (auto& group : state_)
      for (f32x4& s : group) s = flush(s);
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
