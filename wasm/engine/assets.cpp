// Checks and copies assets, makes what processors read of them, counts who holds them. Control thread.
#include "engine/assets.h"

#include <cmath>
#include <cstring>

#include "core/heap.h"
#include "dsp/sample_levels.h"
#include "dsp/wavetable_bank.h"
#include "engine/builtin_sources.h"
#include "engine/engine.h"

namespace sl {
namespace {

AssetTable& assets() { return wire().engine->assets; }

bool inside(uint64_t first, uint64_t count, uint64_t total) { return first <= total && count <= total - first; }

bool zoneOk(const SampleZone& z, uint32_t frames) {
  auto key = [](float k) { return k >= -128.f && k <= 256.f; };
  auto part = [](float v) { return v >= 0.f && v <= 1.f; };
  return key(z.lowKey) && key(z.highKey) && z.lowKey <= z.highKey && key(z.rootKey) && part(z.lowVelocity) &&
         part(z.highVelocity) && z.lowVelocity <= z.highVelocity && std::fabs(z.gainDb) <= 60.f && z.frames > 0 &&
         inside(z.firstFrame, z.frames, frames) && z.loopStart <= z.loopEnd && z.loopEnd <= z.frames &&
         z.crossfade <= z.loopEnd - z.loopStart;
}

/// An asset with room for its zones and channels, all zero.
HeldAsset* newAsset(const AssetHeader& h) {
  const std::size_t head = (sizeof(HeldAsset) + h.zones * sizeof(SampleZone) + 63) & ~std::size_t(63);
  const std::size_t stride = ((std::size_t)h.frames + 2 * kAssetPad + 15) & ~std::size_t(15);
  auto* block = static_cast<uint8_t*>(heapTake(head + stride * h.channels * sizeof(float)));
  if (!block) return nullptr;
  auto* held = reinterpret_cast<HeldAsset*>(block);
  auto* samples = reinterpret_cast<float*>(block + head);
  Asset& a = held->asset;
  a.kind = (AssetKind)h.kind;
  a.channels = (int)h.channels, a.frames = (int)h.frames, a.sampleRate = h.sampleRate, a.cycle = (int)h.cycle;
  for (uint32_t c = 0; c < (uint32_t)kAssetChannels; c++)
    a.channel[c] = samples + stride * (c % h.channels) + kAssetPad;
  a.zones = h.zones ? reinterpret_cast<SampleZone*>(held + 1) : nullptr;
  a.zoneCount = (int)h.zones;
  return held;
}

/// As newAsset, with everything that checked bytes hold.
HeldAsset* copy(const uint8_t* bytes) {
  const auto& h = *reinterpret_cast<const AssetHeader*>(bytes);
  HeldAsset* held = newAsset(h);
  if (!held) return nullptr;
  const std::size_t zoneBytes = h.zones * sizeof(SampleZone);
  if (h.zones) std::memcpy(const_cast<SampleZone*>(held->asset.zones), &h + 1, zoneBytes);
  const auto* samples = reinterpret_cast<const float*>(bytes + sizeof(AssetHeader) + zoneBytes);
  for (uint32_t c = 0; c < h.channels; c++)
    std::memcpy(const_cast<float*>(held->asset.channel[c]), samples + (std::size_t)c * h.frames,
                sizeof(float) * h.frames);
  return held;
}

/// A recording is long and read in order: it stays where it is, without pads.
HeldAsset* adopt(uint8_t* bytes) {
  const auto& h = *reinterpret_cast<const AssetHeader*>(bytes);
  auto* held = static_cast<HeldAsset*>(heapTake(sizeof(HeldAsset)));
  if (!held) return nullptr;
  Asset& a = held->asset;
  a.kind = AssetKind::recording;
  a.channels = (int)h.channels, a.frames = (int)h.frames, a.sampleRate = h.sampleRate;
  const auto* samples = reinterpret_cast<const float*>(bytes + sizeof(AssetHeader));
  for (uint32_t c = 0; c < (uint32_t)kAssetChannels; c++)
    a.channel[c] = samples + (std::size_t)h.frames * (c % h.channels);
  held->bytes = bytes;
  return held;
}

void freeAsset(HeldAsset* held) {
  if (!held) return;
  heapGive(const_cast<void*>(held->asset.derived));
  heapGive(held->bytes);
  heapGive(held);
}

/// False: no memory.
bool deriveBank(Asset& asset) {
  const double sampleRate = wire().sampleRate;
  void* room = heapTake(waveBankBytes(bankFramesOf(asset), sampleRate));
  auto* scratch = static_cast<double*>(heapTake(waveBankScratchBytes(sampleRate)));
  if (room && scratch) asset.derived = makeWaveBank(room, scratch, asset, sampleRate);
  heapGive(scratch);
  if (!asset.derived) heapGive(room);
  return asset.derived != nullptr;
}

/// False: no memory.
bool deriveWavetable(Asset& asset) {
  const float sampleRate = wire().sampleRate;
  void* room = heapTake(waveBankBytes(bankFramesOf(asset), sampleRate));
  auto* scratch = static_cast<double*>(heapTake(waveBankScratchBytes(sampleRate)));
  if (room && scratch)
    asset.derived = makeWaveBank(room, scratch, asset, sampleRate);
  else
    heapGive(room);
  heapGive(scratch);
  return asset.derived != nullptr;
}

/// False: no memory.
bool derive(Asset& asset) {
  if (asset.kind == AssetKind::wavetable) return deriveBank(asset);
  if (asset.kind == AssetKind::wavetable) return deriveWavetable(asset);
  if (asset.kind != AssetKind::sample) return true;
  if (!assets().kernels) {
    void* room = heapTake(sincBankBytes());
    if (!room) return false;
    assets().kernels = makeSincBank(room);
  }
  void* room = heapTake(sampleLevelsBytes(asset));
  if (!room) return false;
  asset.derived = makeSampleLevels(room, asset, assets().kernels);
  return true;
}

PlanError check(const uint8_t* bytes, uint32_t length, uint32_t& offset) {
  if (!bytes || reinterpret_cast<uintptr_t>(bytes) % 4 != 0 || length < sizeof(AssetHeader) || length > kMaxAssetBytes)
    return PlanError::size;
  const auto& h = *reinterpret_cast<const AssetHeader*>(bytes);
  if (h.magic != kAssetMagic) return PlanError::magic;
  if (h.kind == (uint32_t)AssetKind::none || h.kind >= (uint32_t)AssetKind::count) return PlanError::kind;
  const bool sample = h.kind == (uint32_t)AssetKind::sample;
  if (h.channels < 1 || h.channels == 3 || h.channels > (h.kind == (uint32_t)AssetKind::impulse ? 4 : 2))
    return PlanError::limit;
  if (h.frames < 1 || h.frames > kMaxAssetBytes / 4 || h.zones > kMaxAssetZones || sample != (h.zones > 0))
    return PlanError::limit;
  if (h.cycle > h.frames || (h.cycle > 0 && h.kind != (uint32_t)AssetKind::wavetable)) return PlanError::limit;
  if (!(h.sampleRate >= 1000.f && h.sampleRate <= 768000.f)) return PlanError::number;
  const uint64_t zoneBytes = (uint64_t)h.zones * sizeof(SampleZone);
  if (h.bytes != length || sizeof(AssetHeader) + zoneBytes + (uint64_t)h.frames * h.channels * 4 != length)
    return PlanError::size;
  const auto* zones = reinterpret_cast<const SampleZone*>(&h + 1);
  for (uint32_t i = 0; i < h.zones; i++) {
    offset = (uint32_t)(sizeof(AssetHeader) + i * sizeof(SampleZone));
    if (!zoneOk(zones[i], h.frames)) return PlanError::section;
  }
  const auto* samples = reinterpret_cast<const float*>(bytes + sizeof(AssetHeader) + zoneBytes);
  for (uint32_t i = 0; i < h.frames * h.channels; i++) {
    offset = (uint32_t)(sizeof(AssetHeader) + zoneBytes) + i * 4;
    if (!(std::fabs(samples[i]) <= 256.f)) return PlanError::number;
  }
  offset = 0;
  return PlanError::none;
}

/// Gives it a handle; 0: all are taken.
uint32_t keep(HeldAsset* held) {
  AssetTable& t = assets();
  for (uint32_t index = 1; index < kMaxAssets; index++) {
    if (t.held[index]) continue;
    const uint32_t next = (t.lastHandle[index] == 0 ? index : t.lastHandle[index]) + kMaxAssets;
    held->handle = t.lastHandle[index] = next < kMaxAssets ? next + kMaxAssets : next;
    t.held[index] = held;
    return held->handle;
  }
  return 0;
}

HeldAsset* find(uint32_t handle) {
  HeldAsset* held = assets().held[handle % kMaxAssets];
  return held && held->handle == handle ? held : nullptr;
}

HeldAsset* builtin(BuiltinAsset which) {
  HeldAsset*& made = assets().builtin[(int)which];
  if (made) return made;
  const AssetHeader h{.kind = (uint32_t)AssetKind::sample,
                      .channels = 2,
                      .frames = kBuiltinFrames,
                      .zones = 1,
                      .sampleRate = kBuiltinRate};
  HeldAsset* held = newAsset(h);
  if (!held) return nullptr;
  *const_cast<SampleZone*>(held->asset.zones) = {.lowKey = 0.f,
                                                 .highKey = 127.f,
                                                 .lowVelocity = 0.f,
                                                 .highVelocity = 1.f,
                                                 .rootKey = kBuiltinRootKey,
                                                 .frames = kBuiltinFrames,
                                                 .loopEnd = kBuiltinFrames};
  if (!makeBuiltinSource(which, const_cast<float*>(held->asset.channel[0]),
                         const_cast<float*>(held->asset.channel[1])) ||
      !derive(held->asset))
    return freeAsset(held), nullptr;
  return made = held;
}

}  // namespace

uint32_t loadAsset(uint8_t* bytes, uint32_t length, AssetRefusal& refusal) {
  refusal = {};
  refusal.error = check(bytes, length, refusal.offset);
  if (refusal.error != PlanError::none) return heapGive(bytes), 0;
  const auto& h = *reinterpret_cast<const AssetHeader*>(bytes);
  HeldAsset* held = h.kind == (uint32_t)AssetKind::recording ? adopt(bytes) : copy(bytes);
  if (!held) {
    refusal.error = PlanError::memory;
    return heapGive(bytes), 0;
  }
  if (!held->bytes) heapGive(bytes);
  if (!derive(held->asset)) return freeAsset(held), refusal.error = PlanError::memory, 0;
  const uint32_t handle = keep(held);
  if (handle == 0) freeAsset(held), refusal.error = PlanError::slots;
  return handle;
}

uint32_t builtinAsset(uint32_t index, AssetRefusal& refusal) {
  refusal = {};
  if (index >= (uint32_t)BuiltinAsset::count) return refusal.error = PlanError::index, 0;
  HeldAsset* held = builtin((BuiltinAsset)index);
  if (!held) return refusal.error = PlanError::memory, 0;
  if (held->handle == 0 && keep(held) == 0) refusal.error = PlanError::slots;
  return held->handle;
}

bool releaseAsset(uint32_t handle) {
  HeldAsset* held = find(handle);
  if (!held || held->users > 0) return false;
  for (HeldAsset* made : assets().builtin)
    if (made == held) return false;
  assets().held[handle % kMaxAssets] = nullptr;
  freeAsset(held);
  return true;
}

PlanError checkAsset(uint32_t handle, AssetKind wanted) {
  if (handle == 0) return PlanError::none;
  const HeldAsset* held = find(handle);
  if (!held) return PlanError::index;
  return held->asset.kind == wanted ? PlanError::none : PlanError::kind;
}

const Asset* holdAsset(uint32_t handle, AssetKind wanted) {
  HeldAsset* held = handle ? find(handle) : wanted == AssetKind::sample ? builtin(BuiltinAsset::choir) : nullptr;
  if (!held) return nullptr;
  held->users++;
  return &held->asset;
}

void dropAsset(const Asset* asset) {
  if (asset) reinterpret_cast<HeldAsset*>(const_cast<Asset*>(asset))->users--;
}

}  // namespace sl
