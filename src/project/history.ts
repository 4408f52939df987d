// Undo and redo over everything that can be undone: named steps of patches, gestures merged into one (main thread).
import { apply, create, type Draft, type Patches } from 'mutative'
import { createStore, type StoreApi } from 'zustand/vanilla'
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
}

const samePath = (a: Patches[number], b: Patches[number]): boolean =>
  a.op === 'replace' && b.op === 'replace' && String(a.path) === String(b.path)

/** Drops what a later patch on the same place overrides, so that a long drag stays one patch. */
function joined(first: Patches, second: Patches, keep: 'first' | 'last'): Patches {
  if (first.length === 1 && second.length === 1 && samePath(first[0]!, second[0]!))
    return keep === 'first' ? first : second
  return [...first, ...second]
}

export function createHistory(stores: UndoableStores, now: () => number = () => performance.now()): History {
  let undoSteps: Step[] = []
  let redoSteps: Step[] = []
  let gestureOpen = false
  const view = createStore<HistoryView>(() => ({ undoLabel: null, redoLabel: null }))
  const show = (): void =>
    view.setState({ undoLabel: undoSteps.at(-1)?.label ?? null, redoLabel: redoSteps.at(-1)?.label ?? null }, true)

  const move = (from: Step[], to: Step[], patches: 'forward' | 'backward'): Moved | null => {
    const step = from.pop()
    if (!step) return null
    to.push(step)
    gestureOpen = false
    writeUndoable(stores, apply(readUndoable(stores), step[patches]))
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
          forward: joined(last.forward, forward, 'last'),
          backward: joined(backward, last.backward, 'last'),
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
    clear() {
      undoSteps = []
      redoSteps = []
      gestureOpen = false
      show()
    },
  }
}
