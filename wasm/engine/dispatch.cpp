// From the rings to the things they address: drains, orders, checks, logs and hands out commands. Audio thread.
#include <cmath>

#include "engine/engine.h"

namespace sl {
namespace {

template <class T>
T& at(uint32_t address) {
  return *reinterpret_cast<T*>(static_cast<uintptr_t>(address));
}

/// What changes the sound of a take.
bool isLogged(Event type) {
  return type != Event::reset && type != Event::tap && type != Event::ping && type != Event::metronome &&
         type != Event::analysisTap;
}

bool inUnit(const Param& p, float v) {
  if (!std::isfinite(v)) return false;
  if (p.curve == Curve::option) return v >= 0.f && v < (float)p.options.size() && v == std::floor(v);
  if (p.curve == Curve::toggle) return v == 0.f || v == 1.f;
  return v >= p.min && v <= p.max;
}

}  // namespace

void Engine::drain() {
  for (uint32_t address : wire().commands) drainRing(at<RingHeader>(address));
}

void Engine::drainRing(RingHeader& ring) {
  Command command;
  while (!queue.full() && ringPop(ring, command)) {
    if ((command.flags >> 8) != (wire().generation & 0xff)) {
      counters.stale++;
      continue;
    }
    if (command.type == Event::none || command.type >= Event::count) {
      counters.refused++;
      continue;
    }
    const bool now = command.frame == kNow;
    if (!now && command.frame < frame) counters.late++;
    if (command.frame < frame) command.frame = frame;
    if (command.type == Event::reset) dropNotes(command.frame);
    queue.push(command, now || (command.flags & kInOrder));
  }
}

/// What was to be played from the frame of a reset on was meant for the sound before it.
void Engine::dropNotes(int64_t from) {
  queue.drop(
      [from](const Command& c) {
        return c.frame >= from && (c.type == Event::noteOn || c.type == Event::noteOff || c.type == Event::express);
      },
      [this](const Command& c) {
        if (c.type == Event::noteOn)
          reply(ReplyType::noteEnd, Reason::panic, c.target, c.frame, c.noteOn.noteId, c.type);
      });
}

void Engine::collect(int64_t until) {
  eventCount = 0;
  Command command;
  while (eventCount < kMaxBlockEvents - (int)kMaxPrograms && queue.pop(until, command)) {
    if (command.frame < frame) command.frame = frame;
    // At one frame: the loop's jump, then commands, then what the song plays there.
    transport.advance(command.frame, frame + kMicroBlock);
    transport.settle();
    Reason why = Reason::ended;
    if (dispatch(command, why)) {
      if (isLogged(command.type)) log(command);
      continue;
    }
    counters.refused++;
    const uint32_t id = command.type == Event::noteOn ? command.noteOn.noteId : command.words[0];
    reply(ReplyType::refused, why, command.target, command.frame, id, command.type);
  }
}

void Engine::reply(ReplyType type, Reason reason, uint32_t strip, int64_t when, uint32_t id, Event event) {
  if (type == ReplyType::noteEnd && (id & kSongNotes)) return;  // nobody waits for a note of the song
  const Reply record{
      .type = type, .reason = reason, .target = strip, .frame = when, .id = id, .event = (uint32_t)event};
  if (!ringPush(at<RingHeader>(wire().replies), record)) counters.lostReplies++;
}

ProgramSlot* Engine::slotOf(uint32_t handle) {
  ProgramSlot& slot = programs[handle % kMaxPrograms];
  return handle != 0 && slot.handle == handle ? &slot : nullptr;
}

void Engine::giveBack(Program* program) {
  const uint32_t handle = program->handle;
  ProgramSlot* slot = slotOf(handle);
  if (!slot) return;
  slot->state.store((uint32_t)ProgramState::returned, std::memory_order_release);
  returnRecord({.type = ReplyType::returned, .frame = frame, .id = handle});
}

void Engine::returnRecord(const Reply& record) {
  static_assert(kReturnCapacity >= kMaxPrograms + kMaxTables);  // all of them fit, so this push cannot fail
  ringPush(at<RingHeader>(wire().returns), record);
}

bool Engine::dispatch(const Command& command, Reason& why) {
  switch (command.type) {
    case Event::reset:
      reset(command.toggle.index);
      reply(ReplyType::resetDone, Reason::ended, 0, frame, command.toggle.index);
      return true;
    case Event::ping:
      reply(ReplyType::pong, Reason::ended, 0, frame, command.toggle.index);
      return true;
    case Event::tap:
      // The named taps have one source each; those of the analyzer are pointed by analysisTap.
      if (command.toggle.index >= (uint32_t)TapId::analysis) return why = Reason::badTarget, false;
      switchTap(command.toggle.index, command.toggle.on,
                command.toggle.index == (uint32_t)TapId::audition ? 0 : kStrips);
      return true;
    case Event::analysisTap:
      if (command.toggle.index >= kAnalysisTaps || command.target > kStrips) return why = Reason::badTarget, false;
      switchTap((uint32_t)TapId::analysis + command.toggle.index, command.toggle.on, command.target);
      return true;
    case Event::governor:
      return govern(command, why);
    case Event::panic:
      for (uint32_t s = 0; s < kStrips; s++) panic(s, command);
      return true;
    case Event::masterGain:
    case Event::masterMute:
    case Event::masterParam:
    case Event::masterBypass:
      return dispatchMaster(command, why);
    case Event::installTimeline:
    case Event::installClips:
    case Event::installAutomation:
    case Event::installRouting:
    case Event::installControls:
    case Event::transportPlay:
    case Event::transportPause:
    case Event::transportStop:
    case Event::transportSeek:
    case Event::transportLoop:
    case Event::metronome:
      return dispatchSong(command, why);
    case Event::noteOn:
      if (command.noteOn.noteId & kSongNotes) return why = Reason::malformed, false;
      return dispatchStrip(command, why);
    default:
      return dispatchStrip(command, why);
  }
}

bool Engine::dispatchMaster(const Command& command, Reason& why) {
  const int offset = (int)(command.frame - frame);
  switch (command.type) {
    case Event::masterGain:
      if (!(command.control.value >= -400.f && command.control.value <= 24.f)) return why = Reason::malformed, false;
      if (masterFresh)
        masterGain.snap(command.control.value);
      else
        masterGain.db.set(command.control.value);
      return true;
    case Event::masterMute:
      masterMute.open = command.control.value < 0.5f;
      if (masterFresh) masterMute.settle();
      return true;
    case Event::masterParam: {
      const uint16_t device = command.param.device, param = command.param.param;
      if (device >= masterChain->count || param >= masterChain->devices[device].count)
        return why = Reason::badTarget, false;
      if (!inUnit(masterChain->devices[device].kernel->spec->params[param], command.param.value))
        return why = Reason::malformed, false;
      return masterChain->post({offset, device, param, command.param.value});
    }
    default:
      why = Reason::badTarget;
      return command.toggle.index < 0xffff &&
             masterChain->post({offset, (uint16_t)command.toggle.index, kBypassParam, command.toggle.on ? 1.f : 0.f});
  }
}

bool Engine::govern(const Command& command, Reason& why) {
  if (command.toggle.index > (uint32_t)kTopLevel) return why = Reason::badTarget, false;
  const bool mute = !governed(level).analysis;
  level = (int)command.toggle.index;
  // What an analyser hears again has a place in time of its own.
  for (uint32_t id = (uint32_t)TapId::analysis; mute && governed(level).analysis && id < (uint32_t)TapId::count; id++) {
    const TapHeader& tap = at<TapHeader>(wire().taps[id]);
    if (tap.on.load(std::memory_order_relaxed)) switchTap(id, true, tap.strip.load(std::memory_order_relaxed));
  }
  // Only programs with too many voices have anything to do.
  if (governed(level).silencesQuietest)
    for (Strip& strip : strips)
      for (int l = 0; l < strip.count; l++)
        for (int p = 0; p < strip.layers[l].count; p++)
          if (strip.layers[l].programs[p]->exceeds(level)) post(strip.layers[l].programs[p], command);
  reply(ReplyType::governed, Reason::ended, 0, frame, (uint32_t)level);
  return true;
}

bool Engine::post(Program* program, const Command& command, int lead) {
  if (eventCount >= kMaxBlockEvents) return false;
  ProgramEvent& event = events[eventCount++];
  event.command = command;
  event.offset = (int)(command.frame - frame);
  event.lead = lead;
  program->post(&event);
  return true;
}

void Engine::panic(uint32_t target, const Command& command) {
  Strip& strip = strips[target];
  resting[target] = false;
  strip.controls.sustain = false;
  for (int l = 0; l < strip.count; l++) {
    strip.layers[l].programs[0]->chain->quench();
    for (int p = 0; p < strip.layers[l].count; p++) post(strip.layers[l].programs[p], command);
  }
}

bool Engine::dispatchStrip(const Command& command, Reason& why, int lead) {
  if (command.target >= kStrips) return why = Reason::badTarget, false;
  Strip& strip = strips[command.target];
  resting[command.target] = false;
  if (command.type == Event::installProgram) return install(command, why);
  if (command.type == Event::clearStrip) return strip.clearOut(), true;
  auto programOf = [&](uint32_t handle) { return handle ? strip.find(handle) : strip.live(); };
  auto toAll = [&] {
    for (int l = 0; l < strip.count; l++)
      for (int p = 0; p < strip.layers[l].count; p++) post(strip.layers[l].programs[p], command);
    return true;
  };
  switch (command.type) {
    case Event::stripGain:
    case Event::stripPan:
    case Event::stripMute:
    case Event::stripSolo:
    case Event::stripSend:
      return dispatchMix(command, why, lead);
    case Event::noteOn: {
      const auto& on = command.noteOn;
      if (!(std::fabs(on.note) <= 256.f) || !(on.velocity >= 0.f && on.velocity <= 1.f) || on.noteId == 0)
        return why = Reason::malformed, false;
      Program* program = programOf(on.handle);
      if (!program) return why = on.handle ? Reason::unknownProgram : Reason::noProgram, false;
      if (!program->plays()) return why = Reason::noProgram, false;
      if (!program->hasKey(on.note)) return why = Reason::noPad, false;
      if (!post(program, command)) return false;
      for (int l = 0; program->kit && l < strip.count; l++)
        for (int p = 0; p < strip.layers[l].count; p++) {
          Program* older = strip.layers[l].programs[p];
          if (older->kit && older != program && post(older, command)) older->lastEvent->elsewhere = true;
        }
      return true;
    }
    case Event::noteOff: {
      if (command.flags & kByNote) return toAll();
      for (int l = 0; l < strip.count; l++)
        for (int p = 0; p < strip.layers[l].count; p++)
          if (strip.layers[l].programs[p]->hasNote(command.noteOff.noteId))
            return post(strip.layers[l].programs[p], command);
      if (Program* live = strip.live()) post(live, command);  // its start may still come, at this very frame
      return true;
    }
    case Event::express: {
      const auto& note = command.express;
      if (!inExpression(note.kind, note.value)) return why = Reason::malformed, false;
      if ((command.flags & kByNote) || note.noteId == 0) return toAll();
      for (int l = 0; l < strip.count; l++)
        for (int p = 0; p < strip.layers[l].count; p++)
          if (strip.layers[l].programs[p]->hasNote(note.noteId)) return post(strip.layers[l].programs[p], command);
      return true;  // over meanwhile
    }
    case Event::bend:
    case Event::wheel:
    case Event::pressure:
    case Event::timbre:
    case Event::sustain:
      if (!(std::fabs(command.control.value) <= 1.f)) return why = Reason::malformed, false;
      if (command.type == Event::bend && !(std::fabs(command.control.range) <= 96.f))
        return why = Reason::malformed, false;
      if (command.type == Event::bend)
        strip.controls.bend = command.control.value, strip.controls.bendRange = command.control.range;
      else if (command.type == Event::wheel)
        strip.controls.wheel = command.control.value;
      else if (command.type == Event::pressure)
        strip.controls.pressure = command.control.value;
      else if (command.type == Event::timbre)
        strip.controls.timbre = command.control.value;
      else
        strip.controls.sustain = command.control.value >= 0.5f;
      return toAll();
    case Event::setParam: {
      Program* program = programOf(command.param.handle);
      if (!program) return why = Reason::unknownProgram, false;
      const uint16_t device = command.param.device, param = command.param.param;
      why = Reason::badTarget;
      if (device == 0) {
        if (param >= program->paramCount) return false;
        if (!inUnit(*program->specs[param], command.param.value)) return why = Reason::malformed, false;
        return post(program, command, lead);
      }
      Chain& chain = *program->chain;
      if (device > chain.count || param >= chain.devices[device - 1].count) return false;
      if (!inUnit(chain.devices[device - 1].kernel->spec->params[param], command.param.value))
        return why = Reason::malformed, false;
      return chain.post({(int)(command.frame - frame), (uint16_t)(device - 1), param, command.param.value, lead});
    }
    case Event::setBypass: {
      Program* program = programOf(command.toggle.handle);
      if (!program) return why = Reason::unknownProgram, false;
      const uint32_t device = command.toggle.index;
      why = Reason::badTarget;
      if (device < 1 || device > (uint32_t)program->chain->count) return false;
      return program->chain->post(
          {(int)(command.frame - frame), (uint16_t)(device - 1), kBypassParam, command.toggle.on ? 1.f : 0.f});
    }
    default:
      return why = Reason::badTarget, false;
  }
}

bool Engine::install(const Command& command, Reason& why) {
  ProgramSlot* slot = slotOf(command.install.handle);
  uint32_t expected = (uint32_t)ProgramState::ready;
  if (!slot || command.install.mode > 1 ||
      !slot->state.compare_exchange_strong(expected, (uint32_t)ProgramState::playing, std::memory_order_acq_rel))
    return why = Reason::unknownProgram, false;
  StripContext context = contextOf(command.target);
  slot->program->sow(seed + command.target * 0x9e3779b9u);
  strips[command.target].install(context, slot->program, (InstallMode)command.install.mode);
  reply(ReplyType::installed, Reason::ended, command.target, frame, command.install.handle, Event::installProgram);
  transport.programChanged(command.target, command.install.mode == (uint32_t)InstallMode::switchSound);
  return true;
}

}  // namespace sl
