// Commands to the engine: one 32-byte record each, stamped with a frame or "now". Written by any producer thread, read
// by the audio thread.
#pragma once
#include <array>
#include <limits>

#include "core/record.h"

namespace sl {

enum class Event : uint16_t {
  none,
  noteOn,
  noteOff,
  bend,
  wheel,
  pressure,
  sustain,
  setParam,
  setBypass,
  stripGain,
  installProgram,
  clearStrip,
  masterGain,
  masterMute,
  masterParam,
  masterBypass,
  panic,
  reset,
  tap,
  ping,
  stripPan,
  stripMute,
  stripSolo,
  stripSend,
  installTimeline,
  installClips,
  installAutomation,
  transportPlay,
  transportPause,
  transportStop,
  transportSeek,
  transportLoop,
  metronome,
  analysisTap,
  installRouting,
  timbre,
  express,
  installControls,
  governor,
  count
};

/// What a note can be told while it sounds, for its voice alone. A subset of CLAP's: its vibrato is a matter of the
/// patch, which has pressure and timbre to reach for one, and its expression is what volume does.
enum class Expression : uint32_t { tuning, pressure, timbre, volume, pan, count };

/// Values of an expression; 0 is rest for all of them.
struct ExpressionRange {
  float min, max;
};
inline constexpr int kMaxTuning = 96;  ///< semitones, as of the bend
inline constexpr int kOffVolumeDb = -120, kMaxVolumeDb = 12;
inline constexpr std::array<ExpressionRange, (std::size_t)Expression::count> kExpressionRanges{
    {{-kMaxTuning, kMaxTuning}, {0.f, 1.f}, {0.f, 1.f}, {kOffVolumeDb, kMaxVolumeDb}, {-1.f, 1.f}}};
/// False for NaN.
inline bool inExpression(uint32_t kind, float value) {
  return kind < kExpressionRanges.size() && value >= kExpressionRanges[kind].min &&
         value <= kExpressionRanges[kind].max;
}

inline constexpr int64_t kNow = std::numeric_limits<int64_t>::min();

/// Flags in the low byte; the high byte is the low byte of the generation.
inline constexpr uint16_t kByNote = 1;   ///< noteOff, express: every held voice of `note` instead of `noteId`
inline constexpr uint16_t kInOrder = 2;  ///< keep the order of arrival among records of one frame (replayed logs)
inline constexpr uint16_t kOn = 4;       ///< transportLoop: the loop is on

struct Command {
  Event type;
  uint16_t flags;
  uint32_t target;  ///< strip index
  int64_t frame;    ///< engine frame, or kNow
  struct NoteOn {
    uint32_t handle, noteId;
    float note, velocity;
  };
  struct NoteOff {
    uint32_t noteId;
    float note, velocity;
    uint32_t unused;
  };
  struct Express {
    uint32_t noteId;  ///< 0, without byNote: every held voice
    float note, value;
    uint32_t kind;  ///< Expression
  };
  struct Control {
    float value, range;
    uint32_t unused[2];
  };
  struct SetParam {
    uint16_t device, param;
    float value;
    uint32_t handle, unused;
  };
  struct Switch {
    uint32_t index, on, handle, unused;
  };
  struct Install {
    uint32_t handle, mode, unused[2];
  };
  struct Send {
    uint32_t index;
    float gainDb;
    uint32_t pre, unused;
  };
  struct Seek {
    int64_t position;
    uint32_t unit, unused;
  };
  struct Loop {
    int64_t startTick, endTick;
  };
  union {
    NoteOn noteOn;
    NoteOff noteOff;
    Express express;
    Control control;
    SetParam param;
    Switch toggle;
    Install install;
    Send send;
    Seek seek;
    Loop loop;
    uint32_t words[4];
  };
};
static_assert(sizeof(Command) == 32);

enum class InstallMode : uint32_t { switchSound, swapPlan };
inline constexpr uint32_t kPreAsItIs = 2;  ///< Send::pre of automation: stays where it is
enum class SeekUnit : uint32_t { frames, ticks };

namespace table {

inline constexpr std::array kEvents{
    EnumValue{"noteOn", "Starts a voice on the program `handle` (0: the strip's own).", (int)Event::noteOn},
    EnumValue{"noteOff", "Releases the voice `noteId`, or with flag byNote every held voice of `note`.",
              (int)Event::noteOff},
    EnumValue{"bend", "Pitch bend: value -1..1 times range in semitones.", (int)Event::bend},
    EnumValue{"wheel", "Modulation wheel, 0..1.", (int)Event::wheel},
    EnumValue{"pressure", "Channel pressure, 0..1.", (int)Event::pressure},
    EnumValue{"sustain", "Sustain pedal: value >= 0.5 is down.", (int)Event::sustain},
    EnumValue{"setParam", "Plain value of one parameter: device 0 is the instrument, 1.. the effects.",
              (int)Event::setParam},
    EnumValue{"setBypass", "Bypass of effect `index` (1..) on or off, crossfaded.", (int)Event::setBypass},
    EnumValue{"stripGain", "Gain of the strip in dB.", (int)Event::stripGain},
    EnumValue{"installProgram", "Gives the strip a program, on a micro-block boundary.", (int)Event::installProgram},
    EnumValue{"clearStrip", "Fades the strip's program out and returns it.", (int)Event::clearStrip},
    EnumValue{"masterGain", "Master volume in dB.", (int)Event::masterGain},
    EnumValue{"masterMute", "Master mute: value >= 0.5 is muted.", (int)Event::masterMute},
    EnumValue{"masterParam", "Parameter of a master device: device 0 is the first.", (int)Event::masterParam},
    EnumValue{"masterBypass", "Bypass of master device `index` (0..).", (int)Event::masterBypass},
    EnumValue{"panic", "Fades every voice out in 4 ms and empties every effect.", (int)Event::panic},
    EnumValue{"reset", "Clears all state and starts a new replay log; `index` is the seed.", (int)Event::reset},
    EnumValue{"tap", "Starts (from its first frame on) or ends tap `index`.", (int)Event::tap},
    EnumValue{"ping", "Answered by a reply `pong` with the same `index`.", (int)Event::ping},
    EnumValue{"stripPan", "Balance of a track or return: value -1 left .. 1 right.", (int)Event::stripPan},
    EnumValue{"stripMute", "Mute of a track or return: value >= 0.5 is muted, ramped 10 ms.", (int)Event::stripMute},
    EnumValue{"stripSolo", "Solo of a track: while any is on, tracks without it are silent (returns stay).",
              (int)Event::stripSolo},
    EnumValue{"stripSend",
              "Send of a track or return to return `index`; at -120 dB or less it is off. Solo silences it.",
              (int)Event::stripSend},
    EnumValue{"installTimeline", "Takes a tempo and signature table; the song keeps its beat.",
              (int)Event::installTimeline},
    EnumValue{"installClips", "Takes a track's table of notes and controllers; handle 0: none.",
              (int)Event::installClips},
    EnumValue{"installAutomation", "Takes a track's automation table; handle 0: none.", (int)Event::installAutomation},
    EnumValue{"transportPlay", "Plays from where the song stands, after `index` bars of count-in.",
              (int)Event::transportPlay},
    EnumValue{"transportPause", "Stops and stays where it is.", (int)Event::transportPause},
    EnumValue{"transportStop", "Stops and goes back to where playing began; twice: to the start.",
              (int)Event::transportStop},
    EnumValue{"transportSeek", "Goes to a song position.", (int)Event::transportSeek},
    EnumValue{"transportLoop", "Loop range in ticks; flag on: it loops.", (int)Event::transportLoop},
    EnumValue{"metronome", "Click on (value >= 0.5) or off; `range` is its gain in dB. Never captured.",
              (int)Event::metronome},
    EnumValue{"analysisTap",
              "Points analysis tap `index` at strip `target` (strips: the master) and turns it on or off.",
              (int)Event::analysisTap},
    EnumValue{"installRouting", "Takes a routing table; handle 0: every strip goes to the master, no delays.",
              (int)Event::installRouting},
    EnumValue{"timbre", "Timbre of all notes (brightness, CC 74), 0..1.", (int)Event::timbre},
    EnumValue{"express",
              "Expression of the voice `noteId`, with flag byNote of every held voice of `note`, with id 0 of every "
              "held voice. At the frame of its note-on it comes after it, and the voice begins with it.",
              (int)Event::express},
    EnumValue{"installControls", "Takes the table of control buses; handle 0: none.", (int)Event::installControls},
    EnumValue{"governor", "Goes to level `index` of the governor, from the micro-block on that the frame lies in.",
              (int)Event::governor},
};
static_assert(kEvents.size() == (std::size_t)Event::count - 1);

inline constexpr std::array kCommandFlags{
    EnumValue{"byNote", "noteOff and express address a note number.", kByNote},
    EnumValue{"inOrder", "Keep the order of arrival among records of one frame.", kInOrder},
    EnumValue{"on", "transportLoop: the loop is on.", kOn},
};
inline constexpr std::array kInstallModes{
    EnumValue{"switch", "Another sound: the old one fades out in 20 ms.", (int)InstallMode::switchSound},
    EnumValue{"swap", "An edited sound: held notes finish on the old plan.", (int)InstallMode::swapPlan},
};

inline constexpr std::array kSeekUnits{
    EnumValue{"frames", "Song frames.", (int)SeekUnit::frames},
    EnumValue{"ticks", "Ticks of a 15360th of a quarter note.", (int)SeekUnit::ticks},
};

inline constexpr std::array kCommandFields{
    Field{"type", "EVENT", "u16", offsetof(Command, type)},
    Field{"flags", "COMMAND_FLAG in the low byte, generation in the high byte.", "u16", offsetof(Command, flags)},
    Field{"target", "Strip.", "u32", offsetof(Command, target)},
    Field{"frame", "Engine frame; the smallest i64 means now.", "i64", offsetof(Command, frame)},
};
inline constexpr std::array kNoteOnFields{
    Field{"handle", "Program, or 0 for the strip's own.", "u32", offsetof(Command, noteOn.handle)},
    Field{"noteId", "Chosen by the producer; addresses this voice.", "u32", offsetof(Command, noteOn.noteId)},
    Field{"note", "MIDI note number, may be fractional.", "f32", offsetof(Command, noteOn.note)},
    Field{"velocity", "0..1", "f32", offsetof(Command, noteOn.velocity)},
};
inline constexpr std::array kNoteOffFields{
    Field{"noteId", "As given to noteOn.", "u32", offsetof(Command, noteOff.noteId)},
    Field{"note", "With flag byNote.", "f32", offsetof(Command, noteOff.note)},
    Field{"velocity", "0..1", "f32", offsetof(Command, noteOff.velocity)},
};
inline constexpr std::array kExpressFields{
    Field{"noteId", "As given to noteOn; 0: every held voice.", "u32", offsetof(Command, express.noteId)},
    Field{"note", "With flag byNote.", "f32", offsetof(Command, express.note)},
    Field{"value", "In the unit of its kind.", "f32", offsetof(Command, express.value)},
    Field{"kind", "EXPRESSION", "u32", offsetof(Command, express.kind)},
};
inline constexpr std::array kExpressions{
    EnumValue{"tuning", "Semitones.", (int)Expression::tuning},
    EnumValue{"pressure", "0..1", (int)Expression::pressure},
    EnumValue{"timbre", "Brightness, 0..1.", (int)Expression::timbre},
    EnumValue{"volume", "dB; offVolumeDb is silent.", (int)Expression::volume},
    EnumValue{"pan", "Balance, -1 left .. 1 right.", (int)Expression::pan},
};
inline constexpr std::array kExpressionLimits{
    Constant{"maxTuning", "Furthest tuning of a note, semitones to either side.", kMaxTuning},
    Constant{"offVolumeDb", "Lowest volume of a note: silent.", kOffVolumeDb},
    Constant{"maxVolumeDb", "Highest volume of a note.", kMaxVolumeDb},
};
inline constexpr std::array kControlFields{
    Field{"value", "Of bend, wheel, pressure, timbre, sustain, gains in dB, pan, switches.", "f32",
          offsetof(Command, control.value)},
    Field{"range", "bend: semitones at value 1.", "f32", offsetof(Command, control.range)},
};
inline constexpr std::array kParamFields{
    Field{"device", "setParam: 0 instrument, 1.. effects; masterParam: 0..", "u16", offsetof(Command, param.device)},
    Field{"param", "Index in the plan or in the effect.", "u16", offsetof(Command, param.param)},
    Field{"value", "Plain unit; options by index.", "f32", offsetof(Command, param.value)},
    Field{"handle", "Program, or 0 for the strip's own.", "u32", offsetof(Command, param.handle)},
};
inline constexpr std::array kSwitchFields{
    Field{"index", "Effect, tap, seed, token or level.", "u32", offsetof(Command, toggle.index)},
    Field{"on", "0 or 1.", "u32", offsetof(Command, toggle.on)},
    Field{"handle", "setBypass: program, or 0 for the strip's own.", "u32", offsetof(Command, toggle.handle)},
};
inline constexpr std::array kInstallFields{
    Field{"handle", "Program, or table of the transport.", "u32", offsetof(Command, install.handle)},
    Field{"mode", "INSTALL_MODE", "u32", offsetof(Command, install.mode)},
};
inline constexpr std::array kSendFields{
    Field{"index", "Return, from 0.", "u32", offsetof(Command, send.index)},
    Field{"gainDb", "-120 or less: off.", "f32", offsetof(Command, send.gainDb)},
    Field{"pre", "1: before the track's gain, pan and mute; 0: after; 2: as it is.", "u32",
          offsetof(Command, send.pre)},
};
inline constexpr std::array kSeekFields{
    Field{"position", "In `unit`, 0 or more.", "i64", offsetof(Command, seek.position)},
    Field{"unit", "SEEK_UNIT", "u32", offsetof(Command, seek.unit)},
};
inline constexpr std::array kLoopFields{
    Field{"startTick", "0 or more.", "i64", offsetof(Command, loop.startTick)},
    Field{"endTick", "After the start.", "i64", offsetof(Command, loop.endTick)},
};

}  // namespace table
}  // namespace sl
