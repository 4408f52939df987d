// Oscilloscope: the newest stretch of the signal that begins at a trigger, as the lowest and highest sample of each
// point. Analyzer worker.
#pragma once
#include <array>
#include <cmath>

#include "core/stream.h"

namespace sl {

/// The trigger is a crossing of zero after the signal was clearly on the other side (a twentieth of the peak), so that
/// noise on the line does not fire it. Of all such crossings in the stretch before the newest, the one after the
/// furthest excursion wins: a wave that crosses zero several times a period still stands.
struct Scope {
  enum P { span, trigger, points, channel, numParams };
  enum R { low, high, triggered, numReadings };
  enum class Trigger { rising, falling, free };
  enum class Channel { mid, left, right, side };
  static constexpr std::array<Option, 3> triggers{{{"rising", "Rising"}, {"falling", "Falling"}, {"free", "Free"}}};
  static constexpr std::array<Option, 4> channels{
      {{"mid", "Mid"}, {"left", "Left"}, {"right", "Right"}, {"side", "Side"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "span",
       .label = "Span",
       .doc = "Time from the left edge to the right.",
       .unit = Unit::seconds,
       .min = 0.001f,
       .max = 0.5f,
       .init = 0.02f,
       .curve = Curve::log,
       .smooth = Smooth::none},
      {.id = "trigger",
       .label = "Trigger",
       .doc = "Where the picture begins: at a rising or falling crossing of zero, or wherever it is.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = triggers},
      {.id = "points",
       .label = "Points",
       .doc = "Points across; each holds the lowest and highest sample of its share of the span.",
       .unit = Unit::count,
       .min = 16.f,
       .max = 2048.f,
       .init = 256.f,
       .smooth = Smooth::none},
      {.id = "channel",
       .label = "Channel",
       .doc = "What is drawn.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::none,
       .options = channels},
  }};
  static constexpr std::array<Reading, numReadings> readings{{
      {"low", "Low", "Lowest sample of each point, 1 = full scale.", Unit::ratio},
      {"high", "High", "Highest sample of each point.", Unit::ratio},
      {"triggered", "Triggered", "1: the first point is a trigger; 0: none was found and the newest stretch is shown.",
       Unit::none},
  }};
  static constexpr Spec spec{.id = "scope",
                             .label = "Scope",
                             .doc = "The waveform, standing still where it repeats.",
                             .category = "time",
                             .params = params,
                             .readings = readings};

  static int count(const float* options, int reading) { return reading <= high ? pointsOf(options) : 1; }

  bool prepare(const Setup& setup, const float* options, Arena& arena) {
    points_ = pointsOf(options);
    trigger_ = (Trigger)options[trigger];
    channel_ = (Channel)options[channel];
    spanFrames_ = (int)std::lround(options[span] * setup.sampleRate);
    // A wave of 25 Hz has a trigger in this, whatever the span.
    searchFrames_ = (int)std::lround(kSearchSeconds * setup.sampleRate);
    if (searchFrames_ < spanFrames_) searchFrames_ = spanFrames_;
    capacity_ = spanFrames_ + searchFrames_;
    ring_ = arena.take<float>((std::size_t)capacity_);
    return ring_ || arena.measuring();
  }

  void push(const float* stereo, int frames) noexcept {
    for (int i = 0; i < frames; i++) {
      ring_[at_] = pick(stereo[2 * i], stereo[2 * i + 1]);
      at_ = at_ + 1 == capacity_ ? 0 : at_ + 1;
    }
    seen_ = frames < spanFrames_ - seen_ ? seen_ + frames : spanFrames_;
  }

  bool ready() const noexcept { return seen_ == spanFrames_; }

  void read(float* into) noexcept {
    const int found = trigger_ == Trigger::free ? -1 : findTrigger();
    const int start = found < 0 ? searchFrames_ : found;
    for (int p = 0; p < points_; p++) {
      const int from = (int)((int64_t)p * spanFrames_ / points_);
      int to = (int)((int64_t)(p + 1) * spanFrames_ / points_);
      if (to <= from) to = from + 1;
      float least = sample(start + from), most = least;
      for (int i = from + 1; i < to; i++) {
        const float x = sample(start + i);
        if (x < least) least = x;
        if (x > most) most = x;
      }
      into[p] = least;
      into[points_ + p] = most;
    }
    into[2 * points_] = found < 0 ? 0.f : 1.f;
  }

 private:
  static constexpr float kSearchSeconds = 0.04f;
  static constexpr float kClearShare = 0.05f;
  static constexpr float kSilence = 1e-5f;
  /// Excursions this close count as equal; the newest of them is taken.
  static constexpr float kSameShare = 0.98f;

  static int pointsOf(const float* options) { return (int)std::lround(options[points]); }

  float pick(float left, float right) const noexcept {
    switch (channel_) {
      case Channel::left:
        return left;
      case Channel::right:
        return right;
      case Channel::side:
        return 0.5f * (left - right);
      default:
        return 0.5f * (left + right);
    }
  }

  /// Frame i of the kept stretch, 0 the oldest.
  float sample(int i) const noexcept {
    const int at = at_ + i;
    return ring_[at >= capacity_ ? at - capacity_ : at];
  }

  /// The frame at or after the crossing, early enough that the whole span follows; -1: none.
  int findTrigger() const noexcept {
    const float sign = trigger_ == Trigger::rising ? 1.f : -1.f;
    float peak = 0.f;
    for (int i = 0; i < capacity_; i++) peak = std::fabs(sample(i)) > peak ? std::fabs(sample(i)) : peak;
    if (!(peak > kSilence)) return -1;
    const float clear = peak * kClearShare;
    int best = -1;
    float furthest = 0.f, excursion = 0.f;
    for (int i = 0; i <= searchFrames_; i++) {
      const float x = sign * sample(i);
      if (x < 0.f) {
        if (-x > excursion) excursion = -x;
        continue;
      }
      if (excursion > clear && excursion >= furthest * kSameShare) {
        best = i;
        if (excursion > furthest) furthest = excursion;
      }
      excursion = 0.f;
    }
    return best;
  }

  float* ring_ = nullptr;
  int points_ = 0, spanFrames_ = 0, searchFrames_ = 0, capacity_ = 0, at_ = 0, seen_ = 0;
  Trigger trigger_ = Trigger::rising;
  Channel channel_ = Channel::mid;
};

}  // namespace sl
