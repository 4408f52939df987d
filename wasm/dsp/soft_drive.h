// A tanh in front of a filter, without latency that the mix would notice: twice the rate, antiderivative, half-band
// all-passes. Left and right in two lanes. Audio thread.
#pragma once
#include <cmath>

#include "dsp/adaa_shaper.h"
#include "dsp/decibels.h"
#include "dsp/halfband.h"

namespace sl {

/// At 0 dB the signal passes bit for bit; above, the saturated signal fades in over kFadeSeconds. A sine that peaks at
/// -12 dBFS keeps its level. The half-bands turn phase at the top; at 20 kHz the antiderivative costs 2 dB.
class SoftDrive {
 public:
  void prepare(float sampleRate) { fadeStep_ = 1.f / (kFadeSeconds * sampleRate); }
  void reset() noexcept {
    clear();
    fade_ = 0.f;
    fresh_ = true;
  }
  void aim(float fromDb, float toDb, int frames) noexcept {
    const float share = 1.f / (float)frames;
    gain_ = gainOf(fromDb);
    gainStep_ = (gainOf(toDb) - gain_) * share;
    level_ = levelFor(gain_);
    levelStep_ = (levelFor(gainOf(toDb)) - level_) * share;
    goal_ = fromDb > 0.f || toDb > 0.f ? 1.f : 0.f;
    if (fresh_) fade_ = goal_;
    fresh_ = false;
  }
  f32x4 process(f32x4 x) noexcept {
    if (fade_ == 0.f && goal_ == 0.f) return x;
    f32x4 first, second;
    up_.process(x * splat(gain_), first, second);
    const SoftClip clip;
    const i32x4 nearFirst = clip.near(last_, first), nearSecond = clip.near(first, second);
    f32x4 a, b;
    if (allOf(nearFirst & nearSecond)) {
      a = clip.meanNear(last_, first);
      b = clip.meanNear(first, second);
    } else {
      const f32x4 partFirst = clip.part(first), partSecond = clip.part(second);
      a = meanOf(clip, nearFirst, last_, clip.part(last_), first, partFirst);
      b = meanOf(clip, nearSecond, first, partFirst, second, partSecond);
    }
    last_ = second;
    const f32x4 y = down_.process(a, b) * splat(level_);
    gain_ += gainStep_;
    level_ += levelStep_;
    fade_ = goal_ > fade_ ? std::fmin(fade_ + fadeStep_, 1.f) : std::fmax(fade_ - fadeStep_, goal_);
    if (fade_ == 0.f) clear();
    return x + (y - x) * splat(fade_);
  }
  void endBlock() noexcept {
    up_.flushState();
    down_.flushState();
    last_ = flush(last_);
  }

 private:
  static constexpr float kReference = 0.25f, kFadeSeconds = 0.02f;

  static float levelFor(float gain) noexcept { return kReference / std::tanh(kReference * gain); }
  void clear() noexcept {
    up_ = Upsampler{};
    down_ = Downsampler{};
    last_ = splat(0.f);
  }

  Upsampler up_{};
  Downsampler down_{};
  f32x4 last_{};
  float gain_ = 1.f, gainStep_ = 0.f, level_ = 1.f, levelStep_ = 0.f;
  float fade_ = 0.f, goal_ = 0.f, fadeStep_ = 0.f;
  bool fresh_ = true;
};

}  // namespace sl
