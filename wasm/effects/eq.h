// Equaliser: low shelf, two bells, high shelf. Audio thread except prepare.
#pragma once
#include <array>

#include "core/effect.h"
#include "dsp/eq_band.h"
#include "dsp/mix_law.h"

namespace sl {

/// The three parameters of a band.
namespace eq_band {
constexpr Param frequency(std::string_view id, std::string_view label, std::string_view group, float min, float max,
                          float init) {
  return {.id = id,
          .label = label,
          .doc = "Middle of the bell, or where the shelf has half its gain.",
          .unit = Unit::hertz,
          .min = min,
          .max = max,
          .init = init,
          .curve = Curve::log,
          .group = group};
}
constexpr Param gain(std::string_view id, std::string_view label, std::string_view group) {
  return {.id = id,
          .label = label,
          .doc = "Boost or cut of the band.",
          .unit = Unit::decibels,
          .min = -18.f,
          .max = 18.f,
          .init = 0.f,
          .group = group};
}
constexpr Param quality(std::string_view id, std::string_view label, std::string_view group) {
  return {.id = id,
          .label = label,
          .doc = "Narrowness of the bell.",
          .unit = Unit::ratio,
          .min = 0.3f,
          .max = 8.f,
          .init = 1.f,
          .curve = Curve::log,
          .group = group};
}
}  // namespace eq_band

/// Four matched sections in f64. Flat settings pass the input bit for bit.
struct Eq {
  enum P {
    lowFrequency,
    lowGain,
    bell1Frequency,
    bell1Gain,
    bell1Q,
    bell2Frequency,
    bell2Gain,
    bell2Q,
    highFrequency,
    highGain,
    numParams
  };
  static constexpr std::array<Param, numParams> params{{
      eq_band::frequency("lowFrequency", "Low frequency", "Low shelf", 20.f, 2000.f, 120.f),
      eq_band::gain("lowGain", "Low gain", "Low shelf"),
      eq_band::frequency("bell1Frequency", "Bell 1 frequency", "Bell 1", 20.f, 16000.f, 500.f),
      eq_band::gain("bell1Gain", "Bell 1 gain", "Bell 1"),
      eq_band::quality("bell1Q", "Bell 1 Q", "Bell 1"),
      eq_band::frequency("bell2Frequency", "Bell 2 frequency", "Bell 2", 20.f, 16000.f, 2500.f),
      eq_band::gain("bell2Gain", "Bell 2 gain", "Bell 2"),
      eq_band::quality("bell2Q", "Bell 2 Q", "Bell 2"),
      eq_band::frequency("highFrequency", "High frequency", "High shelf", 1000.f, 16000.f, 8000.f),
      eq_band::gain("highGain", "High gain", "High shelf"),
  }};
  static constexpr Spec spec{.id = "eq",
                             .label = "Equaliser",
                             .doc = "Four bands that follow the analogue curves up to 20 kHz.",
                             .category = "filter",
                             .params = params,
                             .costNs = 500.f};

  bool prepare(const Setup& setup, Arena&) {
    sampleRate_ = setup.sampleRate;
    return true;
  }
  void reset() noexcept {
    for (EqBand& band : bands_) band.reset();
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    EqBand* still[kBands];
    int count = 0;
    for (int k = 0; k < kBands; k++) {
      const Layout& at = kLayout[k];
      const bool moved = fresh_ || b.params[at.frequency].changed || b.params[at.gain].changed ||
                         (at.q >= 0 && b.params[at.q].changed);
      EqSection goal;
      if (moved) {
        const double q = at.q < 0 ? M_SQRT1_2 : endOf(b.params[at.q], b.frames);
        goal = MatchedSection::design(at.shape, endOf(b.params[at.frequency], b.frames),
                                      endOf(b.params[at.gain], b.frames), q, sampleRate_);
      }
      if (!moved) {
        if (!bands_[k].idle()) still[count++] = &bands_[k];
        continue;
      }
      // In their order: what stands before a band that moves is heard first.
      EqBand::processStill(still, count, b.left, b.right, b.frames);
      count = 0;
      bands_[k].process(b.left, b.right, b.frames, &goal);
    }
    EqBand::processStill(still, count, b.left, b.right, b.frames);
    fresh_ = false;
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept {
    double frames = 0.;
    for (const EqBand& band : bands_) frames += band.ringFrames();
    return (int)frames;
  }

 private:
  static constexpr int kBands = 4;
  struct Layout {
    EqShape shape;
    int frequency, gain, q;
  };
  static constexpr Layout kLayout[kBands] = {{EqShape::lowShelf, lowFrequency, lowGain, -1},
                                             {EqShape::bell, bell1Frequency, bell1Gain, bell1Q},
                                             {EqShape::bell, bell2Frequency, bell2Gain, bell2Q},
                                             {EqShape::highShelf, highFrequency, highGain, -1}};
  EqBand bands_[kBands];
  double sampleRate_ = 48000.;
  bool fresh_ = true;
};

}  // namespace sl
