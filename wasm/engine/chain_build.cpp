// Builds and frees a chain: memory for every effect, its latency, and what the branches of a rack wait for. Control
// thread.
#include "core/heap.h"
#include "engine/assets.h"
#include "engine/chain.h"

namespace sl {
namespace {

/// What each device waits for; false: no memory.
bool alignRacks(Chain& chain) {
  int at = 0, opened = 0, most = 0, first = 0;
  for (int i = 0; i < chain.count; i++) {
    ChainDevice& d = chain.devices[i];
    if (d.place & kOpens) opened = at, most = 0, first = i;
    d.before = at;
    at += d.latency;
    if (d.place & kEndsBranch) {
      d.alignFrames = at - opened;  // for now the length of the way
      if (at - opened > most) most = at - opened;
      at = opened;
    }
    if (!(d.place & kCloses)) continue;
    for (int k = first; k < i; k++)
      if (chain.devices[k].place & kEndsBranch) chain.devices[k].alignFrames = most - chain.devices[k].alignFrames;
    d.before = opened + most;
    d.alignFrames = most;
    at = opened + most + d.latency;
  }
  chain.latency = at;
  for (int i = 0; i < chain.count; i++) {
    ChainDevice& d = chain.devices[i];
    if (d.alignFrames == 0) continue;
    d.align = static_cast<float*>(heapTake(sizeof(float) * 2 * d.alignFrames));
    if (!d.align) return false;
  }
  return true;
}

}  // namespace

Chain* buildChain(const PlanEffect* effects, int count, const float* values, float sampleRate) {
  auto* chain = static_cast<Chain*>(heapTake(sizeof(Chain)));
  if (!chain) return nullptr;
  chain->devices = static_cast<ChainDevice*>(heapTake(sizeof(ChainDevice) * (count ? count : 1)));
  if (!chain->devices) return freeChain(chain), nullptr;
  chain->sampleRate = sampleRate;
  chain->decay.set(kSmoothSeconds, sampleRate);
  for (int i = 0; i < count; i++) {
    ChainDevice& d = chain->devices[i];
    chain->count = i + 1;
    d.kernel = effectKernel(effects[i].effect);
    d.count = (int)d.kernel->spec->params.size();
    d.asset = holdAsset(effects[i].asset, d.kernel->spec->asset);
    const Setup setup{.sampleRate = sampleRate, .seed = 0x9e3779b9u * (uint32_t)(i + 1), .asset = d.asset};
    d.effect = heapTake(d.kernel->bytes);
    if (!d.effect) return freeChain(chain), nullptr;
    d.kernel->construct(d.effect);
    Arena measure;
    d.kernel->prepare(d.effect, setup, measure);
    d.memory = heapTake(measure.used() + 64);
    d.memoryBytes = (uint32_t)measure.used();
    const std::size_t n = d.count ? d.count : 1;
    d.params = static_cast<Smoothed*>(heapTake(n * (sizeof(Smoothed) + sizeof(Ramp<float>) + sizeof(float))));
    if (!d.memory || !d.params) return freeChain(chain), nullptr;
    d.kernel->construct(d.effect);
    Arena arena(d.memory, measure.used() + 64);
    if (!d.kernel->prepare(d.effect, setup, arena)) return freeChain(chain), nullptr;
    d.ramps = reinterpret_cast<Ramp<float>*>(d.params + n);
    auto* initial = reinterpret_cast<float*>(d.ramps + n);
    d.initial = initial;
    for (int p = 0; p < d.count; p++) {
      initial[p] = values[effects[i].firstValue + p];
      d.params[p].init(d.kernel->spec->params[p], initial[p]);
      d.ramps[p] = {.value = initial[p], .changed = true};
    }
    d.initialBypass = d.bypass = effects[i].bypass != 0;
    d.place = effects[i].place;
    d.latency = d.kernel->latencyFrames(d.effect);
    if (d.latency > 0) {
      d.dry = static_cast<float*>(heapTake(sizeof(float) * 2 * d.latency));
      if (!d.dry) return freeChain(chain), nullptr;
    }
  }
  if (!alignRacks(*chain)) return freeChain(chain), nullptr;
  chain->clear();
  return chain;
}

void freeChain(Chain* chain) {
  if (!chain) return;
  for (int i = 0; i < chain->count; i++) {
    ChainDevice& d = chain->devices[i];
    heapGive(d.dry);
    heapGive(d.align);
    heapGive(d.params);
    heapGive(d.memory);
    heapGive(d.effect);
    dropAsset(d.asset);
  }
  heapGive(chain->devices);
  heapGive(chain);
}

}  // namespace sl
