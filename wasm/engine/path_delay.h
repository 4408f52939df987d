// A stereo delay on a path between strips: what meets at a strip arrives there at one time. Another delay is reached by
// a crossfade, once there is enough past to fade to. Built by the control thread, run by the audio thread.
#pragma once
#include "core/unit.h"

namespace sl {

struct PathDelay {
  float* data;  ///< left, then right; `capacity` frames each, a block of its own: a new table takes it over
  uint32_t capacity;
  uint32_t at;
  uint32_t held;   ///< frames that were written, at most `capacity`
  uint32_t quiet;  ///< of the last written frames, how many were zero
  uint32_t from, to, next;
  float fade;  ///< 0: `from` is heard, 1: `to`

  /// Room for `frames` and a micro-block. Control thread; false: no memory.
  bool build(uint32_t delayFrames, uint32_t roomFrames);
  void destroy();

  /// At its delay at once, empty.
  void clear();
  /// Goes on where `old` stands, on the way to its own delay.
  void adopt(PathDelay& old);
  /// In place, a whole micro-block. `fadeStep`: of the crossfade for each frame.
  void run(float* left, float* right, float fadeStep);
  /// Something that was put in may still come out.
  bool ringing() const { return !through() && quiet < capacity; }

 private:
  bool through() const { return to == 0 && next == 0 && (from == 0 || fade >= 1.f); }
  void tap(uint32_t delay, float* left, float* right) const;
};

}  // namespace sl
