// The registries as plain function pointers, so that the engine runs units and effects without knowing any by name.
#pragma once
#include "core/effect.h"
#include "core/unit.h"

namespace sl {

inline constexpr int kMaxUnitParams = 96;

struct UnitKernel {
  const Spec* spec;
  uint32_t stateBytes;
  void (*start)(void* state, const VoiceBlock&, uint32_t lanes);
  void (*process)(void* state, const UnitBlock&);
  void (*release)(void* state, const VoiceBlock&, uint32_t lanes);  ///< may be null
  void (*flush)(void* state);                                       ///< may be null
  uint32_t (*finished)(const void* state);                          ///< may be null
  bool (*scaling)(const void* state, const UnitBlock&, Scaling&);   ///< may be null
  bool (*processLone)(void* state, const UnitBlock&, int lane);     ///< may be null
};

struct EffectKernel {
  const Spec* spec;
  uint32_t bytes;
  void (*construct)(void* at);
  bool (*prepare)(void* effect, const Setup&, Arena&);
  void (*reset)(void* effect);
  void (*process)(void* effect, const StereoBlock&);
  int (*latencyFrames)(void* effect);
  int (*tailFrames)(void* effect);
  float (*reductionDb)(const void* effect);  ///< may be null: it has no gain reduction to show
};

/// The kernel of one type; defined in engine/kernel_of_unit.h and engine/kernel_of_effect.h, which only the sources
/// that the build makes for a few headers each include: a changed header compiles little.
template <class U>
struct UnitKernelOf {
  static const UnitKernel value;
};
template <class E>
struct EffectKernelOf {
  static const EffectKernel value;
};

/// Null when there is no such index.
const UnitKernel* unitKernel(uint32_t index) noexcept;
const EffectKernel* effectKernel(uint32_t index) noexcept;
/// Null when this build has no effect of that id.
const EffectKernel* effectKernel(std::string_view id) noexcept;

}  // namespace sl
