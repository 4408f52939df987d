// The assets that programs hold: checked, copied into the heap, counted. Control thread; the audio thread only reads
// the data that a program points to.
#pragma once
#include <cstddef>

#include "core/asset.h"
#include "wire/asset.h"
#include "wire/plan.h"

namespace sl {

struct SincBank;

struct HeldAsset {
  Asset asset;
  uint32_t handle;
  uint32_t users;  ///< places in programs that point here
  uint8_t* bytes;  ///< of a recording, which is played where it was loaded; else null
};

/// A handle is (serial * kMaxAssets + index) with a serial that is never 0: a stale handle names nothing.
struct AssetTable {
  HeldAsset* held[kMaxAssets];
  uint32_t lastHandle[kMaxAssets];
  /// Made when they are first needed, by BuiltinAsset; never freed.
  HeldAsset* builtin[(int)BuiltinAsset::count];
  SincBank* kernels;  ///< of all samples
};

/// Why an asset was refused.
struct AssetRefusal {
  PlanError error = PlanError::none;
  uint32_t offset = 0;  ///< bytes from its start
};

/// Handle, or 0 with a refusal. `bytes` is a block of the heap, which is the asset's or freed from now on.
uint32_t loadAsset(uint8_t* bytes, uint32_t length, AssetRefusal& refusal);
/// Handle of a source that the engine makes, or 0.
uint32_t builtinAsset(uint32_t index, AssetRefusal& refusal);
/// False: unknown, or a program holds it.
bool releaseAsset(uint32_t handle);

/// `none` when `handle` is 0 or an asset of the kind that a processor wants.
PlanError checkAsset(uint32_t handle, AssetKind wanted);
/// The asset for one place in a program. Handle 0: what plays where none was chosen, or null.
const Asset* holdAsset(uint32_t handle, AssetKind wanted);
void dropAsset(const Asset* asset);

}  // namespace sl
