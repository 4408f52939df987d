// Undo and redo over everything that can be undone: named steps of patches, gestures merged into one (main thread).
import { apply, create, type Draft, type Patches } from 'mutative'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { sameData } from '../compile/sameData.ts'
import { SoundloomError } from '../params/error.ts'
import type { HistoryRecord, StoredStep } from './historyRecord.ts'
import { readAudition, readMarks } from './kept.ts'
import { parseProject } from './parse.ts'
import { joined } from './patches.ts'
import { readUndoable, writeUndoable, type Undoable, type UndoableStores } from './stores.ts'

/** After this much silence a gesture is over, also without `endGesture`. */
export const GESTURE_SILENCE_MS = 1000
const MAX_STEPS = 500

export interface Edit {
  /** What the menu says after "Undo": the parameter or the deed. */
  readonly label: string
  /** Edits with equal tokens become one step. */
  readonly gesture?: string
  /** The sound that this edit shows on; undo and redo bring it back to the strip. */
  readonly focus?: string
}

interface Step extends Edit {
  readonly forward: Patches
  readonly backward: Patches
  readonly lastMs: number
  /** From storage: what it makes is checked. */
  readonly restored?: true
}

/** What undo and redo would do; null: nothing to do. */
export interface HistoryView {
  readonly undoLabel: string | null
  readonly redoLabel: string | null
}

/** The step that was undone or redone. */
export interface Moved {
  readonly label: string
  readonly focus?: string
}

export interface History {
  readonly view: StoreApi<HistoryView>
  /** Changes the state in one go and records it; a recipe that throws changes nothing. True when something changed. */
  edit(edit: Edit, recipe: (draft: Draft<Undoable>) => void): boolean
  /** Records what has happened already, outside this state; `takeBack` is what undo does to the state, redo reverses it. */
  add(edit: Edit, takeBack: (draft: Draft<Undoable>) => void): void
  /** Null when there is nothing to undo. */
  undo(): Moved | null
  redo(): Moved | null
  endGesture(): void
  /** Number of steps that undo can take. */
  depth(): number
  clear(): void
  /** What is stored with the project. */
  record(): HistoryRecord
  /** Takes the place of the present steps. */
  restore(record: HistoryRecord): void
}

export interface HistoryOptions {
  readonly now?: () => number
  /** Throws where the project must not be changed. */
  readonly guard?: () => void
}

const storedSteps = new WeakMap<Step, StoredStep>()
/** The same object for the same step, so that it is weighed once. */
function stored(step: Step): StoredStep {
  const { label, focus, forward, backward } = step
  const known = storedSteps.get(step) ?? { label, ...(focus !== undefined && { focus }), forward, backward }
  storedSteps.set(step, known)
  return known
}
const restored = (step: StoredStep): Step => ({ ...step, lastMs: -Infinity, restored: true })

/** Whether a state is one that commands could have made: reading it leaves nothing out. */
const isSound = ({ project, library, audition }: Undoable): boolean =>
  sameData(parseProject(project), project) &&
  sameData(readMarks(library), library) &&
  sameData(readAudition(audition), audition)

export function createHistory(stores: UndoableStores, options: HistoryOptions = {}): History {
  const { now = () => performance.now(), guard = () => {} } = options
  let undoSteps: Step[] = []
  let redoSteps: Step[] = []
  let gestureOpen = false
  const view = createStore<HistoryView>(() => ({ undoLabel: null, redoLabel: null }))
  const show = (): void =>
    view.setState({ undoLabel: undoSteps.at(-1)?.label ?? null, redoLabel: redoSteps.at(-1)?.label ?? null }, true)

  const write = (next: Undoable): void => {
    if (next.project !== stores.project.getState()) guard()
    writeUndoable(stores, next)
  }
  const clear = (): void => {
    undoSteps = []
    redoSteps = []
    gestureOpen = false
    show()
  }
  /** A stored step may be anything: where it does not fit, all steps go, for each builds on the next. */
  const applied = ({ restored, ...step }: Step, patches: 'forward' | 'backward'): Undoable => {
    try {
      const next = apply(readUndoable(stores), step[patches])
      if (restored && !isSound(next)) throw new Error('not a state')
      return next
    } catch {
      clear()
      throw new SoundloomError('conflict', 'The stored history does not fit the project; it was dropped.', {
        hint: 'The project itself is unharmed. Steps from now on can be undone.',
      })
    }
  }

  const move = (from: Step[], to: Step[], patches: 'forward' | 'backward'): Moved | null => {
    const step = from.at(-1)
    if (!step) return null
    write(applied(step, patches))
    from.pop()
    to.push(step)
    gestureOpen = false
    show()
    return step.focus === undefined ? { label: step.label } : { label: step.label, focus: step.focus }
  }

  const push = (step: Step): void => {
    undoSteps.push(step)
    if (undoSteps.length > MAX_STEPS) undoSteps.shift()
    redoSteps = []
    gestureOpen = step.gesture !== undefined
  }

  return {
    view,
    add(edit, takeBack) {
      const [, backward, forward] = create(readUndoable(stores), takeBack, { enablePatches: true })
      push({ ...edit, forward, backward, lastMs: now() })
      show()
    },
    edit(edit, recipe) {
      const [next, forward, backward] = create(readUndoable(stores), recipe, { enablePatches: true })
      if (forward.length === 0) return false
      if (next.project !== stores.project.getState()) guard()
      const timeMs = now()
      const last = undoSteps.at(-1)
      const merges =
        gestureOpen &&
        last !== undefined &&
        edit.gesture !== undefined &&
        last.gesture === edit.gesture &&
        timeMs - last.lastMs <= GESTURE_SILENCE_MS
      if (merges) {
        redoSteps = []
        undoSteps[undoSteps.length - 1] = {
          ...last,
          forward: joined(last.forward, forward),
          backward: joined(backward, last.backward),
          lastMs: timeMs,
        }
      } else {
        push({ ...edit, forward, backward, lastMs: timeMs })
      }
      writeUndoable(stores, next)
      show()
      return true
    },
    undo: () => move(undoSteps, redoSteps, 'backward'),
    redo: () => move(redoSteps, undoSteps, 'forward'),
    endGesture() {
      gestureOpen = false
    },
    depth: () => undoSteps.length,
    clear,
    record: () => ({ undo: undoSteps.map(stored), redo: redoSteps.map(stored) }),
    restore({ undo, redo }) {
      undoSteps = undo.map(restored)
      redoSteps = redo.map(restored)
      gestureOpen = false
      show()
    },
  }
}
