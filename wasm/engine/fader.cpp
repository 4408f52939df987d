// Gain, balance and sends of one strip. Audio thread.
#include "engine/fader.h"

#include "dsp/math.h"

namespace sl {

void balanceAt(float place, float gains[2]) {
  if (place == 0.f) {
    gains[0] = gains[1] = 1.f;
    return;
  }
  const f32x4 both = sinPi((f32x4{-place, place, 0.f, 0.f} + splat(1.f)) * splat(0.25f)) * splat(1.41421356f);
  gains[0] = both[0], gains[1] = both[1];
}

namespace {

void scale(float* samples, int frames, Span gain) {
  if (gain.from == 1.f && gain.to == 1.f) return;
  if (gain.from == gain.to) {
    const f32x4 all = splat(gain.from);
    for (int i = 0; i < frames; i += 4) store4(samples + i, load4(samples + i) * all);
    return;
  }
  const float step = (gain.to - gain.from) / (float)frames;
  for (int i = 0; i < frames; i++) samples[i] *= gain.from + step * (float)i;
}

void add(float* bus, const float* samples, int frames, Span gain) {
  if (gain.from == gain.to) {
    const f32x4 all = splat(gain.from);
    for (int i = 0; i < frames; i += 4) store4(bus + i, load4(bus + i) + load4(samples + i) * all);
    return;
  }
  const float step = (gain.to - gain.from) / (float)frames;
  for (int i = 0; i < frames; i++) bus[i] += samples[i] * (gain.from + step * (float)i);
}

}  // namespace

void Fader::init(float rate) {
  sampleRate = rate;
  decay.set(kSmoothSeconds, rate);
  gain.db.close = pan.close = 1e-3f;
  gain.snap(0.f), pan.snap(0.f);
  snapPan();
  mute = solo = {};
  soloed = false;
  fresh = settled = true;
  sending = 0;
  for (Send& s : sends) {
    s.pre = false;
    s.before.db.close = s.after.db.close = 1e-3f;
    s.before.snap(kOffDb), s.after.snap(kOffDb);
  }
}

void Fader::move(Level& level, float db, int lead) {
  settled = false;
  if (fresh)
    level.snap(db);
  else if (lead > 0)
    level.db.follow(db, lead);
  else
    level.db.set(db);
}

void Fader::setGain(float db, int lead) { move(gain, db, lead); }

void Fader::setPan(float place, int lead) {
  settled = false;
  if (lead > 0)
    pan.follow(place, lead);
  else
    pan.set(place);
  if (fresh) snapPan();
}

void Fader::snapPan() {
  pan.snap(pan.target);
  balanceAt(pan.value, balance);
}

void Fader::setMute(bool muted) {
  mute.open = !muted;
  settled = false;
  if (fresh) mute.settle();
}

void Fader::setSilenced(bool byOthers) {
  solo.open = !byOthers;
  settled = false;
  if (fresh) solo.settle();
}

void Fader::setSend(uint32_t index, float db, bool pre, int lead) {
  Send& s = sends[index];
  if (s.pre != pre) move(s.pre ? s.before : s.after, kOffDb, lead);
  s.pre = pre;
  move(pre ? s.before : s.after, db > kOffDb ? db : kOffDb, lead);
  sending |= 1u << index;
}

void Fader::settle() {
  if (settled) return;
  settled = true;
  gain.snap(gain.db.target);
  snapPan();
  mute.settle(), solo.settle();
  for (uint32_t bits = sending; bits; bits &= bits - 1) {
    const int i = __builtin_ctz(bits);
    Send& s = sends[i];
    s.before.snap(s.before.db.target), s.after.snap(s.after.db.target);
    if (s.before.off() && s.after.off()) sending &= ~(1u << i);
  }
}

void Fader::send(Level& level, const float* left, const float* right, int frames, ReturnBus& bus) {
  const Span gain = level.advance(frames, decay);
  if (gain.from == 0.f && gain.to == 0.f) return;
  bus.open();
  add(bus.left, left, frames, gain);
  add(bus.right, right, frames, gain);
}

void Fader::apply(float* left, float* right, int frames, ReturnBus* const* returns) {
  fresh = settled = false;
  const Span others = solo.advance(frames, sampleRate);
  scale(left, frames, others);
  scale(right, frames, others);
  const uint32_t sent = returns ? sending : 0;
  for (uint32_t bits = sent; bits; bits &= bits - 1) {
    const int i = __builtin_ctz(bits);
    send(sends[i].before, left, right, frames, *returns[i]);
  }

  const Span fader = gain.advance(frames, decay), open = mute.advance(frames, sampleRate);
  const Span level{fader.from * open.from, fader.to * open.to};
  const float from[2] = {balance[0], balance[1]};
  if (pan.advance(frames, decay).moving) balanceAt(pan.value, balance);
  scale(left, frames, {level.from * from[0], level.to * balance[0]});
  scale(right, frames, {level.from * from[1], level.to * balance[1]});

  for (uint32_t bits = sent; bits; bits &= bits - 1) {
    const int i = __builtin_ctz(bits);
    Send& s = sends[i];
    send(s.after, left, right, frames, *returns[i]);
    if (s.before.off() && s.after.off()) sending &= ~(1u << i);
  }
}

}  // namespace sl
