// Levels and decibels, and how long a feedback loop needs to fall silent. Any thread.
#pragma once
#include <cmath>

namespace sl {

/// Amplitude factor of a level in decibels.
inline float gainOf(float decibels) { return std::exp(decibels * 0.115129254649702f); }

/// Trips round a loop of gain |gain| < 1 until what is left is below -100 dB of what went in.
inline int tripsToSilence(float gain) {
  const float g = std::fabs(gain);
  return g < 1e-5f ? 1 : 1 + (int)std::ceil(-11.5129254f / std::log(g));
}

}  // namespace sl
