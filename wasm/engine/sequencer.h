// The tracks of the song: walks their tables, keeps the notes that sound, moves their automation. Audio thread.
#pragma once
#include "engine/song_table.h"
#include "wire/layout.h"

namespace sl {

inline constexpr int kMaxSounding = 128;             ///< notes of a track at once
inline constexpr uint32_t kSongNotes = 0x80000000u;  ///< ids of notes that the sequencer strikes
inline constexpr uint32_t kNoteIdMask = 0x7fffffffu;

struct SoundingNote {
  int64_t startTick, endTick, endFrame;
  float note;
  uint32_t noteId;
  uint32_t nextPoint, endPoint;  ///< its expressions that are still to come
  int64_t pointFrame;            ///< song frame of the next one
};

struct SongTrack {
  SongTableObject* clips;
  SongTableObject* automation;
  uint32_t next;      ///< first event that is still to come
  int64_t nextFrame;  ///< its song frame
  int64_t nextEnd;    ///< song frame at which the first sounding note ends
  int64_t laneDue;    ///< song frame at which the first lane needs attention
  int64_t pointDue;   ///< song frame of the first expression that is to come
  int sounding;
  bool pedal;  ///< held down by the table
  SoundingNote notes[kMaxSounding];
};

/// Song frames [from, until) that begin at engine frame `from + shift`. Moving values aim at `horizon`: the end of the
/// micro-block, or before it the loop's, or where the tempo changes.
struct SongSpan {
  int64_t from, until, shift, horizon;
};

/// What the sequencer needs of the engine.
struct SongSink {
  struct Engine* engine;
  const Timeline* timeline;

  /// Through the dispatch of live commands; false: no room, or nothing there takes it.
  bool send(const Command& command, int lead = 0) const;
  bool full() const;
  void dropped() const;
  void late() const;
  /// How values of a lane's target move; false: they step.
  bool moves(uint32_t strip, const Lane& lane, bool& log) const;
};

class Sequencer {
 public:
  void clear();
  /// Takes over `table` (null: none) and returns what played before. `at` is the song frame, `frame` the engine's.
  SongTableObject* installClips(const SongSink& sink, uint32_t track, SongTableObject* table, int64_t at,
                                int64_t frame);
  SongTableObject* installAutomation(const SongSink& sink, uint32_t track, SongTableObject* table, int64_t at,
                                     int64_t frame);
  /// Plays a stretch of the song.
  void play(const SongSink& sink, const SongSpan& span);
  /// Once per micro-block at rest: note-offs that found no room.
  void retry(const SongSink& sink, int64_t frame);
  /// Ends every note and lets go of the pedals.
  void stop(const SongSink& sink, int64_t frame);
  /// Everything as if the song had been played up to `at`: values, and where it is about to move controllers and notes.
  void chase(const SongSink& sink, int64_t at, int64_t frame, bool moving);
  /// A track that comes in while the song plays, or has another sound: as after a seek to where the song is.
  void strikeAnew(const SongSink& sink, uint32_t track, int64_t at, int64_t frame);
  /// Values of one track, after its devices changed.
  void chaseLanes(const SongSink& sink, uint32_t track, int64_t at, int64_t frame);
  /// The tempo map changed under everything that counts in frames.
  void retime(const SongSink& sink, int64_t at);
  const SongTrack& track(uint32_t index) const { return tracks_[index]; }

 private:
  void runTrack(const SongSink& sink, uint32_t track, const SongSpan& span);
  void endNotes(const SongSink& sink, uint32_t track, int64_t until, int64_t frame);
  void endAll(const SongSink& sink, uint32_t track, int64_t frame);
  void control(const SongSink& sink, uint32_t track, SongEventKind kind, float value, float extra, int64_t frame);
  void strike(const SongSink& sink, uint32_t track, const SongEvent& event, int64_t at, int64_t frame);
  void chaseTrack(const SongSink& sink, uint32_t track, int64_t at, int64_t frame, bool moving);
  void chaseControls(const SongSink& sink, uint32_t track, int64_t frame);
  void chaseNotes(const SongSink& sink, uint32_t track, int64_t at, int64_t frame);
  void locate(const SongSink& sink, uint32_t track, int64_t at);
  void runLanes(const SongSink& sink, uint32_t track, int64_t at, const SongSpan& span);
  void chaseLane(const SongSink& sink, uint32_t track, Lane& lane, int64_t at, int64_t frame);
  void sendLane(const SongSink& sink, uint32_t track, const Lane& lane, float value, int64_t frame, int lead);
  void findNextEnd(SongTrack& track);
  void findPointDue(SongTrack& track);
  void runPoints(const SongSink& sink, uint32_t track, int64_t at, int64_t frame);
  void tell(const SongSink& sink, uint32_t track, SoundingNote& note, bool all, int64_t at, int64_t frame);
  void place(const SongSink& sink, Lane& lane, uint32_t next);
  double ticksAt(const SongSink& sink, int64_t frame);
  void findLaneDue(SongTrack& track);
  void setDue(uint32_t track);

  SongTrack tracks_[kTracks];
  int64_t due_[kTracks];  ///< song frame at which a track needs attention; kFar for idle ones
  uint32_t noteCounter_;
  int64_t knownFrame_;  ///< the lanes of a micro-block all ask for its end
  double knownTicks_;
};

}  // namespace sl
