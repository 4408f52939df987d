// What the page's library needs from the thread that imports and stores (main thread): implemented by workers/import/client.ts.
import type { Preset } from '../model.ts'
import type { ImportReport } from '../report.ts'
import type { SongSections } from '../sections.ts'

/** One file of a drop, committed or refused. */
export interface ImportedFile {
  readonly report: ImportReport
  /** Stored sounds that have this file among their sources now. */
  readonly grown: readonly Preset[]
  readonly song: SongSections | null
}

export interface StoredLibrary {
  readonly place: 'device' | 'memory'
  readonly reports: readonly ImportReport[]
  readonly songs: readonly SongSections[]
}

export interface ImporterPort {
  /** Everything stored; presets come first, at most 100 at a time. */
  load(onBatch: (presets: readonly Preset[]) => void): Promise<StoredLibrary>
  /** Presets come before their file is committed; `onFile` says that it is. */
  importFiles(
    files: readonly File[],
    watcher: {
      readonly onBatch: (fileName: string, presets: readonly Preset[]) => void
      readonly onFile: (file: ImportedFile) => void
    },
    signal?: AbortSignal,
  ): Promise<readonly ImportReport[]>
  save(preset: Preset): Promise<'device' | 'memory'>
  read(json: string): Promise<{ readonly presets: readonly Preset[]; readonly report: ImportReport }>
  reportText(reportId: string, format: 'json' | 'text'): Promise<string | null>
}
