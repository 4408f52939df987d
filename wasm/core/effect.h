// What an effect is: stereo in place, one header, memory only in prepare. Audio thread except prepare.
#pragma once
#include <concepts>
#include <cstdint>

#include "core/arena.h"
#include "core/governor.h"
#include "core/param.h"
#include "core/song_time.h"
#include "core/spec.h"

namespace sl {

/// One call to an effect: 1..32 frames of stereo, processed in place. The frame does bypass (crossfade, latency-matched
/// dry) and smoothing.
struct StereoBlock {
  float* left;
  float* right;
  const Ramp<float>* params;        ///< params[P]; option and toggle: value is the index
  int frames;                       ///< 1..32
  SongTime song = {};               ///< at the first frame
  const float* sideLeft = nullptr;  ///< sidechain of an effect with Spec::sidechain; null: none is connected
  const float* sideRight = nullptr;
  int level = 0;  ///< of the governor, 0..5; 0 is full quality and what renders use
};

template <class E>
concept IsEffect = requires(E& e, const Setup& setup, Arena& arena, const StereoBlock& b) {
  { E::spec } -> std::convertible_to<const Spec&>;
  { e.prepare(setup, arena) } -> std::same_as<bool>;  ///< false: memory is missing
  { e.reset() } noexcept;                             ///< as fresh after prepare, O(what was written)
  { e.process(b) } noexcept;
  { e.latencyFrames() } -> std::convertible_to<int>;  ///< of this instance at its sample rate
  {
    e.tailFrames()
  } -> std::convertible_to<int>;  ///< frames until -100 dB of the input's level after it stops, at present parameters
} && wellFormed(E::spec);

}  // namespace sl
