// The limits of an import (any thread): what is beyond them is refused or clipped, and reported.

export const LIMITS = {
  /** A larger file is refused by its size, before it is read. */
  fileBytes: 64 * 2 ** 20,
  /** Containers nested deeper than this are skipped. */
  depth: 64,
  /** Values and keys of one file; what follows is not read. 64 MB of ordinary presets hold about 6 million. */
  nodes: 12_000_000,
  stringCharacters: 10_000,
  presetsPerDrop: 20_000,
  unitsPerPatch: 256,
  unitsPerKit: 2048,
  /** Entries read from one list such as `harmonics` or `fx`. */
  listEntries: 256,
  effectsPerPreset: 16,
  /** Report lines that carry source text and a fix; the others are counted and stay downloadable. */
  detailedLines: 100,
  /** Lines kept for the download; beyond it only the counts grow. */
  reportLines: 200_000,
} as const
