// What a call of the engine is estimated to cost, and which device of which strip costs most of it: measured costs of
// the units and effects times what runs. Only while somebody watches. Audio thread.
#pragma once
#include "engine/strip.h"
#include "wire/seqlock.h"

namespace sl {

class Load {
 public:
  /// Once per call of the host.
  void begin(bool watched) { *this = Load(), watched_ = watched; }
  bool watched() const { return watched_; }

  void add(uint32_t index, const Strip& strip) {
    float sum = 0.f;
    Device top{};
    for (int l = 0; l < strip.count; l++) {
      const Layer& layer = strip.layers[l];
      float ns = 0.f;
      for (int p = 0; p < layer.count; p++) ns += (float)layer.programs[p]->activeQuads() * layer.programs[p]->voiceNs;
      if (ns > top.ns) top = {ns, 0};
      sum += ns + chainNs(*layer.programs[0]->chain, top);
    }
    take(index, sum, top);
  }
  void add(uint32_t index, const Chain& chain) {
    Device top{};
    const float sum = chainNs(chain, top);
    take(index, sum, top);
  }

  void publish(Slot& slot, int64_t frame) const {
    SlotWriter writer(slot);
    writer.put((uint32_t)frame);
    writer.put((uint32_t)(frame >> 32));
    writer.put(total_);
    writer.put(strip_);
    writer.put(device_.index);
    writer.put(device_.ns);
  }

 private:
  struct Device {
    float ns;
    uint32_t index;
  };

  static float chainNs(const Chain& chain, Device& top) {
    float sum = 0.f;
    for (int i = 0; i < chain.count; i++) {
      const ChainDevice& d = chain.devices[i];
      if (d.asleep || d.cold || d.dead) continue;
      const float ns = d.kernel->spec->costNs;
      sum += ns;
      if (ns > top.ns) top = {ns, (uint32_t)i + 1};
    }
    return sum;
  }
  void take(uint32_t index, float sum, Device top) {
    total_ += sum;
    if (top.ns > device_.ns) strip_ = index, device_ = top;
  }

  bool watched_ = false;
  float total_ = 0.f;
  uint32_t strip_ = 0;
  Device device_{};
};

}  // namespace sl
