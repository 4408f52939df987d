// Eight-band equaliser: any curve in any band. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/decibels.h"
#include "dsp/eq_band.h"
#include "dsp/mix_law.h"

namespace sl {

/// The layout of the table: five parameters of each band, then the output.
namespace eq8 {
constexpr int kBands = 8, kPerBand = 5;
enum B { on, type, frequency, gain, quality };
constexpr int at(int band, B which) { return band * kPerBand + which; }

inline constexpr std::array<Option, 7> kTypes{{{"bell", "Bell"},
                                               {"lowShelf", "Low shelf"},
                                               {"highShelf", "High shelf"},
                                               {"lowCut", "Low cut"},
                                               {"highCut", "High cut"},
                                               {"notch", "Notch"},
                                               {"bandPass", "Band-pass"}}};
static_assert((int)EqShape::bandPass == (int)kTypes.size() - 1);  // in the order of EqShape

struct Names {
  std::string_view group;
  std::array<std::string_view, kPerBand> ids, labels;
};
inline constexpr Names kNames[kBands] = {{"Band 1",
                                          {"band1On", "band1Type", "band1Frequency", "band1Gain", "band1Q"},
                                          {"Band 1 on", "Band 1 type", "Band 1 frequency", "Band 1 gain", "Band 1 Q"}},
                                         {"Band 2",
                                          {"band2On", "band2Type", "band2Frequency", "band2Gain", "band2Q"},
                                          {"Band 2 on", "Band 2 type", "Band 2 frequency", "Band 2 gain", "Band 2 Q"}},
                                         {"Band 3",
                                          {"band3On", "band3Type", "band3Frequency", "band3Gain", "band3Q"},
                                          {"Band 3 on", "Band 3 type", "Band 3 frequency", "Band 3 gain", "Band 3 Q"}},
                                         {"Band 4",
                                          {"band4On", "band4Type", "band4Frequency", "band4Gain", "band4Q"},
                                          {"Band 4 on", "Band 4 type", "Band 4 frequency", "Band 4 gain", "Band 4 Q"}},
                                         {"Band 5",
                                          {"band5On", "band5Type", "band5Frequency", "band5Gain", "band5Q"},
                                          {"Band 5 on", "Band 5 type", "Band 5 frequency", "Band 5 gain", "Band 5 Q"}},
                                         {"Band 6",
                                          {"band6On", "band6Type", "band6Frequency", "band6Gain", "band6Q"},
                                          {"Band 6 on", "Band 6 type", "Band 6 frequency", "Band 6 gain", "Band 6 Q"}},
                                         {"Band 7",
                                          {"band7On", "band7Type", "band7Frequency", "band7Gain", "band7Q"},
                                          {"Band 7 on", "Band 7 type", "Band 7 frequency", "Band 7 gain", "Band 7 Q"}},
                                         {"Band 8",
                                          {"band8On", "band8Type", "band8Frequency", "band8Gain", "band8Q"},
                                          {"Band 8 on", "Band 8 type", "Band 8 frequency", "Band 8 gain", "Band 8 Q"}}};

/// What a band is when the effect is dropped in: cuts at both ends, off; shelves and bells between, flat.
struct Start {
  bool on;
  EqShape shape;
  float hz;
};
inline constexpr Start kStarts[kBands] = {{false, EqShape::lowCut, 30.f},      {true, EqShape::lowShelf, 100.f},
                                          {true, EqShape::bell, 250.f},        {true, EqShape::bell, 800.f},
                                          {true, EqShape::bell, 2500.f},       {true, EqShape::bell, 6000.f},
                                          {true, EqShape::highShelf, 10000.f}, {false, EqShape::highCut, 18000.f}};
}  // namespace eq8

/// Eight matched sections in f64 (dsp/matched_section.h). A band that is switched on or off, or that changes its type,
/// fades over 10 ms through the dry sound.
struct Eq8 {
  static constexpr int kBands = eq8::kBands, output = kBands * eq8::kPerBand, numParams = output + 1;
  static constexpr auto params = [] {
    using namespace eq8;
    std::array<Param, kBands * kPerBand + 1> all{};
    for (int k = 0; k < kBands; k++) {
      const Names& names = kNames[k];
      const Start& start = kStarts[k];
      all[at(k, on)] = {.id = names.ids[on],
                        .label = names.labels[on],
                        .doc = "Whether the band is heard.",
                        .init = start.on ? 1.f : 0.f,
                        .curve = Curve::toggle,
                        .smooth = Smooth::fade,
                        .group = names.group};
      all[at(k, type)] = {.id = names.ids[type],
                          .label = names.labels[type],
                          .doc = "Shape of the band; cuts fall by 12 dB per octave.",
                          .init = (float)start.shape,
                          .curve = Curve::option,
                          .smooth = Smooth::fade,
                          .group = names.group,
                          .options = kTypes};
      all[at(k, frequency)] = {.id = names.ids[frequency],
                               .label = names.labels[frequency],
                               .doc =
                                   "Middle of a bell, a notch or a band-pass; where a shelf has half its gain; "
                                   "corner of a cut.",
                               .unit = Unit::hertz,
                               .min = 20.f,
                               .max = 20000.f,
                               .init = start.hz,
                               .curve = Curve::log,
                               .group = names.group};
      all[at(k, gain)] = {.id = names.ids[gain],
                          .label = names.labels[gain],
                          .doc = "Boost or cut of a bell or a shelf; the other types have none.",
                          .unit = Unit::decibels,
                          .min = -18.f,
                          .max = 18.f,
                          .init = 0.f,
                          .group = names.group};
      all[at(k, quality)] = {.id = names.ids[quality],
                             .label = names.labels[quality],
                             .doc =
                                 "Narrowness of a bell, a notch or a band-pass; resonance of a cut; steepness of a "
                                 "shelf, up to 2.",
                             .unit = Unit::ratio,
                             .min = 0.3f,
                             .max = 12.f,
                             .init = start.shape == EqShape::bell ? 1.f : 0.70710678f,
                             .curve = Curve::log,
                             .group = names.group};
    }
    all[kBands * kPerBand] = {.id = "output",
                              .label = "Output",
                              .doc = "Level behind all bands.",
                              .unit = Unit::decibels,
                              .min = -24.f,
                              .max = 12.f,
                              .init = 0.f};
    return all;
  }();
  static constexpr Spec spec{.id = "eq8",
                             .label = "Equaliser, eight bands",
                             .doc =
                                 "Bells, shelves, cuts, notches and band-passes that follow the analogue curves to "
                                 "20 kHz.",
                             .category = "filter",
                             .params = params,
                             .costNs = 750.f};

  bool prepare(const Setup& setup, Arena&) {
    sampleRate_ = setup.sampleRate;
    return true;
  }
  void reset() noexcept {
    for (Band& band : bands_) band = Band{};
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    Still still;
    for (int k = 0; k < kBands; k++) run(k, b, still);
    still.run(b);
    fresh_ = false;
    const Ramp<float>& level = b.params[output];
    if (!level.moving && level.value == 0.f) return;
    const float now = gainOf(level.value);
    Glide glide({.value = now, .step = (gainOf(endOf(level, b.frames)) - now) / (float)b.frames});
    for (int i = 0; i < b.frames; i++) {
      const float g = glide.next();
      b.left[i] *= g;
      b.right[i] *= g;
    }
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept {
    double frames = 0.;
    for (const Band& band : bands_)
      if (band.wet > 0.f) frames += band.filter.ringFrames();
    return (int)frames;
  }

 private:
  static constexpr float kFadeSeconds = 0.01f;
  struct Band {
    EqBand filter;
    EqShape shape = EqShape::bell;
    float wet = 0.f;
  };

  /// Bands that stand still and are heard whole, until another one comes in between: they run in one pass.
  struct Still {
    EqBand* bands[kBands];
    int count = 0;

    void run(const StereoBlock& b) noexcept {
      EqBand::processStill(bands, count, b.left, b.right, b.frames);
      count = 0;
    }
  };

  void run(int index, const StereoBlock& b, Still& still) noexcept {
    using namespace eq8;
    Band& band = bands_[index];
    const auto p = [&](B which) -> const Ramp<float>& { return b.params[eq8::at(index, which)]; };
    const auto wanted = (EqShape)(int)p(type).value;
    const bool asked = p(on).value >= 0.5f;
    const bool begins = band.wet == 0.f;
    if (begins) {
      if (!asked) return;
      band.filter.reset();
      band.shape = wanted;
      if (fresh_) band.wet = 1.f;
    }
    EqSection goal;
    const bool moved = begins || p(frequency).changed || p(gain).changed || p(quality).changed;
    if (moved) {
      const bool shelf = band.shape == EqShape::lowShelf || band.shape == EqShape::highShelf;
      const float q = endOf(p(quality), b.frames);
      goal = MatchedSection::design(band.shape, endOf(p(frequency), b.frames), endOf(p(gain), b.frames),
                                    shelf && q > 2.f ? 2.f : q, sampleRate_);
    }
    const float target = asked && band.shape == wanted ? 1.f : 0.f;
    if (band.wet == 1.f && target == 1.f && !moved) {
      if (!band.filter.idle()) still.bands[still.count++] = &band.filter;
      return;
    }
    still.run(b);
    if (band.wet == 1.f && target == 1.f) {
      band.filter.process(b.left, b.right, b.frames, &goal);
      return;
    }
    float left[32], right[32];
    for (int i = 0; i < b.frames; i++) left[i] = b.left[i], right[i] = b.right[i];
    band.filter.process(left, right, b.frames, moved ? &goal : nullptr);
    const float step = 1.f / (kFadeSeconds * (float)sampleRate_);
    for (int i = 0; i < b.frames; i++) {
      band.wet = target > band.wet ? std::fmin(band.wet + step, 1.f) : std::fmax(band.wet - step, 0.f);
      b.left[i] += band.wet * (left[i] - b.left[i]);
      b.right[i] += band.wet * (right[i] - b.right[i]);
    }
  }

  Band bands_[kBands];
  double sampleRate_ = 48000.;
  bool fresh_ = true;
};

}  // namespace sl
