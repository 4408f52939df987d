// The module's allocator and every libc door to it. Control thread only.
#include "core/heap.h"

#include <cstring>
#include <new>

extern "C" uint8_t __heap_base;

namespace sl {
namespace {

constexpr std::size_t kAlign = 64;

/// In front of every block, taken or free; 64 bytes so that payloads stay aligned to cache lines.
struct alignas(kAlign) Head {
  std::size_t bytes;  ///< of the payload, a multiple of kAlign
  Head* next;         ///< free blocks only, in address order
  uint32_t mark;
};
constexpr uint32_t kTaken = 0x5a6b7c8d;

/// Lies at the start of the heap itself: a fresh memory is zero, so nothing needs a mutable static.
struct alignas(kAlign) Heap {
  Head* free;
  uint32_t open;
  uintptr_t guardBase, guardEnd;
  HeapCount count;
};

Heap& theHeap() {
  return *reinterpret_cast<Heap*>((reinterpret_cast<uintptr_t>(&__heap_base) + kAlign - 1) & ~(kAlign - 1));
}

uint8_t* payload(Head* h) { return reinterpret_cast<uint8_t*>(h) + sizeof(Head); }

void open(Heap& heap) {
  const auto base = reinterpret_cast<uintptr_t>(&heap + 1);
  const std::size_t end = __builtin_wasm_memory_size(0) * std::size_t(65536);
  heap.free = reinterpret_cast<Head*>(base);
  heap.free->bytes = (end - base - sizeof(Head)) & ~(kAlign - 1);
  heap.free->next = nullptr;
  heap.open = 1;
}

void trapOnAudioStack(const Heap& heap) {
  const auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  if (here > heap.guardBase && here <= heap.guardEnd) __builtin_trap();
}

void* take(std::size_t bytes) {
  Heap& heap = theHeap();
  trapOnAudioStack(heap);
  if (!heap.open) open(heap);
  if (bytes > 0x40000000u) return nullptr;
  const std::size_t wanted = bytes == 0 ? kAlign : (bytes + kAlign - 1) & ~(kAlign - 1);
  for (Head** link = &heap.free; *link; link = &(*link)->next) {
    Head* block = *link;
    if (block->bytes < wanted) continue;
    if (block->bytes >= wanted + sizeof(Head) + kAlign) {
      auto* rest = reinterpret_cast<Head*>(payload(block) + wanted);
      rest->bytes = block->bytes - wanted - sizeof(Head);
      rest->next = block->next;
      *link = rest;
      block->bytes = wanted;
    } else {
      *link = block->next;
    }
    block->mark = kTaken;
    heap.count.takes++;
    heap.count.usedBytes += (uint32_t)(block->bytes + sizeof(Head));
    return payload(block);
  }
  return nullptr;
}

}  // namespace

void* heapTake(std::size_t bytes) {
  void* block = take(bytes);
  if (block) std::memset(block, 0, bytes);
  return block;
}

void heapGive(void* at) {
  if (!at) return;
  Heap& heap = theHeap();
  trapOnAudioStack(heap);
  auto* block = reinterpret_cast<Head*>(static_cast<uint8_t*>(at) - sizeof(Head));
  if (block->mark != kTaken) __builtin_trap();  // not ours, or given twice
  block->mark = 0;
  heap.count.gives++;
  heap.count.usedBytes -= (uint32_t)(block->bytes + sizeof(Head));
  Head* before = nullptr;
  Head* after = heap.free;
  while (after && after < block) before = after, after = after->next;
  block->next = after;
  (before ? before->next : heap.free) = block;
  auto join = [](Head* a, Head* b) {
    if (!a || !b || payload(a) + a->bytes != reinterpret_cast<uint8_t*>(b)) return false;
    a->bytes += sizeof(Head) + b->bytes;
    a->next = b->next;
    return true;
  };
  join(block, after);
  join(before, block);
}

void guardStack(uintptr_t base, uintptr_t end) { theHeap().guardBase = base, theHeap().guardEnd = end; }
HeapCount heapCount() { return theHeap().count; }

}  // namespace sl

// libc and libc++ allocate through the same door, so nothing escapes the guard or the count.
extern "C" {
void* malloc(std::size_t bytes) { return sl::take(bytes); }
void free(void* block) { sl::heapGive(block); }
void* calloc(std::size_t count, std::size_t bytes) { return sl::heapTake(count * bytes); }
void* realloc(void* old, std::size_t bytes) {
  void* block = sl::take(bytes);
  if (block && old) {
    const auto* head = reinterpret_cast<sl::Head*>(static_cast<uint8_t*>(old) - sizeof(sl::Head));
    std::memcpy(block, old, bytes < head->bytes ? bytes : head->bytes);
    sl::heapGive(old);
  }
  return block;
}
void* aligned_alloc(std::size_t align, std::size_t bytes) { return align <= sl::kAlign ? sl::take(bytes) : nullptr; }
}
void* operator new(std::size_t bytes) {
  void* block = sl::take(bytes);
  if (!block) __builtin_trap();
  return block;
}
void* operator new[](std::size_t bytes) { return operator new(bytes); }
void operator delete(void* block) noexcept { sl::heapGive(block); }
void operator delete[](void* block) noexcept { sl::heapGive(block); }
void operator delete(void* block, std::size_t) noexcept { sl::heapGive(block); }
void operator delete[](void* block, std::size_t) noexcept { sl::heapGive(block); }
