// The table of one unit, effect or stream, and the compile-time checks that reject a bad one.
#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <tuple>

#include "core/asset.h"
#include "core/param.h"

namespace sl {

struct Port {
  std::string_view id;
  std::string_view doc;
};

/// One number, or one array of numbers, of a stream's result.
struct Reading {
  std::string_view id;
  std::string_view label;
  std::string_view doc;
  Unit unit = Unit::none;
};

struct Spec {
  std::string_view id{};
  std::string_view label{};
  std::string_view doc{};
  std::string_view category{};  ///< oscillator, noise, filter, modulation, utility, delay, reverb, dynamics ...
  int version = 1;              ///< Raised when an id goes or a range shrinks; a migration goes with it.
  std::span<const Param> params{};
  std::span<const Port> inputs{};       ///< Units only.
  std::span<const Port> outputs{};      ///< Units only.
  std::span<const Reading> readings{};  ///< Streams only: what a result holds, in this order.
  bool table = false;                   ///< Unit needs a waveform baked from `harmonics`.
  AssetKind asset = AssetKind::none;    ///< What long data it reads, if any.
  bool sidechain = false;               ///< Effects: hears a second input.
  float costNs = 0.f;  ///< Units: per quad and 32 frames. Effects: per 32 stereo frames. Calibrated by the bench.
};

/// ids match [a-z][a-zA-Z0-9]*, docs are there, ranges hold the default, log ranges are positive, ids are unique.
consteval bool wellFormed(const Spec& s) {
  auto idOk = [](std::string_view id) {
    if (id.empty() || id[0] < 'a' || id[0] > 'z') return false;
    for (char c : id)
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return false;
    return true;
  };
  if (!idOk(s.id) || s.label.empty() || s.doc.empty() || s.category.empty() || s.version < 1) return false;
  for (std::size_t i = 0; i < s.params.size(); i++) {
    const Param& p = s.params[i];
    if (!idOk(p.id) || p.label.empty() || p.doc.empty()) return false;
    if (p.curve == Curve::option) {
      if (p.options.size() < 2 || p.init < 0 || p.init >= (float)p.options.size()) return false;
    } else {
      if (!(p.min < p.max) || p.init < p.min || p.init > p.max) return false;
      if (p.curve == Curve::log && p.min <= 0.f) return false;
    }
    for (std::size_t k = 0; k < i; k++)
      if (s.params[k].id == p.id) return false;
  }
  for (std::size_t i = 0; i < s.readings.size(); i++) {
    if (!idOk(s.readings[i].id) || s.readings[i].label.empty() || s.readings[i].doc.empty()) return false;
    for (std::size_t k = 0; k < i; k++)
      if (s.readings[k].id == s.readings[i].id) return false;
  }
  return true;
}

/// Ids are unique within a registry.
template <class... Members>
consteval bool uniqueIds(std::tuple<Members...>*) {
  const std::array<std::string_view, sizeof...(Members)> ids{Members::spec.id...};
  for (std::size_t i = 0; i < ids.size(); i++)
    for (std::size_t k = 0; k < i; k++)
      if (ids[i] == ids[k]) return false;
  return true;
}

}  // namespace sl
