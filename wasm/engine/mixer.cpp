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

/// A micro-block.
void add(float* sum, const float* samples) {
  for (int i = 0; i < kMicroBlock; i += 4) store4(sum + i, load4(sum + i) + load4(samples + i));
}

bool isTrack(uint32_t strip) { return strip >= kFirstTrack && strip < kFirstReturn; }

}  // namespace

void Engine::mix(float* left, float* right) {
  std::memset(left, 0, sizeof(float) * kMicroBlock);
  std::memset(right, 0, sizeof(float) * kMicroBlock);
  openBuses();
  control();
  // A strip at rest that nobody watches costs one look; a new reader of its levels is seen with the next step.
  const bool step = frame / kMicroBlock % kLevelBlocksPerStep == 0;
  const Routing* connected = routing;
  for (uint32_t i = 0; i < kStrips; i++) {
    const uint32_t s = connected ? connected->order[i] : i;
    const bool sent = s >= kFirstReturn && returnBuses[s - kFirstReturn].written;
    if (strips[s].resting && !sent && !step && !tapped[s] && !stripMeters[s].running() &&
        !(connected && connected->routes[s].wanted()) && !portOf(s, true))
      continue;
    mixStrip(s, left, right);
  }
}

/// What is sent one micro-block late arrives now.
void Engine::openBuses() {
  for (uint32_t i = 0; i < kReturns; i++) {
    returnBuses[i].written = false;
    if (!lateBuses[i].written) continue;
    returnBuses[i] = lateBuses[i];
    lateBuses[i].written = false;
  }
  if (!routing) return;
  for (uint32_t s = kFirstTrack; s < kFirstReturn; s++) {
    Route& route = routing->routes[s];
    if (route.bus) route.bus->written = false;
    for (int k = 0; k < route.sideCount; k++) route.sides[k].written = false;
  }
  for (uint32_t s = kFirstReturn; s < kStrips; s++)
    for (int k = 0; k < routing->routes[s].sideCount; k++) routing->routes[s].sides[k].written = false;
}

/// A call of render begins: nothing went out yet.
void Engine::openPorts() {
  for (const OpenPort& open : ports)
    if (open.port && !open.takes) std::memset(open.port->rendered, 0, sizeof(open.port->rendered));
}

/// What a strip is sent; null: it takes no input.
ReturnBus* Engine::busOf(uint32_t s) {
  if (s >= kFirstReturn) return &returnBuses[s - kFirstReturn];
  return routing ? routing->routes[s].bus : nullptr;
}

void Engine::mixStrip(uint32_t s, float* left, float* right) {
  Strip& strip = strips[s];
  Route* route = routing ? &routing->routes[s] : nullptr;
  const ReturnBus* sent = busOf(s);
  if (sent && !sent->written) sent = nullptr;
  const StripPort* fed = portOf(s, true);
  if (fed) {
    strip.forgetEvents();
    if (!fed->rendered[portBlock]) {
      strip.settleGains();
      strip.resting = true;
      return tell(s, nullptr, nullptr);
    }
  } else if (!(route && route->busy)) {
    if (strip.resting && !sent) return tell(s, nullptr, nullptr);
    if (strip.idle() && !(sent && audible(*sent))) {
      strip.settleGains();
      strip.resting = true;
      return tell(s, nullptr, nullptr);
    }
  }
  strip.resting = false;
  alignas(16) float l[kMicroBlock], r[kMicroBlock];
  StripPaths paths{.input = sent};
  const int place = portBlock * kMicroBlock;
  if (fed) paths.fedLeft = fed->left + place, paths.fedRight = fed->right + place;
  if (StripPort* out = portOf(s, false)) {
    out->rendered[portBlock] = 1;
    paths.beforeLeft = out->left + place, paths.beforeRight = out->right + place;
  }
  if (route) {
    renderRouted(s, paths, l, r);
  } else {
    ReturnBus* returns[kReturns];
    for (uint32_t i = 0; i < kReturns; i++) returns[i] = s < kFirstReturn + i ? &returnBuses[i] : &lateBuses[i];
    if (s >= kFirstTrack) paths.returns = returns;
    strip.render(contextOf(s), paths, l, r, kMicroBlock);
  }
  if (load.watched()) load.add(s, strip);
  tell(s, l, r);
  if (route) return deliver(s, l, r, left, right);
  add(left, l), add(right, r);
}

/// A strip with its delayed sends and side inputs.
void Engine::renderRouted(uint32_t s, StripPaths& paths, float* l, float* r) {
  Route& route = routing->routes[s];
  const float fadeStep = 1.f / (kRerouteSeconds * sampleRate);
  ReturnBus delayed[kReturns];
  ReturnBus* returns[kReturns];
  auto bus = [&](uint32_t i) { return route.behind >> i & 1 ? &lateBuses[i] : &returnBuses[i]; };
  for (uint32_t i = 0; i < kReturns; i++) {
    returns[i] = route.sends[i] ? &delayed[i] : bus(i);
    delayed[i].written = false;
  }
  for (int k = 0; k < route.sideCount; k++) {
    SideTap& side = route.sides[k];
    if (!side.written) take(side, nullptr, nullptr);
  }
  alignas(16) float beforeLeft[kMicroBlock], beforeRight[kMicroBlock];
  if (s >= kFirstTrack) paths.returns = returns;
  paths.voices = route.voices;
  paths.sides = {route.inputs, route.sideCount};
  if (route.heard && !paths.beforeLeft) paths.beforeLeft = beforeLeft, paths.beforeRight = beforeRight;
  strips[s].render(contextOf(s), paths, l, r, kMicroBlock);
  for (SideTap* side = route.heard; side; side = side->nextOfSource)
    side->pre ? take(*side, paths.beforeLeft, paths.beforeRight) : take(*side, l, r);
  for (uint32_t i = 0; i < kReturns; i++) {
    if (!route.sends[i] || !(delayed[i].written || route.sends[i]->ringing())) continue;
    delayed[i].open();
    route.sends[i]->run(delayed[i].left, delayed[i].right, fadeStep);
    ReturnBus& to = *bus(i);
    to.open();
    add(to.left, delayed[i].left), add(to.right, delayed[i].right);
  }
}

/// A micro-block for a side input; null: silence.
void Engine::take(SideTap& side, const float* left, const float* right) {
  side.written = true;
  if (left) {
    std::memcpy(side.left, left, sizeof(side.left));
    std::memcpy(side.right, right, sizeof(side.right));
  } else {
    std::memset(side.left, 0, sizeof(side.left));
    std::memset(side.right, 0, sizeof(side.right));
  }
  if (side.delay) side.delay->run(side.left, side.right, 1.f / (kRerouteSeconds * sampleRate));
}

/// To the strip's output, and while that has changed less and less to the one before.
void Engine::deliver(uint32_t s, float* l, float* r, float* left, float* right) {
  Route& route = routing->routes[s];
  const float fadeStep = 1.f / (kRerouteSeconds * sampleRate);
  if (route.out) route.out->run(l, r, fadeStep);
  auto bring = [&](uint32_t output, float from, float step) {
    float *toLeft = left, *toRight = right;
    if (output < kStrips) {
      ReturnBus& bus = *busOf(output);
      bus.open();
      toLeft = bus.left, toRight = bus.right;
    }
    if (from == 1.f && step == 0.f)
      add(toLeft, l), add(toRight, r);
    else
      for (int i = 0; i < kMicroBlock; i++) {
        const float gain = from + step * (float)i;
        toLeft[i] += l[i] * gain, toRight[i] += r[i] * gain;
      }
  };
  if (route.remains > 0.f) {
    const float from = route.remains, to = from - fadeStep * kMicroBlock > 0.f ? from - fadeStep * kMicroBlock : 0.f;
    const float step = (to - from) / kMicroBlock;
    bring(route.leaving, from, step);
    bring(route.output, 1.f - from, -step);
    route.remains = to;
  } else {
    bring(route.output, 1.f, 0.f);
  }
  route.busy = route.ringing();
}

/// Null: every strip to the master in its own order, without delays.
void Engine::route(SongTableObject* table) {
  Routing* old = routing;
  routing = table ? table->routing : nullptr;
  if (routing) routing->adopt(old, strips);
  routingTable = table;
  for (uint32_t s = 0; s < kStrips; s++) {
    strips[s].setInput(s >= kFirstReturn || (routing && routing->routes[s].input));
    strips[s].resting = false;
  }
  silenceOthers();
}

void Engine::tell(uint32_t s, const float* left, const float* right) {
  static constexpr float none[kMicroBlock] = {};
  if (tapped[s]) writeTaps(s, left ? left : none, right ? right : none);
  if (left && controlTable && controlTable->controls->follows[s]) controlTable->controls->listen(s, left, right);
  const Program* live = strips[s].live();
  tellReductions(s, left && live ? live->chain : nullptr);
  Meter& meter = stripMeters[s];
  Slot& levels = at<Slot>(wire().slots + sizeof(Slot) * ((uint32_t)SlotId::strips + s));
  if (!leased(levels, (uint32_t)(frame / kMicroBlock))) {
    if (meter.running()) meter.clear(), meter.publish(levels);
    return;
  }
  if (left) meter.add(left, right);
  if (meter.tick()) meter.publish(levels), meter.openStep();
}

void Engine::tellReductions(uint32_t source, const Chain* chain) {
  Reductions& shown = reductions[source];
  Slot& slot = at<Slot>(wire().slots + sizeof(Slot) * ((uint32_t)SlotId::reductions + source));
  if (!leased(slot, (uint32_t)(frame / kMicroBlock))) {
    if (shown.running()) shown.clear(), shown.publish(slot);
    return;
  }
  shown.add(chain);
  if (shown.tick()) shown.publish(slot);
}

void Engine::writeTaps(uint32_t source, const float* left, const float* right) {
  for (uint32_t id = 0; id < (uint32_t)TapId::count; id++) {
    if (id >= (uint32_t)TapId::analysis && !governed(level).analysis) return;
    TapHeader& tap = at<TapHeader>(wire().taps[id]);
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
      if (send.index >= kReturns) return why = Reason::badTarget, false;
      if (!(send.gainDb >= -400.f && send.gainDb <= 60.f)) return why = Reason::malformed, false;
      if (send.pre > kPreAsItIs) return why = Reason::malformed, false;
      const bool pre = send.pre == kPreAsItIs ? fader.sends[send.index].pre : send.pre == 1;
      return fader.setSend(send.index, send.gainDb, pre, lead), true;
    }
  }
}

void Engine::solo(uint32_t strip, bool on) {
  strips[strip].fader.soloed = on;
  silenceOthers();
}

/// While any track is solo: what is in a solo group is heard with it, and the groups that a solo track plays through.
void Engine::silenceOthers() {
  bool any = false, heard[kStrips] = {};
  for (uint32_t s = kFirstTrack; s < kFirstReturn; s++) {
    any = any || strips[s].fader.soloed;
    for (uint32_t at = s; at < kFirstReturn; at = routing ? routing->routes[at].output : kStrips) {
      if (strips[at].fader.soloed) heard[s] = true;
      if (strips[s].fader.soloed) heard[at] = true;
    }
  }
  for (uint32_t s = kFirstTrack; s < kFirstReturn; s++) {
    const bool silenced = any && !heard[s];
    if (strips[s].fader.solo.open == !silenced) continue;
    strips[s].fader.setSilenced(silenced);
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
