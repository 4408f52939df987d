// Where the song is, for everything that keeps time with it. Audio thread.
#pragma once

namespace sl {

/// Holds at the first frame of a block. While the song stands the beat runs on from where it was, so that what keeps
/// time with it keeps moving.
struct SongTime {
  float bpm = 120.f;     ///< quarter notes per minute
  double beat = 0.;      ///< quarter notes from the start of the song
  bool playing = false;  ///< false: nothing is scheduled, the beat runs freely

  SongTime after(int frames, float sampleRate) const {
    return {bpm, beat + (double)frames * bpm / (60. * sampleRate), playing};
  }
};

}  // namespace sl
