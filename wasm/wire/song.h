// Song tables: tempo map, a track's events, a track's automation, the routing of all strips as flat bytes,
// little-endian, written by src/compile, read by the engine. Never trusted: every count, order and number is checked
// when a table is loaded.
#pragma once
#include <array>

#include "core/record.h"
#include "wire/command.h"

namespace sl {

inline constexpr uint32_t kSongMagic = 0x54534c31;  // "1LST"
inline constexpr int64_t kTicksPerBeat = 15360;     ///< a beat is a quarter note
inline constexpr double kMinBpm = 20., kMaxBpm = 300.;
inline constexpr int64_t kMaxTick = kTicksPerBeat * 300 * 60 * 24;  ///< 24 h at 300 bpm
inline constexpr uint32_t kMaxTempoPoints = 4096;
inline constexpr uint32_t kMaxSignatures = 4096;
inline constexpr uint32_t kMaxSongEvents = 1u << 20;
inline constexpr uint32_t kMaxNotePoints = 4096;            ///< of one note
inline constexpr uint32_t kMaxExpressionPoints = 1u << 18;  ///< of a track
inline constexpr uint32_t kMaxLanes = 256;
inline constexpr uint32_t kMaxAutomationPoints = 1u << 18;
inline constexpr uint32_t kMaxRoutePaths = 2048;
inline constexpr uint32_t kMaxPathFrames = 1u << 17;  ///< longest delay of a path
inline constexpr uint32_t kMaxControlBuses = 16;
inline constexpr uint32_t kMaxControlRoutes = 64;
inline constexpr int kMaxStripShifts = 16;  ///< parameters of a chain, or of an instrument, that buses move

enum class SongTableKind : uint32_t { timeline, clips, automation, routing, controls, count };
enum class SongEventKind : uint16_t { note, bend, wheel, pressure, sustain, timbre, count };
enum class LaneTarget : uint32_t { gain, pan, mute, send, param, bypass, count };
enum class PathKind : uint32_t { output, send, side, voices, count };
enum class ControlKind : uint32_t { lfo, follower, macro, count };
enum class ControlShape : uint32_t { sine, triangle, saw, ramp, square, random, count };

/// Sections follow the header, each 8-byte aligned. timeline: `first` TempoPoints, `second` SignaturePoints; clips:
/// `first` SongEvents, `second` NotePoints; automation: `first` AutomationLanes, `second` AutomationPoints; routing:
/// `first` RouteStrips, `second` RoutePaths; controls: `first` ControlBuses, `second` ControlRoutes.
struct SongTable {
  uint32_t magic, bytes;
  uint32_t kind;  ///< SongTableKind
  uint32_t first, second;
  uint32_t latencyFrames;  ///< routing: of the whole mix before the master; else 0
};

/// Sorted by tick, the first at 0. A ramp is linear in beats up to the next point's bpm; the last point never ramps.
struct TempoPoint {
  int64_t tick;
  double bpm;
  uint32_t ramp;
  uint32_t unused;
};

/// Sorted by tick, the first at 0, each at a bar line of the one before.
struct SignaturePoint {
  int64_t tick;
  uint32_t numerator, denominator;
};

/// Sorted by tick; equal ticks: controllers before notes, else as compiled. Notes: `value` MIDI note number, `length`
/// in ticks, > 0; its expressions are the next `points` NotePoints from `firstPoint`, each note's after those of the
/// note before. Controllers: `value` as in the command of that name, `extra` the bend range in semitones.
struct SongEvent {
  int64_t tick, length;
  uint16_t kind;  ///< SongEventKind
  uint16_t points;
  float value, velocity;
  union {
    float extra;
    uint32_t firstPoint;
  };
};

/// From `tick` on, of one note: sorted by tick, from its start to before its end. It stays until the next of its kind.
struct NotePoint {
  int64_t tick;
  uint32_t kind;  ///< Expression
  float value;
};

/// Points from `firstPoint`, sorted by tick, at least one. `index`: return of a send; effect (1..) of a bypass.
struct AutomationLane {
  uint32_t target;  ///< LaneTarget
  uint32_t index;
  uint16_t device, param;  ///< param: as in setParam
  uint32_t firstPoint, points;
  uint32_t unused;
};

/// `value` in the plain unit of the target. Between points the value moves in the parameter's own domain (octaves for a
/// log curve, dB for gains): x is 0..1 between them, y = x for curve 0, else (exp(-k x) - 1) / (exp(-k) - 1), k = 8
/// curve. hold: stays until the next point. Before the first point its value holds, after the last the last.
struct AutomationPoint {
  int64_t tick;
  float value;
  float curve;  ///< -1..1
  uint32_t hold;
  uint32_t unused;
};

/// Every strip once, in the order in which they run: whoever is heard by another strip runs before it, but for
/// feedback.
struct RouteStrip {
  uint32_t strip;
  uint32_t output;    ///< a later strip that takes input; strips: the master
  uint32_t input;     ///< 1: hears what others send to it
  uint32_t feedback;  ///< bit i: its send to return i arrives one micro-block later
};

/// A path that has a delay, so that what meets is aligned, or that leads a signal to the side input of an effect.
/// `target`: return of a send; listening strip of a side. `roomFrames`: the delay may be as long without a click.
struct RoutePath {
  uint32_t kind;  ///< PathKind
  uint32_t strip;
  uint32_t target;
  uint16_t device;  ///< side: effect from 1
  uint16_t pre;     ///< side: 1 before the fader
  uint32_t delayFrames, roomFrames;
};

/// A value that moves by itself, or that a hand moves. lfo: -1..1, `beats` 0: at `rateHz`, else a cycle of so many
/// quarter notes of the song. follower: how loud `strip` is after its fader, 0..1, one micro-block late. macro:
/// `value`.
struct ControlBus {
  uint32_t id;  ///< keeps its state from table to table
  uint32_t kind, shape, strip;
  float rateHz, beats;
  float phase;  ///< 0..1 of a cycle
  float attackSeconds, releaseSeconds;
  float gain;   ///< of a follower, linear
  float value;  ///< of a macro, 0..1
  uint32_t unused;
};

/// Adds `amount` times the bus, as a share of the parameter's whole range (on a log curve of its octaves).
struct ControlRoute {
  uint32_t bus, strip;
  uint16_t device, param;  ///< as in setParam
  float amount;            ///< -1..1
};

static_assert(sizeof(ControlBus) == 48 && sizeof(ControlRoute) == 16);
static_assert(sizeof(RouteStrip) == 16 && sizeof(RoutePath) == 24);
static_assert(sizeof(SongTable) == 24 && sizeof(TempoPoint) == 24 && sizeof(SignaturePoint) == 16 &&
              sizeof(SongEvent) == 32 && sizeof(NotePoint) == 16 && sizeof(AutomationLane) == 24 &&
              sizeof(AutomationPoint) == 24);

namespace table {

inline constexpr std::array kSongTableFields{
    SL_FIELD(SongTable, magic, "songMagic"),
    SL_FIELD(SongTable, bytes, "Length of the whole table."),
    SL_FIELD(SongTable, kind, "SONG_TABLE_KIND"),
    SL_FIELD(SongTable, first, "Records of the first section."),
    SL_FIELD(SongTable, second, "Records of the second section."),
    SL_FIELD(SongTable, latencyFrames, "routing: of the whole mix before the master.")};
inline constexpr std::array kTempoPointFields{
    SL_FIELD(TempoPoint, tick, "From 0."), SL_FIELD(TempoPoint, bpm, "20..300"),
    SL_FIELD(TempoPoint, ramp, "1: linear in beats to the next point; 0: constant.")};
inline constexpr std::array kSignaturePointFields{SL_FIELD(SignaturePoint, tick, "At a bar line."),
                                                  SL_FIELD(SignaturePoint, numerator, "1..32"),
                                                  SL_FIELD(SignaturePoint, denominator, "1, 2, 4, 8, 16 or 32")};
inline constexpr std::array kSongEventFields{SL_FIELD(SongEvent, tick, "From 0."),
                                             SL_FIELD(SongEvent, length, "Notes: ticks."),
                                             SL_FIELD(SongEvent, kind, "SONG_EVENT_KIND"),
                                             SL_FIELD(SongEvent, value, "Note number, or controller value."),
                                             SL_FIELD(SongEvent, velocity, "Notes: 0..1."),
                                             SL_FIELD(SongEvent, extra, "bend: range in semitones."),
                                             SL_FIELD(SongEvent, points, "Notes: count of their expressions."),
                                             SL_FIELD(SongEvent, firstPoint, "Notes: index of the first expression.")};
inline constexpr std::array kNotePointFields{SL_FIELD(NotePoint, tick, "Of the song, within the note."),
                                             SL_FIELD(NotePoint, kind, "EXPRESSION"),
                                             SL_FIELD(NotePoint, value, "In the unit of its kind.")};
inline constexpr std::array kAutomationLaneFields{SL_FIELD(AutomationLane, target, "LANE_TARGET"),
                                                  SL_FIELD(AutomationLane, index, "Return, or effect from 1."),
                                                  SL_FIELD(AutomationLane, device, "As in setParam."),
                                                  SL_FIELD(AutomationLane, param, "As in setParam."),
                                                  SL_FIELD(AutomationLane, firstPoint, "Index of its first point."),
                                                  SL_FIELD(AutomationLane, points, "1 or more.")};
inline constexpr std::array kAutomationPointFields{
    SL_FIELD(AutomationPoint, tick, "From 0."), SL_FIELD(AutomationPoint, value, "Plain unit; options by index."),
    SL_FIELD(AutomationPoint, curve, "-1..1"), SL_FIELD(AutomationPoint, hold, "1: stays until the next point.")};

inline constexpr std::array kRouteStripFields{SL_FIELD(RouteStrip, strip, "Each once, in running order."),
                                              SL_FIELD(RouteStrip, output, "A later strip, or strips: the master."),
                                              SL_FIELD(RouteStrip, input, "1: hears what others send to it."),
                                              SL_FIELD(RouteStrip, feedback, "Bit i: send i is one block late.")};
inline constexpr std::array kRoutePathFields{
    SL_FIELD(RoutePath, kind, "PATH_KIND"),
    SL_FIELD(RoutePath, strip, "Where it begins."),
    SL_FIELD(RoutePath, target, "Return of a send; listening strip of a side."),
    SL_FIELD(RoutePath, device, "side: effect from 1."),
    SL_FIELD(RoutePath, pre, "side: 1 before the fader."),
    SL_FIELD(RoutePath, delayFrames, "Delay of the path."),
    SL_FIELD(RoutePath, roomFrames, "Longest delay that it can go to without a click.")};
inline constexpr std::array kPathKinds{
    EnumValue{"output", "From a strip's fader to its output.", (int)PathKind::output},
    EnumValue{"send", "From a strip to return `target`.", (int)PathKind::send},
    EnumValue{"side", "From a strip to the side input of an effect of strip `target`.", (int)PathKind::side},
    EnumValue{"voices", "From a strip's voices to its effects.", (int)PathKind::voices},
};

inline constexpr std::array kControlBusFields{SL_FIELD(ControlBus, id, "The same from table to table."),
                                              SL_FIELD(ControlBus, kind, "CONTROL_KIND"),
                                              SL_FIELD(ControlBus, shape, "CONTROL_SHAPE of an lfo."),
                                              SL_FIELD(ControlBus, strip, "Strip of a follower."),
                                              SL_FIELD(ControlBus, rateHz, "Of a free lfo, 0.01..50."),
                                              SL_FIELD(ControlBus, beats, "Quarter notes of a cycle, 0: free."),
                                              SL_FIELD(ControlBus, phase, "0..1"),
                                              SL_FIELD(ControlBus, attackSeconds, "0.001..10"),
                                              SL_FIELD(ControlBus, releaseSeconds, "0.001..10"),
                                              SL_FIELD(ControlBus, gain, "Of a follower, linear, 0..100."),
                                              SL_FIELD(ControlBus, value, "Of a macro, 0..1.")};
inline constexpr std::array kControlRouteFields{
    SL_FIELD(ControlRoute, bus, "Index of a bus."), SL_FIELD(ControlRoute, strip, "Of the device."),
    SL_FIELD(ControlRoute, device, "As in setParam."), SL_FIELD(ControlRoute, param, "As in setParam."),
    SL_FIELD(ControlRoute, amount, "-1..1 of the whole range.")};
inline constexpr std::array kControlKinds{
    EnumValue{"lfo", "Moves by itself, -1..1.", (int)ControlKind::lfo},
    EnumValue{"follower", "How loud a strip is, 0..1.", (int)ControlKind::follower},
    EnumValue{"macro", "A value that is set, 0..1.", (int)ControlKind::macro},
};
inline constexpr std::array kControlShapes{
    EnumValue{"sine", "From 0 up.", (int)ControlShape::sine},
    EnumValue{"triangle", "From 0 up.", (int)ControlShape::triangle},
    EnumValue{"saw", "From 1 down to -1.", (int)ControlShape::saw},
    EnumValue{"ramp", "From -1 up to 1.", (int)ControlShape::ramp},
    EnumValue{"square", "1, then -1.", (int)ControlShape::square},
    EnumValue{"random", "Another value with each cycle.", (int)ControlShape::random},
};

inline constexpr std::array kSongTableKinds{
    EnumValue{"timeline", "Tempo and signatures.", (int)SongTableKind::timeline},
    EnumValue{"clips", "Notes and controllers of a track.", (int)SongTableKind::clips},
    EnumValue{"automation", "Automation of a track.", (int)SongTableKind::automation},
    EnumValue{"routing", "Order, outputs and delays of all strips.", (int)SongTableKind::routing},
    EnumValue{"controls", "Control buses and the parameters that follow them.", (int)SongTableKind::controls},
};
inline constexpr std::array kSongEventKinds{
    EnumValue{"note", "A note with its length.", (int)SongEventKind::note},
    EnumValue{"bend", "-1..1", (int)SongEventKind::bend},
    EnumValue{"wheel", "0..1", (int)SongEventKind::wheel},
    EnumValue{"pressure", "0..1", (int)SongEventKind::pressure},
    EnumValue{"sustain", "0 or 1", (int)SongEventKind::sustain},
    EnumValue{"timbre", "0..1", (int)SongEventKind::timbre},
};
inline constexpr std::array kLaneTargets{
    EnumValue{"gain", "Gain of the strip in dB.", (int)LaneTarget::gain},
    EnumValue{"pan", "-1..1", (int)LaneTarget::pan},
    EnumValue{"mute", "0 or 1", (int)LaneTarget::mute},
    EnumValue{"send", "Gain of send `index` in dB.", (int)LaneTarget::send},
    EnumValue{"param", "Parameter of a device.", (int)LaneTarget::param},
    EnumValue{"bypass", "Bypass of effect `index`.", (int)LaneTarget::bypass},
};
inline constexpr std::array kSongConstants{
    Constant{"songMagic", "First word of a song table.", kSongMagic},
    Constant{"ticksPerBeat", "Ticks of a quarter note.", kTicksPerBeat},
    Constant{"minBpm", "Slowest tempo.", (int64_t)kMinBpm},
    Constant{"maxBpm", "Fastest tempo.", (int64_t)kMaxBpm},
    Constant{"maxTick", "Last tick of a song.", kMaxTick},
    Constant{"maxTempoPoints", "Tempo points of a song.", kMaxTempoPoints},
    Constant{"maxSignatures", "Time signatures of a song.", kMaxSignatures},
    Constant{"maxSongEvents", "Events of a track.", kMaxSongEvents},
    Constant{"maxNotePoints", "Expression points of a note.", kMaxNotePoints},
    Constant{"maxExpressionPoints", "Expression points of a track.", kMaxExpressionPoints},
    Constant{"maxLanes", "Automation lanes of a track.", kMaxLanes},
    Constant{"maxAutomationPoints", "Automation points of a track.", kMaxAutomationPoints},
    Constant{"maxRoutePaths", "Delayed paths of a routing table.", kMaxRoutePaths},
    Constant{"maxPathFrames", "Longest delay of a path.", kMaxPathFrames},
    Constant{"maxControlBuses", "Control buses of a song.", kMaxControlBuses},
    Constant{"maxStripShifts", "Parameters of one strip that follow control buses.", kMaxStripShifts},
    Constant{"maxControlRoutes", "Parameters that follow control buses.", kMaxControlRoutes},
};

}  // namespace table
}  // namespace sl
