// Memory for one processor: measured first, then carved from a single block. Control thread only.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "core/asset.h"

namespace sl {

/// `prepare` runs twice: once with a measuring arena (take returns nullptr and counts), once with the real one.
/// The block is zeroed by its owner before the second run.
class Arena {
 public:
  Arena() = default;
  Arena(void* block, std::size_t bytes) : base_(static_cast<uint8_t*>(block)), size_(bytes) {}
  template <class T>
  T* take(std::size_t count, std::size_t align = alignof(T) < 16 ? 16 : alignof(T)) {
    used_ = (used_ + align - 1) & ~(align - 1);
    const std::size_t at = used_;
    used_ += sizeof(T) * count;
    if (!base_) return nullptr;
    return used_ <= size_ ? reinterpret_cast<T*>(base_ + at) : nullptr;
  }
  bool measuring() const { return base_ == nullptr; }
  std::size_t used() const { return used_; }

 private:
  uint8_t* base_ = nullptr;
  std::size_t size_ = 0;
  std::size_t used_ = 0;
};

struct Setup {
  float sampleRate = 48000.f;
  uint32_t seed = 0;             ///< Hash seed for anything random; same seed, same sound.
  const Asset* asset = nullptr;  ///< of an effect with Spec::asset; null: none was chosen
};

}  // namespace sl
