// Makes the function pointers of one effect. Included only by the sources that the build makes
// (wasm/build/kernels.mjs).
#pragma once
#include <new>

#include "engine/kernels.h"

namespace sl {

template <class E>
constexpr EffectKernel kernelOfEffect() {
  static_assert(IsEffect<E>);
  static_assert(alignof(E) <= 64);
  EffectKernel k{.spec = &E::spec,
                 .bytes = sizeof(E),
                 .construct = [](void* at) { new (at) E(); },
                 .prepare = [](void* e, const Setup& s, Arena& a) { return static_cast<E*>(e)->prepare(s, a); },
                 .reset = [](void* e) { static_cast<E*>(e)->reset(); },
                 .process = [](void* e, const StereoBlock& b) { static_cast<E*>(e)->process(b); },
                 .latencyFrames = [](void* e) -> int { return static_cast<E*>(e)->latencyFrames(); },
                 .tailFrames = [](void* e) -> int { return static_cast<E*>(e)->tailFrames(); },
                 .reductionDb = nullptr};
  if constexpr (requires(const E& e) { e.reductionDb(); })
    k.reductionDb = [](const void* e) -> float { return static_cast<const E*>(e)->reductionDb(); };
  return k;
}

template <class E>
constinit const EffectKernel EffectKernelOf<E>::value = kernelOfEffect<E>();

}  // namespace sl
