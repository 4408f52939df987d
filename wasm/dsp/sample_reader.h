// Reads a sample between its frames at one speed, and what a loop does with the two sides of its seam. Audio thread.
#pragma once
#include <algorithm>

#include "dsp/sample_levels.h"

namespace sl {

/// The level and kernel for one speed, ready to read.
struct SampleReader {
  const float* const* channels;
  int count, frames;
  double scale;   ///< frames of the level per frame of the sample
  double margin;  ///< frames of the sample that a reading needs on each side, level filters included
  const SincBank::Kernel* kernel;

  /// `length` as in SincBank; `speed` is in frames of the sample.
  static SampleReader at(const Asset& asset, int length, float speed) noexcept {
    const auto& levels = *static_cast<const SampleLevels*>(asset.derived);
    const int level = levels.levelFor(speed);
    const float rest = speed / (float)(1 << level);
    SampleReader r;
    r.channels = levels.channel[level];
    r.count = asset.channels > 1 ? 2 : 1;
    r.frames = levels.frames[level];
    r.scale = 1. / (double)(1 << level);
    r.kernel = &levels.kernels->at(length, rest);
    r.margin = (r.kernel->taps / 2 + (level > 0 ? 2 * half::kPairs : 0)) / r.scale;
    return r;
  }
  /// Left and right at `x`; silence beyond the ends.
  void read(double x, float* into) const noexcept {
    const double at = x * scale;
    const int whole = (int)std::floor(at), reach = kernel->taps / 2;
    if (whole < reach - kAssetPad || whole >= frames + kAssetPad - reach - 1) {
      into[0] = into[1] = 0.f;
      return;
    }
    SincBank::read(*kernel, channels, count, whole, (float)(at - whole), into);
  }
};

/// The recording for a key and velocity; the nearest where none serves it.
inline const SampleZone* zoneFor(const Asset& asset, float key, float velocity) {
  const SampleZone* best = asset.zones;
  float least = 1e9f;
  for (int i = 0; i < asset.zoneCount; i++) {
    const SampleZone& z = asset.zones[i];
    const float off = key < z.lowKey - 0.5f ? z.lowKey - key : key > z.highKey + 0.5f ? key - z.highKey : 0.f;
    const float soft = velocity < z.lowVelocity    ? z.lowVelocity - velocity
                       : velocity > z.highVelocity ? velocity - z.highVelocity
                                                   : 0.f;
    if (off + soft < least) least = off + soft, best = &z;
  }
  return best;
}

/// A loop as it is played: frames of the sample, along the way that it is read (mirrored when that is backwards).
struct SampleLoop {
  double start, end;       ///< equal: none
  double fadeStart, fade;  ///< while it fades from here on, the frames one loop before come in; then it jumps
  bool joined;             ///< from end to end of the recording: both sides of the seam are added, nothing fades

  double length() const { return end - start; }
  bool on() const { return end > start; }

  /// `first`, `last`: of the recording. The fade lies where both of its sides have recording around them: before the
  /// loop's end, or else after it.
  static SampleLoop make(double start, double end, double fade, double first, double last, double margin) {
    SampleLoop loop{start, end, end, 0., false};
    const double length = end - start;
    if (!(length >= 2.)) return {start, start, start, 0., false};
    fade = std::min(std::max(fade, std::min(margin, 0.25 * length)), length);
    const double before = start - first - margin, after = last - end - margin;
    if (before >= std::min(fade, 64.)) {
      loop.fade = std::min(fade, before);
      loop.fadeStart = end - margin - loop.fade;
    } else if (after >= std::min(fade, 64.)) {
      loop.fade = std::min(fade, after);
      loop.fadeStart = end;
    } else {
      loop.joined = true;
    }
    return loop;
  }
};

}  // namespace sl
