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
  i32x4 quiet = splat(0.f) == splat(0.f);
  const auto below = [](f32x4 x) { return abs(x) < splat(kSilence); };
  for (int i = 0; i < kMicroBlock; i += kLanes) quiet &= below(load4(bus.left + i)) & below(load4(bus.right + i));
  return !all(quiet);
}

bool isTrack(uint32_t strip) { return strip >= kFirstTrack && strip < kFirstReturn; }

}  // namespace

void Engine::mix(float* left, float* right) {
  silence(left, right);
  openBuses();
  control();
  // A strip at rest that nobody watches costs one look; a new reader of its levels is seen with the next step.
  step = frame / kMicroBlock % kLevelBlocksPerStep == 0;
  contextOf(0);  // the moment is the same for all strips
  const Routing* connected = routing;
  for (uint32_t i = 0; i < kStrips; i++) {
    const uint32_t s = connected ? connected->order[i] : i;
    const bool sent = s >= kFirstReturn && returnBuses[s - kFirstReturn].written;
    if (resting[s] && !sent && !step && !tapped[s] && !metering[s] && !reducing[s] &&
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
  if (routing) routing->open();
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
      resting[s] = true;
      return tell(s, nullptr, nullptr);
    }
  } else {
    const bool busy = route && route->busy;
    if (resting[s] && !sent && !busy) return tell(s, nullptr, nullptr);
    if (strip.idle() && !(sent && audible(*sent)) && !(busy && route->stillBusy())) {
      strip.settleGains();
      resting[s] = true;
      return tell(s, nullptr, nullptr);
    }
  }
  resting[s] = false;
  alignas(16) float l[kMicroBlock], r[kMicroBlock];
  StripPaths paths{.input = sent};
  const int place = portBlock * kMicroBlock;
  if (fed) paths.fedLeft = fed->left + place, paths.fedRight = fed->right + place;
  if (StripPort* out = portOf(s, false)) {
    out->rendered[portBlock] = 1;
    paths.beforeLeft = out->left + place, paths.beforeRight = out->right + place;
  }
  if (s >= kFirstTrack) paths.returns = sendBuses[s];
  context.render.strip = s;
  if (route)
    renderRouted(s, paths, l, r);
  else
    strip.render(context, paths, l, r);
  if (load.watched()) load.add(s, strip);
  tell(s, l, r);
  if (route) return deliver(s, l, r, left, right);
  add(left, right, l, r);
}

/// Where the sends of each strip go: to a return that was rendered already in the next micro-block, and those with a
/// delay through that.
void Engine::aimSends() {
  for (uint32_t s = 0; s < kStrips; s++)
    for (uint32_t i = 0; i < kReturns; i++) {
      const bool late = routing ? routing->routes[s].behind >> i & 1 : s >= kFirstReturn + i;
      const bool delayed = routing && routing->routes[s].sends[i];
      sendBuses[s][i] = delayed ? &delayedSends[i] : late ? &lateBuses[i] : &returnBuses[i];
    }
}

/// A strip with its delayed sends and side inputs.
void Engine::renderRouted(uint32_t s, StripPaths& paths, float* l, float* r) {
  Route& route = routing->routes[s];
  for (uint32_t bits = route.delayedSends; bits; bits &= bits - 1) delayedSends[__builtin_ctz(bits)].written = false;
  for (int k = 0; k < route.sideCount; k++) {
    SideTap& side = route.sides[k];
    if (!side.written) take(side, nullptr, nullptr);
  }
  alignas(16) float beforeLeft[kMicroBlock], beforeRight[kMicroBlock];
  paths.voices = route.voices;
  paths.sides = {route.inputs, route.sideCount};
  if (route.heard && !paths.beforeLeft) paths.beforeLeft = beforeLeft, paths.beforeRight = beforeRight;
  strips[s].render(context, paths, l, r);
  for (SideTap* side = route.heard; side; side = side->nextOfSource)
    side->pre ? take(*side, paths.beforeLeft, paths.beforeRight) : take(*side, l, r);
  for (uint32_t bits = route.delayedSends; bits; bits &= bits - 1) {
    const int i = __builtin_ctz(bits);
    ReturnBus& sent = delayedSends[i];
    if (!sent.written && !route.sends[i]->ringing()) continue;
    sent.open();
    route.sends[i]->run(sent.left, sent.right, 1.f / (kRerouteSeconds * sampleRate));
    ReturnBus& to = route.behind >> i & 1 ? lateBuses[i] : returnBuses[i];
    to.open();
    add(to.left, to.right, sent.left, sent.right);
  }
}

/// A micro-block for a side input; null: silence.
void Engine::take(SideTap& side, const float* left, const float* right) {
  side.written = true;
  if (left)
    copy(side.left, side.right, left, right);
  else
    silence(side.left, side.right);
  if (side.delay) side.delay->run(side.left, side.right, 1.f / (kRerouteSeconds * sampleRate));
}

/// To the strip's output, and while that has changed less and less to the one before.
void Engine::deliver(uint32_t s, float* l, float* r, float* left, float* right) {
  Route& route = routing->routes[s];
  const float fadeStep = 1.f / (kRerouteSeconds * sampleRate);
  if (route.out) route.out->run(l, r, fadeStep);
  auto bring = [&](uint32_t output, Span gain) {
    if (output >= kStrips) return add(left, right, l, r, gain);
    ReturnBus& bus = *busOf(output);
    bus.open();
    add(bus.left, bus.right, l, r, gain);
  };
  const float from = route.remains;
  if (from > 0.f) {
    route.remains = from - fadeStep * kMicroBlock > 0.f ? from - fadeStep * kMicroBlock : 0.f;
    bring(route.leaving, {from, route.remains});
  }
  bring(route.output, {1.f - from, 1.f - route.remains});
  route.busy = true;
}

/// Null: every strip to the master in its own order, without delays.
void Engine::route(SongTableObject* table) {
  Routing* old = routing;
  routing = table ? table->routing : nullptr;
  if (routing) routing->adopt(old, strips);
  routingTable = table;
  for (uint32_t s = 0; s < kStrips; s++) {
    strips[s].setInput(s >= kFirstReturn || (routing && routing->routes[s].input));
    resting[s] = false;
  }
  aimSends();
  silenceOthers();
}

void Engine::tell(uint32_t s, const float* left, const float* right) {
  static constexpr float none[kMicroBlock] = {};
  if (tapped[s]) writeTaps(s, left ? left : none, right ? right : none);
  if (left && controlTable && controlTable->controls->follows[s]) controlTable->controls->listen(s, left, right);
  if (reducing[s] || step) tellReductions(s, left && strips[s].live() ? strips[s].live()->chain : nullptr);
  if (!metering[s] && !step) return;
  Slot& levels = at<Slot>(wire().slots + sizeof(Slot) * ((uint32_t)SlotId::strips + s));
  const bool watched = leased(levels, (uint32_t)(frame / kMicroBlock));
  if (!watched && !metering[s]) return;
  Meter& meter = stripMeters[s];
  metering[s] = watched;
  if (!watched) return meter.clear(), meter.publish(levels);
  if (left) meter.add(left, right);
  if (meter.tick()) meter.publish(levels);
}

void Engine::tellReductions(uint32_t source, const Chain* chain) {
  Slot& slot = at<Slot>(wire().slots + sizeof(Slot) * ((uint32_t)SlotId::reductions + source));
  const bool watched = leased(slot, (uint32_t)(frame / kMicroBlock));
  if (!watched && !reducing[source]) return;
  Reductions& shown = reductions[source];
  reducing[source] = watched;
  if (!watched) return shown.clear(), shown.publish(slot);
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
    resting[s] = false;
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
