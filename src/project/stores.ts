// The stores of everything that can be undone, and of the session (main thread). Written only by commands.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PlainValue, Preset } from '../presets/model.ts'
import { newProject, type Project } from './document.ts'
import { DEFAULT_SESSION, type Session } from './session.ts'

/** What the user decided about the library. The sounds themselves are never removed, so these few marks are all that undo needs. */
export interface LibraryMarks {
  /** Preset id -> favourite. */
  readonly favourites: Readonly<Record<string, true>>
  /** Ids of presets and of imports that are in the bin. */
  readonly binned: Readonly<Record<string, true>>
  /** Preset id -> value key -> the value that replaces what the importer chose. */
  readonly fixes: Readonly<Record<string, Readonly<Record<string, PlainValue>>>>
}

/** The edited copies: preset id -> the sound with all edits. A sound that was not edited has no entry. */
export interface AuditionEdits {
  readonly copies: Readonly<Record<string, Preset>>
}

/** The part of the state that history records; one store per member. */
export interface Undoable {
  readonly project: Project
  readonly library: LibraryMarks
  readonly audition: AuditionEdits
}

export type UndoableStores = { readonly [K in keyof Undoable]: StoreApi<Undoable[K]> }

export interface Stores extends UndoableStores {
  readonly session: StoreApi<Session>
}

export const NO_MARKS: LibraryMarks = { favourites: {}, binned: {}, fixes: {} }

export function createStores(initial: Partial<Undoable & { session: Session }> = {}): Stores {
  return {
    project: createStore<Project>(() => initial.project ?? newProject()),
    library: createStore<LibraryMarks>(() => initial.library ?? NO_MARKS),
    audition: createStore<AuditionEdits>(() => initial.audition ?? { copies: {} }),
    session: createStore<Session>(() => initial.session ?? DEFAULT_SESSION),
  }
}

export const readUndoable = (stores: UndoableStores): Undoable => ({
  project: stores.project.getState(),
  library: stores.library.getState(),
  audition: stores.audition.getState(),
})

/** Replaces what differs; stores whose part is the same object are not touched, so nobody is woken for nothing. */
export function writeUndoable(stores: UndoableStores, next: Undoable): void {
  if (next.project !== stores.project.getState()) stores.project.setState(next.project, true)
  if (next.library !== stores.library.getState()) stores.library.setState(next.library, true)
  if (next.audition !== stores.audition.getState()) stores.audition.setState(next.audition, true)
}
