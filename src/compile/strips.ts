// Which mixer strip plays which track (any thread; pure). A track keeps its strip for as long as it lives.
import { constants } from '../generated/wire.ts'
import type { Song } from './song.ts'

export interface Strips {
  /** Track id -> strip. */
  readonly tracks: ReadonlyMap<string, number>
  /** Return id -> strip. */
  readonly returns: ReadonlyMap<string, number>
}

export const NO_STRIPS: Strips = { tracks: new Map(), returns: new Map() }

/** What lives stays where it is; what is new takes the lowest free strips in the order of the song, those just left behind last. */
export function placeSong(before: Strips, { tracks, returns }: Pick<Song, 'tracks' | 'returns'>): Strips {
  return {
    tracks: place(before.tracks, tracks, constants.firstTrack, constants.tracks),
    returns: place(before.returns, returns, constants.firstReturn, constants.returns),
  }
}

export const returnIndex = (strip: number): number => strip - constants.firstReturn

function place(
  before: ReadonlyMap<string, number>,
  wanted: readonly { readonly id: string }[],
  first: number,
  count: number,
): ReadonlyMap<string, number> {
  const used = new Set(before.values())
  const placed = new Map<string, number>()
  const all = Array.from({ length: count }, (_, index) => first + index)
  for (const { id } of wanted) {
    const strip = before.get(id)
    if (strip !== undefined) placed.set(id, strip)
  }
  const kept = new Set(placed.values())
  const free = [
    ...all.filter((strip) => !used.has(strip)),
    ...all.filter((strip) => used.has(strip) && !kept.has(strip)),
  ]
  // The map's order is the song's, whatever came first.
  return new Map(
    wanted.flatMap(({ id }) => {
      const strip = placed.get(id) ?? free.shift()
      return strip === undefined ? [] : [[id, strip] as const]
    }),
  )
}
