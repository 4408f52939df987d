// Ring modulator: the signal times a sine. Audio thread.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/elliptic_halfband.h"
#include "dsp/math.h"
#include "dsp/mix_law.h"

namespace sl {

/// Every partial f becomes |carrier - f| and carrier + f; the carrier itself is a pure sine. Sums above half the sample
/// rate fold back, unless the quality is clean: then it runs at twice the rate between half-band all-passes, without
/// latency, and nothing below 20 kHz folds back to below 20 kHz (under -100 dB).
struct RingMod {
  enum P { frequency, mix, quality, numParams };
  static constexpr std::array<Option, 2> kQualities{{{"standard", "Standard"}, {"clean", "Clean"}}};
  static constexpr std::array<Param, numParams> params{{
      {.id = "frequency",
       .label = "Frequency",
       .doc = "Pitch of the carrier.",
       .unit = Unit::hertz,
       .min = 1.f,
       .max = 5000.f,
       .init = 220.f,
       .curve = Curve::log},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to modulated only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.5f},
      {.id = "quality",
       .label = "Quality",
       .doc = "Standard: what lies too high folds back down. Clean: it is left out.",
       .init = 0.f,
       .curve = Curve::option,
       .smooth = Smooth::fade,
       .options = kQualities},
  }};
  static constexpr Spec spec{.id = "ringmod",
                             .label = "Ring modulator",
                             .doc = "Clangorous sum and difference tones.",
                             .category = "modulation",
                             .params = params,
                             .costNs = 320.f};

  bool prepare(const Setup& setup, Arena&) {
    perHertz_ = 4294967296. / setup.sampleRate;
    fadeStep_ = 1.f / (0.01f * setup.sampleRate);
    twice_.prepare(setup.sampleRate);
    return true;
  }
  void reset() noexcept {
    phase_ = 0;
    twice_.reset();
    fresh_ = true;
  }
  void process(const StereoBlock& b) noexcept {
    const float wanted = b.params[quality].value;
    if (fresh_) clean_ = wanted;
    fresh_ = false;
    Glide pitch(b.params[frequency]), wet(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      const uint32_t step = (uint32_t)(perHertz_ * pitch.next());
      const f32x4 carrier = sinePhase(splatU(phase_) + u32x4{0u, step >> 1, 0u, 0u});
      const float share = wet.next();
      phase_ += step;
      float left = b.left[i] * carrier[0], right = b.right[i] * carrier[0];
      if (clean_ != 0.f || wanted != 0.f) {
        clean_ = wanted > clean_ ? std::fmin(clean_ + fadeStep_, 1.f) : std::fmax(clean_ - fadeStep_, wanted);
        f32x4 first, second;
        twice_.up({b.left[i], b.right[i], 0.f, 0.f}, first, second);
        const f32x4 y = twice_.down(first * splat(carrier[0]), second * splat(carrier[1]));
        left += (y[0] - left) * clean_;
        right += (y[1] - right) * clean_;
        if (clean_ == 0.f) twice_.reset();
      }
      b.left[i] = mixed(b.left[i], left, share);
      b.right[i] = mixed(b.right[i], right, share);
    }
    if (clean_ > 0.f) twice_.endBlock();
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return clean_ > 0.f ? twice_.tailFrames() : 0; }

 private:
  EllipticTwofold twice_;
  double perHertz_ = 0.;
  uint32_t phase_ = 0;
  float clean_ = 0.f, fadeStep_ = 0.f;  ///< 0 standard .. 1 clean
  bool fresh_ = true;
};

}  // namespace sl
