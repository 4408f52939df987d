// A parameter on its way to its target: a one-pole of 15 ms in the parameter's own domain (octaves for a log curve),
// handed on as a linear ramp per segment. Audio thread.
#pragma once
#include <cmath>

#include "core/param.h"
#include "core/unit.h"

namespace sl {

inline constexpr float kSmoothSeconds = 0.015f;

/// What is left of a distance after n frames, for every length of a segment.
struct Decay {
  float left[kMicroBlock + 1];
  void set(float seconds, float sampleRate) {
    for (int n = 0; n <= kMicroBlock; n++) left[n] = std::exp(-(float)n / (seconds * sampleRate));
  }
};

struct Smoothed {
  float natural = 0.f, goal = 0.f;       ///< in the smoothing domain
  float value = 0.f, target = 0.f;       ///< plain: end of the last segment, and where it goes
  float close = 1e-5f;                   ///< natural distance that counts as arrived
  bool log = false, steps = false;       ///< steps: jumps at once
  int lead = 0;                          ///< frames of a straight way to the target that are left
  bool moving = false, announce = true;  ///< announce: the next segment says `changed`

  void init(const Param& p, float plain) {
    log = p.curve == Curve::log;
    steps = p.curve == Curve::option || p.curve == Curve::toggle || p.smooth != Smooth::ramp;
    close = log ? 1e-4f : (p.max - p.min) * 2e-5f;
    snap(plain);
  }
  void snap(float plain) {
    value = target = plain;
    natural = goal = domain(plain);
    lead = 0;
    moving = false;
    announce = true;
  }
  void set(float plain) {
    if (lead > 0) natural = domain(value), lead = 0;
    target = plain;
    goal = domain(plain);
    if (steps && value != plain) snap(plain);
  }
  /// Automation: at `plain` after `frames` on a straight line, without lag; what an earlier `set` still had to go fades
  /// on top of it.
  void follow(float plain, int frames) {
    if (steps) return set(plain);
    const float to = domain(plain);
    natural = natural == goal ? to : natural + (to - goal);
    goal = to, target = plain, lead = frames;
  }
  /// It is where it goes to.
  bool arrived() const { return natural == goal && lead == 0; }
  bool still() const { return !moving && !announce && arrived(); }

  /// The next segment of `frames`.
  Ramp<float> advance(int frames, const Decay& decay) {
    Ramp<float> r{.value = value, .step = 0.f, .moving = false, .changed = announce};
    announce = false;
    if (arrived()) {
      if (moving) r.changed = true;
      moving = false;
      return r;
    }
    float next = goal + (natural - goal) * decay.left[frames];
    if (std::fabs(next - goal) <= close) next = goal;
    natural = next;
    float end = next == goal ? target : plain(next);
    if (lead > frames) end = value + (end - value) * (float)frames / (float)lead;
    lead = lead > frames ? lead - frames : 0;
    r.step = (end - value) / (float)frames;
    r.moving = true;
    moving = true;
    value = end;
    return r;
  }

 private:
  float domain(float v) const { return log ? std::log2(v) : v; }
  float plain(float n) const { return log ? std::exp2(n) : n; }
};

}  // namespace sl
