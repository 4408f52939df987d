// Fills the table of effects with function pointers from their registry. All threads; nothing here changes after the
// build.
#include <array>
#include <new>
#include <tuple>

#include "effects/registry.h"
#include "engine/kernels.h"

namespace sl {
namespace {

template <class E>
constexpr EffectKernel kernelOfEffect() {
  static_assert(IsEffect<E>);
  static_assert(alignof(E) <= 64);
  return {.spec = &E::spec,
          .bytes = sizeof(E),
          .construct = [](void* at) { new (at) E(); },
          .prepare = [](void* e, const Setup& s, Arena& a) { return static_cast<E*>(e)->prepare(s, a); },
          .reset = [](void* e) { static_cast<E*>(e)->reset(); },
          .process = [](void* e, const StereoBlock& b) { static_cast<E*>(e)->process(b); },
          .latencyFrames = [](void* e) -> int { return static_cast<E*>(e)->latencyFrames(); },
          .tailFrames = [](void* e) -> int { return static_cast<E*>(e)->tailFrames(); }};
}

template <class... Es>
constexpr std::array<EffectKernel, sizeof...(Es)> effectTable(std::tuple<Es...>*) {
  return {kernelOfEffect<Es>()...};
}

static_assert(uniqueIds(static_cast<Effects*>(nullptr)), "two effects share an id");
constexpr auto kEffects = effectTable(static_cast<Effects*>(nullptr));

}  // namespace

const EffectKernel* effectKernel(uint32_t index) noexcept {
  return index < kEffects.size() ? &kEffects.data()[index] : nullptr;
}
const EffectKernel* effectKernel(std::string_view id) noexcept {
  for (const EffectKernel& kernel : kEffects)
    if (kernel.spec->id == id) return &kernel;
  return nullptr;
}

}  // namespace sl
