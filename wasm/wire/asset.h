// An asset: long data as flat bytes, little-endian, written by src/presets/assets, read by engine/assets. Never
// trusted: every size and number is checked.
#pragma once
#include <array>

#include "core/asset.h"
#include "core/record.h"

namespace sl {

inline constexpr uint32_t kAssetMagic = 0x414c5331;  // "1SLA"
inline constexpr uint32_t kMaxAssets = 256;
inline constexpr uint32_t kMaxAssetBytes = 1 << 26;
inline constexpr uint32_t kMaxAssetZones = 512;
inline constexpr int kLeadFrames = 4096;  ///< a unit of the effect playback's lead

/// The zones follow the header, then the samples (f32), channel after channel.
struct AssetHeader {
  uint32_t magic, bytes;
  uint32_t kind;  ///< AssetKind
  uint32_t channels;
  uint32_t frames;
  uint32_t zones;
  uint32_t cycle;
  float sampleRate;
};

/// Sources that the engine makes itself, in `engine/builtin_sources.cpp`.
enum class BuiltinAsset : uint32_t { choir, breath, glass, count };

namespace table {

inline constexpr std::array kAssetHeaderFields{
    Field{"magic", "assetMagic", "u32", offsetof(AssetHeader, magic)},
    Field{"bytes", "Length of everything.", "u32", offsetof(AssetHeader, bytes)},
    Field{"kind", "ASSET_KIND", "u32", offsetof(AssetHeader, kind)},
    Field{"channels", "1 or 2; an impulse response may have 4.", "u32", offsetof(AssetHeader, channels)},
    Field{"frames", "Of each channel.", "u32", offsetof(AssetHeader, frames)},
    Field{"zones", "Count; a sample has at least one, nothing else has any.", "u32", offsetof(AssetHeader, zones)},
    Field{"cycle", "Wavetables: frames of one cycle, 0 unknown.", "u32", offsetof(AssetHeader, cycle)},
    Field{"sampleRate", "Of the data, Hz.", "f32", offsetof(AssetHeader, sampleRate)},
};
inline constexpr std::array kAssetZoneFields{
    Field{"lowKey", "MIDI note number.", "f32", offsetof(SampleZone, lowKey)},
    Field{"highKey", "MIDI note number; belongs to the zone.", "f32", offsetof(SampleZone, highKey)},
    Field{"lowVelocity", "0..1", "f32", offsetof(SampleZone, lowVelocity)},
    Field{"highVelocity", "0..1; belongs to the zone.", "f32", offsetof(SampleZone, highVelocity)},
    Field{"rootKey", "MIDI note number at which it plays at its own speed, cents included.", "f32",
          offsetof(SampleZone, rootKey)},
    Field{"gainDb", "Level.", "f32", offsetof(SampleZone, gainDb)},
    Field{"firstFrame", "In the asset.", "u32", offsetof(SampleZone, firstFrame)},
    Field{"frames", "Length.", "u32", offsetof(SampleZone, frames)},
    Field{"loopStart", "In the zone.", "u32", offsetof(SampleZone, loopStart)},
    Field{"loopEnd", "In the zone; equal to the start: no loop.", "u32", offsetof(SampleZone, loopEnd)},
    Field{"crossfade", "Frames before the loop's end that fade into those before its start.", "u32",
          offsetof(SampleZone, crossfade)},
};
inline constexpr std::array kAssetKinds{
    EnumValue{"impulse", "An impulse response.", (int)AssetKind::impulse},
    EnumValue{"sample", "Recordings that keys play.", (int)AssetKind::sample},
    EnumValue{"wavetable", "Cycles of a wave.", (int)AssetKind::wavetable},
    EnumValue{"curve", "A drawn curve.", (int)AssetKind::curve},
    EnumValue{"recording", "Sound that plays along with the song.", (int)AssetKind::recording},
};
static_assert(kAssetKinds.size() + 1 == (std::size_t)AssetKind::count);
inline constexpr std::array kBuiltinAssets{
    EnumValue{"choir", "Sung vowels that never repeat a breath: 2.7 s, loops.", (int)BuiltinAsset::choir},
    EnumValue{"breath", "Wind in a pipe: 2.7 s, loops.", (int)BuiltinAsset::breath},
    EnumValue{"glass", "Rubbed glasses: 2.7 s, loops.", (int)BuiltinAsset::glass},
};
static_assert(kBuiltinAssets.size() == (std::size_t)BuiltinAsset::count);
inline constexpr std::array kAssetConstants{
    Constant{"assetMagic", "First word of an asset.", kAssetMagic},
    Constant{"maxAssets", "Assets held at once.", kMaxAssets},
    Constant{"maxAssetBytes", "Bytes of an asset.", kMaxAssetBytes},
    Constant{"maxAssetZones", "Zones of a sample.", kMaxAssetZones},
    Constant{"leadFrames", "Song frames in a unit of the effect playback's lead.", kLeadFrames},
};

}  // namespace table
}  // namespace sl
