// What the import worker does for the page (both sides).
import type { ImportedFile } from '../../presets/library/port.ts'
import type { Preset } from '../../presets/model.ts'
import type { ImportReport } from '../../presets/report.ts'
import type { SongSections } from '../../presets/sections.ts'

export interface ImportApi {
  load(
    onBatch: (presets: readonly Preset[]) => void,
  ): Promise<{ place: 'device' | 'memory'; reports: readonly ImportReport[]; songs: readonly SongSections[] }>
  /** Callbacks are called in order; all batches of a file come before its `onFile`. */
  importFiles(
    files: readonly File[],
    onBatch: (fileName: string, presets: readonly Preset[]) => void,
    onFile: (file: ImportedFile) => void,
    signal?: AbortSignal,
  ): Promise<readonly ImportReport[]>
  save(preset: Preset): Promise<'device' | 'memory'>
  read(json: string): Promise<{ presets: readonly Preset[]; report: ImportReport }>
  reportText(reportId: string, format: 'json' | 'text'): Promise<string | null>
}
