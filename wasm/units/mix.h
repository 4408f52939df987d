// Mix unit: adds up to eight inputs. Audio thread.
#pragma once
#include <array>

#include "dsp/math.h"
#include "dsp/stereo_ports.h"

namespace sl {

constexpr Param mixLevel(std::string_view id, std::string_view label) {
  return {.id = id,
          .label = label,
          .doc = "Amplitude of this input",
          .unit = Unit::fraction,
          .min = 0.f,
          .max = 1.f,
          .init = 1.f};
}

/// out = sum of in_i * level_i over the patched inputs. With any `right` patched the sum is stereo: an input without
/// its `right` goes to both channels at -3 dB.
struct Mix {
  static constexpr int kInputs = 8;
  static constexpr std::array<Param, kInputs> params{{
      mixLevel("level1", "Level 1"),
      mixLevel("level2", "Level 2"),
      mixLevel("level3", "Level 3"),
      mixLevel("level4", "Level 4"),
      mixLevel("level5", "Level 5"),
      mixLevel("level6", "Level 6"),
      mixLevel("level7", "Level 7"),
      mixLevel("level8", "Level 8"),
  }};
  static constexpr std::array<Port, 2 * kInputs> inputs{{
      {.id = "in1", .doc = "Input 1"},
      {.id = "in2", .doc = "Input 2"},
      {.id = "in3", .doc = "Input 3"},
      {.id = "in4", .doc = "Input 4"},
      {.id = "in5", .doc = "Input 5"},
      {.id = "in6", .doc = "Input 6"},
      {.id = "in7", .doc = "Input 7"},
      {.id = "in8", .doc = "Input 8"},
      {.id = "right1", .doc = "Second channel of input 1"},
      {.id = "right2", .doc = "Second channel of input 2"},
      {.id = "right3", .doc = "Second channel of input 3"},
      {.id = "right4", .doc = "Second channel of input 4"},
      {.id = "right5", .doc = "Second channel of input 5"},
      {.id = "right6", .doc = "Second channel of input 6"},
      {.id = "right7", .doc = "Second channel of input 7"},
      {.id = "right8", .doc = "Second channel of input 8"},
  }};
  static constexpr std::array<Port, 2> outputs{{{.id = "out", .doc = "Sum"}, kRightOut}};
  static constexpr Spec spec{.id = "mix",
                             .label = "Mix",
                             .doc = "Adds signals",
                             .category = "utility",
                             .params = params,
                             .inputs = inputs,
                             .outputs = outputs,
                             .costNs = 60.f};

  struct State {};

  static void start(State&, const VoiceBlock&, uint32_t) noexcept {}

  static void process(State&, const UnitBlock& b) noexcept {
    bool stereo = false;
    for (int k = 0; k < kInputs; k++) stereo |= b.in[kInputs + k] != nullptr;
    sum(b, stereo, 0, b.out[0]);
    if (stereo)
      sum(b, stereo, kInputs, b.out[1]);
    else
      copyChannel(b);
  }

  static bool processLone(State&, const UnitBlock& b, int lane) noexcept {
    bool stereo = false;
    for (int k = 0; k < kInputs; k++) stereo |= b.in[kInputs + k] != nullptr;
    const int channels = stereo ? 2 : 1;
    for (int channel = 0; channel < channels; channel++) {
      f32x4 sum[kLoneVectors] = {};
      for (int k = 0; k < kInputs; k++) {
        const f32x4* right = b.in[kInputs + k];
        const f32x4* in = channel == 1 && right ? right : b.in[k];
        if (!in) continue;
        const float share = stereo && !right ? kMinusThreeDb : 1.f, step = laneOf(b.params[k].step, lane) * share;
        f32x4 gain = fourFrom(laneOf(b.params[k].value, lane) * share, step);
        for (int i = 0; i < kLoneVectors; i++) {
          sum[i] += in[i] * gain;
          gain += splat(4.f * step);
        }
      }
      for (int i = 0; i < kLoneVectors; i++) b.out[channel][i] = sum[i];
    }
    if (!stereo) copyLoneChannel(b);
    return true;
  }

 private:
  struct Part {
    const f32x4* in;
    f32x4 gain, step;
  };

  /// One output; `side` is the first port of its channel.
  static void sum(const UnitBlock& b, bool stereo, int side, f32x4* out) {
    const int n = b.frames;
    Part parts[kInputs];
    int count = 0;
    bool moves = false;
    for (int k = 0; k < kInputs; k++) {
      const f32x4* right = b.in[kInputs + k];
      const f32x4* in = side && right ? right : b.in[k];
      if (!in) continue;
      const Ramp<f32x4>& level = b.params[k];
      const f32x4 share = splat(stereo && !right ? kMinusThreeDb : 1.f);
      parts[count++] = {in, level.value * share, level.step * share};
      moves = moves || any(level.step != splat(0.f));
    }
    if (count == 0)
      for (int i = 0; i < n; i++) out[i] = splat(0.f);
    else
      moves ? upToFour<true>(parts, count, out, n) : upToFour<false>(parts, count, out, n);
    for (int k = 4; k < count; k++) {
      Part& p = parts[k];
      for (int i = 0; i < n; i++) out[i] += p.in[i] * p.gain, p.gain += p.step;
    }
  }

  template <bool kMoves>
  static void upToFour(const Part* parts, int count, f32x4* out, int n) {
    if (count == 1) return add<1, kMoves>(parts, out, n);
    if (count == 2) return add<2, kMoves>(parts, out, n);
    if (count == 3) return add<3, kMoves>(parts, out, n);
    add<4, kMoves>(parts, out, n);
  }

  /// All in one pass; a whole micro-block needs no counting.
  template <int kCount, bool kMoves>
  static void add(const Part* parts, f32x4* out, int n) {
    Part p[kCount];
    for (int k = 0; k < kCount; k++) p[k] = parts[k];
    const auto share = [&](int k, int i) {
      const f32x4 v = p[k].in[i] * p[k].gain;
      if constexpr (kMoves) p[k].gain += p[k].step;
      return v;
    };
    const auto frame = [&](int i) {
      f32x4 total = share(0, i);
      for (int k = 1; k < kCount; k++) total += share(k, i);
      out[i] = total;
    };
    if (n == kMicroBlock) {
#pragma clang loop unroll_count(4)
      for (int i = 0; i < kMicroBlock; i++) frame(i);
    } else {
      for (int i = 0; i < n; i++) frame(i);
    }
  }
};

}  // namespace sl
