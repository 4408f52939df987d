// What has to be done to an engine that plays one song so that it plays another (any thread; pure): the least, in an order that is safe.
import type { PlainValue } from '../presets/model.ts'
import { songControls } from './controls.ts'
import { PLAYBACK } from './frozen.ts'
import { heldValue, valueKeys } from './heldValue.ts'
import { sameData } from './sameData.ts'
import { DEFAULT_ROUTING, songRouting } from './routing.ts'
import { SEND_GAIN_DB, type Lane, type Mix, type Return, type Send, type Song, type Track } from './song.ts'
import type { SongOperation } from './songOperations.ts'
import { NO_STRIPS, placeSong, returnIndex, type Strips } from './strips.ts'
import { chainProgram, isChain, stripProgram, trackProgram, trackSound } from './trackSound.ts'

type Sent = Pick<Send, 'gainDb' | 'pre'>
/** What a document says of a strip's fader and of its sends, by return index. */
interface KnownMix extends Mix {
  readonly sends: ReadonlyMap<number, Sent>
}
/** What a strip's fader stands at; it stays there when its track goes, so that the sound fades out at its own level. Null: where a lane left it. */
export interface StripMix {
  readonly gainDb: number | null
  readonly pan: number | null
  readonly mute: boolean | null
  /** By return index. */
  readonly sends: ReadonlyMap<number, Sent | null>
}

/** A song as an engine holds it. */
export interface PlacedSong {
  readonly song: Song
  readonly strips: Strips
  /** Of every strip that was ever used. */
  readonly mixes: ReadonlyMap<number, StripMix>
  /** Tracks and returns whose sound could not be built: the next change of their devices builds them anew. */
  readonly failed: ReadonlySet<string>
}

export interface SongPlan {
  readonly placed: PlacedSong
  readonly operations: readonly SongOperation[]
}

const FRESH: StripMix = { gainDb: 0, pan: 0, mute: false, sends: new Map() }

/** `before` null: an engine as it was made. */
export function planSong(before: PlacedSong | null, song: Song): SongPlan {
  const strips = placeSong(before?.strips ?? NO_STRIPS, song)
  const mixes = new Map(before?.mixes)
  const operations: SongOperation[] = []
  const add = (...more: readonly SongOperation[]): void => void operations.push(...more)

  if (before) leave(before, strips, mixes, add)
  const old = before?.song
  const { tempoMap, signatures, loop } = song
  if (!sameData([old?.tempoMap, old?.signatures], [tempoMap, signatures])) add({ do: 'timeline', tempoMap, signatures })
  if (!sameData(old?.loop, loop)) add({ do: 'loop', loop })

  /** Tracks and returns that could not be built and are not tried again. */
  const failed = new Set<string>()
  /** What the engine holds of it: nothing of a sound that could not be built, as soon as it changes. */
  const held = <One extends Track | Return>(was: One | undefined, now: One): One | undefined => {
    if (!was || !before?.failed.has(was.id)) return was
    if (!sameData(was.devices, now.devices)) return { ...was, devices: [] }
    failed.add(was.id)
    return was
  }

  const indices = indicesOf(strips)
  const formerIndices = before ? indicesOf(before.strips) : indices
  const sameReturns = sameData([...(before?.strips.returns ?? [])], [...strips.returns])
  const oldReturns = new Map(old?.returns.map((one) => [one.id, one]))
  for (const one of song.returns) {
    const strip = strips.returns.get(one.id)
    const was = oldReturns.get(one.id)
    if (strip === undefined) continue
    const stood = held(was, one)
    if (was === one && sameReturns) continue
    const mix = mixOf(one, one.sends, indices)
    add(...mixSteps(strip, mixes.get(strip) ?? FRESH, mix), ...sendSteps(strip, mixes.get(strip) ?? FRESH, mix))
    add(...chainSteps(strip, stood, one))
    mixes.set(strip, mix)
  }

  const oldTracks = new Map(old?.tracks.map((one) => [one.id, one]))
  for (const track of song.tracks) {
    const strip = strips.tracks.get(track.id)
    const was = oldTracks.get(track.id)
    if (strip === undefined) continue
    const stood = held(was, track)
    if (was === track && sameReturns) continue
    const mix = mixOf(track, track.sends, indices)
    add(...mixSteps(strip, mixes.get(strip) ?? FRESH, mix), ...sendSteps(strip, mixes.get(strip) ?? FRESH, mix))
    mixes.set(strip, mix)
    if ((was?.solo ?? false) !== track.solo) add({ do: 'solo', strip, solo: track.solo })
    add(...trackSteps({ strip, mix, indices, formerIndices, sameReturns }, stood, track))
  }
  const routing = songRouting(song, strips)
  if (!sameData(before ? songRouting(before.song, before.strips) : DEFAULT_ROUTING, routing))
    add({ do: 'routing', routing })
  const buses = songControls(song, strips)
  if (!sameData(before ? songControls(before.song, before.strips) : [], buses)) add({ do: 'controls', buses })
  return { placed: { song, strips, mixes, failed }, operations }
}

const indicesOf = ({ returns }: Strips): Map<string, number> =>
  new Map([...returns].map(([id, strip]) => [id, returnIndex(strip)]))

/** Tracks and returns that are gone fall silent. */
function leave(
  before: PlacedSong,
  strips: Strips,
  mixes: Map<number, StripMix>,
  add: (...more: readonly SongOperation[]) => void,
): void {
  for (const { id, solo, clips, automation, devices } of before.song.tracks) {
    const strip = before.strips.tracks.get(id)
    if (strip === undefined || strips.tracks.has(id)) continue
    if (clips.length > 0) add({ do: 'clips', strip, id, clips: [] })
    if (automation.length > 0) add(noAutomation(strip, id))
    if (devices.length > 0) add({ do: 'empty', strip })
    if (solo) add({ do: 'solo', strip, solo: false })
    mixes.set(strip, leftMix(mixes.get(strip) ?? FRESH, automation, indicesOf(before.strips)))
  }
  for (const { id, devices } of before.song.returns) {
    const strip = before.strips.returns.get(id)
    if (strip !== undefined && !strips.returns.has(id) && devices.length > 0) add({ do: 'empty', strip })
  }
}

/** Where the fader of a track that is gone stands: what lanes moved is set anew by the next track, whatever it wants. */
function leftMix(mix: StripMix, lanes: readonly Lane[], indices: ReadonlyMap<string, number>): StripMix {
  const moved = new Set(lanes.filter(moves).map(({ target }) => target))
  const unknown = [...movedSends(lanes, indices)].map((index) => [index, null] as const)
  return {
    gainDb: moved.has('gain') ? null : mix.gainDb,
    pan: moved.has('pan') ? null : mix.pan,
    mute: moved.has('mute') ? null : mix.mute,
    sends: new Map([...mix.sends, ...unknown]),
  }
}

const noAutomation = (strip: number, id: string): SongOperation => ({
  do: 'automation',
  strip,
  id,
  track: { devices: [], automation: [] },
  returns: new Map(),
})

function mixOf(
  { gainDb, pan, mute }: Mix,
  sends: readonly Send[] = [],
  indices: ReadonlyMap<string, number> = new Map(),
): KnownMix {
  const placed = new Map<number, Sent>()
  for (const { returnId, gainDb: sent, pre } of sends) {
    const index = indices.get(returnId)
    if (index !== undefined && sent > SEND_GAIN_DB.off) placed.set(index, { gainDb: sent, pre })
  }
  return { gainDb, pan, mute, sends: placed }
}

function mixSteps(strip: number, from: StripMix, { gainDb, pan, mute }: Mix): SongOperation[] {
  const steps: SongOperation[] = []
  if (from.gainDb !== gainDb) steps.push({ do: 'gain', strip, gainDb })
  if (from.pan !== pan) steps.push({ do: 'pan', strip, pan })
  if (from.mute !== mute) steps.push({ do: 'mute', strip, mute })
  return steps
}

function sendSteps(strip: number, from: StripMix, to: KnownMix): SongOperation[] {
  const steps: SongOperation[] = []
  // A lane may open what the document has not: behind the fader, as in an engine that never had it before it.
  for (const index of from.sends.keys())
    if (!to.sends.has(index)) steps.push({ do: 'send', strip, index, gainDb: SEND_GAIN_DB.off, pre: false })
  for (const [index, send] of to.sends)
    if (!sameData(from.sends.get(index), send)) steps.push({ do: 'send', strip, index, ...send })
  return steps
}

/** Recordings follow the song: none may ring on beside what takes its place. */
const isRecording = (effects: Effects | undefined): boolean => effects?.some(({ type }) => type === PLAYBACK) ?? false

/** Of a return or group, or of a track that plays a recording of itself. */
function chainSteps(
  strip: number,
  was: Pick<Return, 'devices'> | undefined,
  { id, devices }: Pick<Return, 'id' | 'devices'>,
): SongOperation[] {
  if (sameData(was?.devices ?? [], devices)) return []
  const effects = chainProgram({ devices })?.effects ?? []
  const wasEffects = was && chainProgram(was)?.effects
  if (effects.length > 0 && (isRecording(effects) || isRecording(wasEffects)))
    return [{ do: 'chain', strip, id, effects, mode: 'switch' }]
  if (effects.length === 0) return wasEffects?.length ? [{ do: 'empty', strip }] : []
  if (!wasEffects?.length || !sameChain(wasEffects, effects)) {
    return [{ do: 'chain', strip, id, effects, mode: wasEffects?.length ? 'swap' : 'switch' }]
  }
  return effectSteps(strip, wasEffects, effects)
}

type Effects = ReturnType<typeof trackSound>['effects']

const sameChain = (a: Effects, b: Effects): boolean =>
  sameData(
    a.map(({ id, type, asset, place }) => [id, type, asset, place]),
    b.map(({ id, type, asset, place }) => [id, type, asset, place]),
  )

/** Of two chains of the same effects. */
function effectSteps(strip: number, from: Effects, to: Effects): SongOperation[] {
  const program = (effects: Effects) => ({ patch: null, values: {}, effects })
  const steps = valueSteps(strip, program(from), program(to))
  to.forEach(({ bypass }, index) => {
    if (from[index]?.bypass !== bypass) steps.push({ do: 'bypass', strip, effect: index + 1, bypass })
  })
  return steps
}

type Sound = Parameters<typeof valueKeys>[0]

function valueSteps(strip: number, from: Sound, to: Sound): SongOperation[] {
  const steps: SongOperation[] = []
  for (const key of new Set([...valueKeys(from), ...valueKeys(to)])) {
    const value = heldValue(to, key)
    if (value !== undefined && value !== heldValue(from, key)) steps.push({ do: 'value', strip, key, value })
  }
  return steps
}

/** Where a track stands among the strips, and stood. */
interface Standing {
  readonly strip: number
  readonly mix: KnownMix
  /** Indices of returns by id. */
  readonly indices: ReadonlyMap<string, number>
  readonly formerIndices: ReadonlyMap<string, number>
  readonly sameReturns: boolean
}

/** Sound, clips and automation of one track. */
function trackSteps(standing: Standing, was: Track | undefined, track: Track): SongOperation[] {
  const { strip, indices, sameReturns } = standing
  const { id } = track
  const steps: SongOperation[] = []
  const sound = isChain(track) ? chainSteps(strip, was, track) : soundSteps(strip, was?.devices ?? [], track)
  const rebuilt = sound.some(({ do: what }) => what === 'sound' || what === 'chain' || what === 'empty')
  const had = was?.automation ?? []
  const moved = (rebuilt || !sameReturns) && (had.length > 0 || track.automation.length > 0)
  // Indices of one program mean nothing in another: no lane may move while they change.
  if (rebuilt && had.length > 0) steps.push(noAutomation(strip, id))
  steps.push(...sound)
  if (!sameData(was?.clips ?? [], track.clips)) steps.push({ do: 'clips', strip, id, clips: track.clips })
  if (moved || !sameData(had, track.automation)) {
    const { devices, automation } = track
    steps.push({ do: 'automation', strip, id, track: { devices, automation }, returns: indices })
    steps.push(...restSteps(strip, had, track, rebuilt), ...restingSends(standing, had, track))
  }
  return steps
}

function soundSteps(strip: number, before: Track['devices'], track: Track): SongOperation[] {
  if (sameData(before, track.devices)) return []
  const program = trackProgram(track)
  const was = trackProgram({ devices: before })
  if (!program) return was || before[0]?.type === PLAYBACK ? [{ do: 'empty', strip }] : []
  const install = (mode: 'switch' | 'swap'): SongOperation[] => [{ do: 'sound', strip, id: track.id, program, mode }]
  const { instrument } = trackSound(track)
  const { instrument: old } = trackSound({ devices: before })
  if (!was || old?.id !== instrument?.id || old?.presetId !== instrument?.presetId) return install('switch')
  const structure = sameData(was.patch, program.patch) && was.gainDb === program.gainDb
  if (!structure || !sameChain(trackSound({ devices: before }).effects, trackSound(track).effects)) {
    return install('swap')
  }
  const from = { ...was, effects: [] }
  return [
    ...valueSteps(strip, from, { ...program, effects: [] }),
    ...effectSteps(strip, trackSound({ devices: before }).effects, trackSound(track).effects),
  ]
}

const moves = ({ enabled, points }: Lane): boolean => enabled && points.length > 0
const SEND_LANE = 'send:'
/** Sends, by index of the return, that lanes move. */
const movedSends = (lanes: readonly Lane[], indices: ReadonlyMap<string, number>): Set<number> =>
  new Set(
    lanes.flatMap((lane) => {
      const index = lane.target.startsWith(SEND_LANE) ? indices.get(lane.target.slice(SEND_LANE.length)) : undefined
      return index === undefined || !moves(lane) ? [] : [index]
    }),
  )

/** Sends that no lane moves any more, because it or its return is gone, go back to what the document says. */
function restingSends(
  { strip, mix, indices, formerIndices }: Standing,
  had: readonly Lane[],
  track: Track,
): SongOperation[] {
  const still = movedSends(track.automation, indices)
  return [...movedSends(had, formerIndices)]
    .filter((index) => !still.has(index))
    .map((index) => ({
      do: 'send',
      strip,
      index,
      ...(mix.sends.get(index) ?? { gainDb: SEND_GAIN_DB.off, pre: false }),
    }))
}

/** What lanes moved that are no more goes back to what the document says. `rebuilt`: a new program stands there already. */
function restSteps(strip: number, before: readonly Lane[], track: Track, rebuilt: boolean): SongOperation[] {
  const still = new Set(track.automation.filter(moves).map(({ target }) => target))
  const { instrument, effects } = trackSound(track)
  const program = stripProgram(track)
  return before
    .filter((lane) => moves(lane) && !still.has(lane.target))
    .flatMap(({ target }): SongOperation[] => {
      if (target === 'gain') return [{ do: 'gain', strip, gainDb: track.gainDb }]
      if (target === 'pan') return [{ do: 'pan', strip, pan: track.pan }]
      if (target === 'mute') return [{ do: 'mute', strip, mute: track.mute }]
      if (target.startsWith(SEND_LANE)) return [] // restingSends
      if (rebuilt || !program) return []
      const dot = target.indexOf('.')
      const [deviceId, key] = [target.slice(0, dot), target.slice(dot + 1)]
      const effect = effects.findIndex(({ id }) => id === deviceId) + 1
      if (effect > 0 && key === 'bypass') {
        return [{ do: 'bypass', strip, effect, bypass: effects[effect - 1]!.bypass }]
      }
      if (effect === 0 && instrument?.id !== deviceId) return []
      const full = effect > 0 ? `fx${effect}.${key}` : key
      const value: PlainValue | undefined = heldValue(program, full)
      return value === undefined ? [] : [{ do: 'value', strip, key: full, value }]
    })
}
