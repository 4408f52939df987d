// Runs a plan for four voices over one segment and ends those that are over. Audio thread.
#include <cstddef>

#include "dsp/math.h"
#include "engine/kit.h"

namespace sl {
namespace {

constexpr float kLetDownAbove = 1e-3f;  // -60 dBFS

float ramp0(const Ramp<float>& r, int skip) { return r.value + r.step * (float)skip; }

}  // namespace

void Program::advance(const RenderContext& context, Quad& quad, int until) {
  if (quad.cursor >= until) return;
  segment(context, quad, quad.cursor, until);
  quad.cursor = until;
}

/// What the units hear of the four voices in a segment; glides and expressions go on.
VoiceBlock Program::voicesOf(const RenderContext& context, Quad& quad, int begin, int end) {
  const int n = end - begin, skip = begin - segmentBegin;

  const float bendFrom = ramp0(bendRamp, skip) * bendSemitones, bendTo = ramp0(bendRamp, skip + n) * bendSemitones;
  f32x4 pitch0 = quad.glide + splat(bendFrom), pitch1 = quad.glideGoal + splat(bendTo);
  if (any(quad.glideLeft > splat(0.f))) {
    const f32x4 frames = min(quad.glideLeft, splat((float)n));
    const f32x4 share = select(quad.glideLeft > splat(0.f), frames / max(quad.glideLeft, splat(1.f)), splat(1.f));
    const f32x4 glideEnd = quad.glide + (quad.glideGoal - quad.glide) * share;
    pitch1 = glideEnd + splat(bendTo);
    quad.glide = select(quad.glideLeft <= splat((float)n), quad.glideGoal, glideEnd);
    quad.glideLeft = max(quad.glideLeft - splat((float)n), splat(0.f));
  } else {
    quad.glide = quad.glideGoal;
  }
  if (quad.expression.used != 0) {
    quad.expression.advance(n, decay);
    pitch0 += quad.expression.from[(int)Expression::tuning], pitch1 += quad.expression.to[(int)Expression::tuning];
  }

  VoiceBlock voice;
  voice.pitch.value = pitch0;
  voice.pitch.moving = any(pitch1 != pitch0);
  voice.pitch.step = voice.pitch.moving ? (pitch1 - pitch0) * splat(1.f / (float)n) : splat(0.f);
  voice.pitch.changed = quad.fresh != 0 || quad.pitchMoved || any(pitch0 != quad.pitchEnd);
  quad.pitchMoved = voice.pitch.moving;
  quad.pitchEnd = pitch1;
  voice.velocity = quad.velocity;
  voice.seed = quad.seed;
  voice.gate = quad.gate;
  voice.active = quad.active;
  voice.sampleRate = sampleRate;
  if (touched || quad.expression.used != 0) fillExpression(quad, voice, begin, end);
  voice.level = quad.governor;
  voice.song = begin == 0 ? context.song : context.song.after(begin, sampleRate);
  return voice;
}

void Program::segment(const RenderContext& context, Quad& quad, int begin, int end) {
  const int n = end - begin, skip = begin - segmentBegin;
  const uint32_t fresh = quad.fresh;
  VoiceBlock voice = voicesOf(context, quad, begin, end);
  if (fresh != 0 || quad.releasing != 0) {
    for (int i = 0; i < opCount; i++) {
      const Op& op = ops[i];
      if (op.kind != OpKind::unit) continue;
      if (fresh) op.kernel->start(quad.state + op.stateOffset, voice, fresh);
      if (quad.releasing && op.kernel->release) op.kernel->release(quad.state + op.stateOffset, voice, quad.releasing);
    }
  }
  const bool whole = n == kMicroBlock && fresh == 0 && quad.fading == 0 && !quad.expression.shapes();
  const int apart = whole ? scalerCount : 0;
  quad.scaled = quad.scaled && whole;
  const bool shared = fresh == 0 && skip == 0;
  for (int i = 0; i < opCount - apart; i++) {
    const Op& op = ops[i];
    // Nearly every unit: its parameters are those of all voices.
    if (shared && op.kind == OpKind::unit && op.rows == 0)
      op.kernel->process(quad.state + op.stateOffset, blockWith(op, voice, ramps + op.firstParam, n));
    else
      runOp(context, quad, op, voice, begin, end, fresh != 0);
  }
  quad.fresh = quad.releasing = 0;
  if (apart == 0 || !mixScaled(context, quad, voice)) mixDown(context, quad, voice, begin, end);
}

void Program::addUp(const Op& op, int vectors) const {
  f32x4* out = op.at[op.inputs];
  const f32x4* first = op.at[0];
  const f32x4* second = op.at[1];
  for (int i = 0; i < vectors; i++) out[i] = first[i] + second[i];
  for (int k = 2; k < op.inputs; k++) {
    const f32x4* more = op.at[k];
    for (int i = 0; i < vectors; i++) out[i] += more[i];
  }
}

void Program::runOp(const RenderContext& context, Quad& quad, const Op& op, VoiceBlock& voice, int begin, int end,
                    bool fresh) {
  if (op.kind == OpKind::sum) return addUp(op, end - begin);
  if (op.kind == OpKind::pitch) {
    // The row's own state holds the sum with bend and glide, so a fresh lane starts on its pitch.
    voice.pitch = modulate(context, quad, op.firstRow, voice.pitch, begin, end, quad.fresh);
    return;
  }

  ParamRoom room;
  op.kernel->process(quad.state + op.stateOffset, blockOf(context, quad, op, voice, begin, end, fresh, room));
}

/// What a unit is called with; parameters of its own lie in `room`.
UnitBlock Program::blockOf(const RenderContext& context, Quad& quad, const Op& op, const VoiceBlock& voice, int begin,
                           int end, bool fresh, ParamRoom& room) {
  const int skip = begin - segmentBegin;
  const Ramp<f32x4>* shared = ramps + op.firstParam;
  if (op.rows != 0 || fresh || skip != 0) {
    auto* own = reinterpret_cast<Ramp<f32x4>*>(room.bytes);
    for (uint32_t p = 0; p < op.params; p++) {
      own[p] = shared[p];
      if (skip != 0) {
        own[p].value = shared[p].value + shared[p].step * splat((float)skip);
        own[p].changed = false;
      }
      own[p].changed = own[p].changed || fresh;
    }
    for (uint32_t r = op.firstRow; r < op.firstRow + op.rows; r++)
      own[rows[r].param] = modulate(context, quad, r, own[rows[r].param], begin, end, quad.fresh);
    shared = own;
  }
  return blockWith(op, voice, shared, end - begin);
}

/// An amount of the row is on its way.
bool Program::turned(const Row& row) const {
  for (uint32_t s = row.firstSource; s < row.firstSource + row.sources; s++) {
    if (sources[s].knob == kNoKnob) continue;
    const Ramp<f32x4>& amount = ramps[firstAmount + sources[s].knob];
    if (amount.moving || amount.changed) return true;
  }
  return false;
}

Ramp<f32x4> Program::modulate(const RenderContext& context, Quad& quad, uint32_t index, const Ramp<f32x4>& base,
                              int begin, int end, uint32_t fresh) {
  const Row& row = rows[index];
  const int n = end - begin, skip = begin - segmentBegin;
  if (row.perNote && !fresh && !base.changed && !base.moving && !quad.rowMoved[index] && !turned(row))
    return {.value = quad.rowEnd[index], .step = splat(0.f)};
  f32x4 first = splat(0.f), last = splat(0.f);
  for (uint32_t s = row.firstSource; s < row.firstSource + row.sources; s++) {
    const PlanSource& source = sources[s];
    f32x4 from, to;
    switch ((SourceKind)source.kind) {
      case SourceKind::wire: {
        const f32x4* w = context.wires + (std::size_t)source.wire * kMicroBlock;
        if (alone)
          from = splat(laneOf(w[0], 0)), to = splat(laneOf(w[kLoneVectors - 1], kLanes - 1));
        else
          from = w[0], to = w[n - 1];
        break;
      }
      case SourceKind::velocity:
        from = to = quad.velocity;
        break;
      case SourceKind::key:
        from = to = quad.key;
        break;
      case SourceKind::random:
        from = to = quad.random;
        break;
      case SourceKind::wheel:
        from = splat(ramp0(wheelRamp, skip)), to = splat(ramp0(wheelRamp, skip + n));
        break;
      case SourceKind::pressure:
      case SourceKind::timbre: {
        const bool pressed = source.kind == (uint16_t)SourceKind::pressure;
        const LaneSpan span = pressed ? played(quad, Expression::pressure, pressureRamp, begin, end)
                                      : played(quad, Expression::timbre, timbreRamp, begin, end);
        from = span.from, to = span.to;
        break;
      }
      case SourceKind::lift:
        from = to = quad.lift;
        break;
      default:
        from = splat(ramp0(bendRamp, skip)), to = splat(ramp0(bendRamp, skip + n));
        break;
    }
    if (source.knob == kNoKnob) {
      first += from * splat(source.amount);
      last += to * splat(source.amount);
    } else {
      const Ramp<f32x4>& amount = ramps[firstAmount + source.knob];
      first += from * (amount.value + amount.step * splat((float)skip));
      last += to * (amount.value + amount.step * splat((float)(skip + n)));
    }
  }
  auto value = [&](f32x4 at, f32x4 by) {
    const f32x4 v = row.log ? at * exp2(by) : at + by;
    return min(max(v, splat(row.min)), splat(row.max));
  };
  const f32x4 goal = value(base.value + base.step * splat((float)n), last);
  const i32x4 isFresh = laneMask(fresh);
  f32x4 start = quad.rowEnd[index];
  if (fresh) start = select(isFresh, value(base.value, first), start);
  const bool differs = any(goal != quad.rowEnd[index]);
  quad.rowEnd[index] = goal;
  Ramp<f32x4> r;
  if (row.steps) {
    quad.rowMoved[index] = 0;
    r.value = goal;
    r.step = splat(0.f);
    r.moving = false;
    r.changed = base.changed || differs || fresh != 0;
    return r;
  }
  r.value = start;
  r.step = (goal - start) * splat(1.f / (float)n);
  r.moving = any(goal != start);
  r.changed = base.changed || fresh != 0 || quad.rowMoved[index] != 0;
  quad.rowMoved[index] = r.moving;
  return r;
}

void Program::endBlock(const RenderContext& context, Quad& quad) {
  for (int i = 0; i < flusherCount; i++) flushers[i]->kernel->flush(quad.state + flushers[i]->stateOffset);
  uint32_t over = endsVoices ? quad.active : 0;
  for (int i = 0; i < enderCount && over != 0; i++)
    over &= enders[i]->kernel->finished(quad.state + enders[i]->stateOffset);
  // Held voices go on; a one-shot pad's end by themselves.
  const bool oneShot = pad && pad->oneShot;
  if (!oneShot && (over | quad.fading | (quad.active & ~quad.gate)) == 0) return;
  for (int lane = 0; lane < kLanes; lane++) {
    const uint32_t bit = 1u << lane;
    if (!(quad.active & bit) || (quad.fresh & bit)) continue;
    if (quad.level[lane] >= kSilentPeak) quad.spoken |= bit;
    const bool ends = oneShot ? (quad.spoken & bit) != 0 : !(quad.gate & bit);
    const bool quiet = ends && quad.level[lane] < kSilentPeak;
    quad.silentBlocks[lane] = quiet ? quad.silentBlocks[lane] + 1 : 0;
    const bool faded = (quad.fading & bit) && quad.fadeLeft[lane] <= 0.f;
    // Envelopes may be over without having closed the voice (one that only moves a filter): then it is let down in 4
    // ms.
    const bool loud = quad.level[lane] > kLetDownAbove && !(quad.fading & bit);
    if ((over & bit) && loud)
      fade(context, quad, lane, quad.cursor, Reason::ended);
    else if (faded || (over & bit && !(quad.fading & bit)) || quad.silentBlocks[lane] >= kSilentBlocks)
      endLane(context, quad, lane, Reason::ended);
  }
}

}  // namespace sl
