// Test-only module: drives one unit generator directly, outside the engine. Never linked into engine.wasm. Node, tests.
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "dsp/sample_levels.h"
#include "dsp/tables.h"
#include "engine/kernels.h"

namespace sl {
namespace {

Tables* sharedTables = nullptr;
constexpr int kMaxParams = kMaxUnitParams, kMaxPorts = 16;

struct Rig {
  VoiceBlock voice;
  Ramp<f32x4> params[kMaxParams];
  f32x4 in[kMaxPorts][kMicroBlock];
  f32x4 out[2][kMicroBlock];
  uint32_t patched;  ///< Bit per input port.
  const void* table;
  Asset asset;
};
Rig rig;
void* state = nullptr;
const f32x4* inputs[kMaxPorts];
f32x4* outputs[2];
void* baked = nullptr;

/// What the present sample holds; the next asset takes its place.
void* held[kAssetChannels + 1];
void dropAsset() {
  for (void*& part : held) std::free(part), part = nullptr;
  std::free(const_cast<void*>(rig.asset.derived));
  rig.asset = {};
}

UnitBlock block(int frames) {
  for (int i = 0; i < kMaxPorts; i++) inputs[i] = rig.patched >> i & 1 ? rig.in[i] : nullptr;
  outputs[0] = rig.out[0];
  outputs[1] = rig.out[1];
  return {.voice = &rig.voice,
          .in = inputs,
          .out = outputs,
          .params = rig.params,
          .table = rig.table,
          .frames = frames,
          .asset = rig.asset.kind == AssetKind::none ? nullptr : &rig.asset};
}

}  // namespace

const Tables& tables() noexcept { return *sharedTables; }

}  // namespace sl

using namespace sl;
#define EXPORT(name) extern "C" __attribute__((export_name(#name)))

EXPORT(rig_tables) int rig_tables(double sampleRate) {
  std::free(sharedTables);
  const std::size_t bytes = tablesBytes(sampleRate);
  sharedTables = makeTables(std::aligned_alloc(16, (bytes + 15) & ~std::size_t(15)), sampleRate);
  return (int)bytes;
}
EXPORT(rig_bake) void* rig_bake(const float* amplitudes, int count, double sampleRate) {
  const std::size_t bytes = bakedWaveBytes(sampleRate, count);
  std::free(baked);
  baked = std::aligned_alloc(16, (bytes + 15) & ~std::size_t(15));
  return (void*)bakeWave(baked, sampleRate, amplitudes, count);
}
/// A wavetable of `frames` samples in cycles of `cycle` becomes the unit's asset; no frames: none.
EXPORT(rig_wavetable) void rig_wavetable(const float* samples, int frames, int cycle, double sampleRate) {
  dropAsset();
  if (frames == 0) return;
  rig.asset.kind = AssetKind::wavetable;
  rig.asset.channels = 1;
  rig.asset.frames = frames;
  rig.asset.cycle = cycle;
  rig.asset.channel[0] = rig.asset.channel[1] = samples;
  const std::size_t bytes = waveBankBytes(bankFramesOf(rig.asset), sampleRate);
  void* block = std::aligned_alloc(16, (bytes + 15) & ~std::size_t(15));
  auto* scratch = static_cast<double*>(std::aligned_alloc(16, (waveBankScratchBytes(sampleRate) + 15) & ~15u));
  rig.asset.derived = makeWaveBank(block, scratch, rig.asset, sampleRate);
  std::free(scratch);
}
EXPORT(rig_song) void rig_song(float bpm, double beat, int playing) { rig.voice.song = {bpm, beat, playing != 0}; }
EXPORT(rig_alloc) void* rig_alloc(int bytes) { return std::aligned_alloc(16, (bytes + 15) & ~15); }
EXPORT(rig_free) void rig_free(void* p) { std::free(p); }
EXPORT(rig_id) int rig_id(int index, char* text) {
  const UnitKernel* unit = unitKernel((uint32_t)index);
  if (!unit) return -1;
  const std::string_view id = unit->spec->id;
  std::memcpy(text, id.data(), id.size());
  return (int)id.size();
}
EXPORT(rig_param) int rig_param(int index, int param, char* text, float* init) {
  const UnitKernel* unit = unitKernel((uint32_t)index);
  if (!unit || param >= (int)unit->spec->params.size()) return -1;
  const Param& spec = unit->spec->params[param];
  std::memcpy(text, spec.id.data(), spec.id.size());
  *init = spec.init;
  return (int)spec.id.size();
}
EXPORT(rig_open) int rig_open(int index) {
  const std::size_t bytes = unitKernel((uint32_t)index)->stateBytes;
  std::free(state);
  state = std::aligned_alloc(16, (bytes + 15) & ~std::size_t(15));
  std::memset(state, 0, bytes);
  return (int)bytes;
}
EXPORT(rig_start) void rig_start(int index, uint32_t lanes) {
  unitKernel((uint32_t)index)->start(state, rig.voice, lanes);
}
EXPORT(rig_release) void rig_release(int index, uint32_t lanes) {
  const UnitKernel& unit = *unitKernel((uint32_t)index);
  if (unit.release) unit.release(state, rig.voice, lanes);
}
EXPORT(rig_finished) uint32_t rig_finished(int index) {
  const UnitKernel& unit = *unitKernel((uint32_t)index);
  return unit.finished ? unit.finished(state) : 0;
}
EXPORT(rig_process) void rig_process(int index, int frames, int lastOfBlock) {
  const UnitKernel& unit = *unitKernel((uint32_t)index);
  unit.process(state, block(frames));
  if (unit.flush && lastOfBlock) unit.flush(state);
}
EXPORT(rig_has_lone) int rig_has_lone(int index) { return unitKernel((uint32_t)index)->processLone != nullptr; }
/// A whole micro-block of the lone form: ports hold kMicroBlock floats in a row. 0: it refused.
EXPORT(rig_lone) int rig_lone(int index, int lane) {
  const UnitKernel& unit = *unitKernel((uint32_t)index);
  if (!unit.processLone(state, block(kMicroBlock), lane)) return 0;
  if (unit.flush) unit.flush(state);
  return 1;
}
/// For timing: full blocks in a row; moving ramps turn round after each.
EXPORT(rig_repeat) void rig_repeat(int index, int times) {
  Ramp<f32x4>* moving[kMaxParams + 1];
  int count = 0;
  if (rig.voice.pitch.moving) moving[count++] = &rig.voice.pitch;
  for (Ramp<f32x4>& r : rig.params)
    if (r.moving) moving[count++] = &r;
  for (int i = 0; i < times; i++) {
    rig_process(index, kMicroBlock, 1);
    for (int k = 0; k < count; k++) {
      moving[k]->value += moving[k]->step * splat((float)kMicroBlock);
      moving[k]->step = -moving[k]->step;
    }
  }
}
EXPORT(rig_repeat_lone) void rig_repeat_lone(int index, int lane, int times) {
  for (int i = 0; i < times; i++) rig_lone(index, lane);
}
EXPORT(rig_voice) void* rig_voice() { return &rig.voice; }
EXPORT(rig_params) void* rig_params() { return rig.params; }
EXPORT(rig_in) void* rig_in(int port) { return rig.in[port]; }
EXPORT(rig_out) void* rig_out(int port) { return rig.out[port]; }
EXPORT(rig_patch) void rig_patch(uint32_t ports) { rig.patched = ports; }
EXPORT(rig_table) void rig_table(void* table) { rig.table = table; }
/// A sample as the engine keeps it; `zones` are the records that follow an asset's header.
EXPORT(rig_sample)
void rig_sample(const float* left, const float* right, int frames, double sampleRate, const SampleZone* zones,
                int zoneCount) {
  static SincBank* kernels = nullptr;
  if (!kernels) kernels = makeSincBank(std::aligned_alloc(64, (sincBankBytes() + 63) & ~std::size_t(63)));
  dropAsset();
  Asset& asset = rig.asset;
  asset = {.kind = AssetKind::sample, .channels = right ? 2 : 1, .frames = frames, .sampleRate = (float)sampleRate};
  for (int c = 0; c < kAssetChannels; c++) {
    held[c] = std::calloc((std::size_t)(frames + 2 * kAssetPad), sizeof(float));
    auto* channel = (float*)held[c] + kAssetPad;
    std::memcpy(channel, right && c % 2 ? right : left, sizeof(float) * frames);
    asset.channel[c] = channel;
  }
  auto* copies = (SampleZone*)std::calloc((std::size_t)zoneCount, sizeof(SampleZone));
  std::memcpy(copies, zones, sizeof(SampleZone) * zoneCount);
  held[kAssetChannels] = copies;
  asset.zones = copies, asset.zoneCount = zoneCount;
  asset.derived = makeSampleLevels(std::calloc(1, sampleLevelsBytes(asset)), asset, kernels);
}
EXPORT(rig_state) void* rig_state() { return state; }
EXPORT(rig_sizes) int rig_sizes(int which) { return which == 0 ? sizeof(Ramp<f32x4>) : sizeof(VoiceBlock); }
