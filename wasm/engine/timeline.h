// Tempo and signature maps of a song: ticks to song frames and back in closed form, ticks to bars and beats. Built by
// the control thread, read by the audio thread.
#pragma once
#include "dsp/twofold.h"
#include "wire/song.h"

namespace sl {

/// A place between two ticks; `fraction` 0..1.
struct SongPoint {
  int64_t tick;
  double fraction;
};

struct TempoSegment {
  int64_t tick;
  double bpm;
  int64_t ticks;  ///< length of a ramp; 0: constant
  Twofold rise;   ///< of a ramp, in bpm
  Twofold start;  ///< song frames at `tick`
};

struct SignatureSegment {
  int64_t tick;
  uint32_t numerator, denominator;
  int64_t bar;  ///< bars before `tick`

  int64_t beatTicks() const { return 4 * kTicksPerBeat / denominator; }
  int64_t barTicks() const { return beatTicks() * numerator; }
};

struct BarBeat {
  int64_t bar;
  uint32_t beat;
  int64_t tickOfBeat;
};

class Timeline {
 public:
  /// The points are checked; the arrays hold as many segments and live as long as this.
  void build(float sampleRate, const TempoPoint* points, uint32_t count, TempoSegment* segments,
             const SignaturePoint* signatures, uint32_t signatureCount, SignatureSegment* signatureSegments);

  /// Song frame of a tick: the nearest, halves up.
  int64_t frameOf(int64_t tick) const { return roundHalfUp(framesTo(tick, 0.)); }
  int64_t frameOf(SongPoint at) const { return roundHalfUp(framesTo(at.tick, at.fraction)); }
  /// The last tick whose frame is not after `frame`, with what is left of the way to the next tick.
  SongPoint pointAt(int64_t frame) const;
  /// The first tick whose frame is `frame` or later.
  int64_t firstTickAt(int64_t frame) const;
  /// Ticks as a plain number, for values that move; within 1e-6.
  double ticksAt(int64_t frame) const;
  double bpmAt(SongPoint at) const;
  /// The first song frame after `frame` at which another segment of the tempo map begins; INT64_MAX: there is none.
  int64_t tempoChangeAfter(int64_t frame) const;
  /// Frames of `ticks` at a constant tempo, rounded as `frameOf`.
  int64_t framesOf(int64_t ticks, double bpm) const;

  const SignatureSegment& signatureAt(int64_t tick) const;
  BarBeat barBeat(int64_t tick) const;
  /// First beat (in units of the signature's denominator) at `tick` or after it.
  int64_t beatAtOrAfter(int64_t tick) const;

 private:
  Twofold framesTo(int64_t tick, double fraction) const;
  Twofold framesWithin(const TempoSegment& segment, Twofold ticks) const;
  const TempoSegment& segmentAtTick(int64_t tick) const;
  const TempoSegment& segmentAtFrame(int64_t frame) const;
  double ticksWithin(const TempoSegment& segment, int64_t frame) const;

  const TempoSegment* tempo_ = nullptr;
  const SignatureSegment* signatures_ = nullptr;
  uint32_t tempoCount_ = 0, signatureCount_ = 0;
  double scale_ = 0.;  ///< frames of a tick times bpm: sampleRate * 60 / kTicksPerBeat
};

}  // namespace sl
