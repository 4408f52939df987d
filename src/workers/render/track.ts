// Renders one track as it leaves its effects, before fader and sends, to a recording of its own (render worker, and tests in Node).
import { followedBy } from '../../compile/controls.ts'
import { movesDevice } from '../../compile/frozen.ts'
import { lastTick, type Return, type Song, type Track } from '../../compile/song.ts'
import { layOut } from '../../compile/trackSound.ts'
import type { AssetShelf } from '../../engine/wire/assets.ts'
import { tapReader } from '../../engine/wire/tap.ts'
import { constants } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import { encodeAsset } from '../../presets/assets/record.ts'
import type { FreezeSpec, FrozenTrack } from './protocol.ts'
import { openSong, play, type SongHooks } from './song.ts'

/** After the song a tail has so long to end. */
const LONGEST_TAIL_SECONDS = 10
/** -140 dBFS: far below what a difference may be. */
const SILENT = 1e-7
/** What does not end is faded out at the end. */
const FADE_SECONDS = 0.05

type Strip = Track | Return

/** Ids of the strips without which a track would sound otherwise: those that its effects listen to, and what these hear. */
function hearing(song: Song, trackId: string): ReadonlySet<string> {
  const strips: readonly Strip[] = [...song.tracks, ...song.returns]
  const needed = new Set<string>()
  const open = [trackId]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (needed.has(id)) continue
    needed.add(id)
    const strip = strips.find((one) => one.id === id)
    if (!strip) continue
    for (const { sidechain } of layOut(strip.devices)) if (sidechain) open.push(sidechain.source)
    open.push(...followedBy(song, id))
    if (id === trackId) continue
    for (const other of strips) {
      const sends = (other.sends ?? []).some(({ returnId }) => returnId === id)
      if (sends || ('output' in other && other.output === id)) open.push(other.id)
    }
  }
  return needed
}

/** The song with one track at an open fader and only what it hears: every strip stays where it is, for seeds are by strip. */
export function aloneBeforeFader(song: Song, trackId: string): Song {
  const needed = hearing(song, trackId)
  const unheard = { devices: [], clips: [], automation: [], sends: [], solo: false }
  return {
    ...song,
    tracks: song.tracks.map((track): Track => {
      if (track.id !== trackId) return needed.has(track.id) ? { ...track, solo: false } : { ...track, ...unheard }
      const { output: _, ...rest } = track
      const automation = track.automation.filter(movesDevice)
      return { ...rest, gainDb: 0, pan: 0, mute: false, solo: false, sends: [], automation }
    }),
    returns: song.returns.map((one) => (needed.has(one.id) ? one : { ...one, devices: [], sends: [] })),
  }
}

/** From the first beat until the track is silent. Throws as `renderSong`, `unknown-id`, and `limit-exceeded` where it needs more than `mostBytes`. */
export function freezeTrack(
  module: WebAssembly.Module,
  { song, trackId, seed, sampleRate, mostBytes }: FreezeSpec,
  mib: number,
  hooks: SongHooks = {},
  shelf?: AssetShelf,
): FrozenTrack {
  const track = song.tracks.find(({ id }) => id === trackId)
  if (!track)
    throw new SoundloomError('unknown-id', `There is no track "${trackId}"`, { field: 'trackId', value: trackId })
  const open = openSong(module, aloneBeforeFader(song, trackId), sampleRate, mib, shelf)
  const { engine } = open
  const endTick = lastTick({ tracks: [track] })
  const firstTick = track.clips.reduce((first, { startTick }) => Math.min(first, startTick), endTick)
  const ends = open.framesBetween(0, endTick)
  checkBytes(open.framesBetween(firstTick, endTick) * Float32Array.BYTES_PER_ELEMENT, mostBytes)
  const tail = open.framesBetween(endTick, lastTick(song)) + LONGEST_TAIL_SECONDS * sampleRate
  const strip = open.placed.strips.tracks.get(trackId)!
  const late = open.loader.latenessOf(strip)
  const tap = tapReader(engine.heap.memory.buffer, engine.heap.wire.tap('analysis'))
  engine.commands.analysisTap(0, strip, true)
  open.start(seed, 0)
  // What it heard before the song began.
  tap.skip()
  const output = (frames: number): readonly [Float32Array, Float32Array] => {
    const { left, right } = tap.read()
    return [left.subarray(0, frames), right.subarray(0, frames)]
  }
  const whole = play(engine, output, { wanted: ends + late, tail, silent: SILENT }, hooks)
  const channels = whole.map((channel) => channel.subarray(late))
  if (channels[0]!.length === ends + tail) for (const one of channels) fadeOut(one, FADE_SECONDS * sampleRate)
  const { from, until, mono } = heardPart(channels)
  const lead = Math.floor(from / constants.leadFrames)
  const kept = channels.slice(0, mono ? 1 : 2).map((one) => one.subarray(lead * constants.leadFrames, until))
  checkBytes(kept.length * kept[0]!.length * Float32Array.BYTES_PER_ELEMENT, mostBytes)
  return {
    bytes: encodeAsset({ kind: 'recording', sampleRate, channels: kept }),
    lead,
    diagnostics: open.diagnostics(),
  }
}

function checkBytes(bytes: number, most: number): void {
  if (bytes <= most) return
  const megabytes = (count: number): string => `${String(Math.ceil(count / 2 ** 20))} MB`
  throw new SoundloomError('limit-exceeded', `Frozen, this track needs ${megabytes(bytes)} of memory`, {
    field: 'trackId',
    value: bytes,
    hint: `${megabytes(most)} of what the engine keeps for frozen tracks are left: shorten the track, or unfreeze another.`,
  })
}

/** Frames [from, until) hold all that is not silent, at least one; mono: both sides are the same. */
function heardPart([left, right]: readonly Float32Array[]): { from: number; until: number; mono: boolean } {
  let from = 0
  let until = left!.length
  const silent = (frame: number): boolean => left![frame] === 0 && right![frame] === 0
  while (from < until - 1 && silent(from)) from++
  while (until > from + 1 && silent(until - 1)) until--
  let mono = true
  for (let frame = from; frame < until && mono; frame++) mono = left![frame] === right![frame]
  return { from, until, mono }
}

function fadeOut(channel: Float32Array, frames: number): void {
  const from = Math.max(0, Math.floor(channel.length - frames))
  for (let frame = from; frame < channel.length; frame++) channel[frame]! *= (channel.length - frame) / frames
}
