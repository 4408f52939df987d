// A strip's signal before its fader, handed out of one private engine and into another (offline: one thread each).
#pragma once
#include <array>

#include "core/record.h"
#include "core/unit.h"
#include "wire/layout.h"

namespace sl {

inline constexpr uint32_t kPortBlocks = kMaxRenderFrames / kMicroBlock;

/// One call of engine_render, by micro-blocks from its first on.
struct alignas(16) StripPort {
  uint32_t rendered[kPortBlocks];  ///< 0: the strip was at rest, and its fader with it
  float left[kMaxRenderFrames];
  float right[kMaxRenderFrames];
};

namespace table {

inline constexpr std::array kStripPortFields{
    Field{"rendered", "By micro-block; 0: the strip was at rest.", "u32", offsetof(StripPort, rendered)},
    Field{"left", "Before the fader; of micro-blocks that were rendered.", "f32", offsetof(StripPort, left)},
    Field{"right", "The same.", "f32", offsetof(StripPort, right)},
};

}  // namespace table
}  // namespace sl
