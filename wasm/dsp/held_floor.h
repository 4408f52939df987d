// Flushing of many values in a loop: as flush of core/denormal.h, its bound in a register. Audio thread.
#pragma once
#include "core/denormal.h"

namespace sl {

class HeldFloor {
 public:
  f32x4 operator()(f32x4 x) const noexcept { return (f32x4)((i32x4)x & ~(i32x4)(abs(x) < bound_)); }

 private:
  f32x4 bound_ = opaque(splat(kDenormalFloor));
};

}  // namespace sl
