// Test rig: drives every registered effect alone, with the frame's smoothing and containment, in a module that is never
// shipped. Node.
#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <iterator>

#include "core/describe.h"
#include "core/heap.h"
#include "dsp/tempo_sync.h"
#include "engine/kernels.h"

namespace sl {
namespace {

constexpr int kMaxParams = 64;
constexpr int kBlock = 32;
constexpr uint32_t kCanary = 0x7fc0ffee;

Asset pendingAsset{};

struct Rig {
  const EffectKernel* type;
  void* effect;
  uint8_t* block;
  std::size_t blockBytes;
  std::size_t head;  ///< Bytes of the object, in front of its arena.
  float smoothing;   ///< One-pole factor per micro-block, 15 ms.
  int64_t frame;
  int faults;
  float target[kMaxParams];
  float present[kMaxParams];
  Ramp<float> ramps[kMaxParams];
  float sampleRate;
  SongTime song;  ///< at the next frame
  int level;      ///< of the governor
};

/// The next value of a smoothed parameter, in its natural domain; lands exactly.
float approach(const Param& p, float from, float to, float factor) {
  if (p.curve == Curve::log) {
    const float next = from * std::pow(to / from, factor);
    return std::fabs(next / to - 1.f) < 1e-4f ? to : next;
  }
  const float next = from + (to - from) * factor;
  return std::fabs(next - to) < 1e-4f * (p.max - p.min) ? to : next;
}

void beginBlock(Rig& rig) {
  const auto& params = rig.type->spec->params;
  for (std::size_t i = 0; i < params.size(); i++) {
    Ramp<float>& ramp = rig.ramps[i];
    const bool smooth = params[i].smooth == Smooth::ramp && rig.frame > 0;
    const float from = rig.frame > 0 ? rig.present[i] : rig.target[i];
    const float to = smooth ? approach(params[i], from, rig.target[i], rig.smoothing) : rig.target[i];
    ramp.changed = rig.frame == 0 || from != to || ramp.moving;
    ramp.moving = smooth && from != to;
    ramp.value = ramp.moving ? from : to;
    ramp.step = ramp.moving ? (to - from) / kBlock : 0.f;
    rig.present[i] = to;
  }
}

void startOver(Rig& rig) {
  rig.frame = 0;
  rig.faults = 0;
  rig.song = {};
  std::memset(rig.ramps, 0, sizeof rig.ramps);
}

}  // namespace

#define RIG_EXPORT(name) extern "C" __attribute__((export_name(#name)))

RIG_EXPORT(describe) int rigDescribe(char* at, int capacity) {
  JsonWriter json(at, (std::size_t)capacity);
  json.open('{');
  json.key("effects");
  json.open('[');
  for (uint32_t i = 0; const EffectKernel* kernel = effectKernel(i); i++) describe(json, *kernel->spec);
  json.close(']');
  json.close('}');
  return json.length();
}

RIG_EXPORT(rig_alloc) void* rigAlloc(int bytes) { return std::calloc(1, (std::size_t)bytes); }
RIG_EXPORT(rig_dealloc) void rigDealloc(void* at) { std::free(at); }

/// Blocks ever taken from the heap.
RIG_EXPORT(rig_takes) int rigTakes() { return (int)heapCount().takes; }

/// The asset of the effects that are made from now on; kind `none` takes it away. `data`: the channels one behind the
/// other, kept by the caller. Returns how many channels an asset may have.
RIG_EXPORT(rig_asset) int rigAsset(int kind, int channels, int frames, float sampleRate, const float* data) {
  pendingAsset = {.kind = (AssetKind)kind, .channels = channels, .frames = frames, .sampleRate = sampleRate};
  for (int c = 0; c < (int)std::size(pendingAsset.channel); c++)
    pendingAsset.channel[c] = data + (std::size_t)(c < channels ? c : channels - 1) * (std::size_t)frames;
  return (int)std::size(pendingAsset.channel);
}

RIG_EXPORT(rig_create) Rig* rigCreate(int index, float sampleRate, uint32_t seed) {
  const EffectKernel* type = effectKernel((uint32_t)index);
  if (!type || type->spec->params.size() > kMaxParams) return nullptr;
  const Setup setup{
      .sampleRate = sampleRate, .seed = seed, .asset = pendingAsset.kind == AssetKind::none ? nullptr : &pendingAsset};
  Arena measure;
  void* trial = std::calloc(1, type->bytes);
  type->construct(trial);
  type->prepare(trial, setup, measure);
  std::free(trial);
  const std::size_t head = (type->bytes + 63) & ~std::size_t{63};
  auto* rig = new Rig{};
  rig->type = type;
  rig->sampleRate = sampleRate;
  rig->head = head;
  rig->blockBytes = head + measure.used();
  rig->block = static_cast<uint8_t*>(std::calloc(1, rig->blockBytes + 4));
  if (!rig->block) return nullptr;
  std::memcpy(rig->block + rig->blockBytes, &kCanary, 4);
  rig->effect = rig->block;
  type->construct(rig->effect);
  Arena arena(rig->block + head, measure.used());
  if (!type->prepare(rig->effect, setup, arena)) return nullptr;
  rig->smoothing = 1.f - std::exp(-(float)kBlock / (0.015f * sampleRate));
  for (std::size_t i = 0; i < type->spec->params.size(); i++) rig->target[i] = type->spec->params[i].init;
  startOver(*rig);
  return rig;
}

RIG_EXPORT(rig_free) void rigFree(Rig* rig) {
  std::free(rig->block);
  delete rig;
}

RIG_EXPORT(rig_reset) void rigReset(Rig* rig) {
  rig->type->reset(rig->effect);
  startOver(*rig);
}

RIG_EXPORT(rig_set) void rigSet(Rig* rig, int param, float value) { rig->target[param] = value; }
/// The song at the next frame; it runs on with the frames.
RIG_EXPORT(rig_song) void rigSong(Rig* rig, float bpm, double beat, int playing) {
  rig->song = {bpm, beat, playing != 0};
}
RIG_EXPORT(rig_level) void rigLevel(Rig* rig, int level) { rig->level = level; }
RIG_EXPORT(rig_latency) int rigLatency(Rig* rig) { return rig->type->latencyFrames(rig->effect); }
RIG_EXPORT(rig_tail) int rigTail(Rig* rig) { return rig->type->tailFrames(rig->effect); }
RIG_EXPORT(rig_arena) void* rigArena(Rig* rig) { return rig->block + rig->head; }
RIG_EXPORT(rig_arena_bytes) int rigArenaBytes(Rig* rig) { return (int)(rig->blockBytes - rig->head); }
/// 1 while nothing was written behind the effect's own memory.
RIG_EXPORT(rig_intact) int rigIntact(Rig* rig) {
  return std::memcmp(rig->block + rig->blockBytes, &kCanary, 4) == 0 ? 1 : 0;
}

/// In place, in micro-blocks anchored to the rig's own frame counter, cut further after `split` frames. Returns how
/// often the output was not finite or above 256 and the effect was reset for it, as the frame does.
/// `sideLeft` and `sideRight` go to the side chain; null: none is connected.
RIG_EXPORT(rig_process)
int rigProcess(Rig* rig, float* left, float* right, int frames, int split, float* sideLeft, float* sideRight) {
  for (int done = 0; done < frames;) {
    const int inBlock = (int)(rig->frame % kBlock);
    if (inBlock == 0) beginBlock(*rig);
    int n = kBlock - inBlock;
    if (n > split) n = split;
    if (n > frames - done) n = frames - done;
    rig->type->process(rig->effect, {.left = left + done,
                                     .right = right + done,
                                     .params = rig->ramps,
                                     .frames = n,
                                     .song = rig->song,
                                     .sideLeft = sideLeft ? sideLeft + done : nullptr,
                                     .sideRight = sideRight ? sideRight + done : nullptr,
                                     .level = rig->level});
    rig->song = rig->song.after(n, rig->sampleRate);
    bool bad = false;
    for (int i = done; i < done + n; i++) bad |= !(std::fabs(left[i]) <= 256.f && std::fabs(right[i]) <= 256.f);
    if (bad) {
      rig->faults++;
      std::memset(left + done, 0, sizeof(float) * (std::size_t)n);
      std::memset(right + done, 0, sizeof(float) * (std::size_t)n);
      rig->type->reset(rig->effect);
    }
    for (std::size_t i = 0; i < rig->type->spec->params.size(); i++) {
      Ramp<float>& ramp = rig->ramps[i];
      ramp.value += ramp.step * (float)n;
      ramp.changed = bad;
    }
    done += n;
    rig->frame += n;
  }
  return rig->faults;
}

/// dsp/tempo_sync.h: `what` 0 is seconds, 1 hertz (`at`: tempo, free: -1), 2 the phase (`at`: beat).
RIG_EXPORT(rig_tempo) double rigTempo(int what, float option, double at) {
  return what == 0   ? (double)syncedSeconds(option, (float)at, -1.f)
         : what == 1 ? (double)syncedHertz(option, (float)at, -1.f)
                     : syncedPhase(option, at);
}

/// Runs `blocks` micro-blocks over a fixed input of 32 x `inputBlocks` frames, for timing.
RIG_EXPORT(rig_bench) float rigBench(Rig* rig, const float* input, int inputBlocks, int blocks) {
  float left[kBlock], right[kBlock], sum = 0.f;
  for (int b = 0; b < blocks; b++) {
    const float* from = input + (b % inputBlocks) * 2 * kBlock;
    std::memcpy(left, from, sizeof left);
    std::memcpy(right, from + kBlock, sizeof right);
    beginBlock(*rig);
    rig->type->process(
        rig->effect,
        {.left = left, .right = right, .params = rig->ramps, .frames = kBlock, .song = rig->song, .level = rig->level});
    rig->song = rig->song.after(kBlock, rig->sampleRate);
    sum += left[0] + right[kBlock - 1];
    rig->frame += kBlock;
  }
  return sum;
}

}  // namespace sl
