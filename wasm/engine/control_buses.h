// The control buses of a song: LFOs, followers and macros, and the parameters that follow them. Built and freed by the
// control thread, run once per micro-block by the audio thread in between.
#pragma once
#include "core/song_time.h"
#include "wire/layout.h"
#include "wire/song.h"

namespace sl {

struct ControlState {
  double phase;  ///< of an lfo, in cycles since it began
  float level;   ///< of a follower
  float value;   ///< what the bus carries at the end of the micro-block
  float heard;   ///< highest sample of the follower's strip in the micro-block before
  bool running;  ///< false: the next value is the first
};

struct ControlTable {
  const ControlBus* buses;
  const ControlRoute* routes;
  ControlState* states;
  uint32_t count, routeCount;
  bool follows[kStrips];  ///< some follower listens to the strip

  /// Goes on where `old` (or null) stands.
  void adopt(const ControlTable* old);
  void clear();
  /// One micro-block further.
  void run(const SongTime& song, float sampleRate, uint32_t seed);
  void listen(uint32_t strip, const float* left, const float* right);
};

}  // namespace sl
