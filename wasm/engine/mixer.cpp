// The mix: tracks, then returns, summed in the order of their strips; and the commands and taps that are about it.
// Audio thread.
#include <cmath>
#include <cstring>

#include "engine/engine.h"

namespace sl {
namespace {

constexpr float kSilence = 1e-7f;  // -140 dBFS: what is sent to a return below it wakes nobody

template <class T>
T& at(uint32_t address) {
  return *reinterpret_cast<T*>(static_cast<uintptr_t>(address));
}

bool audible(const ReturnBus& bus) {
  for (int i = 0; i < kMicroBlock; i++)
    if (!(std::fabs(bus.left[i]) < kSilence && std::fabs(bus.right[i]) < kSilence)) return true;
  return false;
}

bool isTrack(uint32_t strip) { return strip >= kFirstTrack && strip < kFirstReturn; }

}  // namespace

void Engine::mix(float* left, float* right) {
  std::memset(left, 0, sizeof(float) * kMicroBlock);
  std::memset(right, 0, sizeof(float) * kMicroBlock);
  for (ReturnBus& bus : returnBuses) bus.written = false;
  // A strip at rest that nobody watches costs one look; a new reader of its levels is seen with the next step.
  const bool step = frame / kMicroBlock % kLevelBlocksPerStep == 0;
  for (uint32_t s = 0; s < kStrips; s++) {
    const bool sent = s >= kFirstReturn && returnBuses[s - kFirstReturn].written;
    if (strips[s].resting && !sent && !step && !tapped[s] && !stripMeters[s].running()) continue;
    mixStrip(s, left, right);
  }
}

void Engine::mixStrip(uint32_t s, float* left, float* right) {
  Strip& strip = strips[s];
  const ReturnBus* sent = s >= kFirstReturn ? &returnBuses[s - kFirstReturn] : nullptr;
  if (sent && !sent->written) sent = nullptr;
  if (strip.resting && !sent) return tell(s, nullptr, nullptr);
  if (strip.idle() && !(sent && audible(*sent))) {
    strip.settleGains();
    strip.resting = true;
    return tell(s, nullptr, nullptr);
  }
  strip.resting = false;
  alignas(16) float l[kMicroBlock], r[kMicroBlock];
  strip.render(contextOf(s), sent, isTrack(s) ? returnBuses : nullptr, l, r, kMicroBlock);
  if (load.watched()) load.add(s, strip);
  tell(s, l, r);
  for (int i = 0; i < kMicroBlock; i++) left[i] += l[i], right[i] += r[i];
}

void Engine::tell(uint32_t s, const float* left, const float* right) {
  static constexpr float none[kMicroBlock] = {};
  if (tapped[s]) writeTaps(s, left ? left : none, right ? right : none);
  Meter& meter = stripMeters[s];
  Slot& levels = at<Slot>(wire().slots + sizeof(Slot) * ((uint32_t)SlotId::strips + s));
  if (!leased(levels, (uint32_t)(frame / kMicroBlock))) {
    if (meter.running()) meter.clear(), meter.publish(levels);
    return;
  }
  if (left) meter.add(left, right);
  if (meter.tick()) meter.publish(levels), meter.openStep();
}

void Engine::writeTaps(uint32_t source, const float* left, const float* right) {
  for (uint32_t address : wire().taps) {
    TapHeader& tap = at<TapHeader>(address);
    if (tap.on.load(std::memory_order_relaxed) && tap.strip.load(std::memory_order_relaxed) == source)
      tapWrite(tap, left, right, kMicroBlock);
  }
}

void Engine::switchTap(uint32_t id, bool on, uint32_t strip) {
  tapSwitch(at<TapHeader>(wire().taps[id]), on, strip, frame);
  for (bool& any : tapped) any = false;
  for (uint32_t address : wire().taps) {
    const TapHeader& tap = at<TapHeader>(address);
    if (tap.on.load(std::memory_order_relaxed)) tapped[tap.strip.load(std::memory_order_relaxed)] = true;
  }
}

bool Engine::dispatchMix(const Command& command, Reason& why, int lead) {
  const uint32_t s = command.target;
  const float value = command.control.value;
  Fader& fader = strips[s].fader;
  if (s == 0 && command.type != Event::stripGain) return why = Reason::badTarget, false;
  switch (command.type) {
    case Event::stripGain:
      if (!(value >= -400.f && value <= 60.f)) return why = Reason::malformed, false;
      return fader.setGain(value, lead), true;
    case Event::stripPan:
      if (!(std::fabs(value) <= 1.f)) return why = Reason::malformed, false;
      return fader.setPan(value, lead), true;
    case Event::stripMute:
      return fader.setMute(value >= 0.5f), true;
    case Event::stripSolo:
      if (!isTrack(s)) return why = Reason::badTarget, false;
      return solo(s, value >= 0.5f), true;
    default: {
      const auto& send = command.send;
      if (!isTrack(s) || send.index >= kReturns) return why = Reason::badTarget, false;
      if (!(send.gainDb >= -400.f && send.gainDb <= 60.f)) return why = Reason::malformed, false;
      if (send.pre > kPreAsItIs) return why = Reason::malformed, false;
      const bool pre = send.pre == kPreAsItIs ? fader.sends[send.index].pre : send.pre == 1;
      return fader.setSend(send.index, send.gainDb, pre, lead), true;
    }
  }
}

void Engine::solo(uint32_t strip, bool on) {
  strips[strip].fader.soloed = on;
  bool any = false;
  for (uint32_t s = kFirstTrack; s < kFirstReturn; s++) any = any || strips[s].fader.soloed;
  for (uint32_t s = kFirstTrack; s < kFirstReturn; s++) {
    strips[s].fader.setSilenced(any && !strips[s].fader.soloed);
    strips[s].resting = false;
  }
}

/// Where the faders stand, for a fresh engine.
void Engine::logMix(uint32_t s) {
  const Fader& fader = strips[s].fader;
  Command c{};
  c.target = s;
  c.frame = frame;
  auto say = [&](Event type, float value) { c.type = type, c.control = {value}, log(c); };
  if (fader.gain.db.target != 0.f) say(Event::stripGain, fader.gain.db.target);
  if (fader.pan.target != 0.f) say(Event::stripPan, fader.pan.target);
  if (!fader.mute.open) say(Event::stripMute, 1.f);
  if (fader.soloed) say(Event::stripSolo, 1.f);
  for (uint32_t i = 0; i < kReturns; i++) {
    const float db = fader.sends[i].targetDb();
    if (db > kOffDb) c.type = Event::stripSend, c.send = {i, db, fader.sends[i].pre}, log(c);
  }
}

}  // namespace sl
