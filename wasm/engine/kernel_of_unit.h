// Makes the function pointers of one unit. Included only by the sources that the build makes (wasm/build/kernels.mjs).
#pragma once
#include "engine/kernels.h"

namespace sl {

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
      .finished = nullptr,
      .scaling = nullptr,
      .processLone = nullptr};
  if constexpr (requires(State& s, const VoiceBlock& v) { U::release(s, v, 0u); })
    k.release = [](void* s, const VoiceBlock& v, uint32_t lanes) { U::release(*static_cast<State*>(s), v, lanes); };
  if constexpr (requires(State& s) { U::flushState(s); })
    k.flush = [](void* s) { U::flushState(*static_cast<State*>(s)); };
  if constexpr (EndsVoices<U>)
    k.finished = [](const void* s) -> uint32_t { return U::finished(*static_cast<const State*>(s)); };
  if constexpr (Scales<U>)
    k.scaling = [](const void* s, const UnitBlock& b, Scaling& out) {
      return U::scaling(*static_cast<const State*>(s), b, out);
    };
  if constexpr (HasLoneForm<U>)
    k.processLone = [](void* s, const UnitBlock& b, int lane) {
      return U::processLone(*static_cast<State*>(s), b, lane);
    };
  return k;
}

template <class U>
constinit const UnitKernel UnitKernelOf<U>::value = kernelOfUnit<U>();

}  // namespace sl
