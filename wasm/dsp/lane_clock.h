// A clock for each voice: free at a rate or in time with the song, to the frame. Audio thread.
#pragma once
#include "core/unit.h"
#include "dsp/math.h"
#include "dsp/tempo_sync.h"

namespace sl {

/// Phases of one segment: 2^32 is a cycle.
struct ClockRun {
  u32x4 phase, increment, growth;
};

/// The phase is kept in double precision, so that it never drifts from its rate; with a note length it is the song's.
struct LaneClock {
  double turns[kLanes];  ///< 0..1 at the frame that comes next.

  void start(uint32_t lanes, f32x4 at) {
    for (int i = 0; i < kLanes; i++)
      if (lanes >> i & 1) turns[i] = (double)at[i];
  }

  /// Phases of the segment; the clock goes on by it.
  ClockRun run(const Ramp<f32x4>& rate, float sync, const VoiceBlock& voice, int frames) {
    constexpr double kTurn = 4294967296.;
    const double beats = syncedBeats(sync);
    Ramp<f32x4> hertz = rate;
    if (beats > 0.) {
      hertz = {splat(syncedHertz(sync, voice.song.bpm, 1.f)), splat(0.f)};
      for (double& t : turns) t = syncedPhase(sync, voice.song.beat);
    }
    const f32x4 perHertz = splat((float)kTurn / voice.sampleRate);
    ClockRun r{.increment = toUint(hertz.value * perHertz), .growth = (u32x4)toInt(hertz.step * perHertz)};
    for (int i = 0; i < kLanes; i++) {
      r.phase[i] = (uint32_t)(turns[i] * kTurn);
      const double last =
          turns[i] + ((double)hertz.value[i] * frames + (double)hertz.step[i] * (0.5 * frames * (frames - 1))) /
                         (double)voice.sampleRate;
      turns[i] = last - __builtin_floor(last);
    }
    return r;
  }
};

}  // namespace sl
