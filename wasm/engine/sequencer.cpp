// Notes and controllers: at one frame note-offs, then values, then note-ons. Audio thread.
#include "engine/sequencer.h"

namespace sl {
namespace {

constexpr Event kEventOf[] = {Event::noteOn, Event::bend, Event::wheel, Event::pressure, Event::sustain};
static_assert(std::size(kEventOf) == (std::size_t)SongEventKind::count);

bool isNote(const SongEvent& e) { return e.kind == (uint32_t)SongEventKind::note; }

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
    tracks_[t].nextFrame = tracks_[t].nextEnd = tracks_[t].laneDue = due_[t] = kFar;
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
}

void Sequencer::findNextEnd(SongTrack& track) {
  track.nextEnd = kFar;
  for (int i = 0; i < track.sounding; i++)
    if (track.notes[i].endFrame < track.nextEnd) track.nextEnd = track.notes[i].endFrame;
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
}

void Sequencer::endAll(const SongSink& sink, uint32_t track, int64_t frame) {
  SongTrack& t = tracks_[track];
  for (int i = 0; i < t.sounding; i++) t.notes[i].endFrame = INT64_MIN;  // stays due when there is no room now
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
  t.notes[t.sounding++] = {event.tick, endTick, end > at ? end : at + 1, event.value, noteId};
  if (t.notes[t.sounding - 1].endFrame < t.nextEnd) t.nextEnd = t.notes[t.sounding - 1].endFrame;
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
    findNextEnd(t);
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
