// Lanes: a moving value is sent at each micro-block for its end and followed on a straight line; steps are sent at
// their own frame. Audio thread.
#include <cmath>

#include "engine/sequencer.h"

namespace sl {
namespace {

/// Steepness of a curve of -1..1; see wire/song.h.
double steepness(const AutomationPoint& p) { return 8. * (double)p.curve; }

/// Between point `next - 1` and point `next`, both there.
float between(const Lane& lane, bool log, double ticks) {
  const AutomationPoint &a = lane.points[lane.next - 1], &b = lane.points[lane.next];
  double x = (ticks - (double)a.tick) / (double)(b.tick - a.tick);
  x = x > 0. ? (x < 1. ? x : 1.) : 0.;
  const double y = lane.bend == 0. ? x : std::expm1(-steepness(a) * x) * lane.bend, from = a.value, to = b.value;
  const double value = log && from > 0. && to > 0. ? from * std::pow(to / from, y) : from + (to - from) * y;
  // Rounding must not leave the range of the two, which is the parameter's.
  const float low = a.value < b.value ? a.value : b.value, high = a.value < b.value ? b.value : a.value;
  const auto rounded = (float)value;
  return rounded < low ? low : rounded > high ? high : rounded;
}

/// On the way to point `next`.
bool movesTo(const Lane& lane, uint32_t next) {
  if (next == 0 || next >= lane.count) return false;
  const AutomationPoint &a = lane.points[next - 1], &b = lane.points[next];
  return !a.hold && a.value != b.value && a.tick < b.tick;
}
bool movesNow(const Lane& lane) { return movesTo(lane, lane.next); }

}  // namespace

double Sequencer::ticksAt(const SongSink& sink, int64_t frame) {
  if (frame != knownFrame_) knownFrame_ = frame, knownTicks_ = sink.timeline->ticksAt(frame);
  return knownTicks_;
}

/// Between the points `next - 1` and `next`.
void Sequencer::place(const SongSink& sink, Lane& lane, uint32_t next) {
  lane.next = next;
  lane.nextFrame = next < lane.count ? sink.timeline->frameOf(lane.points[next].tick) : kFar;
  lane.entered = -1;
  const double k = next > 0 ? steepness(lane.points[next - 1]) : 0.;
  lane.bend = k == 0. ? 0. : 1. / std::expm1(-k);
}

void Sequencer::findLaneDue(SongTrack& track) {
  track.laneDue = kFar;
  for (uint32_t i = 0; track.automation && i < track.automation->automation.count; i++)
    if (track.automation->automation.lanes[i].due < track.laneDue)
      track.laneDue = track.automation->automation.lanes[i].due;
}

void Sequencer::sendLane(const SongSink& sink, uint32_t track, const Lane& lane, float value, int64_t frame, int lead) {
  Command command{};
  command.target = kFirstTrack + track;
  command.frame = frame;
  switch (lane.target) {
    case LaneTarget::gain:
      command.type = Event::stripGain;
      command.control.value = value;
      break;
    case LaneTarget::pan:
      command.type = Event::stripPan;
      command.control.value = value;
      break;
    case LaneTarget::mute:
      command.type = Event::stripMute;
      command.control.value = value;
      break;
    case LaneTarget::send:
      command.type = Event::stripSend;
      command.send = {.index = lane.index, .gainDb = value, .pre = kPreAsItIs};
      break;
    case LaneTarget::param:
      command.type = Event::setParam;
      command.param = {.device = lane.device, .param = lane.param, .value = value};
      break;
    default:
      command.type = Event::setBypass;
      command.toggle = {.index = lane.index, .on = value >= 0.5f};
      break;
  }
  if (sink.full()) return sink.dropped();
  sink.send(command, lead);
}

void Sequencer::chaseLane(const SongSink& sink, uint32_t track, Lane& lane, int64_t at, int64_t frame) {
  // The last point that is not after `at`, by bisection over ticks.
  const int64_t tick = sink.timeline->pointAt(at).tick;
  uint32_t low = 0, high = lane.count;
  while (low < high) {
    const uint32_t middle = (low + high) / 2;
    if (lane.points[middle].tick <= tick)
      low = middle + 1;
    else
      high = middle;
  }
  place(sink, lane, low);
  bool log = false;
  const bool moves = sink.moves(kFirstTrack + track, lane, log) && movesNow(lane);
  lane.aim = moves ? between(lane, log, ticksAt(sink, at)) : lane.points[low > 0 ? low - 1 : 0].value;
  lane.due = moves ? at : lane.nextFrame;
  sendLane(sink, track, lane, lane.aim, frame, 0);
}

void Sequencer::chaseLanes(const SongSink& sink, uint32_t track, int64_t at, int64_t frame) {
  SongTrack& t = tracks_[track];
  for (uint32_t i = 0; t.automation && i < t.automation->automation.count; i++)
    chaseLane(sink, track, t.automation->automation.lanes[i], at, frame);
  findLaneDue(t);
  setDue(track);
}

void Sequencer::runLanes(const SongSink& sink, uint32_t track, int64_t at, const SongSpan& span) {
  SongTrack& t = tracks_[track];
  for (uint32_t i = 0; i < t.automation->automation.count; i++) {
    Lane& lane = t.automation->automation.lanes[i];
    if (lane.due > at) continue;
    while (lane.nextFrame <= at) {
      const int64_t reached = lane.nextFrame;
      place(sink, lane, lane.next + 1);
      lane.entered = reached;
    }
    const float here = lane.points[lane.next > 0 ? lane.next - 1 : 0].value;
    bool log = false;
    const bool moves = movesNow(lane) && sink.moves(kFirstTrack + track, lane, log);
    if (!moves) {
      // Where a moving value comes to rest its way ends too: it must not be stretched to the end of the micro-block.
      const bool rests = lane.entered == at && lane.next > 0 && movesTo(lane, lane.next - 1);
      if (here != lane.aim || rests) sendLane(sink, track, lane, lane.aim = here, at + span.shift, 0);
      lane.due = lane.nextFrame;
      continue;
    }
    // Just past a point: where the way before it did not lead there, it is a step.
    if (lane.entered == at && here != lane.aim) sendLane(sink, track, lane, lane.aim = here, at + span.shift, 0);
    const int64_t end = lane.nextFrame < span.horizon ? lane.nextFrame : span.horizon;
    const bool arrives = end == lane.nextFrame;
    const float goal = arrives ? lane.points[lane.next].value : between(lane, log, ticksAt(sink, end));
    if (goal != lane.aim) sendLane(sink, track, lane, lane.aim = goal, at + span.shift, (int)(end - at));
    lane.due = end;
  }
  findLaneDue(t);
}

}  // namespace sl
