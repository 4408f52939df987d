// What is under a place of the song area (any thread).
import type { Clip, Track } from './model.ts'
import { rowAt, type Row, type Rows } from './rows.ts'

/** The clip at a tick; of several the one that lies on top: the last. */
export const clipAt = ({ clips }: Track, tick: number): Clip | null =>
  clips.findLast(({ startTick, lengthTicks }) => tick >= startTick && tick < startTick + lengthTicks) ?? null

export interface Hit {
  readonly row: Row
  readonly track: Track
  readonly clip: Clip | null
}

/** `y` from the top of the first row. Null: below the last track. */
export function hitTest(rows: Rows, tracks: readonly Track[], y: number, tick: number): Hit | null {
  const row = rowAt(rows, y)
  const track = row && tracks[row.trackIndex]
  if (!row || !track) return null
  return { row, track, clip: row.kind === 'track' ? clipAt(track, tick) : null }
}

/** Where a dragged sound lands: on a track, or as a new one at an index. */
export type SoundTarget =
  | { readonly kind: 'replace'; readonly track: Track; readonly top: number; readonly height: number }
  | { readonly kind: 'insert'; readonly index: number; readonly top: number }

/** Pixels on either side of a border between tracks that mean "between". */
const BETWEEN_PIXELS = 7

/** `asNew`: a new track wherever it is. */
export function soundTarget(rows: Rows, tracks: readonly Track[], y: number, asNew: boolean): SoundTarget {
  const row = rowAt(rows, y)
  if (!row)
    return y < 0 ? { kind: 'insert', index: 0, top: 0 } : { kind: 'insert', index: tracks.length, top: rows.height }
  // A group takes no sound.
  const between = asNew || tracks[row.trackIndex]!.kind === 'group'
  const mine = rows.rows.filter(({ trackIndex }) => trackIndex === row.trackIndex)
  const top = mine[0]!.top
  const bottom = mine.at(-1)!.top + mine.at(-1)!.height
  const above = y - top < (between ? (bottom - top) / 2 : BETWEEN_PIXELS)
  const below = bottom - y <= (between ? (bottom - top) / 2 : BETWEEN_PIXELS)
  if (above) return { kind: 'insert', index: row.trackIndex, top }
  if (below) return { kind: 'insert', index: row.trackIndex + 1, top: bottom }
  return { kind: 'replace', track: tracks[row.trackIndex]!, top, height: bottom - top }
}
