// The export `describe`: this build's own specs as JSON. Control thread or Node; read by wasm/build to write
// src/generated.
#include "core/describe.h"

#include "effects/registry.h"
#include "streams/registry.h"
#include "units/registry.h"
#include "wire/registry.h"

namespace sl {
namespace {

constexpr Units* kUnits = nullptr;
constexpr Effects* kEffects = nullptr;
constexpr Streams* kStreams = nullptr;
static_assert(uniqueIds(kUnits), "two units share an id");
static_assert(uniqueIds(kEffects), "two effects share an id");
static_assert(uniqueIds(kStreams), "two streams share an id");

}  // namespace

/// Writes UTF-8 JSON to `at`; returns its length in bytes, or -1 when `capacity` is too small.
extern "C" __attribute__((export_name("describe"))) int describeModule(char* at, int capacity) {
  JsonWriter json(at, (std::size_t)capacity);
  json.open('{');
  describe(json, "units", kUnits);
  describe(json, "effects", kEffects);
  describe(json, "streams", kStreams);
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
