// A string or bore played at a point: two lines that meet there, ends that reflect, losses without phase. Audio thread.
#pragma once
#include "core/denormal.h"
#include "dsp/lane_ring.h"
#include "dsp/math.h"

namespace sl {

/// Cubic Lagrange weights for the taps at delays M + 2 .. M - 1 around M + f: the order in which frames lie in memory.
inline void lagrange3(f32x4 f, f32x4 (&w)[4]) {
  const f32x4 one = splat(1.f), two = splat(2.f), a = f + one, b = f - one, c = f - two;
  w[0] = a * f * b * splat(1.f / 6.f);
  w[1] = a * f * c * splat(-0.5f);
  w[2] = a * b * c * splat(0.5f);
  w[3] = f * b * c * splat(-1.f / 6.f);
}

/// One line for four voices, a frame at a time, so that it may be as short as two frames.
struct ShortLine {
  static constexpr int kFrames = 4096;
  static constexpr uint32_t kMask = kFrames - 1;
  float lane[kLanes][kFrames + 4];

  void clear(uint32_t lanes) {
    for (int l = 0; l < kLanes; l++)
      if (lanes >> l & 1) __builtin_memset(lane[l], 0, sizeof(lane[l]));
  }
  f32x4 read(uint32_t at, i32x4 whole, const f32x4 (&w)[4]) const {
    f32x4 x[4];
    for (int l = 0; l < kLanes; l++) x[l] = load4(&lane[l][(at - (uint32_t)whole[l] - 2) & kMask]);
    transpose(x[0], x[1], x[2], x[3]);
    return w[0] * x[0] + w[1] * x[1] + w[2] * x[2] + w[3] * x[3];
  }
  void write(uint32_t at, f32x4 v) {
    const uint32_t k = at & kMask;
    for (int l = 0; l < kLanes; l++) {
      lane[l][k] = v[l];
      if (k < 4) lane[l][kFrames + k] = v[l];
    }
  }
};

/// Loss of the far end: symmetric taps one and two frames apart. It delays all harmonics alike, by three frames, so
/// that a loop with any nonlinearity without memory keeps its period to the frame.
struct EndLoss {
  static constexpr float kDelayFrames = 3.f;
  f32x4 x1, x2, u1, u2, u3, u4;

  void clear(i32x4 lanes) {
    for (f32x4* v : {&x1, &x2, &u1, &u2, &u3, &u4}) *v = (f32x4)((i32x4)*v & ~lanes);
  }
  void flushState() {
    for (f32x4* v : {&x1, &x2, &u1, &u2, &u3, &u4}) *v = flush(*v);
  }
  /// `near`, `far` 0..0.25: weight of the taps one and two frames apart.
  f32x4 next(f32x4 x, f32x4 near, f32x4 far) {
    const f32x4 u = x1 + near * (x + x2 - splat(2.f) * x1);
    const f32x4 y = u2 + far * (u + u4 - splat(2.f) * u2);
    x2 = x1;
    x1 = x;
    u4 = u3;
    u3 = u2;
    u2 = u1;
    u1 = u;
    return y;
  }
};

/// Both lines, and how their lengths follow the note.
struct Waveguide {
  ShortLine far, near;  ///< the long way to the end with losses, the short way to the other end
  EndLoss loss;
  f32x4 farFrames, nearFrames, farWanted, nearWanted;
  i32x4 apart;  ///< frames between the taps that round the corners of long waves
  uint32_t at;
  /// A string or bore that is longer loses more of its high frequencies on one trip: taps that far apart, one to this
  /// many frames of the period, smooth what two neighbours cannot.
  static constexpr float kFramesPerTap = 110.f;

  void clear(uint32_t lanes) {
    far.clear(lanes);
    near.clear(lanes);
    loss.clear(laneMask(lanes));
  }

  /// Aims at a round trip of `period` frames, of which `share` is on the near side. Fresh lanes begin there.
  void aim(f32x4 period, f32x4 share, i32x4 fresh) {
    const f32x4 trip = period - splat(EndLoss::kDelayFrames);
    nearWanted = clamp(period * share, 2.f, 4080.f);
    nearWanted = min(nearWanted, trip - splat(2.f));
    farWanted = clamp(trip - nearWanted, 2.f, 4080.f);
    apart = toInt(min(floor(period * splat(1.f / kFramesPerTap)), splat(32.f)));
    farFrames = select(fresh, farWanted, farFrames);
    nearFrames = select(fresh, nearWanted, nearFrames);
  }

  struct Losses {
    f32x4 gain, near, far;
    f32x4 wide = splat(0.f);  ///< 0..0.25: weight of the taps that long waves need
  };

  /// For each frame gives `play` what comes from the lossy end and from the other, and sends on what it leaves there.
  template <class Play>
  void run(int frames, const Losses& losses, Play play) {
    const f32x4 share = splat(1.f / (float)frames);
    const f32x4 farStep = (farWanted - farFrames) * share, nearStep = (nearWanted - nearFrames) * share;
    const bool gliding = any(farStep != splat(0.f)) || any(nearStep != splat(0.f));
    f32x4 farDelay = farFrames, nearDelay = nearFrames, farWeight[4], nearWeight[4];
    i32x4 farWhole = splatI(0), nearWhole = splatI(0);
    const auto place = [](f32x4 d, i32x4& whole, f32x4(&w)[4]) {
      const f32x4 m = floor(d);
      whole = toInt(m);
      lagrange3(d - m, w);
    };
    place(farDelay, farWhole, farWeight);
    place(nearDelay, nearWhole, nearWeight);
    EndLoss end = loss;
    const bool wide = any(apart > splatI(1)) && any(losses.wide > splat(0.f));
    const f32x4 widely = select(apart > splatI(1), losses.wide, splat(0.f));
    for (int i = 0; i < frames; i++) {
      f32x4 arrived = far.read(at, farWhole, farWeight);
      if (wide) {
        const f32x4 around = far.read(at, farWhole + apart, farWeight) + far.read(at, farWhole - apart, farWeight);
        arrived += widely * (around - splat(2.f) * arrived);
      }
      const f32x4 fromFar = -losses.gain * end.next(arrived, losses.near, losses.far);
      const f32x4 fromNear = -near.read(at, nearWhole, nearWeight);
      f32x4 toFar = fromNear, toNear = fromFar;
      play(i, fromFar, fromNear, toFar, toNear);
      far.write(at, flush(toFar));
      near.write(at, flush(toNear));
      at++;
      if (gliding) {
        farDelay += farStep;
        nearDelay += nearStep;
        place(farDelay, farWhole, farWeight);
        place(nearDelay, nearWhole, nearWeight);
      }
    }
    loss = end;
    farFrames = farWanted;
    nearFrames = nearWanted;
  }
};

/// How hard it is played: rises while the key is held, falls after it.
struct PlayedForce {
  f32x4 force;
  uint32_t held;

  void start(uint32_t lanes, i32x4 fresh) {
    held |= lanes;
    force = (f32x4)((i32x4)force & ~fresh);
  }
  void release(uint32_t lanes) { held &= ~lanes; }
  struct Way {
    f32x4 target, share;  ///< of the way that is left, gone in each frame
  };
  /// Nine tenths of the way in the stated seconds.
  Way way(f32x4 attackSeconds, f32x4 releaseSeconds, float sampleRate) const {
    const i32x4 mask = laneMask(held);
    const f32x4 seconds = select(mask, attackSeconds, releaseSeconds);
    return {select(mask, splat(1.f), splat(0.f)), splat(1.f) - exp2(splat(-3.3219281f / sampleRate) / seconds)};
  }
};

/// Friction of a bow, and by duality of a reed in a cone: how much of a slip is taken up. `slip` counts in bow speeds
/// times looseness, so that soft notes speak as loud ones do; at 1.25 a sixteenth is left (Smith 1986).
inline f32x4 grip(f32x4 slip) {
  const f32x4 x = abs(slip) + splat(0.75f), square = x * x;
  return min(splat(1.f) / (square * square), splat(0.98f));
}

/// How loosely a bow at `share` of the string holds it: by firmness 0..1, looser the farther from the end.
inline f32x4 looseness(f32x4 firmness, f32x4 share) {
  return (splat(0.62f) - splat(0.4f) * firmness) * share * splat(1.f / 0.13f);
}

/// A note sets in with a firmer hold that eases over some periods: it speaks at once instead of double slipping
/// (Guettler 2002).
struct Bite {
  f32x4 eased, share;

  void start(i32x4 lanes) { eased = select(lanes, splat(0.5f), eased); }
  void pace(f32x4 period) { share = splat(0.2f) / period; }
  f32x4 next() {
    eased += (splat(1.f) - eased) * share;
    return eased;
  }
};

/// Takes the constant part away (12 Hz).
struct ConstantBlock {
  f32x4 before, kept;
  void clear(i32x4 lanes) {
    before = (f32x4)((i32x4)before & ~lanes);
    kept = (f32x4)((i32x4)kept & ~lanes);
  }
  f32x4 next(f32x4 x, float sampleRate) {
    kept = x - before + splat(1.f - 75.4f / sampleRate) * kept;
    before = x;
    return kept;
  }
};

}  // namespace sl
