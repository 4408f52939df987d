// A stereo echo that is fed back through a low-pass, a block at a time: what delay and ping-pong share. Audio thread.
#pragma once
#include <algorithm>

#include "core/effect.h"
#include "dsp/copy_block.h"
#include "dsp/echo_line.h"
#include "dsp/mix_law.h"
#include "dsp/one_pole.h"

namespace sl {

/// `into(frame, loopLeft, loopRight, again, toLeft, toRight)` says what goes into the line at four frames: `loop` comes
/// out of its low-pass, `again` is the feedback.
template <class Into>
void repeat(EchoLine& line, StereoLowpass& tone, const StereoBlock& b, const Ramp<float>& feedback,
            const Ramp<float>& mix, Into&& into) noexcept {
  // Groups of four may end up to three frames behind the block.
  float left[32], right[32], loopLeft[36], loopRight[36], intoLeft[36], intoRight[36];
  for (int from = 0; from < b.frames;) {
    const int until = std::min(b.frames, from + line.ahead());
    line.read(left + from, right + from, until - from);
    copy(loopLeft + from, left + from, until - from);
    copy(loopRight + from, right + from, until - from);
    tone.process(loopLeft + from, loopRight + from, until - from);
    for (int i = from; i < until; i += kLanes) {
      f32x4 toLeft, toRight;
      into(i, load4(loopLeft + i), load4(loopRight + i), fourOf(feedback, i), toLeft, toRight);
      store4(intoLeft + i, toLeft), store4(intoRight + i, toRight);
    }
    line.write(intoLeft + from, intoRight + from, until - from);
    from = until;
  }
  mixBlock(b.left, left, mix, b.frames);
  mixBlock(b.right, right, mix, b.frames);
}

}  // namespace sl
