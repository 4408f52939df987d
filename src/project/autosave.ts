// Saves the open project, its history and what is the user's own one second after each edit, and at once when the page goes away
// (main thread). Only what changed is written.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { History } from './history.ts'
import { boundHistory } from './historyRecord.ts'
import type { Change, KeptUser, ProjectStorage } from './kept.ts'
import type { Stores } from './stores.ts'

export const SAVE_DELAY_MS = 1000

/** 'memory': storage is refused, or a write failed; what is open is lost when the page closes. */
export type SavedState = 'saved' | 'saving' | 'memory'

export interface Autosave {
  readonly state: StoreApi<{ readonly saved: SavedState }>
  /** Writes what is pending; resolves when it is committed or refused. */
  flush(): Promise<void>
  /** The same; rejects with what the storage said where it is refused. */
  flushed(): Promise<void>
  /** Something waits to be written. */
  pending(): boolean
  /** What was put into the stores from storage is not written again. */
  settle(): void
  stop(): void
}

export interface AutosaveParts {
  readonly stores: Stores
  readonly history: Pick<History, 'view' | 'record'>
  readonly storage: ProjectStorage
  /** False: the project belongs to another tab, which writes it. */
  readonly mayWrite?: () => boolean
  /** Hears why a write was refused, once per run of failures. */
  readonly onFailure?: (error: unknown) => void
  readonly onSaved?: () => void
}

type Part = 'project' | 'history' | 'library' | 'audition' | 'session'

export function startAutosave(parts: AutosaveParts): Autosave {
  const { stores, history, storage, mayWrite = () => true, onFailure = () => {}, onSaved = () => {} } = parts
  const resting: SavedState = storage.place === 'device' ? 'saved' : 'memory'
  const state = createStore<{ saved: SavedState }>(() => ({ saved: resting }))
  const changed = new Set<Part>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let failing = false
  let writing: Promise<void> = Promise.resolve()

  const change = (): Change => {
    const user: { -readonly [K in keyof KeptUser]?: KeptUser[K] } = {}
    if (changed.has('library')) user.library = stores.library.getState()
    if (changed.has('audition')) user.audition = stores.audition.getState()
    if (changed.has('session')) user.session = stores.session.getState()
    const project = stores.project.getState()
    if (!mayWrite() || !(changed.has('project') || changed.has('history'))) return { user }
    // The history is never older or newer than its project.
    return { project, history: boundHistory(history.record()), user: { ...user, openId: project.id } }
  }
  const write = async (): Promise<void> => {
    if (changed.size === 0) return
    const writes = [...changed]
    const next = change()
    changed.clear()
    try {
      await storage.write(next)
      failing = false
      if (next.project) onSaved()
      if (changed.size === 0) state.setState({ saved: resting })
    } catch (error) {
      // Not lost: the next edit, or the next flush, writes them again.
      for (const part of writes) changed.add(part)
      if (!failing) onFailure(error)
      failing = true
      state.setState({ saved: 'memory' })
      throw error
    }
  }
  const flushed = (): Promise<void> => {
    clearTimeout(timer)
    const done = writing.then(write)
    writing = done.catch(() => undefined)
    return done
  }
  const flush = (): Promise<void> => flushed().catch(() => undefined)
  const note = (part: Part) => (): void => {
    changed.add(part)
    if (!failing && resting === 'saved') state.setState({ saved: 'saving' })
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), SAVE_DELAY_MS)
  }
  const stops = [
    stores.project.subscribe(note('project')),
    history.view.subscribe(note('history')),
    stores.library.subscribe(note('library')),
    stores.audition.subscribe(note('audition')),
    stores.session.subscribe(note('session')),
  ]
  return {
    state,
    flush,
    flushed,
    pending: () => changed.size > 0,
    settle() {
      changed.delete('project')
      changed.delete('history')
      if (changed.size > 0) return
      clearTimeout(timer)
      if (!failing) state.setState({ saved: resting })
    },
    stop() {
      clearTimeout(timer)
      for (const stop of stops) stop()
    },
  }
}
