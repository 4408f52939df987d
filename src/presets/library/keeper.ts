// Imports a drop and keeps it (import worker): one commit for each file, so that a report says "kept" only when it is.
import { SoundloomError } from '../../params/error.ts'
import { importBytes, importText, refuseBySize, refuseBroken, refuseUnreadable, type ImportResult } from '../import.ts'
import { hashText } from '../identity.ts'
import type { Preset } from '../model.ts'
import { contentOf } from '../own.ts'
import type { ImportReport } from '../report.ts'
import { reportToJson, reportToText } from '../report.ts'
import type { SongSections } from '../sections.ts'
import { ImportSession } from '../session.ts'
import { memoryStorage } from './memory.ts'
import type { LibraryChange, LibraryStorage } from './storage.ts'

/** A file as the browser gives it: its bytes are read only when its size is allowed. */
export interface ReadableFile {
  readonly name: string
  readonly size: number
  arrayBuffer(): Promise<ArrayBuffer>
}

/** What one file of a drop brought. */
export interface KeptImport {
  readonly report: ImportReport
  /** Stored sounds that have this file among their sources now. */
  readonly grown: readonly Preset[]
  readonly song: SongSections | null
}

export interface ImportWatcher {
  /** At most 100 presets at a time, before they are committed. */
  readonly onBatch: (fileName: string, presets: readonly Preset[]) => unknown
  /** One file is committed, or refused. */
  readonly onFile: (kept: KeptImport) => unknown
  readonly isCancelled: () => boolean
}

export class LibraryKeeper {
  private readonly storage: LibraryStorage
  /** Takes what the device refuses; later imports try the device again. */
  private readonly spare = memoryStorage()
  private readonly known = new Set<string>()
  private readonly reportIds = new Set<string>()
  /** Content hash -> id; null until it is needed. */
  private contents: Map<number, string> | null = null

  constructor(storage: LibraryStorage) {
    this.storage = storage
  }

  get place(): LibraryStorage['place'] {
    return this.storage.place
  }

  /** Everything that is stored; presets come in batches. */
  async load(
    onBatch: (presets: readonly Preset[]) => unknown,
  ): Promise<{ reports: readonly ImportReport[]; songs: readonly SongSections[] }> {
    await this.storage.readPresets((presets) => {
      for (const preset of presets) this.known.add(preset.id)
      return onBatch(presets)
    })
    const reports = await this.storage.readReports()
    for (const report of reports) this.reportIds.add(report.id)
    return { reports, songs: await this.storage.readSongs() }
  }

  /** Imports the files of one drop, one after the other. Rejects only with `cancelled`: files before that are kept. */
  async importFiles(files: readonly ReadableFile[], watcher: ImportWatcher): Promise<readonly ImportReport[]> {
    const session = new ImportSession(this.known, watcher.isCancelled, this.equalTo)
    const reports: ImportReport[] = []
    for (const file of files) {
      const refused = refuseBySize(file.name, file.size)
      const bytes = refused ? undefined : await readBytes(file)
      const presets: Preset[] = []
      const sending: unknown[] = []
      const onBatch = (batch: readonly Preset[]): void => {
        presets.push(...batch)
        sending.push(watcher.onBatch(file.name, batch))
      }
      const result = refused ?? (await importOne(file, bytes, session, onBatch))
      await Promise.all(sending)
      const kept = await this.keep(result, presets, bytes)
      reports.push(kept.report)
      await watcher.onFile(kept)
    }
    return reports
  }

  /** Keeps a sound of the user; `memory`: the device refused it. */
  async save(preset: Preset): Promise<LibraryStorage['place']> {
    let place = this.storage.place
    await this.commit((where) => {
      place = where
      return { presets: [preset], repeats: [], songs: [] }
    })
    this.note([preset])
    return place
  }

  private note(presets: readonly Preset[]): void {
    for (const preset of presets) {
      this.known.add(preset.id)
      this.contents?.set(hashText(contentOf(preset)), preset.id)
    }
  }

  /** Hashes of what is stored are made when the first file of our own format comes. */
  private readonly equalTo = async (preset: Preset): Promise<string | null> => {
    if (!this.contents) {
      const contents = new Map<number, string>()
      await this.storage.readPresets((presets) =>
        presets.forEach((stored) => contents.set(hashText(contentOf(stored)), stored.id)),
      )
      this.contents = contents
    }
    return this.contents.get(hashText(contentOf(preset))) ?? null
  }

  /** Reads a text as an import would, and keeps nothing. */
  read(text: string): Promise<ImportResult> {
    return importText('json', text)
  }

  /** The whole report, every line of it; undefined: there is no such report. */
  async reportText(reportId: string, format: 'json' | 'text'): Promise<string | undefined> {
    for (const storage of [this.spare, this.storage]) {
      const report = (await storage.readReports()).find((entry) => entry.id === reportId)
      const allLines = await storage.readLines(reportId)
      if (report && allLines) return format === 'json' ? reportToJson(report, allLines) : reportToText(report, allLines)
    }
    return undefined
  }

  private async keep(result: ImportResult, presets: readonly Preset[], bytes?: Uint8Array): Promise<KeptImport> {
    const { repeats, sections, allLines } = result
    const hash = result.report.id
    const report = { ...result.report, id: this.uniqueReportId(hash) }
    this.reportIds.add(report.id)
    const useful = presets.length > 0 || repeats.length > 0 || sections !== null
    const kept = await this.commit((place) => ({
      presets,
      repeats,
      songs: sections ? [sections] : [],
      report: { report: useful ? { ...report, stored: place === 'device' ? 'kept' : 'memory' } : report, allLines },
      ...(bytes && useful ? { file: { hash, name: report.file.name, bytes } } : {}),
    }))
    this.note(presets)
    return { report: kept.change.report?.report ?? report, grown: kept.grown, song: sections }
  }

  /** Commits on the device, or in memory where the device refuses. */
  private async commit(
    make: (place: LibraryStorage['place']) => LibraryChange,
  ): Promise<{ change: LibraryChange; grown: readonly Preset[] }> {
    const change = make(this.storage.place)
    try {
      return { change, grown: await this.storage.commit(change) }
    } catch {
      const fallen = make('memory')
      return { change: fallen, grown: await this.spare.commit(fallen) }
    }
  }

  private uniqueReportId(id: string): string {
    let unique = id
    for (let copy = 2; this.reportIds.has(unique); copy++) unique = `${id}-${String(copy)}`
    return unique
  }
}

/** Whatever is wrong with a file becomes its report; only `cancelled` ends the drop. */
async function importOne(
  file: ReadableFile,
  bytes: Uint8Array | undefined,
  session: ImportSession,
  onBatch: (presets: readonly Preset[]) => void,
): Promise<ImportResult> {
  if (!bytes) return refuseUnreadable(file.name, file.size)
  try {
    return await importBytes({ name: file.name, bytes }, { session, onBatch })
  } catch (error) {
    if (error instanceof SoundloomError && error.code === 'cancelled') throw error
    return refuseBroken(file.name, file.size, error)
  }
}

async function readBytes(file: ReadableFile): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return undefined
  }
}
