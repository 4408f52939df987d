// A pair of delay lines with one fixed, fractional delay; a new delay is crossfaded, never swept. Audio thread.
#pragma once
#include <cmath>

#include "core/denormal.h"
#include "dsp/copy_block.h"
#include "dsp/delay_ring.h"
#include "dsp/sinc_kernel.h"

namespace sl {

/// Reads two rings at one delay through a 32-tap windowed sinc (flat within 0.1 dB to 18 kHz at 44.1 kHz). When the
/// delay changes, the old and the new position are mixed over kFadeSeconds; changes during a fade wait for its end.
class EchoLine {
 public:
  static constexpr int kTaps = 32;
  static constexpr double kBeta = 8.;  ///< Kaiser: error below -80 dB up to 0.8 of half the sample rate.
  static constexpr float kFadeSeconds = 0.02f;
  /// A delay so near to whole frames is meant to be: seconds in single precision are no nearer.
  static constexpr double kWholeFrames = 1e-2;

  bool prepare(Arena& arena, float sampleRate, float maxSeconds) {
    sampleRate_ = sampleRate;
    fadeStep_ = 1.f / (kFadeSeconds * sampleRate);
    const int frames = (int)(maxSeconds * sampleRate) + kTaps;
    const bool left = left_.prepare(arena, frames);
    return right_.prepare(arena, frames) && left;
  }
  void reset() noexcept {
    left_.reset();
    right_.reset();
    now_ = next_ = Tap{};
    fade_ = 1.f;
  }
  /// Called once per block; at least kTaps / 2 + 1 frames.
  void setDelay(float seconds) noexcept {
    const double frames = std::fmax((double)seconds * sampleRate_, kTaps / 2 + 1.);
    if (now_.frames == 0.) {
      tune(now_, frames);
      fade_ = 1.f;
    } else if (fade_ >= 1.f && frames != now_.frames) {
      tune(next_, frames);
      fade_ = 0.f;
    }
  }
  /// What was written `delay` ago. Call before `write` of the same frame.
  void read(float& left, float& right) noexcept {
    left = readOne(left_, now_);
    right = readOne(right_, now_);
    if (fade_ >= 1.f) return;
    fade_ = std::fmin(fade_ + fadeStep_, 1.f);
    left += (readOne(left_, next_) - left) * fade_;
    right += (readOne(right_, next_) - right) * fade_;
    if (fade_ >= 1.f) now_ = next_;
  }
  void write(float left, float right) noexcept {
    left_.write(flush(left));
    right_.write(flush(right));
  }
  /// How many frames can be read before the first of them is written; at least 1.
  int ahead() const noexcept {
    const int now = newest(now_);
    return fade_ >= 1.f ? now : now < newest(next_) ? now : newest(next_);
  }
  /// The next `n` frames, up to 32 and no more than `ahead` where they are written afterwards.
  void read(float* left, float* right, int n) noexcept {
    if (fade_ >= 1.f) {
      readBlock(left_, now_, left, n);
      readBlock(right_, now_, right, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      left[i] = readOne(left_, now_, i);
      right[i] = readOne(right_, now_, i);
      if (fade_ >= 1.f) continue;
      fade_ = fade_ + fadeStep_ < 1.f ? fade_ + fadeStep_ : 1.f;
      left[i] += (readOne(left_, next_, i) - left[i]) * fade_;
      right[i] += (readOne(right_, next_, i) - right[i]) * fade_;
      if (fade_ >= 1.f) now_ = next_;
    }
  }
  /// The same frames' input.
  void write(const float* left, const float* right, int n) noexcept {
    left_.writeFlushed(left, n);
    right_.writeFlushed(right, n);
  }

 private:
  struct Tap {
    double frames = 0.;
    int whole = 0;  ///< Frames of a delay without a fraction, else 0.
    int oldest = 0;
    float weights[kTaps] = {};
  };
  static void tune(Tap& tap, double frames) noexcept {
    tap.frames = frames;
    const double nearest = std::nearbyint(frames);
    tap.whole = std::fabs(frames - nearest) < kWholeFrames ? (int)nearest : 0;
    const int whole = (int)std::ceil(frames);  // position = whole frames ago + fraction towards the present
    tap.oldest = whole + kTaps / 2 - 1;
    sincKernel(tap.weights, kTaps, (double)whole - frames, kBeta);
  }
  static float readOne(const DelayRing& ring, const Tap& tap, int frame = 0) noexcept {
    return tap.whole > 0 ? ring.tap(tap.whole - frame) : dot<kTaps>(tap.weights, ring.window(tap.oldest - frame));
  }
  static int newest(const Tap& tap) noexcept { return tap.whole > 0 ? tap.whole : tap.oldest - kTaps + 1; }
  static void readBlock(const DelayRing& ring, const Tap& tap, float* to, int n) noexcept {
    if (tap.whole >= n) return copy(to, ring.window(tap.whole), n);
    const float* in = tap.whole > 0 ? nullptr : ring.windowOf(tap.oldest, n + kTaps - 1);
    if (!in) {
      for (int i = 0; i < n; i++) to[i] = readOne(ring, tap, i);
      return;
    }
    int i = 0;
    for (; i + 4 * kLanes <= n; i += 4 * kLanes) readGroups<4>(in + i, tap.weights, to + i);
    for (; i + kLanes <= n; i += kLanes) readGroups<1>(in + i, tap.weights, to + i);
    for (; i < n; i++) to[i] = dot<kTaps>(tap.weights, in + i);
  }
  template <int groups>
  static void readGroups(const float* in, const float* weights, float* to) noexcept {
    f32x4 sum[groups];
    for (f32x4& s : sum) s = splat(0.f);
    for (int k = 0; k < kTaps; k++) {
      const f32x4 w = splat(weights[k]);
      for (int g = 0; g < groups; g++) sum[g] += w * load4(in + k + kLanes * g);
    }
    for (int g = 0; g < groups; g++) store4(to + kLanes * g, sum[g]);
  }

  DelayRing left_, right_;
  Tap now_, next_;
  float sampleRate_ = 48000.f;
  float fadeStep_ = 0.f;
  float fade_ = 1.f;
};

}  // namespace sl
