// Looper: records what comes in, repeats it, adds to it. Audio thread except prepare.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "core/denormal.h"
#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/delay_pool.h"
#include "dsp/mix_law.h"
#include "dsp/tempo_sync.h"

namespace sl {

/// One stereo loop in memory (8 bytes a frame: 7.7 MB at 48 kHz). Recording fades in and out over 5 ms, and its end
/// fades over the beginning, so that a steady sound loops without a seam. A loop of a note length lies on the song's
/// grid: its place follows from the beat at which recording or playing begins.
struct Looper {
  enum P { mode, sync, feedback, speed, reverse, level, numParams };
  enum Mode : int { clear, record, overdub, play, stop };
  static constexpr float kMaxSeconds = 20.f;
  static constexpr std::array<Option, 5> kModes{
      {{"clear", "Clear"}, {"record", "Record"}, {"overdub", "Overdub"}, {"play", "Play"}, {"stop", "Stop"}}};
  static constexpr std::array<Option, 2> kSpeeds{{{"normal", "Normal"}, {"half", "Half"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "mode",
       .label = "Mode",
       .doc = "Clear: no loop. Record: a new loop. Overdub: plays and adds what comes in. Play. Stop: silent, kept.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kModes},
      syncParam("Length of the next recording at the song's tempo. Free: from the first sound to the end of Record, at "
                "most 20 s. What exceeds 20 s is halved.",
                "sync", "Length"),
      {.id = "feedback",
       .label = "Feedback",
       .doc = "What overdubbing keeps of the loop on each pass: less lets old layers fade.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
      {.id = "speed",
       .label = "Speed",
       .doc = "Half plays an octave lower; overdubbing waits meanwhile.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kSpeeds},
      {.id = "reverse",
       .label = "Reverse",
       .doc = "Plays the loop backwards.",
       .init = 0.f,
       .curve = Curve::toggle,
       .smooth = Smooth::fade},
      {.id = "level",
       .label = "Level",
       .doc = "Level of the loop; what comes in always passes.",
       .unit = Unit::decibels,
       .min = -48.f,
       .max = 12.f,
       .init = 0.f},
  }};
  static constexpr Spec spec{.id = "looper",
                             .label = "Looper",
                             .doc = "Records a loop in time with the song or freely, plays it and stacks layers on it.",
                             .category = "delay",
                             .params = params,
                             .costNs = 340.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    most_ = (int)(kMaxSeconds * sampleRate_);
    fadeStep_ = 1.f / (kFadeSeconds * sampleRate_);
    for (float*& line : loop_) line = arena.take<float>((std::size_t)most_);
    return loop_[1] != nullptr;
  }
  void reset() noexcept {
    now_ = clear;
    length_ = recorded_ = cleared_ = 0;
    at_ = 0.;
    input_ = output_ = ghostGain_ = 0.f;
    for (int side = 0; side < 2; side++) last_[side] = ghost_[side] = 0.f;
    waiting_ = false;
  }
  void process(const StereoBlock& b) noexcept {
    const int wanted = (int)b.params[mode].value;
    if (wanted != now_) enter(wanted, b.params[sync].value, b.song);
    const bool half = b.params[speed].value >= 0.5f, backwards = b.params[reverse].value >= 0.5f;
    const bool growing = now_ == record && cleared_ < room();
    const double pace = growing ? 1. : (half ? 0.5 : 1.) * (backwards ? -1. : 1.);
    if (std::fabs(pace) == 1.) at_ = std::floor(at_);
    const bool writes = (now_ == record || now_ == overdub) && (growing || !half);
    const float from = gainOf(b.params[level].value);
    Glide loud({.value = from, .step = (gainOf(endOf(b.params[level], b.frames)) - from) / (float)b.frames});
    Glide keep(b.params[feedback]);
    for (int i = 0; i < b.frames; i++) {
      const float gain = loud.next(), kept = now_ == overdub ? keep.next() : now_ == record ? 0.f : 1.f;
      const float left = b.left[i], right = b.right[i];
      if (waiting_ && std::fabs(left) + std::fabs(right) > kSound) waiting_ = false;
      input_ = towards(input_, writes && !waiting_ ? 1.f : 0.f);
      output_ = towards(output_, now_ == play || now_ == overdub ? 1.f : 0.f);
      b.left[i] += ghost_[0] * ghostGain_;
      b.right[i] += ghost_[1] * ghostGain_;
      ghostGain_ = towards(ghostGain_, 0.f);
      last_[0] = last_[1] = 0.f;
      if (room() == 0 || waiting_) continue;
      if (now_ == record) clearAhead();
      const int whole = (int)at_;
      if (output_ > 0.f) {
        for (int side = 0; side < 2; side++) last_[side] = tap(loop_[side], whole) * output_ * gain;
        b.left[i] += last_[0];
        b.right[i] += last_[1];
      }
      if (input_ > 0.f && at_ == whole) {
        const float hold = 1.f - input_ * (1.f - kept);
        loop_[0][whole] = flush(loop_[0][whole] * hold + left * input_);
        loop_[1][whole] = flush(loop_[1][whole] * hold + right * input_);
      }
      move(pace);
    }
  }
  int latencyFrames() const noexcept { return 0; }
  /// A loop never ends.
  int tailFrames() const noexcept { return now_ == clear && output_ <= 0.f ? 0 : 1 << 29; }

 private:
  static constexpr float kFadeSeconds = 0.005f, kSound = 1e-7f;

  /// Frames that the head may use: while a free loop is recorded, all there are.
  int room() const noexcept { return length_ > 0 ? length_ : recorded_ > 0 || now_ == record ? most_ : 0; }
  float towards(float x, float goal) const noexcept { return x + std::clamp(goal - x, -fadeStep_, fadeStep_); }

  void enter(int next, float option, const SongTime& song) noexcept {
    if (now_ == record && length_ == 0) {  // a free loop ends here
      length_ = recorded_;
      if (at_ >= length_) at_ = 0.;
    }
    if (next == record || next == clear) {
      // What played ends here and now: its last value fades instead.
      for (int side = 0; side < 2; side++) ghost_[side] = last_[side] + ghost_[side] * ghostGain_;
      ghostGain_ = 1.f;
      output_ = 0.f;
    }
    if (next == record) {
      // Loops of old content are cleared ahead of the head, eight times as fast as it moves.
      recorded_ = cleared_ = 0;
      const float seconds = syncedDelaySeconds(option, song.bpm, 0.f, kMaxSeconds);
      length_ = (int)std::lround(seconds * sampleRate_);
      waiting_ = length_ == 0;
      at_ = 0.;
    }
    if (next == clear) length_ = recorded_ = 0;
    if (next != record) waiting_ = false;
    beats_ = next == record ? syncedBeats(option) : beats_;
    option_ = next == record ? option : option_;
    const bool begins = next == record || (now_ == stop && output_ <= 0.f);
    if (begins && length_ > 0 && beats_ > 0.)
      at_ = std::min((int)(syncedPhase(option_, song.beat) * length_), length_ - 1);
    cleared_ = next == record ? 0 : cleared_;
    clearAt_ = next == record ? (int)at_ : clearAt_;
    now_ = next;
  }
  void clearAhead() noexcept {
    const int size = room();
    for (int k = 0; k < 8 && cleared_ < size; k++, cleared_++) {
      loop_[0][clearAt_] = loop_[1][clearAt_] = 0.f;
      clearAt_ = clearAt_ + 1 == size ? 0 : clearAt_ + 1;
    }
  }
  float tap(const float* line, int whole) const noexcept {
    const float t = (float)(at_ - whole);
    if (t == 0.f) return line[whole];
    const int size = room();
    const auto near = [&](int k) { return line[(whole + k + size) % size]; };
    return lagrange3(near(-1), line[whole], near(1), near(2), t);
  }
  void move(double pace) noexcept {
    const int size = room();
    at_ += pace;
    if (now_ == record) recorded_ = std::min(recorded_ + 1, size);
    if (now_ == record && length_ == 0 && recorded_ == most_) length_ = most_;
    if (at_ >= size) at_ -= size;
    if (at_ < 0.) at_ += size;
  }

  float* loop_[2] = {};
  int most_ = 0, length_ = 0, recorded_ = 0;
  int clearAt_ = 0, cleared_ = 0;
  double at_ = 0., beats_ = 0.;
  int now_ = clear;
  float sampleRate_ = 48000.f, fadeStep_ = 0.f, option_ = 0.f;
  float input_ = 0.f, output_ = 0.f;  ///< gates: into the loop and out of it
  float last_[2] = {}, ghost_[2] = {}, ghostGain_ = 0.f;
  bool waiting_ = false;  ///< for the first sound
};

}  // namespace sl
