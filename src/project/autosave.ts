// Saves the open document and the session one second after each edit, and at once when the page goes away (main thread).
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ProjectStorage } from './storage.ts'
import { readUndoable, type Stores } from './stores.ts'

export const SAVE_DELAY_MS = 1000

/** 'memory': storage is refused, or a write failed; what is open is lost when the page closes. */
export type SavedState = 'saved' | 'saving' | 'memory'

export interface Autosave {
  readonly state: StoreApi<{ readonly saved: SavedState }>
  /** Writes what is pending; resolves when it is committed or refused. */
  flush(): Promise<void>
  stop(): void
}

/** `storage` null: nothing can be kept. `onFailure` hears why a write was refused, once per run of failures. */
export function startAutosave(
  stores: Stores,
  storage: ProjectStorage | null,
  onFailure: (error: unknown) => void = () => {},
): Autosave {
  const state = createStore<{ saved: SavedState }>(() => ({ saved: storage ? 'saved' : 'memory' }))
  let timer: ReturnType<typeof setTimeout> | undefined
  let pending = false
  let failing = false
  let writing: Promise<void> = Promise.resolve()

  const write = async (): Promise<void> => {
    if (!storage || !pending) return
    pending = false
    try {
      await storage.write({ ...readUndoable(stores), session: stores.session.getState() })
      failing = false
      if (!pending) state.setState({ saved: 'saved' })
    } catch (error) {
      if (!failing) onFailure(error)
      failing = true
      state.setState({ saved: 'memory' })
    }
  }
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    writing = writing.then(write)
    return writing
  }
  const changed = (): void => {
    if (!storage) return
    pending = true
    if (!failing) state.setState({ saved: 'saving' })
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), SAVE_DELAY_MS)
  }
  const stops = [stores.project, stores.library, stores.audition, stores.session].map((store) =>
    store.subscribe(changed),
  )
  return {
    state,
    flush,
    stop() {
      clearTimeout(timer)
      for (const stop of stops) stop()
    },
  }
}
