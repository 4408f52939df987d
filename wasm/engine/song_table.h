// Song tables as the engine holds them: checked copies with everything that can be known before they play. Built and
// freed by the control thread, run by the audio thread in between.
#pragma once
#include <atomic>

#include "engine/plan_load.h"
#include "engine/timeline.h"

namespace sl {

inline constexpr int64_t kFar = INT64_MAX;  ///< a frame that never comes
inline constexpr uint32_t kChaseBlock = 32;

/// A track's notes and controllers, sorted.
struct ClipTable {
  const SongEvent* events;
  uint32_t count;
  const NotePoint* points;  ///< of the notes
  /// Controllers by kind (the note's list is empty): indices into events.
  const uint32_t* controls[(int)SongEventKind::count];
  uint32_t controlCount[(int)SongEventKind::count];
  /// Latest end of the notes in each `kChaseBlock` events, under a tree of maxima: node n has children 2n and 2n + 1,
  /// leaves from `leaves` on.
  const int64_t* latestEnd;
  uint32_t leaves;

  /// First event at `tick` or later.
  uint32_t firstAt(int64_t tick) const;
  /// The last event of `kind` before event `before`, or null.
  const SongEvent* lastControl(SongEventKind kind, uint32_t before) const;
  /// The note with this start and number, or null.
  const SongEvent* find(int64_t tick, float note) const;
  /// First note from event `from` on, before event `before`, that ends after `tick`; else `before`.
  uint32_t nextSounding(uint32_t from, uint32_t before, int64_t tick) const;
};

/// One automated target with where it is in its points.
struct Lane {
  LaneTarget target;
  uint32_t index;
  uint16_t device, param;
  const AutomationPoint* points;
  uint32_t count;
  // audio thread
  uint32_t next;      ///< first point that is still to come
  int64_t nextFrame;  ///< its song frame
  int64_t entered;    ///< song frame of the point before, while it was reached by playing
  int64_t due;        ///< song frame at which the lane needs attention
  float aim;          ///< value that was sent last
  double bend;        ///< 1 / (exp(-k) - 1) of the curve from the point before; 0: straight
};

struct AutomationTable {
  Lane* lanes;
  uint32_t count;
};

struct Routing;
struct ControlTable;

/// One block of memory, its own copy of everything; but the rings of a routing's paths, which are handed from table to
/// table.
struct SongTableObject {
  SongTableKind kind;
  uint32_t handle;
  Routing* routing;
  ControlTable* controls;
  Timeline timeline;
  ClipTable clips;
  AutomationTable automation;
};

enum class TableState : uint32_t { empty, ready, playing, returned };

/// Handles as of programs: (serial * kMaxTables + index), the serial never 0.
struct TableSlot {
  std::atomic<uint32_t> state;
  uint32_t handle;
  SongTableObject* table;
};

/// The sections of a table that passed `checkSongTable`.
struct SongTableView {
  const SongTable* header;
  const TempoPoint* tempo;
  const SignaturePoint* signatures;
  const SongEvent* events;
  const NotePoint* notePoints;
  const AutomationLane* lanes;
  const AutomationPoint* points;
  const RouteStrip* strips;
  const RoutePath* paths;
  const ControlBus* buses;
  const ControlRoute* routes;
};

/// Checks every count, index, order and number; `bytes` is 8-byte aligned. `section` of a refusal: 0 header, 1 first,
/// 2 second.
PlanRefusal checkSongTable(const uint8_t* bytes, uint32_t length, SongTableView& view);
/// Null with a refusal.
SongTableObject* buildSongTable(const uint8_t* bytes, uint32_t length, float sampleRate, PlanRefusal& refusal);
void freeSongTable(SongTableObject* table);

}  // namespace sl
