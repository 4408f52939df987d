// Stereo diffusion: all-pass filters in series that turn each echo into a cluster. Audio thread except prepare.
#pragma once
#include <algorithm>
#include <cstring>

#include "core/denormal.h"

namespace sl {

/// Schroeder 1962; the two sides' lengths differ, so that they come out uncorrelated. Works four frames at a time: a
/// delay is longer than a block.
class Diffuser {
 public:
  static constexpr int kStages = 5;

  bool prepare(Arena& arena, float sampleRate) {
    for (int side = 0; side < 2; side++)
      for (int s = 0; s < kStages; s++) {
        Stage& stage = stages_[side][s];
        stage.frames = std::max((int)(kSeconds[side][s] * sampleRate) | 1, 37);
        stage.past = arena.take<float>((std::size_t)stage.frames + 4);
        if (!stage.past && !arena.measuring()) return false;
      }
    return !arena.measuring();
  }
  void reset() noexcept {
    for (auto& side : stages_)
      for (Stage& s : side) {
        std::memset(s.past, 0, sizeof(float) * (std::size_t)s.frames);
        s.at = 0;
      }
  }
  /// In place, up to 32 frames; `gains` are the coefficients, 0..1, one per frame.
  void process(float* left, float* right, int frames, const float* gains) noexcept {
    for (Stage& s : stages_[0]) run(s, left, frames, gains);
    for (Stage& s : stages_[1]) run(s, right, frames, gains);
  }

 private:
  struct Stage {
    float* past;
    int frames, at;
  };
  static void run(Stage& s, float* x, int frames, const float* gains) noexcept {
    for (int done = 0; done < frames;) {
      const int n = std::min(frames - done, s.frames - s.at);
      float* past = s.past + s.at;
      int i = 0;
      for (; i + 4 <= n; i += 4) {
        const f32x4 g = load4(gains + done + i), delayed = load4(past + i);
        const f32x4 v = flush(load4(x + done + i) + g * delayed);
        store4(past + i, v);
        store4(x + done + i, delayed - g * v);
      }
      for (; i < n; i++) {
        const float g = gains[done + i], delayed = past[i], v = flush(x[done + i] + g * delayed);
        past[i] = v;
        x[done + i] = delayed - g * v;
      }
      s.at = s.at + n == s.frames ? 0 : s.at + n;
      done += n;
    }
  }

  static constexpr float kSeconds[2][kStages] = {{0.00213f, 0.00347f, 0.00561f, 0.00887f, 0.01399f},
                                                 {0.00239f, 0.00319f, 0.00601f, 0.00821f, 0.01481f}};
  Stage stages_[2][kStages] = {};
};

}  // namespace sl
