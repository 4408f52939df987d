// What all table oscillators share: their first parameters and the voice loop over one wave. Audio thread.
#pragma once
#include "dsp/hash.h"
#include "dsp/wavetable.h"

namespace sl {

inline constexpr Param kTuneParam{.id = "tune",
                                  .label = "Tune",
                                  .doc = "Transposition",
                                  .unit = Unit::semitones,
                                  .min = -48.f,
                                  .max = 48.f,
                                  .init = 0.f,
                                  .group = "Pitch"};
inline constexpr Param kFineParam{.id = "fine",
                                  .label = "Fine",
                                  .doc = "Fine tuning",
                                  .unit = Unit::cents,
                                  .min = -100.f,
                                  .max = 100.f,
                                  .init = 0.f,
                                  .group = "Pitch"};
inline constexpr Param kLevelParam{.id = "level",
                                   .label = "Level",
                                   .doc = "Output amplitude",
                                   .unit = Unit::fraction,
                                   .min = 0.f,
                                   .max = 1.f,
                                   .init = 1.f};
inline constexpr Param kPhaseParam{.id = "phase",
                                   .label = "Phase",
                                   .doc = "Phase at note start",
                                   .unit = Unit::degrees,
                                   .min = 0.f,
                                   .max = 360.f,
                                   .init = 0.f,
                                   .smooth = Smooth::none,
                                   .group = "Start"};
inline constexpr Param kScatterParam{.id = "scatter",
                                     .label = "Scatter",
                                     .doc = "How far each note's start phase strays at random",
                                     .unit = Unit::fraction,
                                     .min = 0.f,
                                     .max = 1.f,
                                     .init = 0.f,
                                     .smooth = Smooth::none,
                                     .group = "Start"};

inline constexpr Port kAudioOut{.id = "out", .doc = "Audio"};

/// Start phase of a note; `salt` separates the uses of one seed.
inline u32x4 startPhase(const VoiceBlock& voice, f32x4 degrees, f32x4 scatter, uint32_t salt) {
  const f32x4 turns = degrees * splat(1.f / 360.f) + scatter * unipolar(noteHash(voice.seed, salt));
  return toUint((turns - floor(turns)) * splat(4294967040.f));
}

/// Sets the phase of lanes that begin and clears the request.
inline void restart(u32x4& phase, uint32_t& fresh, const VoiceBlock& voice, f32x4 degrees, f32x4 scatter) {
  if (!fresh) return;
  phase = (u32x4)select(laneMask(fresh), (f32x4)startPhase(voice, degrees, scatter, 1), (f32x4)phase);
  fresh = 0;
}

/// Voice state of one table oscillator.
struct WaveState {
  u32x4 phase;
  LevelChoice level;
  uint32_t fresh;
  f32x4 note;  ///< What `increment` was made of.
  u32x4 increment;
};

/// One oscillator reading one wave. Parameters: tune, fine, level, phase, scatter in this order, others after them.
struct WaveOscillator {
  enum P { tune, fine, level, phase, scatter, numParams };
  using State = WaveState;

  static void start(State& s, const VoiceBlock& voice, uint32_t lanes) noexcept { s.fresh |= lanes & ~voice.legato; }

  /// Phase and level for the segment; the caller reads and then calls `end`.
  static PhaseRamp begin(State& s, const UnitBlock& b) {
    const PhaseRamp ramp = kept(s, *b.voice, b.params[tune], b.params[fine], b.frames);
    s.level.choose(ramp.topNote, b.voice->active, s.fresh);
    restart(s.phase, s.fresh, *b.voice, b.params[phase].value, b.params[scatter].value);
    return ramp;
  }
  /// As phaseRamp; a pitch that stands is reckoned once.
  static PhaseRamp kept(State& s, const VoiceBlock& voice, const Ramp<f32x4>& tuned, const Ramp<f32x4>& finely,
                        int frames) {
    const f32x4 note = voice.pitch.value + tuned.value + finely.value * splat(0.01f);
    const bool moves = voice.pitch.moving || tuned.moving || finely.moving;
    if (!moves && s.increment[0] != 0 && all(note == s.note)) return {s.increment, splatI(0), note};
    const PhaseRamp ramp = phaseRamp(voice, tuned, finely, frames);
    s.note = note, s.increment = ramp.increment;
    return ramp;
  }
  static void end(State& s, const PhaseRamp& ramp, int frames) {
    s.phase = advance(s.phase, ramp, frames);
    s.level.fade = s.level.fade > frames ? s.level.fade - frames : 0;
  }

  static void process(State& s, const UnitBlock& b, const Wave& wave) {
    const PhaseRamp ramp = begin(s, b);
    f32x4* out = b.out[0];
    const Ramp<f32x4>& loud = b.params[level];
    f32x4 gain = loud.value;
    if (any(loud.step != splat(0.f))) {
      const f32x4 gainStep = loud.step;
      readFadedWave(wave, s.level, s.phase, ramp.increment, ramp.step, b.frames, [&](int i, f32x4 v) {
        out[i] = v * gain;
        gain += gainStep;
      });
    } else {
      readFadedWave(wave, s.level, s.phase, ramp.increment, ramp.step, b.frames,
                    [out, gain](int i, f32x4 v) { out[i] = v * gain; });
    }
    end(s, ramp, b.frames);
  }

  static bool processLone(State& s, const UnitBlock& b, int lane, const Wave& wave) {
    const PhaseRamp ramp = begin(s, b);
    f32x4* out = b.out[0];
    const float loud = laneOf(b.params[level].value, lane), step = laneOf(b.params[level].step, lane);
    const auto read = [&](auto sink) {
      readLoneFadedWave(wave, s.level, lane, s.phase[lane], ramp.increment[lane], ramp.step[lane], sink);
    };
    if (step == 0.f) {
      read([out, gain = splat(loud)](int i, f32x4 v) { out[i] = v * gain; });
    } else {
      read([out, loud, step](int i, f32x4 v) { out[i] = v * fourFrom(loud + step * (float)(4 * i), step); });
    }
    end(s, ramp, kMicroBlock);
    return true;
  }
};

}  // namespace sl
