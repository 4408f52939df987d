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

#include "core/governor.h"
#include "wire/command.h"
#include "wire/log.h"
#include "wire/plan.h"
#include "wire/reply.h"
#include "wire/ring.h"
#include "wire/seqlock.h"
#include "wire/song.h"
#include "wire/tap.h"

namespace sl {

inline constexpr uint32_t kWireMagic = 0x4d4c5331;  // "1SLM"
inline constexpr uint32_t kTracks = 64;
inline constexpr uint32_t kReturns = 8;
inline constexpr uint32_t kFirstTrack = 1;
inline constexpr uint32_t kFirstReturn = kFirstTrack + kTracks;
inline constexpr uint32_t kStrips = kFirstReturn + kReturns;  ///< strip 0 is the audition strip
inline constexpr uint32_t kMaxRenderFrames = 4096;
inline constexpr uint32_t kCommandCapacity = 4096;
inline constexpr uint32_t kReplyCapacity = 4096;
inline constexpr uint32_t kReturnCapacity = 1024;
inline constexpr uint32_t kLogCapacity = 131072;
inline constexpr uint32_t kTapCapacity = 65536;
inline constexpr uint32_t kMaxPrograms = 512;
inline constexpr uint32_t kMaxTables = 512;
inline constexpr uint32_t kAnalysisTaps = 4;

enum class Producer : uint32_t { control, main, agent, count };
enum class SlotId : uint32_t {
  status,
  master,
  transport,
  load,
  strips,
  reductions = strips + kStrips,
  count = reductions + kStrips + 1
};
enum class TransportStatus : uint32_t { stopped, playing, paused, countingIn };
inline constexpr uint32_t kTransportLoops = 1, kTransportClicks = 2;
enum class TapId : uint32_t { master, audition, analysis, count = analysis + kAnalysisTaps };

/// A slot of gain reductions: a word for each effect that has one, in the order of the chain, as many as fit; the rest
/// is 0. High half: the effect, from 1; low half: what it took off at most lately, in steps of a decibel.
inline constexpr int kReductionSteps = 100;
inline constexpr uint32_t kReductionWindowBlocks = 25;  ///< a reading covers this many micro-blocks, up to twice

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
    Field{"taps", "Tap rings by TAP.", "u32", offsetof(WireHeader, taps), (int)TapId::count},
    Field{"log", "Replay log.", "u32", offsetof(WireHeader, log)},
    Field{"outputLeft", "maxRenderFrames floats.", "u32", offsetof(WireHeader, outputLeft)},
    Field{"outputRight", "maxRenderFrames floats.", "u32", offsetof(WireHeader, outputRight)},
    Field{"stackBase", "Stack of the audio instance, first byte.", "u32", offsetof(WireHeader, stackBase)},
    Field{"stackEnd", "Stack of the audio instance, one past the last byte.", "u32", offsetof(WireHeader, stackEnd)},
    Field{"error", "Last refused plan or song table: PLAN_ERROR, section, index, byte offset.", "u32",
          offsetof(WireHeader, error), 4},
};

inline constexpr std::array kProducers{
    EnumValue{"control", "The control worker.", (int)Producer::control},
    EnumValue{"main", "The main thread.", (int)Producer::main},
    EnumValue{"agent", "Any one other thread.", (int)Producer::agent},
};
inline constexpr std::array kTaps{
    EnumValue{"master", "After the master chain.", (int)TapId::master},
    EnumValue{"audition", "The audition strip, before the master.", (int)TapId::audition},
    EnumValue{"analysis", "The first of analysisTaps taps that the analyzer points where it listens.",
              (int)TapId::analysis},
};
inline constexpr std::array kSlots{
    EnumValue{"status", "Engine frame, voices and counters: always written.", (int)SlotId::status},
    EnumValue{"master", "Levels after the master chain.", (int)SlotId::master},
    EnumValue{"transport", "Where the song stands: always written.", (int)SlotId::transport},
    EnumValue{"load", "What the last call of the host is estimated to cost: only while somebody listens.",
              (int)SlotId::load},
    EnumValue{"strips", "Levels of strip 0 (audition); the others follow.", (int)SlotId::strips},
    EnumValue{"reductions", "Gain reductions of strip 0; the others follow, then the master.", (int)SlotId::reductions},
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
    EnumValue{"latencyFrames", "Latency of the mix: the delays that align the strips and the master chain.", 13},
    EnumValue{"stolen", "Voices that ended early to make room for a newer note, or for the governor.", 14},
    EnumValue{"governor", "Level of the governor.", 15},
};

/// Payload words of the load slot.
inline constexpr std::array kLoadWords{
    EnumValue{"frameLow", "Engine frame after the call, low word.", 0},
    EnumValue{"frameHigh", "High word.", 1},
    EnumValue{"totalNs", "Estimated nanoseconds of everything in the dearest micro-block of the call (f32).", 2},
    EnumValue{"strip", "Strip of the most expensive device in it; strips: the master chain.", 3},
    EnumValue{"device", "0 the instrument, 1.. the effects.", 4},
    EnumValue{"deviceNs", "Estimated nanoseconds of that device in that micro-block (f32); 0: nothing ran.", 5},
};

inline constexpr std::array kTransportStatus{
    EnumValue{"stopped", "At rest.", (int)TransportStatus::stopped},
    EnumValue{"playing", "The song moves.", (int)TransportStatus::playing},
    EnumValue{"paused", "At rest where it was paused.", (int)TransportStatus::paused},
    EnumValue{"countingIn", "The metronome counts before the song moves.", (int)TransportStatus::countingIn},
};
inline constexpr std::array kTransportFlags{
    EnumValue{"loop", "The loop is on.", kTransportLoops},
    EnumValue{"metronome", "The metronome is on.", kTransportClicks},
};
/// Payload words of the transport slot; written once in 160 frames and whenever the state changes, pumps included.
inline constexpr std::array kTransportWords{
    EnumValue{"status", "TRANSPORT_STATUS", 0},
    EnumValue{"flags", "TRANSPORT_FLAG", 1},
    EnumValue{"engineLow", "Engine frame at which all of this holds, low word.", 2},
    EnumValue{"engineHigh", "High word.", 3},
    EnumValue{"positionLow", "Song frame, low word.", 4},
    EnumValue{"positionHigh", "High word.", 5},
    EnumValue{"tickLow", "Song position in whole ticks (floor), low word.", 6},
    EnumValue{"tickHigh", "High word.", 7},
    EnumValue{"tickFraction", "0..1 (f32)", 8},
    EnumValue{"bpm", "Quarter notes per minute here (f32).", 9},
    EnumValue{"numerator", "Signature here.", 10},
    EnumValue{"denominator", "Signature here.", 11},
    EnumValue{"bar", "From 0.", 12},
    EnumValue{"beat", "In the bar, from 0, in units of the denominator.", 13},
    EnumValue{"tickOfBeat", "Ticks since that beat.", 14},
    EnumValue{"loopStartLow", "Loop start in ticks, low word.", 15},
    EnumValue{"loopStartHigh", "High word.", 16},
    EnumValue{"loopEndLow", "Loop end in ticks, low word.", 17},
    EnumValue{"loopEndHigh", "High word.", 18},
    EnumValue{"countInLeft", "Beats of count-in still to come.", 19},
    EnumValue{"dropped", "Song events that found no room: a fault, counted since the reset.", 20},
    EnumValue{"late", "Song events played after their frame: a fault, counted since the reset.", 21},
    EnumValue{"timeline", "Handle of the tempo table, 0: the built-in 120 bpm.", 22},
};

inline constexpr std::array kLimits{
    Constant{"wireMagic", "First word of the wire header.", kWireMagic},
    Constant{"microBlock", "Frames in a micro-block.", 32},
    Constant{"strips", "Mixer strips; 0 is the audition strip.", kStrips},
    Constant{"tracks", "Strips of tracks.", kTracks},
    Constant{"firstTrack", "First strip that is a track.", kFirstTrack},
    Constant{"returns", "Strips of returns.", kReturns},
    Constant{"firstReturn", "First strip that is a return.", kFirstReturn},
    Constant{"maxTables", "Song tables held at once.", kMaxTables},
    Constant{"analysisTaps", "Taps for analysis.", kAnalysisTaps},
    Constant{"maxRenderFrames", "Most frames in one engine_render.", kMaxRenderFrames},
    Constant{"recordBytes", "Bytes of a command or reply.", kRecordBytes},
    Constant{"commandCapacity", "Records in a command ring.", kCommandCapacity},
    Constant{"logCapacity", "Records in the replay log.", kLogCapacity},
    Constant{"maxPrograms", "Programs held at once.", kMaxPrograms},
    Constant{"maxUnits", "Units in a patch.", kMaxUnits},
    Constant{"maxVoices", "Polyphony of a patch.", kMaxVoices},
    Constant{"maxEffects", "Effects in a chain.", kMaxEffects},
    Constant{"maxChain", "Effects with those in racks, and the ends of racks and branches.", kMaxChain},
    Constant{"maxBranches", "Branches of a rack.", kMaxBranches},
    Constant{"maxPlanBytes", "Bytes of a plan.", kMaxPlanBytes},
    Constant{"maxHarmonics", "Harmonics of a baked waveform.", kMaxHarmonics},
    Constant{"maxInputs", "Inputs or outputs of one operation.", kMaxPorts},
    Constant{"levelWindowFrames", "Frames a level slot looks back.", 1600},
    Constant{"levelStepFrames", "Frames of one RMS reading.", 160},
    Constant{"topLevel", "Highest level of the governor.", kTopLevel},
    Constant{"reductionSteps",
             "Steps of a decibel in the low half of a word of gain reduction; the high half is the effect, from 1.",
             kReductionSteps},
    Constant{"slotWords", "Payload words of a slot.", kSlotWords},
};

}  // namespace table
}  // namespace sl
