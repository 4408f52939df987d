// Where a level stands on a fader: the design's scale of 6, 0, -6, -12, -24, -48, -60 dB (any thread).
const MARKS: readonly (readonly [db: number, position: number])[] = [
  [-60, 0],
  [-48, 0.1],
  [-24, 0.36],
  [-12, 0.58],
  [-6, 0.73],
  [0, 0.88],
  [6, 1],
]

const between = (x: number, [x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): number =>
  y0 + ((x - x0) / (x1 - x0)) * (y1 - y0)

function along(x: number, marks: readonly (readonly [number, number])[]): number {
  const next = marks.findIndex(([mark]) => x <= mark)
  if (next === 0) return marks[0]![1]
  if (next < 0) return marks.at(-1)![1]
  return between(x, marks[next - 1]!, marks[next]!)
}

/** Position 0..1 of a gain in dB. */
export const faderPosition = (db: number): number => along(db, MARKS)

/** Gain in dB at a position 0..1. */
export const faderDb = (position: number): number =>
  along(
    position,
    MARKS.map(([db, at]) => [at, db] as const),
  )
