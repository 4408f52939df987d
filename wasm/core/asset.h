// Long data that a processor plays or reads: impulse responses, samples, wavetables, drawn curves. Loaded by the
// control thread, read-only while any program holds it.
#pragma once
#include <cstdint>
#include <iterator>
#include <string_view>

namespace sl {

enum class AssetKind : uint8_t { none, impulse, sample, wavetable, curve, recording, count };

inline constexpr std::string_view kAssetNames[] = {"none", "impulse", "sample", "wavetable", "curve", "recording"};
static_assert(std::size(kAssetNames) == (std::size_t)AssetKind::count);

inline constexpr int kAssetChannels = 4;
inline constexpr int kAssetPad = 64;  ///< zero frames before the first and after the last of every channel

/// One recording of a sample: which keys and velocities it serves and where it loops. Frames count in the asset.
struct SampleZone {
  float lowKey, highKey, lowVelocity, highVelocity;  ///< MIDI note numbers; 0..1; both ends belong to the zone
  float rootKey;  ///< MIDI note number at which it plays at its own speed, cents included
  float gainDb;
  uint32_t firstFrame, frames;
  uint32_t loopStart, loopEnd;  ///< in the zone; equal: no loop
  uint32_t crossfade;           ///< frames before loopEnd that fade into those before loopStart
};

struct Asset {
  AssetKind kind;
  int channels;  ///< 1..4; 4 only for an impulse response: left to left, left to right, right to left, right to right
  int frames;    ///< of each channel
  float sampleRate;                      ///< of the data, Hz
  const float* channel[kAssetChannels];  ///< beyond `channels`: those before again, so that mono is both sides
  const SampleZone* zones;               ///< kind sample: at least one
  int zoneCount;
  int cycle;            ///< kind wavetable: frames of one cycle; 0: unknown
  const void* derived;  ///< what was made of it at load: sample: its SampleLevels; wavetable: its mip levels
};

}  // namespace sl
