// The one registry of notes that sound now, whoever holds them: typed keys, clicked keys, MIDI, a pressed tile (main thread).
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { NoteExpression } from '../project/fields.ts'

export interface HeldView {
  /** MIDI note numbers that are held, by a finger or by Hold. */
  readonly held: ReadonlySet<number>
}

/** How the registry makes notes sound. */
export interface NoteVoice {
  noteOn(note: number, velocity: number, expression?: NoteExpression): number
  noteOff(noteId: number, velocity?: number): void
  express(noteId: number, expression: NoteExpression): void
}

export interface Strike {
  /** In place of the engine's note-on; it starts anew also a note that others hold, who then hold the new one. */
  readonly start?: () => number
  /** Sounds for itself, also where others hold the same key. */
  readonly apart?: boolean | undefined
  /** What the note begins with. */
  readonly expression?: NoteExpression | undefined
}

export interface HeldNotes {
  readonly store: StoreApi<HeldView>
  /**
   * A source (a key, a device, a tile) presses a note. Pressing again without a release is ignored, so auto-repeat makes no notes;
   * a second source on the same note only counts. Returns true when a note started.
   */
  on(note: number, velocity: number, source: string, how?: Strike): boolean
  /** The note ends when its last source lets go (and Hold is off). Unknown releases are ignored. */
  off(note: number, source: string, velocity?: number): boolean
  /** Tells the note that a source holds. False: it holds none; what was let go keeps what it had. */
  express(note: number, source: string, expression: NoteExpression): boolean
  /** Lets go of everything that the source, or any source whose name starts with it, holds. Hold does not keep these. */
  releaseSource(source: string): void
  /** Hold keeps released notes until the next chord; switching it off ends them. */
  setHold(on: boolean): void
  /** Ends every note. */
  releaseAll(): void
}

interface Sounding {
  readonly note: number
  noteId: number
  readonly sources: Set<string>
}

export function createHeldNotes(voice: NoteVoice): HeldNotes {
  /** By note number, those that sound apart by that and their source. */
  const notes = new Map<number | string, Sounding>()
  const store = createStore<HeldView>(() => ({ held: new Set() }))
  let hold = false
  const show = (): void => store.setState({ held: new Set([...notes.values()].map(({ note }) => note)) })

  const end = (key: number | string, velocity?: number): void => {
    const sounding = notes.get(key)
    if (!sounding) return
    notes.delete(key)
    voice.noteOff(sounding.noteId, velocity)
  }
  /** Notes that only Hold keeps: no finger is on them. */
  const latched = (): (number | string)[] =>
    [...notes].filter(([, { sources }]) => sources.size === 0).map(([key]) => key)
  const fingersDown = (): boolean => [...notes.values()].some(({ sources }) => sources.size > 0)

  const apartKey = (note: number, source: string): string => `${String(note)} ${source}`
  /** The key of the note that a source holds. */
  const heldBy = (note: number, source: string): number | string | null =>
    [apartKey(note, source), note].find((key) => notes.get(key)?.sources.has(source)) ?? null

  return {
    store,
    on(note, velocity, source, { start, apart = false, expression } = {}) {
      if (heldBy(note, source) !== null) return false
      // A new chord replaces the one that Hold kept.
      if (!fingersDown()) latched().forEach((kept) => end(kept))
      const key = apart ? apartKey(note, source) : note
      const sounding = notes.get(key)
      if (sounding && sounding.sources.size > 0) {
        sounding.sources.add(source)
        if (!start) return false
        voice.noteOff(sounding.noteId)
        sounding.noteId = start()
        return true
      }
      if (sounding) end(key)
      const noteId = start ? start() : voice.noteOn(note, velocity, expression)
      notes.set(key, { note, noteId, sources: new Set([source]) })
      show()
      return true
    },
    off(note, source, velocity) {
      const key = heldBy(note, source)
      const sounding = key === null ? undefined : notes.get(key)
      if (key === null || !sounding) return false
      sounding.sources.delete(source)
      if (sounding.sources.size > 0 || hold) return false
      end(key, velocity)
      show()
      return true
    },
    express(note, source, expression) {
      const key = heldBy(note, source)
      if (key === null) return false
      voice.express(notes.get(key)!.noteId, expression)
      return true
    },
    releaseSource(source) {
      for (const [note, { sources }] of [...notes]) {
        let touched = false
        for (const name of [...sources]) if (name.startsWith(source)) touched = sources.delete(name) || touched
        if (touched && sources.size === 0) end(note)
      }
      show()
    },
    setHold(on) {
      hold = on
      if (!on) latched().forEach((note) => end(note))
      show()
    },
    releaseAll() {
      for (const note of [...notes.keys()]) end(note)
      show()
    },
  }
}
