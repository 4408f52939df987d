// The transport's states. Audio thread, except init (control thread).
#include "engine/transport.h"

#include "engine/engine.h"

namespace sl {

void Transport::init(Engine* engine, float sampleRate) {
  static constexpr TempoPoint tempo{.tick = 0, .bpm = 120.};
  static constexpr SignaturePoint signature{.tick = 0, .numerator = 4, .denominator = 4};
  engine_ = engine;
  builtIn_.build(sampleRate, &tempo, 1, &builtInTempo_, &signature, 1, &builtInSignature_);
  loopEndTick_ = 4 * 4 * kTicksPerBeat;
  metronome = {};
  clickFrame_ = kFar;
  sequencer.clear();
  findLoop();
  changed = true;
}

void Transport::reset(int64_t frame) {
  if (moving())
    rest_ = timeline().pointAt(position());
  else if (rest_.fraction != 0.)
    rest_ = timeline().pointAt(song_);  // as a seek to this frame would find it
  home_ = rest_;
  song_ = timeline().frameOf(rest_);
  status_ = TransportStatus::stopped;
  wrapDue_ = false;
  at_ = frame;
  dropped = late = 0;
  sequencer.clear();
  sequencer.chase(sink(), song_, at_, false);
  changed = true;
}

void Transport::settle() {
  if (status_ == TransportStatus::countingIn && at_ == countFrame(beats_)) start();
  if (!wrapDue_) return;
  wrapDue_ = false;
  song_ = loopStart_;
  jump();
}

void Transport::advance(int64_t until, int64_t blockEnd) {
  if (!moving()) sequencer.retry(sink(), at_);
  while (at_ < until) {
    settle();
    if (status_ == TransportStatus::countingIn)
      countIn(until);
    else if (moving())
      runSong(until, blockEnd);
    else
      at_ = until;
  }
}

void Transport::runSong(int64_t until, int64_t blockEnd) {
  const bool wrapping = wraps();
  const int64_t shift = at_ - song_;
  SongSpan span{.from = song_, .until = until - shift, .shift = shift, .horizon = blockEnd - shift};
  // Where the tempo changes, the way of a moving value bends: its straight line ends there, as at the loop's end.
  const int64_t change = timeline().tempoChangeAfter(song_), end = wrapping && loopEnd_ < change ? loopEnd_ : change;
  if (end < span.until) span.until = end;
  if (end < span.horizon) span.horizon = end;
  sequencer.play(sink(), span);
  clicksUntil(span.until);
  engine_->runs.add((int)(at_ - engine_->frame), (int)(span.until - span.from), span.from);
  song_ = span.until;
  at_ = song_ + shift;
  wrapDue_ = wrapping && song_ == loopEnd_;
}

void Transport::start() {
  status_ = TransportStatus::playing;
  changed = true;
  jump();
}

/// Plays on from another place: what sounded ends, what should sound there begins.
void Transport::jump() {
  sequencer.stop(sink(), at_);
  sequencer.chase(sink(), song_, at_, true);
  locateClick();
}

void Transport::play(uint32_t countInBars) {
  if (moving() || status_ == TransportStatus::countingIn) return;
  home_ = rest_;
  if (countInBars == 0) return start();
  const SignatureSegment& signature = timeline().signatureAt(rest_.tick);
  status_ = TransportStatus::countingIn;
  countFrom_ = at_;
  countBpm_ = timeline().bpmAt(rest_);
  barBeats_ = signature.numerator, beatTicks_ = signature.beatTicks();
  beats_ = countInBars * barBeats_, beat_ = 0;
  changed = true;
}

int64_t Transport::countFrame(uint32_t beat) const {
  return countFrom_ + timeline().framesOf(beat * beatTicks_, countBpm_);
}

void Transport::countIn(int64_t until) {
  for (int64_t next; beat_ < beats_ && (next = countFrame(beat_)) < until; beat_++)
    metronome.click(next + engine_->latencyFrames(), beat_ % barBeats_ == 0);
  const int64_t end = countFrame(beats_);
  at_ = end < until ? end : until;
}

void Transport::halt(TransportStatus status) {
  if (moving()) {
    rest_ = timeline().pointAt(song_);
    sequencer.stop(sink(), at_);
  }
  status_ = status;
  changed = true;
}

void Transport::pause() {
  if (status_ != TransportStatus::playing && status_ != TransportStatus::countingIn) return;
  halt(TransportStatus::paused);
  sequencer.chase(sink(), song_, at_, false);
}

void Transport::stop() {
  const bool again = status_ == TransportStatus::stopped;
  halt(TransportStatus::stopped);
  seek(again ? SongPoint{} : home_);
}

void Transport::seek(SongPoint to) {
  rest_ = home_ = to;
  song_ = timeline().frameOf(to);
  if (moving())
    jump();
  else
    sequencer.chase(sink(), song_, at_, false);
  changed = true;
}

void Transport::seekFrame(int64_t frame) { seek(timeline().pointAt(frame)); }

void Transport::findLoop() {
  loopStart_ = timeline().frameOf(loopStartTick_);
  loopEnd_ = timeline().frameOf(loopEndTick_);
}

void Transport::setLoop(int64_t startTick, int64_t endTick, bool on) {
  loopStartTick_ = startTick, loopEndTick_ = endTick, loop_ = on;
  findLoop();
  changed = true;
}

void Transport::setMetronome(bool on, float gainDb) {
  metronome.on = on;
  metronome.gainDb = gainDb;
  locateClick();
  changed = true;
}

void Transport::locateClick() {
  clickFrame_ = kFar;
  if (!metronome.on || !moving()) return;
  clickTick_ = timeline().beatAtOrAfter(timeline().firstTickAt(song_));
  clickFrame_ = timeline().frameOf(clickTick_);
}

void Transport::clicksUntil(int64_t songEnd) {
  while (clickFrame_ < songEnd) {
    const bool accent = timeline().barBeat(clickTick_).beat == 0;
    metronome.click(clickFrame_ + (at_ - song_) + engine_->latencyFrames(), accent);
    clickTick_ = timeline().beatAtOrAfter(clickTick_ + 1);
    clickFrame_ = timeline().frameOf(clickTick_);
  }
}

float Transport::bpm() const {
  const double ticks = timeline().ticksAt(position());
  const auto whole = (int64_t)ticks;
  return (float)timeline().bpmAt({whole, ticks - (double)whole});
}

SongTableObject* Transport::installTimeline(SongTableObject* table) {
  SongTableObject* old = timeline_;
  const SongPoint here = point();
  timeline_ = table;
  if (!moving()) rest_ = here;
  song_ = timeline().frameOf(here);
  findLoop();
  sequencer.retime(sink(), song_);
  locateClick();
  changed = true;
  return old;
}

SongTableObject* Transport::installClips(uint32_t track, SongTableObject* table) {
  SongTableObject* old = sequencer.installClips(sink(), track, table, song_, at_);
  if (!old && table && moving()) sequencer.strikeAnew(sink(), track, song_, at_);
  return old;
}

SongTableObject* Transport::installAutomation(uint32_t track, SongTableObject* table) {
  return sequencer.installAutomation(sink(), track, table, song_, at_);
}

void Transport::programChanged(uint32_t strip, bool anew) {
  if (strip < kFirstTrack || strip >= kFirstReturn) return;
  const uint32_t track = strip - kFirstTrack;
  if (moving() && anew)
    sequencer.strikeAnew(sink(), track, song_, at_);
  else
    sequencer.chaseLanes(sink(), track, song_, at_);
}

}  // namespace sl
