// Copies of a few samples without the call that a copy else is. Audio thread.
#pragma once
#include "core/simd.h"

namespace sl {

/// From an address behind or from elsewhere.
inline void copy(float* to, const float* from, int n) {
  int i = 0;
  for (; i + kLanes <= n; i += kLanes) store4(to + i, opaque(load4(from + i)));
  for (; i < n; i++) to[i] = from[i];
}

}  // namespace sl
