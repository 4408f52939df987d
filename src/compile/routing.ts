// Where signals go between the strips of a song, and the circles that must not be (any thread; pure).
import { type Return, type Song, type Track, type TrackDevice } from './song.ts'
import { returnIndex, type Strips } from './strips.ts'
import { layOut, trackSound } from './trackSound.ts'

/** The side input of an effect. `device`: effect from 1. */
export interface SideRoute {
  readonly strip: number
  readonly device: number
  readonly source: number
  readonly pre: boolean
}

/** What of a song's routing is not the default (every strip to the master), by strips; which sends are on is told by themselves. */
export interface SongRouting {
  /** Tracks that hear what others play into them. */
  readonly groups: readonly number[]
  readonly outputs: readonly (readonly [strip: number, group: number])[]
  /** Sends that arrive one micro-block later. */
  readonly feedback: readonly (readonly [strip: number, index: number])[]
  readonly sides: readonly SideRoute[]
}

export const DEFAULT_ROUTING: SongRouting = { groups: [], outputs: [], feedback: [], sides: [] }

type Wired = Pick<Song, 'tracks' | 'returns'>
type Strip = Track | Return

const sendsOf = (strip: Strip): NonNullable<Return['sends']> => strip.sends ?? []
const outputOf = (strip: Strip): string | undefined => ('kind' in strip ? strip.output : undefined)

export function songRouting({ tracks, returns }: Wired, strips: Strips): SongRouting {
  const stripOf = (id: string): number | undefined => strips.tracks.get(id) ?? strips.returns.get(id)
  const groups: number[] = []
  const outputs: [number, number][] = []
  const feedback: [number, number][] = []
  const sides: SideRoute[] = []
  for (const one of [...tracks, ...returns]) {
    const strip = stripOf(one.id)
    if (strip === undefined) continue
    if ('kind' in one && one.kind === 'group') groups.push(strip)
    const output = strips.tracks.get(outputOf(one) ?? '')
    if (output !== undefined) outputs.push([strip, output])
    for (const send of sendsOf(one)) {
      const to = strips.returns.get(send.returnId)
      if (send.feedback && to !== undefined) feedback.push([strip, returnIndex(to)])
    }
    for (const [index, { sidechain }] of trackSound(one).effects.entries()) {
      const source = sidechain && stripOf(sidechain.source)
      if (source !== undefined) sides.push({ strip, device: index + 1, source, pre: sidechain!.pre })
    }
  }
  return { groups, outputs, feedback, sides }
}

/** Ids of the strips that hear `one` at once: its output, its sends and the effects that listen to it. */
function* heardBy(one: Strip, { tracks, returns }: Wired): Generator<string> {
  const output = outputOf(one)
  if (output !== undefined) yield output
  for (const { returnId, feedback } of sendsOf(one)) if (!feedback) yield returnId
  const listens = ({ sidechain }: TrackDevice): boolean => sidechain?.source === one.id
  for (const other of [...tracks, ...returns]) if (layOut(other.devices).some(listens)) yield other.id
}

/** Names along a circle, the first again at the end; null: there is none. */
export function findCircle(song: Wired): string[] | null {
  const strips = new Map<string, Strip>([...song.tracks, ...song.returns].map((one) => [one.id, one]))
  const done = new Set<string>()
  const path: string[] = []
  const walk = (id: string): string[] | null => {
    const one = strips.get(id)
    if (!one || done.has(id)) return null
    const begun = path.indexOf(id)
    if (begun >= 0) return [...path.slice(begun), id]
    path.push(id)
    for (const next of heardBy(one, song)) {
      const circle = walk(next)
      if (circle) return circle
    }
    path.pop()
    done.add(id)
    return null
  }
  for (const id of strips.keys()) {
    const circle = walk(id)
    if (circle) return circle.map((member) => strips.get(member)!.name)
  }
  return null
}
