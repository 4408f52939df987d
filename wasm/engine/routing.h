// How the strips are connected, as the engine holds it: order, outputs, delayed paths, side inputs of effects. Built
// and freed by the control thread, run by the audio thread in between.
#pragma once
#include "engine/song_table.h"
#include "engine/strip.h"
#include "wire/layout.h"

namespace sl {

inline constexpr float kRerouteSeconds = 0.02f;

/// What one effect hears of another strip.
struct SideTap {
  SideInput input;  ///< what the chain is given; points to the arrays below
  uint32_t source;
  bool pre;
  bool written;  ///< in the present micro-block
  PathDelay* delay;
  SideTap* nextOfSource;
  alignas(16) float left[kMicroBlock];
  alignas(16) float right[kMicroBlock];
};

/// One strip in the routing.
struct Route {
  uint32_t output;        ///< kStrips: the master
  uint32_t leaving;       ///< where it went before, while `remains` is above 0
  float remains;          ///< share of the signal that still goes there
  bool input;             ///< hears what others send to it
  bool busy;              ///< a delayed path of it may still sound: look
  uint32_t behind;        ///< bit i: its send to return i arrives one micro-block later
  uint32_t delayedSends;  ///< bit i: `sends[i]` is there
  PathDelay* out;         ///< null: none
  PathDelay* voices;      ///< one for each layer, or null
  ReturnBus* bus;         ///< of a group: what arrives; null: it takes no input, or is a return
  SideTap* heard;         ///< side inputs that listen to it
  SideTap* sides;         ///< of its own effects
  SideInput* inputs;      ///< the same, for the chain
  int sideCount;
  PathDelay* sends[kReturns];  ///< null: none

  bool ringing() const;
  bool stillBusy() { return busy = ringing(); }
  /// It may sound, whatever its strip does.
  bool wanted() const { return busy || (bus && bus->written); }
  /// Everything at its place at once, empty.
  void clear();
};

struct Routing {
  ReturnBus* buses;  ///< of all groups
  SideTap* sides;    ///< of all effects
  uint32_t busCount, sideCount;
  uint8_t order[kStrips];
  uint8_t place[kStrips];  ///< in the order
  Route routes[kStrips];
  uint32_t latencyFrames;
  PathDelay* delays;
  uint32_t delayCount;

  /// Goes on where `old` (null: the default) stands; what leaves a strip that has not sounded yet is at its place at
  /// once.
  void adopt(Routing* old, const Strip (&strips)[kStrips]);
  void clear();
  /// Nothing arrived yet in this micro-block.
  void open();
};

/// Places a checked table in `arena`: run once to measure (null `routing`), once for real. The rings come from the
/// heap.
void placeRouting(Arena& arena, const SongTableView& view, Routing* routing);
/// False: no memory. Control thread.
bool buildDelays(Routing& routing, const SongTableView& view);
void freeDelays(Routing& routing);

}  // namespace sl
