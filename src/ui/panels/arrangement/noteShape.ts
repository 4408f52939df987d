// How the notes of a clip fill its picture (any thread). Heights in CSS pixels from the top of the notes' area.
import type { Note } from './model.ts'

/** Fewer semitones than this would make a single note as tall as the clip. */
const LEAST_SEMITONES = 12
const THINNEST = 1.5
const THICKEST = 4

export interface NoteShape {
  readonly thickness: number
  /** Top edge of a note. */
  readonly top: (note: number) => number
}

export function noteShape(notes: readonly Pick<Note, 'note'>[], height: number): NoteShape {
  let low = 127
  let high = 0
  for (const { note } of notes) {
    low = Math.min(low, note)
    high = Math.max(high, note)
  }
  const middle = (low + high) / 2
  const span = Math.max(LEAST_SEMITONES, high - low)
  const thickness = Math.min(THICKEST, Math.max(THINNEST, height / (span + 1)))
  const reach = height - thickness
  return { thickness, top: (note) => reach * (0.5 - (note - middle) / span) }
}
