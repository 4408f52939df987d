// The open document and the session in IndexedDB (main thread). Where the browser refuses storage, everything stays in memory and says so.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Preset } from '../presets/model.ts'
import { readProject, type Project } from './document.ts'
import { readSession, type Session } from './session.ts'
import { NO_MARKS, type AuditionEdits, type LibraryMarks } from './stores.ts'

interface Schema extends DBSchema {
  documents: { key: string; value: Project }
  user: { key: 'session' | 'marks' | 'audition' | 'open'; value: unknown }
}

/** What is kept between visits. */
export interface Kept {
  readonly project: Project
  readonly library: LibraryMarks
  readonly audition: AuditionEdits
  readonly session: Session
}

export interface ProjectStorage {
  /** The last visit; members that were never saved, or that this version cannot read, are absent. */
  read(): Promise<Partial<Kept>>
  /** All of it in one transaction. */
  write(kept: Kept): Promise<void>
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const readMarks = (stored: unknown): LibraryMarks | undefined =>
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

const readAudition = (stored: unknown): AuditionEdits | undefined =>
  isRecord(stored) && isRecord(stored.copies)
    ? {
        copies: Object.fromEntries(
          Object.entries(stored.copies).filter((entry): entry is [string, Preset] => isSound(entry[1])),
        ),
      }
    : undefined

/** Opens (or makes) the database; rejects where storage is refused, as in some private modes. */
export async function openProjectStorage(name = 'soundloom-project'): Promise<ProjectStorage> {
  const database: IDBPDatabase<Schema> = await openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('documents', { keyPath: 'id' })
      db.createObjectStore('user')
    },
  })
  return {
    async read() {
      const transaction = database.transaction(['documents', 'user'])
      const user = transaction.objectStore('user')
      const [session, marks, audition, open] = await Promise.all([
        user.get('session'),
        user.get('marks'),
        user.get('audition'),
        user.get('open'),
      ])
      const stored = typeof open === 'string' ? await transaction.objectStore('documents').get(open) : undefined
      const project = readProject(stored)
      const library = readMarks(marks)
      const edits = readAudition(audition)
      return {
        ...(project && { project }),
        ...(library && { library }),
        ...(edits && { audition: edits }),
        ...(session !== undefined && { session: readSession(session) }),
      }
    },
    async write({ project, library, audition, session }) {
      const transaction = database.transaction(['documents', 'user'], 'readwrite')
      const user = transaction.objectStore('user')
      await Promise.all([
        transaction.objectStore('documents').put(project),
        user.put(project.id, 'open'),
        user.put(session, 'session'),
        user.put(library, 'marks'),
        user.put(audition, 'audition'),
        transaction.done,
      ])
    },
  }
}
