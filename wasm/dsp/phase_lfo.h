// The low-frequency sine that moves delays and filters inside effects: exact phase, smooth at every frame. Audio
// thread.
#pragma once
#include <cmath>
#include <cstdint>

#include "core/param.h"
#include "core/song_time.h"
#include "dsp/math.h"
#include "dsp/tempo_sync.h"

namespace sl {

constexpr uint32_t turns(double t) { return (uint32_t)(int64_t)(t * 4294967296.); }

/// How far a phase has turned since a block's first frame, as sine and as cosine less 1: with the sine and cosine that
/// a voice begins the block with they give how its sine moves, for two products and without the digits that the sine
/// itself would cost. They are kept as long as the speed is.
class PhaseTurn {
 public:
  static constexpr int kBlock = 32;

  void aim(uint32_t step) noexcept {
    if (known_ && step == step_) return;
    step_ = step;
    known_ = true;
    for (int i = 0; i < kBlock; i += kLanes) {
      const u32x4 phase = (u32x4{0, 1, 2, 3} + splatU((uint32_t)i)) * splatU(step);
      const f32x4 half = sinePhase(phase >> 1);
      store4(sine_ + i, sinePhase(phase));
      store4(cosineLess_ + i, splat(-2.f) * half * half);
    }
  }
  /// How far the sine has moved at four frames from `frame` on.
  f32x4 moved(float sine, float cosine, int frame) const noexcept {
    return splat(sine) * load4(cosineLess_ + frame) + splat(cosine) * load4(sine_ + frame);
  }

 private:
  alignas(16) float sine_[kBlock] = {};
  alignas(16) float cosineLess_[kBlock] = {};
  uint32_t step_ = 0;
  bool known_ = false;
};

/// Sines that four voices begin a block with, and their cosines.
struct PhaseStart {
  double exact[kLanes];  ///< the sine
  f32x4 sine, cosine;
};

/// One LFO, read at several phases at once; `offsets` and `turns` are fractions of a turn in 32 bits.
class PhaseLfo {
 public:
  static constexpr float kCatchUpSeconds = 0.05f;

  void prepare(float sampleRate) {
    sampleRate_ = sampleRate;
    perHertz_ = 4294967296. / sampleRate;
  }
  void reset() noexcept {
    phase_ = 0;
    offset_ = 0.;
    synced_ = false;
    fresh_ = true;
  }
  /// Holds `factor` times the middle of the ramp for the next block.
  void aim(const Ramp<float>& hz, int frames, float factor = 1.f) noexcept {
    step_ = (uint32_t)(perHertz_ * (hz.value + hz.step * 0.5f * (float)frames) * factor);
  }
  /// The same in time with the song: `sync` is an option of dsp/tempo_sync.h, and at Free all is as above. After a seek
  /// or a new choice the phase slides to the song's, the shorter way round and within about kCatchUpSeconds, since what
  /// it moves must not jump.
  void aim(const Ramp<float>& hz, float sync, const SongTime& song, int frames, float factor = 1.f) noexcept {
    const double beats = syncedBeats(sync) / (double)factor, before = synced_ ? cycles_ : phase_ / 4294967296.;
    const bool fresh = fresh_;
    fresh_ = false;
    synced_ = beats > 0.;
    if (!synced_) return aim(hz, frames, factor);
    cycles_ = song.beat / beats;
    cycles_ -= std::floor(cycles_);
    double off = before - cycles_ - offset_;
    off -= std::floor(off + 0.5);
    if (fresh)
      offset_ = 0.;
    else if (std::fabs(off) > kNear)
      offset_ += off;
    offset_ -= std::floor(offset_ + 0.5);
    double then = offset_ * std::exp(-frames / (double)(kCatchUpSeconds * sampleRate_));
    if (std::fabs(then) < kNear) then = 0.;
    cycles_ += offset_;
    forward_ = (double)song.bpm / (60. * beats * sampleRate_) + (then - offset_) / frames;
    offset_ = then;
    place();
  }
  void step() noexcept {
    if (!synced_) {
      phase_ += step_;
      return;
    }
    cycles_ += forward_;
    place();
  }
  PhaseStart start(u32x4 offsets) const noexcept {
    const u32x4 phase = splatU(phase_) + offsets;
    const i32x4 folded = foldPhase(phase);
    PhaseStart s;
    for (int v = 0; v < kLanes; v++) {  // Taylor: the 17th power is 6e-12
      const double x = folded[v] * (M_PI / 2147483648.), q = x * x;
      double p = -1. / 1307674368000.;
      p = p * q + 1. / 6227020800.;
      p = p * q - 1. / 39916800.;
      p = p * q + 1. / 362880.;
      p = p * q - 1. / 5040.;
      p = p * q + 1. / 120.;
      p = p * q - 1. / 6.;
      s.exact[v] = x + x * q * p;
      s.sine[v] = (float)s.exact[v];
    }
    s.cosine = sinePhase(phase + splatU(turns(0.25)));
    return s;
  }
  /// How far a frame turns the phase.
  uint32_t stepTurns() const noexcept {
    return synced_ ? (uint32_t)(int64_t)std::nearbyint(forward_ * 4294967296.) : step_;
  }
  /// Instead of `step` at each of `frames`.
  void skip(int frames) noexcept {
    if (!synced_) {
      phase_ += step_ * (uint32_t)frames;
      return;
    }
    cycles_ += forward_ * frames;
    place();
  }
  f32x4 at(u32x4 offsets) const noexcept { return sinePhase(splatU(phase_) + offsets); }
  /// An octave above.
  f32x4 twice(u32x4 offsets) const noexcept { return sinePhase(splatU(2u * phase_) + offsets); }

 private:
  static constexpr double kNear = 1e-9;  ///< turns: what rounding leaves, and nobody hears

  void place() noexcept { phase_ = (uint32_t)(int64_t)(cycles_ * 4294967296.); }

  double perHertz_ = 0.;
  double cycles_ = 0., forward_ = 0., offset_ = 0.;  ///< in time with the song; `offset` is what still has to slide
  float sampleRate_ = 48000.f;
  bool synced_ = false, fresh_ = true;
  uint32_t phase_ = 0;
  uint32_t step_ = 0;
};

/// The sines of a left and a right side over a block; at full width the right side is a quarter turn ahead.
class SideSines {
 public:
  /// Of the block at whose beginning `lfo` is; the left side is `left` turns ahead of it.
  void aim(const PhaseLfo& lfo, uint32_t left, const Ramp<float>& width) noexcept {
    constexpr double kLead = turns(0.25);
    start_ = lfo.start(u32x4{left, left + (uint32_t)((double)width.value * kLead), 0u, 0u});
    turn_[0].aim(lfo.stepTurns());
    widening_ = width.step != 0.f;
    if (widening_) turn_[1].aim(lfo.stepTurns() + (uint32_t)(int64_t)((double)width.step * kLead));
  }
  /// Of side `s` at the block's first frame.
  double first(int s) const noexcept { return start_.exact[s]; }
  /// How far it has moved at four frames from `frame` on.
  f32x4 moved(int s, int frame) const noexcept {
    return turn_[s == 1 && widening_].moved(start_.sine[s], start_.cosine[s], frame);
  }
  f32x4 four(int s, int frame) const noexcept { return splat(start_.sine[s]) + moved(s, frame); }

 private:
  PhaseTurn turn_[2];  ///< the second one for the right side while its lead changes
  PhaseStart start_{};
  bool widening_ = false;
};

/// Keeps a value steady where what it is made of jumps: the gap is added and fades out within about 30 ms.
class JumpFade {
 public:
  void reset() noexcept { gap_ = 0.f; }
  void add(float gap) noexcept { gap_ += gap; }
  Ramp<float> next(int frames, float sampleRate) noexcept {
    const float from = gap_, to = gap_ * std::exp(-(float)frames / (0.03f * sampleRate));
    gap_ = std::fabs(to) < 1e-4f ? 0.f : to;
    return {.value = from, .step = (gap_ - from) / (float)frames};
  }

 private:
  float gap_ = 0.f;
};

/// Largest sweep in seconds either way at which a sine of `hz` bends pitch by no more than `bend` (ratio - 1).
inline float sweepSeconds(float hz, float bend, float most) {
  const float s = bend / (6.2831853f * (hz > 0.01f ? hz : 0.01f));
  return s < most ? s : most;
}

}  // namespace sl
