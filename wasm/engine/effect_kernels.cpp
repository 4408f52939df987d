// The table of effects, by their registry. All threads; nothing here changes after the build.
#include "effects/registry.h"
#include "engine/kernels.h"

namespace sl {
namespace {

// Defined where the kernel is made.
#pragma clang diagnostic ignored "-Wundefined-var-template"

template <class... Es>
constexpr auto effectTable(std::tuple<Es...>*) {
  return std::array<const EffectKernel*, sizeof...(Es)>{&EffectKernelOf<Es>::value...};
}
static_assert(uniqueIds(static_cast<Effects*>(nullptr)), "two effects share an id");
constexpr auto kEffects = effectTable(static_cast<Effects*>(nullptr));

}  // namespace

const EffectKernel* effectKernel(uint32_t index) noexcept {
  return index < kEffects.size() ? kEffects.data()[index] : nullptr;
}
const EffectKernel* effectKernel(std::string_view id) noexcept {
  for (const EffectKernel* kernel : kEffects)
    if (kernel->spec->id == id) return kernel;
  return nullptr;
}

}  // namespace sl
