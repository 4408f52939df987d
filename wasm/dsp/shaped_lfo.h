// A low-frequency oscillator with shapes, free or in time with the song, for effects. Audio thread.
#pragma once
#include <cmath>
#include <cstdint>

#include "core/denormal.h"
#include "core/song_time.h"
#include "dsp/hash.h"
#include "dsp/tempo_sync.h"

namespace sl {

inline constexpr std::array<Option, 7> kLfoShapes{{{"sine", "Sine"},
                                                   {"triangle", "Triangle"},
                                                   {"rise", "Saw up"},
                                                   {"fall", "Saw down"},
                                                   {"square", "Square"},
                                                   {"steps", "Random steps"},
                                                   {"drift", "Random drift"}}};

/// Two sides, -1..1, the second `offset` of a cycle ahead. A one-pole of kSoftenSeconds takes the edges off what jumps:
/// shapes, seeks of the song, changes of shape. Random values are a hash of seed and cycle, the same at every pass of a
/// synced song.
class ShapedLfo {
 public:
  static constexpr float kSoftenSeconds = 0.002f;

  void prepare(float sampleRate, uint32_t seed) {
    sampleRate_ = sampleRate;
    seed_ = seed;
    soften(kSoftenSeconds);
  }
  /// Another time than kSoftenSeconds for the edges.
  void soften(float seconds) noexcept { soften_ = 1.f - std::exp(-1.f / (seconds * sampleRate_)); }
  void reset() noexcept {
    cycles_ = 0.;
    fresh_ = true;
  }
  /// For the next `frames`: `hz` holds where `sync` is Free; `offset` in cycles.
  void aim(float shape, float sync, float hz, const SongTime& song, double offset) noexcept {
    shape_ = (int)shape;
    offset_ = offset;
    const double beats = syncedBeats(sync);
    if (beats > 0.) cycles_ = song.beat / beats;
    step_ = (double)syncedHertz(sync, song.bpm, hz) / sampleRate_;
  }
  void next(float& left, float& right) noexcept {
    const float first = at(cycles_), second = offset_ == 0. ? first : at(cycles_ + offset_);
    cycles_ += step_;
    if (fresh_) left_ = first, right_ = second;
    fresh_ = false;
    left = left_ += (first - left_) * soften_;
    right = right_ += (second - right_) * soften_;
  }
  /// Runs on unheard.
  void skip(int frames) noexcept {
    cycles_ += step_ * frames;
    fresh_ = true;
  }
  void endBlock() noexcept {
    left_ = flush(left_);
    right_ = flush(right_);
  }

 private:
  float random(int64_t cycle) const noexcept { return bipolar(hash(splatU((uint32_t)cycle * 0x9e3779b9u ^ seed_)))[0]; }
  float at(double cycles) const noexcept {
    const double whole = std::floor(cycles);
    const float t = (float)(cycles - whole);
    switch (shape_) {
      case 0:
        return sinePhase(splatU((uint32_t)(t * 4294967040.f)))[0];
      case 1:
        return t < 0.25f ? 4.f * t : t < 0.75f ? 2.f - 4.f * t : 4.f * t - 4.f;
      case 2:
        return 2.f * t - 1.f;
      case 3:
        return 1.f - 2.f * t;
      case 4:
        return t < 0.5f ? 1.f : -1.f;
      case 5:
        return random((int64_t)whole);
      default: {
        const float from = random((int64_t)whole), to = random((int64_t)whole + 1);
        return from + (to - from) * t * t * (3.f - 2.f * t);
      }
    }
  }

  double cycles_ = 0., step_ = 0., offset_ = 0.;
  float sampleRate_ = 48000.f, soften_ = 1.f;
  float left_ = 0.f, right_ = 0.f;
  uint32_t seed_ = 0;
  int shape_ = 0;
  bool fresh_ = true;
};

}  // namespace sl
