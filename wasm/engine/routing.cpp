// Builds a checked routing (control thread) and takes over from the one before it (audio thread).
#include "engine/routing.h"

#include <cstring>

namespace sl {
namespace {

bool same(const SideTap& a, const SideTap& b) {
  return a.source == b.source && a.pre == b.pre && a.input.device == b.input.device;
}

void hand(PathDelay* to, PathDelay* from) {
  if (to && from) to->adopt(*from);
}

/// The rings of one kind of path; `voices` has one for each layer.
uint32_t ringsOf(const RoutePath& path) { return (PathKind)path.kind == PathKind::voices ? kMaxLayers : 1; }

}  // namespace

bool Route::ringing() const {
  if (remains > 0.f || (out && out->ringing())) return true;
  for (uint32_t bits = delayedSends; bits; bits &= bits - 1)
    if (sends[__builtin_ctz(bits)]->ringing()) return true;
  for (int k = 0; voices && k < kMaxLayers; k++)
    if (voices[k].ringing()) return true;
  for (int k = 0; k < sideCount; k++)
    if (sides[k].delay && sides[k].delay->ringing()) return true;
  return false;
}

void placeRouting(Arena& arena, const SongTableView& view, Routing* routing) {
  const uint32_t paths = view.header->second;
  uint32_t rings = 0, sideCount = 0, buses = 0;
  for (uint32_t i = 0; i < paths; i++) {
    rings += ringsOf(view.paths[i]);
    sideCount += view.paths[i].kind == (uint32_t)PathKind::side;
  }
  for (uint32_t i = 0; i < kStrips; i++) buses += view.strips[i].input && view.strips[i].strip < kFirstReturn;
  auto* delays = arena.take<PathDelay>(rings);
  auto* sides = arena.take<SideTap>(sideCount);
  auto* inputs = arena.take<SideInput>(sideCount);
  auto* bus = arena.take<ReturnBus>(buses);
  if (!routing) return;

  Routing& r = *routing;
  r.latencyFrames = view.header->latencyFrames;
  r.delays = delays, r.delayCount = rings;
  r.buses = bus, r.busCount = buses;
  r.sides = sides, r.sideCount = sideCount;
  for (uint32_t i = 0; i < kStrips; i++) {
    const RouteStrip& from = view.strips[i];
    r.order[i] = (uint8_t)from.strip;
    r.place[from.strip] = (uint8_t)i;
    Route& route = r.routes[from.strip];
    route.output = from.output, route.leaving = kStrips;
    route.input = from.input != 0;
    route.behind = from.feedback;
    route.busy = true;
    if (route.input && from.strip < kFirstReturn) route.bus = bus++;
  }
  // What was rendered already can only be reached in the next micro-block.
  for (uint32_t s = 0; s < kStrips; s++)
    for (uint32_t i = 0; i < kReturns; i++)
      if (r.place[kFirstReturn + i] <= r.place[s]) r.routes[s].behind |= 1u << i;
  // Side inputs by the strip that listens, each strip's in one piece.
  for (uint32_t s = 0; s < kStrips; s++) {
    Route& route = r.routes[s];
    route.sides = sides, route.inputs = inputs;
    PathDelay* delay = delays;
    for (uint32_t i = 0; i < paths; delay += ringsOf(view.paths[i]), i++) {
      const RoutePath& path = view.paths[i];
      if (path.kind == (uint32_t)PathKind::side && path.target == s) {
        SideTap& side = *sides++;
        side.input = {.device = path.device - 1, .left = side.left, .right = side.right};
        side.source = path.strip, side.pre = path.pre != 0;
        side.delay = path.delayFrames || path.roomFrames ? delay : nullptr;
        side.nextOfSource = r.routes[path.strip].heard;
        r.routes[path.strip].heard = &side;
        *inputs++ = side.input;
        route.sideCount++;
      }
      if (path.strip != s || path.kind == (uint32_t)PathKind::side) continue;
      if (path.kind == (uint32_t)PathKind::output) route.out = delay;
      if (path.kind == (uint32_t)PathKind::send) {
        route.sends[path.target] = delay;
        route.delayedSends |= 1u << path.target;
      }
      if (path.kind == (uint32_t)PathKind::voices) route.voices = delay;
    }
  }
}

bool buildDelays(Routing& routing, const SongTableView& view) {
  PathDelay* delay = routing.delays;
  for (uint32_t i = 0; i < view.header->second; i++)
    for (uint32_t k = 0; k < ringsOf(view.paths[i]); k++)
      if (!(delay++)->build(view.paths[i].delayFrames, view.paths[i].roomFrames)) return false;
  return true;
}

void freeDelays(Routing& routing) {
  for (uint32_t i = 0; i < routing.delayCount; i++) routing.delays[i].destroy();
}

void Route::clear() {
  remains = 0.f;
  if (out) out->clear();
  for (PathDelay* send : sends)
    if (send) send->clear();
  for (int k = 0; voices && k < kMaxLayers; k++) voices[k].clear();
  for (int k = 0; k < sideCount; k++)
    if (sides[k].delay) sides[k].delay->clear();
  busy = false;
}

void Routing::adopt(Routing* old, const Strip (&strips)[kStrips]) {
  for (uint32_t s = 0; s < kStrips; s++) {
    Route& route = routes[s];
    if (strips[s].fader.fresh) {
      route.clear();
      continue;
    }
    Route* was = old ? &old->routes[s] : nullptr;
    const uint32_t went = was ? was->output : kStrips;
    // The old way must still be open: a strip that runs later and takes input.
    if (went != route.output && (went == kStrips || (routes[went].input && place[went] > place[s])))
      route.leaving = went, route.remains = 1.f;
    if (was) {
      hand(route.out, was->out);
      for (uint32_t i = 0; i < kReturns; i++) hand(route.sends[i], was->sends[i]);
      for (int k = 0; route.voices && was->voices && k < kMaxLayers; k++) hand(&route.voices[k], &was->voices[k]);
      for (int k = 0; k < route.sideCount; k++)
        for (int o = 0; o < was->sideCount; o++)
          if (same(route.sides[k], was->sides[o])) hand(route.sides[k].delay, was->sides[o].delay);
    }
    route.busy = route.ringing();
  }
}

void Routing::open() {
  for (uint32_t i = 0; i < busCount; i++) buses[i].written = false;
  for (uint32_t i = 0; i < sideCount; i++) sides[i].written = false;
}

void Routing::clear() {
  for (Route& route : routes) route.clear();
}

}  // namespace sl
