// Binaural panner: places a sound round the head, for headphones. Audio thread except prepare.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "core/denormal.h"
#include "core/effect.h"
#include "dsp/mix_law.h"
#include "dsp/sphere_head.h"

namespace sl {

/// Left and right are two sources `spread` apart; each reaches both ears by a filter of the spherical head. A new place
/// is crossfaded.
struct Binaural {
  enum P { azimuth, elevation, distance, spread, pinna, mix, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "azimuth",
       .label = "Azimuth",
       .doc = "Direction seen from above: 0 in front, 90 right, -90 left, 180 behind.",
       .unit = Unit::degrees,
       .min = -180.f,
       .max = 180.f,
       .init = 30.f,
       .smooth = Smooth::fade},
      {.id = "elevation",
       .label = "Elevation",
       .doc = "Height: 0 level with the ears, 90 above.",
       .unit = Unit::degrees,
       .min = -90.f,
       .max = 90.f,
       .init = 0.f,
       .smooth = Smooth::fade},
      {.id = "distance",
       .label = "Distance",
       .doc = "Distance in metres: twice as far is 6 dB softer. At 1 m the level stays.",
       .unit = Unit::ratio,
       .min = 0.25f,
       .max = 20.f,
       .init = 1.f,
       .curve = Curve::log,
       .smooth = Smooth::fade},
      {.id = "spread",
       .label = "Spread",
       .doc = "Angle between the left and the right side of the sound; 0 puts both at one place.",
       .unit = Unit::degrees,
       .min = 0.f,
       .max = 180.f,
       .init = 30.f,
       .smooth = Smooth::fade},
      {.id = "pinna",
       .label = "Ears",
       .doc = "Echoes of the outer ear, which tell above from below and front from behind.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.4f,
       .smooth = Smooth::fade},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to placed only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
  }};
  static constexpr Spec spec{.id = "binaural",
                             .label = "Binaural panner",
                             .doc = "Places a sound anywhere round a listener with headphones.",
                             .category = "utility",
                             .params = params,
                             .costNs = 1700.f};

  bool prepare(const Setup& setup, Arena& arena) {
    sampleRate_ = setup.sampleRate;
    fadeStep_ = 1.f / (kFadeSeconds * sampleRate_);
    return head_.prepare(arena, sampleRate_);
  }
  void reset() noexcept {
    std::memset(past_, 0, sizeof past_);
    fade_ = 1.f;
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    aim({b.params[azimuth].value, b.params[elevation].value, b.params[distance].value, b.params[spread].value,
         b.params[pinna].value});
    for (int i = 0; i < b.frames; i++) {
      past_[0][kPast + i] = flush(b.left[i]);
      past_[1][kPast + i] = flush(b.right[i]);
    }
    float wet[2][32];
    filter(now_, wet, b.frames);
    if (fade_ < 1.f) {
      float other[2][32];
      filter(1 - now_, other, b.frames);
      for (int i = 0; i < b.frames; i++) {
        fade_ = std::min(1.f, fade_ + fadeStep_);
        for (int ear = 0; ear < 2; ear++) wet[ear][i] += (other[ear][i] - wet[ear][i]) * fade_;
      }
      if (fade_ >= 1.f) now_ = 1 - now_;
    }
    Glide share(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      const float m = share.next();
      b.left[i] = mixed(b.left[i], wet[0][i], m);
      b.right[i] = mixed(b.right[i], wet[1][i], m);
    }
    for (auto& past : past_) std::memmove(past, past + b.frames, sizeof(float) * kPast);
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return head_.taps(); }

 private:
  static constexpr int kPast = SphereHead::kMaxTaps;
  static constexpr float kFadeSeconds = 0.02f;
  struct Place {
    float azimuth, elevation, distance, spread, pinna;
    bool operator==(const Place&) const = default;
  };

  void aim(const Place& wanted) noexcept {
    if (fade_ < 1.f || (!fresh_ && wanted == place_)) return;
    place_ = wanted;
    const int set = fresh_ ? now_ : 1 - now_;
    std::memset(weights_[set], 0, sizeof weights_[set]);
    const double perDegree = SphereHead::kPi / 180.;
    for (int side = 0; side < 2; side++) {
      double azimuth = wanted.azimuth + (side == 0 ? -0.5 : 0.5) * wanted.spread;
      azimuth -= 360. * std::floor((azimuth + 180.) / 360.);
      for (int ear = 0; ear < 2; ear++)
        head_.make(weights_[set][side][ear], azimuth * perDegree, wanted.elevation * perDegree, ear == 0 ? -1 : 1,
                   wanted.pinna, 0.5f / wanted.distance);
    }
    together_[set] = wanted.spread == 0.f;
    if (!fresh_) fade_ = 0.f;
    fresh_ = false;
  }
  void filter(int set, float (*out)[32], int frames) const noexcept {
    const int taps = head_.taps();
    for (int i = 0; i < frames; i += 4) {
      f32x4 left = splat(0.f), right = splat(0.f);
      const float *x = past_[0] + kPast + i, *y = past_[1] + kPast + i;
      const auto& w = weights_[set];
      for (int k = 0; k < taps; k++) {
        f32x4 v = load4(x - k);
        const f32x4 u = load4(y - k);
        if (together_[set]) v += u;
        left += v * splat(w[0][0][k]);
        right += v * splat(w[0][1][k]);
        if (together_[set]) continue;
        left += u * splat(w[1][0][k]);
        right += u * splat(w[1][1][k]);
      }
      for (int k = 0; k < 4 && i + k < frames; k++) out[0][i + k] = left[k], out[1][i + k] = right[k];
    }
  }

  SphereHead head_;
  float weights_[2][2][2][SphereHead::kMaxTaps] = {};  ///< set, source, ear
  float past_[2][kPast + 32 + 4] = {};
  bool together_[2] = {};
  Place place_{};
  int now_ = 0;
  float sampleRate_ = 48000.f, fade_ = 1.f, fadeStep_ = 0.f;
  bool fresh_ = true;
};

}  // namespace sl
