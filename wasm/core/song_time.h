// Where the song is, for everything that keeps time with it. Audio thread.
#pragma once
#include <cstdint>

namespace sl {

/// Which frames of the song the frames of a micro-block play: stretches in order, with nothing where the song stands.
struct SongRuns {
  static constexpr int kMost = 4;
  struct Run {
    int at, frames;  ///< in the micro-block
    int64_t frame;   ///< song frame of its first
  } list[kMost];
  int count;

  /// More jumps than fit within one micro-block are silence.
  void add(int at, int frames, int64_t frame) {
    if (frames <= 0) return;
    if (count > 0) {
      Run& last = list[count - 1];
      if (last.at + last.frames == at && last.frame + last.frames == frame) {
        last.frames += frames;
        return;
      }
    }
    if (count < kMost) list[count++] = {at, frames, frame};
  }
};

/// Holds at the first frame of a block. While the song stands the beat runs on from where it was, so that what keeps
/// time with it keeps moving.
struct SongTime {
  float bpm = 120.f;               ///< quarter notes per minute
  double beat = 0.;                ///< quarter notes from the start of the song
  bool playing = false;            ///< false: nothing is scheduled, the beat runs freely
  const SongRuns* runs = nullptr;  ///< of the micro-block; null: the song stands
  int offset = 0;                  ///< of the first frame in the micro-block

  SongTime after(int frames, float sampleRate) const {
    return {bpm, beat + (double)frames * bpm / (60. * sampleRate), playing, runs, offset + frames};
  }
};

}  // namespace sl
