// Filters whose taps are the same from both ends: two samples share a product. Audio thread.
#pragma once
#include "core/simd.h"

namespace sl {

template <int groups>
void pairedGroups(const float* h, int pairs, const float* x, const float* mirror, float* out) {
  f32x4 sum[groups];
  for (f32x4& s : sum) s = splat(0.f);
  for (int j = 0; j < pairs; j++) {
    const f32x4 w = splat(h[j]);
    for (int g = 0; g < groups; g++) sum[g] += w * (load4(x + kLanes * g - j) + load4(mirror + kLanes * g + j));
  }
  for (int g = 0; g < groups; g++) store4(out + kLanes * g, sum[g]);
}

/// out[i] = sum of h[j] (x[i - j] + mirror[i + j]); every output adds its pairs in the same order, however a block is
/// cut.
inline void pairedFir(const float* h, int pairs, const float* x, const float* mirror, float* out, int n) {
  int i = 0;
  for (; i + 16 <= n; i += 16) pairedGroups<4>(h, pairs, x + i, mirror + i, out + i);
  for (; i + 4 <= n; i += 4) pairedGroups<1>(h, pairs, x + i, mirror + i, out + i);
  for (; i < n; i++) {
    float sum = 0.f;
    for (int j = 0; j < pairs; j++) sum += h[j] * (x[i - j] + mirror[i + j]);
    out[i] = sum;
  }
}

/// Of 2 `pairs` taps, the first of which are given: out[i] = sum of h[j] x[i - j].
inline void symmetricFir(const float* h, int pairs, const float* x, float* out, int n) {
  pairedFir(h, pairs, x, x - (2 * pairs - 1), out, n);
}

}  // namespace sl
