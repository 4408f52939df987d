// Refuses every plan that could make the engine read or write outside its own memory, or hand a unit what its table
// forbids. Control thread.
#include <cmath>

#include "engine/assets.h"
#include "engine/kit.h"
#include "engine/plan_load.h"

namespace sl {
namespace {

enum Section : uint32_t {
  header,
  ops,
  ports,
  params,
  rows,
  sources,
  amounts,
  tables,
  harmonics,
  effects,
  effectValues,
  pads
};

bool inRange(const Param& p, float v) {
  if (!std::isfinite(v)) return false;
  if (p.curve == Curve::option) return v >= 0.f && v < (float)p.options.size() && v == std::floor(v);
  if (p.curve == Curve::toggle) return v == 0.f || v == 1.f;
  return v >= p.min && v <= p.max;
}

bool fits(uint32_t first, uint32_t count, uint32_t total) { return first <= total && count <= total - first; }

class Check {
 public:
  Check(const PlanView& view) : v(view), h(*view.header) {}

  PlanRefusal run() {
    const bool plays = h.ops > 0;  // else a kit, or a chain of effects alone: no wires
    if (h.wires > kMaxWires || h.voices > kMaxVoices || (plays || h.pads > 0) != (h.voices > 0))
      return at(PlanError::limit, header, 0, 0);
    if (h.mode >= (uint32_t)VoiceMode::count || (!plays && h.ports + h.wires + h.amounts + h.tables + h.harmonics > 0))
      return at(PlanError::kind, header, 0, 0);
    if (h.pads > 0 && (plays || h.mode != (uint32_t)VoiceMode::poly)) return at(PlanError::kind, header, 0, 0);
    if (plays && (h.left >= h.wires || h.right >= h.wires)) return at(PlanError::index, header, 0, 0);
    if (!(h.glideSeconds >= 0.f && h.glideSeconds <= 60.f)) return at(PlanError::number, header, 0, 0);
    if (!(h.voiceNs >= 0.f && h.voiceNs <= 1e9f)) return at(PlanError::number, header, 0, 0);
    if (!(h.gainDb >= -200.f && h.gainDb <= 60.f)) return at(PlanError::number, header, 0, 0);
    for (uint32_t i = 0; i < h.amounts; i++) {
      const PlanAmount& a = v.amounts[i];
      if (!(a.limit > 0.f && a.limit <= 1e6f && std::fabs(a.value) <= a.limit))
        return at(PlanError::number, amounts, i, &a);
    }
    for (uint32_t i = 0; i < h.tables; i++) {
      const PlanTable& t = v.tables[i];
      if (t.harmonics < 1 || t.harmonics > kMaxHarmonics) return at(PlanError::limit, tables, i, &t);
      if (!fits(t.firstHarmonic, t.harmonics, h.harmonics)) return at(PlanError::section, tables, i, &t);
    }
    for (uint32_t i = 0; i < h.harmonics; i++)
      if (!(std::fabs(v.harmonics[i]) <= 1e6f)) return at(PlanError::number, harmonics, i, v.harmonics + i);
    for (uint32_t i = 0; i < h.ops; i++)
      if (const PlanRefusal refusal = op(i); refusal.error != PlanError::none) return refusal;
    for (uint32_t i = 0; i < h.effects; i++)
      if (const PlanRefusal refusal = effect(i); refusal.error != PlanError::none) return refusal;
    if (branches >= 0) return at(PlanError::kind, effects, h.effects - 1, 0);
    if (nextParam != h.params || nextRow != h.rows || nextSource != h.sources)
      return at(PlanError::section, header, 0, 0);
    if (plays && (!written[h.left] || !written[h.right])) return at(PlanError::index, header, 0, 0);
    return kit();
  }

 private:
  /// Pads lie on keys of their own; each has a plan that plays, without effects and pads.
  PlanRefusal kit() {
    bool taken[kKeys] = {};
    const uint8_t* plan = v.padPlans;
    for (uint32_t i = 0; i < h.pads; i++) {
      const PlanPad& pad = v.pads[i];
      if (pad.low > pad.high || pad.high >= kKeys) return at(PlanError::index, pads, i, &pad);
      for (uint32_t key = pad.low; key <= pad.high; key++) {
        if (taken[key]) return at(PlanError::index, pads, i, &pad);
        taken[key] = true;
      }
      if (pad.choke > kMaxChoke || pad.oneShot > 1) return at(PlanError::limit, pads, i, &pad);
      const float values[PadParams::numParams] = {pad.level, pad.pan, pad.tune};
      for (uint32_t p = 0; p < PadParams::numParams; p++)
        if (!inRange(PadParams::params[p], values[p])) return at(PlanError::number, pads, i, &pad);
      if (!(std::fabs(pad.key) <= 256.f)) return at(PlanError::number, pads, i, &pad);
      // Before the check of the plan itself: a kit in a kit would recurse as deep as the bytes go.
      if (pad.bytes < sizeof(PlanHeader) || reinterpret_cast<const PlanHeader*>(plan)->pads > 0)
        return at(PlanError::kind, pads, i, &pad);
      PlanView inside;
      PlanRefusal refusal = checkPlan(plan, pad.bytes, inside);
      if (refusal.error != PlanError::none) {
        refusal.offset += (uint32_t)(plan - reinterpret_cast<const uint8_t*>(v.header));
        return refusal;
      }
      const PlanHeader& own = *inside.header;
      if (own.ops == 0 || own.effects > 0 || own.mode != (uint32_t)VoiceMode::poly)
        return at(PlanError::kind, pads, i, &pad);
      if (own.voices > kMaxPadVoices) return at(PlanError::limit, pads, i, &pad);
      plan += pad.bytes;
    }
    return {};
  }

  PlanRefusal at(PlanError error, Section section, uint32_t index, const void* where) const {
    const auto base = reinterpret_cast<uintptr_t>(v.header);
    return {error, section, index, where ? (uint32_t)(reinterpret_cast<uintptr_t>(where) - base) : 0};
  }

  /// Ops are in running order: each owns the next params, rows and sources, and reads only wires that were written
  /// before.
  PlanRefusal op(uint32_t i) {
    const PlanOp& op = v.ops[i];
    if (op.kind >= (uint16_t)OpKind::count) return at(PlanError::kind, ops, i, &op);
    if (op.inputs > kMaxPorts || op.outputs > kMaxPorts) return at(PlanError::limit, ops, i, &op);
    if (!fits(op.firstPort, (uint32_t)op.inputs + op.outputs, h.ports)) return at(PlanError::section, ops, i, &op);
    const UnitKernel* kernel = nullptr;
    AssetKind wanted = AssetKind::none;
    uint32_t paramCount = 0;
    switch ((OpKind)op.kind) {
      case OpKind::unit: {
        kernel = unitKernel(op.unit);
        if (!kernel) return at(PlanError::index, ops, i, &op);
        const Spec& spec = *kernel->spec;
        if (op.inputs != spec.inputs.size() || op.outputs != spec.outputs.size())
          return at(PlanError::kind, ops, i, &op);
        if (spec.table ? op.table >= h.tables : op.table != kNoWire) return at(PlanError::index, ops, i, &op);
        paramCount = (uint32_t)spec.params.size();
        wanted = spec.asset;
        break;
      }
      case OpKind::sum:
        if (op.inputs < 2 || op.outputs != 1 || op.rows != 0) return at(PlanError::kind, ops, i, &op);
        break;
      default:
        if (op.inputs != 0 || op.outputs != 0 || op.rows != 1) return at(PlanError::kind, ops, i, &op);
        break;
    }
    if (const PlanError error = checkAsset(op.asset, wanted); error != PlanError::none) return at(error, ops, i, &op);
    if (op.firstParam != nextParam || !fits(op.firstParam, paramCount, h.params))
      return at(PlanError::section, ops, i, &op);
    for (uint32_t p = 0; p < paramCount; p++)
      if (!inRange(kernel->spec->params[p], v.params[op.firstParam + p]))
        return at(PlanError::number, params, op.firstParam + p, v.params + op.firstParam + p);
    nextParam += paramCount;

    const uint16_t* port = v.ports + op.firstPort;
    for (uint32_t k = 0; k < op.inputs; k++) {
      if (port[k] == kNoWire && op.kind == (uint16_t)OpKind::unit) continue;
      if (port[k] >= h.wires || !written[port[k]]) return at(PlanError::index, ports, op.firstPort + k, port + k);
    }
    if (const PlanRefusal refusal = modulation(i, op, kernel); refusal.error != PlanError::none) return refusal;
    for (uint32_t k = op.inputs; k < (uint32_t)op.inputs + op.outputs; k++) {
      if (port[k] >= h.wires) return at(PlanError::index, ports, op.firstPort + k, port + k);
      for (uint32_t other = 0; other < k; other++)
        if (port[other] == port[k]) return at(PlanError::index, ports, op.firstPort + k, port + k);
      written[port[k]] = true;
    }
    return {};
  }

  PlanRefusal modulation(uint32_t i, const PlanOp& op, const UnitKernel* kernel) {
    if (op.firstRow != nextRow || !fits(op.firstRow, op.rows, h.rows)) return at(PlanError::section, ops, i, &op);
    nextRow += op.rows;
    for (uint32_t r = op.firstRow; r < nextRow; r++) {
      const PlanRow& row = v.rows[r];
      if (kernel) {
        if (row.param >= kernel->spec->params.size()) return at(PlanError::index, rows, r, &row);
        const Curve curve = kernel->spec->params[row.param].curve;
        if (curve == Curve::option || curve == Curve::toggle) return at(PlanError::kind, rows, r, &row);
        for (uint32_t other = op.firstRow; other < r; other++)
          if (v.rows[other].param == row.param) return at(PlanError::index, rows, r, &row);
      } else if (row.param != 0) {
        return at(PlanError::index, rows, r, &row);
      }
      if (row.firstSource != nextSource || !fits(row.firstSource, row.sources, h.sources))
        return at(PlanError::section, rows, r, &row);
      nextSource += row.sources;
      for (uint32_t s = row.firstSource; s < nextSource; s++) {
        const PlanSource& source = v.sources[s];
        if (source.kind >= (uint16_t)SourceKind::count) return at(PlanError::kind, sources, s, &source);
        if (source.kind == (uint16_t)SourceKind::wire && (source.wire >= h.wires || !written[source.wire]))
          return at(PlanError::index, sources, s, &source);
        if (!(std::fabs(source.amount) <= 1e6f)) return at(PlanError::number, sources, s, &source);
        if (source.knob != kNoKnob && source.knob >= h.amounts) return at(PlanError::index, sources, s, &source);
      }
    }
    return {};
  }

  PlanRefusal effect(uint32_t i) {
    const PlanEffect& e = v.effects[i];
    const EffectKernel* kernel = effectKernel((uint32_t)e.effect);
    if (!kernel) return at(PlanError::index, effects, i, &e);
    if (e.bypass > 1) return at(PlanError::number, effects, i, &e);
    if (const PlanError error = checkAsset(e.asset, kernel->spec->asset); error != PlanError::none)
      return at(error, effects, i, &e);
    if (!placed(e, kernel->spec->id)) return at(PlanError::kind, effects, i, &e);
    const auto& list = kernel->spec->params;
    if (!fits(e.firstValue, (uint32_t)list.size(), h.effectValues)) return at(PlanError::section, effects, i, &e);
    for (uint32_t p = 0; p < list.size(); p++)
      if (!inRange(list[p], v.effectValues[e.firstValue + p]))
        return at(PlanError::number, effectValues, e.firstValue + p, v.effectValues + e.firstValue + p);
    return {};
  }

  /// Racks open, end each branch and close, in this order.
  bool placed(const PlanEffect& e, std::string_view id) {
    const bool wasEnd = ended;
    ended = (e.place & kEndsBranch) != 0;
    if (e.place & ~(kOpens | kEndsBranch | kCloses)) return false;
    if (e.place & kOpens) {
      if (branches >= 0 || (e.place & kCloses)) return false;
      branches = 0;
    }
    if (e.place & kEndsBranch)
      return id == "branch" && !(e.place & kCloses) && branches >= 0 && ++branches <= (int)kMaxBranches;
    if (!(e.place & kCloses)) return true;
    const bool good = id == "rack" && wasEnd && branches > 0;
    branches = -1;
    return good;
  }

  const PlanView& v;
  const PlanHeader& h;
  int branches = -1;   ///< of the rack that is open; -1: none is
  bool ended = false;  ///< the record before ends a branch
  uint32_t nextParam = 0, nextRow = 0, nextSource = 0;
  bool written[kMaxWires] = {};
};

}  // namespace

PlanRefusal checkPlan(const uint8_t* bytes, uint32_t length, PlanView& view) {
  if (!bytes || reinterpret_cast<uintptr_t>(bytes) % 4 != 0 || length < sizeof(PlanHeader) || length > kMaxPlanBytes)
    return {.error = PlanError::size};
  const auto& h = *reinterpret_cast<const PlanHeader*>(bytes);
  if (h.magic != kPlanMagic) return {.error = PlanError::magic};
  if (h.bytes != length) return {.error = PlanError::size};
  // With each count bounded by the length, the sum below cannot wrap.
  const uint32_t counts[] = {h.ops,     h.ports,  h.params,    h.rows,    h.sources,
                             h.amounts, h.tables, h.harmonics, h.effects, h.effectValues};
  for (uint32_t count : counts)
    if (count > kMaxPlanBytes) return {.error = PlanError::limit};
  if (h.ops > kMaxOps || h.effects > kMaxChain || h.amounts > kMaxAmounts || h.pads > kMaxPads)
    return {.error = PlanError::limit};
  if (h.ports % 2 != 0) return {.error = PlanError::size};
  uint64_t offset = sizeof(PlanHeader);
  auto section = [&](uint32_t count, uint32_t size) {
    const uint64_t begin = offset;
    offset += (uint64_t)count * size;
    return bytes + (offset <= length ? begin : 0);
  };
  view.header = &h;
  view.ops = reinterpret_cast<const PlanOp*>(section(h.ops, sizeof(PlanOp)));
  view.ports = reinterpret_cast<const uint16_t*>(section(h.ports, sizeof(uint16_t)));
  view.params = reinterpret_cast<const float*>(section(h.params, sizeof(float)));
  view.rows = reinterpret_cast<const PlanRow*>(section(h.rows, sizeof(PlanRow)));
  view.sources = reinterpret_cast<const PlanSource*>(section(h.sources, sizeof(PlanSource)));
  view.amounts = reinterpret_cast<const PlanAmount*>(section(h.amounts, sizeof(PlanAmount)));
  view.tables = reinterpret_cast<const PlanTable*>(section(h.tables, sizeof(PlanTable)));
  view.harmonics = reinterpret_cast<const float*>(section(h.harmonics, sizeof(float)));
  view.effects = reinterpret_cast<const PlanEffect*>(section(h.effects, sizeof(PlanEffect)));
  view.effectValues = reinterpret_cast<const float*>(section(h.effectValues, sizeof(float)));
  view.pads = reinterpret_cast<const PlanPad*>(section(h.pads, sizeof(PlanPad)));
  view.padPlans = bytes + (offset <= length ? offset : 0);
  for (uint32_t i = 0; i < h.pads && offset <= length; i++) {
    const uint32_t size = view.pads[i].bytes;
    if (size % 4 != 0 || size > kMaxPlanBytes) return {.error = PlanError::size};
    offset += size;
  }
  if (offset != length) return {.error = PlanError::size};
  return Check(view).run();
}

}  // namespace sl
