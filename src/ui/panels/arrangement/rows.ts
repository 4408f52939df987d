// Where tracks and their automation lanes stand from top to bottom (any thread). Heights in CSS pixels.
import { unfolded, type Track } from './model.ts'

export const TRACK_HEIGHT = { usual: 56, tall: 64 } as const
/** A window of this height has room for tall tracks. */
const TALL_WINDOW = 1000
export const trackHeight = (windowHeight: number): number =>
  windowHeight >= TALL_WINDOW ? TRACK_HEIGHT.tall : TRACK_HEIGHT.usual
export const LANE_HEIGHT = 44

interface RowPlace {
  readonly trackIndex: number
  readonly top: number
  readonly height: number
}
export type Row =
  | (RowPlace & { readonly kind: 'track' })
  /** `laneIndex` counts in the track's automation. */
  | (RowPlace & { readonly kind: 'lane'; readonly laneIndex: number })

export interface Rows {
  readonly rows: readonly Row[]
  readonly height: number
}

export function layoutRows(
  tracks: readonly Track[],
  openLanes: readonly string[],
  trackHeight: number = TRACK_HEIGHT.usual,
  folded: readonly string[] = [],
): Rows {
  const rows: Row[] = []
  let top = 0
  const shown = unfolded(tracks, folded)
  tracks.forEach(({ id, automation }, trackIndex) => {
    if (!shown.has(id)) return
    rows.push({ kind: 'track', trackIndex, top, height: trackHeight })
    top += trackHeight
    if (!openLanes.includes(id)) return
    automation.forEach((_, laneIndex) => {
      rows.push({ kind: 'lane', trackIndex, laneIndex, top, height: LANE_HEIGHT })
      top += LANE_HEIGHT
    })
  })
  return { rows, height: top }
}

/** Null: below the last row, or above the first. */
export const rowAt = ({ rows }: Rows, y: number): Row | null =>
  rows.find(({ top, height }) => y >= top && y < top + height) ?? null
