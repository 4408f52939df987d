// The table of units, by their registry. All threads; nothing here changes after the build.
#include "engine/kernels.h"
#include "units/registry.h"

namespace sl {
namespace {

// Defined where the kernel is made.
#pragma clang diagnostic ignored "-Wundefined-var-template"

template <class... Us>
constexpr auto unitTable(std::tuple<Us...>*) {
  return std::array<const UnitKernel*, sizeof...(Us)>{&UnitKernelOf<Us>::value...};
}
static_assert(uniqueIds(static_cast<Units*>(nullptr)), "two units share an id");
constexpr auto kUnits = unitTable(static_cast<Units*>(nullptr));

}  // namespace

const UnitKernel* unitKernel(uint32_t index) noexcept { return index < kUnits.size() ? kUnits.data()[index] : nullptr; }

}  // namespace sl
