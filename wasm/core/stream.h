// What an analysis stream is: options in, stereo frames in, numbers out; one header each. Analyzer worker.
#pragma once
#include <concepts>
#include <cstdint>

#include "core/arena.h"
#include "core/param.h"
#include "core/spec.h"

namespace sl {

/// `options[P]` are plain values, an option by its index; they hold for the stream's life.
/// A result is the readings of `spec` one after the other; reading r is `count(options, r)` floats.
/// `push` takes any number of interleaved stereo frames and works once for each of them, however they are cut.
template <class S>
concept IsStream =
    requires(S& s, const Setup& setup, const float* options, int reading, Arena& arena, const float* stereo, int frames,
             float* into) {
      { S::spec } -> std::convertible_to<const Spec&>;
      { S::count(options, reading) } -> std::same_as<int>;
      { s.prepare(setup, options, arena) } -> std::same_as<bool>;  ///< false: memory is missing
      { s.push(stereo, frames) } noexcept;
      { s.ready() } -> std::same_as<bool>;  ///< enough frames have come for a result
      { s.read(into) } noexcept;
    } &&
    wellFormed(S::spec) && S::spec.readings.size() > 0;

}  // namespace sl
