// What strings tell of the body that they are strung on: the same parameters for all. Any thread.
#pragma once
#include <span>

#include "core/param.h"

namespace sl {

/// Which body; the second of the names unless told.
constexpr Param bodyParam(std::span<const Option> names) {
  return {.id = "body",
          .label = "Body",
          .doc = "What the string is strung on",
          .init = 1,
          .curve = Curve::option,
          .smooth = Smooth::none,
          .group = "Body",
          .options = names};
}
constexpr Param bodyMixParam(float init) {
  return {.id = "bodyMix",
          .label = "Body mix",
          .doc = "Share of the sound through the body",
          .unit = Unit::fraction,
          .min = 0.f,
          .max = 1.f,
          .init = init,
          .group = "Body"};
}
inline constexpr Param kBodySizeParam{.id = "bodySize",
                                      .label = "Body size",
                                      .doc = "Larger sounds lower",
                                      .unit = Unit::ratio,
                                      .min = 0.5f,
                                      .max = 2.f,
                                      .init = 1.f,
                                      .curve = Curve::log,
                                      .smooth = Smooth::none,
                                      .group = "Body"};

}  // namespace sl
