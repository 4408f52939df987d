// Single-producer single-consumer rings of 32-byte records in shared memory: commands in, replies out. The TypeScript
// side is src/engine/wire/ring.ts; wasm/test/ring.test.ts replays one script on both.
#pragma once
#include <array>
#include <atomic>
#include <cstring>

#include "core/record.h"

namespace sl {

inline constexpr uint32_t kRecordBytes = 32;

/// `head` and `tail` count records and wrap at 2^32; used = head - tail. The capacity is a power of two.
/// The producer alone writes head, the consumer alone tail; each publishes with release and reads the other with
/// acquire.
struct RingHeader {
  std::atomic<uint32_t> head;
  uint32_t pad0[15];
  std::atomic<uint32_t> tail;
  uint32_t pad1[15];
  uint32_t capacity;
  uint32_t pad2[15];
  // records follow

  uint8_t* record(uint32_t index) {
    return reinterpret_cast<uint8_t*>(this + 1) + (std::size_t)(index & (capacity - 1)) * kRecordBytes;
  }
};
static_assert(sizeof(RingHeader) == 192);

constexpr std::size_t ringBytes(uint32_t capacity) { return sizeof(RingHeader) + (std::size_t)capacity * kRecordBytes; }

/// False: full, nothing was written. Never waits.
template <class T>
bool ringPush(RingHeader& ring, const T& value) {
  static_assert(sizeof(T) == kRecordBytes);
  const uint32_t head = ring.head.load(std::memory_order_relaxed);
  if (head - ring.tail.load(std::memory_order_acquire) >= ring.capacity) return false;
  std::memcpy(ring.record(head), &value, kRecordBytes);
  ring.head.store(head + 1, std::memory_order_release);
  return true;
}

/// False: empty. Never waits.
template <class T>
bool ringPop(RingHeader& ring, T& value) {
  static_assert(sizeof(T) == kRecordBytes);
  const uint32_t tail = ring.tail.load(std::memory_order_relaxed);
  if (tail == ring.head.load(std::memory_order_acquire)) return false;
  std::memcpy(&value, ring.record(tail), kRecordBytes);
  ring.tail.store(tail + 1, std::memory_order_release);
  return true;
}

namespace table {

inline constexpr std::array kRingFields{
    Field{"head", "Records written; the producer's.", "u32", offsetof(RingHeader, head)},
    Field{"tail", "Records read; the consumer's.", "u32", offsetof(RingHeader, tail)},
    Field{"capacity", "Records that fit, a power of two.", "u32", offsetof(RingHeader, capacity)},
};

}  // namespace table
}  // namespace sl
