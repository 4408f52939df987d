// Plays a recording along with the song, frame for frame: what a frozen track is. Audio thread except prepare.
#pragma once
#include <array>
#include <cstdint>

#include "core/effect.h"
#include "wire/asset.h"

namespace sl {

/// Adds the frames of its recording that stand where the song is. Where it jumps, the step from what sounded to what
/// the recording held just before fades out over 5 ms; from silence to the beginning of a sound there is none, and what
/// is played is the recording bit for bit.
struct Playback {
  enum P { lead, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "lead",
       .label = "Lead",
       .doc = "Song frames before the recording begins, in units of 4096.",
       .unit = Unit::count,
       .min = 0.f,
       .max = 1048576.f,
       .init = 0.f,
       .smooth = Smooth::none},
  }};
  static constexpr Spec spec{.id = "playback",
                             .label = "Frozen sound",
                             .doc = "Plays a recording along with the song, frame for frame.",
                             .category = "structure",
                             .params = params,
                             .asset = AssetKind::recording,
                             .costNs = 40.f};

  bool prepare(const Setup& setup, Arena&) {
    const Asset* asset = setup.asset;
    // At another rate the frames of the song are others.
    const bool fits = asset && asset->kind == AssetKind::recording && asset->sampleRate == setup.sampleRate;
    asset_ = fits ? asset : nullptr;
    fadeFrames_ = (int)(0.005f * setup.sampleRate);
    reset();
    return true;
  }
  void reset() noexcept {
    last_[0] = last_[1] = step_[0] = step_[1] = 0.f;
    fadeLeft_ = 0;
    next_ = kStands;
  }
  void process(const StereoBlock& b) noexcept {
    if (!asset_) return;
    const int64_t begins = (int64_t)b.params[lead].value * kLeadFrames;
    int at = 0;
    for (int r = 0; b.song.runs && r < b.song.runs->count; r++) {
      const SongRuns::Run& run = b.song.runs->list[r];
      const int skipped = b.song.offset > run.at ? b.song.offset - run.at : 0;
      const int from = run.at + skipped - b.song.offset;
      int until = run.at + run.frames - b.song.offset;
      if (until > b.frames) until = b.frames;
      if (from >= until) continue;
      play(b, at, from, kStands);
      play(b, from, until, run.frame + skipped - begins);
      at = until;
    }
    play(b, at, b.frames, kStands);
  }
  int latencyFrames() const noexcept { return 0; }
  /// Nothing that comes in tells when it sounds: it is never asleep.
  int tailFrames() const noexcept { return asset_ ? INT32_MAX - (1 << 20) : 0; }

 private:
  static constexpr int64_t kStands = INT64_MIN;

  float held(int channel, int64_t frame) const {
    return frame >= 0 && frame < asset_->frames ? asset_->channel[channel][frame] : 0.f;
  }

  /// Frames [from, until) of the block from frame `frame` of the recording on.
  void play(const StereoBlock& b, int from, int until, int64_t frame) noexcept {
    if (from >= until) return;
    const bool stands = frame == kStands;
    if (frame != next_) {
      for (int c = 0; c < 2; c++) step_[c] = last_[c] - (stands ? 0.f : held(c, frame - 1));
      fadeLeft_ = step_[0] != 0.f || step_[1] != 0.f ? fadeFrames_ : 0;
    }
    if (stands && fadeLeft_ == 0) {
      last_[0] = last_[1] = 0.f;
      next_ = kStands;
      return;
    }
    const float scale = 1.f / (float)fadeFrames_;
    float* const out[2] = {b.left, b.right};
    for (int i = from; i < until; i++) {
      const float share = (float)fadeLeft_ * scale;
      for (int c = 0; c < 2; c++) {
        float x = stands ? 0.f : held(c, frame + (i - from));
        if (fadeLeft_ > 0) x += step_[c] * share;
        out[c][i] += last_[c] = x;
      }
      if (fadeLeft_ > 0) fadeLeft_--;
    }
    next_ = stands ? kStands : frame + (until - from);
  }

  const Asset* asset_ = nullptr;
  int fadeFrames_ = 1, fadeLeft_ = 0;
  float last_[2] = {}, step_[2] = {};
  int64_t next_ = kStands;  ///< of the recording, if the song goes on
};

}  // namespace sl
