// Projects, their histories, and what is the user's own, in IndexedDB (main thread).
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { SoundloomError } from '../params/error.ts'
import type { Project } from './document.ts'
import type { HistoryRecord } from './historyRecord.ts'
import {
  infoOf,
  newestFirst,
  readAudition,
  readMarks,
  type Change,
  type KeptUser,
  type ProjectInfo,
  type ProjectStorage,
} from './kept.ts'
import { readSession } from './session.ts'
import { plainEntry, type KeptEntry } from './sweep.ts'

interface Schema extends DBSchema {
  documents: { key: string; value: Project }
  /** By project id. Stored as objects, not text: what steps share is stored once. */
  histories: { key: string; value: HistoryRecord }
  infos: { key: string; value: ProjectInfo }
  /** Long data by id, and what is said of it without reading it. */
  assets: { key: string; value: Uint8Array<ArrayBuffer> }
  assetFacts: { key: string; value: KeptEntry }
  user: { key: 'session' | 'marks' | 'audition' | 'open'; value: unknown }
}

const DATABASE_VERSION = 3
const ALL = ['documents', 'histories', 'infos', 'user'] as const

const refusal = (error: unknown): SoundloomError =>
  error instanceof DOMException && error.name === 'QuotaExceededError'
    ? new SoundloomError('quota-exceeded', 'The browser has no more room for this site.')
    : new SoundloomError('internal', `The browser refused to store the project: ${String(error)}`, {
        hint: 'Export the project as a file, then reload the page.',
      })

const olderTab = (): SoundloomError =>
  new SoundloomError('conflict', 'An older Soundloom is open in another tab.', {
    hint: 'Close the other tabs of this page, then reload.',
  })

/** Opens or makes the database; rejects where storage is refused, as in some private modes, or an older page holds it. */
export async function openProjectStorage(name = 'soundloom-project'): Promise<ProjectStorage> {
  const opening = openDB<Schema>(name, DATABASE_VERSION, {
    async upgrade(db, from, _to, transaction) {
      if (from < 1) {
        db.createObjectStore('documents', { keyPath: 'id' })
        db.createObjectStore('user')
      }
      if (from < 3) {
        db.createObjectStore('assets')
        db.createObjectStore('assetFacts', { keyPath: 'id' })
      }
      if (from >= 2) return
      db.createObjectStore('histories')
      const infos = db.createObjectStore('infos', { keyPath: 'id' })
      // Version 1 kept documents without a list of them.
      const now = Date.now()
      for (const { id, name, tracks } of await transaction.objectStore('documents').getAll())
        await infos.put({ id, name, createdMs: now, changedMs: now, binnedMs: null, tracks: tracks?.length ?? 0 })
    },
    blocked: () => fail(olderTab()),
    // A later version waits for this page: it must not wait for ever.
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
  })
  let fail: (error: SoundloomError) => void = () => undefined
  const blocked = new Promise<never>((_, reject) => (fail = reject))
  return storageOf(await Promise.race([opening, blocked]))
}

function storageOf(database: IDBPDatabase<Schema>): ProjectStorage {
  const known = async (id: string): Promise<ProjectInfo> => {
    const info = await database.get('infos', id)
    if (info) return info
    throw new SoundloomError('unknown-id', `There is no project "${id}".`, { field: 'projectId', value: id })
  }
  return {
    place: 'device',
    readUser: () => readUser(database),
    list: async () => newestFirst(await database.getAll('infos')),
    async readProject(id) {
      const transaction = database.transaction(['documents', 'histories'])
      const [project, history] = await Promise.all([
        transaction.objectStore('documents').get(id),
        transaction.objectStore('histories').get(id),
      ])
      return project === undefined ? null : { project, history }
    },
    write: (change) => write(database, change),
    async setBinned(id, binnedMs) {
      await database.put('infos', { ...(await known(id)), binnedMs })
    },
    listAssets: async () => (await database.getAll('assetFacts')).map(plainEntry),
    readAsset: async (id) => (await database.get('assets', id)) ?? null,
    async putAsset(entry, bytes) {
      try {
        const transaction = database.transaction(['assets', 'assetFacts'], 'readwrite', { durability: 'strict' })
        await Promise.all([
          transaction.objectStore('assets').put(bytes, entry.id),
          transaction.objectStore('assetFacts').put(entry),
          transaction.done,
        ])
      } catch (error) {
        throw refusal(error)
      }
    },
    async eachRecord(take) {
      // One by one: all of them together may be more than there is memory for.
      for (const name of ALL)
        for (const key of await database.getAllKeys(name)) take(await database.get(name, key as never))
    },
    async sweepAssets(swept) {
      const gone: string[] = []
      const transaction = database.transaction(['assets', 'assetFacts'], 'readwrite')
      const facts = transaction.objectStore('assetFacts')
      for (let at = await facts.openCursor(); at; at = await at.continue()) {
        const next = swept(at.value)
        if (next) {
          if (next !== at.value) await at.update(next)
          continue
        }
        gone.push(at.value.id)
        await Promise.all([at.delete(), transaction.objectStore('assets').delete(at.value.id)])
      }
      await transaction.done
      return gone
    },
    async erase(id) {
      await known(id)
      const transaction = database.transaction(ALL, 'readwrite')
      await Promise.all([
        ...(['documents', 'histories', 'infos'] as const).map((store) => transaction.objectStore(store).delete(id)),
        transaction.done,
      ])
    },
  }
}

async function readUser(database: IDBPDatabase<Schema>): Promise<Partial<KeptUser>> {
  const user = database.transaction('user').objectStore('user')
  const [session, marks, edits, openId] = await Promise.all(
    (['session', 'marks', 'audition', 'open'] as const).map((key) => user.get(key)),
  )
  const library = readMarks(marks)
  const audition = readAudition(edits)
  return {
    ...(session !== undefined && { session: readSession(session) }),
    ...(library && { library }),
    ...(audition && { audition }),
    ...(typeof openId === 'string' && { openId }),
  }
}

const USER_KEYS = { session: 'session', library: 'marks', audition: 'audition', openId: 'open' } as const

async function write(database: IDBPDatabase<Schema>, { project, history, user = {} }: Change): Promise<void> {
  try {
    const transaction = database.transaction(ALL, 'readwrite', { durability: 'strict' })
    const puts: Promise<unknown>[] = []
    if (project) {
      const infos = transaction.objectStore('infos')
      const before = await infos.get(project.id)
      puts.push(infos.put(infoOf(project, Date.now(), before)), transaction.objectStore('documents').put(project))
      if (history) puts.push(transaction.objectStore('histories').put(history, project.id))
    }
    for (const [member, key] of Object.entries(USER_KEYS)) {
      const value = user[member as keyof KeptUser]
      if (value !== undefined) puts.push(transaction.objectStore('user').put(value, key))
    }
    await Promise.all([...puts, transaction.done])
  } catch (error) {
    throw refusal(error)
  }
}
