// The ring of a delayed path. Audio thread, except build and destroy (control thread).
#include "engine/path_delay.h"

#include <cstring>

#include "core/heap.h"
#include "engine/stereo.h"

namespace sl {
namespace {

bool anything(const float* left, const float* right) {
  v128_t bits = wasm_i32x4_splat(0);
  for (int i = 0; i < kMicroBlock; i += 4)
    bits = wasm_v128_or(bits, wasm_v128_or(wasm_v128_load(left + i), wasm_v128_load(right + i)));
  return wasm_v128_any_true(wasm_v128_and(bits, wasm_i32x4_splat(0x7fffffff)));  // -0 is silence
}

void read(const float* ring, uint32_t capacity, uint32_t at, float* out) {
  if (capacity - at >= (uint32_t)kMicroBlock) return copy(out, ring + at, kMicroBlock);
  const int first = (int)(capacity - at);
  copy(out, ring + at, first);
  copy(out + first, ring, kMicroBlock - first);
}

}  // namespace

bool PathDelay::build(uint32_t delayFrames, uint32_t roomFrames) {
  const uint32_t most = (delayFrames > roomFrames ? delayFrames : roomFrames) + kMicroBlock;
  *this = {};
  capacity = 2 * kMicroBlock;
  while (capacity < most) capacity *= 2;
  data = static_cast<float*>(heapTake(sizeof(float) * 2 * capacity));
  next = delayFrames;
  fade = 1.f;
  return data != nullptr;
}

void PathDelay::destroy() { heapGive(data), data = nullptr; }

void PathDelay::clear() {
  if (!(held == quiet && held == capacity)) std::memset(data, 0, sizeof(float) * 2 * capacity);
  at = 0;
  held = quiet = capacity;
  if (next != to) to = next;
  from = to;
  fade = 1.f;
}

void PathDelay::adopt(PathDelay& old) {
  from = old.from, to = old.to, fade = old.fade;
  held = old.held, quiet = old.quiet;
  if (old.capacity == capacity) {
    float* mine = data;
    data = old.data, old.data = mine;
    at = old.at;
  } else {
    const uint32_t kept = old.held < capacity ? old.held : capacity;
    for (uint32_t i = 0; i < kept; i++) {
      const uint32_t source = (old.at - kept + i) & (old.capacity - 1);
      data[i] = old.data[source], data[capacity + i] = old.data[old.capacity + source];
    }
    at = kept & (capacity - 1);
    held = kept;
    if (quiet > kept) quiet = kept;
  }
  const uint32_t most = capacity - kMicroBlock;
  if (from > most) from = to, fade = 1.f;
  if (to > most) from = to = next, fade = 1.f;
}

void PathDelay::tap(uint32_t delay, float* left, float* right) const {
  const uint32_t start = (at - delay) & (capacity - 1);
  read(data, capacity, start, left);
  read(data + capacity, capacity, start, right);
}

void PathDelay::run(float* left, float* right, float fadeStep) {
  if (through()) {
    held = quiet = 0;
    from = 0;
    return;
  }
  const bool sound = anything(left, right);
  if (!sound && quiet >= capacity) {  // silent since longer than it remembers: nobody hears another delay come
    from = to = next;
    fade = 1.f;
    held = capacity;
    return;
  }
  if (fade >= 1.f && next != to) from = to, to = next, fade = 0.f;
  copy(data + at, data + capacity + at, left, right);
  held = held + kMicroBlock < capacity ? held + kMicroBlock : capacity;
  quiet = sound ? 0 : quiet + kMicroBlock < capacity ? quiet + kMicroBlock : capacity;
  if (fade >= 1.f) {
    tap(to, left, right);
  } else if (held < to + kMicroBlock) {
    tap(from, left, right);  // there is not enough past yet
  } else {
    alignas(16) float newLeft[kMicroBlock], newRight[kMicroBlock];
    tap(from, left, right);
    tap(to, newLeft, newRight);
    for (int i = 0; i < kMicroBlock; i++) {
      fade = fade + fadeStep < 1.f ? fade + fadeStep : 1.f;
      left[i] += (newLeft[i] - left[i]) * fade, right[i] += (newRight[i] - right[i]) * fade;
    }
  }
  at = (at + kMicroBlock) & (capacity - 1);
}

}  // namespace sl
