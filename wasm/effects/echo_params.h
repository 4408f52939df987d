// The parameters that all echoes share, declared once for the delay and the ping-pong delay.
#pragma once
#include <array>

#include "core/param.h"
#include "dsp/tempo_sync.h"

namespace sl {

struct EchoParams {
  enum P { time, feedback, tone, mix, sync, numParams };
  static constexpr float kMaxSeconds = 2.f;
  /// `timeDoc`: what the time is between.
  static constexpr std::array<Param, numParams> table(std::string_view timeDoc) {
    return {{
        {.id = "time",
         .label = "Time",
         .doc = timeDoc,
         .unit = Unit::seconds,
         .min = 0.001f,
         .max = kMaxSeconds,
         .init = 0.35f,
         .curve = Curve::log,
         .smooth = Smooth::fade},
        {.id = "feedback",
         .label = "Feedback",
         .doc = "How much of each echo is echoed again.",
         .unit = Unit::fraction,
         .min = 0.f,
         .max = 0.85f,
         .init = 0.35f},
        {.id = "tone",
         .label = "Tone",
         .doc = "Low-pass in the feedback: each repeat loses what lies above.",
         .unit = Unit::hertz,
         .min = 500.f,
         .max = 20000.f,
         .init = 6000.f,
         .curve = Curve::log},
        {.id = "mix",
         .label = "Mix",
         .doc = "Dry (0 %) to echoes only (100 %), linear.",
         .unit = Unit::fraction,
         .min = 0.f,
         .max = 1.f,
         .init = 0.3f},
        syncParam("Note length instead of the time, at the song's tempo. What exceeds 2 s is halved."),
    }};
  }
};

}  // namespace sl
