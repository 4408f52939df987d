// Mixes the voices of a group down, the last gains of a plan on the way, and ends those that are not finite. Audio
// thread.
#include <cstddef>

#include "dsp/math.h"
#include "engine/program.h"

namespace sl {
namespace {

/// Raised-cosine-like fade: 3x^2 - 2x^3 of what is left.
f32x4 fadeGain(f32x4 left, float total) {
  const f32x4 x = clamp(left * splat(1.f / total), 0.f, 1.f);
  return x * x * (splat(3.f) - splat(2.f) * x);
}

/// Magnitudes compare as integers, NaN and infinity highest: one pass gives the level and tells what is not finite.
struct Peak {
  v128_t sign = wasm_i32x4_splat(0x7fffffff);
  v128_t most = wasm_i32x4_splat(0);
  void add(f32x4 x) { most = wasm_i32x4_max(most, wasm_v128_and((v128_t)x, sign)); }
};

/// Adds a whole block of four sounding lanes; what is not finite leaves the sums as they were.
v128_t addAll(LaneSums& sums, const f32x4* left, const f32x4* right) {
  Peak peak;
  const int from = sums.at, to = 1 - from;
  const f32x4* sumLeft = sums.left[from];
  const f32x4* sumRight = sums.right[from];
  f32x4* nextLeft = sums.left[to];
  f32x4* nextRight = sums.right[to];
  if (left == right) {
    for (int i = 0; i < kMicroBlock; i++) {
      peak.add(left[i]);
      nextLeft[i] = sumLeft[i] + left[i];
    }
  } else {
    for (int i = 0; i < kMicroBlock; i++) {
      peak.add(left[i]);
      peak.add(right[i]);
      nextLeft[i] = sumLeft[i] + left[i];
      nextRight[i] = sumRight[i] + right[i];
    }
  }
  if (all((f32x4)peak.most <= splat(kFinite))) sums.at = to;
  return peak.most;
}

/// As addAll for what is still to be scaled. Lanes that do not sound are left out.
template <bool kBy, bool kStereo, bool kFull>
v128_t addScaled(LaneSums& sums, const Scaled& s, v128_t keep, f32x4& lastLeft, f32x4& lastRight) {
  Peak peak;
  const int from = sums.at, to = 1 - from;
  const f32x4 *sumLeft = sums.left[from], *sumRight = sums.right[from];
  f32x4 *nextLeft = sums.left[to], *nextRight = sums.right[to];
  const auto kept = [&](f32x4 x) { return kFull ? x : (f32x4)wasm_v128_and((v128_t)x, keep); };
  f32x4 x = splat(0.f);
  for (int i = 0; i < kMicroBlock; i++) {
    x = kept(kBy ? s.in[i] * s.by[i] * s.all : s.in[i] * s.all);
    peak.add(x);
    nextLeft[i] = sumLeft[i] + (kStereo ? x * s.left : x);
    if constexpr (kStereo) nextRight[i] = sumRight[i] + x * s.right;
  }
  lastLeft = kStereo ? x * s.left : x, lastRight = kStereo ? x * s.right : x;
  // Rounding keeps the order: what was highest is highest after the factors, and exactly the highest of both sides.
  Peak sides;
  const f32x4 most = (f32x4)peak.most;
  sides.add(kStereo ? most * s.left : most);
  if constexpr (kStereo) sides.add(most * s.right);
  if (all((f32x4)sides.most <= splat(kFinite))) sums.at = to;
  return sides.most;
}

template <bool kBy, bool kStereo>
v128_t addScaled(LaneSums& sums, const Scaled& s, uint32_t active, f32x4& left, f32x4& right) {
  const auto keep = (v128_t)laneMask(active);
  return active == 0xf ? addScaled<kBy, kStereo, true>(sums, s, keep, left, right)
                       : addScaled<kBy, kStereo, false>(sums, s, keep, left, right);
}

/// What panned voices of a plan with one output for both sides add on the right.
void addSide(LaneSums& sums, f32x4* side, f32x4 keep, f32x4 gain, f32x4 gainStep, int begin, int n) {
  sums.sided = true;
  for (int i = 0; i < n; i++) {
    side[i] = (f32x4)wasm_v128_and((v128_t)side[i], (v128_t)keep) * gain;
    sums.right[0][begin + i] += side[i];
    gain += gainStep;
  }
}

}  // namespace

/// Whether the last ops of the plan only scale in this segment: then `quad.scale` is what they come to.
bool Program::findScale(const RenderContext& context, Quad& quad, const VoiceBlock& voice, ScalerBlocks& room) {
  quad.scaled = false;
  Scaling scaling[kMaxScalers];
  const Op* first = ops + opCount - scalerCount;
  bool still = true;
  for (int k = 0; k < scalerCount; k++) {
    room.blocks[k] = blockOf(context, quad, first[k], voice, 0, kMicroBlock, false, room.rooms[k]);
    still = still && first[k].kernel->scaling(quad.state + first[k].stateOffset, room.blocks[k], scaling[k]) &&
            (k == 0 || !scaling[k].by);
  }
  if (!still) return false;
  const Scaling &begin = scaling[0], &end = scaling[scalerCount - 1];
  // A single op has its factors for the sides alone, in mono its one for all.
  const bool sides = scalerCount == 1 && left != right;
  quad.scale = {room.blocks[0].in[0], begin.by, sides ? splat(1.f) : begin.first, end.first, end.second};
  quad.scaled = scalersStill && scalersPerNote;
  return true;
}

/// The last ops of the plan and the mix in one pass, where these ops only scale: bit for bit what they would have
/// written one after another. False: they have been run, and nothing is mixed yet.
bool Program::mixScaled(const RenderContext& context, Quad& quad, VoiceBlock& voice) {
  if (quad.scaled && scalersStill && addScaled(context, quad)) return true;
  ScalerBlocks room;
  if (findScale(context, quad, voice, room) && addScaled(context, quad)) return true;
  const Op* first = ops + opCount - scalerCount;
  for (int k = 0; k < scalerCount; k++) first[k].kernel->process(quad.state + first[k].stateOffset, room.blocks[k]);
  return false;
}

/// False: something is not finite, and nothing was added.
bool Program::addScaled(const RenderContext& context, Quad& quad) {
  LaneSums& sums = *context.sums;
  sums.open();
  const bool stereo = left != right, by = quad.scale.by != nullptr;
  const auto add = by ? (stereo ? sl::addScaled<true, true> : sl::addScaled<true, false>)
                      : (stereo ? sl::addScaled<false, true> : sl::addScaled<false, false>);
  f32x4 lastLeft, lastRight;
  const auto peak = (f32x4)add(sums, quad.scale, quad.active, lastLeft, lastRight);
  if (!all(peak <= splat(kFinite))) return quad.scaled = false;
  quad.level = peak, quad.lastLeft = lastLeft, quad.lastRight = lastRight;
  quad.loudness = max(quad.level, quad.loudness * splat(kLoudnessKept));
  return true;
}

void Program::mixDown(const RenderContext& context, Quad& quad, VoiceBlock& voice, int begin, int end) {
  const int n = end - begin;
  f32x4* left = context.wires + (std::size_t)this->left * kMicroBlock;
  f32x4* right = context.wires + (std::size_t)this->right * kMicroBlock;
  LaneSums& sums = *context.sums;
  sums.open();
  const bool fading = quad.fading != 0, shaped = quad.expression.shapes();
  const bool whole = n == kMicroBlock && !fading && !shaped && quad.active == 0xf;
  alignas(16) f32x4 side[kMicroBlock];
  bool sided = false;
  v128_t peak;
  if (whole) {
    peak = addAll(sums, left, right);
  } else {
    Peak found;
    for (int i = 0; i < n; i++) found.add(left[i]), found.add(right[i]);
    peak = found.most;
  }
  const i32x4 good = (f32x4)peak <= splat(kFinite);
  uint32_t bad = ~(uint32_t)wasm_i32x4_bitmask((v128_t)good) & quad.active;
  quad.level = select(good, (f32x4)peak, splat(0.f));
  quad.loudness = max(quad.level, quad.loudness * splat(kLoudnessKept));

  if (!whole || bad != 0) {
    v128_t keep = (v128_t)laneMask(quad.active & ~bad);
    f32x4 gain = splat(1.f), gainStep = splat(0.f);
    if (fading) {
      const float total = kStealFadeSeconds * sampleRate;
      const i32x4 mask = laneMask(quad.fading);
      const f32x4 after = max(quad.fadeLeft - splat((float)n), splat(0.f));
      const f32x4 g0 = select(mask, fadeGain(quad.fadeLeft, total), splat(1.f));
      const f32x4 g1 = select(mask, fadeGain(after, total), splat(1.f));
      gain = g0, gainStep = (g1 - g0) * splat(1.f / (float)n);
      quad.fadeLeft = select(mask, after, quad.fadeLeft);
    }
    f32x4* sumLeft = sums.left[sums.at] + begin;
    f32x4* sumRight = sums.right[sums.at] + begin;
    if (shaped) sided = shape(quad, left, right, side, n);
    if (sided) addSide(sums, side, (f32x4)keep, gain, gainStep, begin, n);
    for (int i = 0; i < n; i++) {
      left[i] = (f32x4)wasm_v128_and((v128_t)left[i], keep) * gain;
      sumLeft[i] += left[i];
      if (right != left) {
        right[i] = (f32x4)wasm_v128_and((v128_t)right[i], keep) * gain;
        sumRight[i] += right[i];
      }
      gain += gainStep;
    }
  }
  const f32x4 l = left[n - 1], r = sided ? l + side[n - 1] : right[n - 1];
  quad.lastLeft = l, quad.lastRight = r;

  if (bad != 0) endBad(context, quad, voice, bad);
}

/// Starts every unit anew in lanes that are not finite, so that nothing bad stays in their state; then silences them.
void Program::endBad(const RenderContext& context, Quad& quad, const VoiceBlock& voice, uint32_t bad) {
  for (int lane = 0; lane < kLanes; lane++) {
    const uint32_t bit = 1u << lane;
    if (!(bad & bit)) continue;
    for (int i = 0; i < opCount; i++)
      if (ops[i].kind == OpKind::unit) ops[i].kernel->start(quad.state + ops[i].stateOffset, voice, bit);
    for (int i = 0; i < rowCount; i++) quad.rowEnd[i] = select(laneMask(bit), splat(0.f), quad.rowEnd[i]);
    endLane(context, quad, lane, Reason::badNumber);
    context.badVoice(context.engine);
    context.reply(context.engine, ReplyType::fault, Reason::badNumber, context.strip, context.frame, 0);
  }
}

}  // namespace sl
