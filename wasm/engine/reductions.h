// Gain reductions of the effects of one chain for a latest-value slot: the deepest of the last 25 to 50 micro-blocks,
// so that a reader at 60 Hz misses none. Only while somebody watches. Audio thread.
#pragma once
#include <algorithm>

#include "engine/chain.h"
#include "engine/meter.h"
#include "wire/layout.h"

namespace sl {

class Reductions {
 public:
  void clear() { *this = Reductions(); }

  /// Once per micro-block; null: nothing plays.
  void add(const Chain* chain) {
    if (chain != chain_) clear(), chain_ = chain;
    int k = 0;
    for (int i = 0; chain && i < chain->count && k < (int)kSlotWords; i++) {
      const ChainDevice& d = chain->devices[i];
      if (!d.kernel->reductionDb) continue;
      const bool works = !(d.asleep || d.cold || d.dead || d.bypass);
      const float db = works ? d.kernel->reductionDb(d.effect) : 0.f;
      device_[k] = (uint16_t)(i + 1);
      if (db < now_[k]) now_[k] = db;
      k++;
    }
    count_ = k;
  }

  /// Call once per micro-block after `add`; true when the slot should be written.
  bool tick() { return ++blocks_ % kLevelBlocksPerStep == 0; }

  void publish(Slot& slot) {
    {
      SlotWriter writer(slot);
      for (int k = 0; k < (int)kSlotWords; k++) {
        const float db = std::min(now_[k], before_[k]);
        const auto steps = (uint32_t)std::min(-db * kReductionSteps + 0.5f, 65535.f);
        writer.put(k < count_ ? (uint32_t)device_[k] << 16 | steps : 0u);
      }
    }
    if (blocks_ < (int)kReductionWindowBlocks) return;
    blocks_ = 0;
    for (int k = 0; k < (int)kSlotWords; k++) before_[k] = now_[k], now_[k] = 0.f;
  }

 private:
  const Chain* chain_ = nullptr;
  float now_[kSlotWords]{}, before_[kSlotWords]{};  ///< dB, 0 or less
  uint16_t device_[kSlotWords]{};                   ///< from 1
  int count_ = 0, blocks_ = 0;
};

}  // namespace sl
