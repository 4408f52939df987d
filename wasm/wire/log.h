// The replay log: every applied command since the last reset with its resolved frame. Written by the audio thread.
#pragma once
#include <array>
#include <atomic>
#include <cstring>

#include "wire/command.h"

namespace sl {

/// Frames in the log count from the reset. `count` is published last; entries below it never change until the next
/// reset, which raises `epoch`.
struct LogHeader {
  std::atomic<uint32_t> count;
  std::atomic<uint32_t> overflow;
  std::atomic<uint32_t> epoch;
  uint32_t capacity;
  uint32_t seed;
  uint32_t startFrameLow, startFrameHigh;  ///< engine frame of the reset
  uint32_t pad[9];
  // records follow

  Command* records() { return reinterpret_cast<Command*>(this + 1); }
};
static_assert(sizeof(LogHeader) == 64);

constexpr std::size_t logBytes(uint32_t capacity) {
  return sizeof(LogHeader) + (std::size_t)capacity * sizeof(Command);
}

inline void logStart(LogHeader& log, uint32_t seed, int64_t frame) {
  log.count.store(0, std::memory_order_relaxed);
  log.overflow.store(0, std::memory_order_relaxed);
  log.seed = seed;
  log.startFrameLow = (uint32_t)frame;
  log.startFrameHigh = (uint32_t)(frame >> 32);
  log.epoch.fetch_add(1, std::memory_order_release);
}

inline void logAppend(LogHeader& log, Command command, int64_t frame) {
  const uint32_t n = log.count.load(std::memory_order_relaxed);
  if (n >= log.capacity) {
    log.overflow.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  command.frame = frame;
  command.flags = (uint16_t)((command.flags & 0xff) | kInOrder);
  log.records()[n] = command;
  log.count.store(n + 1, std::memory_order_release);
}

namespace table {

inline constexpr std::array kLogFields{
    Field{"count", "Records since the last reset.", "u32", offsetof(LogHeader, count)},
    Field{"overflow", "Records that did not fit: the log cannot be replayed.", "u32", offsetof(LogHeader, overflow)},
    Field{"epoch", "Raised by each reset.", "u32", offsetof(LogHeader, epoch)},
    Field{"capacity", "Records that fit.", "u32", offsetof(LogHeader, capacity)},
    Field{"seed", "Of the reset.", "u32", offsetof(LogHeader, seed)},
    Field{"startFrameLow", "Engine frame of the reset, low word.", "u32", offsetof(LogHeader, startFrameLow)},
    Field{"startFrameHigh", "Engine frame of the reset, high word.", "u32", offsetof(LogHeader, startFrameHigh)},
};

}  // namespace table
}  // namespace sl
