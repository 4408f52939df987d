// Commands that wait for their frame, in stable order: (frame, rank, arrival). Audio thread.
#pragma once
#include <cstdint>

#include "wire/command.h"

namespace sl {

inline constexpr uint32_t kQueueCapacity = 8192;

/// At one frame: first what came as "now" (or is replayed), in its order of arrival, which is its cause and effect;
/// then programs and transport, note-offs, values, note-ons, what their voices begin with.
inline uint32_t rankOf(const Command& c, bool inOrder) {
  if (inOrder) return 0;
  switch (c.type) {
    case Event::reset:
    case Event::installProgram:
    case Event::clearStrip:
    case Event::tap:
    case Event::analysisTap:
    case Event::ping:
      return 1;
    case Event::noteOff:
    case Event::panic:
      return 2;
    case Event::noteOn:
      return 4;
    case Event::express:
      return 5;
    default:
      return 3;
  }
}

class EventQueue {
 public:
  bool full() const { return size_ == kQueueCapacity; }
  uint32_t size() const { return size_; }

  /// `command.frame` is resolved. The caller checked `full`.
  void push(const Command& command, bool inOrder) { insert({command, rankOf(command, inOrder), arrival_++}); }

  /// Takes what `leaves` says out of it, each passed to `left`.
  template <class Leaves, class Left>
  void drop(Leaves leaves, Left left) {
    const uint32_t all = size_;
    size_ = 0;
    for (uint32_t i = 0; i < all; i++) {
      const Entry entry = heap_[i];
      leaves(entry.command) ? left(entry.command) : insert(entry);
    }
  }

  bool pop(int64_t before_frame, Command& out) {
    if (size_ == 0 || heap_[0].command.frame >= before_frame) return false;
    out = heap_[0].command;
    const Entry last = heap_[--size_];
    uint32_t at = 0;
    for (;;) {
      uint32_t child = 2 * at + 1;
      if (child >= size_) break;
      if (child + 1 < size_ && before(heap_[child + 1], heap_[child])) child++;
      if (!before(heap_[child], last)) break;
      heap_[at] = heap_[child];
      at = child;
    }
    heap_[at] = last;
    return true;
  }

 private:
  struct Entry {
    Command command;
    uint32_t rank, arrival;
  };
  void insert(const Entry& entry) {
    uint32_t at = size_++;
    while (at > 0) {
      const uint32_t parent = (at - 1) / 2;
      if (!before(entry, heap_[parent])) break;
      heap_[at] = heap_[parent];
      at = parent;
    }
    heap_[at] = entry;
  }
  static bool before(const Entry& a, const Entry& b) {
    if (a.command.frame != b.command.frame) return a.command.frame < b.command.frame;
    if (a.rank != b.rank) return a.rank < b.rank;
    return (int32_t)(a.arrival - b.arrival) < 0;
  }
  Entry heap_[kQueueCapacity];
  uint32_t size_ = 0, arrival_ = 0;
};

}  // namespace sl
