// The sound of the click: a decaying cosine, so that the beat is its first sample. Audio thread.
#include "engine/metronome.h"

#include <cmath>

#include "core/unit.h"
#include "dsp/decibels.h"

namespace sl {
namespace {

constexpr float kAccentHz = 1760.f, kBeatHz = 1174.66f;
constexpr float kDecaySeconds = 0.012f;
constexpr float kSilentLevel = 1e-5f;

}  // namespace

void Metronome::start(float sampleRate) {
  const float turn = 6.28318531f * (pending_[0].accent ? kAccentHz : kBeatHz) / sampleRate;
  decay_ = std::exp(-1.f / (kDecaySeconds * sampleRate));
  turnReal_ = decay_ * std::cos(turn), turnImaginary_ = decay_ * std::sin(turn);
  level_ = gainOf(gainDb);
  real_ = level_, imaginary_ = 0.f;
  for (int i = 1; i < count_; i++) pending_[i - 1] = pending_[i];
  count_--;
}

void Metronome::mix(float* left, float* right, int64_t frame, float sampleRate) {
  if (count_ == 0 && level_ == 0.f) return;
  for (int i = 0; i < kMicroBlock; i++) {
    if (count_ > 0 && pending_[0].frame <= frame + i) start(sampleRate);
    if (level_ == 0.f) continue;
    left[i] += real_, right[i] += real_;
    const float real = real_ * turnReal_ - imaginary_ * turnImaginary_;
    imaginary_ = real_ * turnImaginary_ + imaginary_ * turnReal_;
    real_ = real;
    level_ *= decay_;
    if (level_ < kSilentLevel) level_ = 0.f;
  }
}

}  // namespace sl
