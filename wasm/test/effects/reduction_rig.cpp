// Test rig: what the dynamics effects say of their gain change, which no kernel hands out. Never shipped. Node.
#include <cmath>

#include "core/heap.h"
#include "effects/compressor.h"
#include "effects/deesser.h"
#include "effects/expander.h"
#include "effects/gate.h"
#include "effects/limiter.h"
#include "effects/multiband.h"
#include "effects/transient.h"

namespace sl {
namespace {

constexpr float kRate = 48000.f;
float measuredDb = 0.f;

/// A tone for a second through an effect as it is dropped in; what it says at the end, and what it does then.
template <class E>
float reductionOf(float hz, float amplitude) {
  Ramp<float> ramps[64];
  for (std::size_t i = 0; i < E::params.size(); i++) ramps[i] = {.value = E::params[i].init, .changed = true};
  auto* effect = new (heapTake(sizeof(E))) E();
  const Setup setup{.sampleRate = kRate};
  Arena measure;
  E().prepare(setup, measure);
  void* memory = heapTake(measure.used() + 64);
  Arena arena(memory, measure.used() + 64);
  if (!effect->prepare(setup, arena)) return NAN;
  effect->reset();
  double in = 0., out = 0.;
  for (int block = 0; block < 1500; block++) {
    float left[32], right[32];
    for (int i = 0; i < 32; i++) {
      const double turns = (double)hz * (block * 32 + i) / kRate;
      left[i] = right[i] = amplitude * (float)std::sin(2. * M_PI * (turns - std::floor(turns)));
      if (block >= 1200) in += (double)left[i] * left[i];
    }
    effect->process({.left = left, .right = right, .params = ramps, .frames = 32});
    for (auto& ramp : ramps) ramp.changed = false;
    if (block >= 1200)
      for (float v : left) out += (double)v * v;
  }
  measuredDb = (float)(10. * std::log10((out + 1e-20) / (in + 1e-20)));
  const float said = effect->reductionDb();
  heapGive(memory);
  heapGive(effect);
  return said;
}

}  // namespace
}  // namespace sl

using namespace sl;
#define RIG_EXPORT(name) extern "C" __attribute__((export_name(#name)))

RIG_EXPORT(describe) int describeNothing(char*, int) { return 0; }
RIG_EXPORT(rig_measured) float rigMeasured() { return measuredDb; }
RIG_EXPORT(compressor) float compressorSays(float hz, float level) { return reductionOf<Compressor>(hz, level); }
RIG_EXPORT(lookaheadCompressor) float aheadSays(float hz, float level) {
  return reductionOf<LookaheadCompressor>(hz, level);
}
RIG_EXPORT(limiter) float limiterSays(float hz, float level) { return reductionOf<Limiter>(hz, level); }
RIG_EXPORT(gate) float gateSays(float hz, float level) { return reductionOf<Gate>(hz, level); }
RIG_EXPORT(expander) float expanderSays(float hz, float level) { return reductionOf<Expander>(hz, level); }
RIG_EXPORT(multiband) float multibandSays(float hz, float level) { return reductionOf<Multiband>(hz, level); }
RIG_EXPORT(deesser) float deesserSays(float hz, float level) { return reductionOf<DeEsser>(hz, level); }
RIG_EXPORT(transient) float transientSays(float hz, float level) { return reductionOf<Transient>(hz, level); }
