// The start of a take: everything at rest, and a log that begins with what a fresh engine must be told to stand here.
// Audio thread.
#include "engine/engine.h"

namespace sl {
namespace {

LogHeader& replayLog() { return *reinterpret_cast<LogHeader*>(static_cast<uintptr_t>(wire().log)); }

Command commandOf(Event type, uint32_t target, int64_t frame) {
  Command command{};
  command.type = type;
  command.target = target;
  command.frame = frame;
  return command;
}

}  // namespace

void Engine::log(Command command) { logAppend(replayLog(), command, command.frame - resetFrame); }

void Engine::reset(uint32_t newSeed) {
  seed = newSeed;
  resetFrame = frame;
  for (uint32_t s = 0; s < kStrips; s++) {
    strips[s].reset(contextOf(s), seed + s * 0x9e3779b9u);
    resting[s] = metering[s] = false;
  }
  if (routing) routing->clear();
  if (controlTable) controlTable->controls->clear();
  for (ReturnBus& bus : lateBuses) bus.written = false;
  eventCount = 0;
  masterChain->clear();
  masterGain.snap(masterGain.db.target);
  masterMute.settle();
  masterFresh = true;
  masterMeter.clear();
  for (Meter& meter : stripMeters) meter.clear();
  transport.reset(frame);
  song = {};
  logStart(replayLog(), seed, frame);
  logState();
  logSong();
}

/// What a fresh engine must be told to stand where this one stands after a reset.
void Engine::logState() {
  auto command = [&](Event type, uint32_t target) { return commandOf(type, target, frame); };
  Command c;
  if (level != 0) c = command(Event::governor, 0), c.toggle.index = (uint32_t)level, log(c);
  if (routingTable) c = command(Event::installRouting, 0), c.install.handle = routingTable->handle, log(c);
  for (uint32_t s = 0; s < kStrips; s++) {
    logMix(s);
    const Controls& controls = strips[s].controls;
    if (controls.bend != 0.f || controls.bendRange != 2.f)
      c = command(Event::bend, s), c.control = {controls.bend, controls.bendRange}, log(c);
    if (controls.wheel != 0.f) c = command(Event::wheel, s), c.control = {controls.wheel}, log(c);
    if (controls.pressure != 0.f) c = command(Event::pressure, s), c.control = {controls.pressure}, log(c);
    if (controls.timbre != 0.f) c = command(Event::timbre, s), c.control = {controls.timbre}, log(c);
    if (controls.sustain) c = command(Event::sustain, s), c.control = {1.f}, log(c);
    const Program* p = strips[s].live();
    if (!p) continue;
    c = command(Event::installProgram, s), c.install.handle = p->handle, log(c);
    for (int i = 0; i < p->paramCount; i++)
      if (p->paramTarget(i) != p->paramInitial(i))
        c = command(Event::setParam, s), c.param = {0, (uint16_t)i, p->paramTarget(i)}, log(c);
    for (int d = 0; d < p->chain->count; d++) {
      const ChainDevice& device = p->chain->devices[d];
      for (int i = 0; i < device.count; i++)
        if (device.params[i].target != device.initial[i])
          c = command(Event::setParam, s), c.param = {(uint16_t)(d + 1), (uint16_t)i, device.params[i].target}, log(c);
      if (device.bypass != device.initialBypass)
        c = command(Event::setBypass, s), c.toggle = {(uint32_t)d + 1, device.bypass}, log(c);
    }
  }
  if (masterGain.db.target != 0.f) c = command(Event::masterGain, 0), c.control.value = masterGain.db.target, log(c);
  if (!masterMute.open) c = command(Event::masterMute, 0), c.control.value = 1.f, log(c);
  for (int d = 0; d < masterChain->count; d++) {
    const ChainDevice& device = masterChain->devices[d];
    for (int i = 0; i < device.count; i++)
      if (device.params[i].target != device.initial[i])
        c = command(Event::masterParam, 0), c.param = {(uint16_t)d, (uint16_t)i, device.params[i].target}, log(c);
    if (device.bypass != device.initialBypass)
      c = command(Event::masterBypass, 0), c.toggle = {(uint32_t)d, device.bypass}, log(c);
  }
}

/// What a fresh engine must be told of the song after a reset.
void Engine::logSong() {
  auto command = [&](Event type, uint32_t target) { return commandOf(type, target, frame); };
  Command c;
  if (const uint32_t handle = transport.timelineHandle())
    c = command(Event::installTimeline, 0), c.install.handle = handle, log(c);
  for (uint32_t t = 0; t < kTracks; t++) {
    const SongTrack& track = transport.sequencer.track(t);
    if (track.clips) c = command(Event::installClips, kFirstTrack + t), c.install.handle = track.clips->handle, log(c);
    if (track.automation)
      c = command(Event::installAutomation, kFirstTrack + t), c.install.handle = track.automation->handle, log(c);
  }
  if (controlTable) c = command(Event::installControls, 0), c.install.handle = controlTable->handle, log(c);
  c = command(Event::transportLoop, 0);
  c.flags = transport.loops() ? kOn : 0;
  c.loop = {transport.loopStartTick(), transport.loopEndTick()};
  log(c);
  c = command(Event::transportSeek, 0);
  const SongPoint point = transport.point();
  if (point.fraction == 0.)
    c.seek = {.position = point.tick, .unit = (uint32_t)SeekUnit::ticks};
  else
    c.seek = {.position = transport.position(), .unit = (uint32_t)SeekUnit::frames};
  log(c);
}

}  // namespace sl
