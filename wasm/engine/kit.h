// A kit: a plan of its own for each pad, chosen by key at note-on, with choke groups and one budget of voices. Built
// and freed by the control thread, run by the audio thread in between.
#pragma once
#include "engine/fader.h"
#include "engine/program.h"

namespace sl {

/// What every pad has beside the parameters of its units.
struct PadParams {
  enum P { level, pan, tune, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "level", .label = "Level", .doc = "Of the pad", .unit = Unit::decibels, .min = -60.f, .max = 12.f},
      {.id = "pan", .label = "Pan", .doc = "Place of the pad between left and right", .min = -1.f, .max = 1.f},
      {.id = "tune",
       .label = "Tune",
       .doc = "How far the pad sounds above its own pitch, from the next stroke on",
       .unit = Unit::semitones,
       .min = -48.f,
       .max = 48.f,
       .smooth = Smooth::none},
  }};
  static constexpr Spec spec{.id = "pad",
                             .label = "Pad",
                             .doc = "One sound of a drum kit, on its own keys",
                             .category = "kit",
                             .params = params};
};

struct Pad {
  Program* program;
  int index;
  int low, high;  ///< keys
  float key;      ///< the note that the program hears at `low`
  uint32_t choke;
  bool oneShot;
  uint32_t firstParam;  ///< of the kit: those of the program, then its own
  float initial[PadParams::numParams];
  Level level;
  Smoothed pan;
  float balance[2];
  float tune;
  // present micro-block
  bool wanted;   ///< an event is for it
  int sounding;  ///< voices, foreseen from note to note

  uint32_t ownParam() const { return firstParam + (uint32_t)program->paramCount; }
  /// Whether a command of the kit is for this pad.
  bool concerns(const ProgramEvent& event) const;
  float transpose() const { return key - (float)low + tune; }
  float gain(int side) const { return level.gain * balance[side]; }
  float target(uint32_t own) const {
    return own == PadParams::level ? level.db.target : own == PadParams::pan ? pan.target : tune;
  }
  /// `heard`: a jump would be.
  void set(uint32_t own, float value, int lead, bool heard);
  void snap();
  /// Gains left and right through the next `frames`.
  void advance(int frames, const Decay& decay, Span& left, Span& right);
};

struct Kit {
  Pad* pads;
  int count;
  int voices;            ///< of all pads together
  uint8_t padOf[kKeys];  ///< count: none

  /// Null: nothing lies on this key.
  Pad* padAt(float note) const;
  const Pad& padOfParam(uint32_t param) const;
  void render(Program& program, const RenderContext& context, float* busLeft, float* busRight, int frames);

 private:
  /// Which pad each note strikes, what it chokes and who gives a voice for it.
  void deal(ProgramEvent* first, int64_t frame);
  void strike(ProgramEvent& event, int64_t frame);
  /// The pad with the voice that is missed least; -1: there is none.
  int choose(int64_t now) const;
};

/// Null with a refusal. The plan was checked.
Kit* buildKit(const struct PlanView& view, float sampleRate, uint32_t seed, struct PlanRefusal& refusal);
void freeKit(Kit* kit);

}  // namespace sl
