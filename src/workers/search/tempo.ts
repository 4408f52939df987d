// Whether what repeats in a sound falls on the beats of the song (search worker).

/** Length in beats and how it is written. */
const NOTE_VALUES: readonly (readonly [beats: number, text: string])[] = [
  [4, '1/1'],
  [3, '1/2.'],
  [2, '1/2'],
  [4 / 3, '1/2T'],
  [1.5, '1/4.'],
  [1, '1/4'],
  [2 / 3, '1/4T'],
  [0.75, '1/8.'],
  [0.5, '1/8'],
  [1 / 3, '1/8T'],
  [0.375, '1/16.'],
  [0.25, '1/16'],
]
/** Further away, four repeats are audibly off the beat. */
const TOLERANCE = 0.02

/** "1/8" when one of the periods is that long at this tempo; null when none is a note value. */
export function noteValue(periodsSeconds: readonly number[], bpm: number): string | null {
  for (const seconds of periodsSeconds) {
    const beats = (seconds * bpm) / 60
    const found = NOTE_VALUES.find(([length]) => Math.abs(beats / length - 1) <= TOLERANCE)
    if (found) return found[1]
  }
  return null
}
