// The frame around effects. Audio thread.
#include "engine/chain.h"

#include <cstring>

namespace sl {
namespace {

constexpr float kSilence = 1e-7f;      // -140 dBFS: an input below it counts as silent
constexpr float kAsleepBelow = 1e-5f;  // -100 dBFS: what an effect may still hold when it is put to sleep
constexpr float kTooLoud = 256.f;
constexpr float kUnknown = -1.f;  // a peak that was not looked for
constexpr float kBypassSeconds = 0.01f;
constexpr float kQuenchSeconds = 0.005f;
constexpr float kFadeBackSeconds = 0.02f;
constexpr float kStrikeSeconds = 10.f;

/// Highest absolute value; not a number or infinite when any sample is: magnitudes compare as integers, and what is not
/// a number highest.
float peakOf(const float* left, const float* right, int frames) {
  const v128_t magnitude = wasm_i32x4_splat(0x7fffffff);
  v128_t most = wasm_i32x4_splat(0);
  const auto add = [&](v128_t x) { most = wasm_i32x4_max(most, wasm_v128_and(x, magnitude)); };
  int i = 0;
  for (; i + 4 <= frames; i += 4) add(wasm_v128_load(left + i)), add(wasm_v128_load(right + i));
  for (; i < frames; i++) add(wasm_f32x4_splat(left[i])), add(wasm_f32x4_splat(right[i]));
  most = wasm_i32x4_max(most, wasm_i32x4_shuffle(most, most, 2, 3, 0, 1));
  most = wasm_i32x4_max(most, wasm_i32x4_shuffle(most, most, 1, 0, 3, 2));
  return wasm_f32x4_extract_lane(most, 0);
}

bool switchedOn(const ChainDevice& d, std::string_view id) {
  for (int p = 0; p < d.count; p++)
    if (d.kernel->spec->params[p].id == id) return d.params[p].target >= 0.5f;
  return false;
}

/// In place, by as many frames as the device has to wait.
void wait(ChainDevice& d, float* left, float* right, int frames) {
  for (int i = 0; i < frames && d.alignFrames > 0; i++) {
    float* slot = d.align + 2 * d.alignAt;
    const float wasLeft = slot[0], wasRight = slot[1];
    slot[0] = left[i], slot[1] = right[i];
    left[i] = wasLeft, right[i] = wasRight;
    if (++d.alignAt == d.alignFrames) d.alignAt = 0;
  }
}

float approach(float x, float goal, float step) {
  return x < goal ? (x + step > goal ? goal : x + step) : (x - step < goal ? goal : x - step);
}

/// Every value is at its target at once, and the effect is told.
void hold(ChainDevice& d) {
  for (int p = 0; p < d.count; p++) d.params[p].snap(d.params[p].target);
  d.still = false;
}

}  // namespace

bool Chain::post(const ChainEvent& event) {
  if (event.device >= count) return false;
  if (event.param != kBypassParam && event.param >= devices[event.device].count) return false;
  if (eventCount == kMaxChainEvents) settle();  // more changes in 32 frames than anybody hears: early rather than lost
  events[eventCount++] = event;
  return true;
}

void Chain::apply(const ChainEvent& event) {
  ChainDevice& d = devices[event.device];
  if (event.param == kBypassParam) {
    d.bypass = event.value >= 0.5f;
    if (!d.bypass) d.dead = false;
    if (fresh) d.wet = d.bypass ? 0.f : 1.f;
    return;
  }
  d.still = false;
  if (fresh)
    d.params[event.param].snap(event.value);
  else if (event.lead > 0)
    d.params[event.param].follow(event.value, event.lead);
  else
    d.params[event.param].set(event.value);
}

void Chain::settle() {
  for (int i = 0; i < eventCount; i++) apply(events[i]);
  eventCount = 0;
}

void Chain::process(float* left, float* right, int frames, int64_t frame, const SongTime& song, int governor,
                    const ChainReport& report, const SideInputs& sides) {
  float inLeft[kMicroBlock], inRight[kMicroBlock], sumLeft[kMicroBlock], sumRight[kMicroBlock];  // of a rack
  bool others = false;
  float peak = kUnknown;
  for (int index = 0; index < count; index++) {
    ChainDevice& d = devices[index];
    if (d.place & kOpens) {
      std::memcpy(inLeft, left, sizeof(float) * frames);
      std::memcpy(inRight, right, sizeof(float) * frames);
      std::memset(sumLeft, 0, sizeof(float) * frames);
      std::memset(sumRight, 0, sizeof(float) * frames);
      others = soloed(index);
    }
    SideInput side{};
    if (sides.count > 0 && d.kernel->spec->sidechain)
      for (int k = 0; k < sides.count; k++)
        if (sides.list[k].device == index) side = sides.list[k];
    if (peak < 0.f) peak = peakOf(left, right, frames);
    bool silent = peak < kSilence;
    if (d.place & kCloses) {
      wait(d, inLeft, inRight, frames);
      side = {index, inLeft, inRight};
      std::memcpy(left, sumLeft, sizeof(float) * frames);
      std::memcpy(right, sumRight, sizeof(float) * frames);
      silent = peakOf(left, right, frames) < kSilence && peakOf(inLeft, inRight, frames) < kSilence;
    }
    d.quietFrames = silent ? (d.quietFrames < (1 << 30) ? d.quietFrames + frames : d.quietFrames) : 0;
    int at = 0;
    for (int e = 0; e <= eventCount; e++) {
      if (e < eventCount && events[e].device != index) continue;
      const int until = e < eventCount ? events[e].offset : frames;
      if (until > at) {
        const float most = segment(
            d, index, left + at, right + at, until - at, frame + at, at > 0 ? song.after(at, sampleRate) : song,
            governor, report, {index, side.left ? side.left + at : nullptr, side.right ? side.right + at : nullptr});
        peak = until - at == frames ? most : kUnknown;
        at = until;
      }
      if (e < eventCount) apply(events[e]);
    }
    if (d.place & kEndsBranch) {
      endBranch(d, others, left, right, frames, sumLeft, sumRight);
      std::memcpy(left, inLeft, sizeof(float) * frames);
      std::memcpy(right, inRight, sizeof(float) * frames);
      peak = kUnknown;
    }
  }
  eventCount = 0;
  fresh = false;
}

/// Is any branch of the rack that begins here solo?
bool Chain::soloed(int opening) const {
  for (int i = opening; i < count && !(devices[i].place & kCloses); i++) {
    const ChainDevice& d = devices[i];
    if ((d.place & kEndsBranch) && switchedOn(d, "solo")) return true;
  }
  return false;
}

void Chain::endBranch(ChainDevice& d, bool others, float* left, float* right, int frames, float* sumLeft,
                      float* sumRight) {
  bool open = !others || switchedOn(d, "solo");
  if (switchedOn(d, "mute")) open = false;
  if (fresh) d.heard = open ? 1.f : 0.f;
  if (d.heard != 1.f || !open) {
    const float step = 1.f / (kBypassSeconds * sampleRate);
    for (int i = 0; i < frames; i++) {
      d.heard = approach(d.heard, open ? 1.f : 0.f, step);
      left[i] *= d.heard, right[i] *= d.heard;
    }
  }
  wait(d, left, right, frames);
  for (int i = 0; i < frames; i++) sumLeft[i] += left[i], sumRight[i] += right[i];
}

/// The peak of what it leaves behind, or kUnknown.
float Chain::segment(ChainDevice& d, int index, float* left, float* right, int frames, int64_t frame,
                     const SongTime& song, int governor, const ChainReport& report, SideInput side) {
  float dryLeft[kMicroBlock], dryRight[kMicroBlock];
  const bool bypassed = d.bypass || d.dead;
  const bool mixing = bypassed || d.wet < 1.f;
  if (d.latency > 0) {
    for (int i = 0; i < frames; i++) {
      float* slot = d.dry + 2 * d.dryAt;
      dryLeft[i] = slot[0], dryRight[i] = slot[1];
      slot[0] = left[i], slot[1] = right[i];
      if (++d.dryAt == d.latency) d.dryAt = 0;
    }
  } else if (mixing) {
    const bool rack = (d.place & kCloses) != 0;  // a bypassed rack is what went into it
    std::memcpy(dryLeft, rack ? side.left : left, sizeof(float) * frames);
    std::memcpy(dryRight, rack ? side.right : right, sizeof(float) * frames);
  }
  if (bypassed && d.wet <= 0.f) {
    d.still = false;
    if (d.latency > 0 || (d.place & kCloses)) {
      std::memcpy(left, dryLeft, sizeof(float) * frames);
      std::memcpy(right, dryRight, sizeof(float) * frames);
    }
    d.cold = true;
    d.asleep = d.quietFrames > d.latency + d.alignFrames;
    return kUnknown;
  }
  if (d.cold) {
    d.kernel->reset(d.effect);  // back from bypass: no stale tail
    d.cold = d.asleep = false;
    hold(d);
  } else if (d.asleep) {
    if (d.quietFrames > 0) return kUnknown;  // silent in, silent out
    d.asleep = false;
    hold(d);
  }

  bool still = true;
  for (int p = 0; p < d.count && !d.still; p++) {
    if (d.params[p].still() && !d.ramps[p].moving && !d.ramps[p].changed) continue;
    d.ramps[p] = d.params[p].advance(frames, decay);
    still = false;
  }
  d.still = still;
  for (int k = 0; k < shifts.count; k++) {
    const ParamShift& shift = shifts.list[k];
    if (shift.device != index) continue;
    d.ramps[shift.param] =
        shifted(d.ramps[shift.param], d.kernel->spec->params[shift.param], shift, song.offset, frames);
    d.still = false;  // its own value is there again with the next segment
  }
  d.kernel->process(d.effect, {.left = left,
                               .right = right,
                               .params = d.ramps,
                               .frames = frames,
                               .song = song,
                               .sideLeft = side.left,
                               .sideRight = side.right,
                               .level = governor});

  const float peak = peakOf(left, right, frames);
  bool asItCame = false;
  if (!(peak <= kTooLoud)) {
    std::memset(left, 0, sizeof(float) * frames);
    std::memset(right, 0, sizeof(float) * frames);
    contain(d, index, frame, report);
  } else if (d.fadeIn < 1.f) {
    const float step = 1.f / (kFadeBackSeconds * sampleRate);
    for (int i = 0; i < frames; i++) {
      d.fadeIn = d.fadeIn + step > 1.f ? 1.f : d.fadeIn + step;
      left[i] *= d.fadeIn, right[i] *= d.fadeIn;
    }
  } else {
    asItCame = !d.quenching && !mixing;
  }
  if (d.quenching) fadeOut(d, left, right, frames);
  if (mixing) {
    const float goal = bypassed ? 0.f : 1.f, step = 1.f / (kBypassSeconds * sampleRate);
    for (int i = 0; i < frames; i++) {
      d.wet = approach(d.wet, goal, step);
      left[i] = dryLeft[i] + (left[i] - dryLeft[i]) * d.wet;
      right[i] = dryRight[i] + (right[i] - dryRight[i]) * d.wet;
    }
  }
  if (d.quietFrames > 0 && peak < kAsleepBelow &&
      d.quietFrames > d.kernel->tailFrames(d.effect) + d.latency + d.alignFrames)
    d.asleep = true;
  return asItCame ? peak : kUnknown;
}

void Chain::fadeOut(ChainDevice& d, float* left, float* right, int frames) {
  const float step = 1.f / (kQuenchSeconds * sampleRate);
  for (int i = 0; i < frames; i++) {
    d.quench = d.quench - step > 0.f ? d.quench - step : 0.f;
    left[i] *= d.quench, right[i] *= d.quench;
  }
  if (d.quench > 0.f) return;
  d.kernel->reset(d.effect);
  d.quenching = false;
  d.fadeIn = 0.f;
}

void Chain::contain(ChainDevice& d, int index, int64_t frame, const ChainReport& report) {
  d.kernel->reset(d.effect);
  d.fadeIn = 0.f;
  const int64_t window = (int64_t)(kStrikeSeconds * sampleRate);
  const bool third = frame - d.strikes[0] < window && frame - d.strikes[1] < window;
  d.strikes[0] = d.strikes[1];
  d.strikes[1] = frame;
  if (third) {
    d.dead = true;
    d.wet = 0.f;  // its own output is zero already
  }
  report.fault(report.context, index, third ? ChainFault::effectBypassed : ChainFault::effectReset);
}

void Chain::clear() {
  shifts.clear();
  eventCount = 0;
  fresh = true;
  for (int i = 0; i < count; i++) {
    ChainDevice& d = devices[i];
    d.kernel->reset(d.effect);
    if (d.latency > 0) std::memset(d.dry, 0, sizeof(float) * 2 * d.latency);
    for (int p = 0; p < d.count; p++) d.params[p].snap(d.params[p].target), d.ramps[p].changed = true;
    if (d.alignFrames > 0) std::memset(d.align, 0, sizeof(float) * 2 * d.alignFrames);
    d.dryAt = d.alignAt = 0;
    d.heard = 1.f;
    d.dead = d.asleep = d.cold = d.quenching = d.still = false;
    d.wet = d.bypass ? 0.f : 1.f;
    d.fadeIn = 1.f;
    d.quietFrames = 0;
    d.strikes[0] = d.strikes[1] = -(int64_t(1) << 60);
  }
}

void Chain::restore() {
  for (int i = 0; i < count; i++) {
    ChainDevice& d = devices[i];
    d.bypass = d.initialBypass;
    for (int p = 0; p < d.count; p++) d.params[p].snap(d.initial[p]);
    d.still = false;
  }
}

void Chain::quench() {
  for (int i = 0; i < count; i++) {
    if (devices[i].asleep || devices[i].cold || devices[i].quenching) continue;
    devices[i].quenching = true;
    devices[i].quench = 1.f;
  }
}

bool Chain::sleeping() const {
  for (int i = 0; i < count; i++)
    if (!devices[i].asleep) return false;
  return eventCount == 0;
}

int Chain::latencyFrames() const { return latency; }

int Chain::latencyBefore(int index) const { return index >= 0 && index < count ? devices[index].before : latency; }

int Chain::tailFrames() const {
  int64_t sum = 0;
  for (int i = 0; i < count; i++) sum += devices[i].bypass ? 0 : devices[i].kernel->tailFrames(devices[i].effect);
  return sum > (1 << 30) ? (1 << 30) : (int)sum;
}

}  // namespace sl
