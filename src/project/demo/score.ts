// How the demo song is written down (Node): bars and beats, chords by name, and the tiny differences between notes that a hand makes.
import { TICKS_PER_BEAT } from '../../compile/song.ts'

export const BEATS_PER_BAR = 4

/** One struck note; `beat` and `length` in quarter notes. */
export interface Struck {
  readonly beat: number
  readonly length: number
  readonly note: number
  /** 0..1 */
  readonly velocity: number
}

/** Semitones above the root. */
const QUALITIES = {
  m9: [0, 3, 7, 10, 14],
  maj9: [0, 4, 7, 11, 14],
  '13': [0, 4, 10, 14, 21],
  '6': [0, 4, 7, 9, 14],
  '7sus': [0, 5, 7, 10, 14],
  '7b9': [0, 4, 7, 10, 13],
  m7: [0, 3, 7, 10, 15],
} as const
const PITCH = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 } as const

export interface Chord {
  /** 0..11 */
  readonly root: number
  /** Pitch classes, root first. */
  readonly classes: readonly number[]
}

/** `Dm9`, `Fmaj9`, `G13`. */
export function chord(name: string): Chord {
  const root = PITCH[name[0] as keyof typeof PITCH]
  const quality = QUALITIES[name.slice(1) as keyof typeof QUALITIES]
  if (root === undefined || quality === undefined) throw new Error(`no chord "${name}"`)
  return { root, classes: quality.map((semitones) => (root + semitones) % 12) }
}

/** One chord a bar. */
export const chords = (line: string): Chord[] => line.split(' ').map(chord)

/**
 * Each chord voiced within an octave from `lowest` on, so that common notes stay and the others move by steps; the bass is left to
 * the bass.
 */
export function voiced({ root, classes }: Chord, lowest: number, notes: number): number[] {
  const upper = classes.filter((pitch) => pitch !== root)
  const order = [...upper, root].slice(0, notes)
  return order.map((pitch) => lowest + ((((pitch - lowest) % 12) + 12) % 12)).sort((a, b) => a - b)
}

/** -1..1, the same for the same number: a hand that is the same each time the song is built. */
export function hand(seed: number): number {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return ((x ^ (x >>> 16)) | 0) / 2 ** 31
}

/** Slightly uneven velocities and starts; `late` is the most that a note may be late, in beats. */
export const played = (notes: readonly Struck[], seed: number, late = 0, uneven = 0.06): Struck[] =>
  notes.map(({ beat, length, note, velocity }, i) => ({
    beat: beat + late * Math.abs(hand(seed + 7919 * i)),
    length,
    note,
    velocity: Math.min(1, Math.max(0.05, velocity + uneven * hand(seed + 104_729 * i))),
  }))

/** Off-beat sixteenths come late: `amount` 0.5 is straight, 0.58 a gentle swing. */
export const swung = (notes: readonly Struck[], amount: number): Struck[] =>
  notes.map((note) => {
    const sixteenth = Math.round(note.beat * 4)
    return sixteenth % 2 === 1 ? { ...note, beat: note.beat + (amount - 0.5) / 2 } : note
  })

export const ticks = (beats: number): number => Math.round(beats * TICKS_PER_BEAT)
