// What the dearest micro-block of a call is estimated to cost, and which device of which strip costs most of it:
// measured costs of the units and effects times what runs. Only while somebody watches. Audio thread.
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
      for (int p = 0; p < layer.count; p++) ns += layer.programs[p]->loadNs();
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

  /// After the last strip of a micro-block.
  void endBlock() {
    if (block_.totalNs > worst_.totalNs) worst_ = block_;
    block_ = {};
  }
  void publish(Slot& slot, int64_t frame) const {
    SlotWriter writer(slot);
    writer.put((uint32_t)frame);
    writer.put((uint32_t)(frame >> 32));
    writer.put(worst_.totalNs);
    writer.put(worst_.strip);
    writer.put(worst_.device.index);
    writer.put(worst_.device.ns);
  }

 private:
  struct Device {
    float ns;
    uint32_t index;
  };
  struct Block {
    float totalNs;
    uint32_t strip;
    Device device;  ///< the dearest one
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
    block_.totalNs += sum;
    if (top.ns > block_.device.ns) block_.strip = index, block_.device = top;
  }

  bool watched_ = false;
  Block block_{}, worst_{};
};

}  // namespace sl
