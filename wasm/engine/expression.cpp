// Note expressions: which voices one is for, and what it does to a voice. Audio thread.
#include "engine/expression.h"

#include "dsp/math.h"
#include "engine/fader.h"
#include "engine/program.h"

namespace sl {

static_assert(kOffVolumeDb == (int)kOffDb);

void Program::express(const RenderContext& context, const Command& command, int offset) {
  const auto& told = command.express;
  const bool byNote = command.flags & kByNote, byId = !byNote && told.noteId != 0;
  const auto isMeant = [&](uint32_t noteId, float note) {
    return byId ? noteId == told.noteId : !byNote || note == told.note;
  };
  for (int i = 0; i < heldCount; i++)
    if (isMeant(held[i].noteId, held[i].note)) held[i].expression.values[told.kind] = told.value;
  for (int q = 0; q < quadCount; q++) {
    Quad& quad = quads[q];
    for (int lane = 0; lane < kLanes; lane++) {
      const uint32_t bit = 1u << lane;
      // A released voice keeps what it had, unless it is called by its own id.
      const uint32_t open = byId ? quad.active : quad.gate;
      if (!(open & bit) || (quad.fading & bit) || !isMeant(quad.noteId[lane], quad.note[lane])) continue;
      advance(context, quad, offset);
      if (quad.active & bit) quad.expression.set((int)told.kind, lane, told.value, quad.fresh & bit);
    }
  }
}

/// Of one segment: what all notes have, or the voice's own where that is more.
LaneSpan Program::played(const Quad& quad, Expression which, const Ramp<float>& all, int begin, int end) const {
  const auto at = [&](int frame) { return splat(all.value + all.step * (float)(frame - segmentBegin)); };
  const LaneSpan span{at(begin), at(end)};
  if (!quad.expression.uses(which)) return span;
  return {max(span.from, quad.expression.from[(int)which]), max(span.to, quad.expression.to[(int)which])};
}

void Program::fillExpression(const Quad& quad, VoiceBlock& voice, int begin, int end) const {
  const auto fill = [&](Ramp<f32x4>& ramp, Expression which, const Ramp<float>& all) {
    const LaneSpan span = played(quad, which, all, begin, end);
    ramp = {span.from, (span.to - span.from) * splat(1.f / (float)(end - begin)), any(span.to != span.from)};
    ramp.changed = ramp.moving;
  };
  fill(voice.pressure, Expression::pressure, pressureRamp);
  fill(voice.timbre, Expression::timbre, timbreRamp);
}

/// Volume and pan of each voice, in place. Pan is the balance of faders: left^2 + right^2 = 2. Where a plan has one
/// output for both sides the left side stays there and what the right one has more is in `side`: true.
bool Program::shape(const Quad& quad, f32x4* left, f32x4* right, f32x4* side, int frames) const {
  const LaneExpression& e = quad.expression;
  const auto volume = [&](f32x4 db) { return select(db > splat(kOffDb), decibelsToGain(db), splat(0.f)); };
  const auto balance = [&](f32x4 place) {
    const f32x4 gain = sinPi((place + splat(1.f)) * splat(0.25f)) * splat(1.41421356f);
    return select(place == splat(0.f), splat(1.f), gain);
  };
  const auto gain0 = volume(e.from[(int)Expression::volume]), gain1 = volume(e.to[(int)Expression::volume]);
  const f32x4 pan0 = e.from[(int)Expression::pan], pan1 = e.to[(int)Expression::pan];
  const f32x4 share = splat(1.f / (float)frames);
  f32x4 l = gain0 * balance(-pan0), r = gain0 * balance(pan0);
  const f32x4 lStep = (gain1 * balance(-pan1) - l) * share, rStep = (gain1 * balance(pan1) - r) * share;
  const bool sided = left == right && e.uses(Expression::pan);
  for (int i = 0; i < frames; i++) {
    if (sided) side[i] = left[i] * (r - l);
    if (left != right) right[i] *= r;
    left[i] *= l;
    l += lStep, r += rStep;
  }
  return sided;
}

}  // namespace sl
