// Equaliser: low shelf, two bells, high shelf. Audio thread except prepare.
#pragma once
#include <array>

#include "core/denormal.h"
#include "core/effect.h"
#include "dsp/matched_biquad.h"
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

/// Four matched sections in f64, both channels in one vector. Flat settings pass the input bit for bit. While a band
/// moves, its coefficients ramp over the block (the stable region is convex, so no step on the way is unstable).
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
                             .costNs = 470.f};

  bool prepare(const Setup& setup, Arena&) {
    sampleRate_ = setup.sampleRate;
    return true;
  }
  void reset() noexcept {
    for (Band& band : bands_) band = Band{};
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    for (int k = 0; k < kBands; k++) {
      const Layout& at = kLayout[k];
      const bool moved = fresh_ || b.params[at.frequency].changed || b.params[at.gain].changed ||
                         (at.q >= 0 && b.params[at.q].changed);
      run(bands_[k], b, moved ? &at : nullptr);
    }
    fresh_ = false;
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept {
    double frames = 0.;
    for (const Band& band : bands_) frames += band.now.ringFrames();
    return (int)frames;
  }

 private:
  using f64x2 = double __attribute__((vector_size(16)));
  static constexpr int kBands = 4;
  struct Layout {
    MatchedEq::Kind kind;
    int frequency, gain, q;
  };
  static constexpr Layout kLayout[kBands] = {{MatchedEq::Kind::lowShelf, lowFrequency, lowGain, -1},
                                             {MatchedEq::Kind::bell, bell1Frequency, bell1Gain, bell1Q},
                                             {MatchedEq::Kind::bell, bell2Frequency, bell2Gain, bell2Q},
                                             {MatchedEq::Kind::highShelf, highFrequency, highGain, -1}};
  struct Band {
    Biquad now;
    f64x2 s1{}, s2{};
  };

  void run(Band& band, const StereoBlock& b, const Layout* moved) noexcept {
    Biquad f = band.now, step{0., 0., 0., 0., 0.}, goal = f;
    if (moved) {
      const double q = moved->q < 0 ? M_SQRT1_2 : endOf(b.params[moved->q], b.frames);
      goal = MatchedEq::design(moved->kind, endOf(b.params[moved->frequency], b.frames),
                               endOf(b.params[moved->gain], b.frames), q, sampleRate_);
      if (fresh_) f = goal;
      const double share = 1. / b.frames;
      step = {(goal.b0 - f.b0) * share, (goal.b1 - f.b1) * share, (goal.b2 - f.b2) * share, (goal.a1 - f.a1) * share,
              (goal.a2 - f.a2) * share};
    }
    f64x2 s1 = band.s1, s2 = band.s2;
    for (int i = 0; i < b.frames; i++) {
      if (moved) f.b0 += step.b0, f.b1 += step.b1, f.b2 += step.b2, f.a1 += step.a1, f.a2 += step.a2;
      const f64x2 x = {b.left[i], b.right[i]};
      const f64x2 y = f.b0 * x + s1;
      s1 = f.b1 * x - f.a1 * y + s2;
      s2 = f.b2 * x - f.a2 * y;
      b.left[i] = (float)y[0];
      b.right[i] = (float)y[1];
    }
    band.now = goal;
    for (int c = 0; c < 2; c++) s1[c] = flush(s1[c]), s2[c] = flush(s2[c]);
    band.s1 = s1;
    band.s2 = s2;
  }

  Band bands_[kBands];
  double sampleRate_ = 48000.;
  bool fresh_ = true;
};

}  // namespace sl
