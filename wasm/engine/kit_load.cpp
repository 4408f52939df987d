// Builds the pads of a checked kit: a program each, and one list of all their parameters. Control thread.
#include "core/heap.h"
#include "engine/kit.h"
#include "engine/plan_load.h"

namespace sl {

Kit* buildKit(const PlanView& view, float sampleRate, uint32_t seed, PlanRefusal& refusal) {
  const uint32_t count = view.header->pads;
  const std::size_t head = (sizeof(Kit) + 15) & ~std::size_t(15);
  auto* kit = static_cast<Kit*>(heapTake(head + sizeof(Pad) * count));
  if (!kit) {
    refusal.error = PlanError::memory;
    return nullptr;
  }
  kit->pads = reinterpret_cast<Pad*>(reinterpret_cast<uint8_t*>(kit) + head);
  kit->voices = (int)view.header->voices;
  for (uint8_t& pad : kit->padOf) pad = (uint8_t)count;
  const uint8_t* plan = view.padPlans;
  uint32_t firstParam = 0;
  for (uint32_t i = 0; i < count; i++) {
    const PlanPad& from = view.pads[i];
    Pad& pad = kit->pads[i];
    pad.program = buildProgram(plan, from.bytes, sampleRate, seed + i, refusal);
    if (!pad.program) {
      freeKit(kit);
      return nullptr;
    }
    plan += from.bytes;
    kit->count++;
    pad.program->pad = &pad;
    pad.index = (int)i;
    pad.low = from.low, pad.high = from.high;
    for (int key = pad.low; key <= pad.high; key++) kit->padOf[key] = (uint8_t)i;
    pad.key = from.key;
    pad.choke = from.choke;
    pad.oneShot = from.oneShot != 0;
    pad.firstParam = firstParam;
    firstParam = pad.ownParam() + PadParams::numParams;
    const float own[PadParams::numParams] = {from.level, from.pan, from.tune};
    pad.level.db.close = pad.pan.close = 1e-3f;
    for (uint32_t p = 0; p < PadParams::numParams; p++) {
      pad.initial[p] = own[p];
      pad.set(p, own[p], 0, false);
    }
  }
  return kit;
}

void freeKit(Kit* kit) {
  if (!kit) return;
  for (int i = 0; i < kit->count; i++) freeProgram(kit->pads[i].program);
  heapGive(kit);
}

}  // namespace sl
