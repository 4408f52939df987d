// Pitch shifter: transposes without changing the time, formants kept on request. Audio thread except prepare.
#pragma once
#include <array>
#include <cmath>

#include "core/effect.h"
#include "dsp/delay_ring.h"
#include "dsp/mix_law.h"
#include "dsp/spectral_shift.h"

namespace sl {

/// The work is in dsp/spectral_shift.h. Late by a frame and the eighth of it in which it is computed: 48 ms, always;
/// at 0 semitones what comes out is what went in.
struct PitchShift {
  enum P { semitones, cents, formant, mix, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "semitones",
       .label = "Semitones",
       .doc = "How far up or down; 12 is an octave.",
       .unit = Unit::semitones,
       .min = -24.f,
       .max = 24.f,
       .init = 0.f},
      {.id = "cents",
       .label = "Fine",
       .doc = "Hundredths of a semitone on top.",
       .unit = Unit::cents,
       .min = -100.f,
       .max = 100.f,
       .init = 0.f},
      {.id = "formant",
       .label = "Keep formants",
       .doc =
           "How much of the timbre stays where it was: at 100 % a voice moves without becoming a chipmunk or a giant.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 0.f},
      {.id = "mix",
       .label = "Mix",
       .doc = "Dry (0 %) to shifted only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
  }};
  static constexpr Spec spec{.id = "pitchshift",
                             .label = "Pitch shifter",
                             .doc = "Transposes any sound by up to two octaves; attacks stay sharp.",
                             .category = "pitch",
                             .params = params,
                             .costNs = 7000.f};

  bool prepare(const Setup& setup, Arena& arena) {
    const bool shift = shift_.prepare(setup.sampleRate, arena);
    const bool left = left_.prepare(arena, shift_.latencyFrames() + 1);
    return right_.prepare(arena, shift_.latencyFrames() + 1) && left && shift;
  }
  void reset() noexcept {
    shift_.reset();
    left_.reset();
    right_.reset();
  }
  void process(const StereoBlock& b) noexcept {
    const int late = shift_.latencyFrames() + 1;
    const float up = b.params[semitones].value + 0.01f * b.params[cents].value;
    float wet[2][32];
    for (int i = 0; i < b.frames; i++) {
      wet[0][i] = b.left[i];
      wet[1][i] = b.right[i];
      left_.write(b.left[i]);
      right_.write(b.right[i]);
      b.left[i] = left_.tap(late);
      b.right[i] = right_.tap(late);
    }
    shift_.process(wet[0], wet[1], b.frames, up == 0.f ? 1.f : std::exp2(up / 12.f), b.params[formant].value);
    Glide share(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      const float amount = share.next();
      b.left[i] = mixed(b.left[i], wet[0][i], amount);
      b.right[i] = mixed(b.right[i], wet[1][i], amount);
    }
  }
  int latencyFrames() const noexcept { return shift_.latencyFrames(); }
  int tailFrames() const noexcept { return shift_.tailFrames(); }

 private:
  SpectralShift shift_;
  DelayRing left_, right_;
};

}  // namespace sl
