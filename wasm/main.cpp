// Exports only. Threads are named per function: control = the allocating instance, audio = the one that renders;
// offline both are the same instance.
#include <cstring>

#include "core/heap.h"
#include "dsp/tables.h"
#include "engine/engine.h"
#include "engine/kit.h"
#include "engine/plan_load.h"

#define EXPORT(name) extern "C" __attribute__((export_name(name)))

namespace sl {
namespace {

WireHeader header;

uint32_t address(const void* at) { return (uint32_t)reinterpret_cast<uintptr_t>(at); }

uint32_t makeRing(uint32_t capacity) {
  auto* ring = static_cast<RingHeader*>(heapTake(ringBytes(capacity)));
  if (ring) ring->capacity = capacity;
  return address(ring);
}

void remember(const PlanRefusal& refusal) {
  const uint32_t error[4] = {(uint32_t)refusal.error, refusal.section, refusal.index, refusal.offset};
  std::memcpy(header.error, error, sizeof(error));
}

/// The next handle of slot `index` after the one that it had before (0: none), with a serial that is never 0.
uint32_t nextHandle(uint32_t last, uint32_t index, uint32_t slots) {
  const uint32_t next = (last == 0 ? index : last) + slots;
  return next < slots ? next + slots : next;
}

}  // namespace

WireHeader& wire() noexcept { return header; }
const Tables& tables() noexcept { return *header.tables; }

/// [control] Zeroed, 64-byte aligned; 0 when memory is full.
EXPORT("mem_alloc") void* memAlloc(uint32_t bytes) { return heapTake(bytes); }
EXPORT("mem_free") void memFree(void* block) { heapGive(block); }
/// [any] What the heap holds: calls of alloc, calls of free, bytes in use.
EXPORT("mem_count") uint32_t memCount(uint32_t which) {
  const HeapCount count = heapCount();
  return which == 0 ? count.takes : which == 1 ? count.gives : count.usedBytes;
}

/// [control] Once per memory, after _initialize. Returns the wire header's address, or 0 when memory is too small.
EXPORT("engine_create") uint32_t engineCreate(float sampleRate, uint32_t seed, uint32_t generation) {
  if (header.engine || !(sampleRate >= 8000.f && sampleRate <= 384000.f)) return 0;
  auto* engine = static_cast<Engine*>(heapTake(sizeof(Engine)));
  void* tableBlock = heapTake(tablesBytes(sampleRate));
  for (uint32_t& ring : header.commands) ring = makeRing(kCommandCapacity);
  header.replies = makeRing(kReplyCapacity);
  header.returns = makeRing(kReturnCapacity);
  header.slots = address(heapTake(sizeof(Slot) * (int)SlotId::count));
  for (uint32_t& tap : header.taps) {
    auto* ring = static_cast<TapHeader*>(heapTake(tapBytes(kTapCapacity)));
    if (ring) ring->capacity = kTapCapacity;
    tap = address(ring);
  }
  auto* log = static_cast<LogHeader*>(heapTake(logBytes(kLogCapacity)));
  header.log = address(log);
  header.outputLeft = address(heapTake(sizeof(float) * kMaxRenderFrames));
  header.outputRight = address(heapTake(sizeof(float) * kMaxRenderFrames));
  if (!engine || !tableBlock || !header.commands[0] || !header.commands[1] || !header.commands[2] || !header.replies ||
      !header.returns || !header.slots || !log || !header.outputLeft || !header.outputRight)
    return 0;
  for (uint32_t tap : header.taps)
    if (!tap) return 0;
  log->capacity = kLogCapacity;
  log->seed = seed;
  header.tables = makeTables(tableBlock, sampleRate);
  header.sampleRate = sampleRate;
  header.seed = seed;
  header.generation = generation;
  engine->init(sampleRate, seed);
  // The master chain: one true-peak limiter, a device like any other.
  const EffectKernel* limiter = effectKernel("limiter");
  float values[kMaxUnitParams] = {};
  PlanEffect effect{};
  for (uint32_t i = 0; limiter && effectKernel(i); i++)
    if (effectKernel(i) == limiter) effect.effect = (uint16_t)i;
  for (std::size_t i = 0; limiter && i < limiter->spec->params.size(); i++) values[i] = limiter->spec->params[i].init;
  engine->masterChain = buildChain(&effect, limiter ? 1 : 0, values, sampleRate);
  if (!engine->masterChain) return 0;
  header.engine = engine;
  header.magic = kWireMagic;
  return address(&header);
}

/// [any] Address of the wire header, 0 before engine_create.
EXPORT("engine_wire") uint32_t engineWire() { return header.engine ? address(&header) : 0; }

/// [control] A stack for the audio instance: set its __stack_pointer to the returned address before its first call.
/// Once.
EXPORT("stack_create") uint32_t stackCreate(uint32_t bytes) {
  if (header.stackBase) return 0;
  auto* block = static_cast<uint8_t*>(heapTake(bytes));
  if (!block) return 0;
  header.stackBase = address(block);
  header.stackEnd = address(block) + (bytes & ~63u);
  guardStack(header.stackBase, header.stackEnd);
  return header.stackEnd;
}

/// [control] Handle of a program, or 0: see last_error.
EXPORT("program_load") uint32_t programLoad(const uint8_t* bytes, uint32_t length) {
  if (!header.engine) return 0;
  PlanRefusal refusal;
  auto refuse = [&] { return remember(refusal), 0u; };
  ProgramSlot* slots = header.engine->programs;
  uint32_t index = 1;  // 0 stays empty: the handle 0 means "the strip's own"
  while (index < kMaxPrograms && slots[index].state.load(std::memory_order_acquire) != (uint32_t)ProgramState::empty)
    index++;
  if (index == kMaxPrograms) {
    refusal.error = PlanError::slots;
    return refuse();
  }
  Program* program = buildProgram(bytes, length, header.sampleRate, header.seed, refusal);
  if (!program) return refuse();
  ProgramSlot& slot = slots[index];
  slot.handle = nextHandle(slot.handle, index, kMaxPrograms);
  program->handle = slot.handle;
  slot.program = program;
  refuse();  // clears the record
  slot.state.store((uint32_t)ProgramState::ready, std::memory_order_release);
  return slot.handle;
}

/// [control] 1: freed. 0: unknown handle, or the audio thread still has it.
EXPORT("program_free") uint32_t programFree(uint32_t handle) {
  ProgramSlot* slot = header.engine ? header.engine->slotOf(handle) : nullptr;
  if (!slot) return 0;
  for (ProgramState from : {ProgramState::ready, ProgramState::returned}) {
    uint32_t expected = (uint32_t)from;
    if (!slot->state.compare_exchange_strong(expected, (uint32_t)ProgramState::empty, std::memory_order_acq_rel))
      continue;
    freeProgram(slot->program);
    slot->program = nullptr;
    return 1;
  }
  return 0;
}

/// [control] Handle of a song table, or 0: see last_error.
EXPORT("table_load") uint32_t tableLoad(const uint8_t* bytes, uint32_t length) {
  if (!header.engine) return 0;
  PlanRefusal refusal;
  TableSlot* slots = header.engine->songTables;
  uint32_t index = 1;
  while (index < kMaxTables && slots[index].state.load(std::memory_order_acquire) != (uint32_t)TableState::empty)
    index++;
  SongTableObject* table = nullptr;
  if (index == kMaxTables)
    refusal.error = PlanError::slots;
  else
    table = buildSongTable(bytes, length, header.sampleRate, refusal);
  remember(refusal);
  if (!table) return 0;
  TableSlot& slot = slots[index];
  slot.handle = nextHandle(slot.handle, index, kMaxTables);
  table->handle = slot.handle;
  slot.table = table;
  slot.state.store((uint32_t)TableState::ready, std::memory_order_release);
  return slot.handle;
}

/// [control] 1: freed. 0: unknown handle, or the audio thread still has it.
EXPORT("table_free") uint32_t tableFree(uint32_t handle) {
  TableSlot* slot = header.engine ? header.engine->tableSlotOf(handle) : nullptr;
  if (!slot) return 0;
  for (TableState from : {TableState::ready, TableState::returned}) {
    uint32_t expected = (uint32_t)from;
    if (!slot->state.compare_exchange_strong(expected, (uint32_t)TableState::empty, std::memory_order_acq_rel))
      continue;
    freeSongTable(slot->table);
    slot->table = nullptr;
    return 1;
  }
  return 0;
}

/// [control] Handle of an asset, or 0: see last_error. `bytes` is from mem_alloc and the engine's from now on.
EXPORT("asset_load") uint32_t assetLoad(uint8_t* bytes, uint32_t length) {
  if (!header.engine) return 0;
  AssetRefusal refusal;
  const uint32_t handle = loadAsset(bytes, length, refusal);
  remember({.error = refusal.error, .offset = refusal.offset});
  return handle;
}
/// [control] Handle of a source that the engine makes, by BUILTIN_ASSET; always the same one.
EXPORT("asset_builtin") uint32_t assetBuiltin(uint32_t index) {
  if (!header.engine) return 0;
  AssetRefusal refusal;
  const uint32_t handle = builtinAsset(index, refusal);
  remember({.error = refusal.error});
  return handle;
}
/// [control] 1: freed. 0: unknown handle, or a program still holds it.
EXPORT("asset_release") uint32_t assetRelease(uint32_t handle) { return header.engine && releaseAsset(handle) ? 1 : 0; }

/// [tests] From now on the sequencer writes what it sends as commands to `at`, as many as fit; returns how many it sent
/// since it was called before.
EXPORT("song_trace") uint32_t songTrace(Command* records, uint32_t capacity) {
  const uint32_t count = header.engine->trace.count;
  header.engine->trace = {records, capacity, 0};
  return count;
}

/// [control] Makes a returned program ready to be installed again, as it was built. 0: it is not in that state.
EXPORT("program_renew") uint32_t programRenew(uint32_t handle) {
  ProgramSlot* slot = header.engine ? header.engine->slotOf(handle) : nullptr;
  if (!slot || slot->state.load(std::memory_order_acquire) != (uint32_t)ProgramState::returned) return 0;
  slot->program->restore();
  slot->program->clear(header.seed);
  slot->program->chain->restore();
  slot->program->chain->clear();
  slot->state.store((uint32_t)ProgramState::ready, std::memory_order_release);
  return 1;
}

/// [control] Frames that a program's effects delay, and frames until they are silent after the last note.
EXPORT("program_latency") int programLatency(uint32_t handle) {
  ProgramSlot* slot = header.engine ? header.engine->slotOf(handle) : nullptr;
  return slot && slot->program ? slot->program->chain->latencyFrames() : 0;
}
EXPORT("program_tail") int programTail(uint32_t handle) {
  ProgramSlot* slot = header.engine ? header.engine->slotOf(handle) : nullptr;
  return slot && slot->program ? slot->program->chain->tailFrames() : 0;
}

/// [control] Of those, the frames that the effects before effect `device` (from 1) delay.
EXPORT("program_latency_before") int programLatencyBefore(uint32_t handle, uint32_t device) {
  ProgramSlot* slot = header.engine ? header.engine->slotOf(handle) : nullptr;
  return slot && slot->program ? slot->program->chain->latencyBefore((int)device - 1) : 0;
}

/// [any] Frames that the master chain delays.
EXPORT("master_latency") int masterLatency() { return header.engine ? header.engine->masterChain->latencyFrames() : 0; }

/// [tests] Where a program, of a kit its first pad, keeps its voices: 0 address of the first group's unit state, 1
/// bytes of it, 2 groups; and of effect i: 3 + 2 i address of its lines, 4 + 2 i bytes of them.
EXPORT("program_inspect") uint32_t programInspect(uint32_t handle, uint32_t what) {
  ProgramSlot* slot = header.engine ? header.engine->slotOf(handle) : nullptr;
  if (!slot || !slot->program) return 0;
  const Program& p = slot->program->kit ? *slot->program->kit->pads[0].program : *slot->program;
  if (what >= 3 && (what - 3) / 2 < (uint32_t)p.chain->count) {
    const ChainDevice& device = p.chain->devices[(what - 3) / 2];
    return what % 2 ? address(device.memory) : device.memoryBytes;
  }
  if (p.quadCount == 0) return 0;
  return what == 0 ? address(p.quads[0].state) : what == 1 ? p.stateBytes : (uint32_t)p.quadCount;
}

/// [control] Address of four words on the last refused plan or table: PLAN_ERROR, section, index, byte offset.
EXPORT("last_error") uint32_t lastError() { return address(header.error); }

/// [audio] Offline: from the next engine_render on a strip hands out what it plays before its fader, or (`takes`) plays
/// what its port holds; null: neither. 0: no such strip.
EXPORT("strip_port") uint32_t stripPort(uint32_t strip, StripPort* port, uint32_t takes) {
  if (!header.engine || strip >= kStrips) return 0;
  Engine& engine = *header.engine;
  engine.ports[strip] = {port, takes != 0};
  engine.ported = false;
  for (const OpenPort& open : engine.ports) engine.ported = engine.ported || open.port;
  return 1;
}

/// [audio] Renders 1..4096 frames to the output block.
EXPORT("engine_render") void engineRender(int frames) { header.engine->render(frames); }
/// [audio] Drains the rings and applies what is due, without moving time.
EXPORT("engine_pump") void enginePump() { header.engine->pump(); }

}  // namespace sl
