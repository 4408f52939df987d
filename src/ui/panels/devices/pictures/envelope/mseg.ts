// The points of a multi-segment envelope: where they lie, and how they are moved, added and removed (wasm/units/mseg.h) (any thread).
import { clamp, number, type Area, type Change, type Handle, type Place, type Read, type Scene } from '../face.ts'

export const MOST_POINTS = 16
const MARGIN = { side: 7, top: 8, bottom: 8 } as const
/** The whole picture is at least this long. */
const LEAST_SECONDS = 0.25
/** Bend of a curve of 1 (wasm/dsp/segments.h). */
const STEEPNESS = -6
/** Of the fall to silence when no point is left. */
export const RELEASE_CURVE = 0.8

export interface MsegPoint {
  readonly level: number
  readonly seconds: number
  readonly curve: number
}

export const countOf = (read: Read): number => clamp(Math.round(number(read, 'points')), 1, MOST_POINTS)

export const pointsOf = (read: Read): MsegPoint[] =>
  Array.from({ length: countOf(read) }, (_, i) => ({
    level: number(read, `level${i + 1}`),
    seconds: Math.max(0, number(read, `time${i + 1}`)),
    curve: number(read, `curve${i + 1}`),
  }))

/** Share of the way at `t` 0..1: above 0 a fast start, below 0 a slow one. */
export function segmentShape(curve: number, t: number): number {
  const k = STEEPNESS * curve
  return Math.abs(k) < 0.05 ? t * (1 - 0.5 * k) + 0.5 * k * t * t : Math.expm1(k * t) / Math.expm1(k)
}

/** The curve whose half way lies at this share; the inverse of `segmentShape` at one half. */
export const curveThrough = (share: number): number =>
  clamp((2 * Math.log(1 / clamp(share, 0.01, 0.99) - 1)) / STEEPNESS, -1, 1)

/** The fall to silence after the last point, where that is not silent. */
const releaseSeconds = (read: Read, points: readonly MsegPoint[]): number =>
  points.at(-1)!.level === 0 ? 0 : number(read, 'release')

/** Pixels per root of a second; below 0: levels go both ways from the middle. */
export function msegScale({ width }: Area, { read }: Scene): number {
  const points = pointsOf(read)
  const roots = points.reduce((sum, { seconds }) => sum + Math.sqrt(seconds), Math.sqrt(releaseSeconds(read, points)))
  const scale = (width - 2 * MARGIN.side) / Math.max(roots, Math.sqrt(LEAST_SECONDS))
  return points.some(({ level }) => level < 0) ? -scale : scale
}

export function yOfLevel(level: number, { height }: Area, scale: number): number {
  const tall = height - MARGIN.top - MARGIN.bottom
  return scale < 0 ? MARGIN.top + ((1 - level) / 2) * tall : MARGIN.top + (1 - level) * tall
}
function levelOfY(y: number, { height }: Area, scale: number): number {
  const share = (y - MARGIN.top) / (height - MARGIN.top - MARGIN.bottom)
  return clamp(scale < 0 ? 1 - 2 * share : 1 - share, -1, 1)
}

export interface DrawnSegment extends MsegPoint {
  /** From 1; 0: the fall to silence after the last point. */
  readonly number: number
  readonly left: number
  readonly right: number
  readonly from: number
}

export function drawnSegments({ read, scale }: Scene): DrawnSegment[] {
  const points = pointsOf(read)
  let [left, from]: [number, number] = [MARGIN.side, 0]
  const segments = points.map((point, i): DrawnSegment => {
    const right = left + Math.sqrt(point.seconds) * Math.abs(scale)
    const segment = { ...point, number: i + 1, left, right, from }
    ;[left, from] = [right, point.level]
    return segment
  })
  const seconds = releaseSeconds(read, points)
  if (seconds > 0) {
    const right = left + Math.sqrt(seconds) * Math.abs(scale)
    segments.push({ level: 0, seconds, curve: RELEASE_CURVE, number: 0, left, right, from })
  }
  return segments
}

/** `p3` a point, `c3` the middle of the way to it, `r` the end of the release. */
export function msegHandles(area: Area, scene: Scene): Handle[] {
  const segments = drawnSegments(scene)
  const bends = segments.flatMap((segment): Handle[] => {
    const { number: n, left, right, from, level, curve } = segment
    if (n === 0 || right - left < 26 || Math.abs(level - from) < 0.05) return []
    const y = yOfLevel(from + (level - from) * segmentShape(curve, 0.5), area, scene.scale)
    return [{ id: `c${n}`, x: (left + right) / 2, y, small: true }]
  })
  const points = segments.map(({ number: n, right, level }): Handle => {
    const y = yOfLevel(level, area, scene.scale)
    return n === 0 ? { id: 'r', x: right, y } : { id: `p${n}`, x: right, y, part: n }
  })
  return [...bends, ...points]
}

export function msegMoved(area: Area, scene: Scene, id: string, { x, y }: Place): Change {
  const segments = drawnSegments(scene)
  const n = Number(id.slice(1))
  const segment = segments.find((each) => each.number === n)
  if (!segment || scene.scale === 0) return []
  const level = levelOfY(y, area, scene.scale)
  if (id.startsWith('c')) {
    const rise = segment.level - segment.from
    return [[`curve${n}`, curveThrough((level - segment.from) / rise)]]
  }
  const seconds = (Math.max(0, x - segment.left) / Math.abs(scene.scale)) ** 2
  return id === 'r'
    ? [['release', seconds]]
    : [
        [`time${n}`, seconds],
        [`level${n}`, level],
      ]
}

const write = (points: readonly MsegPoint[], from: number): Change =>
  points.slice(from).flatMap(({ level, seconds, curve }, i): Change => {
    const n = from + i + 1
    return [
      [`level${n}`, level],
      [`time${n}`, seconds],
      [`curve${n}`, curve],
    ]
  })

/** Numbers of points behind a change go up or down by one. */
function renumbered(read: Read, from: number, by: 1 | -1, count: number): Change {
  const moved = (n: number) => clamp(n >= from ? n + by : n, 1, count)
  const sustain = String(read('sustain'))
  return [
    ...(sustain === 'none' ? [] : [['sustain', String(moved(Number(sustain)))] as const]),
    ['loopStart', moved(number(read, 'loopStart'))],
    ['loopEnd', moved(number(read, 'loopEnd'))],
  ]
}

/** A new point at a place; the one after it keeps its time. Nothing where there is no room. */
export function msegAdded(area: Area, scene: Scene, { x, y }: Place): Change {
  const points = pointsOf(scene.read)
  if (points.length >= MOST_POINTS || scene.scale === 0) return []
  const segments = drawnSegments(scene).filter(({ number: n }) => n > 0)
  const found = segments.findIndex(({ right }) => x < right)
  const at = found < 0 ? points.length : found
  const left = segments[at]?.left ?? segments.at(-1)!.right
  const seconds = (Math.max(0, x - left) / Math.abs(scene.scale)) ** 2
  const level = levelOfY(y, area, scene.scale)
  const after = points[at]
  const next = [
    ...points.slice(0, at),
    { level, seconds, curve: 0 },
    ...(after ? [{ ...after, seconds: Math.max(0, after.seconds - seconds) }, ...points.slice(at + 1)] : []),
  ]
  return [['points', next.length], ...renumbered(scene.read, at + 1, 1, next.length), ...write(next, at)]
}

/** Without a point; the one after it comes when it came. */
export function msegRemoved({ read }: Scene, n: number): Change {
  const points = pointsOf(read)
  const gone = points[n - 1]
  if (!gone || points.length < 2) return []
  const next = points
    .filter((_, i) => i !== n - 1)
    .map((point, i) => (i === n - 1 ? { ...point, seconds: point.seconds + gone.seconds } : point))
  return [['points', next.length], ...renumbered(read, n + 1, -1, next.length), ...write(next, n - 1)]
}
