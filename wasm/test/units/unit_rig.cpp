// Test-only module: drives one unit generator directly, outside the engine. Never linked into engine.wasm. Node, tests.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <tuple>
#include <type_traits>

#include "core/unit.h"
#include "dsp/tables.h"
#include "units/registry.h"

namespace sl {
namespace {

Tables* sharedTables = nullptr;
constexpr int kMaxParams = 64, kMaxPorts = 16;

struct Rig {
  VoiceBlock voice;
  Ramp<f32x4> params[kMaxParams];
  f32x4 in[kMaxPorts][kMicroBlock];
  f32x4 out[2][kMicroBlock];
  uint32_t patched;  ///< Bit per input port.
  const void* table;
};
Rig rig;
void* state = nullptr;
const f32x4* inputs[kMaxPorts];
f32x4* outputs[2];

/// Calls f with the unit type of an index; false when there is none.
template <class F>
bool with(int index, F f) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return ((index == (int)I ? (f(std::type_identity<std::tuple_element_t<I, Units>>{}), true) : false) || ...);
  }(std::make_index_sequence<std::tuple_size_v<Units>>{});
}

UnitBlock block(int frames) {
  for (int i = 0; i < kMaxPorts; i++) inputs[i] = rig.patched >> i & 1 ? rig.in[i] : nullptr;
  outputs[0] = rig.out[0];
  outputs[1] = rig.out[1];
  return {&rig.voice, inputs, outputs, rig.params, rig.table, frames};
}

}  // namespace

const Tables& tables() noexcept { return *sharedTables; }

}  // namespace sl

using namespace sl;
#define EXPORT(name) extern "C" __attribute__((export_name(#name)))

template <class T>
constexpr bool checkUnits = false;
template <class... U>
constexpr bool checkUnits<std::tuple<U...>> = (IsUnit<U> && ...);
static_assert(checkUnits<Units>);

EXPORT(rig_tables) int rig_tables(double sampleRate) {
  std::free(sharedTables);
  const std::size_t bytes = tablesBytes(sampleRate);
  sharedTables = makeTables(std::aligned_alloc(16, (bytes + 15) & ~std::size_t(15)), sampleRate);
  return (int)bytes;
}
EXPORT(rig_bake) void* rig_bake(const float* amplitudes, int count, double sampleRate) {
  const std::size_t bytes = bakedWaveBytes(sampleRate, count);
  return (void*)bakeWave(std::aligned_alloc(16, (bytes + 15) & ~std::size_t(15)), sampleRate, amplitudes, count);
}
EXPORT(rig_alloc) void* rig_alloc(int bytes) { return std::aligned_alloc(16, (bytes + 15) & ~15); }
EXPORT(rig_free) void rig_free(void* p) { std::free(p); }
EXPORT(rig_id) int rig_id(int index, char* text) {
  int length = -1;
  with(index, [&](auto u) {
    constexpr const Spec& spec = decltype(u)::type::spec;
    std::memcpy(text, spec.id.data(), spec.id.size());
    length = (int)spec.id.size();
  });
  return length;
}
EXPORT(rig_param) int rig_param(int index, int param, char* text, float* init) {
  int length = -1;
  with(index, [&](auto u) {
    constexpr const Spec& spec = decltype(u)::type::spec;
    if (param >= (int)spec.params.size()) return;
    std::memcpy(text, spec.params[param].id.data(), spec.params[param].id.size());
    *init = spec.params[param].init;
    length = (int)spec.params[param].id.size();
  });
  return length;
}
EXPORT(rig_open) int rig_open(int index) {
  std::size_t bytes = 0;
  with(index, [&](auto u) {
    bytes = sizeof(typename decltype(u)::type::State);
    std::free(state);
    state = std::aligned_alloc(16, (bytes + 15) & ~std::size_t(15));
    std::memset(state, 0, bytes);
  });
  return (int)bytes;
}
EXPORT(rig_start) void rig_start(int index, uint32_t lanes) {
  with(index, [&](auto u) { decltype(u)::type::start(*(typename decltype(u)::type::State*)state, rig.voice, lanes); });
}
EXPORT(rig_release) void rig_release(int index, uint32_t lanes) {
  with(index, [&](auto u) {
    using U = typename decltype(u)::type;
    if constexpr (requires(typename U::State& s) { U::release(s, rig.voice, lanes); })
      U::release(*(typename U::State*)state, rig.voice, lanes);
  });
}
EXPORT(rig_finished) uint32_t rig_finished(int index) {
  uint32_t lanes = 0;
  with(index, [&](auto u) {
    using U = typename decltype(u)::type;
    if constexpr (EndsVoices<U>) lanes = U::finished(*(const typename U::State*)state);
  });
  return lanes;
}
EXPORT(rig_process) void rig_process(int index, int frames, int lastOfBlock) {
  with(index, [&](auto u) {
    using U = typename decltype(u)::type;
    auto& s = *(typename U::State*)state;
    const UnitBlock b = block(frames);
    U::process(s, b);
    if constexpr (requires { U::flushState(s); })
      if (lastOfBlock) U::flushState(s);
  });
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
EXPORT(rig_voice) void* rig_voice() { return &rig.voice; }
EXPORT(rig_params) void* rig_params() { return rig.params; }
EXPORT(rig_in) void* rig_in(int port) { return rig.in[port]; }
EXPORT(rig_out) void* rig_out(int port) { return rig.out[port]; }
EXPORT(rig_patch) void rig_patch(uint32_t ports) { rig.patched = ports; }
EXPORT(rig_table) void rig_table(void* table) { rig.table = table; }
EXPORT(rig_state) void* rig_state() { return state; }
EXPORT(rig_sizes) int rig_sizes(int which) { return which == 0 ? sizeof(Ramp<f32x4>) : sizeof(VoiceBlock); }
