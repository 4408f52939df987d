// The only voice of a program that sounds: its plan with time across the vectors, four frames in each. Audio thread.
#include <cmath>

#include "engine/kit.h"
#include "engine/stereo.h"

namespace sl {
namespace {

/// Four frames of one voice to all lanes of a quad.
void spread(const f32x4* from, f32x4* to) {
  for (int i = 0; i < kLoneVectors; i++) {
    const f32x4 x = from[i];
    to[4 * i] = __builtin_shufflevector(x, x, 0, 0, 0, 0);
    to[4 * i + 1] = __builtin_shufflevector(x, x, 1, 1, 1, 1);
    to[4 * i + 2] = __builtin_shufflevector(x, x, 2, 2, 2, 2);
    to[4 * i + 3] = __builtin_shufflevector(x, x, 3, 3, 3, 3);
  }
}

/// One lane of a quad, four frames in a vector.
void gather(const f32x4* from, int lane, f32x4* to) {
  const float* x = reinterpret_cast<const float*>(from) + lane;
  for (int i = 0; i < kLoneVectors; i++, x += 4 * kLanes) to[i] = f32x4{x[0], x[kLanes], x[2 * kLanes], x[3 * kLanes]};
}

/// bus += voice * factor, through a gain.
void addVoice(float* bus, const f32x4* voice, float factor, Span gain) {
  const f32x4 by = splat(factor);
  if (gain.from == 1.f && gain.to == 1.f) {
    for (int i = 0; i < kLoneVectors; i++) store4(bus + 4 * i, load4(bus + 4 * i) + voice[i] * by);
    return;
  }
  const float step = (gain.to - gain.from) * (1.f / kMicroBlock);
  f32x4 g = fourFrom(gain.from, step);
  for (int i = 0; i < kLoneVectors; i++) {
    store4(bus + 4 * i, load4(bus + 4 * i) + voice[i] * by * g);
    g += splat(4.f * step);
  }
}

/// What a unit without a lone form makes of one voice.
[[clang::noinline]] void callQuad(const Op& op, void* state, UnitBlock block, int lane) {
  f32x4 wide[2 * kMaxPorts][kMicroBlock];
  const f32x4* in[kMaxPorts];
  f32x4* out[kMaxPorts];
  for (int k = 0; k < op.inputs; k++) {
    in[k] = block.in[k] ? wide[k] : nullptr;
    if (in[k]) spread(block.in[k], wide[k]);
  }
  f32x4* const* const to = block.out;
  for (int k = 0; k < op.outputs; k++) out[k] = wide[kMaxPorts + k];
  block.in = in, block.out = out;
  op.kernel->process(state, block);
  for (int k = 0; k < op.outputs; k++)
    if (block.wanted >> k & 1) gather(out[k], lane, to[k]);
}

void callLone(const Op& op, uint8_t* states, const UnitBlock& block, int lane) {
  void* state = states + op.stateOffset;
  if (!op.kernel->processLone || !op.kernel->processLone(state, block, lane)) callQuad(op, state, block, lane);
}

}  // namespace

/// The group of the only voice; null: there are more, or none.
Quad* Program::loneQuad() const {
  Quad* found = nullptr;
  for (int q = 0; q < used; q++) {
    const uint32_t active = quads[q].active;
    if (active == 0) continue;
    if (found || (active & (active - 1)) != 0) return nullptr;
    found = quads + q;
  }
  return found;
}

/// A whole micro-block without events. False: nothing has been done, since there is more than one voice or it begins,
/// ends or is shaped by expressions. Only the program's own notes decide, so that a render does not depend on others.
bool Program::renderLone(const RenderContext& context, float* busLeft, float* busRight) {
  Quad* found = loneQuad();
  if (!found || (found->fresh | found->releasing | found->fading) != 0 || found->expression.shapes()) return false;
  Quad& quad = *found;
  const bool stands = voiceStands && playingStill;
  advanceParams(0, kMicroBlock);
  VoiceBlock& voice = loneVoice;
  if (stands)
    voice.song = context.song;
  else
    voice = voicesOf(context, quad, 0, kMicroBlock);
  voiceStands = playingStill && !voice.pitch.moving && !voice.pitch.changed && quad.expression.used == 0 &&
                !any(quad.glideLeft > splat(0.f));
  const int lane = __builtin_ctz(quad.active);
  alone = true;
  for (int i = 0; i < opCount - scalerCount; i++) {
    const Op& op = ops[i];
    if (op.kind == OpKind::sum) {
      addUp(op, kLoneVectors);
    } else if (op.kind == OpKind::pitch) {
      voice.pitch = modulate(context, quad, op.firstRow, voice.pitch, 0, kMicroBlock, 0);
      voiceStands = false;
    } else if (op.rows == 0) {
      callLone(op, quad.state, op.lone, lane);
    } else {
      ParamRoom room;
      callLone(op, quad.state, blockOf(context, quad, op, voice, 0, kMicroBlock, false, room), lane);
    }
  }
  mixLone(context, quad, voice, lane, busLeft, busRight);
  alone = false;
  quad.cursor = kMicroBlock;
  rendered = true;
  endBlock(context, quad);
  while (used > 0 && quads[used - 1].active == 0) used--;
  addResiduals(busLeft, busRight, kMicroBlock);
  return true;
}

/// The last ops and the way into the bus; a voice that is not finite ends and adds nothing.
void Program::mixLone(const RenderContext& context, Quad& quad, const VoiceBlock& voice, int lane, float* busLeft,
                      float* busRight) {
  Span gainLeft{1.f, 1.f}, gainRight{1.f, 1.f};
  if (pad) pad->advance(kMicroBlock, decay, gainLeft, gainRight);
  const f32x4 *fromLeft = context.wires + (std::size_t)left * kMicroBlock,
              *fromRight = context.wires + (std::size_t)right * kMicroBlock;
  float toLeft = 1.f, toRight = 1.f;
  f32x4 scaled[kLoneVectors];
  StereoPeak peak;
  ScalerBlocks room;
  if (scalerCount > 0 && ((quad.scaled && scalersStill) || findScale(context, quad, voice, room))) {
    const Scaled& s = quad.scale;
    const f32x4 all = splat(laneOf(s.all, lane));
    if (left != right) toLeft = laneOf(s.left, lane), toRight = laneOf(s.right, lane);
    for (int i = 0; i < kLoneVectors; i++) {
      scaled[i] = (s.by ? s.in[i] * s.by[i] : s.in[i]) * all;
      peak.add(scaled[i], scaled[i]);
    }
    fromLeft = fromRight = scaled;
  } else {
    const Op* first = ops + opCount - scalerCount;
    for (int k = 0; k < scalerCount; k++) callLone(first[k], quad.state, room.blocks[k], lane);
    quad.scaled = false;
    for (int i = 0; i < kLoneVectors; i++) peak.add(fromLeft[i], fromRight[i]);
  }
  const float most = peak.value(), mostLeft = std::fabs(most * toLeft), mostRight = std::fabs(most * toRight);
  const bool good = mostLeft <= kFinite && mostRight <= kFinite;
  const auto here = [sounds = laneMask(quad.active)](float x) { return select(sounds, splat(x), splat(0.f)); };
  quad.level = here(good ? std::fmax(mostLeft, mostRight) : 0.f);
  quad.loudness = max(quad.level, quad.loudness * splat(kLoudnessKept));
  if (!good) {
    quad.scaled = false;
    return endBad(context, quad, voice, quad.active);
  }
  addVoice(busLeft, fromLeft, toLeft, gainLeft);
  addVoice(busRight, fromRight, toRight, gainRight);
  quad.lastLeft = here(laneOf(fromLeft[kLoneVectors - 1], kLanes - 1) * toLeft);
  quad.lastRight = here(laneOf(fromRight[kLoneVectors - 1], kLanes - 1) * toRight);
}

}  // namespace sl
