// Closed forms of the tempo map: frames = scale ticks / bpm where the tempo is constant, scale / slope ln(bpm / bpm0)
// on a ramp that is linear in beats. Control thread (build) and audio thread.
#include "engine/timeline.h"

namespace sl {
namespace {

/// The last of `count` sorted segments for which `startsBy` holds; the first one always does.
template <class Segment, class StartsBy>
const Segment& lastOf(const Segment* segments, uint32_t count, StartsBy startsBy) {
  uint32_t low = 0, high = count;
  while (high - low > 1) {
    const uint32_t middle = (low + high) / 2;
    (startsBy(segments[middle]) ? low : high) = middle;
  }
  return segments[low];
}

}  // namespace

void Timeline::build(float sampleRate, const TempoPoint* points, uint32_t count, TempoSegment* segments,
                     const SignaturePoint* signatures, uint32_t signatureCount, SignatureSegment* signatureSegments) {
  static_assert(kTicksPerBeat % 60 == 0);  // so that the scale is exact
  scale_ = (double)sampleRate / (double)(kTicksPerBeat / 60);
  Twofold start{};
  for (uint32_t i = 0; i < count; i++) {
    TempoSegment& segment = segments[i];
    segment = {.tick = points[i].tick, .bpm = points[i].bpm, .ticks = 0, .rise = {}, .start = start};
    if (i + 1 == count) break;
    const int64_t ticks = points[i + 1].tick - points[i].tick;
    if (points[i].ramp && points[i + 1].bpm != points[i].bpm) {
      segment.ticks = ticks;
      segment.rise = twoSum(points[i + 1].bpm, -points[i].bpm);
    }
    start = start + framesWithin(segment, {(double)ticks});
  }
  int64_t bar = 0;
  for (uint32_t i = 0; i < signatureCount; i++) {
    SignatureSegment& segment = signatureSegments[i];
    segment = {signatures[i].tick, signatures[i].numerator, signatures[i].denominator, bar};
    if (i + 1 < signatureCount) bar += (signatures[i + 1].tick - segment.tick) / segment.barTicks();
  }
  tempo_ = segments, tempoCount_ = count;
  signatures_ = signatureSegments, signatureCount_ = signatureCount;
}

Twofold Timeline::framesWithin(const TempoSegment& segment, Twofold ticks) const {
  if (segment.ticks == 0) return ticks * Twofold{scale_} / Twofold{segment.bpm};
  const Twofold length{(double)segment.ticks};
  const Twofold grown = segment.rise * ticks / (length * Twofold{segment.bpm});
  return Twofold{scale_} * length * logOfOnePlus(grown) / segment.rise;
}

Twofold Timeline::framesTo(int64_t tick, double fraction) const {
  const TempoSegment& segment = segmentAtTick(tick);
  return segment.start + framesWithin(segment, twoSum((double)(tick - segment.tick), fraction));
}

const TempoSegment& Timeline::segmentAtTick(int64_t tick) const {
  return lastOf(tempo_, tempoCount_, [tick](const TempoSegment& s) { return s.tick <= tick; });
}

const TempoSegment& Timeline::segmentAtFrame(int64_t frame) const {
  return lastOf(tempo_, tempoCount_, [frame](const TempoSegment& s) { return roundHalfUp(s.start) <= frame; });
}

double Timeline::ticksWithin(const TempoSegment& segment, int64_t frame) const {
  const double frames = ((double)frame - segment.start.hi) - segment.start.lo;
  if (segment.ticks == 0) return frames * segment.bpm / scale_;
  const double slope = segment.rise.hi / (double)segment.ticks;
  return std::expm1(frames * slope / scale_) * segment.bpm / slope;
}

int64_t Timeline::tempoChangeAfter(int64_t frame) const {
  const TempoSegment* next = &segmentAtFrame(frame) + 1;
  return next < tempo_ + tempoCount_ ? roundHalfUp(next->start) : INT64_MAX;
}

double Timeline::ticksAt(int64_t frame) const {
  const TempoSegment& segment = segmentAtFrame(frame);
  const double ticks = ticksWithin(segment, frame);
  return (double)segment.tick + (ticks > 0. ? ticks : 0.);
}

SongPoint Timeline::pointAt(int64_t frame) const {
  const double ticks = ticksAt(frame);
  SongPoint at{(int64_t)ticks, 0.};
  // The estimate is right to far below a tick; the frames of ticks are rounded by up to half a frame.
  Twofold here = framesTo(at.tick, 0.), next = framesTo(at.tick + 1, 0.);
  while (roundHalfUp(next) <= frame) here = next, next = framesTo(++at.tick + 1, 0.);
  while (at.tick > 0 && roundHalfUp(here) > frame) next = here, here = framesTo(--at.tick, 0.);
  const double fraction = (((double)frame - here.hi) - here.lo) / (next - here).hi;
  constexpr double kBelowOne = 1. - 0x1p-24;  // also as a float
  at.fraction = fraction > 0. ? (fraction < kBelowOne ? fraction : kBelowOne) : 0.;
  return at;
}

int64_t Timeline::firstTickAt(int64_t frame) const {
  if (frame <= 0) return 0;
  return pointAt(frame - 1).tick + 1;
}

double Timeline::bpmAt(SongPoint at) const {
  const TempoSegment& segment = segmentAtTick(at.tick);
  if (segment.ticks == 0) return segment.bpm;
  return segment.bpm + segment.rise.hi * ((double)(at.tick - segment.tick) + at.fraction) / (double)segment.ticks;
}

int64_t Timeline::framesOf(int64_t ticks, double bpm) const {
  return roundHalfUp(Twofold{(double)ticks} * Twofold{scale_} / Twofold{bpm});
}

const SignatureSegment& Timeline::signatureAt(int64_t tick) const {
  return lastOf(signatures_, signatureCount_, [tick](const SignatureSegment& s) { return s.tick <= tick; });
}

BarBeat Timeline::barBeat(int64_t tick) const {
  const SignatureSegment& s = signatureAt(tick);
  const int64_t since = tick - s.tick, inBar = since % s.barTicks();
  return {s.bar + since / s.barTicks(), (uint32_t)(inBar / s.beatTicks()), inBar % s.beatTicks()};
}

int64_t Timeline::beatAtOrAfter(int64_t tick) const {
  // Signatures change at bar lines, which are beats of both, so the grid of the earlier one holds up to the later.
  const SignatureSegment& s = signatureAt(tick);
  const int64_t beats = (tick - s.tick + s.beatTicks() - 1) / s.beatTicks();
  return s.tick + beats * s.beatTicks();
}

}  // namespace sl
