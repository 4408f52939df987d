// A program: one compiled patch with its voices and its effect chain. Built and freed by the control thread, run by the
// audio thread in between.
#pragma once
#include <atomic>
#include <cstddef>

#include "engine/chain.h"
#include "engine/expression.h"
#include "engine/fader.h"
#include "engine/kernels.h"
#include "engine/smoothed.h"
#include "wire/command.h"
#include "wire/plan.h"
#include "wire/reply.h"

namespace sl {

inline constexpr int kSpareQuads = 2;  ///< room for notes that start while stolen ones fade
inline constexpr int kMaxHeld = 32;
inline constexpr int kMaxResiduals = 8;
inline constexpr int kMaxScalers = 2;
inline constexpr float kStealFadeSeconds = 0.004f;
inline constexpr float kYoungSeconds = 0.02f;
inline constexpr float kCutSeconds = 0.001f;
inline constexpr float kLoudnessKept = 0.97f;  ///< from segment to segment
inline constexpr float kSilentPeak = 1e-7f;
inline constexpr float kFinite = 1e30f;  ///< what is louder is a fault, as NaN is
inline constexpr int kSilentBlocks = 8;

struct Op {
  OpKind kind;
  const UnitKernel* kernel;
  const void* table;
  const Asset* asset;  ///< held while the program lives
  uint32_t stateOffset;
  const uint16_t* ports;  ///< inputs, then outputs
  uint16_t inputs, outputs;
  f32x4** at;       ///< the wires of `ports`; null where nothing is patched
  uint32_t wanted;  ///< bit per output that is read later
  uint32_t firstParam, params;
  uint32_t firstRow, rows;
  UnitBlock lone;  ///< of a unit: what its lone form is called with while no row moves its parameters
};

/// What a unit is called with.
inline UnitBlock blockWith(const Op& op, const VoiceBlock& voice, const Ramp<f32x4>* params, int frames) {
  return {.voice = &voice,
          .in = op.at,
          .out = op.at + op.inputs,
          .params = params,
          .table = op.table,
          .frames = frames,
          .asset = op.asset,
          .wanted = op.wanted};
}

/// Parameters that a unit has for itself, not initialised: most calls share those of the program.
struct ParamRoom {
  alignas(16) std::byte bytes[kMaxUnitParams * sizeof(Ramp<f32x4>)];
};

struct Row {
  float min, max;
  uint32_t param;  ///< in the op
  bool log, steps;
  bool perNote;  ///< all sources hold for the whole note
  uint32_t firstSource, sources;
};

/// What the last ops of a plan come to while they only scale: `in`, times `by` (null: one), times a factor for all and
/// one for each side.
struct Scaled {
  const f32x4 *in, *by;
  f32x4 all, left, right;
};

/// Four voices.
struct Quad {
  uint32_t active;     ///< lanes that are computed and heard
  uint32_t gate;       ///< key down, or held by the pedal
  uint32_t sustained;  ///< key is up, pedal holds
  uint32_t fading;     ///< on the way out in 4 ms: stolen, or a plan without envelopes was released
  uint32_t fresh;      ///< begin at the next segment
  uint32_t releasing;  ///< gate falls at the next segment
  uint32_t spoken;     ///< of a one-shot pad: it was loud once, so silence is its end
  int governor;        ///< the governor's level when the first of its notes began; holds while any sounds
  int cursor;          ///< frames of the present micro-block that are rendered
  bool pitchMoved;
  f32x4 velocity, random, key, lift;
  LaneExpression expression;
  u32x4 seed;
  f32x4 glide, glideGoal, glideLeft;  ///< semitones, semitones, frames
  f32x4 pitchEnd;
  f32x4 fadeLeft;  ///< frames
  f32x4 level;     ///< peak of the last segment
  f32x4 loudness;  ///< its peak over about 20 ms
  f32x4 lastLeft, lastRight;
  bool scaled;  ///< `scale` holds: nothing of the last ops has moved since
  Scaled scale;
  f32x4* rowEnd;  ///< per row: parameter value at the end of the last segment
  uint8_t* rowMoved;
  uint8_t* state;
  uint32_t noteId[kLanes];
  float note[kLanes];
  int64_t startFrame[kLanes], releaseFrame[kLanes];
  int silentBlocks[kLanes];
};

/// What the groups of a program add up to, lane by lane: two buffers, so that a group is added in one pass and taken
/// back when it was not finite.
struct LaneSums {
  alignas(16) f32x4 left[2][kMicroBlock];
  alignas(16) f32x4 right[2][kMicroBlock];
  int at;
  bool sided;  ///< of a plan with one output for both sides: right[0] is what panned voices add on the right
  bool opened;

  /// Silent, to be added to.
  void open() {
    if (opened) return;
    opened = true;
    at = 0;
    sided = false;
    for (int i = 0; i < kMicroBlock; i++) left[0][i] = right[0][i] = splat(0.f);
  }
};

struct HeldNote {
  uint32_t noteId;
  float note, velocity;
  NoteExpression expression = {};
};

/// Wheels and pedal: they belong to the player, so a new program takes them over.
struct Controls {
  float bend, bendRange, wheel, pressure, timbre;
  bool sustain;
};

/// A command of this micro-block that is for one program.
struct ProgramEvent {
  Command command;
  int offset;
  int lead;  ///< setParam: frames to get there (automation); 0: as a knob does
  ProgramEvent* next;
  // a note of a kit
  int pad;         ///< struck; -1: none
  int gives;       ///< the pad that ends a voice for it; -1: none
  uint32_t choke;  ///< the group that it stops
  bool elsewhere;  ///< it plays in a newer program of the strip; here it only stops its group
};

struct Kit;
struct Pad;

/// The end of a voice that had to go at once, let down over 1 ms.
struct Residual {
  float left, right;
  int framesLeft, offset;
};

/// What a program needs of the engine while it renders.
struct RenderContext {
  f32x4* wires;  ///< kMaxWires buffers of kMicroBlock
  LaneSums* sums;
  int64_t frame;
  SongTime song;  ///< at the first frame of the micro-block
  uint32_t strip;
  int level;  ///< of the governor
  void* engine;
  void (*reply)(void* engine, ReplyType, Reason, uint32_t strip, int64_t frame, uint32_t id);
  void (*badVoice)(void* engine);
  void (*stolen)(void* engine);  ///< a voice made room; a mono sound's next note steals nothing
};

struct Program {
  /// The voice that is missed least.
  struct Victim {
    int quad, lane;
    bool young, released, quietest;
    float level;
    int64_t since;
    /// Old ones first; released and quietest, then (none released) held and oldest.
    bool before(const Victim& other) const;
  };

  uint32_t handle;
  Kit* kit;  ///< null: plays a plan of its own
  Pad* pad;  ///< of a kit, that it is; null: stands by itself
  float sampleRate;
  float gainDb;
  float voiceNs;  ///< estimate: nanoseconds of four voices for one micro-block
  // plan
  Op* ops;
  Row* rows;
  PlanSource* sources;
  uint16_t* ports;
  int opCount, rowCount;
  const f32x4* resolved;  ///< the wires that Op::at points into
  const Op** flushers;    ///< ops with state to flush
  const Op** enders;      ///< ops that end voices
  int flusherCount, enderCount;
  bool scalersStill;    ///< no parameter of theirs moves
  bool scalersPerNote;  ///< nothing but parameters and notes moves them
  int scalerCount;      ///< ops at the end that may be done while mixing: each reads only the one before it
  uint32_t left, right;
  VoiceMode mode;
  float glideSeconds;
  int voices;
  bool endsVoices;
  // parameters
  const Param** specs;
  Smoothed* params;
  Ramp<f32x4>* ramps;
  float* initial;
  int paramCount;        ///< of a kit: those of all pads, with specs but without values here
  uint32_t firstAmount;  ///< parameters from here on are modulation amounts
  ParamShifts shifts;    ///< by control buses
  bool paramsStill;      ///< nothing moves and every processor was told
  Decay decay;
  Smoothed wheel, pressure, bend, timbre;
  Ramp<float> wheelRamp, pressureRamp, bendRamp, timbreRamp;  ///< bend: -1..1
  bool touched;                                               ///< pressure or timbre of all notes is not at rest
  bool playingStill;                                          ///< wheels stand and their ramps say so
  float bendSemitones;
  bool sustain;
  bool rendered;  ///< false: values jump
  bool told;      ///< events were applied since the last micro-block
  // voices
  Quad* quads;
  int quadCount;
  int used;              ///< those from here on are silent
  bool alone;            ///< the wires hold one voice, four frames a vector
  VoiceBlock loneVoice;  ///< of that voice
  bool voiceStands;      ///< `loneVoice` holds for the next micro-block too, if that has no events
  uint32_t stateBytes;
  uint32_t seed, noteCounter;
  HeldNote held[kMaxHeld];
  int heldCount;
  float lastNote;
  bool hasLastNote;
  Residual residuals[kMaxResiduals];
  int residualCount;
  struct EarlyOff {
    uint32_t noteId;
    int64_t frame;
  } earlyOff[8];
  int earlyOffAt;
  int segmentBegin, segmentEnd;  ///< of the present micro-block
  // effects
  Chain* chain;
  // present micro-block
  ProgramEvent* firstEvent;
  ProgramEvent* lastEvent;

  void post(ProgramEvent* event);
  /// Adds this program's voices to left and right. `frames` 0 applies what is due without rendering.
  void render(const RenderContext& context, float* busLeft, float* busRight, int frames);
  /// True when the note was found here (or is remembered because its start is still to come).
  bool hasNote(uint32_t noteId) const;
  bool silent() const;
  /// False: a chain of effects alone, without voices.
  bool plays() const { return opCount > 0 || kit; }
  /// A kit has notes only where pads lie.
  bool hasKey(float note) const;
  void tally(uint32_t& voices, uint32_t& groups) const;
  /// More voices sound than a level of the governor allows.
  bool exceeds(int level) const { return heldVoices() > allowed(level); }
  int activeQuads() const;
  /// Those that are not on their way out.
  int heldVoices() const;
  /// Estimated nanoseconds of the present voices for one micro-block.
  float loadNs() const;
  float paramTarget(int param) const;
  float paramInitial(int param) const;
  void sow(uint32_t newSeed);
  /// Every note is over at once and reported; nothing is faded.
  void endAll(const RenderContext& context);
  /// As after the build; parameters keep their targets.
  void clear(uint32_t newSeed);
  /// Values as built, wheels and pedal at rest.
  void restore();
  bool setParam(uint32_t param, float value, int lead);
  void take(const Controls& controls);
  /// All voices end in 4 ms.
  void letDown(const RenderContext& context);
  /// Ends all voices at once; their last samples are let down by `heir`.
  void handOver(Program& heir, const RenderContext& context);

 private:
  friend struct Kit;
  bool heard() const;
  void applyControl(const ProgramEvent& event);
  void applyNote(const RenderContext& context, const ProgramEvent& event);
  bool concerns(const ProgramEvent& event) const;
  float outGain(int side) const;
  void struck(const RenderContext& context, const ProgramEvent& event);
  void stealOne(const RenderContext& context, int offset);
  void advanceParams(int begin, int end);
  void advancePlaying(int frames);
  void resolve(f32x4* wires);
  void noteOn(const RenderContext& context, const Command& command, int offset);
  void noteOff(const RenderContext& context, const Command& command, int offset);
  void pedal(const RenderContext& context, bool down, int offset);
  void monoOn(const RenderContext& context, const Command& command, int offset);
  bool monoOff(const RenderContext& context, uint32_t noteId, float lift, int offset);
  bool isHeld(uint32_t noteId) const;
  void forgetHeld(const RenderContext& context, int offset);
  void strike(const RenderContext& context, const HeldNote& note, int offset);
  void bendTo(const RenderContext& context, Quad& quad, int lane, const HeldNote& note, int offset);
  bool takeLane(const RenderContext& context, int offset, int& quad, int& lane);
  /// `quietest`: held ones by their loudness too.
  bool chooseVictim(int64_t now, Victim& victim, bool quietest = false) const;
  void release(const RenderContext& context, Quad& quad, int lane, float lift, int offset);
  /// Voices at a level of the governor.
  int allowed(int level) const;
  /// Fades what exceeds the polyphony of the present level, the quietest first.
  void trim(const RenderContext& context, int offset);
  void letGo(const RenderContext& context, Quad& quad, int lane, int offset);
  void fade(const RenderContext& context, Quad& quad, int lane, int offset, Reason reason);
  void cut(Quad& quad, int lane, int offset);
  void endLane(const RenderContext& context, Quad& quad, int lane, Reason reason);
  void advance(const RenderContext& context, Quad& quad, int until);
  VoiceBlock voicesOf(const RenderContext& context, Quad& quad, int begin, int end);
  void segment(const RenderContext& context, Quad& quad, int begin, int end);
  void addUp(const Op& op, int vectors) const;
  void runOp(const RenderContext& context, Quad& quad, const Op& op, VoiceBlock& voice, int begin, int end, bool fresh);
  UnitBlock blockOf(const RenderContext& context, Quad& quad, const Op& op, const VoiceBlock& voice, int begin, int end,
                    bool fresh, ParamRoom& room);
  Ramp<f32x4> modulate(const RenderContext& context, Quad& quad, uint32_t row, const Ramp<f32x4>& base, int begin,
                       int end, uint32_t fresh);
  bool turned(const Row& row) const;
  // expression.cpp
  void express(const RenderContext& context, const Command& command, int offset);
  LaneSpan played(const Quad& quad, Expression which, const Ramp<float>& all, int begin, int end) const;
  void fillExpression(const Quad& quad, VoiceBlock& voice, int begin, int end) const;
  bool shape(const Quad& quad, f32x4* left, f32x4* right, f32x4* side, int frames) const;
  /// What the last ops of a plan are called with, parameters of their own beside it.
  struct ScalerBlocks {
    ParamRoom rooms[kMaxScalers];
    UnitBlock blocks[kMaxScalers];
  };
  bool findScale(const RenderContext& context, Quad& quad, const VoiceBlock& voice, ScalerBlocks& room);
  bool addScaled(const RenderContext& context, Quad& quad);
  bool mixScaled(const RenderContext& context, Quad& quad, VoiceBlock& voice);
  void mixDown(const RenderContext& context, Quad& quad, VoiceBlock& voice, int begin, int end);
  void endBad(const RenderContext& context, Quad& quad, const VoiceBlock& voice, uint32_t bad);
  void endBlock(const RenderContext& context, Quad& quad);
  // lone.cpp
  Quad* loneQuad() const;
  bool renderLone(const RenderContext& context, float* busLeft, float* busRight);
  void mixLone(const RenderContext& context, Quad& quad, const VoiceBlock& voice, int lane, float* busLeft,
               float* busRight);
  void addSums(const LaneSums& sums, float* busLeft, float* busRight, int frames);
  void addResiduals(float* busLeft, float* busRight, int frames);
};

}  // namespace sl
