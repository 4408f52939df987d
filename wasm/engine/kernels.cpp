// Fills the tables of function pointers from the registries. All threads; nothing here changes after the build.
#include "engine/kernels.h"

#include <array>
#include <new>
#include <tuple>

#include "effects/registry.h"
#include "units/registry.h"

namespace sl {
namespace {

template <class U>
constexpr UnitKernel kernelOfUnit() {
  static_assert(IsUnit<U>);
  static_assert(alignof(typename U::State) <= 16);
  static_assert(U::spec.params.size() <= kMaxUnitParams);
  using State = typename U::State;
  UnitKernel k{
      .spec = &U::spec,
      .stateBytes = (sizeof(State) + 15) & ~15u,
      .start = [](void* s, const VoiceBlock& v, uint32_t lanes) { U::start(*static_cast<State*>(s), v, lanes); },
      .process = [](void* s, const UnitBlock& b) { U::process(*static_cast<State*>(s), b); },
      .release = nullptr,
      .flush = nullptr,
      .finished = nullptr};
  if constexpr (requires(State& s, const VoiceBlock& v) { U::release(s, v, 0u); })
    k.release = [](void* s, const VoiceBlock& v, uint32_t lanes) { U::release(*static_cast<State*>(s), v, lanes); };
  if constexpr (requires(State& s) { U::flushState(s); })
    k.flush = [](void* s) { U::flushState(*static_cast<State*>(s)); };
  if constexpr (EndsVoices<U>)
    k.finished = [](const void* s) -> uint32_t { return U::finished(*static_cast<const State*>(s)); };
  return k;
}

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

template <class... Us>
constexpr std::array<UnitKernel, sizeof...(Us)> unitTable(std::tuple<Us...>*) {
  return {kernelOfUnit<Us>()...};
}
template <class... Es>
constexpr std::array<EffectKernel, sizeof...(Es)> effectTable(std::tuple<Es...>*) {
  return {kernelOfEffect<Es>()...};
}

constexpr auto kUnits = unitTable(static_cast<Units*>(nullptr));
constexpr auto kEffects = effectTable(static_cast<Effects*>(nullptr));

}  // namespace

const UnitKernel* unitKernel(uint32_t index) noexcept {
  return index < kUnits.size() ? &kUnits.data()[index] : nullptr;
}
const EffectKernel* effectKernel(uint32_t index) noexcept {
  return index < kEffects.size() ? &kEffects.data()[index] : nullptr;
}
const EffectKernel* effectKernel(std::string_view id) noexcept {
  for (const EffectKernel& kernel : kEffects)
    if (kernel.spec->id == id) return &kernel;
  return nullptr;
}

}  // namespace sl
