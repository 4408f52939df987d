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

void Fader::init(float rate) {
  sampleRate = rate;
  decay.set(kSmoothSeconds, rate);
  gain.db.close = pan.close = 1e-3f;
  gain.snap(0.f), pan.snap(0.f);
  snapPan();
  mute = solo = {};
  soloed = false;
  fresh = settled = true;
  still = false;
  sending = 0;
  for (Send& s : sends) {
    s.pre = false;
    s.before.db.close = s.after.db.close = 1e-3f;
    s.before.snap(kOffDb), s.after.snap(kOffDb);
  }
}

void Fader::move(Level& level, float db, int lead) {
  settled = still = false;
  if (fresh)
    level.snap(db);
  else if (lead > 0)
    level.db.follow(db, lead);
  else
    level.db.set(db);
}

void Fader::setGain(float db, int lead) { move(gain, db, lead); }

void Fader::setPan(float place, int lead) {
  settled = still = false;
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
  settled = still = false;
  if (fresh) mute.settle();
}

void Fader::setSilenced(bool byOthers) {
  solo.open = !byOthers;
  settled = still = false;
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
  still = false;
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

void Fader::advance() {
  others = solo.advance(kMicroBlock, sampleRate);
  const Span fader = gain.advance(kMicroBlock, decay), open = mute.advance(kMicroBlock, sampleRate);
  const Span level{fader.from * open.from, fader.to * open.to};
  const float from[2] = {balance[0], balance[1]};
  if (!pan.arrived()) pan.advance(kMicroBlock, decay), balanceAt(pan.value, balance);
  left = {level.from * from[0], level.to * balance[0]};
  right = {level.from * from[1], level.to * balance[1]};
  still = others.steady() && left.steady() && right.steady() && solo.settled() && mute.settled() && gain.db.arrived() &&
          pan.arrived();
}

void Fader::send(Level& level, const float* l, const float* r, ReturnBus& bus) {
  const Span share = level.advance(kMicroBlock, decay);
  if (share.zero()) return;
  bus.open();
  add(bus.left, bus.right, l, r, share);
}

void Fader::apply(float* l, float* r, ReturnBus* const* returns) {
  fresh = settled = false;
  if (!still) advance();
  scale(l, r, others);
  const uint32_t sent = returns ? sending : 0;
  for (uint32_t bits = sent; bits; bits &= bits - 1) {
    const int i = __builtin_ctz(bits);
    send(sends[i].before, l, r, *returns[i]);
  }
  scale(l, r, left, right);
  for (uint32_t bits = sent; bits; bits &= bits - 1) {
    const int i = __builtin_ctz(bits);
    Send& s = sends[i];
    send(s.after, l, r, *returns[i]);
    if (s.before.off() && s.after.off()) sending &= ~(1u << i);
  }
}

}  // namespace sl
