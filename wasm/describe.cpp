// The export `describe`: this build's own specs as JSON. Control thread or Node; read by wasm/build to write
// src/generated.
#include "core/describe.h"

#include "core/governor.h"
#include "engine/chain.h"
#include "engine/kernels.h"
#include "engine/kit.h"
#include "streams/registry.h"
#include "wire/registry.h"

namespace sl {
namespace {

constexpr Streams* kStreams = nullptr;
constexpr Features* kFeatures = nullptr;
constexpr decltype(std::tuple_cat(Streams{}, Features{}))* kAllStreams = nullptr;
static_assert(uniqueIds(kAllStreams), "two streams share an id");

/// Reads the tables of the kernels, so that a changed unit or effect compiles one file and not this one too.
template <class Kernel>
void describeKernels(JsonWriter& json, std::string_view name, const Kernel* (*kernelAt)(uint32_t) noexcept) {
  json.key(name);
  json.open('[');
  for (uint32_t i = 0; const Kernel* kernel = kernelAt(i); i++) describe(json, *kernel->spec);
  json.close(']');
}

/// Effects that say by how much they turn down.
void describeReducers(JsonWriter& json) {
  json.key("reducers");
  json.open('[');
  for (uint32_t i = 0; const EffectKernel* kernel = effectKernel(i); i++)
    if (kernel->reductionDb) json.string(kernel->spec->id);
  json.close(']');
}

/// Milliseconds that each effect delays at 48 kHz, in the order of the registry.
void describeLatencies(JsonWriter& json) {
  constexpr float kRate = 48000.f;
  json.key("latencies");
  json.open('[');
  for (uint32_t i = 0; const EffectKernel* kernel = effectKernel(i); i++) {
    float values[kMaxUnitParams] = {};
    for (std::size_t p = 0; p < kernel->spec->params.size(); p++) values[p] = kernel->spec->params[p].init;
    const PlanEffect effect{.effect = (uint16_t)i};
    Chain* chain = buildChain(&effect, 1, values, kRate);
    json.number(chain ? (float)chain->latencyFrames() * 1000.f / kRate : 0.f);
    freeChain(chain);
  }
  json.close(']');
}

void describeGovernor(JsonWriter& json) {
  json.key("governor");
  json.open('[');
  for (const GovernorLevel& level : kGovernorLevels) {
    json.open('{');
    json.field("label", level.label);
    json.field("doc", level.doc);
    json.field("voices", level.voices);
    json.close('}');
  }
  json.close(']');
}

}  // namespace

/// Writes UTF-8 JSON to `at`; returns its length in bytes, or -1 when `capacity` is too small.
extern "C" __attribute__((export_name("describe"))) int describeModule(char* at, int capacity) {
  JsonWriter json(at, (std::size_t)capacity);
  json.open('{');
  describeKernels(json, "units", unitKernel);
  describeKernels<EffectKernel>(json, "effects", effectKernel);
  describeList(json, "pads", std::array{PadParams::spec});
  describeReducers(json);
  describeLatencies(json);
  describeGovernor(json);
  describe(json, "streams", kStreams);
  describe(json, "features", kFeatures);
  describeList(json, "records", kRecords);
  describeList(json, "enums", kEnums);
  describeList(json, "constants", kConstants);
  describeNames(json, "unitNames", kUnitNames);
  describeNames(json, "curveNames", kCurveNames);
  describeNames(json, "smoothNames", kSmoothNames);
  json.close('}');
  return json.length();
}

}  // namespace sl
