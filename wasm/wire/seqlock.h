// Latest-value slots: one writer (the audio thread), any readers. The TypeScript side is src/engine/wire/seqlock.ts.
#pragma once
#include <array>
#include <atomic>
#include <bit>

#include "core/record.h"

namespace sl {

inline constexpr uint32_t kSlotWords = 24;

/// `sequence` is odd while the writer writes. The payload is 32-bit atomics, so a torn read is impossible to miss and
/// never undefined. `lease`: engine micro-block (low 32 bits) until which somebody listens; readers renew it, the
/// writer skips the work when it has passed.
struct Slot {
  std::atomic<uint32_t> sequence;
  std::atomic<uint32_t> lease;
  uint32_t pad[6];
  std::atomic<uint32_t> words[kSlotWords];
};
static_assert(sizeof(Slot) == 128);

class SlotWriter {
 public:
  explicit SlotWriter(Slot& slot) : slot_(slot), sequence_(slot.sequence.load(std::memory_order_relaxed)) {
    slot_.sequence.store(sequence_ + 1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
  }
  ~SlotWriter() { slot_.sequence.store(sequence_ + 2, std::memory_order_release); }
  SlotWriter(const SlotWriter&) = delete;
  void put(uint32_t value) { slot_.words[at_++].store(value, std::memory_order_relaxed); }
  void put(float value) { put(std::bit_cast<uint32_t>(value)); }

 private:
  Slot& slot_;
  uint32_t sequence_;
  uint32_t at_ = 0;
};

/// True when a lease set by a reader has not passed at micro-block `now`.
inline bool leased(const Slot& slot, uint32_t now) {
  return (int32_t)(slot.lease.load(std::memory_order_relaxed) - now) > 0;
}

namespace table {

inline constexpr std::array kSlotFields{
    Field{"sequence", "Odd while the writer writes.", "u32", offsetof(Slot, sequence)},
    Field{"lease", "Micro-block (low 32 bits) until which somebody listens.", "u32", offsetof(Slot, lease)},
    Field{"words", "Payload.", "u32", offsetof(Slot, words)},
};

}  // namespace table
}  // namespace sl
