// The plan: a compiled patch with its effect chain as flat bytes, little-endian, written by src/compile, read by
// engine/plan_load. Never trusted: every index and size is checked.
#pragma once
#include <array>

#include "core/record.h"

namespace sl {

inline constexpr uint32_t kPlanMagic = 0x504c5331;  // "1SLP"
inline constexpr uint32_t kMaxUnits = 256;
inline constexpr uint32_t kMaxOps = 1024;
inline constexpr uint32_t kMaxWires = 256;
inline constexpr uint32_t kMaxPorts = 16;
inline constexpr uint32_t kMaxVoices = 256;
inline constexpr uint32_t kMaxEffects = 16;
inline constexpr uint32_t kMaxChain = 64;  ///< effects with those in racks, and the ends of racks and branches
inline constexpr uint32_t kMaxBranches = 8;
inline constexpr uint32_t kMaxHarmonics = 1024;
inline constexpr uint32_t kMaxPlanBytes = 1 << 20;
inline constexpr uint16_t kNoWire = 0xffff;
inline constexpr uint32_t kNoKnob = 0xffffffff;
inline constexpr uint32_t kMaxAmounts = 256;
inline constexpr uint32_t kMaxPads = 128;
inline constexpr uint32_t kMaxPadVoices = 16;
inline constexpr uint32_t kMaxChoke = 31;
inline constexpr uint32_t kKeys = 128;  ///< of a keyboard: MIDI notes

enum class OpKind : uint16_t { unit, sum, pitch, count };
enum class VoiceMode : uint32_t { poly, mono, legato, count };
enum class SourceKind : uint16_t { wire, velocity, key, random, wheel, pressure, bend, timbre, lift, count };

/// Without ops it is a chain of effects alone, for what a return or a strip is sent: no wires and no voices.
/// With pads it is a kit: no ops of its own, but a whole plan for each pad, chosen by key at note-on.
/// Sections follow the header in this order, each 4-byte aligned: ops, ports (u16), params (f32), rows, sources,
/// amounts, tables, harmonics (f32), effects, effect values (f32), pads, and then the pads' plans in their order.
struct PlanHeader {
  uint32_t magic, bytes;
  uint32_t ops, ports, params, rows, sources, amounts, tables, harmonics, effects, effectValues, pads;
  uint32_t wires;
  uint32_t left, right;  ///< wires that leave the voice
  uint32_t voices;       ///< polyphony 1..kMaxVoices, of a kit that of all pads together; 0 without ops or pads
  uint32_t mode;         ///< VoiceMode
  float glideSeconds;
  float gainDb;
  float voiceNs;
};

/// One step per voice group: a unit, a sum of wires, or the modulation of the voice's pitch.
struct PlanOp {
  uint16_t kind, unit;
  uint16_t inputs, outputs;  ///< ports from `firstPort`: inputs, then outputs
  uint32_t firstPort;
  uint32_t firstParam;  ///< into params; as many as the unit has
  uint32_t firstRow;
  uint16_t rows;
  uint16_t table;  ///< index, or kNoWire
  uint32_t asset;  ///< handle of asset_load, 0: none
};

/// One modulated parameter of an op; its sources add up (octaves for a log parameter).
struct PlanRow {
  uint16_t param;  ///< of the op's unit; pitch: 0
  uint16_t sources;
  uint32_t firstSource;
};

struct PlanSource {
  uint16_t kind;
  uint16_t wire;
  float amount;   ///< fixed, unless `knob` names one that can be turned
  uint32_t knob;  ///< index into amounts, or kNoKnob
};

/// A modulation amount that is a parameter of the program, after those of its units: -limit..limit.
struct PlanAmount {
  float value, limit;
};

struct PlanTable {
  uint32_t firstHarmonic, harmonics;
};

/// A rack: its first record opens it; the effects of each branch are followed by a `branch`, which ends it; a `rack`
/// right after the last one closes it. Racks do not nest.
inline constexpr uint8_t kOpens = 1, kEndsBranch = 2, kCloses = 4;

struct PlanEffect {
  uint16_t effect;
  uint8_t bypass;
  uint8_t place;  ///< kOpens, kEndsBranch, kCloses
  uint32_t firstValue;
  uint32_t asset;  ///< handle of asset_load, 0: none
};

/// The keys of a pad sound its plan at `key` + tune, one semitone higher for each key above `low`. No two pads share
/// a key.
struct PlanPad {
  uint16_t low, high;      ///< MIDI notes
  uint16_t choke;          ///< 1..kMaxChoke: a note stops the other pads of its group; 0: none
  uint16_t oneShot;        ///< 1: the key's release changes nothing
  float key;               ///< the note that its plan hears at `low`
  float level, pan, tune;  ///< parameters of the pad, see kPadParams
  uint32_t bytes;          ///< of its plan, a multiple of 4
};

/// Why a plan was refused; details in WireHeader::error.
enum class PlanError : uint32_t { none, size, magic, limit, section, index, number, kind, memory, slots, order, count };

namespace table {

inline constexpr std::array kPlanHeaderFields{
    Field{"magic", "planMagic", "u32", offsetof(PlanHeader, magic)},
    Field{"bytes", "Length of everything.", "u32", offsetof(PlanHeader, bytes)},
    Field{"ops", "Count.", "u32", offsetof(PlanHeader, ops)},
    Field{"ports", "Count, even.", "u32", offsetof(PlanHeader, ports)},
    Field{"params", "Count.", "u32", offsetof(PlanHeader, params)},
    Field{"rows", "Count.", "u32", offsetof(PlanHeader, rows)},
    Field{"sources", "Count.", "u32", offsetof(PlanHeader, sources)},
    Field{"amounts", "Count.", "u32", offsetof(PlanHeader, amounts)},
    Field{"tables", "Count.", "u32", offsetof(PlanHeader, tables)},
    Field{"harmonics", "Count.", "u32", offsetof(PlanHeader, harmonics)},
    Field{"effects", "Count.", "u32", offsetof(PlanHeader, effects)},
    Field{"effectValues", "Count.", "u32", offsetof(PlanHeader, effectValues)},
    Field{"pads", "Count; 0: no kit.", "u32", offsetof(PlanHeader, pads)},
    Field{"wires", "Wire buffers needed.", "u32", offsetof(PlanHeader, wires)},
    Field{"left", "Wire.", "u32", offsetof(PlanHeader, left)},
    Field{"right", "Wire.", "u32", offsetof(PlanHeader, right)},
    Field{"voices", "Polyphony; 0 without ops.", "u32", offsetof(PlanHeader, voices)},
    Field{"mode", "VOICE_MODE", "u32", offsetof(PlanHeader, mode)},
    Field{"glideSeconds", "Seconds from note to note.", "f32", offsetof(PlanHeader, glideSeconds)},
    Field{"gainDb", "Gain after the chain.", "f32", offsetof(PlanHeader, gainDb)},
    Field{"voiceNs", "Estimated nanoseconds of four voices for one micro-block.", "f32", offsetof(PlanHeader, voiceNs)},
};
inline constexpr std::array kPlanOpFields{
    Field{"kind", "OP_KIND", "u16", offsetof(PlanOp, kind)},
    Field{"unit", "Unit index.", "u16", offsetof(PlanOp, unit)},
    Field{"inputs", "Count.", "u16", offsetof(PlanOp, inputs)},
    Field{"outputs", "Count.", "u16", offsetof(PlanOp, outputs)},
    Field{"firstPort", "Index into ports.", "u32", offsetof(PlanOp, firstPort)},
    Field{"firstParam", "Index into params.", "u32", offsetof(PlanOp, firstParam)},
    Field{"firstRow", "Index into rows.", "u32", offsetof(PlanOp, firstRow)},
    Field{"rows", "Count.", "u16", offsetof(PlanOp, rows)},
    Field{"table", "Table index, or 65535.", "u16", offsetof(PlanOp, table)},
    Field{"asset", "Handle of an asset of the unit's kind, or 0.", "u32", offsetof(PlanOp, asset)},
};
inline constexpr std::array kPlanRowFields{
    Field{"param", "Parameter of the unit.", "u16", offsetof(PlanRow, param)},
    Field{"sources", "Count.", "u16", offsetof(PlanRow, sources)},
    Field{"firstSource", "Index into sources.", "u32", offsetof(PlanRow, firstSource)},
};
inline constexpr std::array kPlanSourceFields{
    Field{"kind", "SOURCE_KIND", "u16", offsetof(PlanSource, kind)},
    Field{"wire", "Wire index.", "u16", offsetof(PlanSource, wire)},
    Field{"amount", "At source value 1.", "f32", offsetof(PlanSource, amount)},
    Field{"knob", "Index into amounts in place of `amount`, or noKnob.", "u32", offsetof(PlanSource, knob)},
};
inline constexpr std::array kPlanAmountFields{
    Field{"value", "At source value 1.", "f32", offsetof(PlanAmount, value)},
    Field{"limit", "Highest magnitude.", "f32", offsetof(PlanAmount, limit)},
};
inline constexpr std::array kPlanTableFields{
    Field{"firstHarmonic", "Index into harmonics.", "u32", offsetof(PlanTable, firstHarmonic)},
    Field{"harmonics", "Count.", "u32", offsetof(PlanTable, harmonics)},
};
inline constexpr std::array kPlanEffectFields{
    Field{"effect", "Effect index.", "u16", offsetof(PlanEffect, effect)},
    Field{"bypass", "0 or 1.", "u8", offsetof(PlanEffect, bypass)},
    Field{"place", "RACK_PLACE bits.", "u8", offsetof(PlanEffect, place)},
    Field{"firstValue", "Index into effect values.", "u32", offsetof(PlanEffect, firstValue)},
    Field{"asset", "Handle of an asset of the effect's kind, or 0.", "u32", offsetof(PlanEffect, asset)},
};
inline constexpr std::array kPlanPadFields{
    Field{"low", "Lowest key.", "u16", offsetof(PlanPad, low)},
    Field{"high", "Highest key.", "u16", offsetof(PlanPad, high)},
    Field{"choke", "Group that stops each other, or 0.", "u16", offsetof(PlanPad, choke)},
    Field{"oneShot", "0 or 1.", "u16", offsetof(PlanPad, oneShot)},
    Field{"key", "Note that the plan hears at the lowest key.", "f32", offsetof(PlanPad, key)},
    Field{"level", "Decibels.", "f32", offsetof(PlanPad, level)},
    Field{"pan", "-1..1.", "f32", offsetof(PlanPad, pan)},
    Field{"tune", "Semitones.", "f32", offsetof(PlanPad, tune)},
    Field{"bytes", "Length of the pad's plan.", "u32", offsetof(PlanPad, bytes)},
};

inline constexpr std::array kRackPlaces{
    EnumValue{"opens", "The first of a rack.", kOpens},
    EnumValue{"endsBranch", "A `branch`: the last of a branch.", kEndsBranch},
    EnumValue{"closes", "A `rack`: the last of a rack.", kCloses},
};

inline constexpr std::array kOpKinds{
    EnumValue{"unit", "A unit generator.", (int)OpKind::unit},
    EnumValue{"sum", "Adds its inputs.", (int)OpKind::sum},
    EnumValue{"pitch", "Adds modulation to the voice's pitch.", (int)OpKind::pitch},
};
inline constexpr std::array kVoiceModes{
    EnumValue{"poly", "A voice per note.", (int)VoiceMode::poly},
    EnumValue{"mono", "One voice, struck anew by each note.", (int)VoiceMode::mono},
    EnumValue{"legato", "One voice that glides while notes overlap.", (int)VoiceMode::legato},
};
inline constexpr std::array kSourceKinds{
    EnumValue{"wire", "A unit's output.", (int)SourceKind::wire},
    EnumValue{"velocity", "0..1", (int)SourceKind::velocity},
    EnumValue{"key", "Octaves from C4 (note 60).", (int)SourceKind::key},
    EnumValue{"random", "-1..1, drawn per note.", (int)SourceKind::random},
    EnumValue{"wheel", "0..1", (int)SourceKind::wheel},
    EnumValue{"pressure", "Of the note or of all notes, whichever is more, 0..1.", (int)SourceKind::pressure},
    EnumValue{"bend", "-1..1", (int)SourceKind::bend},
    EnumValue{"timbre", "Of the note or of all notes, whichever is more, 0..1.", (int)SourceKind::timbre},
    EnumValue{"lift", "Velocity of the release, 0..1; 0 while the key is down.", (int)SourceKind::lift},
};
inline constexpr std::array kPlanErrors{
    EnumValue{"none", "Accepted.", (int)PlanError::none},
    EnumValue{"size", "The length does not match the sections.", (int)PlanError::size},
    EnumValue{"magic", "Not a plan of this build.", (int)PlanError::magic},
    EnumValue{"limit", "A count is over its limit.", (int)PlanError::limit},
    EnumValue{"section", "A range leaves its section.", (int)PlanError::section},
    EnumValue{"index", "An index names nothing.", (int)PlanError::index},
    EnumValue{"number", "A number is not finite or out of range.", (int)PlanError::number},
    EnumValue{"kind", "An unknown kind or a count that the kind does not allow.", (int)PlanError::kind},
    EnumValue{"memory", "The engine's memory is full.", (int)PlanError::memory},
    EnumValue{"slots", "Too many programs, song tables or assets are held.", (int)PlanError::slots},
    EnumValue{"order", "Records of a song table are not in order.", (int)PlanError::order},
};
static_assert(kPlanErrors.size() == (std::size_t)PlanError::count);

inline constexpr std::array kPlanConstants{
    Constant{"planMagic", "First word of a plan.", kPlanMagic},
    Constant{"noKnob", "A modulation whose amount is fixed.", kNoKnob},
    Constant{"noWire", "An input that nothing is patched to.", kNoWire},
    Constant{"maxOps", "Operations in a plan.", kMaxOps},
    Constant{"maxWires", "Wires of a plan.", kMaxWires},
    Constant{"maxPads", "Pads of a kit.", kMaxPads},
    Constant{"maxPadVoices", "Voices of one pad.", kMaxPadVoices},
    Constant{"maxChoke", "Choke groups of a kit.", kMaxChoke},
};

}  // namespace table
}  // namespace sl
