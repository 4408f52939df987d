// Bitcrusher: fewer bits, a lower sample rate, an unsteady clock. Audio thread.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/butterworth8.h"
#include "dsp/decibels.h"
#include "dsp/hash.h"
#include "dsp/mix_law.h"

namespace sl {

/// A converter: samples at its own rate and holds, clips at full scale and rounds to steps of 2^(1 - bits), ties to
/// even: zero is a step, so that silence stays silent. Aliases and images are meant; the filter takes them away, in
/// front of the sampler or on both sides of it, at 0.45 of the rate. Dither is triangular, one step either way, and off
/// in silence.
struct Bitcrush {
  enum P { bits, rate, jitter, dither, filter, drive, mix, output, numParams };
  static constexpr std::array<Option, 3> kFilters{
      {{"off", "Off"}, {"before", "Before"}, {"both", "Before and behind"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "bits",
       .label = "Bits",
       .doc = "Resolution; fractions lie between.",
       .min = 1.f,
       .max = 24.f,
       .init = 8.f,
       .smooth = Smooth::fade},
      {.id = "rate",
       .label = "Rate",
       .doc = "Sample rate that it pretends to have; from the song's own rate on nothing is held.",
       .unit = Unit::hertz,
       .min = 250.f,
       .max = 96000.f,
       .init = 12000.f,
       .curve = Curve::log},
      {.id = "jitter",
       .label = "Jitter",
       .doc = "How unsteady its clock is: at 100 % each sample is held half to one and a half times as long.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.f},
      {.id = "dither",
       .label = "Dither",
       .doc = "Noise before rounding that turns distortion into hiss.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.f},
      {.id = "filter",
       .label = "Anti-alias",
       .doc = "Steep low-pass in front of the sampler, or behind it as well.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kFilters},
      {.id = "drive",
       .label = "Drive",
       .doc = "Gain into the converter, taken back behind it.",
       .unit = Unit::decibels,
       .min = -12.f,
       .max = 36.f,
       .init = 0.f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to crushed only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
      {.id = "output",
       .label = "Output",
       .doc = "Level of the crushed part.",
       .unit = Unit::decibels,
       .min = -24.f,
       .max = 12.f,
       .init = 0.f},
  }};
  static constexpr Spec spec{.id = "bitcrush",
                             .label = "Bitcrusher",
                             .doc = "Old converters: coarse steps, low sample rates, aliases on purpose.",
                             .category = "drive",
                             .params = params,
                             .costNs = 500.f};

  bool prepare(const Setup& setup, Arena&) {
    sampleRate_ = setup.sampleRate;
    seed_ = setup.seed;
    fadeStep_ = 1.f / (0.01f * sampleRate_);
    return true;
  }
  void reset() noexcept {
    before_.reset();
    behind_.reset();
    held_ = heldNext_ = splat(0.f);
    fade_ = 1.f;
    clock_ = wait_ = 1.;
    samples_ = 0;
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    const int n = b.frames;
    const float wantBefore = b.params[filter].value > 0.f, wantBehind = b.params[filter].value > 1.f;
    if (fresh_) shareBefore_ = wantBefore, shareBehind_ = wantBehind, bits_ = nextBits_ = b.params[bits].value;
    if (fade_ >= 1.f && bits_ != b.params[bits].value) nextBits_ = b.params[bits].value, fade_ = 0.f, heldNext_ = held_;
    fresh_ = false;
    const float corner = 0.45f * b.params[rate].value / sampleRate_;
    before_.aim(corner);
    behind_.aim(corner);
    Glide hertz(b.params[rate]), shake(b.params[jitter]), hiss(b.params[dither]), wet(b.params[mix]);
    Glide into(b.params[drive]), loud(b.params[output]);
    const bool moving = b.params[drive].moving || b.params[output].moving;
    float step = std::exp2(1.f - bits_);
    const float nextStep = std::exp2(1.f - nextBits_);
    float gain = gainOf(b.params[drive].value);
    float level = gainOf(b.params[output].value) / gain;
    for (int i = 0; i < n; i++) {
      const float db = into.next(), back = loud.next();
      if (moving) gain = gainOf(db), level = gainOf(back - db);
      const f32x4 dry = {b.left[i], b.right[i], 0.f, 0.f};
      const f32x4 x = filtered(before_, shareBefore_, wantBefore, dry * splat(gain));
      if (bits_ == nextBits_) step = nextStep;
      tick(x, step, nextStep, hertz.next(), shake.next(), hiss.next());
      const f32x4 y = filtered(behind_, shareBehind_, wantBehind, faded()) * splat(level);
      const float share = wet.next();
      b.left[i] = mixed(b.left[i], y[0], share);
      b.right[i] = mixed(b.right[i], y[1], share);
    }
    before_.endBlock();
    behind_.endBlock();
    rateHz_ = endOf(b.params[rate], n);
    gain_ = gainOf(endOf(b.params[drive], n));
  }
  int latencyFrames() const noexcept { return 0; }
  /// Dither goes on until the filter's ringing is below kSilence.
  int tailFrames() const noexcept {
    const float hold = 1.5f / rateHz_;
    if (shareBefore_ == 0.f) return (int)(hold * sampleRate_) + 2;
    const float rings = 1.5f + std::fmax(std::log(gain_ / kSilence) / 11.5129254f, 0.5f);
    return (int)(hold * sampleRate_ + rings * Butterworth8::ringFrames(0.45f * rateHz_ / sampleRate_)) + 2;
  }

  /// What a converter with this step makes of a sample.
  static f32x4 quantised(f32x4 x, float step) {
    return clamp(nearest(clamp(x, -1.f, 1.f) / splat(step)) * splat(step), -1.f, 1.f);
  }

 private:
  static constexpr float kSilence = 1e-6f;

  /// Its clock runs one frame; when a sample is due it is taken.
  void tick(f32x4 x, float step, float nextStep, float hertz, float shake, float hiss) noexcept {
    clock_ += (double)hertz / sampleRate_;
    if (clock_ < wait_) return;
    clock_ = std::fmin(clock_ - wait_, 1.);
    const u32x4 counters = (splatU(samples_++) * splatU(5) + u32x4{0, 1, 2, 3}) * splatU(0x9e3779b9u);
    const f32x4 dice = bipolar(hash(counters ^ splatU(seed_))), more = bipolar(hash(counters ^ splatU(~seed_)));
    wait_ = 1. + 0.5 * (double)shake * more[2];
    const f32x4 noise = select(abs(x) > splat(kSilence), (dice + more) * splat(0.5f * hiss), splat(0.f));
    held_ = quantised(x + noise * splat(step), step);
    if (fade_ < 1.f) heldNext_ = quantised(x + noise * splat(nextStep), nextStep);
  }
  /// From one resolution to the next: what lies between can be louder than both.
  f32x4 faded() noexcept {
    if (fade_ >= 1.f) return held_;
    const f32x4 y = held_ + (heldNext_ - held_) * splat(fade_);
    fade_ += fadeStep_;
    if (fade_ >= 1.f) held_ = heldNext_, bits_ = nextBits_;
    return y;
  }
  f32x4 filtered(Butterworth8& filter, float& share, float wanted, f32x4 x) noexcept {
    if (share == 0.f && wanted == 0.f) return x;
    share = wanted > share ? std::fmin(share + fadeStep_, 1.f) : std::fmax(share - fadeStep_, wanted);
    const f32x4 y = filter.process(x);
    if (share == 0.f) filter.reset();
    return share == 1.f ? y : x + (y - x) * splat(share);
  }

  Butterworth8 before_, behind_;
  f32x4 held_{}, heldNext_{};
  double clock_ = 1., wait_ = 1.;  ///< in its own samples
  uint32_t samples_ = 0, seed_ = 0;
  float shareBefore_ = 0.f, shareBehind_ = 0.f, fadeStep_ = 0.f;
  float bits_ = 8.f, nextBits_ = 8.f, fade_ = 1.f;
  float sampleRate_ = 48000.f, rateHz_ = 12000.f, gain_ = 1.f;
  bool fresh_ = true;
};

}  // namespace sl
