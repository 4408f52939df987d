// How a user looks at the song: zoom, snap, follow, which lanes are open (main thread). Part of the session.

/** CSS pixels of a quarter note. */
export const ZOOM = { min: 0.1, max: 640 } as const

/** `grid`: the finest lines that are drawn; the notes are fractions of a whole one. */
export const SNAPS = ['off', 'grid', 'bar', '1/4', '1/8', '1/16', '1/32'] as const
export type Snap = (typeof SNAPS)[number]

/** Names the tempo among the open lanes; a track's id names its automation. */
export const TEMPO_LANE = 'tempo'

export interface ArrangementView {
  /** Null: the whole song in the width that there is. */
  readonly pixelsPerBeat: number | null
  readonly snap: Snap
  /** The view turns its pages with the playhead. */
  readonly follow: boolean
  readonly openLanes: readonly string[]
  /** Groups whose tracks are not shown. */
  readonly folded: readonly string[]
}

export const DEFAULT_ARRANGEMENT: ArrangementView = {
  pixelsPerBeat: null,
  snap: 'grid',
  follow: true,
  openLanes: [],
  folded: [],
}

const texts = (stored: unknown): string[] =>
  Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string') : []

export function readArrangement(stored: unknown): ArrangementView {
  if (typeof stored !== 'object' || stored === null) return DEFAULT_ARRANGEMENT
  const { pixelsPerBeat, snap, follow, openLanes, folded } = stored as Partial<Record<keyof ArrangementView, unknown>>
  const zoomed = typeof pixelsPerBeat === 'number' && pixelsPerBeat >= ZOOM.min && pixelsPerBeat <= ZOOM.max
  return {
    pixelsPerBeat: zoomed ? pixelsPerBeat : null,
    snap: SNAPS.find((known) => known === snap) ?? DEFAULT_ARRANGEMENT.snap,
    follow: typeof follow === 'boolean' ? follow : DEFAULT_ARRANGEMENT.follow,
    openLanes: texts(openLanes),
    folded: texts(folded),
  }
}
