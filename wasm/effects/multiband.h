// Multiband compressor: three or four bands, each with a compressor of its own. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/crossover.h"
#include "dsp/gain_follower.h"
#include "dsp/level_detector.h"
#include "dsp/mix_law.h"
#include "effects/dynamics_params.h"

namespace sl {

/// The layout of the table: seven parameters of the whole, then six of each band.
namespace multiband {
constexpr int kBands = 4, kPerBand = 6;
enum P { bands, lowCrossover, midCrossover, highCrossover, knee, output, mix, firstBand };
enum B { threshold, ratio, attack, release, gain, solo };
constexpr int at(int band, B which) { return firstBand + band * kPerBand + which; }

inline constexpr std::array<Option, 2> kCounts{{{"3", "3"}, {"4", "4"}}};
inline constexpr std::string_view kIds[kBands][kPerBand] = {
    {"band1Threshold", "band1Ratio", "band1Attack", "band1Release", "band1Gain", "band1Solo"},
    {"band2Threshold", "band2Ratio", "band2Attack", "band2Release", "band2Gain", "band2Solo"},
    {"band3Threshold", "band3Ratio", "band3Attack", "band3Release", "band3Gain", "band3Solo"},
    {"band4Threshold", "band4Ratio", "band4Attack", "band4Release", "band4Gain", "band4Solo"}};
inline constexpr std::string_view kLabels[kBands][kPerBand] = {
    {"Band 1 threshold", "Band 1 ratio", "Band 1 attack", "Band 1 release", "Band 1 gain", "Band 1 solo"},
    {"Band 2 threshold", "Band 2 ratio", "Band 2 attack", "Band 2 release", "Band 2 gain", "Band 2 solo"},
    {"Band 3 threshold", "Band 3 ratio", "Band 3 attack", "Band 3 release", "Band 3 gain", "Band 3 solo"},
    {"Band 4 threshold", "Band 4 ratio", "Band 4 attack", "Band 4 release", "Band 4 gain", "Band 4 solo"}};
inline constexpr std::string_view kGroups[kBands] = {"Band 1", "Band 2", "Band 3", "Band 4"};

constexpr Param crossover(std::string_view id, std::string_view label, float min, float max, float init) {
  return {.id = id,
          .label = label,
          .doc = "Where one band passes into the next, at -6 dB each.",
          .unit = Unit::hertz,
          .min = min,
          .max = max,
          .init = init,
          .curve = Curve::log,
          .group = "Crossovers"};
}
}  // namespace multiband

/// A tree of Linkwitz-Riley crossovers in f64: the middle one first, each half through the all-pass of the other's
/// crossover before it is split again, so that the bands add up flat to rounding. With three bands the upper two share
/// one compressor, which changes no filter: the number of bands can change while it sounds.
struct Multiband {
  static constexpr int kBands = multiband::kBands;
  using P = multiband::P;
  using B = multiband::B;
  using enum multiband::P;
  using enum multiband::B;
  static constexpr int numParams = firstBand + kBands * multiband::kPerBand;
  static constexpr auto params = [] {
    using namespace dynamics;
    using namespace multiband;
    std::array<Param, numParams> all{};
    all[P::bands] = {.id = "bands",
                     .label = "Bands",
                     .doc = "With three, the high crossover rests and band 3 is the top.",
                     .init = 1.f,
                     .curve = Curve::option,
                     .smooth = Smooth::fade,
                     .group = "Crossovers",
                     .options = kCounts};
    all[lowCrossover] = crossover("lowCrossover", "Low crossover", 40.f, 600.f, 120.f);
    all[midCrossover] = crossover("midCrossover", "Mid crossover", 200.f, 5000.f, 1000.f);
    all[highCrossover] = crossover("highCrossover", "High crossover", 1500.f, 14000.f, 6000.f);
    all[knee] = decibels("knee", "Knee", "Width of the gentle turn around every threshold.", 0.f, 24.f, 6.f, "Output");
    all[output] = decibels("output", "Output", "Level of the compressed sound.", -24.f, 12.f, 0.f, "Output");
    all[mix] = fraction("mix", "Mix", kBandMixDoc, 1.f, "Output");
    constexpr float kThresholds[] = {-24.f, -24.f, -26.f, -30.f}, kAttacks[] = {0.03f, 0.015f, 0.008f, 0.004f};
    constexpr float kReleases[] = {0.2f, 0.15f, 0.1f, 0.07f};
    for (int k = 0; k < kBands; k++) {
      const auto& id = kIds[k];
      const auto& label = kLabels[k];
      all[at(k, threshold)] =
          decibels(id[threshold], label[threshold], "Level of the band above which it is turned down.", -60.f, 0.f,
                   kThresholds[k], kGroups[k]);
      all[at(k, B::ratio)] =
          dynamics::ratio(id[B::ratio], label[B::ratio],
                          "Decibels above the threshold that become one; 1: no compression.", 20.f, 2.f, kGroups[k]);
      all[at(k, attack)] = time(id[attack], label[attack], "Time for two thirds of the way down.", 0.0001f, 0.25f,
                                kAttacks[k], kGroups[k]);
      all[at(k, release)] = time(id[release], label[release], "Time for two thirds of the way back up.", 0.005f, 3.f,
                                 kReleases[k], kGroups[k]);
      all[at(k, gain)] =
          decibels(id[gain], label[gain], "Level of the band after its compressor.", -24.f, 24.f, 0.f, kGroups[k]);
      all[at(k, solo)] = {.id = id[solo],
                          .label = label[solo],
                          .doc = "Hear only the bands with this on.",
                          .init = 0.f,
                          .curve = Curve::toggle,
                          .smooth = Smooth::fade,
                          .group = kGroups[k]};
    }
    return all;
  }();
  static constexpr Spec spec{.id = "multiband",
                             .label = "Multiband compressor",
                             .doc = "Compresses bass, middle and treble apart; at ratio 1 it only turns phases.",
                             .category = "dynamics",
                             .params = params,
                             .costNs = 4200.f};

  bool prepare(const Setup& setup, Arena&) {
    sampleRate_ = setup.sampleRate;
    for (Band& band : bands_) band.detector.prepare(sampleRate_);
    fade_ = approachIn(0.005, sampleRate_);
    return true;
  }
  void reset() noexcept {
    low_ = mid_ = high_ = Crossover{};
    overHigh_ = overLow_ = CrossoverSection{};
    for (CrossoverGlide& corner : corners_) corner.reset();
    for (Band& band : bands_) {
      band.detector.reset();
      band.follower.reset();
    }
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    f64x2 part[kBands][32], sum[32];
    split(b, part);
    const bool three = b.params[bands].value < 0.5f;
    bool anySolo = false;
    for (int k = 0; k < kBands; k++) anySolo = anySolo || b.params[at(k, solo)].value >= 0.5f;
    Glide out(b.params[output]);
    alignas(16) float level[32] = {};
    for (int i = 0; i < b.frames; i++) sum[i] = f64x2{0., 0.}, level[i] = out.next();
    for (int i = 0; i < b.frames; i += 4) store4(level + i, decibelsToGain(load4(level + i)));
    for (int k = 0; k < kBands; k++) {
      const int like = three && k == 3 ? 2 : k;  // whose settings the band follows
      alignas(16) float change[32] = {};
      follow(b, k, like, three ? 2 : -1, part, change);
      Band& band = bands_[k];
      const double heard = !anySolo || b.params[at(like, solo)].value >= 0.5f ? 1. : 0.;
      const double trim = b.params[at(like, gain)].value, trimEnd = endOf(b.params[at(like, gain)], b.frames);
      if (fresh_) band.heard = heard, band.trimDb = trim;
      // A band whose trim comes from another one's knob now moves there like a knob.
      const bool own = std::fabs(band.trimDb - trim) < 1e-3;
      alignas(16) float lift[32] = {};
      for (int i = 0; i < b.frames; i++) {
        band.trimDb = own ? trim + (trimEnd - trim) * i / b.frames : band.trimDb + (trim - band.trimDb) * fade_;
        lift[i] = (float)band.trimDb;
      }
      if (own) band.trimDb = trimEnd;
      for (int i = 0; i < b.frames; i += 4) store4(lift + i, decibelsToGain(load4(lift + i) + load4(change + i)));
      Glide share(b.params[mix]);
      for (int i = 0; i < b.frames; i++) {
        band.heard += (heard - band.heard) * fade_;
        const double wet = share.next(), g = (double)lift[i] * (double)level[i];
        sum[i] += band.heard * (1. + wet * (g - 1.)) * part[k][i];
      }
      if (std::fabs(band.heard - heard) < 1e-9) band.heard = heard;
    }
    fresh_ = false;
    Glide share(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      const double banded = dynamics::bandedShare(share.next()), dry = 1. - banded;
      b.left[i] = (float)(dry * b.left[i] + banded * sum[i][0]);
      b.right[i] = (float)(dry * b.right[i] + banded * sum[i][1]);
    }
  }
  int latencyFrames() const noexcept { return 0; }
  /// Until every gain is back; the filters ring for 45 ms at the lowest crossover.
  int tailFrames() const noexcept {
    int most = 0;
    for (const Band& band : bands_) {
      const int frames = band.follower.recoveryFrames(band.releaseSeconds, sampleRate_);
      most = frames > most ? frames : most;
    }
    return (int)(0.1f * sampleRate_) + (most > 0 ? most + (int)(LevelDetector::kRingSeconds * sampleRate_) : 0);
  }
  float reductionDb() const noexcept {
    double least = 0.;
    for (const Band& band : bands_) least = std::fmin(least, band.follower.decibels());
    return (float)least;
  }
  /// Of one band, 0 to 3.
  float reductionDb(int band) const noexcept { return (float)bands_[band].follower.decibels(); }

 private:
  static constexpr int at(int band, B which) { return multiband::at(band, which); }

  struct Band {
    LevelDetector detector;
    GainFollower follower;
    Approach down, up;
    double heard = 1., trimDb = 0.;
    float releaseSeconds = 0.1f;
  };

  void split(const StereoBlock& b, f64x2 (&part)[kBands][32]) noexcept {
    for (int k = 0; k < 3; k++) corners_[k].aim(endOf(b.params[lowCrossover + k], b.frames), sampleRate_, b.frames);
    for (int i = 0; i < b.frames; i++) {
      const CrossoverGain &one = corners_[0].next(), &two = corners_[1].next(), &three = corners_[2].next();
      f64x2 below, above;
      mid_.split(f64x2{b.left[i], b.right[i]}, two, below, above);
      low_.split(overHigh_.allpass(below, three), one, part[0][i], part[1][i]);
      high_.split(overLow_.allpass(above, one), three, part[2][i], part[3][i]);
    }
    for (Crossover* crossover : {&low_, &mid_, &high_}) crossover->flushState();
    overHigh_.flushState(), overLow_.flushState();
  }
  /// The gain change of band `k` in dB, by the settings of band `like`; `joined` and the band above it are heard as
  /// one.
  void follow(const StereoBlock& b, int k, int like, int joined, const f64x2 (&part)[kBands][32],
              float (&change)[32]) noexcept {
    float left[32], right[32];
    for (int i = 0; i < b.frames; i++) {
      const f64x2 x = joined >= 0 && k >= joined ? part[joined][i] + part[joined + 1][i] : part[k][i];
      left[i] = (float)x[0], right[i] = (float)x[1];
    }
    Band& band = bands_[k];
    const auto four = [&](int parameter, int i) { return dynamics::fourOf(b.params[parameter], i); };
    band.detector.louder(left, right, b.frames, LevelDetector::kOpenHz, false, [&](int i, f32x4 levelDb) {
      const CompressorCurve curve{four(at(like, threshold), i),
                                  CompressorCurve::slopeOf(max(four(at(like, B::ratio), i), splat(1.f))),
                                  splat(0.5f) * four(knee, i)};
      store4(change + i, curve.at(levelDb));
    });
    band.releaseSeconds = endOf(b.params[at(like, release)], b.frames);
    band.follower.follow(change, b.frames, band.down.of(endOf(b.params[at(like, attack)], b.frames), sampleRate_),
                         band.up.of(band.releaseSeconds, sampleRate_));
    band.follower.endBlock();
  }

  Crossover low_, mid_, high_;
  CrossoverSection overHigh_, overLow_;
  CrossoverGlide corners_[3];
  Band bands_[kBands];
  double fade_ = 0.;
  float sampleRate_ = 48000.f;
  bool fresh_ = true;
};

}  // namespace sl
