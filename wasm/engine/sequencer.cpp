// Notes and controllers: at one frame note-offs, then values, then note-ons. Audio thread.
#include "engine/sequencer.h"

namespace sl {
namespace {

constexpr Event kEventOf[] = {Event::noteOn, Event::bend, Event::wheel, Event::pressure, Event::sustain, Event::timbre};
static_assert(std::size(kEventOf) == (std::size_t)SongEventKind::count);

bool isNote(const SongEvent& e) { return e.kind == (uint16_t)SongEventKind::note; }

Command commandAt(Event type, uint32_t track, int64_t frame) {
  Command command{};
  command.type = type;
  command.target = kFirstTrack + track;
  command.frame = frame;
  return command;
}

}  // namespace

void Sequencer::clear() {
  for (uint32_t t = 0; t < kTracks; t++) {
    tracks_[t].nextFrame = tracks_[t].nextEnd = tracks_[t].laneDue = tracks_[t].pointDue = due_[t] = kFar;
    tracks_[t].sounding = 0;
    tracks_[t].pedal = false;
  }
  noteCounter_ = 0;
  knownFrame_ = kFar;
}

void Sequencer::setDue(uint32_t track) {
  const SongTrack& t = tracks_[track];
  due_[track] = t.nextFrame < t.nextEnd ? t.nextFrame : t.nextEnd;
  if (t.laneDue < due_[track]) due_[track] = t.laneDue;
  if (t.pointDue < due_[track]) due_[track] = t.pointDue;
}

void Sequencer::findNextEnd(SongTrack& track) {
  track.nextEnd = kFar;
  for (int i = 0; i < track.sounding; i++)
    if (track.notes[i].endFrame < track.nextEnd) track.nextEnd = track.notes[i].endFrame;
}

void Sequencer::findPointDue(SongTrack& track) {
  track.pointDue = kFar;
  for (int i = 0; i < track.sounding; i++)
    if (track.notes[i].pointFrame < track.pointDue) track.pointDue = track.notes[i].pointFrame;
}

/// What the note is told up to now: the last value of each expression, with `all` also of those that are at rest.
void Sequencer::tell(const SongSink& sink, uint32_t track, SoundingNote& note, bool all, int64_t at, int64_t frame) {
  const NotePoint* points = tracks_[track].clips->clips.points;
  const int64_t later = sink.timeline->firstTickAt(at + 1);
  float values[(int)Expression::count] = {};
  uint32_t told = all ? ~0u : 0;
  for (; note.nextPoint < note.endPoint && points[note.nextPoint].tick < later; note.nextPoint++) {
    const NotePoint& point = points[note.nextPoint];
    values[point.kind] = point.value;
    told |= 1u << point.kind;
  }
  note.pointFrame = note.nextPoint < note.endPoint ? sink.timeline->frameOf(points[note.nextPoint].tick) : kFar;
  for (uint32_t kind = 0; kind < (uint32_t)Expression::count; kind++) {
    if (!(told & (1u << kind))) continue;
    if (sink.full()) return sink.dropped();
    Command command = commandAt(Event::express, track, frame);
    command.express = {.noteId = note.noteId, .note = note.note, .value = values[kind], .kind = kind};
    sink.send(command);
  }
}

void Sequencer::runPoints(const SongSink& sink, uint32_t track, int64_t at, int64_t frame) {
  SongTrack& t = tracks_[track];
  for (int i = 0; i < t.sounding; i++)
    if (t.notes[i].pointFrame <= at) tell(sink, track, t.notes[i], false, at, frame);
  findPointDue(t);
}

void Sequencer::play(const SongSink& sink, const SongSpan& span) {
  for (uint32_t t = 0; t < kTracks; t++)
    if (due_[t] < span.until) runTrack(sink, t, span);
}

void Sequencer::runTrack(const SongSink& sink, uint32_t track, const SongSpan& span) {
  SongTrack& t = tracks_[track];
  while (due_[track] < span.until) {
    // An event that a new tempo map moved into the past, or that found no room, plays now.
    const int64_t at = due_[track] > span.from ? due_[track] : span.from, frame = at + span.shift;
    if (t.nextEnd <= at) endNotes(sink, track, at, frame);
    const ClipTable* clips = t.clips ? &t.clips->clips : nullptr;
    const uint32_t first = t.next;
    while (t.nextFrame <= at) {
      const int64_t tick = clips->events[t.next].tick;
      while (t.next < clips->count && clips->events[t.next].tick == tick) t.next++;
      t.nextFrame = t.next < clips->count ? sink.timeline->frameOf(clips->events[t.next].tick) : kFar;
    }
    for (uint32_t i = first; i < t.next; i++) {
      const SongEvent& e = clips->events[i];
      if (!isNote(e)) control(sink, track, (SongEventKind)e.kind, e.value, e.extra, frame);
    }
    if (t.laneDue <= at) runLanes(sink, track, at, span);
    for (uint32_t i = first; i < t.next; i++)
      if (isNote(clips->events[i])) strike(sink, track, clips->events[i], at, frame);
    if (t.pointDue <= at) runPoints(sink, track, at, frame);
    setDue(track);
    if (t.nextEnd <= at) return;  // no room for a note-off: again in the next micro-block
  }
}

void Sequencer::endNotes(const SongSink& sink, uint32_t track, int64_t until, int64_t frame) {
  SongTrack& t = tracks_[track];
  int kept = 0;
  for (int i = 0; i < t.sounding; i++) {
    const SoundingNote& note = t.notes[i];
    bool over = note.endFrame <= until;
    if (over) {
      Command off = commandAt(Event::noteOff, track, frame);
      off.noteOff = {.noteId = note.noteId};
      over = sink.send(off);
      if (!over) sink.late();
    }
    if (!over) t.notes[kept++] = note;
  }
  t.sounding = kept;
  findNextEnd(t);
  findPointDue(t);
}

void Sequencer::endAll(const SongSink& sink, uint32_t track, int64_t frame) {
  SongTrack& t = tracks_[track];
  // Stays due when there is no room now.
  for (int i = 0; i < t.sounding; i++) t.notes[i].endFrame = INT64_MIN, t.notes[i].pointFrame = kFar;
  endNotes(sink, track, INT64_MIN, frame);
  if (t.pedal) control(sink, track, SongEventKind::sustain, 0.f, 0.f, frame);
}

void Sequencer::control(const SongSink& sink, uint32_t track, SongEventKind kind, float value, float extra,
                        int64_t frame) {
  if (kind == SongEventKind::sustain) tracks_[track].pedal = value >= 0.5f;
  Command command = commandAt(kEventOf[(int)kind], track, frame);
  command.control = {.value = value, .range = extra};
  if (sink.full()) return sink.dropped();
  sink.send(command);
}

void Sequencer::strike(const SongSink& sink, uint32_t track, const SongEvent& event, int64_t at, int64_t frame) {
  SongTrack& t = tracks_[track];
  if (t.sounding == kMaxSounding || sink.full()) return sink.dropped();
  Command on = commandAt(Event::noteOn, track, frame);
  const uint32_t noteId = kSongNotes | (++noteCounter_ & kNoteIdMask);
  on.noteOn = {.noteId = noteId, .note = event.value, .velocity = event.velocity};
  if (!sink.send(on)) return;  // no program on the strip
  const int64_t endTick = event.tick + event.length, end = sink.timeline->frameOf(endTick);
  // Even a note shorter than half a frame is struck before it is released.
  SoundingNote& note = t.notes[t.sounding++];
  note = {.startTick = event.tick,
          .endTick = endTick,
          .endFrame = end > at ? end : at + 1,
          .note = event.value,
          .noteId = noteId,
          .nextPoint = event.firstPoint,
          .endPoint = event.firstPoint + event.points,
          .pointFrame = kFar};
  if (note.endFrame < t.nextEnd) t.nextEnd = note.endFrame;
  if (event.points == 0) return;
  tell(sink, track, note, false, at, frame);
  if (note.pointFrame < t.pointDue) t.pointDue = note.pointFrame;
}

void Sequencer::stop(const SongSink& sink, int64_t frame) {
  for (uint32_t t = 0; t < kTracks; t++) {
    if (tracks_[t].sounding > 0 || tracks_[t].pedal) endAll(sink, t, frame);
    setDue(t);
  }
}

void Sequencer::retry(const SongSink& sink, int64_t frame) {
  for (uint32_t t = 0; t < kTracks; t++)
    if (due_[t] == INT64_MIN) endNotes(sink, t, INT64_MIN, frame), setDue(t);
}

void Sequencer::locate(const SongSink& sink, uint32_t track, int64_t at) {
  SongTrack& t = tracks_[track];
  t.nextFrame = kFar;
  if (!t.clips) return;
  const ClipTable& clips = t.clips->clips;
  t.next = clips.firstAt(sink.timeline->firstTickAt(at));
  if (t.next < clips.count) t.nextFrame = sink.timeline->frameOf(clips.events[t.next].tick);
}

void Sequencer::chaseControls(const SongSink& sink, uint32_t track, int64_t frame) {
  const SongTrack& t = tracks_[track];
  const ClipTable& clips = t.clips->clips;
  for (int k = 0; k < (int)SongEventKind::count; k++) {
    if (clips.controlCount[k] == 0) continue;  // whoever plays along has it
    const SongEvent* last = clips.lastControl((SongEventKind)k, t.next);
    const SongEvent& first = clips.events[clips.controls[k][0]];
    control(sink, track, (SongEventKind)k, last ? last->value : 0.f, last ? last->extra : first.extra, frame);
  }
}

void Sequencer::chaseNotes(const SongSink& sink, uint32_t track, int64_t at, int64_t frame) {
  const ClipTable& clips = tracks_[track].clips->clips;
  const uint32_t before = tracks_[track].next;
  const int64_t tick = sink.timeline->pointAt(at).tick;
  for (uint32_t i = clips.nextSounding(0, before, tick); i < before; i = clips.nextSounding(i + 1, before, tick))
    strike(sink, track, clips.events[i], at, frame);
}

void Sequencer::chase(const SongSink& sink, int64_t at, int64_t frame, bool moving) {
  for (uint32_t t = 0; t < kTracks; t++)
    if (tracks_[t].clips || tracks_[t].automation) chaseTrack(sink, t, at, frame, moving);
}

void Sequencer::chaseTrack(const SongSink& sink, uint32_t track, int64_t at, int64_t frame, bool moving) {
  locate(sink, track, at);
  const bool plays = moving && tracks_[track].clips;
  if (plays) chaseControls(sink, track, frame);
  chaseLanes(sink, track, at, frame);
  if (plays) chaseNotes(sink, track, at, frame);
  setDue(track);
}

void Sequencer::strikeAnew(const SongSink& sink, uint32_t track, int64_t at, int64_t frame) {
  endAll(sink, track, frame);
  chaseTrack(sink, track, at, frame, true);
}

SongTableObject* Sequencer::installClips(const SongSink& sink, uint32_t track, SongTableObject* table, int64_t at,
                                         int64_t frame) {
  SongTrack& t = tracks_[track];
  SongTableObject* old = t.clips;
  t.clips = table;
  // A note that sounds and is still in the song gets its new end; others end now.
  for (int i = 0; i < t.sounding; i++) {
    SoundingNote& note = t.notes[i];
    const SongEvent* same = table ? table->clips.find(note.startTick, note.note) : nullptr;
    note.endTick = same ? same->tick + same->length : note.startTick;
    note.endFrame = same ? sink.timeline->frameOf(note.endTick) : INT64_MIN;
    const bool expressive = note.endPoint > 0 || (same && same->points > 0);
    note.nextPoint = same ? same->firstPoint : 0;
    note.endPoint = same ? same->firstPoint + same->points : 0;
    note.pointFrame = kFar;
    if (same && expressive) tell(sink, track, note, true, at, frame);
  }
  endNotes(sink, track, at, frame);
  if (t.pedal && (!table || table->clips.controlCount[(int)SongEventKind::sustain] == 0))
    control(sink, track, SongEventKind::sustain, 0.f, 0.f, frame);
  locate(sink, track, at);
  setDue(track);
  return old;
}

SongTableObject* Sequencer::installAutomation(const SongSink& sink, uint32_t track, SongTableObject* table, int64_t at,
                                              int64_t frame) {
  SongTableObject* old = tracks_[track].automation;
  tracks_[track].automation = table;
  tracks_[track].laneDue = kFar;
  chaseLanes(sink, track, at, frame);
  setDue(track);
  return old;
}

void Sequencer::retime(const SongSink& sink, int64_t at) {
  knownFrame_ = kFar;
  for (uint32_t index = 0; index < kTracks; index++) {
    SongTrack& t = tracks_[index];
    for (int i = 0; i < t.sounding; i++)
      if (t.notes[i].endFrame != INT64_MIN) t.notes[i].endFrame = sink.timeline->frameOf(t.notes[i].endTick);
    for (int i = 0; t.clips && i < t.sounding; i++) {
      SoundingNote& note = t.notes[i];
      if (note.pointFrame != kFar) note.pointFrame = sink.timeline->frameOf(t.clips->clips.points[note.nextPoint].tick);
    }
    findNextEnd(t);
    findPointDue(t);
    // By event, not by frame: nothing is played twice or left out because rounding differs.
    if (t.clips && t.nextFrame != kFar) t.nextFrame = sink.timeline->frameOf(t.clips->clips.events[t.next].tick);
    for (uint32_t i = 0; t.automation && i < t.automation->automation.count; i++) {
      Lane& lane = t.automation->automation.lanes[i];
      place(sink, lane, lane.next);
      lane.due = at;
    }
    if (t.automation && t.automation->automation.count > 0) t.laneDue = at;
    setDue(index);
  }
}

}  // namespace sl
