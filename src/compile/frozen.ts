// Frozen tracks: what a recording of a track stands for, and the song with recordings in place of what they stand for (any thread; pure).
import { EFFECTS } from '../generated/effects.ts'
import { contentKey } from './contentKey.ts'
import type { Lane, Song, Track } from './song.ts'
import { flattenClips } from './songTables.ts'

export const PLAYBACK = 'playback'
/** Latest beginning of a recording, in units of the parameter `lead`. */
export const MAX_LEAD = EFFECTS.find(({ id }) => id === PLAYBACK)!.params.find(({ id }) => id === 'lead')!.max

/** What a device does, whatever it is called. */
const nameless = (key: string, value: unknown): unknown => (key === 'name' ? undefined : value)

/** Lanes that move devices; the others move the fader and the sends, which stay live. */
export const movesDevice = ({ target }: Pick<Lane, 'target'>): boolean => target.includes('.')

const contents = new WeakMap<Track, string>()
/** Everything of a track that its recording holds, as text: equal texts sound equal. */
export function frozenContent(track: Track): string {
  const known = contents.get(track)
  if (known !== undefined) return known
  const { devices, clips, automation } = track
  const lanes = automation
    .filter((lane) => lane.enabled && movesDevice(lane))
    .map(({ target, points }) => [target, points.map(({ tick, value, curve, hold }) => [tick, value, curve, hold])])
  const text = JSON.stringify([devices, flattenClips(clips), lanes], nameless)
  contents.set(track, text)
  return text
}

const keys = new WeakMap<Track, { tempoMap: Song['tempoMap']; sampleRate: number; key: string }>()
/** The key of a recording of this track made now. */
export function frozenKey(track: Track, tempoMap: Song['tempoMap'], sampleRate: number): string {
  const known = keys.get(track)
  if (known?.tempoMap === tempoMap && known.sampleRate === sampleRate) return known.key
  const text = JSON.stringify([sampleRate, tempoMap]) + frozenContent(track)
  const key = contentKey(new TextEncoder().encode(text))
  keys.set(track, { tempoMap, sampleRate, key })
  return key
}

/** Whether the recording of a frozen track is what the track would play. */
export const isFresh = (track: Track, tempoMap: Song['tempoMap'], sampleRate: number): boolean =>
  track.frozen !== undefined && track.frozen.of === frozenKey(track, tempoMap, sampleRate)

/** The track as the engine plays it while frozen. */
const playing = (track: Track, { asset, lead }: NonNullable<Track['frozen']>): Track => ({
  ...track,
  devices: [{ id: PLAYBACK, kind: 'effect', type: PLAYBACK, asset, values: { lead }, bypass: false }],
  clips: [],
  automation: track.automation.filter((lane) => !movesDevice(lane)),
})

type Project = Song & { readonly sampleRate: number }

/** Recordings play where they are fresh and on this device; everything else plays live. What did not change stays the same object. */
export function createFrozenView(isHere: (asset: string) => boolean): (project: Project) => Song {
  let last: { project: Project; here: string; song: Song } | null = null
  const made = new WeakMap<Track, { tempoMap: Song['tempoMap']; sampleRate: number; fresh: boolean; track: Track }>()
  const viewed = (track: Track, { tempoMap, sampleRate }: Project): Track => {
    const { frozen } = track
    if (!frozen || !isHere(frozen.asset)) return track
    let known = made.get(track)
    if (known?.tempoMap !== tempoMap || known.sampleRate !== sampleRate) {
      const fresh = isFresh(track, tempoMap, sampleRate)
      known = { tempoMap, sampleRate, fresh, track: fresh ? playing(track, frozen) : track }
      made.set(track, known)
    }
    return known.track
  }
  return (project) => {
    const ids = project.tracks.flatMap(({ frozen }) => (frozen ? [frozen.asset] : []))
    if (ids.length === 0) return project
    const here = ids.filter(isHere).join()
    if (last?.project !== project || last.here !== here)
      last = { project, here, song: { ...project, tracks: project.tracks.map((track) => viewed(track, project)) } }
    return last.song
  }
}
