// How a compressor decides and follows: the static curve with its soft knee, and attack and release on the gain in
// decibels. Audio thread.
#pragma once
#include <cmath>

#include "core/denormal.h"
#include "dsp/math.h"

namespace sl {

/// Downward compression (Giannoulis, Massberg, Reiss, "Digital Dynamic Range Compressor Design", JAES 2012): no change
/// below the knee, a parabola inside it, `1 / ratio` above. One value per lane.
struct CompressorCurve {
  f32x4 threshold, slope, half;  ///< dB; 1 / ratio - 1; half the width of the knee in dB

  static f32x4 slopeOf(f32x4 ratio) { return splat(1.f) / ratio - splat(1.f); }
  /// Gain change in dB, 0 or less.
  f32x4 at(f32x4 levelDb) const {
    const f32x4 over = levelDb - threshold, wide = max(half, splat(1e-3f));
    const f32x4 inside = min(max(over + wide, splat(0.f)), wide + wide);
    return slope * (inside * inside / (splat(4.f) * wide) + max(over - wide, splat(0.f)));
  }
};

/// One-pole factor of a time constant: the share of the way made per frame.
inline double approachIn(double seconds, double sampleRate) { return 1. - std::exp(-1. / (seconds * sampleRate)); }

/// Smooth branching detector (same source) for one channel: a one-pole towards the wanted gain change, with the attack
/// where it falls and the release where it rises. In f64: at a long release the steps are far below a float's.
class GainFollower {
 public:
  void reset() noexcept { decibels_ = 0.; }
  double next(double wantedDb, double attack, double release) noexcept {
    decibels_ += (wantedDb - decibels_) * (wantedDb < decibels_ ? attack : release);
    return decibels_;
  }
  /// As `next` for both sides of a sound, in place. Where the attack is the faster, the lower of both ways is the one
  /// that holds, else the higher: so a frame waits for the last one through three operations only.
  static void follow(GainFollower& left, GainFollower& right, float* leftDb, float* rightDb, int n, double attack,
                     double release) noexcept {
    using f64x2 = double __attribute__((vector_size(16)));
    const f64x2 down = {attack, attack}, up = {release, release}, one = {1., 1.};
    const f64x2 keepDown = one - down, keepUp = one - up;
    const bool lower = attack >= release;
    f64x2 now = {left.decibels_, right.decibels_};
    const auto run = [&](auto either) {
      for (int i = 0; i < n; i++) {
        const f64x2 wanted = {leftDb[i], rightDb[i]};
        now = either(now * keepDown + wanted * down, now * keepUp + wanted * up);
        leftDb[i] = (float)now[0], rightDb[i] = (float)now[1];
      }
    };
    if (lower)
      run([](f64x2 a, f64x2 b) { return (f64x2)wasm_f64x2_pmin((v128_t)a, (v128_t)b); });
    else
      run([](f64x2 a, f64x2 b) { return (f64x2)wasm_f64x2_pmax((v128_t)a, (v128_t)b); });
    left.decibels_ = now[0], right.decibels_ = now[1];
  }
  void endBlock() noexcept { decibels_ = decibels_ > -1e3 ? flush(decibels_) : 0.; }
  double decibels() const noexcept { return decibels_; }
  /// Frames until a release of `seconds` has given back all but a hundredth of a decibel.
  int recoveryFrames(double seconds, double sampleRate) const noexcept {
    const double depth = std::fabs(decibels_);
    return depth > 0.01 ? (int)(seconds * sampleRate * std::log(depth / 0.01)) : 0;
  }

 private:
  double decibels_ = 0.;
};

}  // namespace sl
