// Builds checked song tables (control thread) and finds things in them (audio thread).
#include "engine/song_table.h"

#include <cstring>

#include "core/arena.h"
#include "core/heap.h"
#include "engine/control_buses.h"
#include "engine/routing.h"

namespace sl {
namespace {

constexpr auto kNote = (uint16_t)SongEventKind::note;

void placeTimeline(Arena& arena, const SongTableView& v, SongTableObject* table, float sampleRate) {
  auto* tempo = arena.take<TempoSegment>(v.header->first);
  auto* signatures = arena.take<SignatureSegment>(v.header->second);
  if (table)
    table->timeline.build(sampleRate, v.tempo, v.header->first, tempo, v.signatures, v.header->second, signatures);
}

void placeClips(Arena& arena, const SongTableView& v, SongTableObject* table) {
  const uint32_t count = v.header->first;
  uint32_t leaves = 1;
  while (leaves * kChaseBlock < count) leaves *= 2;
  uint32_t controls[(int)SongEventKind::count] = {};
  for (uint32_t i = 0; i < count; i++)
    if (v.events[i].kind != kNote) controls[v.events[i].kind]++;

  auto* events = arena.take<SongEvent>(count);
  auto* points = arena.take<NotePoint>(v.header->second);
  auto* ends = arena.take<int64_t>(2 * leaves);
  uint32_t* lists[(int)SongEventKind::count];
  for (int k = 0; k < (int)SongEventKind::count; k++) lists[k] = arena.take<uint32_t>(controls[k]);
  if (!table) return;
  ClipTable& clips = table->clips;
  if (count > 0) std::memcpy(events, v.events, sizeof(SongEvent) * count);
  if (v.header->second > 0) std::memcpy(points, v.notePoints, sizeof(NotePoint) * v.header->second);
  clips.events = events, clips.count = count, clips.points = points;
  clips.latestEnd = ends, clips.leaves = leaves;
  for (uint32_t i = 0; i < count; i++) {
    const SongEvent& e = events[i];
    if (e.kind != kNote) {
      lists[e.kind][clips.controlCount[e.kind]++] = i;
      continue;
    }
    int64_t& end = ends[leaves + i / kChaseBlock];
    if (e.tick + e.length > end) end = e.tick + e.length;
  }
  for (int k = 0; k < (int)SongEventKind::count; k++) clips.controls[k] = lists[k];
  for (uint32_t n = leaves - 1; n >= 1; n--) ends[n] = ends[2 * n] > ends[2 * n + 1] ? ends[2 * n] : ends[2 * n + 1];
}

void placeAutomation(Arena& arena, const SongTableView& v, SongTableObject* table) {
  auto* lanes = arena.take<Lane>(v.header->first);
  auto* points = arena.take<AutomationPoint>(v.header->second);
  if (!table) return;
  table->automation = {lanes, v.header->first};
  if (v.header->second > 0) std::memcpy(points, v.points, sizeof(AutomationPoint) * v.header->second);
  for (uint32_t i = 0; i < v.header->first; i++) {
    const AutomationLane& from = v.lanes[i];
    lanes[i] = {.target = (LaneTarget)from.target,
                .index = from.index,
                .device = from.device,
                .param = from.param,
                .points = points + from.firstPoint,
                .count = from.points,
                .nextFrame = kFar,
                .due = kFar};
  }
}

void placeControls(Arena& arena, const SongTableView& v, SongTableObject* table) {
  auto* controls = arena.take<ControlTable>(1);
  auto* buses = arena.take<ControlBus>(v.header->first);
  auto* routes = arena.take<ControlRoute>(v.header->second);
  auto* states = arena.take<ControlState>(v.header->first);
  if (!table) return;
  table->controls = controls;
  if (v.header->first > 0) std::memcpy(buses, v.buses, sizeof(ControlBus) * v.header->first);
  if (v.header->second > 0) std::memcpy(routes, v.routes, sizeof(ControlRoute) * v.header->second);
  *controls = {
      .buses = buses, .routes = routes, .states = states, .count = v.header->first, .routeCount = v.header->second};
  for (uint32_t i = 0; i < v.header->first; i++)
    if (buses[i].kind == (uint32_t)ControlKind::follower) controls->follows[buses[i].strip] = true;
}

void place(Arena& arena, const SongTableView& v, SongTableObject* table, float sampleRate) {
  switch ((SongTableKind)v.header->kind) {
    case SongTableKind::timeline:
      return placeTimeline(arena, v, table, sampleRate);
    case SongTableKind::clips:
      return placeClips(arena, v, table);
    case SongTableKind::routing: {
      auto* routing = arena.take<Routing>(1);
      if (table) table->routing = routing;
      return placeRouting(arena, v, routing);
    }
    case SongTableKind::controls:
      return placeControls(arena, v, table);
    default:
      return placeAutomation(arena, v, table);
  }
}

}  // namespace

SongTableObject* buildSongTable(const uint8_t* bytes, uint32_t length, float sampleRate, PlanRefusal& refusal) {
  SongTableView view;
  refusal = checkSongTable(bytes, length, view);
  if (refusal.error != PlanError::none) return nullptr;
  Arena measure;
  place(measure, view, nullptr, sampleRate);
  const std::size_t head = (sizeof(SongTableObject) + 63) & ~std::size_t(63);
  auto* table = static_cast<SongTableObject*>(heapTake(head + measure.used() + 64));
  if (!table) {
    refusal.error = PlanError::memory;
    return nullptr;
  }
  Arena arena(reinterpret_cast<uint8_t*>(table) + head, measure.used() + 64);
  table->kind = (SongTableKind)view.header->kind;
  place(arena, view, table, sampleRate);
  if (table->routing && !buildDelays(*table->routing, view)) {
    freeSongTable(table);
    refusal.error = PlanError::memory;
    return nullptr;
  }
  return table;
}

void freeSongTable(SongTableObject* table) {
  if (table && table->routing) freeDelays(*table->routing);
  heapGive(table);
}

uint32_t ClipTable::firstAt(int64_t tick) const {
  uint32_t low = 0, high = count;
  while (low < high) {
    const uint32_t middle = (low + high) / 2;
    if (events[middle].tick < tick)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

const SongEvent* ClipTable::lastControl(SongEventKind kind, uint32_t before) const {
  const uint32_t* list = controls[(int)kind];
  uint32_t low = 0, high = controlCount[(int)kind];
  while (low < high) {
    const uint32_t middle = (low + high) / 2;
    if (list[middle] < before)
      low = middle + 1;
    else
      high = middle;
  }
  return low == 0 ? nullptr : &events[list[low - 1]];
}

const SongEvent* ClipTable::find(int64_t tick, float note) const {
  for (uint32_t i = firstAt(tick); i < count && events[i].tick == tick; i++)
    if (events[i].kind == kNote && events[i].value == note) return &events[i];
  return nullptr;
}

uint32_t ClipTable::nextSounding(uint32_t from, uint32_t before, int64_t tick) const {
  uint32_t i = from;
  while (i < before) {
    if (i % kChaseBlock == 0) {
      // Up while this node is a left child whose whole subtree is over, then down to the first block that is not.
      uint32_t node = leaves + i / kChaseBlock;
      if (latestEnd[node] <= tick) {
        while (node > 1 && (node % 2 == 1 || latestEnd[node + 1] <= tick)) node /= 2;
        if (node <= 1) return before;
        node++;
        while (node < leaves) node = latestEnd[2 * node] > tick ? 2 * node : 2 * node + 1;
        i = (node - leaves) * kChaseBlock;
        continue;
      }
    }
    const SongEvent& e = events[i];
    if (e.kind == kNote && e.tick + e.length > tick) return i;
    i++;
  }
  return before;
}

}  // namespace sl
