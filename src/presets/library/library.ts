// The library as the page holds it (main thread): everything stored and imported, factory sounds first. It only grows; the bin is marks.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Patch, Preset } from '../model.ts'
import type { ImportReport } from '../report.ts'
import type { SongSections } from '../sections.ts'
import type { Factory } from './factory.ts'
import type { ImportedFile, ImporterPort } from './port.ts'

/** Everything the library holds, in the bin or not. */
export interface LibraryContents {
  /** False until the stored library has been read once. */
  readonly ready: boolean
  /** In the order of the browser: factory, then imports and saved sounds as they came. */
  readonly presets: ReadonlyMap<string, Preset>
  /** Patches that presets name instead of holding. */
  readonly patches: ReadonlyMap<string, Patch>
  /** Report id -> report; newest last. */
  readonly reports: ReadonlyMap<string, ImportReport>
  /** Song sections by id. */
  readonly songs: ReadonlyMap<string, SongSections>
  readonly kept: 'device' | 'memory'
}

export interface Library {
  readonly store: StoreApi<LibraryContents>
  /** Resolves when factory and stored sounds are listed. */
  readonly ready: Promise<void>
  /** Reads, keeps and lists files; one report a file, in order. Rejects only with `cancelled`. */
  import(
    files: readonly File[],
    onProgress?: (fileName: string, found: number) => void,
    signal?: AbortSignal,
  ): Promise<readonly ImportReport[]>
  /** Keeps a sound of the user; resolves when it is committed, or held in memory. */
  save(preset: Preset): Promise<void>
  /** The presets that a JSON text holds, without keeping them. */
  read(json: string): Promise<{ readonly presets: readonly Preset[]; readonly report: ImportReport }>
  /** The whole report, every line; null: there is no such report. */
  reportText(reportId: string, format?: 'json' | 'text'): Promise<string | null>
}

export interface LibraryParts {
  readonly importer: ImporterPort
  /** The factory sounds and the patches that they share; a failure leaves them out. */
  readonly factory: Promise<Factory>
  /** Asks the browser to keep the storage; called at the first import. */
  readonly persist: () => Promise<unknown>
}

const NO_FACTORY: Factory = { presets: [], patches: new Map() }

export function createLibrary({ importer, factory, persist }: LibraryParts): Library {
  const store = createStore<LibraryContents>(() => ({
    ready: false,
    presets: new Map(),
    patches: new Map(),
    reports: new Map(),
    songs: new Map(),
    kept: 'device',
  }))
  let asked = false
  const add = (presets: readonly Preset[], extra: Partial<LibraryContents> = {}): void => {
    if (presets.length === 0) store.setState(extra)
    else
      store.setState((now) => ({
        ...extra,
        presets: new Map([...now.presets, ...presets.map((preset) => [preset.id, preset] as const)]),
      }))
  }

  const load = async (): Promise<void> => {
    const stored: Preset[] = []
    const loaded = importer.load((batch) => void stored.push(...batch))
    const [own, kept] = await Promise.all([factory.catch(() => NO_FACTORY), loaded])
    const known = new Set(own.presets.map((preset) => preset.id))
    add([...own.presets, ...stored.filter((preset) => !known.has(preset.id))], {
      ready: true,
      patches: own.patches,
      reports: new Map(kept.reports.map((report) => [report.id, report])),
      songs: new Map(kept.songs.map((song) => [song.id, song])),
      kept: kept.place,
    })
  }
  const ready = load()

  const takeFile = ({ report, grown, song }: ImportedFile, presets: readonly Preset[]): void => {
    const { reports, songs } = store.getState()
    add([...presets, ...grown], {
      reports: new Map([...reports, [report.id, report]]),
      ...(song ? { songs: new Map([...songs, [song.id, song]]) } : {}),
      ...(report.stored === 'memory' ? { kept: 'memory' } : {}),
    })
  }

  return {
    store,
    ready,
    async import(files, onProgress, signal) {
      await ready
      if (!asked) {
        asked = true
        persist().catch(() => undefined)
      }
      let pending: Preset[] = []
      return importer.importFiles(
        files,
        {
          onBatch(fileName, presets) {
            pending.push(...presets)
            onProgress?.(fileName, pending.length)
          },
          onFile(file) {
            takeFile(file, pending)
            pending = []
          },
        },
        signal,
      )
    },
    async save(preset) {
      await ready
      const place = await importer.save(preset)
      add([preset], place === 'memory' ? { kept: 'memory' } : {})
    },
    read: (json) => importer.read(json),
    reportText: (reportId, format = 'text') => importer.reportText(reportId, format),
  }
}
