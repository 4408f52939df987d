// Granulator: grains of what has just been played, strewn in time, pitch and space. Audio thread except prepare.
#pragma once
#include <array>
#include <bit>
#include <cstring>

#include "core/effect.h"
#include "dsp/grains.h"
#include "dsp/mix_law.h"
#include "dsp/tempo_sync.h"

namespace sl {

/// The cloud of the granular unit over a ring of the live input (Roads, Microsound, 2001). Freeze keeps what the ring
/// holds; writing ends after the longest grain under way and fades at both joins.
struct Granulator {
  static constexpr int kMost = 64;
  static constexpr float kMaxSeconds = 0.5f, kMaxBack = 2.f, kMaxSpray = 1.f, kMaxSpeed = 4.f;
  enum P {
    density,
    sync,
    size,
    position,
    spray,
    pitch,
    pitchSpread,
    jitter,
    shape,
    spread,
    reverse,
    freeze,
    mix,
    numParams
  };
  static constexpr std::array<Param, numParams> params{{
      {.id = "density",
       .label = "Density",
       .doc = "Grains in a second",
       .unit = Unit::perSecond,
       .min = 0.5f,
       .max = 100.f,
       .init = 16.f,
       .curve = Curve::log,
       .group = "Grains"},
      syncParam("Note length from grain to grain instead of the density, at the song's tempo.", "sync", "Sync",
                "Grains"),
      {.id = "size",
       .label = "Size",
       .doc = "Length of a grain",
       .unit = Unit::seconds,
       .min = 0.01f,
       .max = kMaxSeconds,
       .init = 0.18f,
       .curve = Curve::log,
       .group = "Grains"},
      {.id = "position",
       .label = "Position",
       .doc = "How far back grains begin",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = kMaxBack,
       .init = 0.12f,
       .group = "Place"},
      {.id = "spray",
       .label = "Spray",
       .doc = "How much farther back they stray",
       .unit = Unit::seconds,
       .min = 0.f,
       .max = kMaxSpray,
       .init = 0.15f,
       .group = "Place"},
      {.id = "pitch",
       .label = "Pitch",
       .doc = "Transposition of the grains",
       .unit = Unit::semitones,
       .min = -24.f,
       .max = 24.f,
       .init = 0.f,
       .group = "Pitch"},
      {.id = "pitchSpread",
       .label = "Pitch spread",
       .doc = "How far grains stray from that pitch, both ways",
       .unit = Unit::semitones,
       .min = 0.f,
       .max = 12.f,
       .init = 0.f,
       .group = "Pitch"},
      {.id = "jitter",
       .label = "Jitter",
       .doc = "How uneven grains follow each other",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.3f,
       .group = "Grains"},
      {.id = "shape",
       .label = "Shape",
       .doc = "Soft bells at 100 %, steeper flanks below",
       .unit = Unit::fraction,
       .min = 0.05f,
       .max = 1.f,
       .init = 1.f,
       .smooth = Smooth::none,
       .group = "Grains"},
      {.id = "spread",
       .label = "Spread",
       .doc = "How far grains lie to the sides",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.7f,
       .group = "Grains"},
      {.id = "reverse",
       .label = "Reverse",
       .doc = "Share of grains that play backwards",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.2f,
       .group = "Grains"},
      {.id = "freeze",
       .label = "Freeze",
       .doc = "Keeps what was played last as the source",
       .min = 0.f,
       .max = 1.f,
       .init = 0.f,
       .curve = Curve::toggle,
       .smooth = Smooth::none,
       .group = "Place"},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to grains only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f},
  }};
  static constexpr Spec spec{.id = "granulator",
                             .label = "Granulator",
                             .doc = "Clouds of grains from what has just been played",
                             .category = "delay",
                             .params = params,
                             .costNs = 900.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    seed_ = setup.seed;
    const float most = kMaxBack + kMaxSpray + (kMaxSpeed + 1.f) * kMaxSeconds + 0.1f;
    size_ = (int)std::bit_ceil((uint32_t)(most * sampleRate_));
    for (float*& channel : ring_) channel = arena.take<float>((std::size_t)(size_ + kGuard));
    return arena.measuring() || ring_[1] != nullptr;
  }
  void reset() noexcept {
    const std::size_t used = written_ < size_ ? (std::size_t)written_ : (std::size_t)size_;
    for (float* channel : ring_) {
      std::memset(channel, 0, sizeof(float) * used);
      std::memset(channel + size_, 0, sizeof(float) * kGuard);
    }
    cloud_.start();
    written_ = 0, head_ = 0, sinceFreeze_ = 0, fade_ = 1.f;
  }
  void process(const StereoBlock& b) noexcept {
    const bool frozen = b.params[freeze].value >= 0.5f;
    const int64_t before = frozen ? head_ : written_;
    record(b, frozen);
    GrainRules rules{.perSecond = syncedHertz(b.params[sync].value, b.song.bpm, b.params[density].value),
                     .seconds = b.params[size].value,
                     .jitter = b.params[jitter].value,
                     .taper = b.params[shape].value,
                     .sampleRate = sampleRate_};
    rules.perSecond = std::clamp(rules.perSecond, 0.03f, 200.f);
    const float gain = cloudGain(rules);
    cloud_.schedule(rules, seed_, b.frames, shareOf(governed(b.level).grains, kMost),
                    [&](Grain& g, const GrainDice& dice, float onset) {
                      const float note = b.params[pitch].value + (2.f * dice.pitch - 1.f) * b.params[pitchSpread].value;
                      const float speed = std::min(exp2(splat(note * (1.f / 12.f)))[0], kMaxSpeed);
                      const bool back = dice.turn < b.params[reverse].value;
                      const float rise = back ? 0.f : (frozen ? speed : std::max(0.f, speed - 1.f)) * g.length;
                      const float ago = std::max(b.params[position].value * sampleRate_, rise + 4.f) +
                                        dice.place * b.params[spray].value * sampleRate_;
                      g.at = (double)before + (frozen ? 0. : (double)onset) - (double)ago;
                      g.step = back ? -speed : speed;
                      g.level = 0;
                      grainSides(g, (2.f * dice.side - 1.f) * b.params[spread].value, gain);
                      return true;
                    });
    alignas(16) float left[kMicro] = {}, right[kMicro] = {};
    cloud_.add(*this, rules.taper, b.frames, left, right);
    Glide wet(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      const float amount = wet.next();
      b.left[i] = mixed(b.left[i], left[i], amount);
      b.right[i] = mixed(b.right[i], right[i], amount);
    }
    tail_ = frozen ? 1 << 28 : tailOf(b.params);
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return tail_ > 0 ? tail_ : (int)(sampleRate_ * (kMaxBack + kMaxSpray)); }

  // What the cloud reads.
  bool span(const Grain& g, float from, float to, GrainSpan& into) const noexcept {
    const double x = g.at + (double)g.step * (double)from, y = g.at + (double)g.step * (double)to;
    const double low = std::floor(std::min(x, y)) - 2., high = std::max(x, y) + 4.;
    if (low < 0.) return false;
    const int64_t whole = (int64_t)std::floor(x), first = (int64_t)low;
    const int at = (int)(first & (size_ - 1));
    if (at + (int)(high - low) > size_ + kGuard - 1) return false;
    const int place = at + (int)(whole - first);
    into = {
        .left = ring_[0] + place, .right = ring_[1] + place, .fraction = (float)(x - (double)whole), .step = g.step};
    return true;
  }
  void read(const Grain& g, f32x4 age, f32x4& left, f32x4& right) const noexcept {
    for (int k = 0; k < 4; k++) {
      const double x = g.at + (double)g.step * (double)age[k];
      const int64_t whole = (int64_t)std::floor(x);
      const float t = (float)(x - (double)whole);
      float four[2][4];
      for (int j = 0; j < 4; j++)
        for (int c = 0; c < 2; c++) four[c][j] = whole - 1 + j < 0 ? 0.f : ring_[c][(whole - 1 + j) & (size_ - 1)];
      const auto one = [&](const float* v) {
        return cubic(splat(v[0]), splat(v[1]), splat(v[2]), splat(v[3]), splat(t))[0];
      };
      left[k] = one(four[0]), right[k] = one(four[1]);
    }
  }

 private:
  static constexpr int kGuard = 16, kMicro = 32;

  /// The input goes into the ring, fading where writing ends and begins again.
  void record(const StereoBlock& b, bool frozen) noexcept {
    const float step = 1.f / (0.01f * sampleRate_);
    const int64_t hold = (int64_t)(kMaxSeconds * sampleRate_);
    for (int i = 0; i < b.frames; i++) {
      sinceFreeze_ = frozen ? sinceFreeze_ + 1 : 0;
      const bool closing = sinceFreeze_ > hold;
      fade_ = closing ? std::max(0.f, fade_ - step) : std::min(1.f, fade_ + step);
      if (closing && fade_ <= 0.f) continue;
      const int at = (int)(written_ & (size_ - 1));
      const float in[2] = {b.left[i] * fade_, b.right[i] * fade_};
      for (int c = 0; c < 2; c++) {
        ring_[c][at] = in[c];
        if (at < kGuard) ring_[c][size_ + at] = in[c];
      }
      written_++;
      if (!frozen) head_ = written_;
    }
  }
  int tailOf(const Ramp<float>* p) const noexcept {
    const float most = std::min(exp2(splat((p[pitch].value + p[pitchSpread].value) * (1.f / 12.f)))[0], kMaxSpeed);
    const float rise = std::max(0.f, most - 1.f) * p[size].value;
    return (int)((std::max(p[position].value, rise) + p[spray].value + 2.f * p[size].value) * sampleRate_) + 64;
  }

  float* ring_[2] = {};
  GrainCloud<kMost> cloud_{};
  int64_t written_ = 0, head_ = 0, sinceFreeze_ = 0;
  int size_ = 0, tail_ = 0;
  float sampleRate_ = 48000.f, fade_ = 1.f;
  uint32_t seed_ = 0;
};

}  // namespace sl
