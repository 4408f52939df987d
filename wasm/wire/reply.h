// What the engine tells back: one 32-byte record each. Written by the audio thread; replies go to the main thread,
// returned programs to the control worker.
#pragma once
#include <array>

#include "core/record.h"

namespace sl {

enum class ReplyType : uint16_t {
  none,
  noteEnd,
  refused,
  installed,
  returned,
  fault,
  pong,
  resetDone,
  tableReturned,
  governed,
  count
};

enum class Reason : uint16_t {
  ended,
  stolen,
  panic,
  badNumber,
  unknownProgram,
  noProgram,
  badTarget,
  staleGeneration,
  malformed,
  effectReset,
  effectBypassed,
  choked,
  noPad,
  count
};

struct Reply {
  ReplyType type;
  Reason reason;
  uint32_t target;  ///< strip
  int64_t frame;
  uint32_t id;  ///< note id, handle, token, device or level, by type
  uint32_t event;
  uint32_t unused[2];
};
static_assert(sizeof(Reply) == 32);

namespace table {

inline constexpr std::array kReplyTypes{
    EnumValue{"noteEnd", "Voice `id` is over.", (int)ReplyType::noteEnd},
    EnumValue{"refused", "A command of type `event` was not applied; `id` is its note id or handle.",
              (int)ReplyType::refused},
    EnumValue{"installed", "Program `id` plays on the strip from `frame` on.", (int)ReplyType::installed},
    EnumValue{"returned", "The audio thread is done with program `id`; free it.", (int)ReplyType::returned},
    EnumValue{"fault", "Something was contained: `id` is the effect (1..) or 0 for a voice.", (int)ReplyType::fault},
    EnumValue{"pong", "Answer to ping `id`: all records before it were drained.", (int)ReplyType::pong},
    EnumValue{"resetDone", "The reset took effect at `frame`; `id` is the seed.", (int)ReplyType::resetDone},
    EnumValue{"tableReturned", "The audio thread is done with song table `id`; free it.",
              (int)ReplyType::tableReturned},
    EnumValue{"governed", "Level `id` of the governor holds from `frame` on.", (int)ReplyType::governed},
};
static_assert(kReplyTypes.size() == (std::size_t)ReplyType::count - 1);

inline constexpr std::array kReasons{
    EnumValue{"ended", "Its envelopes are over or it fell silent.", (int)Reason::ended},
    EnumValue{"stolen", "A newer note took its place.", (int)Reason::stolen},
    EnumValue{"panic", "Panic, reset or the program was taken away.", (int)Reason::panic},
    EnumValue{"badNumber", "The voice or effect made a value that is not finite.", (int)Reason::badNumber},
    EnumValue{"unknownProgram", "The handle names no program or table that is ready.", (int)Reason::unknownProgram},
    EnumValue{"noProgram", "The strip has no program.", (int)Reason::noProgram},
    EnumValue{"badTarget", "No such strip, device, parameter or tap.", (int)Reason::badTarget},
    EnumValue{"staleGeneration", "The record was meant for an earlier engine.", (int)Reason::staleGeneration},
    EnumValue{"malformed", "A field is out of range or not finite.", (int)Reason::malformed},
    EnumValue{"effectReset", "The effect was emptied and fades back in.", (int)Reason::effectReset},
    EnumValue{"effectBypassed", "Third time in ten seconds: the effect is bypassed.", (int)Reason::effectBypassed},
    EnumValue{"choked", "Another pad of its choke group was struck.", (int)Reason::choked},
    EnumValue{"noPad", "The kit has no pad on this key.", (int)Reason::noPad},
};
static_assert(kReasons.size() == (std::size_t)Reason::count);

inline constexpr std::array kReplyFields{
    Field{"type", "REPLY_TYPE", "u16", offsetof(Reply, type)},
    Field{"reason", "REASON", "u16", offsetof(Reply, reason)},
    Field{"target", "Strip.", "u32", offsetof(Reply, target)},
    Field{"frame", "Engine frame.", "i64", offsetof(Reply, frame)},
    Field{"id", "Note id, handle, token, device or level, by type.", "u32", offsetof(Reply, id)},
    Field{"event", "EVENT that was refused.", "u32", offsetof(Reply, event)},
};

}  // namespace table
}  // namespace sl
