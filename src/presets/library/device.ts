// The library in IndexedDB (import worker): presets, original files, reports with all their lines, song sections.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { SoundloomError } from '../../params/error.ts'
import type { Preset } from '../model.ts'
import type { ImportReport } from '../report.ts'
import type { SongSections } from '../sections.ts'
import { LOAD_BATCH, withSource, type LibraryChange, type LibraryStorage, type StoredFile } from './storage.ts'

interface Schema extends DBSchema {
  /** `order` grows with each commit, so that the library keeps the order in which sounds came. */
  presets: { key: string; value: { id: string; order: number; preset: Preset }; indexes: { order: number } }
  reports: { key: string; value: { id: string; order: number; report: ImportReport }; indexes: { order: number } }
  lines: { key: string; value: Uint8Array }
  songs: { key: string; value: SongSections }
  files: { key: string; value: StoredFile }
}

const STORES = ['presets', 'reports', 'lines', 'songs', 'files'] as const

const openDatabase = (name = 'soundloom-library'): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('presets', { keyPath: 'id' }).createIndex('order', 'order')
      db.createObjectStore('reports', { keyPath: 'id' }).createIndex('order', 'order')
      db.createObjectStore('lines')
      db.createObjectStore('songs', { keyPath: 'id' })
      db.createObjectStore('files', { keyPath: 'hash' })
    },
  })

/** Every stored sound, from any thread; rejects rather than leave one out. */
export async function readDevicePresets(take: (presets: readonly Preset[]) => unknown, name?: string): Promise<void> {
  const database = await openDatabase(name)
  try {
    await readPresets(database, take)
  } finally {
    database.close()
  }
}

/** Opens or makes the database; rejects where the browser refuses storage, as in some private modes. */
export async function openDeviceStorage(name?: string): Promise<LibraryStorage> {
  const database = await openDatabase(name)
  return {
    place: 'device',
    readPresets: (take) => readPresets(database, take),
    readReports: async () => (await database.getAllFromIndex('reports', 'order')).map((entry) => entry.report),
    readSongs: () => database.getAll('songs'),
    readLines: (reportId) => database.get('lines', reportId),
    readFile: (hash) => database.get('files', hash),
    commit: (change) => commit(database, change),
  }
}

async function readPresets(
  database: IDBPDatabase<Schema>,
  take: (presets: readonly Preset[]) => unknown,
): Promise<void> {
  let after = -1
  for (;;) {
    const range = IDBKeyRange.lowerBound(after, true)
    const entries = await database.getAllFromIndex('presets', 'order', range, LOAD_BATCH)
    const last = entries.at(-1)
    if (!last) return
    after = last.order
    await take(entries.map((entry) => entry.preset))
  }
}

async function commit(database: IDBPDatabase<Schema>, change: LibraryChange): Promise<readonly Preset[]> {
  const grown: Preset[] = []
  const transaction = database.transaction(STORES, 'readwrite', { durability: 'strict' })
  // A failed put rejects on its own and aborts the whole; one place reports it.
  const failed = transaction.done.then(
    () => null,
    (error: unknown) => error,
  )
  try {
    const presets = transaction.objectStore('presets')
    const last = await presets.index('order').openKeyCursor(null, 'prev')
    let order = (last?.key ?? 0) + 1
    for (const { presetId, fileName } of change.repeats) {
      const before = await presets.get(presetId)
      const after = before && withSource(before.preset, fileName)
      if (!before || !after || after === before.preset) continue
      await presets.put({ ...before, preset: after })
      grown.push(after)
    }
    // Not awaited one by one: the transaction's end tells all. Those that an abort takes along need no handler of their own.
    const puts: Promise<unknown>[] = []
    const add = (put: Promise<unknown>): void => {
      put.catch(() => undefined)
      puts.push(put)
    }
    for (const preset of change.presets) add(presets.put({ id: preset.id, order: order++, preset }))
    for (const song of change.songs) add(transaction.objectStore('songs').put(song))
    if (change.report) {
      const { report, allLines } = change.report
      const newest = await transaction.objectStore('reports').index('order').openKeyCursor(null, 'prev')
      add(transaction.objectStore('reports').put({ id: report.id, order: (newest?.key ?? 0) + 1, report }))
      add(transaction.objectStore('lines').put(allLines, report.id))
    }
    if (change.file) add(transaction.objectStore('files').put(change.file))
    await Promise.all(puts)
  } catch (error) {
    // A value that cannot be cloned throws without ending the transaction; a failed request has ended it already.
    try {
      transaction.abort()
    } catch {
      // Ended.
    }
    await failed
    throw refusal(error)
  }
  const error = await failed
  if (error) throw refusal(error)
  return grown
}

function refusal(error: unknown): SoundloomError {
  const name = error instanceof Error ? error.name : ''
  return new SoundloomError('quota-exceeded', `The browser refused to store it (${name || String(error)})`)
}
