// What a strip does to its signal on the way out: solo, gain, mute, balance, and what it sends to the returns. Every
// change is ramped. Audio thread.
#pragma once
#include "engine/smoothed.h"
#include "engine/stereo.h"
#include "wire/layout.h"

namespace sl {

inline constexpr float kOffDb = -120.f;  ///< a gain at or below it is exactly zero
inline constexpr float kGateSeconds = 0.01f;

/// Amplitude factor of a fader.
inline float faderGain(float db) { return db <= kOffDb ? 0.f : std::exp2(db * 0.16609640474436813f); }

/// Equal-power balance: left^2 + right^2 = 2 everywhere, so 0 dB in the middle and +3 dB at the ends; exactly 1 in the
/// middle.
void balanceAt(float place, float gains[2]);

/// A fader: smoothed in decibels, computed only while it moves.
struct Level {
  Smoothed db;
  float gain;

  void snap(float target) { db.snap(target), gain = faderGain(target); }
  bool off() const { return gain == 0.f && db.target <= kOffDb; }
  Span advance(int frames, const Decay& decay) {
    const float from = gain;
    if (!db.arrived()) db.advance(frames, decay), gain = faderGain(db.value);
    return {from, gain};
  }
};

/// A switch that opens and closes in 10 ms.
struct Gate {
  float level = 1.f;
  bool open = true;

  bool settled() const { return level == (open ? 1.f : 0.f); }
  void settle() { level = open ? 1.f : 0.f; }
  Span advance(int frames, float sampleRate) {
    if (settled()) return {level, level};
    const float from = level, step = (float)frames / (kGateSeconds * sampleRate);
    level = open ? (level + step < 1.f ? level + step : 1.f) : (level - step > 0.f ? level - step : 0.f);
    return {from, level};
  }
};

/// What arrives at a return or group in one micro-block.
struct ReturnBus {
  alignas(16) float left[kMicroBlock];
  alignas(16) float right[kMicroBlock];
  bool written;

  /// Silent, to be added to.
  void open() {
    if (written) return;
    silence(left, right);
    written = true;
  }
};

/// A send is before or after the fader; changing that crossfades, so each side has a gain of its own.
struct Send {
  Level before, after;
  bool pre;

  float targetDb() const { return (pre ? before : after).db.target; }
};

struct Fader {
  bool soloed;
  bool fresh;                ///< nothing was rendered yet: values jump
  bool settled;              ///< everything is where it should be
  bool still;                ///< the three gains hold in the next micro-block, too
  Span others, left, right;  ///< in the present micro-block: by the solo of others, then by all else
  uint32_t sending;          ///< a bit for each return whose send is not off
  Level gain;
  Smoothed pan;
  Gate mute, solo;  ///< solo is closed while others are soloed
  float sampleRate;
  float balance[2];  ///< gains left and right of `pan`
  Send sends[kReturns];
  Decay decay;

  void init(float rate);
  /// `lead`: frames to get there on a straight line (automation), 0: as a knob does.
  void setGain(float db, int lead = 0);
  void setPan(float place, int lead = 0);
  void setMute(bool muted);
  void setSilenced(bool byOthers);
  void setSend(uint32_t index, float db, bool pre, int lead = 0);
  /// Everything at its target at once: nobody hears it.
  void settle();
  /// In place, a micro-block; adds what is sent to the buses that `returns` points to (null: this strip has no sends).
  void apply(float* l, float* r, ReturnBus* const* returns);

 private:
  void advance();
  void move(Level& level, float db, int lead);
  void send(Level& level, const float* l, const float* r, ReturnBus& bus);
  void snapPan();
};

}  // namespace sl
