// One parameter, declared once: the table entry that every thread, knob, schema and document derives from.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace sl {

/// Plain units; `fraction` is 0..1 shown as percent, `ratio` a plain factor, `count` a whole number.
enum class Unit : uint8_t {
  none,
  hertz,
  seconds,
  decibels,
  fraction,
  ratio,
  cents,
  semitones,
  octaves,
  degrees,
  perSecond,
  count
};

/// How a knob travels. `log` also means that modulation amounts are octaves. `option` picks from `options`.
enum class Curve : uint8_t { linear, log, option, toggle };

/// `ramp`: the frame smooths and hands over a linear ramp. `fade`: the processor must crossfade (delay times, shapes).
/// `none`: read at note start or on change.
enum class Smooth : uint8_t { none, ramp, fade };

struct Option {
  std::string_view id;
  std::string_view label;
};

struct Param {
  std::string_view id{};
  std::string_view label{};
  std::string_view doc{};
  Unit unit = Unit::none;
  float min = 0.f;
  float max = 1.f;
  float init = 0.f;  ///< Plain unit; for `option` the index into options.
  Curve curve = Curve::linear;
  Smooth smooth = Smooth::ramp;
  std::string_view group{};  ///< Knob group; empty: the processor's own.
  std::span<const Option> options{};
};

/// What a processor reads for one segment: `value` at its first frame, `step` added per frame.
template <class T>
struct Ramp {
  T value{};
  T step{};
  bool moving = false;   ///< false: value holds for the whole segment and step is 0.
  bool changed = false;  ///< value differs from the end of the previous segment's ramp or this is the first segment.
};

}  // namespace sl
