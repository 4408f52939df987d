// What is kept between visits, and the interface to where it is kept: IndexedDB or memory (main thread).
import type { Preset } from '../presets/model.ts'
import type { AssetEntry } from './assets.ts'
import type { Project } from './document.ts'
import type { HistoryRecord } from './historyRecord.ts'
import type { Session } from './session.ts'
import { NO_MARKS, type AuditionEdits, type LibraryMarks } from './stores.ts'
import type { KeptEntry } from './sweep.ts'

/** What the user has, besides projects. */
export interface KeptUser {
  readonly library: LibraryMarks
  readonly audition: AuditionEdits
  readonly session: Session
  /** The project that was open last. */
  readonly openId: string
}

/** A line of the list of projects; times as Date.now(). */
export interface ProjectInfo {
  readonly id: string
  readonly name: string
  readonly createdMs: number
  readonly changedMs: number
  /** When it was put in the bin; null: it is not there. */
  readonly binnedMs: number | null
  readonly tracks: number
}

/** One commit: what is absent stays. */
export interface Change {
  readonly project?: Project
  readonly history?: HistoryRecord
  readonly user?: Partial<KeptUser>
}

export interface StoredProject {
  /** Not checked: what the database holds. */
  readonly project: unknown
  readonly history: unknown
}

export interface ProjectStorage {
  readonly place: 'device' | 'memory'
  /** Members that were never saved, or that this version cannot read, are absent. */
  readUser(): Promise<Partial<KeptUser>>
  /** Newest change first, those in the bin too. */
  list(): Promise<ProjectInfo[]>
  readProject(id: string): Promise<StoredProject | null>
  /** All of it, or rejects with `quota-exceeded` or `internal` and changes nothing. `history` needs its project. */
  write(change: Change): Promise<void>
  /** Everything but recordings, a record at a time. Rejects where one cannot be read. */
  eachRecord(take: (record: unknown) => void): Promise<void>
  /** Recordings and other long data, which documents name by id. Nothing is deleted while anything names it. */
  listAssets(): Promise<readonly AssetEntry[]>
  readAsset(id: string): Promise<Uint8Array<ArrayBuffer> | null>
  /** Rejects with `quota-exceeded` or `internal` and changes nothing. */
  putAsset(entry: AssetEntry, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** Puts every entry as `swept` gives it, in one go; null deletes it with its recording. The ids that went. */
  sweepAssets(swept: (entry: KeptEntry) => KeptEntry | null): Promise<readonly string[]>
  setBinned(id: string, binnedMs: number | null): Promise<void>
  /** For good. */
  erase(id: string): Promise<void>
}

/** The line of a project that is written now. */
export const infoOf = (project: Project, nowMs: number, before?: ProjectInfo): ProjectInfo => ({
  id: project.id,
  name: project.name,
  createdMs: before?.createdMs ?? nowMs,
  changedMs: nowMs,
  binnedMs: before?.binnedMs ?? null,
  tracks: project.tracks.length,
})

export const newestFirst = (infos: readonly ProjectInfo[]): ProjectInfo[] =>
  [...infos].sort((a, b) => b.changedMs - a.changedMs)

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

export const readMarks = (stored: unknown): LibraryMarks | undefined =>
  isRecord(stored) && isRecord(stored.favourites) && isRecord(stored.binned) && isRecord(stored.fixes)
    ? ({ ...NO_MARKS, ...stored } as LibraryMarks)
    : undefined

/** What the interface and the engine rely on; a copy that lacks it is left out. */
const isSound = (stored: unknown): stored is Preset =>
  isRecord(stored) &&
  typeof stored.id === 'string' &&
  typeof stored.name === 'string' &&
  isRecord(stored.values) &&
  Array.isArray(stored.effects) &&
  isRecord(stored.source)

export const readAudition = (stored: unknown): AuditionEdits | undefined =>
  isRecord(stored) && isRecord(stored.copies)
    ? {
        copies: Object.fromEntries(
          Object.entries(stored.copies).filter((entry): entry is [string, Preset] => isSound(entry[1])),
        ),
      }
    : undefined
