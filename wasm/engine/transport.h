// Where the song stands and how it moves: play, stop, seek, loop, count-in, at exact engine frames. Audio thread.
#pragma once
#include "engine/metronome.h"
#include "engine/sequencer.h"

namespace sl {

inline constexpr uint32_t kMaxCountInBars = 16;

class Transport {
 public:
  Metronome metronome;
  Sequencer sequencer;
  uint32_t dropped, late;
  bool changed;  ///< the slot is to be written before its time

  /// Zeroed memory before.
  void init(struct Engine* engine, float sampleRate);
  /// At rest where it stands; tables, loop and metronome stay.
  void reset(int64_t frame);

  /// Moves on to engine frame `until`; at or before `blockEnd`, the end of the micro-block.
  void advance(int64_t until, int64_t blockEnd);
  /// What is due at this very frame, before commands of this frame.
  void settle();

  void play(uint32_t countInBars);
  void pause();
  void stop();
  void seek(SongPoint to);
  void seekFrame(int64_t frame);
  void setLoop(int64_t startTick, int64_t endTick, bool on);
  void setMetronome(bool on, float gainDb);
  /// Returns what was installed before.
  SongTableObject* installTimeline(SongTableObject* table);
  SongTableObject* installClips(uint32_t track, SongTableObject* table);
  SongTableObject* installAutomation(uint32_t track, SongTableObject* table);
  /// The devices of a strip changed; `anew`: to another sound, which takes over the notes that sound.
  void programChanged(uint32_t strip, bool anew);

  const Timeline& timeline() const { return timeline_ ? timeline_->timeline : builtIn_; }
  uint32_t timelineHandle() const { return timeline_ ? timeline_->handle : 0; }
  /// Song frames up to this one exist.
  int64_t lastFrame() const { return timeline().frameOf(kMaxTick); }
  TransportStatus status() const { return status_; }
  /// Song frame that comes next.
  int64_t position() const { return wrapDue_ ? loopStart_ : song_; }
  bool moving() const { return status_ == TransportStatus::playing; }
  SongPoint point() const { return moving() ? timeline().pointAt(position()) : rest_; }
  bool loops() const { return loop_; }
  int64_t loopStartTick() const { return loopStartTick_; }
  int64_t loopEndTick() const { return loopEndTick_; }
  uint32_t countInLeft() const { return status_ == TransportStatus::countingIn ? beats_ - beat_ : 0; }
  float bpm() const;

 private:
  bool wraps() const { return loop_ && loopEnd_ > loopStart_ && song_ < loopEnd_; }
  SongSink sink() const { return {engine_, &timeline()}; }
  void start();
  void jump();
  void halt(TransportStatus status);
  void runSong(int64_t until, int64_t blockEnd);
  void countIn(int64_t until);
  int64_t countFrame(uint32_t beat) const;
  void clicksUntil(int64_t songEnd);
  void locateClick();
  void findLoop();

  Engine* engine_;
  SongTableObject* timeline_;
  Timeline builtIn_;
  TempoSegment builtInTempo_;
  SignatureSegment builtInSignature_;
  TransportStatus status_;
  int64_t at_;    ///< engine frame that comes next
  int64_t song_;  ///< song frame that comes next
  SongPoint rest_, home_;
  bool loop_, wrapDue_;
  int64_t loopStartTick_, loopEndTick_, loopStart_, loopEnd_;
  int64_t countFrom_;  ///< engine frame of the count-in's first beat
  double countBpm_;
  uint32_t beats_, beat_, barBeats_;  ///< of the count-in: all, next, in a bar
  int64_t beatTicks_;
  int64_t clickTick_, clickFrame_;  ///< next beat, song frame
};

}  // namespace sl
