// The end of a rack: its branches against what went in. Audio thread except prepare.
#pragma once
#include <array>

#include "core/effect.h"
#include "dsp/mix_law.h"

namespace sl {

/// Hears the sum of its branches, which the chain makes, and beside it what went into the rack, as late as the sum.
/// Alone it is a wire.
struct Rack {
  enum P { mix, numParams };
  static constexpr std::array<Param, numParams> params{{
      {.id = "mix",
       .label = "Mix",
       .doc = "What went in (0 %) to the branches only (100 %), linear.",
       .unit = Unit::fraction,
       .min = 0.f,
       .max = 1.f,
       .init = 1.f},
  }};
  static constexpr Spec spec{.id = "rack",
                             .label = "Rack",
                             .doc = "Branches of effects side by side, each with its own volume, pan, mute and solo.",
                             .category = "structure",
                             .params = params,
                             .costNs = 60.f};

  bool prepare(const Setup&, Arena&) { return true; }
  void reset() noexcept {}
  void process(const StereoBlock& b) noexcept {
    if (!b.sideLeft || (!b.params[mix].moving && b.params[mix].value == 1.f)) return;
    Glide share(b.params[mix]);
    for (int i = 0; i < b.frames; i++) {
      const float m = share.next();
      b.left[i] = mixed(b.sideLeft[i], b.left[i], m);
      b.right[i] = mixed(b.sideRight[i], b.right[i], m);
    }
  }
  int latencyFrames() const noexcept { return 0; }
  int tailFrames() const noexcept { return 0; }
};

}  // namespace sl
