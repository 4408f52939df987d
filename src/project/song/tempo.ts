// Edits of the tempo map: points sorted by tick, the first at 0 (main thread).
import type { Draft } from 'mutative'
import type { TempoPoint } from '../../compile/song.ts'

/** Index of the point whose segment holds the tick. */
export const segmentAt = (points: readonly { readonly tick: number }[], tick: number): number =>
  Math.max(
    0,
    points.findLastIndex((point) => point.tick <= tick),
  )

/** Sets the tempo with which the segment under the tick begins; returns that segment's point. */
export function setTempoAt(map: Draft<TempoPoint[]>, tick: number, bpm: number): TempoPoint {
  const point = map[segmentAt(map, tick)]!
  point.bpm = bpm
  return { ...point }
}

/** Adds a point, or changes the one at that tick. */
export function putTempoPoint(map: Draft<TempoPoint[]>, point: TempoPoint): void {
  const index = segmentAt(map, point.tick)
  if (map[index]!.tick === point.tick) map[index] = { ...point }
  else map.splice(index + 1, 0, { ...point })
}

/** False where there is no such point, or it is the first, which always stays. */
export function removeTempoPoint(map: Draft<TempoPoint[]>, tick: number): boolean {
  const index = map.findIndex((point) => point.tick === tick)
  if (index < 1) return false
  map.splice(index, 1)
  return true
}
