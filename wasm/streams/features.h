// Streams that the analyzer worker computes with the library Meyda: declared here like every other, computed there.
#pragma once
#include <array>

#include "core/spec.h"

namespace sl {

namespace feature {

inline constexpr std::array<Option, 4> kSizes{{{"512", "512"}, {"1024", "1024"}, {"2048", "2048"}, {"4096", "4096"}}};
inline constexpr std::array<Param, 1> kParams{{
    {.id = "size",
     .label = "Size",
     .doc = "Frames that one value looks at.",
     .unit = Unit::count,
     .init = 2.f,
     .curve = Curve::option,
     .smooth = Smooth::none,
     .options = kSizes},
}};

}  // namespace feature

struct Centroid {
  static constexpr std::array<Reading, 1> readings{
      {{"centroid", "Centroid", "Mean frequency, weighted by magnitude; no number in silence.", Unit::hertz}}};
  static constexpr Spec spec{.id = "centroid",
                             .label = "Spectral centroid",
                             .doc = "How bright the sound is.",
                             .category = "feature",
                             .params = feature::kParams,
                             .readings = readings};
};

struct Flatness {
  static constexpr std::array<Reading, 1> readings{
      {{"flatness", "Flatness", "0 a tone .. 1 white noise; no number in silence.", Unit::fraction}}};
  static constexpr Spec spec{.id = "flatness",
                             .label = "Spectral flatness",
                             .doc = "How much the sound is noise: geometric by arithmetic mean of the magnitudes.",
                             .category = "feature",
                             .params = feature::kParams,
                             .readings = readings};
};

struct Loudness {
  static constexpr std::array<Reading, 2> readings{{
      {"total", "Total", "Sum over the bands.", Unit::none},
      {"specific", "Specific", "24 Bark bands: summed magnitude to the power of 0.23.", Unit::none},
  }};
  static constexpr Spec spec{.id = "loudness",
                             .label = "Perceptual loudness",
                             .doc = "Loudness over Bark bands, without a window; compares sounds, not LUFS.",
                             .category = "feature",
                             .params = feature::kParams,
                             .readings = readings};
};

struct Mfcc {
  static constexpr std::array<Reading, 1> readings{
      {{"mfcc", "Coefficients", "13 coefficients of 26 mel bands.", Unit::none}}};
  static constexpr Spec spec{.id = "mfcc",
                             .label = "MFCC",
                             .doc = "Mel-frequency cepstrum: the colour of the sound in few numbers.",
                             .category = "feature",
                             .params = feature::kParams,
                             .readings = readings};
};

}  // namespace sl
