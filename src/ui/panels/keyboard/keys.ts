// The two octaves of the on-screen keyboard: which note each key is and where it stands (any thread).
const BLACK = new Set([1, 3, 6, 8, 10])
const NAMES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B']
const SPOKEN = ['C', 'C sharp', 'D', 'D sharp', 'E', 'F', 'F sharp', 'G', 'G sharp', 'A', 'A sharp', 'B']

export interface PianoKey {
  readonly note: number
  readonly black: boolean
  /** Left edge and width as shares of the keyboard. */
  readonly left: number
  readonly width: number
}

export const noteName = (note: number): string => `${NAMES[note % 12]}${Math.floor(note / 12) - 1}`
export const spokenNote = (note: number): string => `${SPOKEN[note % 12]} ${Math.floor(note / 12) - 1}`

/** Keys from C of `octave` (C4 = 60) over `octaves` octaves and the C above; white keys share the width evenly. */
export function pianoKeys(octave: number, octaves: number): PianoKey[] {
  const first = (octave + 1) * 12
  const last = Math.min(127, first + octaves * 12)
  const whites = octaves * 7 + 1
  const keys: PianoKey[] = []
  let white = 0
  for (let note = first; note <= last; note++) {
    const black = BLACK.has(note % 12)
    const width = (black ? 0.62 : 1) / whites
    keys.push({ note, black, left: black ? white / whites - width / 2 : white / whites, width })
    if (!black) white++
  }
  return keys
}
