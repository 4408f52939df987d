// Parameters that the dynamics effects share, declared once: times, ratio, knee, side chain.
#pragma once
#include <array>

#include "core/param.h"
#include "dsp/level_detector.h"

namespace sl::dynamics {

constexpr Param decibels(std::string_view id, std::string_view label, std::string_view doc, float min, float max,
                         float init, std::string_view group = {}) {
  return {.id = id,
          .label = label,
          .doc = doc,
          .unit = Unit::decibels,
          .min = min,
          .max = max,
          .init = init,
          .group = group};
}
constexpr Param time(std::string_view id, std::string_view label, std::string_view doc, float min, float max,
                     float init, std::string_view group) {
  return {.id = id,
          .label = label,
          .doc = doc,
          .unit = Unit::seconds,
          .min = min,
          .max = max,
          .init = init,
          .curve = Curve::log,
          .group = group};
}
constexpr Param ratio(std::string_view id, std::string_view label, std::string_view doc, float max, float init,
                      std::string_view group = {}) {
  return {.id = id,
          .label = label,
          .doc = doc,
          .unit = Unit::ratio,
          .min = 1.f,
          .max = max,
          .init = init,
          .curve = Curve::log,
          .group = group};
}
constexpr Param fraction(std::string_view id, std::string_view label, std::string_view doc, float init,
                         std::string_view group = {}) {
  return {.id = id,
          .label = label,
          .doc = doc,
          .unit = Unit::fraction,
          .min = 0.f,
          .max = 1.f,
          .init = init,
          .group = group};
}

/// What a parameter is at four frames, from `frame` on.
inline f32x4 fourOf(const Ramp<float>& ramp, int frame) {
  return splat(ramp.value) + splat(ramp.step) * (splat((float)frame) + f32x4{0.f, 1.f, 2.f, 3.f});
}

inline constexpr std::string_view kTiming = "Timing", kSide = "Side chain";

/// Dry and split sound would comb where they are added, so the mix of an effect that splits bands weakens its gains;
/// only its last twentieth fades to the input itself.
inline constexpr std::string_view kBandMixDoc =
    "How much of the gain change is heard, in every band alike; 0 %: the input untouched.";
inline double bandedShare(double mix) { return mix < 0.05 ? mix * 20. : 1.; }

inline constexpr Param kSideHighpass{.id = "sideHighpass",
                                     .label = "Side high-pass",
                                     .doc = "What lies below this frequency is not listened to; 20 Hz: all is.",
                                     .unit = Unit::hertz,
                                     .min = LevelDetector::kOpenHz,
                                     .max = 2000.f,
                                     .init = LevelDetector::kOpenHz,
                                     .curve = Curve::log,
                                     .group = kSide};

inline constexpr std::array<Option, 2> kDetectors{{{"peak", "Peak"}, {"rms", "RMS"}}};
inline constexpr Param kDetector{.id = "detector",
                                 .label = "Detector",
                                 .doc = "Peak follows every swing; RMS follows the loudness over 10 ms.",
                                 .init = 0.f,
                                 .curve = Curve::option,
                                 .smooth = Smooth::none,
                                 .group = kSide,
                                 .options = kDetectors};

}  // namespace sl::dynamics
