// Frozen tracks against live ones: the recording in their place gives the same song, from its beginning, its middle and in a loop (Node, the real module).
import { beforeAll, describe, expect, test } from 'vitest'
import { peakOf } from '../../../wasm/test/engine.ts'
import { engineModule } from '../../../wasm/test/module.ts'
import { songPlayer } from '../../../wasm/test/songPlayer.ts'
import { createFrozenView, frozenKey } from '../../compile/frozen.ts'
import { TICKS_PER_BEAT, type Note, type Song, type Track, type TrackDevice } from '../../compile/song.ts'
import { EMPTY_TEST_SONG, TEST_PATCH } from '../../compile/testSongs.ts'
import { createAssetShelf } from '../../engine/wire/assets.ts'
import { constants } from '../../generated/wire.ts'
import { assetFacts, assetId } from '../../presets/assets/record.ts'
import { renderSong } from './song.ts'
import { freezeTrack } from './track.ts'

const RATE = 48000
const MEMORY = 64
const MASTER = { gainDb: 0, mute: false, limiter: { values: {}, bypass: true } }

const effect = (id: string, type: string, values: TrackDevice['values'] = {}, over = {}): TrackDevice => ({
  id,
  kind: 'effect',
  type,
  values,
  bypass: false,
  ...over,
})
const notes = (...at: readonly (readonly [beat: number, length: number, note: number])[]): Note[] =>
  at.map(([beat, length, note], index) => ({
    id: `n${String(index)}`,
    tick: beat * TICKS_PER_BEAT,
    lengthTicks: length * TICKS_PER_BEAT,
    note,
    velocity: 0.8,
  }))
const track = (id: string, startBeat: number, own: readonly Note[], effects: readonly TrackDevice[] = []): Track => ({
  id,
  kind: 'instrument',
  name: id,
  colour: 1,
  devices: [
    { id: `${id}-sound`, kind: 'instrument', type: 'test', values: {}, bypass: false, patch: TEST_PATCH },
    ...effects,
  ],
  sends: [],
  clips: [
    {
      id: `${id}-clip`,
      name: id,
      startTick: startBeat * TICKS_PER_BEAT,
      lengthTicks: 8 * TICKS_PER_BEAT,
      mute: false,
      notes: own,
      controls: [],
    },
  ],
  automation: [],
  gainDb: -3,
  pan: 0.2,
  mute: false,
  solo: false,
})
/** Over before the loop is. */
const ECHO = { time: 0.11, feedback: 0.08 }
const pad = track('pad', 1, notes([0, 0.5, 50], [1, 1, 57], [2.5, 0.25, 62]), [effect('echo', 'delay', ECHO)])
const bass = track('bass', 0, notes([0, 0.5, 38], [1, 0.5, 38], [3, 0.5, 41]))

const song = (over: Partial<Song>): Song & { sampleRate: number } => ({
  ...EMPTY_TEST_SONG,
  tempoMap: [
    { tick: 0, bpm: 140, ramp: false },
    { tick: TICKS_PER_BEAT, bpm: 97, ramp: true },
    { tick: 3 * TICKS_PER_BEAT, bpm: 171, ramp: false },
  ],
  tracks: [pad, bass],
  ...over,
  sampleRate: RATE,
})

/** The song with one track frozen, and where its recording lies. */
async function freeze(live: Song & { sampleRate: number }, trackId: string) {
  const spec = { song: live, trackId, seed: 3, sampleRate: RATE, mostBytes: constants.maxAssetBytes }
  const { bytes, lead, diagnostics } = freezeTrack(engineModule(), spec, MEMORY)
  expect(diagnostics).toEqual([])
  const asset = await assetId(bytes)
  const shelf = createAssetShelf()
  shelf.put([{ id: asset, bytes }])
  const tracks = live.tracks.map((one) =>
    one.id === trackId ? { ...one, frozen: { asset, lead, of: frozenKey(one, live.tempoMap, RATE) } } : one,
  )
  const frozen = createFrozenView(() => true)({ ...live, tracks })
  expect(frozen.tracks.find(({ id }) => id === trackId)!.devices).toMatchObject([{ type: 'playback' }])
  return { frozen, shelf, bytes, lead, tracks }
}

function rendered(of: Song, fromBeat: number, seconds: number, shelf = createAssetShelf()) {
  const { channels, diagnostics } = renderSong(
    engineModule(),
    {
      song: of,
      master: MASTER,
      seed: 3,
      sampleRate: RATE,
      fromTick: fromBeat * TICKS_PER_BEAT,
      toTick: null,
      frames: Math.round(seconds * RATE),
    },
    MEMORY,
    {},
    shelf,
  )
  expect(diagnostics).toEqual([])
  return channels
}

/** Highest difference; `late`: frames by which the first is behind. */
function difference(a: readonly Float32Array[], b: readonly Float32Array[], late = 0): number {
  let most = 0
  a.forEach((channel, c) => {
    for (let i = late; i < channel.length; i++) most = Math.max(most, Math.abs(channel[i]! - b[c]![i - late]!))
  })
  return most
}

describe('a frozen track', () => {
  const lanes = [
    ['gain', -20, 0],
    ['pan', -1, 1],
    ['send:hall', -60, -3],
    ['echo.mix', 0.1, 0.9],
  ].map(([target, from, to]) => ({
    id: `lane ${String(target)}`,
    target: String(target),
    enabled: true,
    points: [from, to].map((value, index) => ({
      id: `p${String(index)}`,
      tick: index * 4 * TICKS_PER_BEAT,
      value: value!,
      curve: 0.3,
      hold: false,
    })),
  }))
  const live = song({
    tracks: [{ ...pad, automation: lanes, sends: [{ returnId: 'hall', gainDb: -10, pre: true }] }, bass],
    returns: [{ id: 'hall', name: 'Hall', devices: [effect('hall-fx', 'reverb')], gainDb: -6, pan: 0, mute: false }],
  })
  let made: Awaited<ReturnType<typeof freeze>>
  beforeAll(async () => void (made = await freeze(live, 'pad')))

  test('is the live one bit for bit, over tempo changes, with its fader and sends moving', () => {
    const a = rendered(live, 0, 4)
    expect(peakOf(a[0]!)).toBeGreaterThan(0.05)
    expect(difference(a, rendered(made.frozen, 0, 4, made.shelf))).toBe(0)
    // And the recording is heard: without it the song is another.
    const silent = { ...live, tracks: live.tracks.filter(({ id }) => id !== 'pad') }
    expect(difference(a, rendered(silent, 0, 4))).toBeGreaterThan(0.01)
  })

  test('is the live one from the middle, where nothing rings from before', () => {
    // Where the micro-blocks of both fall alike, bit for bit.
    const aligned = 11469 / TICKS_PER_BEAT
    expect(difference(rendered(live, aligned, 3), rendered(made.frozen, aligned, 3, made.shelf))).toBe(0)
    // Elsewhere the rounding of what is cut into other micro-blocks is left: -120 dB at most, -135 measured.
    for (const beat of [0.75, 0.9])
      expect(difference(rendered(live, beat, 3), rendered(made.frozen, beat, 3, made.shelf))).toBeLessThan(1e-6)
  })

  test('begins in the song where it sounds, and holds no silence', () => {
    const facts = assetFacts(made.bytes)!
    expect(facts).toMatchObject({ kind: 'recording', sampleRate: RATE, channels: 1 })
    // A beat of 140 bpm, less than a unit of the lead before it.
    const begins = (RATE * 60) / 140
    expect(made.lead).toBe(Math.floor(begins / constants.leadFrames))
    expect(facts.frames).toBeLessThan(5 * RATE)
  })

  test('has no voices and no effects of its own', () => {
    const player = songPlayer(RATE, MEMORY, made.shelf)
    player.follow(null, { ...made.frozen, tracks: made.frozen.tracks.filter(({ id }) => id === 'pad') })
    player.commands.at(null).transportPlay(0)
    player.render(RATE)
    expect(peakOf(player.render(RATE).left)).toBeGreaterThan(0.01)
    expect(player.status('groups')).toBe(0)
  })

  test('plays live again where its tempo, its notes or the sample rate are others, and while the recording is away', () => {
    const view = createFrozenView(() => true)
    const [frozen, other] = made.tracks as [Track, Track]
    const kinds = (project: Parameters<typeof view>[0], of = view) =>
      of(project).tracks.map(({ devices }) => devices[0]!.type)
    const project = { ...live, tracks: made.tracks }
    expect(kinds(project)).toEqual(['playback', 'test'])
    expect(view(project)).toBe(view(project))
    expect(kinds({ ...project, tempoMap: EMPTY_TEST_SONG.tempoMap })).toEqual(['test', 'test'])
    expect(kinds({ ...project, sampleRate: 44100 })).toEqual(['test', 'test'])
    expect(kinds({ ...project, tracks: [{ ...frozen, clips: other.clips }, other] })).toEqual(['test', 'test'])
    expect(
      kinds(
        project,
        createFrozenView(() => false),
      ),
    ).toEqual(['test', 'test'])
    // What its recording does not hold may change.
    const moved = { ...frozen, name: 'Other', gainDb: 2, mute: true, automation: frozen.automation.slice(2) }
    expect(kinds({ ...project, tracks: [moved, other] })).toEqual(['playback', 'test'])
  })
})

test('a track that listens to another and delays is frozen as it sounds, and takes its delay away', async () => {
  const ducked = {
    ...pad,
    devices: [
      ...pad.devices,
      effect('look', 'lookaheadCompressor', { threshold: -30 }),
      effect('duck', 'compressor', { threshold: -40, ratio: 8 }, { sidechain: { source: 'bass', pre: false } }),
    ],
  }
  const live = song({ tracks: [{ ...ducked, gainDb: 0, pan: 0 }, bass] })
  const { frozen, shelf } = await freeze(live, 'pad')
  const a = rendered(live, 0, 4)
  const b = rendered(frozen, 0, 4, shelf)
  const late = a[0]!.findIndex((value) => value !== 0) - b[0]!.findIndex((value) => value !== 0)
  expect(late).toBeGreaterThan(0)
  expect(difference(a, b, late)).toBeLessThan(1e-6)
})

test('in a loop a frozen track follows every jump to the frame', async () => {
  const looped = song({
    tracks: [pad],
    loop: { startTick: 0.5 * TICKS_PER_BEAT, endTick: 6 * TICKS_PER_BEAT, enabled: true },
  })
  const { frozen, shelf } = await freeze(looped, 'pad')
  const play = (of: Song) => {
    const player = songPlayer(RATE, MEMORY, shelf)
    player.follow(null, of)
    player.commands.at(null).masterBypass(0, true)
    player.commands.reset(3)
    player.commands.transportPlay(0)
    const { left, right } = player.render(7 * RATE, 128)
    return [left, right]
  }
  const a = play(looped)
  expect(peakOf(a[0]!.subarray(4 * RATE))).toBeGreaterThan(0.05)
  expect(difference(a, play(frozen))).toBeLessThan(1e-6)
})

test('a recording that needs more than there is room for is refused before it is made', () => {
  const live = song({})
  const spec = { song: live, trackId: 'pad', seed: 3, sampleRate: RATE, mostBytes: 100_000 }
  expect(() => freezeTrack(engineModule(), spec, MEMORY)).toThrow(
    expect.objectContaining({ code: 'limit-exceeded', field: 'trackId' }),
  )
})
