// The engine: timeline of 32-frame micro-blocks, command dispatch, strips, master. One object per memory, made by the
// allocating instance, run by whichever instance renders.
#pragma once
#include <atomic>

#include "engine/assets.h"
#include "engine/control_buses.h"
#include "engine/load.h"
#include "engine/meter.h"
#include "engine/queue.h"
#include "engine/reductions.h"
#include "engine/routing.h"
#include "engine/strip.h"
#include "engine/transport.h"
#include "wire/layout.h"
#include "wire/strip_port.h"

namespace sl {

enum class ProgramState : uint32_t { empty, ready, playing, returned };

/// A handle is (serial << 10 | index) with a serial that is never 0: a stale handle names nothing.
struct ProgramSlot {
  std::atomic<uint32_t> state;
  uint32_t handle;
  Program* program;
};

struct Counters {
  uint32_t late, stale, badVoices, badEffects, refused, lostReplies, stolen;
};

/// Offline: what a strip plays goes out here before its fader, or comes in from here in its place.
struct OpenPort {
  StripPort* port;  ///< null: none
  bool takes;
};

inline constexpr int kMaxBlockEvents = 2048;

/// For tests: what the sequencer sent, as many as fit.
struct Trace {
  Command* records;
  uint32_t capacity, count;
};

struct Engine {
  float sampleRate;
  uint32_t seed;
  int64_t frame;       ///< of the next micro-block
  int64_t resetFrame;  ///< where the log begins
  SongTime song;       ///< at the first frame of the present micro-block
  SongRuns runs;       ///< what of the song the present micro-block plays
  Strip strips[kStrips];
  Chain* masterChain;
  Level masterGain;
  Decay decay;
  Gate masterMute;
  bool masterFresh;
  Meter masterMeter, stripMeters[kStrips];
  Reductions reductions[kStrips + 1];  ///< kStrips: the master
  ReturnBus returnBuses[kReturns];
  ReturnBus lateBuses[kReturns];            ///< what arrives in the next micro-block
  ReturnBus delayedSends[kReturns];         ///< of the present strip, those with a delay
  ReturnBus* sendBuses[kStrips][kReturns];  ///< where each strip's sends go
  StripContext context;                     ///< of the present strip
  Routing* routing;                         ///< null: every strip to the master in its own order, without delays
  SongTableObject* routingTable;
  SongTableObject* controlTable;  ///< null: no control buses
  bool shifting[kStrips];         ///< control buses move something there
  bool resting[kStrips];          ///< idle and told nothing since
  bool tapped[kStrips + 1];       ///< some tap listens to the strip; kStrips: the master
  bool step;                      ///< in this micro-block new readers of levels and reductions are looked for
  bool metering[kStrips];         ///< its levels were watched a micro-block ago
  bool reducing[kStrips + 1];     ///< its gain reductions were
  OpenPort ports[kStrips];
  bool ported;    ///< any of them is open
  int portBlock;  ///< of the present call of render
  Load load;
  Counters counters;
  int level;  ///< of the governor; 0 is full quality
  ProgramSlot programs[kMaxPrograms];
  TableSlot songTables[kMaxTables];
  AssetTable assets;  ///< control thread only
  Transport transport;
  Trace trace;
  EventQueue queue;
  ProgramEvent events[kMaxBlockEvents];
  int eventCount;
  alignas(16) float fifoLeft[kMicroBlock];
  alignas(16) float fifoRight[kMicroBlock];
  int fifoAt, fifoCount;
  alignas(64) f32x4 wires[kMaxWires * kMicroBlock];
  LaneSums sums;

  void init(float rate, uint32_t newSeed);
  /// Writes `frames` (1..4096) to the output block; the same bits for any partition of calls.
  void render(int frames);
  /// Drains the rings and applies what is due without moving time.
  void pump();

  ProgramSlot* slotOf(uint32_t handle);
  TableSlot* tableSlotOf(uint32_t handle);
  void reply(ReplyType type, Reason reason, uint32_t strip, int64_t at, uint32_t id, Event event = Event::none);
  void giveBack(Program* program);
  /// From a note to where it leaves the master: all delays that align the strips, and the master's.
  int latencyFrames() const { return masterChain->latencyFrames() + (routing ? (int)routing->latencyFrames : 0); }
  /// `lead`: a value of the song's automation that is reached after so many frames.
  bool dispatchStrip(const Command& command, Reason& why, int lead = 0);
  /// A parameter of the program that a strip plays, or null.
  const Param* paramAt(uint32_t strip, uint16_t device, uint16_t param) const;

 private:
  void microBlock(float* left, float* right);
  void keepTime();
  void drain();
  void drainRing(RingHeader& ring);
  void dropNotes(int64_t from);
  void collect(int64_t until);
  /// Null: applied; else why not.
  bool dispatch(const Command& command, Reason& why);
  bool dispatchMaster(const Command& command, Reason& why);
  bool govern(const Command& command, Reason& why);
  bool dispatchSong(const Command& command, Reason& why);
  bool post(Program* program, const Command& command, int lead = 0);
  bool install(const Command& command, Reason& why);
  bool installTable(const Command& command, Reason& why);
  void giveBackTable(SongTableObject& table);
  void returnRecord(const Reply& record);
  void panic(uint32_t strip, const Command& command);
  void reset(uint32_t newSeed);
  void logState();
  void logSong();
  void log(Command command);
  // mixer.cpp
  void mix(float* left, float* right);
  void mixStrip(uint32_t strip, float* left, float* right);
  /// Meter and taps of a strip; null: silence.
  void tell(uint32_t strip, const float* left, const float* right);
  bool dispatchMix(const Command& command, Reason& why, int lead);
  void openBuses();
  ReturnBus* busOf(uint32_t strip);
  void openPorts();
  StripPort* portOf(uint32_t strip, bool takes) {
    return ported && ports[strip].takes == takes ? ports[strip].port : nullptr;
  }
  void renderRouted(uint32_t strip, StripPaths& paths, float* left, float* right);
  void take(SideTap& side, const float* left, const float* right);
  void deliver(uint32_t strip, float* stripLeft, float* stripRight, float* left, float* right);
  void route(SongTableObject* table);
  // control_buses.cpp
  void control();
  void installControls(SongTableObject* table);
  void solo(uint32_t strip, bool on);
  void silenceOthers();
  void logMix(uint32_t strip);
  void switchTap(uint32_t id, bool on, uint32_t strip);
  void tellReductions(uint32_t source, const Chain* chain);
  void writeTaps(uint32_t source, const float* left, const float* right);
  void master(float* left, float* right);
  void publish(const float* left, const float* right);
  void publishTransport(int64_t now);
  const StripContext& contextOf(uint32_t strip);
  void aimSends();
};

}  // namespace sl
