// The export `describe`: this build's own specs as JSON. Control thread or Node; read by wasm/build to write
// src/generated.
#include "core/describe.h"

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

}  // namespace

/// Writes UTF-8 JSON to `at`; returns its length in bytes, or -1 when `capacity` is too small.
extern "C" __attribute__((export_name("describe"))) int describeModule(char* at, int capacity) {
  JsonWriter json(at, (std::size_t)capacity);
  json.open('{');
  describeKernels(json, "units", unitKernel);
  describeKernels<EffectKernel>(json, "effects", effectKernel);
  describeList(json, "pads", std::array{PadParams::spec});
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
