// The parts of the demo song, section by section (Node): what each instrument plays over a line of chords, one chord a bar.
import { BEATS_PER_BAR, played, swung, voiced, type Chord, type Struck } from './score.ts'

type Part = (line: readonly Chord[]) => Struck[]

const bars = (line: readonly Chord[], play: (chord: Chord, bar: number) => readonly Struck[]): Struck[] =>
  line.flatMap((chord, bar) => play(chord, bar).map((note) => ({ ...note, beat: note.beat + bar * BEATS_PER_BAR })))

/** Beats of a bar as sixteenths: `x` struck, `X` accented, `.` a rest. */
const pattern = (text: string, note: number, length: number, soft: number, loud: number): Struck[] =>
  [...text.replaceAll(' ', '')].flatMap((mark, step) =>
    mark === '.' ? [] : [{ beat: step / 4, length, note, velocity: mark === 'X' ? loud : soft }],
  )

const root = (chord: Chord, lowest: number): number => lowest + ((((chord.root - lowest) % 12) + 12) % 12)

/** Long chords that overlap a little, one a bar. */
export const pad: Part = (line) =>
  played(
    bars(line, (chord) =>
      voiced(chord, 53, 4).map((note) => ({ beat: 0, length: BEATS_PER_BAR - 0.125, note, velocity: 0.62 })),
    ),
    11,
  )

/** Two chords a bar, the second pushed ahead of the third beat. */
export const keysComping: Part = (line) =>
  played(
    bars(line, (chord, bar) => {
      const notes = voiced(chord, 57, 4)
      const strike = (beat: number, length: number, velocity: number): Struck[] =>
        notes.map((note, i) => ({ beat: beat + i * 0.008, length, note, velocity: velocity - 0.02 * i }))
      return [...strike(0, 1.2, 0.7), ...strike(1.75, 0.9, 0.56), ...(bar % 2 === 1 ? strike(3.5, 0.45, 0.48) : [])]
    }),
    23,
    0.012,
  )

/** Broken chords, slowly upwards. */
export const keysBroken: Part = (line) =>
  played(
    bars(line, (chord) => {
      const notes = voiced(chord, 60, 4)
      return [0, 1, 2, 3, 2, 3].map((index, i) => ({
        beat: [0, 0.5, 1, 1.5, 2.5, 3][i]!,
        length: 1.4,
        note: notes[index]!,
        velocity: [0.62, 0.5, 0.52, 0.6, 0.46, 0.5][i]!,
      }))
    }),
    31,
    0.02,
  )

const BASS_LINE = [
  [0, 0.9, 0, 0.86],
  [1.5, 0.4, 0, 0.66],
  [2, 0.4, 12, 0.6],
  [2.75, 0.65, 0, 0.78],
  [3.5, 0.42, 7, 0.62],
] as const

export const bassWalking: Part = (line) =>
  played(
    bars(line, (chord) => {
      const low = root(chord, 31)
      return BASS_LINE.map(([beat, length, above, velocity]) => ({ beat, length, note: low + above, velocity }))
    }),
    41,
  )

/** Roots, held. */
export const bassHeld: Part = (line) =>
  bars(line, (chord) => [
    { beat: 0, length: 2.9, note: root(chord, 31), velocity: 0.72 },
    { beat: 3, length: 0.9, note: root(chord, 31) + 7, velocity: 0.5 },
  ])

const KICK = 55
const SNARE = 60
const HAT = 60

export const kickPlain: Part = (line) =>
  played(
    bars(line, (_, bar) => pattern(bar % 2 === 0 ? 'X.......X.x.....' : 'X......xX.......', KICK, 0.4, 0.68, 0.9)),
    53,
    0,
    0.03,
  )
export const kickDriving: Part = (line) =>
  played(
    bars(line, (_, bar) => pattern(bar % 4 === 3 ? 'X...X...X...X.x.' : 'X...X...X...X...', KICK, 0.4, 0.7, 0.92)),
    59,
    0,
    0.03,
  )

/** Back beats with ghost notes; a fill closes each fourth bar. */
export const snare: Part = (line) =>
  swung(
    played(
      bars(line, (_, bar) =>
        bar % 4 === 3
          ? pattern('....X..x....X.xx', SNARE, 0.3, 0.34, 0.86)
          : pattern('....X.......X..x', SNARE, 0.3, 0.26, 0.84),
      ),
      61,
      0.006,
    ),
    0.56,
  )

export const hatEighths: Part = (line) =>
  swung(
    played(
      bars(line, (_, bar) => [
        ...pattern('x.x.x.x.x.x.x.x.', HAT, 0.08, 0.52, 0.6),
        ...(bar % 2 === 1 ? [{ beat: 3.5, length: 0.42, note: HAT, velocity: 0.66 }] : []),
      ]),
      67,
      0.004,
      0.1,
    ),
    0.56,
  )
export const hatSixteenths: Part = (line) =>
  swung(
    played(
      bars(line, (_, bar) => [
        ...pattern('x.Xxx.Xxx.Xxx.Xx', HAT, 0.07, 0.4, 0.66),
        ...(bar % 2 === 0 ? [{ beat: 3.5, length: 0.4, note: HAT, velocity: 0.62 }] : []),
      ]),
      71,
      0.004,
      0.1,
    ),
    0.56,
  )

/** Sixteenths through the chord, up and down over two octaves. */
export const arp: Part = (line) =>
  played(
    bars(line, (chord, bar) => {
      const low = voiced(chord, 62, 4)
      const notes = [...low, ...low.map((note) => note + 12)]
      const order = bar % 2 === 0 ? [0, 2, 4, 6, 5, 3, 1, 3] : [1, 3, 5, 7, 6, 4, 2, 4]
      return order.flatMap((index, i) => [
        { beat: i * 0.5, length: 0.3, note: notes[index]!, velocity: i % 4 === 0 ? 0.74 : 0.56 },
        ...(i % 2 === 1 ? [{ beat: i * 0.5 + 0.25, length: 0.2, note: notes[index]!, velocity: 0.36 }] : []),
      ])
    }),
    73,
    0.004,
  )

type Line = readonly (readonly [beat: number, length: number, note: number])[]

/** Question and answer, four bars each; beats from the section's start. */
const LEAD: Line = [
  [0, 1.4, 69], [1.5, 0.4, 67], [2, 1.9, 64],
  [4, 0.9, 62], [5, 0.4, 64], [5.5, 0.4, 67], [6, 1.9, 69],
  [8, 1.4, 72], [9.5, 0.4, 71], [10, 0.9, 67], [11, 0.9, 64],
  [12, 2.9, 67], [15, 0.45, 64], [15.5, 0.45, 67],
  [16, 1.4, 69], [17.5, 0.4, 72], [18, 1.9, 76],
  [20, 0.9, 74], [21, 0.4, 72], [21.5, 0.4, 71], [22, 1.9, 67],
  [24, 1.4, 72], [25.5, 0.4, 71], [26, 0.9, 67], [27, 0.9, 64],
  [28, 2.4, 62], [30.5, 0.4, 64], [31, 0.9, 65],
] // prettier-ignore

/** What is left of it when the tide goes out: fewer notes, with room between. */
const ANSWER: Line = [
  [2, 1.9, 69], [4, 1.4, 71], [5.5, 2.2, 67],
  [10, 1.9, 71], [12, 1.4, 72], [13.5, 2.2, 76],
  [18, 1.9, 69], [20, 1.4, 71], [21.5, 2.2, 74],
  [26, 1.4, 72], [27.5, 0.45, 71], [28, 1.9, 69], [30, 1.8, 64],
] // prettier-ignore

const sung = (line: Line, seed: number): Struck[] =>
  played(
    line.map(([beat, length, note]) => ({ beat, length, note, velocity: length > 1 ? 0.78 : 0.66 })),
    seed,
    0.01,
    0.04,
  )
export const leadTheme: Part = () => sung(LEAD, 83)
export const leadAnswer: Part = () => sung(ANSWER, 89)
