// Notes struck before audio runs (main thread): kept up to one second, then dropped and said.

import type { NoteExpression } from '../compile/song.ts'

export interface HeldNote {
  readonly noteId: number
  readonly note: number
  readonly velocity: number
  readonly expression?: NoteExpression
}

/** Where released notes go: `on` now, and `off` after the key's own length when it was let go meanwhile. */
export interface NoteSink {
  on(note: HeldNote): void
  off(noteId: number, velocity: number, delayMs: number): void
  dropped(count: number): void
}

export const HOLD_MS = 1000

export interface HeldNotes {
  strike(note: HeldNote, nowMs: number): void
  /** True when the note is held here, so that the engine need not hear of it. */
  release(noteId: number, velocity: number, nowMs: number): boolean
  /** True when the note is held here; it will begin with this. */
  express(noteId: number, expression: NoteExpression): boolean
  /** Audio runs: what is younger than a second is played. */
  flush(nowMs: number): void
  /** Call at times: drops what has waited too long. */
  expire(nowMs: number): void
  clear(): void
}

interface Waiting {
  note: HeldNote
  readonly struckMs: number
  releasedMs?: number
  releaseVelocity?: number
}

export function createHeldNotes(sink: NoteSink): HeldNotes {
  let waiting: Waiting[] = []
  const expire = (nowMs: number): void => {
    const kept = waiting.filter(({ struckMs }) => nowMs - struckMs <= HOLD_MS)
    const dropped = waiting.length - kept.length
    waiting = kept
    if (dropped > 0) sink.dropped(dropped)
  }
  return {
    strike: (note, nowMs) => void waiting.push({ note, struckMs: nowMs }),
    release(noteId, velocity, nowMs) {
      const held = waiting.find(({ note }) => note.noteId === noteId)
      if (!held) return false
      held.releasedMs ??= nowMs
      held.releaseVelocity ??= velocity
      return true
    },
    express(noteId, expression) {
      const held = waiting.find(({ note }) => note.noteId === noteId)
      if (!held) return false
      if (held.releasedMs === undefined)
        held.note = { ...held.note, expression: { ...held.note.expression, ...expression } }
      return true
    },
    flush(nowMs) {
      expire(nowMs)
      for (const { note, struckMs, releasedMs, releaseVelocity } of waiting.splice(0)) {
        sink.on(note)
        if (releasedMs !== undefined) sink.off(note.noteId, releaseVelocity ?? 0, releasedMs - struckMs)
      }
    },
    expire,
    clear: () => void (waiting = []),
  }
}
