// Layers of a strip: hot swap and crossfade of programs. Audio thread.
#include "engine/strip.h"

#include <cstring>
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

void scale(float* left, float* right, int frames, float from, float to) {
  const float step = (to - from) / (float)frames;
  for (int i = 0; i < frames; i++) {
    const float gain = from + step * (float)i;
    left[i] *= gain, right[i] *= gain;
  }
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
  resting = false;
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

void Strip::feed(Layer& layer, const ReturnBus* input, float* left, float* right, int frames) {
  const float from = layer.feed, step = (float)frames / (kCrossfadeSeconds * sampleRate);
  if (takesInput && layer.state == LayerState::live) layer.feed = from + step < 1.f ? from + step : 1.f;
  if (layer.state == LayerState::finishing) layer.feed = from - step > 0.f ? from - step : 0.f;
  if (!input || (from == 0.f && layer.feed == 0.f)) {
    std::memset(left, 0, sizeof(float) * frames);
    std::memset(right, 0, sizeof(float) * frames);
    return;
  }
  std::memcpy(left, input->left, sizeof(float) * frames);
  std::memcpy(right, input->right, sizeof(float) * frames);
  if (from != 1.f || layer.feed != 1.f) scale(left, right, frames, from, layer.feed);
}

void Strip::renderLayer(const StripContext& context, Layer& layer, const StripPaths& paths, float* left, float* right,
                        int frames) {
  if (frames > 0) feed(layer, paths.input, left, right, frames);
  for (int p = 0; p < layer.count; p++) layer.played = layer.played || !layer.programs[p]->silent();
  layer.played = layer.played || takesInput;
  for (int p = 0; p < layer.count; p++) layer.programs[p]->render(context.render, left, right, frames);
  Chain& chain = *layer.programs[0]->chain;
  if (frames == 0) {
    chain.settle();
    return;
  }
  for (int i = 0; i < frames; i += 4) {
    store4(left + i, clamp(load4(left + i), -64.f, 64.f));
    store4(right + i, clamp(load4(right + i), -64.f, 64.f));
  }
  if (paths.voices) {
    PathDelay& delay = paths.voices[layer.lane];
    if (!layer.laneTaken) delay.clear();
    delay.run(left, right, 1.f / (kCrossfadeSeconds * sampleRate));
  }
  layer.laneTaken = true;
  struct Fault {
    const StripContext& context;
  } fault{context};
  chain.process(left, right, frames, context.render.frame, context.render.song, context.render.level,
                {.context = &fault,
                 .fault =
                     [](void* at, int device, ChainFault what) {
                       const StripContext& c = static_cast<Fault*>(at)->context;
                       c.effectFault(c.render.engine, c.render.strip, device + 1, what);
                     }},
                paths.sides);
  const Span gain = layer.gain.advance(frames, decay);
  if (gain.from != 1.f || gain.to != 1.f) scale(left, right, frames, gain.from, gain.to);
  if (layer.state == LayerState::fading) {
    const float before = layer.fade;
    layer.fade -= (float)frames / (kCrossfadeSeconds * sampleRate);
    if (layer.fade < 0.f) layer.fade = 0.f;
    scale(left, right, frames, before, layer.fade);
  }
}

void Strip::passThrough(const ReturnBus* input, float* left, float* right, int frames) {
  const float from = through, step = (float)frames / (kCrossfadeSeconds * sampleRate);
  through = live() ? (from - step > 0.f ? from - step : 0.f) : (from + step < 1.f ? from + step : 1.f);
  if (!input || (from == 0.f && through == 0.f)) return;
  const float slope = (through - from) / (float)frames;
  for (int i = 0; i < frames; i++) {
    const float gain = from + slope * (float)i;
    left[i] += input->left[i] * gain, right[i] += input->right[i] * gain;
  }
}

void Strip::render(const StripContext& context, const StripPaths& paths, float* left, float* right, int frames) {
  if (paths.fedLeft) {
    std::memcpy(left, paths.fedLeft, sizeof(float) * frames);
    std::memcpy(right, paths.fedRight, sizeof(float) * frames);
  } else if (count == 0) {
    std::memset(left, 0, sizeof(float) * frames);
    std::memset(right, 0, sizeof(float) * frames);
  } else {
    renderLayer(context, layers[0], paths, left, right, frames);
  }
  for (int l = 1; l < count && !paths.fedLeft; l++) {
    alignas(16) float layerLeft[kMicroBlock], layerRight[kMicroBlock];
    renderLayer(context, layers[l], paths, layerLeft, layerRight, frames);
    for (int i = 0; i < frames; i += 4) {
      store4(left + i, load4(left + i) + load4(layerLeft + i));
      store4(right + i, load4(right + i) + load4(layerRight + i));
    }
  }
  if (frames == 0) return;
  if (takesInput) passThrough(paths.input, left, right, frames);
  if (paths.beforeLeft) {
    std::memcpy(paths.beforeLeft, left, sizeof(float) * frames);
    std::memcpy(paths.beforeRight, right, sizeof(float) * frames);
  }
  fader.apply(left, right, frames, paths.returns);

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
  resting = false;
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

int Strip::voices() const {
  int n = 0;
  for (int l = 0; l < count; l++)
    for (int p = 0; p < layers[l].count; p++) n += layers[l].programs[p]->soundingVoices();
  return n;
}

int Strip::groups() const {
  int n = 0;
  for (int l = 0; l < count; l++)
    for (int p = 0; p < layers[l].count; p++) n += layers[l].programs[p]->activeQuads();
  return n;
}

}  // namespace sl
