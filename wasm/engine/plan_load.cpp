// Builds the program of a checked plan: one block of memory for the patch and all its voices, the chain beside it.
// Control thread.
#include "engine/plan_load.h"

#include <cstring>

#include "core/heap.h"
#include "dsp/tables.h"
#include "engine/assets.h"
#include "engine/kit.h"

namespace sl {
namespace {

/// Whether anything reads the wire after op `index` and before another op writes it.
bool isRead(const PlanView& v, uint32_t index, uint16_t wire) {
  const PlanHeader& h = *v.header;
  for (uint32_t i = index + 1; i < h.ops; i++) {
    const PlanOp& op = v.ops[i];
    const uint16_t* ports = v.ports + op.firstPort;
    for (uint32_t k = 0; k < op.inputs; k++)
      if (ports[k] == wire) return true;
    for (uint32_t r = op.firstRow; r < op.firstRow + op.rows; r++)
      for (uint32_t s = v.rows[r].firstSource; s < v.rows[r].firstSource + v.rows[r].sources; s++)
        if (v.sources[s].kind == (uint16_t)SourceKind::wire && v.sources[s].wire == wire) return true;
    for (uint32_t k = op.inputs; k < (uint32_t)op.inputs + op.outputs; k++)
      if (ports[k] == wire) return false;
  }
  return h.left == wire || h.right == wire;
}

bool perNote(const PlanSource& source) {
  const auto kind = (SourceKind)source.kind;
  return kind == SourceKind::velocity || kind == SourceKind::key || kind == SourceKind::random;
}

/// Places everything of a program in `arena`; run once to measure and once for real.
void place(Arena& arena, const PlanView& v, Program* p, float sampleRate) {
  const PlanHeader& h = *v.header;
  const int quadCount = h.ops > 0 ? (int)(h.voices + kLanes - 1) / kLanes + kSpareQuads : 0;
  uint32_t stateBytes = 0;
  auto* ops = arena.take<Op>(h.ops);
  auto* ports = arena.take<uint16_t>(h.ports);
  auto* rows = arena.take<Row>(h.rows);
  auto* sources = arena.take<PlanSource>(h.sources);
  const uint32_t all = h.params + h.amounts;  // modulation amounts are parameters like those of the units
  auto* specs = arena.take<const Param*>(all);
  auto* params = arena.take<Smoothed>(all);
  auto* ramps = arena.take<Ramp<f32x4>>(all);
  auto* initial = arena.take<float>(all);
  auto* amounts = arena.take<Param>(h.amounts);
  auto* quads = arena.take<Quad>(quadCount);
  auto* flushers = arena.take<const Op*>(h.ops);
  auto* enders = arena.take<const Op*>(h.ops);
  auto* at = arena.take<f32x4*>(h.ports);
  for (uint32_t i = 0; i < h.ops; i++) {
    const PlanOp& from = v.ops[i];
    const UnitKernel* kernel = from.kind == (uint16_t)OpKind::unit ? unitKernel(from.unit) : nullptr;
    const void* table = nullptr;
    if (kernel && kernel->spec->table) {
      const PlanTable& t = v.tables[from.table];
      void* room = arena.take<uint8_t>(bakedWaveBytes(sampleRate, (int)t.harmonics), 64);
      if (room) table = bakeWave(room, sampleRate, v.harmonics + t.firstHarmonic, (int)t.harmonics);
    }
    if (p) {
      Op& op = ops[i];
      op.kind = (OpKind)from.kind;
      op.kernel = kernel;
      op.table = table;
      op.asset = kernel ? holdAsset(from.asset, kernel->spec->asset) : nullptr;
      op.stateOffset = stateBytes;
      op.ports = ports + from.firstPort;
      op.at = at + from.firstPort;
      op.inputs = from.inputs, op.outputs = from.outputs;
      for (uint32_t k = 0; k < op.outputs; k++)
        if (isRead(v, i, v.ports[from.firstPort + op.inputs + k])) op.wanted |= 1u << k;
      op.firstParam = from.firstParam;
      op.params = kernel ? (uint32_t)kernel->spec->params.size() : 0;
      op.firstRow = from.firstRow, op.rows = from.rows;
      for (uint32_t k = 0; k < op.params; k++) {
        specs[from.firstParam + k] = &kernel->spec->params[k];
        params[from.firstParam + k].init(kernel->spec->params[k], v.params[from.firstParam + k]);
      }
      for (uint32_t r = from.firstRow; r < from.firstRow + from.rows; r++) {
        const PlanRow& row = v.rows[r];
        rows[r] = {
            .min = -400.f, .max = 400.f, .param = row.param, .firstSource = row.firstSource, .sources = row.sources};
        rows[r].perNote = true;
        for (uint32_t s = row.firstSource; s < row.firstSource + row.sources; s++)
          rows[r].perNote = rows[r].perNote && perNote(v.sources[s]);
        if (!kernel) continue;
        const Param& spec = kernel->spec->params[row.param];
        rows[r].min = spec.min, rows[r].max = spec.max;
        rows[r].log = spec.curve == Curve::log;
        rows[r].steps = spec.smooth != Smooth::ramp;
      }
      if (kernel && kernel->flush) flushers[p->flusherCount++] = &op;
      if (kernel && kernel->finished) enders[p->enderCount++] = &op;
    }
    if (kernel) stateBytes += kernel->stateBytes;
  }
  for (int q = 0; q < quadCount; q++) {
    auto* rowEnd = arena.take<f32x4>(h.rows);
    auto* rowMoved = arena.take<uint8_t>(h.rows);
    auto* state = arena.take<uint8_t>(stateBytes, 64);
    if (p) quads[q].rowEnd = rowEnd, quads[q].rowMoved = rowMoved, quads[q].state = state;
  }
  if (!p) return;
  p->ops = ops, p->ports = ports, p->rows = rows, p->sources = sources;
  p->specs = specs, p->params = params, p->ramps = ramps, p->initial = initial, p->quads = quads;
  p->opCount = (int)h.ops, p->rowCount = (int)h.rows, p->paramCount = (int)all, p->quadCount = quadCount;
  p->stateBytes = stateBytes;
  p->flushers = flushers, p->enders = enders;
  p->endsVoices = p->enderCount > 0;
  std::memcpy(ports, v.ports, sizeof(uint16_t) * h.ports);
  std::memcpy(sources, v.sources, sizeof(PlanSource) * h.sources);
  p->firstAmount = h.params;
  std::memcpy(initial, v.params, sizeof(float) * h.params);
  for (uint32_t i = 0; i < h.amounts; i++) {
    const PlanAmount& a = v.amounts[i];
    amounts[i] = {.id = "amount", .label = "Amount", .doc = "Of a modulation", .min = -a.limit, .max = a.limit};
    specs[h.params + i] = &amounts[i];
    initial[h.params + i] = a.value;
    params[h.params + i].init(amounts[i], a.value);
  }
  for (uint32_t i = 0; i < all; i++) ramps[i] = {.value = splat(initial[i]), .step = splat(0.f), .changed = true};
}

/// How many of the last ops only scale on the way out: the last one into the program's outputs, and one before it that
/// nobody else hears.
int scalersOf(const PlanView& v, const Program& p) {
  const auto scales = [&](int i) { return i >= 0 && p.ops[i].kind == OpKind::unit && p.ops[i].kernel->scaling; };
  const int last = p.opCount - 1;
  if (!scales(last)) return 0;
  const Op& end = p.ops[last];
  const uint16_t* out = end.ports + end.inputs;
  const bool stereo = v.header->left != v.header->right;
  if (out[0] != v.header->left || (stereo && (end.outputs < 2 || out[1] != v.header->right))) return 0;
  if (!stereo || !scales(last - 1)) return 1;
  const Op& before = p.ops[last - 1];
  const uint16_t wire = before.ports[before.inputs];
  bool others = (before.wanted & ~1u) != 0 || end.ports[0] != wire || isRead(v, (uint32_t)last, wire);
  for (int k = 1; k < end.inputs; k++) others = others || end.ports[k] == wire;
  for (uint32_t r = end.firstRow; r < end.firstRow + end.rows; r++)
    for (uint32_t s = p.rows[r].firstSource; s < p.rows[r].firstSource + p.rows[r].sources; s++)
      others = others || (p.sources[s].kind == (uint16_t)SourceKind::wire && p.sources[s].wire == wire);
  return others ? 1 : 2;
}

void dropAssets(const Program& p) {
  for (int i = 0; i < p.opCount; i++) dropAsset(p.ops[i].asset);
}

/// The kit with all its parameters listed; false: the memory is full.
bool giveKit(Program& p, const PlanView& view, float sampleRate, uint32_t seed, PlanRefusal& refusal) {
  p.kit = buildKit(view, sampleRate, seed, refusal);
  if (!p.kit) return false;
  const Pad& last = p.kit->pads[p.kit->count - 1];
  p.paramCount = (int)last.ownParam() + PadParams::numParams;
  p.specs = static_cast<const Param**>(heapTake(sizeof(const Param*) * p.paramCount));
  if (!p.specs) return refusal.error = PlanError::memory, false;
  const Param** at = p.specs;
  for (int i = 0; i < p.kit->count; i++) {
    const Program& own = *p.kit->pads[i].program;
    for (int k = 0; k < own.paramCount; k++) *at++ = own.specs[k];
    for (const Param& param : PadParams::params) *at++ = &param;
  }
  return true;
}

}  // namespace

Program* buildProgram(const uint8_t* bytes, uint32_t length, float sampleRate, uint32_t seed, PlanRefusal& refusal) {
  PlanView view;
  refusal = checkPlan(bytes, length, view);
  if (refusal.error != PlanError::none) return nullptr;
  const PlanHeader& h = *view.header;

  Arena measure;
  place(measure, view, nullptr, sampleRate);
  const std::size_t head = (sizeof(Program) + 63) & ~std::size_t(63);
  auto* p = static_cast<Program*>(heapTake(head + measure.used() + 64));
  if (!p) {
    refusal.error = PlanError::memory;
    return nullptr;
  }
  Arena arena(reinterpret_cast<uint8_t*>(p) + head, measure.used() + 64);
  place(arena, view, p, sampleRate);
  p->sampleRate = sampleRate;
  p->gainDb = h.gainDb;
  p->voiceNs = h.voiceNs;
  p->left = h.left, p->right = h.right;
  p->scalerCount = scalersOf(view, *p);
  p->scalersPerNote = true;
  for (int i = p->opCount - p->scalerCount; i < p->opCount; i++)
    for (uint32_t r = p->ops[i].firstRow; r < p->ops[i].firstRow + p->ops[i].rows; r++)
      p->scalersPerNote = p->scalersPerNote && p->rows[r].perNote;
  if (h.pads > 0 && !giveKit(*p, view, sampleRate, seed, refusal)) {
    freeProgram(p);
    return nullptr;
  }
  p->mode = (VoiceMode)h.mode;
  p->glideSeconds = h.glideSeconds;
  p->voices = p->mode == VoiceMode::poly ? (int)h.voices : (h.voices > 0 ? 1 : 0);
  p->decay.set(kSmoothSeconds, sampleRate);
  p->wheel.close = p->pressure.close = p->bend.close = p->timbre.close = 1e-4f;
  p->restore();
  p->chain = buildChain(view.effects, (int)h.effects, view.effectValues, sampleRate);
  if (!p->chain) {
    freeProgram(p);
    refusal.error = PlanError::memory;
    return nullptr;
  }
  p->clear(seed);
  return p;
}

void freeProgram(Program* program) {
  if (!program) return;
  freeChain(program->chain);
  dropAssets(*program);
  if (program->kit) heapGive(program->specs);
  freeKit(program->kit);
  heapGive(program);
}

}  // namespace sl
