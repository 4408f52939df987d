// The one registry of notes that sound now, whoever holds them: typed keys, clicked keys, MIDI, a pressed tile (main thread).
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface HeldView {
  /** MIDI note numbers that are held, by a finger or by Hold. */
  readonly held: ReadonlySet<number>
}

/** How the registry makes notes sound. */
export interface NoteVoice {
  noteOn(note: number, velocity: number): number
  noteOff(noteId: number, velocity?: number): void
}

export interface HeldNotes {
  readonly store: StoreApi<HeldView>
  /**
   * A source (a key, a device, a tile) presses a note. Pressing again without a release is ignored, so auto-repeat makes no notes;
   * a second source on the same note only counts. Returns true when a note started. `start` replaces the engine's note-on, and
   * starts anew also a note that others hold: they then hold the new one.
   */
  on(note: number, velocity: number, source: string, start?: () => number): boolean
  /** The note ends when its last source lets go (and Hold is off). Unknown releases are ignored. */
  off(note: number, source: string, velocity?: number): boolean
  /** Lets go of everything that the source, or any source whose name starts with it, holds. Hold does not keep these. */
  releaseSource(source: string): void
  /** Hold keeps released notes until the next chord; switching it off ends them. */
  setHold(on: boolean): void
  /** Ends every note. */
  releaseAll(): void
}

interface Sounding {
  noteId: number
  readonly sources: Set<string>
}

export function createHeldNotes(voice: NoteVoice): HeldNotes {
  const notes = new Map<number, Sounding>()
  const store = createStore<HeldView>(() => ({ held: new Set() }))
  let hold = false
  const show = (): void => store.setState({ held: new Set(notes.keys()) })

  const end = (note: number, velocity?: number): void => {
    const sounding = notes.get(note)
    if (!sounding) return
    notes.delete(note)
    voice.noteOff(sounding.noteId, velocity)
  }
  /** Notes that only Hold keeps: no finger is on them. */
  const latched = (): number[] => [...notes].filter(([, { sources }]) => sources.size === 0).map(([note]) => note)
  const fingersDown = (): boolean => [...notes.values()].some(({ sources }) => sources.size > 0)

  return {
    store,
    on(note, velocity, source, start) {
      if (notes.get(note)?.sources.has(source)) return false
      // A new chord replaces the one that Hold kept.
      if (!fingersDown()) latched().forEach((kept) => end(kept))
      const sounding = notes.get(note)
      if (sounding && sounding.sources.size > 0) {
        sounding.sources.add(source)
        if (!start) return false
        voice.noteOff(sounding.noteId)
        sounding.noteId = start()
        return true
      }
      if (sounding) end(note)
      notes.set(note, { noteId: start ? start() : voice.noteOn(note, velocity), sources: new Set([source]) })
      show()
      return true
    },
    off(note, source, velocity) {
      const sounding = notes.get(note)
      if (!sounding?.sources.delete(source)) return false
      if (sounding.sources.size > 0 || hold) return false
      end(note, velocity)
      show()
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
