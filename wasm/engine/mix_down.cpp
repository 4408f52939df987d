// Mixes the voices of a group down, the last gains of a plan on the way, and ends those that are not finite. Audio
// thread.
#include <cstddef>

#include "dsp/math.h"
#include "engine/program.h"

namespace sl {
namespace {

constexpr float kFinite = 1e30f;

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

/// The last ops of the plan and the mix in one pass, where these ops only scale: bit for bit what they would have
/// written one after another. False: they have been run, and nothing is mixed yet.
bool Program::mixScaled(const RenderContext& context, Quad& quad, VoiceBlock& voice) {
  if (quad.scaled && scalersStill && addScaled(context, quad)) return true;
  quad.scaled = false;
  ParamRoom rooms[kMaxScalers];
  UnitBlock blocks[kMaxScalers];
  Scaling scaling[kMaxScalers];
  const Op* first = ops + opCount - scalerCount;
  bool still = true;
  for (int k = 0; k < scalerCount; k++) {
    blocks[k] = blockOf(context, quad, first[k], voice, 0, kMicroBlock, false, rooms[k]);
    still = still && first[k].kernel->scaling(quad.state + first[k].stateOffset, blocks[k], scaling[k]) &&
            (k == 0 || !scaling[k].by);
  }
  if (still) {
    const Scaling &begin = scaling[0], &end = scaling[scalerCount - 1];
    // A single op has its factors for the sides alone, in mono its one for all.
    const bool sides = scalerCount == 1 && left != right;
    quad.scale = {blocks[0].in[0], begin.by, sides ? splat(1.f) : begin.first, end.first, end.second};
    quad.scaled = scalersStill && scalersPerNote;
    if (addScaled(context, quad)) return true;
  }
  for (int k = 0; k < scalerCount; k++) first[k].kernel->process(quad.state + first[k].stateOffset, blocks[k]);
  return false;
}

/// Of the only voice that sounds: its lane alone, four frames at a time, with what the sum of all lanes would be.
bool Program::addLone(LaneSums& sums, Quad& quad) const {
  const int lane = __builtin_ctz(quad.active);
  const Scaled& s = quad.scale;
  const auto at = [lane](const f32x4* wire, int i) {
    const float* x = reinterpret_cast<const float*>(wire + i) + lane;
    return f32x4{x[0], x[kLanes], x[2 * kLanes], x[3 * kLanes]};
  };
  const f32x4 all = splat(s.all[lane]), toLeft = splat(s.left[lane]), toRight = splat(s.right[lane]), zero = splat(0.f);
  const bool stereo = left != right;
  Peak peak;
  f32x4 x = zero;
  for (int i = 0; i < kMicroBlock; i += 4) {
    x = at(s.in, i);
    if (s.by) x *= at(s.by, i);
    x *= all;
    peak.add(x);
    // Plus zero, as the other lanes add: no zero is negative.
    store4(sums.lone[0] + i, (stereo ? x * toLeft : x) + zero);
    if (stereo) store4(sums.lone[1] + i, x * toRight + zero);
  }
  Peak most, sides;
  for (int k = 0; k < 4; k++) most.add(splat(((f32x4)peak.most)[k]));
  sides.add(stereo ? (f32x4)most.most * toLeft : (f32x4)most.most);
  if (stereo) sides.add((f32x4)most.most * toRight);
  if (!sl::all((f32x4)sides.most <= splat(kFinite))) return false;
  const i32x4 sounds = laneMask(quad.active);
  const f32x4 last = splat(x[3]);
  quad.level = select(sounds, (f32x4)sides.most, zero);
  quad.lastLeft = select(sounds, stereo ? last * toLeft : last, zero);
  quad.lastRight = select(sounds, stereo ? last * toRight : last, zero);
  quad.loudness = max(quad.level, quad.loudness * splat(kLoudnessKept));
  sums.isLone = true;
  return true;
}

/// False: something is not finite, and nothing was added.
bool Program::addScaled(const RenderContext& context, Quad& quad) {
  LaneSums& sums = *context.sums;
  if (sums.mayBeLone && (quad.active & (quad.active - 1)) == 0) return addLone(sums, quad) || (quad.scaled = false);
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

  for (int lane = 0; bad != 0 && lane < kLanes; lane++) {
    const uint32_t bit = 1u << lane;
    if (!(bad & bit)) continue;
    // Start every unit anew in this lane, so that nothing bad stays in its state; then silence it.
    for (int i = 0; i < opCount; i++)
      if (ops[i].kind == OpKind::unit) ops[i].kernel->start(quad.state + ops[i].stateOffset, voice, bit);
    for (int i = 0; i < rowCount; i++) quad.rowEnd[i] = select(laneMask(bit), splat(0.f), quad.rowEnd[i]);
    endLane(context, quad, lane, Reason::badNumber);
    context.badVoice(context.engine);
    context.reply(context.engine, ReplyType::fault, Reason::badNumber, context.strip, context.frame, 0);
  }
}

}  // namespace sl
