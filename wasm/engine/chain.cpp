// The frame around effects. Audio thread.
#include "engine/chain.h"

#include <algorithm>
#include <cstring>

#include "engine/stereo.h"

namespace sl {
namespace {

constexpr float kSilence = 1e-7f;      // -140 dBFS: an input below it counts as silent
constexpr float kAsleepBelow = 1e-5f;  // -100 dBFS: what an effect may still hold when it is put to sleep
constexpr float kTooLoud = 256.f;
constexpr float kBypassSeconds = 0.01f;
constexpr float kQuenchSeconds = 0.005f;
constexpr float kFadeBackSeconds = 0.02f;
constexpr float kStrikeSeconds = 10.f;

float peakThrough(const float* left, const float* right, int frames) {
  if (frames == kMicroBlock) return peakOf(left, right);
  StereoPeak peak;
  for (int i = 0; i < frames; i++) peak.add(splat(left[i]), splat(right[i]));
  return peak.value();
}

bool switchedOn(const ChainDevice& d, std::string_view id) {
  for (int p = 0; p < d.count; p++)
    if (d.kernel->spec->params[p].id == id) return d.params[p].target >= 0.5f;
  return false;
}

/// What went into a ring of `length` frames that long ago, in place or not; `at` is where it is read and written next.
int delay(float* ring, int length, int at, const float* in, float* out, int frames) {
  for (int done = 0; done < frames;) {
    const int n = std::min(frames - done, length - at);
    int i = 0;
    for (; i + kLanes <= n; i += kLanes) {
      const f32x4 was = load4(ring + at + i), is = load4(in + done + i);
      store4(ring + at + i, is), store4(out + done + i, was);
    }
    for (; i < n; i++) {
      const float was = ring[at + i];
      ring[at + i] = in[done + i], out[done + i] = was;
    }
    done += n, at += n;
    if (at == length) at = 0;
  }
  return at;
}

/// In place, by as many frames as the device has to wait.
void wait(ChainDevice& d, float* left, float* right) {
  if (d.alignFrames == 0) return;
  delay(d.align, d.alignFrames, d.alignAt, left, left, kMicroBlock);
  d.alignAt = delay(d.align + d.alignFrames, d.alignFrames, d.alignAt, right, right, kMicroBlock);
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

void Chain::process(float* left, float* right, float peak, int64_t frame, const SongTime& song, int governor,
                    const ChainReport& report, const SideInputs& sides) {
  alignas(16) float inLeft[kMicroBlock], inRight[kMicroBlock], sumLeft[kMicroBlock],
      sumRight[kMicroBlock];  // of a rack
  bool others = false;
  StereoBlock block{.left = left, .right = right, .frames = kMicroBlock, .song = song, .level = governor};
  for (int index = 0; index < count; index++) {
    ChainDevice& d = devices[index];
    if (d.place & kOpens) {
      copy(inLeft, inRight, left, right);
      silence(sumLeft, sumRight);
      others = soloed(index);
    }
    block.sideLeft = block.sideRight = nullptr;
    if (sides.count > 0 && d.kernel->spec->sidechain)
      for (int k = 0; k < sides.count; k++)
        if (sides.list[k].device == index) block.sideLeft = sides.list[k].left, block.sideRight = sides.list[k].right;
    if (peak < 0.f) peak = peakOf(left, right);
    bool silent = peak < kSilence;
    if (d.place & kCloses) {
      wait(d, inLeft, inRight);
      block.sideLeft = inLeft, block.sideRight = inRight;
      copy(left, right, sumLeft, sumRight);
      silent = peakOf(left, right) < kSilence && peakOf(inLeft, inRight) < kSilence;
    }
    d.quietFrames = silent ? std::min(d.quietFrames + kMicroBlock, 1 << 30) : 0;
    peak = eventCount > 0 ? run(d, index, block, frame, report) : segment(d, index, block, frame, report);
    if (d.place & kEndsBranch) {
      endBranch(d, others, left, right, sumLeft, sumRight);
      copy(left, right, inLeft, inRight);
      peak = kUnknownPeak;
    }
  }
  eventCount = 0;
  fresh = false;
}

/// A micro-block of a device, cut at its events. The peak of what it leaves behind, where it is known.
float Chain::run(ChainDevice& d, int index, const StereoBlock& block, int64_t frame, const ChainReport& report) {
  float peak = kUnknownPeak;
  int at = 0;
  for (int e = 0; e <= eventCount; e++) {
    if (e < eventCount && events[e].device != index) continue;
    const int until = e < eventCount ? events[e].offset : kMicroBlock;
    if (until > at) {
      StereoBlock part = block;
      part.left += at, part.right += at, part.frames = until - at;
      if (at > 0) part.song = block.song.after(at, sampleRate);
      if (block.sideLeft) part.sideLeft += at, part.sideRight += at;
      const float most = segment(d, index, part, frame + at, report);
      peak = part.frames == kMicroBlock ? most : kUnknownPeak;
      at = until;
    }
    if (e < eventCount) apply(events[e]);
  }
  return peak;
}

/// Is any branch of the rack that begins here solo?
bool Chain::soloed(int opening) const {
  for (int i = opening; i < count && !(devices[i].place & kCloses); i++) {
    const ChainDevice& d = devices[i];
    if ((d.place & kEndsBranch) && switchedOn(d, "solo")) return true;
  }
  return false;
}

void Chain::endBranch(ChainDevice& d, bool others, float* left, float* right, float* sumLeft, float* sumRight) {
  bool open = !others || switchedOn(d, "solo");
  if (switchedOn(d, "mute")) open = false;
  if (fresh) d.heard = open ? 1.f : 0.f;
  if (d.heard != 1.f || !open) {
    const float step = 1.f / (kBypassSeconds * sampleRate);
    for (int i = 0; i < kMicroBlock; i++) {
      d.heard = approach(d.heard, open ? 1.f : 0.f, step);
      left[i] *= d.heard, right[i] *= d.heard;
    }
  }
  wait(d, left, right);
  add(sumLeft, sumRight, left, right);
}

/// The parameters of the next segment.
void Chain::advance(ChainDevice& d, int index, const StereoBlock& block) {
  bool still = true;
  for (int p = 0; p < d.count && !d.still; p++) {
    if (d.params[p].still() && !d.ramps[p].moving && !d.ramps[p].changed) continue;
    d.ramps[p] = d.params[p].advance(block.frames, decay);
    still = false;
  }
  d.still = still;
  for (int k = 0; k < shifts.count; k++) {
    const ParamShift& shift = shifts.list[k];
    if (shift.device != index) continue;
    d.ramps[shift.param] =
        shifted(d.ramps[shift.param], d.kernel->spec->params[shift.param], shift, block.song.offset, block.frames);
    d.still = false;  // its own value is there again with the next segment
  }
}

/// What most segments need none of, before the effect runs: the dry signal, bypass, sleep. False: it does not run.
bool Chain::enter(ChainDevice& d, const StereoBlock& block, Dry& dry) {
  float *const left = block.left, *const right = block.right;
  const int frames = block.frames;
  const bool bypassed = d.bypass || d.dead;
  if (d.latency > 0) {
    delay(d.dry, d.latency, d.dryAt, left, dry.left, frames);
    d.dryAt = delay(d.dry + d.latency, d.latency, d.dryAt, right, dry.right, frames);
  } else if (bypassed || d.wet < 1.f) {
    const bool rack = (d.place & kCloses) != 0;  // a bypassed rack is what went into it
    copy(dry.left, rack ? block.sideLeft : left, frames);
    copy(dry.right, rack ? block.sideRight : right, frames);
  }
  if (bypassed && d.wet <= 0.f) {
    d.still = false;
    if (d.latency > 0 || (d.place & kCloses)) copy(left, dry.left, frames), copy(right, dry.right, frames);
    d.cold = true;
    d.asleep = d.quietFrames > d.latency + d.alignFrames;
    return false;
  }
  if (d.cold) {
    d.kernel->reset(d.effect);  // back from bypass: no stale tail
    d.cold = d.asleep = false;
    hold(d);
  } else if (d.asleep) {
    if (d.quietFrames > 0) return false;  // silent in, silent out
    d.asleep = false;
    hold(d);
  }
  return true;
}

/// The same after it ran: bad numbers, fades, the mix with the dry signal. False: it is not what the effect left.
bool Chain::leave(ChainDevice& d, int index, const StereoBlock& block, const Dry& dry, float peak, int64_t frame,
                  const ChainReport& report) {
  float *const left = block.left, *const right = block.right;
  const int frames = block.frames;
  const bool bypassed = d.bypass || d.dead;
  const bool mixing = bypassed || d.wet < 1.f;
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
      left[i] = dry.left[i] + (left[i] - dry.left[i]) * d.wet;
      right[i] = dry.right[i] + (right[i] - dry.right[i]) * d.wet;
    }
  }
  return asItCame;
}

/// The peak of what it leaves behind, where it is known.
float Chain::segment(ChainDevice& d, int index, StereoBlock& block, int64_t frame, const ChainReport& report) {
  Dry dry;
  const bool plain =
      d.latency == 0 && d.wet == 1.f && d.fadeIn == 1.f && !(d.bypass | d.dead | d.asleep | d.quenching | d.cold);
  if (!plain && !enter(d, block, dry)) return kUnknownPeak;
  if (!d.still || shifts.count > 0) advance(d, index, block);
  block.params = d.ramps;
  d.kernel->process(d.effect, block);
  const float peak = peakThrough(block.left, block.right, block.frames);
  const bool asItCame = (plain && peak <= kTooLoud) || leave(d, index, block, dry, peak, frame, report);
  if (d.quietFrames > 0 && peak < kAsleepBelow &&
      d.quietFrames > d.kernel->tailFrames(d.effect) + d.latency + d.alignFrames)
    d.asleep = true;
  return asItCame ? peak : kUnknownPeak;
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
  report.fault(report.engine, report.strip, index + 1, third ? ChainFault::effectBypassed : ChainFault::effectReset);
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
