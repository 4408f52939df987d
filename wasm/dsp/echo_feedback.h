// A stereo echo that is fed back through a low-pass, a block at a time: what delay and ping-pong share. Audio thread.
#pragma once
#include <algorithm>

#include "core/effect.h"
#include "dsp/echo_line.h"
#include "dsp/mix_law.h"
#include "dsp/one_pole.h"

namespace sl {

/// `into(frame, loopLeft, loopRight, again, toLeft, toRight)` says what goes into the line: `loop` comes out of its
/// low-pass, `again` is the feedback.
template <class Into>
void repeat(EchoLine& line, StereoLowpass& tone, const StereoBlock& b, const Ramp<float>& feedback,
            const Ramp<float>& mix, Into&& into) noexcept {
  Glide back(feedback);
  float left[32], right[32], intoLeft[32], intoRight[32];
  for (int from = 0; from < b.frames;) {
    const int until = std::min(b.frames, from + line.ahead());
    line.read(left + from, right + from, until - from);
    for (int i = from; i < until; i++) {
      float loopLeft = left[i], loopRight = right[i];
      tone.process(loopLeft, loopRight);
      into(i, loopLeft, loopRight, back.next(), intoLeft[i], intoRight[i]);
    }
    line.write(intoLeft + from, intoRight + from, until - from);
    from = until;
  }
  mixBlock(b.left, left, mix, b.frames);
  mixBlock(b.right, right, mix, b.frames);
}

}  // namespace sl
