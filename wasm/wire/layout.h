// The map of the shared memory: one header at the address `engine_wire()` gives, holding the address of everything that
// threads share. All threads.
//
//   0                 stack of the allocating instance (linked first), then static data
//   __heap_base       heap of the allocating instance (core/heap.h): the wire block below, the audio instance's stack,
//   the
//                     shared waveform tables, programs with their voices and effects
//   end               initial = maximum, never grows
#pragma once
#include <array>

#include "wire/command.h"
#include "wire/log.h"
#include "wire/plan.h"
#include "wire/reply.h"
#include "wire/ring.h"
#include "wire/seqlock.h"
#include "wire/tap.h"

namespace sl {

inline constexpr uint32_t kWireMagic = 0x4d4c5331;  // "1SLM"
inline constexpr uint32_t kStrips = 4;              ///< strip 0 is the audition strip
inline constexpr uint32_t kMaxRenderFrames = 4096;
inline constexpr uint32_t kCommandCapacity = 4096;
inline constexpr uint32_t kReplyCapacity = 4096;
inline constexpr uint32_t kReturnCapacity = 1024;
inline constexpr uint32_t kLogCapacity = 131072;
inline constexpr uint32_t kTapCapacity = 65536;
inline constexpr uint32_t kMaxPrograms = 512;

enum class Producer : uint32_t { control, main, agent, count };
enum class SlotId : uint32_t { status, master, strips, count = strips + kStrips };
enum class TapId : uint32_t { master, audition, count };

struct Engine;
struct Tables;

struct WireHeader {
  uint32_t magic;
  uint32_t generation;
  float sampleRate;
  uint32_t seed;
  uint32_t commands[(int)Producer::count];
  uint32_t replies;
  uint32_t returns;
  uint32_t slots;
  uint32_t taps[(int)TapId::count];
  uint32_t log;
  uint32_t outputLeft;
  uint32_t outputRight;
  uint32_t stackBase;
  uint32_t stackEnd;
  uint32_t error[4];
  Engine* engine;
  Tables* tables;
};

/// The one mutable static of the module: both instances on a memory find everything through it.
WireHeader& wire() noexcept;

namespace table {

inline constexpr std::array kWireFields{
    Field{"magic", "wireMagic once the engine exists.", "u32", offsetof(WireHeader, magic)},
    Field{"generation", "Counts rebuilds.", "u32", offsetof(WireHeader, generation)},
    Field{"sampleRate", "Hz.", "f32", offsetof(WireHeader, sampleRate)},
    Field{"seed", "Of engine_create.", "u32", offsetof(WireHeader, seed)},
    Field{"commands", "Command rings by PRODUCER.", "u32", offsetof(WireHeader, commands), 3},
    Field{"replies", "Reply ring, read by the main thread.", "u32", offsetof(WireHeader, replies)},
    Field{"returns", "Reply ring of returned programs, read by the control worker.", "u32",
          offsetof(WireHeader, returns)},
    Field{"slots", "Seqlock slots by SLOT, each slot.size bytes.", "u32", offsetof(WireHeader, slots)},
    Field{"taps", "Tap rings by TAP.", "u32", offsetof(WireHeader, taps), 2},
    Field{"log", "Replay log.", "u32", offsetof(WireHeader, log)},
    Field{"outputLeft", "maxRenderFrames floats.", "u32", offsetof(WireHeader, outputLeft)},
    Field{"outputRight", "maxRenderFrames floats.", "u32", offsetof(WireHeader, outputRight)},
    Field{"stackBase", "Stack of the audio instance, first byte.", "u32", offsetof(WireHeader, stackBase)},
    Field{"stackEnd", "Stack of the audio instance, one past the last byte.", "u32", offsetof(WireHeader, stackEnd)},
    Field{"error", "Last refused program: PLAN_ERROR, section, index, byte offset.", "u32", offsetof(WireHeader, error),
          4},
};

inline constexpr std::array kProducers{
    EnumValue{"control", "The control worker.", (int)Producer::control},
    EnumValue{"main", "The main thread.", (int)Producer::main},
    EnumValue{"agent", "Any one other thread.", (int)Producer::agent},
};
inline constexpr std::array kTaps{
    EnumValue{"master", "After the master chain.", (int)TapId::master},
    EnumValue{"audition", "The audition strip, before the master.", (int)TapId::audition},
};
inline constexpr std::array kSlots{
    EnumValue{"status", "Engine frame, voices and counters: always written.", (int)SlotId::status},
    EnumValue{"master", "Levels after the master chain.", (int)SlotId::master},
    EnumValue{"strips", "Levels of strip 0 (audition); the others follow.", (int)SlotId::strips},
};

/// Payload words of the level slots (float bits), and of the status slot.
inline constexpr std::array kLevelWords{
    EnumValue{"peakLeft", "Highest absolute sample of the last levelWindowFrames frames, linear (f32).", 0},
    EnumValue{"peakRight", "(f32)", 1},
    EnumValue{"rmsLeft", "Highest RMS over levelStepFrames in the same frames, linear (f32).", 2},
    EnumValue{"rmsRight", "(f32)", 3},
};
inline constexpr std::array kStatusWords{
    EnumValue{"frameLow", "Engine frame, low word.", 0},
    EnumValue{"frameHigh", "Engine frame, high word.", 1},
    EnumValue{"voices", "Sounding voices.", 2},
    EnumValue{"groups", "Groups of four voices that are computed.", 3},
    EnumValue{"maxVoices", "Polyphony of the audition strip's program.", 4},
    EnumValue{"late", "Commands that arrived after their frame.", 5},
    EnumValue{"stale", "Records of an earlier generation, dropped.", 6},
    EnumValue{"badVoices", "Voices ended because they were not finite.", 7},
    EnumValue{"badEffects", "Effects emptied because they were not finite.", 8},
    EnumValue{"refused", "Commands refused.", 9},
    EnumValue{"queued", "Commands that wait for their frame.", 10},
    EnumValue{"lostReplies", "Replies that found a full ring.", 11},
    EnumValue{"program", "Handle of the audition strip's program, 0: none.", 12},
    EnumValue{"latencyFrames", "Latency of the master chain.", 13},
};

inline constexpr std::array kLimits{
    Constant{"wireMagic", "First word of the wire header.", kWireMagic},
    Constant{"microBlock", "Frames in a micro-block.", 32},
    Constant{"strips", "Mixer strips; 0 is the audition strip.", kStrips},
    Constant{"maxRenderFrames", "Most frames in one engine_render.", kMaxRenderFrames},
    Constant{"recordBytes", "Bytes of a command or reply.", kRecordBytes},
    Constant{"commandCapacity", "Records in a command ring.", kCommandCapacity},
    Constant{"logCapacity", "Records in the replay log.", kLogCapacity},
    Constant{"maxPrograms", "Programs held at once.", kMaxPrograms},
    Constant{"maxUnits", "Units in a patch.", kMaxUnits},
    Constant{"maxVoices", "Polyphony of a patch.", kMaxVoices},
    Constant{"maxEffects", "Effects in a chain.", kMaxEffects},
    Constant{"maxPlanBytes", "Bytes of a plan.", kMaxPlanBytes},
    Constant{"maxHarmonics", "Harmonics of a baked waveform.", kMaxHarmonics},
    Constant{"maxInputs", "Inputs or outputs of one operation.", kMaxPorts},
    Constant{"levelWindowFrames", "Frames a level slot looks back.", 1600},
    Constant{"levelStepFrames", "Frames of one RMS reading.", 160},
};

}  // namespace table
}  // namespace sl
