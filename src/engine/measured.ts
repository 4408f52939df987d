// Measured sounds kept over a reload (main thread, IndexedDB), so that a tile is rendered once on this device, not on every visit.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Thumbnail } from './types.ts'

interface Schema extends DBSchema {
  /** By content key of what was measured; `madeMs` is Date.now() when it was. */
  measured: { key: string; value: { build: string; madeMs: number; thumbnail: Thumbnail }; indexes: { madeMs: number } }
}

const MOST_KEPT = 5000

export interface Measured {
  /** Undefined: never measured with this build of the engine, or nothing can be kept here. */
  get(key: string): Promise<Thumbnail | undefined>
  put(key: string, thumbnail: Thumbnail): Promise<void>
}

/** `build` names the engine: another one measures anew, null keeps nothing. Where storage is refused, nothing is kept and nothing fails. */
export function openMeasured(build: string | null): Measured {
  if (build === null) return { get: () => Promise.resolve(undefined), put: () => Promise.resolve() }
  let opening: Promise<IDBPDatabase<Schema> | null> | null = null
  const database = (): Promise<IDBPDatabase<Schema> | null> =>
    (opening ??= openDB<Schema>('soundloom-measured', 1, {
      upgrade: (db) => void db.createObjectStore('measured').createIndex('madeMs', 'madeMs'),
    })
      .then(async (db) => (await prune(db), db))
      .catch(() => null))
  return {
    async get(key) {
      const db = await database()
      const entry = await db?.get('measured', key).catch(() => undefined)
      return entry?.build === build ? entry.thumbnail : undefined
    },
    async put(key, thumbnail) {
      const db = await database()
      await db?.put('measured', { build, madeMs: Date.now(), thumbnail }, key).catch(() => undefined)
    },
  }
}

/** Forgets the oldest beyond MOST_KEPT. */
async function prune(db: IDBPDatabase<Schema>): Promise<void> {
  let surplus = (await db.count('measured')) - MOST_KEPT
  if (surplus <= 0) return
  const transaction = db.transaction('measured', 'readwrite')
  for (let cursor = await transaction.store.index('madeMs').openCursor(); cursor && surplus > 0; surplus--) {
    await cursor.delete()
    cursor = await cursor.continue()
  }
  await transaction.done
}
