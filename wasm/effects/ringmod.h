// Ring modulator: the signal times a sine. Audio thread.
#pragma once
#include <array>

#include "core/effect.h"
#include "dsp/math.h"
#include "dsp/mix_law.h"

namespace sl {

/// Every partial f becomes |carrier - f| and carrier + f. Sums above half the sample rate fold back, as in any digital
/// ring modulator; the carrier itself is a pure sine.
struct RingMod {
  enum P { frequency, mix, numParams };
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
  }};
  static constexpr Spec spec{.id = "ringmod",
                             .label = "Ring modulator",
                             .doc = "Clangorous sum and difference tones.",
                             .category = "modulation",
                             .params = params,
                             .costNs = 320.f};

  bool prepare(const Setup& setup, Arena&) {
    perHertz_ = 4294967296. / setup.sampleRate;
    return true;
  }
  void reset() noexcept { phase_ = 0; }
  void process(const StereoBlock& b) noexcept {
    Glide pitch(b.params[frequency]), wet(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      const float carrier = sinePhase(splatU(phase_))[0], share = wet.next();
      phase_ += (uint32_t)(perHertz_ * pitch.next());
      b.left[i] = mixed(b.left[i], b.left[i] * carrier, share);
      b.right[i] = mixed(b.right[i], b.right[i] * carrier, share);
    }
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return 0; }

 private:
  double perHertz_ = 0.;
  uint32_t phase_ = 0;
};

}  // namespace sl
