// Tap rings: interleaved stereo float from the audio thread to one reading worker. Drops are counted, never waited for.
#pragma once
#include <array>
#include <atomic>

#include "core/record.h"

namespace sl {

/// `head` and `tail` count frames and wrap at 2^32. `on` and what follows it are set by the tap commands: what came
/// before `startHead` may be of another strip.
struct TapHeader {
  std::atomic<uint32_t> head;
  uint32_t pad0[15];
  std::atomic<uint32_t> tail;
  uint32_t pad1[15];
  uint32_t capacity;  ///< frames, a power of two
  std::atomic<uint32_t> dropped;
  std::atomic<uint32_t> on;
  std::atomic<uint32_t> startHead;                      ///< head when the tap was last switched on
  std::atomic<uint32_t> startFrameLow, startFrameHigh;  ///< engine frame of the first frame since then
  std::atomic<uint32_t> strip;                          ///< what it listens to
  uint32_t pad2[9];
  // capacity * 2 floats follow

  float* samples() { return reinterpret_cast<float*>(this + 1); }
};
static_assert(sizeof(TapHeader) == 192);

constexpr std::size_t tapBytes(uint32_t capacity) { return sizeof(TapHeader) + (std::size_t)capacity * 8; }

/// All frames or none: what does not fit is counted as dropped.
inline void tapWrite(TapHeader& tap, const float* left, const float* right, uint32_t frames) {
  const uint32_t head = tap.head.load(std::memory_order_relaxed);
  if (head - tap.tail.load(std::memory_order_acquire) + frames > tap.capacity) {
    tap.dropped.fetch_add(frames, std::memory_order_relaxed);
    return;
  }
  float* at = tap.samples();
  for (uint32_t i = 0; i < frames; i++) {
    const uint32_t k = ((head + i) & (tap.capacity - 1)) * 2;
    at[k] = left[i];
    at[k + 1] = right[i];
  }
  tap.head.store(head + frames, std::memory_order_release);
}

/// `frame` is the engine frame of the next frame to be written.
inline void tapSwitch(TapHeader& tap, bool on, uint32_t strip, int64_t frame) {
  if (on) {
    tap.startHead.store(tap.head.load(std::memory_order_relaxed), std::memory_order_relaxed);
    tap.startFrameLow.store((uint32_t)frame, std::memory_order_relaxed);
    tap.startFrameHigh.store((uint32_t)(frame >> 32), std::memory_order_relaxed);
    tap.strip.store(strip, std::memory_order_relaxed);
    tap.dropped.store(0, std::memory_order_relaxed);
  }
  tap.on.store(on ? 1 : 0, std::memory_order_release);
}

namespace table {

inline constexpr std::array kTapFields{
    Field{"head", "Frames written; the engine's.", "u32", offsetof(TapHeader, head)},
    Field{"tail", "Frames read; the reader's.", "u32", offsetof(TapHeader, tail)},
    Field{"capacity", "Frames that fit, a power of two.", "u32", offsetof(TapHeader, capacity)},
    Field{"dropped", "Frames that did not fit.", "u32", offsetof(TapHeader, dropped)},
    Field{"on", "1 while the engine writes.", "u32", offsetof(TapHeader, on)},
    Field{"startHead", "`head` when the tap was last switched on.", "u32", offsetof(TapHeader, startHead)},
    Field{"startFrameLow", "Engine frame of the first frame since then, low word.", "u32",
          offsetof(TapHeader, startFrameLow)},
    Field{"startFrameHigh", "High word.", "u32", offsetof(TapHeader, startFrameHigh)},
    Field{"strip", "Strip that it listens to (strips: the master).", "u32", offsetof(TapHeader, strip)},
};

}  // namespace table
}  // namespace sl
