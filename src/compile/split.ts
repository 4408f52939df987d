// Which tracks of a song other engines can play for the one that mixes it, and which one plays which (any thread; pure).
import { effectNs, trackNs } from './estimate.ts'
import { heardFrom } from './heard.ts'
import { lastTick, type Return, type Song, type Track } from './song.ts'
import { layOut, stripProgram } from './trackSound.ts'

/**
 * Why a track is played by the engine that mixes. `group`: it plays others; `empty`: it plays nothing; `hearsMix`: a device of it listens to,
 * or is moved by, what only the mix has; `balance`: that engine has the time.
 */
export type MixedReason = 'group' | 'empty' | 'hearsMix' | 'balance'

export interface SongSplit {
  /** Ids of tracks, by the engine that plays them; none is empty. */
  readonly parts: readonly (readonly string[])[]
  /** The other tracks. */
  readonly mixed: ReadonlyMap<string, MixedReason>
}

/** Nanoseconds for one micro-block of a track that comes from another engine, in both. */
const HANDED_NS = 150
/** Of an engine in which nothing sounds. */
const ENGINE_NS = 1000

/** Ids of the tracks, of all that they hear, and of what these hear. */
function withHeard(song: Song, trackIds: Iterable<string>): ReadonlySet<string> {
  const all = new Set<string>()
  const open = [...trackIds]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (all.has(id)) continue
    all.add(id)
    const track = song.tracks.find((one) => one.id === id)
    if (track) open.push(...heardFrom(song, track))
  }
  return all
}

const chainNs = ({ devices }: Pick<Return, 'devices'>): number =>
  layOut(devices).reduce((ns, device) => ns + effectNs(device), 0)

/**
 * A track that plays for itself, or hears only such tracks, sounds before its fader the same in any engine: what it hears is played again
 * there. The dearest first, each to the engine that has the least to do; the first engine mixes. `engines`: that one included.
 */
export function splitSong(song: Song, engines: number): SongSplit {
  const mixed = new Map<string, MixedReason>()
  const returns = new Set(song.returns.map(({ id }) => id))
  for (const track of song.tracks) {
    if (track.kind === 'group') mixed.set(track.id, 'group')
    else if (!stripProgram(track)) mixed.set(track.id, 'empty')
  }
  const ofMix = (id: string): boolean => returns.has(id) || mixed.get(id) === 'group'
  for (const { id } of song.tracks)
    if (!mixed.has(id) && [...withHeard(song, [id])].some(ofMix)) mixed.set(id, 'hearsMix')

  const ticks = lastTick(song)
  const ns = new Map(song.tracks.map((track) => [track.id, trackNs(track, ticks)]))
  const base = [
    ENGINE_NS + effectNs({ type: 'limiter' }),
    ...song.returns.map(chainNs),
    ...song.tracks.map((track) =>
      track.kind === 'group' ? chainNs(track) : mixed.has(track.id) ? ns.get(track.id)! : 0,
    ),
  ].reduce((sum, one) => sum + one)
  const loads = Array.from({ length: Math.max(1, engines) }, (_, engine) => (engine === 0 ? base : 0))
  const playing = loads.map((): ReadonlySet<string> => new Set())
  const handed = loads.map((): string[] => [])
  const free = song.tracks.filter(({ id }) => !mixed.has(id)).sort((a, b) => ns.get(b.id)! - ns.get(a.id)!)
  for (const { id } of free) {
    const closures = playing.map((already) => withHeard(song, [...already, id]))
    const after = loads.map((load, engine) => {
      if (engine === 0) return load + ns.get(id)!
      const engineNs = handed[engine]!.length === 0 ? ENGINE_NS : 0
      const fresh = [...closures[engine]!].filter((one) => !playing[engine]!.has(one))
      return load + fresh.reduce((sum, one) => sum + (ns.get(one) ?? 0), HANDED_NS + engineNs)
    })
    const engine = after.indexOf(Math.min(...after))
    loads[engine] = after[engine]!
    if (engine === 0) mixed.set(id, 'balance')
    else {
      loads[0]! += HANDED_NS
      playing[engine] = closures[engine]!
      handed[engine]!.push(id)
    }
  }
  return { parts: handed.filter((ids) => ids.length > 0), mixed }
}

/** What an engine plays that hands out these tracks: they and what they hear, as they are; of the rest, only places and faders. */
export function partOf(song: Song, trackIds: readonly string[]): Song {
  const played = withHeard(song, trackIds)
  const tracks = song.tracks.map((track): Track =>
    played.has(track.id) ? track : { ...track, devices: [], clips: [], automation: [], sends: [] },
  )
  return { ...song, tracks, returns: song.returns.map((one) => ({ ...one, devices: [], sends: [] })) }
}
