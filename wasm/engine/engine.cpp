// Micro-blocks, the mix and what leaves it. Audio thread, except init (control thread).
#include "engine/engine.h"

#include <cstring>
#include <new>

namespace sl {
namespace {

template <class T>
T& at(uint32_t address) {
  return *reinterpret_cast<T*>(static_cast<uintptr_t>(address));
}

Slot& slot(uint32_t index) { return (&at<Slot>(wire().slots))[index]; }

/// Whatever happened before, only finite samples leave; `!(x <= 64)` is true for NaN.
void makeFinite(float* left, float* right) {
  i32x4 good = splat(0.f) == splat(0.f);
  const auto within = [](f32x4 x) { return abs(x) <= splat(64.f); };
  for (int i = 0; i < kMicroBlock; i += kLanes) good &= within(load4(left + i)) & within(load4(right + i));
  if (all(good)) return;
  const auto mend = [](float& x) {
    if (!(std::fabs(x) <= 64.f)) x = x > 0.f ? 64.f : x < 0.f ? -64.f : 0.f;
  };
  for (int i = 0; i < kMicroBlock; i++) mend(left[i]), mend(right[i]);
}

}  // namespace

void Engine::init(float rate, uint32_t newSeed) {
  sampleRate = rate;
  seed = newSeed;
  song = {};
  for (uint32_t s = 0; s < kStrips; s++) strips[s].init(rate, s >= kFirstReturn);
  decay.set(kSmoothSeconds, rate);
  masterGain.db.close = 1e-3f;
  masterGain.snap(0.f);
  masterMute = {};
  masterFresh = true;
  masterMeter.clear();
  for (Meter& meter : stripMeters) meter.clear();
  transport.init(this, rate);
  context.render.wires = wires;
  context.render.sums = &sums;
  context.render.engine = this;
  context.render.reply = [](void* engine, ReplyType type, Reason reason, uint32_t at, int64_t when, uint32_t id) {
    static_cast<Engine*>(engine)->reply(type, reason, at, when, id);
  };
  context.render.badVoice = [](void* engine) { static_cast<Engine*>(engine)->counters.badVoices++; };
  context.render.stolen = [](void* engine) { static_cast<Engine*>(engine)->counters.stolen++; };
  context.giveBack = [](void* engine, Program* program) { static_cast<Engine*>(engine)->giveBack(program); };
  context.effectFault = [](void* engine, uint32_t strip, int device, ChainFault what) {
    auto* self = static_cast<Engine*>(engine);
    self->counters.badEffects++;
    self->reply(ReplyType::fault, what == ChainFault::effectBypassed ? Reason::effectBypassed : Reason::effectReset,
                strip, self->frame, (uint32_t)device);
  };
  aimSends();
}

/// Holds until the next call.
const StripContext& Engine::contextOf(uint32_t strip) {
  context.render.frame = frame;
  context.render.strip = strip;
  context.render.song = song;
  context.render.level = level;
  return context;
}

void Engine::render(int frames) {
  auto* left = &at<float>(wire().outputLeft);
  auto* right = &at<float>(wire().outputRight);
  if (frames > (int)kMaxRenderFrames) frames = kMaxRenderFrames;
  Slot& estimate = slot((uint32_t)SlotId::load);
  load.begin(leased(estimate, (uint32_t)(frame / kMicroBlock)));
  portBlock = 0;
  if (ported) openPorts();
  int done = 0;
  while (done < frames) {
    if (fifoCount > 0) {
      const int n = fifoCount < frames - done ? fifoCount : frames - done;
      std::memcpy(left + done, fifoLeft + fifoAt, sizeof(float) * n);
      std::memcpy(right + done, fifoRight + fifoAt, sizeof(float) * n);
      fifoAt += n, fifoCount -= n, done += n;
    } else if (frames - done >= kMicroBlock) {
      microBlock(fifoLeft, fifoRight);
      std::memcpy(left + done, fifoLeft, sizeof(fifoLeft));
      std::memcpy(right + done, fifoRight, sizeof(fifoRight));
      done += kMicroBlock;
    } else {
      microBlock(fifoLeft, fifoRight);
      fifoAt = 0, fifoCount = kMicroBlock;
    }
  }
  if (load.watched()) load.publish(estimate, frame);
}

void Engine::pump() {
  drain();
  collect(frame + 1);
  for (uint32_t s = 0; s < kStrips; s++) strips[s].settle(contextOf(s));
  masterChain->settle();
  if (transport.changed) publishTransport(frame);
}

void Engine::microBlock(float* left, float* right) {
  runs.count = 0;
  drain();
  collect(frame + kMicroBlock);
  keepTime();
  transport.advance(frame + kMicroBlock, frame + kMicroBlock);
  mix(left, right);
  master(left, right);
  publish(left, right);
  transport.metronome.mix(left, right, frame, sampleRate);  // after everything that is captured
  frame += kMicroBlock;
  portBlock++;
  if (transport.changed) publishTransport(frame);
}

/// The song's own time while it moves; else it runs on at the tempo that holds.
void Engine::keepTime() {
  const bool moves = transport.moving();
  if (moves) {
    const SongPoint point = transport.point();
    song = {transport.bpm(), ((double)point.tick + point.fraction) / kTicksPerBeat, true};
  } else {
    song = song.after(kMicroBlock, sampleRate);
    song.bpm = transport.bpm(), song.playing = false;
  }
  song.runs = &runs, song.offset = 0;
}

void Engine::master(float* left, float* right) {
  const Span gain = masterGain.advance(kMicroBlock, decay), open = masterMute.advance(kMicroBlock, sampleRate);
  scale(left, right, {gain.from * open.from, gain.to * open.to});
  masterFresh = false;
  masterChain->process(left, right, kUnknownPeak, frame, song, level, {this, kStrips, context.effectFault});
  if (load.watched()) load.add(kStrips, *masterChain), load.endBlock();
  makeFinite(left, right);
}

void Engine::publish(const float* left, const float* right) {
  if (tapped[kStrips]) writeTaps(kStrips, left, right);
  Slot& levels = slot((uint32_t)SlotId::master);
  if (leased(levels, (uint32_t)(frame / kMicroBlock))) masterMeter.add(left, right);
  tellReductions(kStrips, masterChain);
  if (!masterMeter.tick()) return;
  masterMeter.publish(levels);

  uint32_t voices = 0, groups = 0;
  for (uint32_t s = 0; s < kStrips; s++)
    if (!resting[s]) strips[s].tally(voices, groups);
  const Program* live = strips[0].live();
  const int64_t now = frame + kMicroBlock;
  SlotWriter writer(slot((uint32_t)SlotId::status));
  writer.put((uint32_t)now);
  writer.put((uint32_t)(now >> 32));
  writer.put(voices);
  writer.put(groups);
  writer.put((uint32_t)(live ? live->voices : 0));
  writer.put(counters.late);
  writer.put(counters.stale);
  writer.put(counters.badVoices);
  writer.put(counters.badEffects);
  writer.put(counters.refused);
  writer.put(queue.size());
  writer.put(counters.lostReplies);
  writer.put(live ? live->handle : 0);
  writer.put((uint32_t)latencyFrames());
  writer.put(counters.stolen);
  writer.put((uint32_t)level);
  transport.changed = true;
}

void Engine::publishTransport(int64_t now) {
  transport.changed = false;
  const SongPoint point = transport.point();
  const int64_t position = transport.position();
  const Timeline& timeline = transport.timeline();
  const SignatureSegment& signature = timeline.signatureAt(point.tick);
  const BarBeat bar = timeline.barBeat(point.tick);
  SlotWriter writer(slot((uint32_t)SlotId::transport));
  auto putWide = [&](int64_t value) {
    writer.put((uint32_t)value);
    writer.put((uint32_t)(value >> 32));
  };
  writer.put((uint32_t)transport.status());
  writer.put((transport.loops() ? kTransportLoops : 0u) | (transport.metronome.on ? kTransportClicks : 0u));
  putWide(now);
  putWide(position);
  putWide(point.tick);
  writer.put((float)point.fraction);
  writer.put(transport.bpm());
  writer.put(signature.numerator);
  writer.put(signature.denominator);
  writer.put((uint32_t)bar.bar);
  writer.put(bar.beat);
  writer.put((uint32_t)bar.tickOfBeat);
  putWide(transport.loopStartTick());
  putWide(transport.loopEndTick());
  writer.put(transport.countInLeft());
  writer.put(transport.dropped);
  writer.put(transport.late);
  writer.put(transport.timelineHandle());
}

}  // namespace sl
