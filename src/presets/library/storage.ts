// Where the library is kept (any thread): one interface, implemented in IndexedDB and in memory. Nothing is ever deleted.
import type { Preset } from '../model.ts'
import type { ImportReport } from '../report.ts'
import type { SongSections } from '../sections.ts'

/** A dropped file as it was, kept beside its sounds. */
export interface StoredFile {
  /** SHA-256 figures of the bytes, as in the report's id. */
  readonly hash: string
  readonly name: string
  readonly bytes: Uint8Array
}

/** What one import brings; all of it is committed, or nothing. */
export interface LibraryChange {
  readonly presets: readonly Preset[]
  /** Sounds that are stored already and were found in another file again. */
  readonly repeats: readonly { readonly presetId: string; readonly fileName: string }[]
  readonly songs: readonly SongSections[]
  readonly report?: { readonly report: ImportReport; readonly allLines: Uint8Array }
  readonly file?: StoredFile
}

export interface LibraryStorage {
  readonly place: 'device' | 'memory'
  /** Calls `take` with at most 100 presets at a time, in the order in which they came. */
  readPresets(take: (presets: readonly Preset[]) => unknown): Promise<void>
  readReports(): Promise<readonly ImportReport[]>
  readSongs(): Promise<readonly SongSections[]>
  readLines(reportId: string): Promise<Uint8Array | undefined>
  readFile(hash: string): Promise<StoredFile | undefined>
  /** Resolves after the commit with the presets whose sources grew; rejects with `quota-exceeded` and changes nothing. */
  commit(change: LibraryChange): Promise<readonly Preset[]>
}

export const LOAD_BATCH = 100

/** The preset with `fileName` among its sources; the same object when it is there already. */
export function withSource(preset: Preset, fileName: string): Preset {
  if (preset.source.files.includes(fileName)) return preset
  return { ...preset, source: { ...preset.source, files: [...preset.source.files, fileName] } }
}
