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
    return slope * (inside * inside * (splat(0.25f) / wide) + max(over - wide, splat(0.f)));
  }
};

/// One-pole factor of a time constant: the share of the way made per frame.
inline double approachIn(double seconds, double sampleRate) { return 1. - std::exp(-1. / (seconds * sampleRate)); }

/// The same of a time that seldom changes.
struct Approach {
  double seconds = -1., share = 0.;

  double of(double wanted, double sampleRate) noexcept {
    if (wanted != seconds) seconds = wanted, share = approachIn(wanted, sampleRate);
    return share;
  }
};

/// Smooth branching detector (same source) for one channel: a one-pole towards the wanted gain change, with the attack
/// where it falls and the release where it rises. In f64: at a long release the steps are far below a float's.
class GainFollower {
  using f64x2 = double __attribute__((vector_size(16)));

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
    const f64x2 down = {attack, attack}, up = {release, release}, one = {1., 1.};
    const f64x2 keepDown = one - down, keepUp = one - up;
    f64x2 now = {left.decibels_, right.decibels_};
    const auto run = [&]<bool kLower>() {
      for (int i = 0; i < n; i++) {
        const f64x2 wanted = {leftDb[i], rightDb[i]};
        now = either<kLower>(now * keepDown + wanted * down, now * keepUp + wanted * up);
        leftDb[i] = (float)now[0], rightDb[i] = (float)now[1];
      }
    };
    if (attack >= release)
      run.template operator()<true>();
    else
      run.template operator()<false>();
    left.decibels_ = now[0], right.decibels_ = now[1];
  }
  /// As `next` for one side, in place. Two frames in a row are again the lower (or higher) of what is proportional to
  /// the state: three ways now. So the state waits for every other frame only, and the frames between are reckoned
  /// beside it.
  void follow(float* db, int n, double attack, double release) noexcept {
    const int fours = n & ~3;
    if (attack >= release)
      twoByTwo<true>(db, fours, attack, release);
    else
      twoByTwo<false>(db, fours, attack, release);
    for (int i = fours; i < n; i++) db[i] = (float)next(db[i], attack, release);
  }
  void endBlock() noexcept { decibels_ = decibels_ > -1e3 ? flush(decibels_) : 0.; }
  double decibels() const noexcept { return decibels_; }
  /// Frames until a release of `seconds` has given back all but a hundredth of a decibel.
  int recoveryFrames(double seconds, double sampleRate) const noexcept {
    const double depth = std::fabs(decibels_);
    return depth > 0.01 ? (int)(seconds * sampleRate * std::log(depth / 0.01)) : 0;
  }

 private:
  template <bool kLower>
  void twoByTwo(float* db, int n, double attack, double release) noexcept {
    const f64x2 down = both(attack), up = both(release), keepDown = both(1. - attack), keepUp = both(1. - release);
    const f64x2 downDown = down * keepDown, downUp = down * keepUp, upDown = up * keepDown, upUp = up * keepUp;
    const f64x2 keepBothDown = keepDown * keepDown, keepEach = keepDown * keepUp, keepBothUp = keepUp * keepUp;
    f64x2 now = both(decibels_);
    for (int i = 0; i < n; i += 4) {
      const f32x4 wanted = load4(db + i);
      const f64x2 first = wide(__builtin_shufflevector(wanted, wanted, 0, 2, 0, 2));
      const f64x2 second = wide(__builtin_shufflevector(wanted, wanted, 1, 3, 1, 3));
      const f64x2 fallen = second * down, risen = second * up;
      const f64x2 low = first * downDown + fallen, high = first * upUp + risen;
      const f64x2 turned = either<kLower>(first * upDown + fallen, first * downUp + risen);
      const auto twoOn = [&](f64x2 from, f64x2 a, f64x2 b, f64x2 c) {
        return either<kLower>(either<kLower>(from * keepBothDown + a, from * keepBothUp + b), from * keepEach + c);
      };
      const f64x2 middle = twoOn(now, low, high, turned);
      const f64x2 begin = __builtin_shufflevector(now, middle, 0, 2);
      now = twoOn(middle, upper(low), upper(high), upper(turned));
      const f64x2 end = __builtin_shufflevector(middle, now, 0, 2);
      const f64x2 between = either<kLower>(begin * keepDown + first * down, begin * keepUp + first * up);
      store4(db + i, __builtin_shufflevector(narrow(between), narrow(end), 0, 4, 1, 5));
    }
    decibels_ = now[0];
  }
  static f64x2 both(double x) { return f64x2{x, x}; }
  static f64x2 upper(f64x2 x) { return __builtin_shufflevector(x, x, 1, 1); }
  static f64x2 wide(f32x4 x) { return (f64x2)wasm_f64x2_promote_low_f32x4((v128_t)x); }
  static f32x4 narrow(f64x2 x) { return (f32x4)wasm_f32x4_demote_f64x2_zero((v128_t)x); }
  template <bool kLower>
  static f64x2 either(f64x2 a, f64x2 b) {
    if constexpr (kLower)
      return (f64x2)wasm_f64x2_pmin((v128_t)a, (v128_t)b);
    else
      return (f64x2)wasm_f64x2_pmax((v128_t)a, (v128_t)b);
  }

  double decibels_ = 0.;
};

}  // namespace sl
