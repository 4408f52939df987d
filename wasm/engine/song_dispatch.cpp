// Commands of the transport and its tables, and what the sequencer sends to the strips. Audio thread.
#include <cmath>

#include "engine/engine.h"

namespace sl {
namespace {

/// Left free for note-offs when a micro-block is crowded.
constexpr int kReservedEvents = 512;

bool goodTick(int64_t tick) { return tick >= 0 && tick <= kMaxTick; }

}  // namespace

bool SongSink::full() const { return engine->eventCount >= kMaxBlockEvents - kReservedEvents; }
void SongSink::dropped() const { engine->transport.dropped++; }
void SongSink::late() const { engine->transport.late++; }

bool SongSink::send(const Command& command, int lead) const {
  Reason why = Reason::ended;
  if (engine->trace.count < engine->trace.capacity) engine->trace.records[engine->trace.count] = command;
  engine->trace.count++;
  return engine->dispatchStrip(command, why, lead);
}

bool SongSink::moves(uint32_t strip, const Lane& lane, bool& log) const {
  switch (lane.target) {
    case LaneTarget::mute:
    case LaneTarget::bypass:
      return false;
    case LaneTarget::param: {
      const Param* param = engine->paramAt(strip, lane.device, lane.param);
      if (!param) return false;
      log = param->curve == Curve::log;
      return param->curve != Curve::option && param->curve != Curve::toggle;
    }
    default:
      return true;
  }
}

const Param* Engine::paramAt(uint32_t strip, uint16_t device, uint16_t param) const {
  const Program* program = strips[strip].live();
  if (!program) return nullptr;
  if (device == 0) return param < program->paramCount ? program->specs[param] : nullptr;
  const Chain& chain = *program->chain;
  if (device > chain.count || param >= chain.devices[device - 1].count) return nullptr;
  return &chain.devices[device - 1].kernel->spec->params[param];
}

bool Engine::dispatchSong(const Command& command, Reason& why) {
  why = Reason::malformed;
  switch (command.type) {
    case Event::transportPlay:
      if (command.toggle.index > kMaxCountInBars) return false;
      return transport.play(command.toggle.index), true;
    case Event::transportPause:
      return transport.pause(), true;
    case Event::transportStop:
      return transport.stop(), true;
    case Event::transportSeek: {
      const int64_t to = command.seek.position;
      if (command.seek.unit == (uint32_t)SeekUnit::ticks && goodTick(to)) return transport.seek({to, 0.}), true;
      if (command.seek.unit != (uint32_t)SeekUnit::frames || to < 0 || to > transport.lastFrame()) return false;
      return transport.seekFrame(to), true;
    }
    case Event::transportLoop: {
      const auto& loop = command.loop;
      if (!goodTick(loop.startTick) || !goodTick(loop.endTick) || loop.endTick <= loop.startTick) return false;
      return transport.setLoop(loop.startTick, loop.endTick, (command.flags & kOn) != 0), true;
    }
    case Event::metronome:
      if (!(command.control.range >= -60.f && command.control.range <= 12.f)) return false;
      return transport.setMetronome(command.control.value >= 0.5f, command.control.range), true;
    default:
      return installTable(command, why);
  }
}

bool Engine::installTable(const Command& command, Reason& why) {
  const bool timeline = command.type == Event::installTimeline, routes = command.type == Event::installRouting;
  const bool controls = command.type == Event::installControls;
  const SongTableKind kind = timeline                              ? SongTableKind::timeline
                             : routes                              ? SongTableKind::routing
                             : controls                            ? SongTableKind::controls
                             : command.type == Event::installClips ? SongTableKind::clips
                                                                   : SongTableKind::automation;
  why = Reason::badTarget;
  if (!timeline && !routes && !controls && (command.target < kFirstTrack || command.target >= kFirstReturn))
    return false;
  SongTableObject* table = nullptr;
  if (command.install.handle != 0) {
    TableSlot* slot = tableSlotOf(command.install.handle);
    why = Reason::unknownProgram;
    uint32_t expected = (uint32_t)TableState::ready;
    if (!slot ||
        !slot->state.compare_exchange_strong(expected, (uint32_t)TableState::playing, std::memory_order_acq_rel))
      return false;
    table = slot->table;
    if (table->kind != kind) {
      slot->state.store((uint32_t)TableState::ready, std::memory_order_release);
      return why = Reason::badTarget, false;
    }
  }
  if (routes) {
    SongTableObject* before = routingTable;
    route(table);
    if (before) giveBackTable(*before);
    return true;
  }
  if (controls) return installControls(table), true;
  const uint32_t track = command.target - kFirstTrack;
  SongTableObject* old = timeline                       ? transport.installTimeline(table)
                         : kind == SongTableKind::clips ? transport.installClips(track, table)
                                                        : transport.installAutomation(track, table);
  if (old) giveBackTable(*old);
  return true;
}

TableSlot* Engine::tableSlotOf(uint32_t handle) {
  TableSlot& slot = songTables[handle % kMaxTables];
  return handle != 0 && slot.handle == handle ? &slot : nullptr;
}

void Engine::giveBackTable(SongTableObject& table) {
  TableSlot* slot = tableSlotOf(table.handle);
  if (!slot) return;
  const Reply record{.type = ReplyType::tableReturned, .frame = frame, .id = table.handle};
  slot->state.store((uint32_t)TableState::returned, std::memory_order_release);
  returnRecord(record);
}

}  // namespace sl
