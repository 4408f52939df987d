// Layers of a strip: hot swap and crossfade of programs. Audio thread.
#include "engine/strip.h"

#include <algorithm>
#include <utility>

#include "dsp/math.h"

namespace sl {
namespace {

bool sameDevices(const Chain& a, const Chain& b) {
  if (a.count != b.count) return false;
  for (int i = 0; i < a.count; i++) {
    const ChainDevice &x = a.devices[i], &y = b.devices[i];
    if (x.kernel != y.kernel || x.asset != y.asset || x.place != y.place) return false;
  }
  return true;
}

/// The running chain goes on under the new program, with the new values as targets.
void adoptChain(Program& fresh, Program& old) {
  std::swap(fresh.chain, old.chain);
  Chain& running = *fresh.chain;
  Chain& wanted = *old.chain;
  running.settle();
  for (int i = 0; i < running.count; i++) {
    ChainDevice& d = running.devices[i];
    ChainDevice& w = wanted.devices[i];
    for (int p = 0; p < d.count; p++) {
      d.params[p].set(w.params[p].target);
      d.still = false;
      std::swap(d.initial[p], w.initial[p]);  // each program keeps what it was built with
    }
    d.bypass = w.bypass;
    std::swap(d.initialBypass, w.initialBypass);
  }
}

/// Within what any effect takes, and the highest of it.
float limit(float* left, float* right) {
  constexpr float kMost = 64.f;
  const float peak = peakOf(left, right);
  if (peak <= kMost) return peak;
  for (int i = 0; i < kMicroBlock; i += kLanes) {
    store4(left + i, clamp(load4(left + i), -kMost, kMost));
    store4(right + i, clamp(load4(right + i), -kMost, kMost));
  }
  return peakOf(left, right);
}

}  // namespace

void Strip::init(float rate, bool asReturn) {
  sampleRate = rate;
  takesInput = asReturn;
  through = asReturn ? 1.f : 0.f;
  decay.set(kSmoothSeconds, rate);
  fader.init(rate);
  controls = {.bendRange = 2.f};
}

void Strip::setInput(bool takes) {
  if (takes == takesInput) return;
  takesInput = takes;
  through = takes && !live() ? 1.f : 0.f;
  for (int l = 0; l < count; l++) layers[l].feed = takes && fader.fresh && l == 0 && live() ? 1.f : 0.f;
}

int Strip::freeLane() const {
  uint32_t used = 0;
  for (int l = 0; l < count; l++) used |= 1u << layers[l].lane;
  return __builtin_ctz(~used);
}

Program* Strip::find(uint32_t handle) const {
  for (int l = 0; l < count; l++)
    for (int p = 0; p < layers[l].count; p++)
      if (layers[l].programs[p]->handle == handle) return layers[l].programs[p];
  return nullptr;
}

void Strip::dropLayer(const StripContext& context, int index) {
  for (int p = 0; p < layers[index].count; p++) {
    layers[index].programs[p]->endAll(context.render);
    context.giveBack(context.render.engine, layers[index].programs[p]);
  }
  for (int l = index + 1; l < count; l++) layers[l - 1] = layers[l];
  count--;
}

void Strip::install(const StripContext& context, Program* program, InstallMode mode) {
  program->take(controls);
  fader.settled = false;
  Program* old = live();
  if (old && mode == InstallMode::swapPlan && sameDevices(*program->chain, *old->chain)) {
    Layer& layer = layers[0];
    if (layer.count >= kLayerPrograms - kLettingDown)
      for (int p = layer.count; p-- > kLayerPrograms - kLettingDown - 1;) layer.programs[p]->letDown(context.render);
    if (layer.count == kLayerPrograms) {
      Program* last = layer.programs[--layer.count];
      last->handOver(*program, context.render);
      context.giveBack(context.render.engine, last);
    }
    for (int p = layer.count; p > 0; p--) layer.programs[p] = layer.programs[p - 1];
    layer.programs[0] = program;
    layer.count++;
    adoptChain(*program, *old);
    layer.gain.db.set(program->gainDb);
    return;
  }
  if (old) layers[0].state = mode == InstallMode::swapPlan ? LayerState::finishing : LayerState::fading;
  // At most two layers finish in their own time; a musician who edits on gets the older ones faded.
  int finishing = 0;
  for (int l = 0; l < count; l++)
    if (layers[l].state == LayerState::finishing && ++finishing > 2) layers[l].state = LayerState::fading;
  if (count == kMaxLayers) {
    for (int p = 0; p < layers[count - 1].count; p++) layers[count - 1].programs[p]->handOver(*program, context.render);
    dropLayer(context, count - 1);
  }
  const int lane = freeLane();
  for (int l = count; l > 0; l--) layers[l] = layers[l - 1];
  count++;
  Layer& layer = layers[0];
  layer = {};
  layer.programs[0] = program;
  layer.count = 1;
  layer.lane = lane;
  layer.state = LayerState::live;
  layer.fade = 1.f;
  layer.feed = takesInput && fader.fresh && !old ? 1.f : 0.f;
  if (fader.fresh) through = 0.f;
  layer.gain.db.close = 1e-3f;
  layer.gain.snap(program->gainDb);
}

void Strip::clearOut() {
  if (live()) layers[0].state = LayerState::fading;
}

bool Strip::idle() const {
  for (int l = 0; l < count; l++) {
    const Layer& layer = layers[l];
    if (layer.state != LayerState::live || layer.count > 1) return false;
    if (!layer.programs[0]->silent() || !layer.programs[0]->chain->sleeping()) return false;
  }
  return true;
}

void Strip::forgetEvents() {
  for (int l = 0; l < count; l++)
    for (int p = 0; p < layers[l].count; p++)
      layers[l].programs[p]->firstEvent = layers[l].programs[p]->lastEvent = nullptr;
}

void Strip::settleGains() {
  if (fader.settled) return;
  fader.settle();
  for (int l = 0; l < count; l++) {
    layers[l].gain.snap(layers[l].gain.db.target);
    layers[l].feed = takesInput ? 1.f : 0.f;
  }
  through = takesInput && !live() ? 1.f : 0.f;
}

void Strip::feed(Layer& layer, const ReturnBus* input, float* left, float* right) {
  const float from = layer.feed;
  if (takesInput && layer.state == LayerState::live && from < 1.f) layer.feed = std::min(from + crossfadeStep(), 1.f);
  if (layer.state == LayerState::finishing && from > 0.f) layer.feed = std::max(from - crossfadeStep(), 0.f);
  if (!input || (from == 0.f && layer.feed == 0.f)) return silence(left, right);
  copy(left, right, input->left, input->right);
  scale(left, right, {from, layer.feed});
}

void Strip::renderLayer(const StripContext& context, Layer& layer, const StripPaths& paths, float* left, float* right) {
  feed(layer, paths.input, left, right);
  for (int p = 0; p < layer.count && !layer.played; p++) layer.played = takesInput || !layer.programs[p]->silent();
  for (int p = 0; p < layer.count; p++) layer.programs[p]->render(context.render, left, right, kMicroBlock);
  float peak = limit(left, right);
  if (paths.voices) {
    PathDelay& delay = paths.voices[layer.lane];
    if (!layer.laneTaken) delay.clear();
    delay.run(left, right, 1.f / (kCrossfadeSeconds * sampleRate));
    peak = kUnknownPeak;
  }
  layer.laneTaken = true;
  layer.programs[0]->chain->process(left, right, peak, context.render.frame, context.render.song, context.render.level,
                                    {context.render.engine, context.render.strip, context.effectFault}, paths.sides);
  scale(left, right, layer.gain.advance(kMicroBlock, decay));
  if (layer.state == LayerState::fading) {
    const float before = layer.fade;
    layer.fade = std::max(before - crossfadeStep(), 0.f);
    scale(left, right, {before, layer.fade});
  }
}

void Strip::passThrough(const ReturnBus* input, float* left, float* right) {
  const float from = through, goal = live() ? 0.f : 1.f;
  if (from < goal) through = std::min(from + crossfadeStep(), goal);
  if (from > goal) through = std::max(from - crossfadeStep(), goal);
  if (!input || (from == 0.f && through == 0.f)) return;
  add(left, right, input->left, input->right, {from, through});
}

void Strip::settle(const StripContext& context) {
  for (int l = 0; l < count; l++) {
    Layer& layer = layers[l];
    for (int p = 0; p < layer.count; p++) {
      layer.played = layer.played || takesInput || !layer.programs[p]->silent();
      layer.programs[p]->render(context.render, nullptr, nullptr, 0);
    }
    layer.programs[0]->chain->settle();
  }
}

void Strip::render(const StripContext& context, const StripPaths& paths, float* left, float* right) {
  if (paths.fedLeft)
    copy(left, right, paths.fedLeft, paths.fedRight);
  else if (count == 0)
    silence(left, right);
  else
    renderLayer(context, layers[0], paths, left, right);
  for (int l = 1; l < count && !paths.fedLeft; l++) {
    alignas(16) float layerLeft[kMicroBlock], layerRight[kMicroBlock];
    renderLayer(context, layers[l], paths, layerLeft, layerRight);
    add(left, right, layerLeft, layerRight);
  }
  if (takesInput) passThrough(paths.input, left, right);
  if (paths.beforeLeft) copy(paths.beforeLeft, paths.beforeRight, left, right);
  fader.apply(left, right, paths.returns);
  if (count > 1 || (count == 1 && !(live() && layers[0].count == 1))) clean(context, paths);
}

void Strip::clean(const StripContext& context, const StripPaths& paths) {
  for (int l = count - 1; l >= 0; l--) {
    Layer& layer = layers[l];
    for (int p = layer.count - 1; p > 0; p--) {
      if (!layer.programs[p]->silent()) continue;
      context.giveBack(context.render.engine, layer.programs[p]);
      for (int k = p + 1; k < layer.count; k++) layer.programs[k - 1] = layer.programs[k];
      layer.count--;
    }
    const bool faded = layer.state == LayerState::fading && layer.fade <= 0.f;
    const bool rungOut = layer.state == LayerState::finishing && layer.count == 1 && layer.programs[0]->silent() &&
                         layer.programs[0]->chain->sleeping() && layer.feed <= 0.f &&
                         !(paths.voices && paths.voices[layer.lane].ringing());
    // Edited again before anything was played: it has no tail to wait for.
    const bool unheard = layer.state != LayerState::live && !layer.played;
    if (faded || rungOut || unheard) dropLayer(context, l);
  }
}

void Strip::reset(const StripContext& context, uint32_t seed) {
  for (int l = count - 1; l >= 0; l--)
    if (layers[l].state != LayerState::live) dropLayer(context, l);
  fader.settled = false;
  fader.settle();
  fader.fresh = true;
  through = takesInput && !live() ? 1.f : 0.f;
  if (count == 0) return;
  Layer& layer = layers[0];
  layer.feed = takesInput ? 1.f : 0.f;
  while (layer.count > 1) {
    layer.programs[--layer.count]->endAll(context.render);
    context.giveBack(context.render.engine, layer.programs[layer.count]);
  }
  layer.programs[0]->endAll(context.render);
  layer.programs[0]->clear(seed);
  layer.programs[0]->chain->clear();
  layer.gain.snap(layer.programs[0]->gainDb);
}

void Strip::tally(uint32_t& voices, uint32_t& groups) const {
  for (int l = 0; l < count; l++)
    for (int p = 0; p < layers[l].count; p++) layers[l].programs[p]->tally(voices, groups);
}

}  // namespace sl
