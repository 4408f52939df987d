// Few points to draw the waveshaper's seventeen with: which of them a hand has set, and where the others lie between (any thread).

/** A point that lies this near to the curve of the others is not one that was set: -40 dB. */
const TOLERANCE = 0.01
/** Anchors either way whose curve changes with one of them: slopes look at both neighbours. */
const REACH = 2

/** Indices of points that were set, rising; the ends are always among them. */
export type Anchors = readonly number[]

/** Slope at an anchor that keeps the curve between its neighbours (Fritsch and Butland 1984, for unequal distances). */
function slopeAt(y: readonly number[], before: number, at: number, after: number): number {
  const [near, far] = [at - before, after - at]
  const [down, up] = [(y[at]! - y[before]!) / near, (y[after]! - y[at]!) / far]
  if (down * up <= 0) return 0
  const [w1, w2] = [2 * far + near, far + 2 * near]
  return (w1 + w2) / (w1 / down + w2 / up)
}

/** All points, those between anchors on the curve through them. */
export function filled(y: readonly number[], anchors: Anchors, straight: boolean): number[] {
  const all = [...y]
  const last = anchors.length - 1
  const slope = anchors.map((at, i) => {
    if (i > 0 && i < last) return slopeAt(y, anchors[i - 1]!, at, anchors[i + 1]!)
    const [a, b] = i === 0 ? [at, anchors[1]!] : [anchors[last - 1]!, at]
    const chord = (y[b]! - y[a]!) / (b - a)
    if (last < 2) return chord
    // As far from the chord as the inner end is, the other way.
    const inner =
      i === 0 ? slopeAt(y, at, anchors[1]!, anchors[2]!) : slopeAt(y, anchors[last - 2]!, anchors[last - 1]!, at)
    const outer = 1.5 * chord - 0.5 * inner
    return outer * chord <= 0 ? 0 : Math.abs(outer) > 3 * Math.abs(chord) ? 3 * chord : outer
  })
  for (let i = 0; i < last; i++) {
    const [from, to] = [anchors[i]!, anchors[i + 1]!]
    const rise = y[to]! - y[from]!
    const wide = to - from
    const [m0, m1] = straight ? [rise, rise] : [slope[i]! * wide, slope[i + 1]! * wide]
    for (let k = from + 1; k < to; k++) {
      const t = (k - from) / wide
      all[k] = ((m0 + m1 - 2 * rise) * t + 3 * rise - 2 * m0 - m1) * t * t + m0 * t + y[from]!
    }
  }
  return all
}

const misfit = (y: readonly number[], anchors: Anchors, straight: boolean): readonly [worst: number, at: number] => {
  const drawn = filled(y, anchors, straight)
  return y.reduce<readonly [number, number]>(
    (best, value, k) => {
      const away = Math.abs(value - drawn[k]!)
      return away > best[0] ? [away, k] : best
    },
    [0, 0],
  )
}

/** The fewest points found that say the same curve. */
export function anchorsOf(y: readonly number[], straight: boolean): Anchors {
  let anchors: number[] = [0, y.length - 1]
  for (;;) {
    const [worst, at] = misfit(y, anchors, straight)
    if (worst <= TOLERANCE) break
    anchors = [...anchors, at].sort((a, b) => a - b)
  }
  for (const at of [...anchors.slice(1, -1)]) {
    const fewer = anchors.filter((each) => each !== at)
    if (misfit(y, fewer, straight)[0] <= TOLERANCE) anchors = fewer
  }
  return anchors
}

/** The anchors that were, as long as they still say the curve; found anew where it came from elsewhere. */
export const anchorsAfter = (known: Anchors, y: readonly number[], straight: boolean): Anchors =>
  misfit(y, known, straight)[0] <= TOLERANCE ? known : anchorsOf(y, straight)

export interface Drawing {
  readonly y: readonly number[]
  readonly anchors: Anchors
}

/** What an anchor at `at` has changed; points farther away keep what they had to the last digit. */
function redrawn(y: readonly number[], anchors: Anchors, at: number, straight: boolean): number[] {
  const below = anchors.filter((each) => each < at)
  const above = anchors.filter((each) => each > at)
  const [from, to] = [below.at(-REACH) ?? below[0] ?? at, above[REACH - 1] ?? above.at(-1) ?? at]
  return filled(y, anchors, straight).map((value, k) => (k < from || k > to ? y[k]! : value))
}

const limited = (y: number): number => Math.min(1, Math.max(-1, y))

/** An anchor at `at` with this height: moved there, or new. */
export function set({ y, anchors }: Drawing, at: number, height: number, straight: boolean): Drawing {
  const now = anchors.includes(at) ? anchors : [...anchors, at].sort((a, b) => a - b)
  const next = [...y]
  next[at] = limited(height)
  return { y: redrawn(next, now, at, straight), anchors: now }
}

/** Without the anchor; the ends stay. */
export function removed({ y, anchors }: Drawing, at: number, straight: boolean): Drawing {
  if (at === 0 || at === y.length - 1) return { y, anchors }
  const now = anchors.filter((each) => each !== at)
  return { y: redrawn(y, now, at, straight), anchors: now }
}

/** The point that lies next to a place -1..1. */
export const nearestPoint = (x: number, count: number): number =>
  Math.min(count - 1, Math.max(0, Math.round(((x + 1) / 2) * (count - 1))))

/** Drawn by hand from one place to another: every point that was passed is set. */
export function drawnOver(
  drawing: Drawing,
  from: readonly [x: number, y: number],
  to: readonly [x: number, y: number],
  straight: boolean,
): Drawing {
  const count = drawing.y.length
  const [a, b] = [nearestPoint(from[0], count), nearestPoint(to[0], count)]
  let next = drawing
  for (let k = a; ; k += Math.sign(b - a)) {
    const share = a === b ? 1 : (k - a) / (b - a)
    next = set(next, k, from[1] + (to[1] - from[1]) * share, straight)
    if (k === b) return next
  }
}

export interface CurvePreset {
  readonly id: string
  readonly label: string
  readonly straight: boolean
  readonly curve: (x: number) => number
}

const PI = Math.PI
/** Rounded to what a value keeps. */
export const CURVE_PRESETS: readonly CurvePreset[] = [
  { id: 'straight', label: 'Unchanged', straight: true, curve: (x) => x },
  { id: 'sine', label: 'Sine', straight: false, curve: (x) => Math.sin((PI / 2) * x) },
  { id: 'soft', label: 'Soft clip', straight: false, curve: (x) => Math.tanh(3 * x) / Math.tanh(3) },
  { id: 'hard', label: 'Hard clip', straight: true, curve: (x) => Math.min(1, Math.max(-1, 2 * x)) },
  { id: 'cubic', label: 'Cubic', straight: false, curve: (x) => x ** 3 },
  {
    id: 'warm',
    label: 'Warm, one-sided',
    straight: false,
    curve: (x) => (x < 0 ? Math.tanh(1.2 * x) : Math.tanh(4 * x)),
  },
  { id: 'fold', label: 'Fold', straight: false, curve: (x) => Math.sin(1.5 * PI * x) },
  { id: 'folds', label: 'Four folds', straight: false, curve: (x) => Math.sin(2.5 * PI * x) },
  { id: 'octave', label: 'Octave up', straight: true, curve: (x) => 2 * Math.abs(x) - 1 },
  { id: 'half', label: 'Half wave', straight: true, curve: (x) => Math.max(0, x) },
  { id: 'steps', label: 'Steps', straight: true, curve: (x) => Math.round(x * 3) / 3 },
  {
    id: 'dead',
    label: 'Dead zone',
    straight: true,
    curve: (x) => Math.sign(x) * Math.max(0, (Math.abs(x) - 0.25) / 0.75),
  },
]

/** The points of a preset. */
export const pointsOfPreset = ({ curve }: CurvePreset, count: number): number[] =>
  Array.from({ length: count }, (_, k) => Number(curve((2 * k) / (count - 1) - 1).toFixed(5)))
