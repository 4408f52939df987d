// What a unit generator is: four voices at once, one header, plain state, no allocation. Audio thread.
#pragma once
#include <concepts>
#include <cstdint>

#include "core/asset.h"
#include "core/governor.h"
#include "core/param.h"
#include "core/simd.h"
#include "core/song_time.h"
#include "core/spec.h"

namespace sl {

inline constexpr int kMicroBlock = 32;                     ///< Frames in a full micro-block; a unit must accept 1..32.
inline constexpr int kLoneVectors = kMicroBlock / kLanes;  ///< A micro-block of one voice, four frames a vector.

/// What holds for the four voices of a quad during one segment.
struct VoiceBlock {
  Ramp<f32x4> pitch;    ///< Semitones (MIDI note number incl. bend, glide and voice.pitch modulation).
  f32x4 velocity;       ///< 0..1
  u32x4 seed;           ///< Per note: hash of project seed, voice slot and note counter.
  uint32_t gate = 0;    ///< Bit per lane: key held (or pedal).
  uint32_t active = 0;  ///< Bit per lane: lane carries a sounding voice.
  /// Bit per lane, read by start: the note continues a sounding voice; envelopes go on from their level, phases run on.
  uint32_t legato = 0;
  float sampleRate = 48000.f;
  SongTime song = {};         ///< at the first frame
  Ramp<f32x4> pressure = {};  ///< of the note (MPE, polyphonic) or channel, whichever is more, 0..1
  Ramp<f32x4> timbre = {};    ///< of the note (MPE CC 74, brightness) or channel, whichever is more, 0..1
  int level = 0;              ///< of the governor, 0..5; 0 is full quality and what renders use
};

/// One call to a unit. Inputs that nothing is patched to are silent wires (or null when `Spec` says nothing of them:
/// check).
struct UnitBlock {
  const VoiceBlock* voice;
  const f32x4* const* in;        ///< in[port] -> frames, nullptr when unpatched
  f32x4* const* out;             ///< out[port] -> frames; never aliases an input
  const Ramp<f32x4>* params;     ///< params[P]; option and toggle parameters: lane 0 of value, as float index
  const void* table;             ///< Waveform made at load for units with Spec::table, else nullptr
  int frames;                    ///< 1..32
  const Asset* asset = nullptr;  ///< of a unit with Spec::asset; null: none was chosen
  uint32_t wanted = ~0u;         ///< bit per output that somebody reads; others may be left as they are
};

/// What a unit does to in[0] while nothing of it moves: times `by` frame by frame (null: one), times a factor for each
/// output.
struct Scaling {
  const f32x4* by = nullptr;
  f32x4 first{}, second{};
};

/// `State` is zeroed, then `start` is called with the lanes that begin a note at the first frame of the next `process`.
/// `release` is called with the lanes whose gate falls at the first frame of the next `process` (only if declared).
/// `flushState` runs once per micro-block (only if declared).
template <class U>
concept IsUnit = requires(typename U::State& s, const UnitBlock& b, const VoiceBlock& v, uint32_t lanes) {
  { U::spec } -> std::convertible_to<const Spec&>;
  { U::start(s, v, lanes) } noexcept;
  { U::process(s, b) } noexcept;
} && wellFormed(U::spec);

/// A unit that ends voices: `finished(state)` gives the lanes whose envelope is over. A voice is freed when every such
/// unit says so.
template <class U>
concept EndsVoices = requires(const typename U::State& s) {
  { U::finished(s) } -> std::convertible_to<uint32_t>;
};

/// A unit that often only scales. `scaling` says whether `process` would do exactly that in this segment and leave the
/// state as it is; then the engine may do it instead, in the order in[0] * by * factor.
template <class U>
concept Scales = requires(const typename U::State& s, const UnitBlock& b, Scaling& out) {
  { U::scaling(s, b, out) } noexcept -> std::same_as<bool>;
};

/// A unit with a form for the only voice of a program that sounds, where nothing begins or is let go: time lies across
/// the vectors. A whole micro-block; wires are kLoneVectors vectors of four frames each, and the state is lane `lane`
/// of the quad's. What it gives is what `process` gives in that lane, but for rounding, so that voices may come and go:
/// below -120 dB at rest, -114 dB while something moves, more only where a filter's own rounding is
/// (units/lone.test.ts). False: not now, and nothing has been done.
template <class U>
concept HasLoneForm = requires(typename U::State& s, const UnitBlock& b, int lane) {
  { U::processLone(s, b, lane) } noexcept -> std::same_as<bool>;
};

/// One lane of a vector in memory.
inline float laneOf(const f32x4& v, int lane) { return reinterpret_cast<const float*>(&v)[lane]; }
/// `from`, from + step, ... of the first four frames; each further vector adds 4 step.
inline f32x4 fourFrom(float from, float step) { return splat(from) + f32x4{0.f, 1.f, 2.f, 3.f} * splat(step); }

/// Shared read-only tables (waveforms, sine, sinc): built once per memory by the allocating instance, found through one
/// pointer.
struct Tables;
const Tables& tables() noexcept;

}  // namespace sl
