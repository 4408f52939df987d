// The only allocator of the module: first fit over a sorted free list. Control thread only; the audio thread traps
// here.
#pragma once
#include <cstddef>
#include <cstdint>

namespace sl {

/// 64-byte aligned, zeroed; nullptr when nothing fits. Traps when the caller runs on the audio stack (see
/// `guardStack`).
void* heapTake(std::size_t bytes);
void heapGive(void* block);

/// Stack pointers in (base, end] belong to the audio thread: an allocation from there traps.
void guardStack(uintptr_t base, uintptr_t end);

struct HeapCount {
  uint32_t takes;  ///< calls of heapTake since the memory was made
  uint32_t gives;
  uint32_t usedBytes;
};
HeapCount heapCount();

}  // namespace sl
