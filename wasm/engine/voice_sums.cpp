// From what a program's voices come to in a micro-block into its bus: lanes added up, the ends of voices that were cut.
// Audio thread.
#include "engine/kit.h"

namespace sl {
namespace {

/// Four frames of four lanes to four sums, each (0 + 2) + (1 + 3).
v128_t acrossLanes(const f32x4* x) {
  const v128_t a = (v128_t)x[0], b = (v128_t)x[1], c = (v128_t)x[2], d = (v128_t)x[3];
  const v128_t ab = wasm_f32x4_add(wasm_i32x4_shuffle(a, b, 0, 4, 1, 5), wasm_i32x4_shuffle(a, b, 2, 6, 3, 7));
  const v128_t cd = wasm_f32x4_add(wasm_i32x4_shuffle(c, d, 0, 4, 1, 5), wasm_i32x4_shuffle(c, d, 2, 6, 3, 7));
  return wasm_f32x4_add(wasm_i32x4_shuffle(ab, cd, 0, 1, 4, 5), wasm_i32x4_shuffle(ab, cd, 2, 3, 6, 7));
}

/// bus += what the lanes add up to, a whole micro-block.
void addLanes(float* bus, const f32x4* lanes) {
  for (int i = 0; i < kMicroBlock; i += 4)
    wasm_v128_store(bus + i, wasm_f32x4_add(wasm_v128_load(bus + i), acrossLanes(lanes + i)));
}

/// As above, through a gain.
void addLanes(float* bus, const f32x4* lanes, Span gain) {
  if (gain.from == 1.f && gain.to == 1.f) return addLanes(bus, lanes);
  const float step = (gain.to - gain.from) * (1.f / kMicroBlock);
  f32x4 g = splat(gain.from) + f32x4{0.f, 1.f, 2.f, 3.f} * splat(step);
  for (int i = 0; i < kMicroBlock; i += 4) {
    const f32x4 sum = (f32x4)acrossLanes(lanes + i) * g;
    wasm_v128_store(bus + i, wasm_f32x4_add(wasm_v128_load(bus + i), (v128_t)sum));
    g += splat(4.f * step);
  }
}

}  // namespace

void Program::addSums(const LaneSums& sums, float* busLeft, float* busRight, int frames) {
  Span gainLeft{1.f, 1.f}, gainRight{1.f, 1.f};
  if (pad) pad->advance(frames, decay, gainLeft, gainRight);
  if (!sums.opened) return;
  addLanes(busLeft, sums.left[sums.at], gainLeft);
  addLanes(busRight, left == right ? sums.left[sums.at] : sums.right[sums.at], gainRight);
  if (sums.sided) addLanes(busRight, sums.right[0], gainRight);
}

void Program::addResiduals(float* busLeft, float* busRight, int frames) {
  const float total = kCutSeconds * sampleRate;
  int kept = 0;
  for (int k = 0; k < residualCount; k++) {
    Residual r = residuals[k];
    for (int i = r.offset; i < frames && r.framesLeft > 0; i++, r.framesLeft--) {
      const float gain = (float)r.framesLeft / total;
      busLeft[i] += r.left * gain, busRight[i] += r.right * gain;
    }
    r.offset = 0;
    if (r.framesLeft > 0) residuals[kept++] = r;
  }
  residualCount = kept;
}

}  // namespace sl
