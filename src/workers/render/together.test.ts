// A song by one, two or four engines: the same samples, whatever its tracks hear of each other (Node, the real module).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { peakOf } from '../../../wasm/test/engine.ts'
import { together } from '../../../wasm/test/renderCrew.ts'
import { demoProject } from '../../project/demo/demo.ts'
import { partOf, splitSong } from '../../compile/split.ts'
import {
  TICKS_PER_BEAT,
  type ControlBus,
  type Lane,
  type Sidechain,
  type Song,
  type Track,
  type TrackDevice,
} from '../../compile/song.ts'
import { edit, EMPTY_TEST_SONG, song as anySong, TEST_PATCH } from '../../compile/testSongs.ts'
import { number } from '../../compile/testEdits.ts'
import type { Together } from '../../engine/renderTogether.ts'
import { SoundloomError } from '../../params/error.ts'
import type { SongSpec } from './protocol.ts'

const RATE = 48000
const lfo = { kind: 'lfo', shape: 'random', rateHz: 5, beats: 0, phase: 0.1 } as const
const follower = (source: string) =>
  ({ kind: 'follower', source, attackSeconds: 0.01, releaseSeconds: 0.1, gainDb: 6 }) as const
const effect = (id: string, type: string, values: TrackDevice['values'] = {}, sidechain?: Sidechain): TrackDevice => ({
  id,
  kind: 'effect',
  type,
  values,
  bypass: false,
  ...(sidechain && { sidechain }),
})
/** Short notes on these beats, with rests between. */
const track = (id: string, beats: readonly number[], note: number, effects: readonly TrackDevice[] = []): Track => ({
  id,
  kind: 'instrument',
  name: id,
  colour: 1,
  devices: [
    { id: `${id}-sound`, kind: 'instrument', type: 'own', patch: TEST_PATCH, values: {}, bypass: false },
    ...effects.map((one) => ({ ...one, id: `${id}-${one.id}` })),
  ],
  sends: [],
  clips: [
    {
      id: `${id}-clip`,
      name: id,
      startTick: 0,
      lengthTicks: 4 * TICKS_PER_BEAT,
      mute: false,
      notes: beats.map((beat, n) => ({
        id: `n${String(n)}`,
        tick: beat * TICKS_PER_BEAT,
        lengthTicks: 0.2 * TICKS_PER_BEAT,
        note,
        velocity: 0.8,
      })),
      controls: [],
    },
  ],
  automation: [],
  gainDb: -3,
  pan: 0.1,
  mute: false,
  solo: false,
})
const lane = (target: string, from: number, to: number): Lane => ({
  id: target,
  target: target.includes('.') ? `lead-${target}` : target,
  enabled: true,
  points: [from, to, from].map((value, n) => ({
    id: `p${String(n)}`,
    tick: n * 1.4 * TICKS_PER_BEAT,
    value,
    curve: 0.3,
    hold: n === 1,
  })),
})
const runs = { seed: 4, numRuns: process.env.VERIFY ? 150 : 3, endOnFailure: !process.env.VERIFY }

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

/** An LFO, and a follower of some strip, each moving a device of some track. */
const controls = (song: Song): fc.Arbitrary<readonly ControlBus[]> => {
  const devices = song.tracks.flatMap(({ id, devices: own }) => own.map((device) => ({ stripId: id, device })))
  const sources = [...song.tracks, ...song.returns].map(({ id }) => id)
  if (devices.length === 0) return fc.constant([])
  const route = fc.tuple(fc.constantFrom(...devices), number(-0.5, 0.5)).map(([{ stripId, device }, amount]) => ({
    stripId,
    deviceId: device.id,
    key: device.kind === 'instrument' ? 'filter.cutoff' : 'mix',
    amount,
  }))
  return fc.tuple(fc.constantFrom(...sources), route, route, fc.boolean()).map(([source, a, b, any]): ControlBus[] =>
    any
      ? [
          { id: 'lfo', name: 'LFO', source: lfo, routes: [a] },
          { id: 'follow', name: 'Follow', source: follower(source), routes: [b] },
        ]
      : [],
  )
}
const connected = fc
  .tuple(anySong, fc.array(edit, { minLength: 10, maxLength: 30 }))
  .map(([first, edits]) => edits.reduce((song, change) => change(song), first))
  .chain((song) => controls(song).map((buses): Song => ({ ...song, controls: buses })))

/** Everything that a track can be to others, once. */
const DUCK = { threshold: -40, ratio: 8 }
const band: Song = {
  ...EMPTY_TEST_SONG,
  tempoMap: [
    { tick: 0, bpm: 140, ramp: true },
    { tick: 2 * TICKS_PER_BEAT, bpm: 200, ramp: false },
  ],
  tracks: [
    { ...track('kick', [0, 1, 2, 3], 36), gainDb: -2 },
    track('bass', [0.5, 1.5, 2.5], 40, [effect('duck', 'compressor', DUCK, { source: 'kick', pre: false })]),
    track('pad', [0, 2], 60, [
      effect('look', 'lookaheadCompressor', { threshold: -30 }),
      effect('duck', 'compressor', DUCK, { source: 'bass', pre: true }),
    ]),
    {
      ...track('lead', [0.25, 2.75], 72, [effect('echo', 'delay', { time: 0.1, feedback: 0.2 })]),
      sends: [{ returnId: 'hall', gainDb: -10, pre: true }],
      automation: [lane('gain', -30, 3), lane('pan', -1, 1), lane('send:hall', -40, 0), lane('echo.mix', 0.1, 0.9)],
    },
    { ...track('keys', [1, 1.25], 64, [effect('wide', 'chorus')]), output: 'all', pan: -0.5 },
    { ...track('hat', [0.1, 0.6, 1.1], 90), output: 'all', mute: true },
    {
      ...track('all', [], 0, [effect('drive', 'saturation')]),
      kind: 'group',
      sends: [{ returnId: 'hall', gainDb: -6, pre: false }],
    },
    track('ghost', [0, 3], 50, [effect('duck', 'compressor', DUCK, { source: 'all', pre: false })]),
    track('moved', [0.3, 1.3], 55, [effect('wet', 'chorus')]),
    track('swept', [0.3, 1.3], 57),
    { ...track('none', [], 0), devices: [] },
  ],
  returns: [{ id: 'hall', name: 'Hall', devices: [effect('hall-fx', 'plate')], gainDb: -6, pan: 0, mute: false }],
  controls: [
    {
      id: 'follow',
      name: 'F',
      source: follower('kick'),
      routes: [{ stripId: 'moved', deviceId: 'moved-wet', key: 'mix', amount: 0.4 }],
    },
    {
      id: 'sweep',
      name: 'L',
      source: lfo,
      routes: [{ stripId: 'swept', deviceId: 'swept-sound', key: 'filter.cutoff', amount: 0.3 }],
    },
  ],
}

describe('a band whose players hear each other', () => {
  test('is the same by 1, 2, 3 or 4 engines, from its beginning and from its middle', async () => {
    for (const fromTick of [0, 1.1 * TICKS_PER_BEAT]) {
      const alone = await together(spec(band, { fromTick, frames: RATE }), 1)
      expect(alone.diagnostics).toEqual([])
      expect(peakOf(alone.channels[0]!)).toBeGreaterThan(0.1)
      for (const engines of fromTick === 0 ? [2, 4] : [3]) {
        const all = await together(spec(band, { fromTick, frames: RATE }), engines)
        expect(all.calls).toEqual({ handed: expect.anything() as unknown, alone: 0 })
        expect(all.sha256).toBe(alone.sha256)
      }
    }
  })

  test('what hears the mix, plays others or plays nothing stays where it is mixed; a part plays again what its tracks hear', () => {
    const { parts, mixed } = splitSong(band, 4)
    expect(parts).toHaveLength(3)
    expect([...mixed].filter(([, reason]) => reason !== 'balance')).toEqual([
      ['all', 'group'],
      ['none', 'empty'],
      ['ghost', 'hearsMix'],
    ])
    const ids = band.tracks.map(({ id }) => id)
    expect([...parts.flat(), ...mixed.keys()].sort()).toEqual([...ids].sort())
    const played = partOf(band, ['pad']).tracks.filter(({ devices }) => devices.length > 0)
    expect(played).toEqual(band.tracks.filter(({ id }) => ['kick', 'bass', 'pad'].includes(id)))
    expect(partOf(band, ['moved']).tracks.map(({ id }) => id)).toEqual(ids)
    const listening = {
      ...band,
      tracks: [
        ...band.tracks,
        track('far', [1], 50, [effect('duck', 'compressor', DUCK, { source: 'ghost', pre: true })]),
      ],
    }
    expect(splitSong(listening, 4).mixed.get('far')).toBe('hearsMix')
    expect(splitSong(band, 1).parts).toEqual([])
    expect(splitSong(EMPTY_TEST_SONG, 4).parts).toEqual([])
  })
})

test('any song: groups, sends, side chains, followers, delays, racks and lanes', async () => {
  let heard = 0
  let handed = 0
  const engines = process.env.VERIFY ? [2, 4] : [3]
  const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 })
  await fc.assert(
    fc.asyncProperty(connected, fc.integer({ min: 0, max: 9000 }), seed, async (song, startTick, seed) => {
      const one = spec(song, { fromTick: startTick, seed, frames: 0.5 * RATE })
      const alone = await together(one, 1)
      heard += peakOf(alone.channels[0]!) > 0.01 ? 1 : 0
      for (const count of engines) {
        const all = await together(one, count)
        expect(all.sha256).toBe(alone.sha256)
        expect(all.diagnostics).toEqual(alone.diagnostics)
        handed += all.calls.alone ? 0 : all.calls.handed.length
      }
    }),
    runs,
  )
  expect(heard).toBeGreaterThan(runs.numRuns / 4)
  expect(handed).toBeGreaterThan(runs.numRuns)
}, 600_000)

test.runIf(process.env.VERIFY)(
  'the demo song with every track twice, 16 in all, and its tail',
  async () => {
    const demo = demoProject()
    const again = demo.tracks.map((one) => ({ ...one, id: `${one.id}-2`, pan: -one.pan }))
    const song = { ...demo, tracks: [...demo.tracks, ...again] }
    const whole = spec(song, { master: song.master, seed: song.seed })
    const hashes = new Set<string>()
    for (const engines of [1, 2, 4]) hashes.add((await together(whole, engines)).sha256)
    expect(hashes.size).toBe(1)
  },
  600_000,
)

describe('what is not as it should be', () => {
  const few: Song = { ...band, tracks: band.tracks.slice(0, 3), returns: [], controls: [] }
  const short = (song: Song): SongSpec => spec(song, { frames: 0.25 * RATE })

  test.each([
    [
      'a sound that cannot be built',
      {
        ...few,
        tracks: [
          { ...few.tracks[0]!, devices: [{ ...few.tracks[0]!.devices[0]!, values: { 'filter.cutoff': 1e9 } }] },
          ...few.tracks.slice(1),
        ],
      },
      /plays without its sound/,
    ],
    [
      'more at once than there is room for',
      {
        ...few,
        tracks: few.tracks.map((one) => ({
          ...one,
          clips: one.clips.map((clip) => ({
            ...clip,
            controls: Array.from({ length: 900 }, (_, n) => ({
              id: `c${String(n)}`,
              tick: 100,
              controller: 'wheel' as const,
              value: n / 900,
            })),
          })),
        })),
      },
      /events of the song were lost/,
    ],
  ])('%s: one engine plays it all', async (_, song, said) => {
    const alone = await together(short(song), 1)
    expect(alone.diagnostics.join()).toMatch(said)
    const all = await together(short(song), 2)
    expect(all).toMatchObject({ sha256: alone.sha256, diagnostics: alone.diagnostics, calls: { alone: 1 } })
    expect(all.calls.handed.length).toBeGreaterThan(0)
  })

  test('too little memory for several engines is enough for one; any other fault is told', async () => {
    const failing = (error: Error) => (worker: Together, index: number) =>
      index === 1 ? { ...worker, playPart: () => Promise.reject(error) } : worker
    const memory = new SoundloomError('limit-exceeded', 'No memory', { field: 'memory' })
    expect((await together(short(few), 2, { change: failing(memory) })).calls.alone).toBe(1)
    const fault = new SoundloomError('engine-fault', 'The render failed')
    await expect(together(short(few), 2, { change: failing(fault) })).rejects.toBe(fault)
  })

  test('called off, all end; until then progress rises, and no part runs far ahead', async () => {
    const ended: string[] = []
    const calling = new AbortController()
    const shares: number[] = []
    let most = 0
    const change = (worker: Together, index: number): Together =>
      index === 0
        ? worker
        : {
            ...worker,
            async playPart(given, port, signal) {
              const counted = new MessageChannel()
              let sent = 0
              counted.port1.onmessage = ({ data }: MessageEvent<unknown>) => {
                most = Math.max(most, ++sent - shares.length / 8)
                port.postMessage(data)
              }
              port.onmessage = ({ data }: MessageEvent<unknown>) => counted.port1.postMessage(data)
              await worker.playPart(given, counted.port2, signal).finally(() => {
                counted.port1.close()
                ended.push('part')
              })
            },
          }
    const onProgress = (share: number): void => {
      shares.push(share)
      if (shares.length === 50) calling.abort()
    }
    const whole = together(spec(few, { frames: 60 * RATE }), 3, { change, onProgress, signal: calling.signal })
    await expect(whole).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(() => ended.length).toBe(2)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.length).toBeLessThan(60)
    expect(most).toBeLessThanOrEqual(3)
  })
})
