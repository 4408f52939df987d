// The amplitude of a struck sound: full for a while, then falling by 60 dB in its decay. Audio thread.
#pragma once
#include "core/unit.h"
#include "dsp/hash.h"

namespace sl {

/// A voice is over 90 dB below its start.
struct DrumDecay {
  static constexpr float kOver = 3.2e-5f;
  f32x4 level;     ///< At the frame that comes next; 0: over.
  f32x4 hold;      ///< Frames left at the full level.
  uint32_t fresh;  ///< Lanes that begin.

  void start(const VoiceBlock& voice, uint32_t lanes) {
    fresh |= lanes & (~voice.legato | finished());  // a tied note strikes again only where nothing rings
  }
  uint32_t finished() const {
    uint32_t lanes = 0;
    for (int i = 0; i < kLanes; i++) lanes |= (uint32_t)(level[i] == 0.f) << i;
    return lanes & ~fresh;
  }
  /// Factor per frame of a fall by 60 dB in `seconds`.
  static f32x4 factor(f32x4 seconds, float sampleRate) { return exp2(splat(-9.9657843f / sampleRate) / seconds); }

  void begin(i32x4 lanes, f32x4 holdFrames) {
    level = select(lanes, splat(1.f), level);
    hold = select(lanes, holdFrames, hold);
  }
  /// Level of this frame; goes on to the next.
  f32x4 next(f32x4 fall) {
    const f32x4 now = level;
    level *= select(hold > splat(0.f), splat(1.f), fall);
    hold -= splat(1.f);
    return now;
  }
  /// After each segment.
  void settle() {
    level = (f32x4)((i32x4)level & (level > splat(kOver)));
    hold = max(hold, splat(-1.f));
  }
};

/// How loud a note's velocity makes it.
inline f32x4 velocityGain(f32x4 amount, f32x4 velocity) { return splat(1.f) - amount * (splat(1.f) - velocity); }

inline constexpr Param kDrumVelocityParam{.id = "velocity",
                                          .label = "Velocity",
                                          .doc = "How much a soft note is quieter",
                                          .unit = Unit::fraction,
                                          .min = 0.f,
                                          .max = 1.f,
                                          .init = 0.7f,
                                          .smooth = Smooth::none};

}  // namespace sl
