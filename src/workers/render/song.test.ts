// Songs rendered offline: the samples of a capture and of its replay, exact lengths, tails, stems that add up (Node, the real module).
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { peakOf } from '../../../wasm/test/engine.ts'
import { engineModule } from '../../../wasm/test/module.ts'
import { songPlayer } from '../../../wasm/test/songPlayer.ts'
import { TICKS_PER_BEAT, type Song, type Track } from '../../compile/song.ts'
import { heardAlone } from '../../compile/stems.ts'
import { edit, EMPTY_TEST_SONG, song as anySong, TEST_PATCH } from '../../compile/testSongs.ts'
import { loggedHandles, readLog, type HandleKind, type ReplayLog } from '../../engine/wire/log.ts'
import { tapReader } from '../../engine/wire/tap.ts'
import { constants } from '../../generated/wire.ts'
import { createOfflineEngine } from './offline.ts'
import type { SongSpec } from './protocol.ts'
import { renderSong } from './song.ts'

const RATE = 48000
const runs = { seed: 6, numRuns: process.env.VERIFY ? 150 : 8 }

const spec = (song: Song, over: Partial<SongSpec> = {}): SongSpec => ({
  song,
  master: { gainDb: 0, mute: false, limiter: { values: {}, bypass: false } },
  seed: 0,
  sampleRate: RATE,
  fromTick: 0,
  toTick: null,
  frames: null,
  ...over,
})
const render = (song: Song, over: Partial<SongSpec> = {}) => renderSong(engineModule(), spec(song, over), 128)
const hash = (channels: readonly Float32Array[]): string =>
  createHash('sha256')
    .update(Buffer.concat(channels.map(({ buffer }) => Buffer.from(buffer))))
    .digest('hex')

/** What the control worker and the worklet do for a capture that plays: `blocks` are the sizes of the host's calls. */
function capture(song: Song, fromTick: number, seed: number, frames: number, blocks: readonly number[]) {
  const engine = songPlayer(RATE)
  const { commands, wire } = engine
  engine.follow(null, { ...song, loop: { ...song.loop, enabled: false } })
  // It has played before, and is stopped somewhere.
  commands.at(null).transportPlay(0)
  engine.render(5000)
  commands.transportPause()
  engine.render(777)
  const tap = tapReader(wire.buffer, wire.tap('master'))
  commands.tap('master', true)
  commands.reset(seed)
  commands.transportSeek(fromTick, 'ticks')
  commands.transportPlay(0)
  const left = new Float32Array(frames)
  const right = new Float32Array(frames)
  for (let at = 0, turn = 0; at < frames; turn++) {
    const block = blocks[turn % blocks.length]!
    engine.render(block, block)
    const chunk = tap.read()
    const room = frames - at
    left.set(chunk.left.subarray(0, room), at)
    right.set(chunk.right.subarray(0, room), at)
    at += chunk.left.length
  }
  const { records, seed: logged } = readLog(wire.buffer, wire.log)
  const bytesOf: Record<HandleKind, (handle: number) => Uint8Array> = {
    programs: (handle) => engine.stores.programs.byHandle(handle)!.compiled.bytes,
    tables: (handle) => engine.stores.tables.bytesOf(handle)!,
  }
  const named = (kind: HandleKind) =>
    loggedHandles(records, kind).map((handle) => ({ handle, bytes: bytesOf[kind](handle) }))
  const log: ReplayLog = {
    sampleRate: RATE,
    seed: logged,
    records,
    programs: named('programs'),
    tables: named('tables'),
  }
  return { channels: [left, right], log }
}

test('a song played live, replayed from its log and rendered offline are the same samples', () => {
  let heard = 0
  fc.assert(
    fc.property(
      anySong,
      fc.integer({ min: 0, max: 2 * TICKS_PER_BEAT }),
      fc.nat(1000),
      fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }),
      (song, fromTick, seed, blocks) => {
        const frames = RATE
        const live = capture(song, fromTick, seed, frames, blocks)
        const offline = render(song, { fromTick, seed, frames })
        const replayed = createOfflineEngine(engineModule(), RATE, 128).replay(live.log, frames)
        expect(hash(offline.channels)).toBe(hash(live.channels))
        expect(hash(replayed)).toBe(hash(live.channels))
        if (peakOf(live.channels[0]!) > 0.001) heard++
      },
    ),
    runs,
  )
  expect(heard).toBeGreaterThan(runs.numRuns / 2)
}, 300_000)

const track = (id: string, note: number, beats = 1): Track => ({
  id,
  kind: 'instrument',
  name: id,
  colour: 1,
  gainDb: -6,
  pan: 0,
  mute: false,
  solo: false,
  devices: [
    { id: `${id}-i`, kind: 'instrument', type: 'own', patch: TEST_PATCH, values: {}, bypass: false, gainDb: 0 },
  ],
  sends: [],
  automation: [],
  clips: [
    {
      id: `${id}-c`,
      name: '',
      startTick: 0,
      lengthTicks: beats * TICKS_PER_BEAT,
      mute: false,
      notes: [{ id: 'n', tick: 0, lengthTicks: beats * TICKS_PER_BEAT, note, velocity: 0.8 }],
      controls: [],
    },
  ],
})
const songOf = (...tracks: Track[]): Song => ({ ...EMPTY_TEST_SONG, tracks })

test('with an end a render is exactly that long, by the tempo map; the loop is not followed', () => {
  const tempoMap = [
    { tick: 0, bpm: 100, ramp: false },
    { tick: 2 * TICKS_PER_BEAT, bpm: 150, ramp: false },
  ]
  const loop = { startTick: 0, endTick: TICKS_PER_BEAT, enabled: true }
  const song = { ...songOf(track('a', 60, 4)), tempoMap, loop }
  const { channels } = render(song, { fromTick: TICKS_PER_BEAT, toTick: 4 * TICKS_PER_BEAT })
  // A beat at 100 bpm and two at 150.
  expect(channels.map((one) => one.length)).toEqual([67_200, 67_200])
  expect(peakOf(channels[0]!, 60_000)).toBeGreaterThan(0.01)
})

test('without an end it goes on until all is silent, ten seconds at most', () => {
  const dry = render(songOf(track('a', 60))).channels[0]!
  const beat = RATE / 2
  expect(dry.length).toBeGreaterThan(beat)
  expect(dry.length).toBeLessThan(beat + RATE)
  expect(peakOf(dry, dry.length - 1)).toBeGreaterThanOrEqual(1e-5)
  const endless = { id: 'e', kind: 'effect' as const, type: 'delay', values: { time: 1, feedback: 0.85, mix: 0.6 } }
  const [plain] = [track('a', 60)]
  const echo = { ...plain, devices: [...plain.devices, { ...endless, bypass: false }] }
  expect(render(songOf(echo)).channels[0]!.length).toBe(beat + 10 * RATE)
})

test('a song without clips is silence of no length; a range that ends before it begins is refused', () => {
  expect(render(EMPTY_TEST_SONG).channels.map((one) => one.length)).toEqual([0, 0])
  expect(() => render(EMPTY_TEST_SONG, { fromTick: 100, toTick: 50 })).toThrowError(
    expect.objectContaining({ code: 'invalid-argument' }),
  )
})

test('tracks alone, without the limiter, add up to the mix without it', () => {
  const tracks = [track('a', 48), track('b', 55), { ...track('c', 60), pan: -0.4 }]
  const open = { gainDb: -2, mute: false, limiter: { values: {}, bypass: true } }
  const frames = RATE / 2
  const mix = render(songOf(...tracks), { master: open, frames }).channels[0]!
  const stems = tracks.map(
    ({ id }) =>
      render(songOf(...tracks.map((one) => ({ ...one, solo: one.id === id }))), { master: open, frames }).channels[0]!,
  )
  let worst = 0
  for (let frame = 0; frame < frames; frame++) {
    const sum = stems.reduce((all, stem) => all + stem[frame]!, 0)
    worst = Math.max(worst, Math.abs(sum - mix[frame]!))
  }
  expect(peakOf(mix)).toBeGreaterThan(0.1)
  // Rounding of three sums to 32 bits.
  expect(worst).toBeLessThan(1e-6)
})

test('a stem in which nobody plays for nobody is the stem in which all play', () => {
  let silenced = 0
  fc.assert(
    fc.property(anySong, fc.array(edit, { minLength: 5, maxLength: 20 }), fc.nat(), (first, edits, pick) => {
      const song = edits.reduce((before, change) => change(before), first)
      const one = song.tracks[pick % Math.max(1, song.tracks.length)]
      if (!one) return
      const all = { ...song, tracks: song.tracks.map((track) => ({ ...track, solo: track === one })) }
      const few = heardAlone(song, one.id)
      silenced += few.tracks.filter((track, index) => track.clips !== song.tracks[index]!.clips).length
      const over = { frames: RATE / 2, seed: 5 }
      expect(hash(render(few, over).channels)).toBe(hash(render(all, over).channels))
    }),
    runs,
  )
  expect(silenced).toBeGreaterThan(runs.numRuns / 4)
})

test('the master section is part of a render: gain, mute, and the limiter with its values', () => {
  const loud = songOf(
    { ...track('a', 48), gainDb: 6 },
    { ...track('b', 48), gainDb: 6 },
    { ...track('c', 55), gainDb: 6 },
  )
  const peak = (master: Partial<SongSpec['master']>): number =>
    peakOf(render(loud, { frames: RATE / 2, master: { ...spec(loud).master, ...master } }).channels[0]!)
  expect(peak({ limiter: { values: {}, bypass: true } })).toBeGreaterThan(0.5)
  expect(peak({ limiter: { values: { ceiling: -12 }, bypass: false } })).toBeCloseTo(10 ** (-12 / 20), 2)
  expect(peak({ mute: true })).toBe(0)
})

test('what cannot be built or names nothing is told; progress rises to 1; a render that is called off ends', () => {
  const lane = {
    id: 'l',
    target: 'nobody.mix',
    enabled: true,
    points: [{ id: 'p', tick: 0, value: 1, curve: 0, hold: false }],
  }
  const broken = track('Bass', 40)
  const song = songOf(
    { ...broken, devices: [{ ...broken.devices[0]!, values: { 'filter.cutoff': 1e9 } }] },
    { ...track('Lead', 60), automation: [lane] },
  )
  const shares: number[] = []
  const { diagnostics, channels } = renderSong(engineModule(), spec(song), 128, {
    onProgress: (share) => shares.push(share),
  })
  expect(diagnostics[0]).toMatch(/^“Bass” plays without its sound: /)
  expect(diagnostics[1]).toBe('“Lead”: the automation of nobody.mix names nothing that is there.')
  expect(peakOf(channels[0]!)).toBeGreaterThan(0.01)
  expect(shares.at(-1)).toBe(1)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  let polls = 0
  const poll = (): void => {
    if (++polls === 3) throw new Error('called off')
  }
  expect(() => renderSong(engineModule(), spec(song, { frames: 100 * RATE }), 128, { poll })).toThrow('called off')
  expect(polls).toBe(3)
})

test('frames of a micro-block boundary mean nothing to the length', () => {
  for (const frames of [1, constants.microBlock - 1, constants.maxRenderFrames + 5]) {
    expect(render(songOf(track('a', 60)), { frames }).channels[0]!.length).toBe(frames)
  }
})
