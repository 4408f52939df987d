// Stereo width: from mono to twice as wide, with mono bass. Audio thread except prepare.
#pragma once
#include <array>

#include "core/effect.h"
#include "dsp/bass_mono.h"
#include "dsp/mix_law.h"

namespace sl {

/// Adds (width - 1) times the side to the left and takes it from the right: at 100 % the input passes bit for bit, and
/// the mono sum is the same at any width.
struct Width {
  enum P { width, bassMono, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "width",
       .label = "Width",
       .doc = "0 % is mono, 100 % as it came, 200 % has the sides twice as loud.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 2.f,
       .init = 1.f},
      BassMono::param("bassMono", "Bass mono", "Below this frequency the sound is mono; 20 Hz is off."),
  }};
  static constexpr Spec spec{.id = "width",
                             .label = "Stereo width",
                             .doc = "Narrows or widens a stereo sound; its mono sum stays the same.",
                             .category = "stereo",
                             .params = params,
                             .costNs = 60.f};

  bool prepare(const Setup& setup, Arena&) {
    bass_.prepare(setup.sampleRate);
    return true;
  }
  void reset() noexcept { bass_.reset(); }
  void process(const StereoBlock& b) noexcept {
    bass_.process(b.left, b.right, b.frames, b.params[bassMono]);
    Glide wide(b.params[width]);
    for (int i = 0; i < b.frames; i++) {
      const float more = (wide.next() - 1.f) * 0.5f * (b.left[i] - b.right[i]);
      b.left[i] += more;
      b.right[i] -= more;
    }
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return bass_.tailFrames(); }

 private:
  BassMono bass_;
};

}  // namespace sl
