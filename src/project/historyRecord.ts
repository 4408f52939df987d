// The undo history as it is stored with its project: the newest steps, bounded in count and bytes (main thread).
import type { Patches } from 'mutative'
import { z } from '../params/schema.ts'
import { storedPatches, weigh } from './patches.ts'

/** A named step: what it did, and what takes it back. */
export interface StoredStep {
  readonly label: string
  readonly focus?: string
  readonly forward: Patches
  readonly backward: Patches
}

/** Both end with the step that is next. */
export interface HistoryRecord {
  readonly undo: readonly StoredStep[]
  readonly redo: readonly StoredStep[]
}

export const NO_HISTORY: HistoryRecord = { undo: [], redo: [] }
export const MOST_STORED_STEPS = 200
export const MOST_STORED_BYTES = 2 * 2 ** 20

const weights = new WeakMap<StoredStep, number>()
const weightOf = (step: StoredStep): number => {
  const known = weights.get(step) ?? weigh([step.label, step.forward, step.backward])
  weights.set(step, known)
  return known
}

/** The last steps that fit; one that is too heavy ends the list, because older ones need it. */
function newest(steps: readonly StoredStep[], room: { steps: number; bytes: number }): StoredStep[] {
  let first = steps.length
  while (first > 0 && room.steps > 0) {
    const bytes = weightOf(steps[first - 1]!)
    if (bytes > room.bytes) break
    room.bytes -= bytes
    room.steps -= 1
    first -= 1
  }
  return steps.slice(first)
}

/** What of a history is stored: undo first, then redo with the room that is left. */
export function boundHistory({ undo, redo }: HistoryRecord): HistoryRecord {
  const room = { steps: MOST_STORED_STEPS, bytes: MOST_STORED_BYTES }
  return { undo: newest(undo, room), redo: newest(redo, room) }
}

const text = z.string().check(z.maxLength(400))
const steps = z
  .array(z.object({ label: text, focus: z.optional(text), forward: storedPatches, backward: storedPatches }))
  .check(z.maxLength(MOST_STORED_STEPS))
const record = z.object({ undo: steps, redo: steps })

/** A stored history, or none where it is not one. */
export function readHistory(stored: unknown): HistoryRecord {
  const result = z.safeParse(record, stored)
  return result.success ? (result.data as HistoryRecord) : NO_HISTORY
}

const ownOnly = ({ forward, backward }: StoredStep): boolean =>
  [...forward, ...backward].every(({ path }) => path[0] === 'project')

/** The steps that changed the project alone: the library and the sounds may have changed since, under other projects. */
export const projectHistory = ({ undo, redo }: HistoryRecord): HistoryRecord => ({
  undo: undo.filter(ownOnly),
  redo: redo.filter(ownOnly),
})
