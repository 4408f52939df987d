// Reading band-limited waves for four voices: phase, level choice, cubic lookup. Audio thread.
#pragma once
#include "core/unit.h"
#include "dsp/math.h"
#include "dsp/tables.h"

namespace sl {

/// Phase advance of one segment: `increment` (2^32 = one turn per frame) grows by `step` each frame.
struct PhaseRamp {
  u32x4 increment;
  i32x4 step;
  f32x4 topNote;  ///< Highest note of the segment: it chooses the mip level.
};

/// Phase increment of a MIDI note; never above 0.49 of the sample rate.
inline f32x4 noteIncrement(f32x4 note, float sampleRate) {
  constexpr float kTurn = 4294967296.f;
  const f32x4 increment = exp2((note - splat(69.f)) * splat(1.f / 12.f)) * splat(440.f / sampleRate * kTurn);
  return min(increment, splat(0.49f * kTurn));
}

/// Phase advance of the voice's pitch plus `tune` semitones and `fine` cents over the segment.
inline PhaseRamp phaseRamp(const VoiceBlock& voice, const Ramp<f32x4>& tune, const Ramp<f32x4>& fine, int frames) {
  const f32x4 note = voice.pitch.value + tune.value + fine.value * splat(0.01f);
  const f32x4 from = noteIncrement(note, voice.sampleRate);
  PhaseRamp r{toUint(from), splatI(0), note};
  if (voice.pitch.moving || tune.moving || fine.moving) {
    const f32x4 step = voice.pitch.step + tune.step + fine.step * splat(0.01f);
    const f32x4 last = note + step * splat((float)frames);
    r.step = toInt((noteIncrement(last, voice.sampleRate) - from) * splat(1.f / (float)frames));
    r.topNote = max(note, last);
  }
  return r;
}

inline void transpose(f32x4& a, f32x4& b, f32x4& c, f32x4& d) {
  const f32x4 ab0 = __builtin_shufflevector(a, b, 0, 4, 1, 5), ab1 = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const f32x4 cd0 = __builtin_shufflevector(c, d, 0, 4, 1, 5), cd1 = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  a = __builtin_shufflevector(ab0, cd0, 0, 1, 4, 5);
  b = __builtin_shufflevector(ab0, cd0, 2, 3, 6, 7);
  c = __builtin_shufflevector(ab1, cd1, 0, 1, 4, 5);
  d = __builtin_shufflevector(ab1, cd1, 2, 3, 6, 7);
}

/// Mip level per lane; a change is crossfaded over one micro-block.
struct LevelChoice {
  int8_t now[kLanes];
  int8_t before[kLanes];
  int32_t fade;   ///< Frames of crossfade left.
  uint32_t seen;  ///< What the choice was made for.
  i32x4 chosen;

  /// `fresh` lanes take their level at once. Lanes without a voice follow one that has: no needless work, no cold
  /// memory.
  void choose(f32x4 topNote, uint32_t active, uint32_t fresh) {
    const f32x4 exact = (topNote - splat(kFirstLevelNote)) * splat(1.f / kSemitonesPerLevel);
    const i32x4 wanted = toInt(clamp(-floor(-exact), 0.f, (float)(kWaveLevels - 1)));
    if (!fresh && active == seen && fade <= 0 && all(wanted == chosen)) return;
    const int spare = active ? (int)wanted[__builtin_ctz(active & 15u ? active : 1u)] : 0;
    bool changed = false;
    int8_t want[kLanes];
    for (int i = 0; i < kLanes; i++) {
      want[i] = (int8_t)(active >> i & 1 ? (int)wanted[i] : spare);
      if ((fresh | ~active) >> i & 1) before[i] = now[i] = want[i];
      changed |= want[i] != now[i];
    }
    if (changed && fade > 0) return;  // after the crossfade that runs
    chosen = wanted, seen = active;
    if (!changed) return;
    for (int i = 0; i < kLanes; i++) {
      before[i] = now[i];
      now[i] = want[i];
    }
    fade = kMicroBlock;
  }
};

/// Where in a wave's cubics phases lie. Lanes differ in table size: products with it take the place of shifts.
class WavePlace {
 public:
  WavePlace(const WaveLevel& l0, const WaveLevel& l1, const WaveLevel& l2, const WaveLevel& l3)
      : base_(held({address(l0), address(l1), address(l2), address(l3)})),
        points_(held({1u << l0.log2Points, 1u << l1.log2Points, 1u << l2.log2Points, 1u << l3.log2Points})),
        whole_(held(splatU(~15u))),
        scale_(opaque(splat(1.f / 16777216.f))) {}

  f32x4 read(u32x4 phase) const {
    const f32x4 t = toFloat((i32x4)((phase * points_) >> 8)) * scale_;
    // The top 15 bits hold every index: their 16-bit product with the size is exact.
    const auto index = (u32x4)wasm_i32x4_dot_i16x8((v128_t)(phase >> 17), (v128_t)points_);
    const auto segment = (v128_t)(((index >> 11) & whole_) + base_);
    // Two halves taken apart in integer registers: fewer steps through the vector unit than four lanes.
    uint64_t low = wasm_u64x2_extract_lane(segment, 0), high = wasm_u64x2_extract_lane(segment, 1);
    asm("" : "+r"(low));
    asm("" : "+r"(high));
    f32x4 c0 = at((uint32_t)low), c1 = at((uint32_t)(low >> 32));
    f32x4 c2 = at((uint32_t)high), c3 = at((uint32_t)(high >> 32));
    transpose(c0, c1, c2, c3);
    return ((c3 * t + c2) * t + c1) * t + c0;
  }

 private:
  static uint32_t address(const WaveLevel& l) { return (uint32_t)reinterpret_cast<uintptr_t>(l.segments); }
  static u32x4 held(u32x4 v) { return (u32x4)opaque((f32x4)v); }
  static f32x4 at(uint32_t where) { return *reinterpret_cast<const f32x4*>(static_cast<uintptr_t>(where)); }

  u32x4 base_, points_, whole_;
  f32x4 scale_;
};

/// Calls sink(frame, value) with the wave read at `phase`, which advances per frame. Returns nothing: the caller
/// advances its own phase.
template <class Sink>
inline void readWave(const Wave& wave, const int8_t* level, u32x4 phase, u32x4 increment, i32x4 step, int frames,
                     Sink sink) {
  const WavePlace place(wave.levels[level[0]], wave.levels[level[1]], wave.levels[level[2]], wave.levels[level[3]]);
  if (any(step != splatI(0))) {
    for (int i = 0; i < frames; i++) {
      sink(i, place.read(phase));
      phase += increment;
      increment += (u32x4)step;
    }
    return;
  }
#pragma clang loop unroll_count(2)
  for (int i = 0; i < frames; i++) {
    sink(i, place.read(phase));
    phase += increment;
  }
}

/// Phases of one lane in a whole micro-block, four frames at a time: sink(vector, phases).
template <class Sink>
inline void readLonePhase(uint32_t phase, uint32_t increment, int32_t step, Sink sink) {
  const auto grows = (uint32_t)step;
  // Frame n is at phase + n increment + n (n - 1) / 2 step.
  u32x4 at = splatU(phase) + splatU(increment) * u32x4{0, 1, 2, 3} + splatU(grows) * u32x4{0, 0, 1, 3};
  if (step == 0) {
    const u32x4 four = splatU(4 * increment);
#pragma clang loop unroll_count(2)
    for (int i = 0; i < kLoneVectors; i++, at += four) sink(i, at);
    return;
  }
  u32x4 four = splatU(4 * increment) + splatU(grows) * u32x4{6, 10, 14, 18};
  for (int i = 0; i < kLoneVectors; i++) {
    sink(i, at);
    at += four;
    four += splatU(16 * grows);
  }
}

/// As readWave for one lane, four of its frames at a time: sink(vector, values). A whole micro-block.
template <class Sink>
inline void readLoneWave(const WaveLevel& l, uint32_t phase, uint32_t increment, int32_t step, Sink sink) {
  const WavePlace place(l, l, l, l);
  readLonePhase(phase, increment, step, [&](int i, u32x4 at) { sink(i, place.read(at)); });
}

/// As above with the crossfade of a level change.
template <class Sink>
inline void readLoneFadedWave(const Wave& wave, const LevelChoice& level, int lane, uint32_t phase, uint32_t increment,
                              int32_t step, Sink sink) {
  const WaveLevel& now = wave.levels[level.now[lane]];
  if (level.fade <= 0) return readLoneWave(now, phase, increment, step, sink);
  f32x4 old[kLoneVectors];
  readLoneWave(wave.levels[level.before[lane]], phase, increment, step, [&](int i, f32x4 v) { old[i] = v; });
  readLoneWave(now, phase, increment, step, [&](int i, f32x4 v) {
    const f32x4 left = fourFrom((float)(level.fade - 4 * i), -1.f);
    sink(i, v + (old[i] - v) * (max(left, splat(0.f)) * splat(1.f / kMicroBlock)));
  });
}

/// As readWave with the crossfade of a level change: `fadeBefore` is LevelChoice::fade at the segment's start.
template <class Sink>
inline void readFadedWave(const Wave& wave, const LevelChoice& level, u32x4 phase, u32x4 increment, i32x4 step,
                          int frames, Sink sink) {
  if (level.fade <= 0) return readWave(wave, level.now, phase, increment, step, frames, sink);
  f32x4 old[kMicroBlock];
  readWave(wave, level.before, phase, increment, step, frames, [&](int i, f32x4 v) { old[i] = v; });
  readWave(wave, level.now, phase, increment, step, frames, [&](int i, f32x4 v) {
    const int left = level.fade - i;
    const float share = left > 0 ? (float)left * (1.f / kMicroBlock) : 0.f;
    sink(i, v + (old[i] - v) * splat(share));
  });
}

/// Phase after `frames` of a ramp.
inline u32x4 advance(u32x4 phase, const PhaseRamp& r, int frames) {
  const uint32_t n = (uint32_t)frames;
  return phase + r.increment * splatU(n) + (u32x4)r.step * splatU(n * (n - 1) / 2);
}

}  // namespace sl
