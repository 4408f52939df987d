// Groups, delay compensation, side inputs and feedback: songs on the real engine, planned and aligned as the app does it. Node.
import { describe, expect, it } from 'vitest'
import type { Return, Song, Track, TrackDevice } from '../../src/compile/song.ts'
import { planSong } from '../../src/compile/songPlan.ts'
import { encodeRouting } from '../../src/compile/songTables.ts'
import { align } from '../../src/compile/alignment.ts'
import { DEFAULT_ROUTING } from '../../src/compile/routing.ts'
import { EMPTY_TEST_SONG } from '../../src/compile/testSongs.ts'
import { loadBytes } from '../../src/engine/wire/load.ts'
import { constants, records } from '../../src/generated/wire.ts'
import { peakOf, rmsOf, stepOf, type Stereo } from './engine.ts'
import { songPlayer, type SongPlayer } from './songPlayer.ts'
import { listen, MASTER, returns, tone, track } from './strips.ts'

const TICKS = constants.ticksPerBeat
/** Longer than all that is smoothed or faded in. */
const SETTLED = 9600

const effect = (id: string, type: string, more: Partial<TrackDevice> = {}): TrackDevice => ({
  ...{ id, kind: 'effect', type, values: {}, bypass: false },
  ...more,
})
/** As good as a wire, but late: the limiter's lookahead under a ceiling that nothing reaches. */
const latent = (id: string): TrackDevice => effect(id, 'limiter', { values: { ceiling: 0 } })
const instrument = (id: string): TrackDevice => ({
  ...{ id: `${id}-i`, kind: 'instrument', type: 'own', values: {}, bypass: false, gainDb: 0 },
  patch: tone(0.2).patch,
})
const strip = { gainDb: 0, pan: 0, mute: false } as const
const plays = (id: string, more: Partial<Track> = {}): Track => ({
  ...{ id, kind: 'instrument', name: id, colour: 1, sends: [], automation: [], solo: false, ...strip },
  devices: [instrument(id)],
  clips: [
    {
      ...{ id: `${id}-c`, name: '', startTick: 0, lengthTicks: 64 * TICKS, mute: false, controls: [] },
      notes: [{ id: 'n', tick: 0, lengthTicks: 60 * TICKS, note: 69, velocity: 1 }],
    },
  ],
  ...more,
})
const group = (id: string, more: Partial<Track> = {}): Track =>
  plays(id, { kind: 'group', devices: [], clips: [], ...more })
const room = (id: string, more: Partial<Return> = {}): Return => ({ id, name: id, devices: [], ...strip, ...more })
const song = (tracks: Track[], sent: Return[] = []): Song => ({ ...EMPTY_TEST_SONG, tracks, returns: sent })

function start(first: Song): SongPlayer {
  const engine = songPlayer()
  engine.commands.at(null).masterBypass(0, true)
  engine.follow(null, first)
  engine.commands.at(null).transportPlay(0)
  return engine
}
/** What leaves `strips` of a song from its start. */
const hear = (first: Song, frames: number, ...strips: number[]): Stereo[] => {
  const engine = songPlayer()
  engine.commands.at(null).masterBypass(0, true)
  engine.follow(null, first)
  const tap = listen(engine, ...strips)
  engine.commands.at(null).transportPlay(0)
  return tap(frames)
}
const firstSample = (signal: Float32Array): number => signal.findIndex((value) => Math.abs(value) > 1e-4)

/** A copy with the other sign: what is aligned with it is not heard. */
const inverted = (id: string, more: Partial<Track> = {}): Track => {
  const made = plays(id, more)
  const [first, ...effects] = made.devices
  const patch = { ...first!.patch!, units: { ...first!.patch!.units } }
  const osc = patch.units.osc!
  patch.units.osc = { ...osc, values: { ...osc.values, phase: 270 } }
  return { ...made, devices: [{ ...first!, patch }, ...effects] }
}

describe('delay compensation', () => {
  const LATENT = [instrument('b'), latent('x')]

  it('a late effect on one track leaves every track aligned: its inverse on another one cancels it', () => {
    const [plain] = hear(song([plays('a')]), SETTLED, MASTER)
    const [null_] = hear(
      song([plays('a'), inverted('b', { devices: [...inverted('b').devices, latent('x')] })]),
      SETTLED,
      MASTER,
    )
    expect(peakOf(plain!.left)).toBeGreaterThan(0.15)
    expect(peakOf(null_!.left)).toBeLessThan(1e-4)
  })

  it.each([
    ['a group', (one: Track, other: Track) => song([group('g'), { ...one, output: 'g' }, { ...other, output: 'g' }])],
    [
      'a group in a group beside a track',
      (one: Track, other: Track) =>
        song([group('g'), group('h', { output: 'g', devices: [latent('y')] }), { ...one, output: 'h' }, other]),
    ],
    [
      'sends before the fader',
      (one: Track, other: Track) => {
        const sends = [{ returnId: 'r', gainDb: 0, pre: true }]
        return song(
          [
            { ...one, mute: true, sends },
            { ...other, mute: true, sends },
          ],
          [room('r')],
        )
      },
    ],
    [
      'a send against the track itself',
      (one: Track, other: Track) =>
        song(
          [{ ...one, sends: [{ returnId: 'r', gainDb: 0, pre: true }], mute: true }, other],
          [room('r', { devices: [latent('z')] })],
        ),
    ],
    [
      'a return that sends to a return',
      (one: Track, other: Track) =>
        song(
          [{ ...one, sends: [{ returnId: 'q', gainDb: 0, pre: true }], mute: true }, other],
          [
            room('r', { devices: [latent('z')] }),
            room('q', { sends: [{ returnId: 'r', gainDb: 0, pre: true }], mute: true }),
          ],
        ),
    ],
  ])('through %s', (_name, build) => {
    const one = plays('a')
    const other = inverted('b', { devices: [...inverted('b').devices, latent('x')] })
    const [alone] = hear(build(one, { ...other, clips: [] }), SETTLED, MASTER)
    const [both] = hear(build(one, other), SETTLED, MASTER)
    expect(peakOf(alone!.left)).toBeGreaterThan(0.15)
    expect(peakOf(both!.left)).toBeLessThan(1e-4)
  })

  it('a song without late effects and groups needs no table, and says no latency beside the master', () => {
    const engine = start(song([plays('a')]))
    engine.render(4800)
    expect(engine.stores.tables.size).toBe(2)
    expect(engine.status('latencyFrames')).toBe(engine.instance.exports.master_latency!())
    const late = start(song([plays('a'), { ...plays('b'), devices: LATENT }]))
    late.render(4800)
    expect(late.status('latencyFrames')).toBe(2 * engine.instance.exports.master_latency!())
  })

  it('a late effect that comes and goes while it plays moves the others without a step', () => {
    const bare = song([plays('a'), plays('b', { clips: [] })])
    const late = song([plays('a'), plays('b', { clips: [], devices: LATENT })])
    const engine = songPlayer()
    engine.commands.at(null).masterBypass(0, true)
    let placed = engine.follow(null, bare)
    const tap = listen(engine, MASTER)
    engine.commands.at(null).transportPlay(0)
    tap(SETTLED)
    const steady = stepOf(tap(SETTLED)[0]!.left)
    for (const next of [late, bare, late, bare]) {
      placed = engine.follow(placed, next)
      const [heard] = tap(SETTLED)
      expect(stepOf(heard!.left)).toBeLessThan(1.2 * steady)
      expect(rmsOf(heard!.left, SETTLED - 4800)).toBeCloseTo(0.2 / Math.SQRT2, 2)
    }
  })

  it('the click comes as late as the music', () => {
    const onset = (first: Song): number => {
      const engine = songPlayer()
      engine.commands.at(null).masterBypass(0, true)
      engine.follow(null, first)
      engine.commands.at(null).metronome(true, 0)
      engine.commands.at(null).transportPlay(0)
      return firstSample(engine.render(4800).left)
    }
    const late = plays('a', { clips: [], devices: LATENT })
    const master = songPlayer().instance.exports.master_latency!()
    expect(onset(song([late])) - onset(song([plays('a', { clips: [] })]))).toBe(master)
  })
})

describe('groups', () => {
  it('a group carries its tracks through its fader and effects, and mutes them', () => {
    const inside = plays('a', { output: 'g' })
    const level = (...tracks: Track[]): number => rmsOf(hear(song(tracks), SETTLED, MASTER)[0]!.left, SETTLED / 2)
    const plain = level(plays('a'))
    expect(level(group('g'), inside)).toBe(plain)
    expect(level(inside, group('g', { gainDb: -6 }))).toBeCloseTo(plain * 10 ** (-6 / 20), 5)
    expect(level(group('g', { mute: true }), inside)).toBe(0)
    expect(level(group('g', { output: 'h' }), group('h', { gainDb: -20 }), inside)).toBeCloseTo(plain / 10, 5)
  })

  it('solo of a track is heard through its groups; solo of a group is heard with all in it', () => {
    const levels = (soloed: string): number[] => {
      const tracks = [group('g'), plays('a', { output: 'g' }), plays('b', { output: 'g' }), plays('c')].map((one) => ({
        ...one,
        solo: one.id === soloed,
      }))
      return hear(song(tracks), SETTLED, track(1), track(2), track(3), MASTER).map(({ left }) =>
        Math.round(10 * peakOf(left, SETTLED / 2)),
      )
    }
    expect(levels('none')).toEqual([2, 2, 2, 6])
    expect(levels('a')).toEqual([2, 0, 0, 2])
    expect(levels('g')).toEqual([2, 2, 0, 4])
    expect(levels('c')).toEqual([0, 0, 2, 2])
  })

  it('a track that moves into a group while it plays does not click', () => {
    const outside = song([group('g', { gainDb: -12 }), plays('a')])
    const engine = songPlayer()
    engine.commands.at(null).masterBypass(0, true)
    let placed = engine.follow(null, outside)
    const tap = listen(engine, MASTER)
    engine.commands.at(null).transportPlay(0)
    tap(SETTLED)
    const steady = stepOf(tap(SETTLED)[0]!.left)
    for (const output of ['g', undefined, 'g']) {
      const { output: _, ...bare } = plays('a')
      placed = engine.follow(placed, song([group('g', { gainDb: -12 }), output ? { ...bare, output } : bare]), false)
      expect(stepOf(tap(SETTLED)[0]!.left)).toBeLessThan(1.2 * steady)
    }
  })
})

describe('side inputs', () => {
  const ducked = (source: string | null, pre = false): Track => {
    const values = { threshold: -40, ratio: 20 }
    const sidechain = source === null ? {} : { sidechain: { source, pre } }
    return plays('b', { gainDb: 0, devices: [instrument('b'), effect('comp', 'compressor', { values, ...sidechain })] })
  }
  const level = (...tracks: Track[]): number => rmsOf(hear(song(tracks), 2 * SETTLED, track(1))[0]!.left, SETTLED)

  it('a compressor follows the track that it is told to, before or after that one’s fader', () => {
    const silent = plays('a', { clips: [] })
    const open = level(silent, ducked('a'))
    expect(level(silent, ducked(null))).toBeLessThan(0.5 * open)
    expect(level(plays('a'), ducked('a'))).toBeLessThan(0.5 * open)
    expect(level(plays('a', { mute: true }), ducked('a', true))).toBeLessThan(0.5 * open)
    expect(level(plays('a', { mute: true }), ducked('a', false))).toBeCloseTo(open, 5)
  })

  it('the key comes in time: a late effect before the compressor, or on the key, changes no sample', () => {
    const beat = plays('a', {
      clips: [
        {
          ...plays('a').clips[0]!,
          notes: [0, 1, 2, 3].map((at) => ({
            id: `n${at}`,
            tick: (at * TICKS) / 4,
            lengthTicks: TICKS / 8,
            note: 69,
            velocity: 1,
          })),
        },
      ],
    })
    const heard = (first: Track, second: Track): Float32Array =>
      hear(song([first, second]), 2 * SETTLED, track(1))[0]!.left
    const plain = heard(beat, ducked('a'))
    const keyed = heard({ ...beat, devices: [...beat.devices, latent('x')] }, ducked('a'))
    const [first, comp] = ducked('a').devices
    const before = heard(beat, { ...ducked('a'), devices: [first!, latent('y'), comp!] })
    const latency = songPlayer().instance.exports.master_latency!()
    for (const late of [keyed, before]) {
      let most = 0
      for (let i = latency; i < late.length; i++) most = Math.max(most, Math.abs(late[i]! - plain[i - latency]!))
      expect(most).toBeLessThan(1e-4)
    }
  })
})

describe('feedback', () => {
  it('a return that sends to itself by feedback repeats, one micro-block later each time', () => {
    const click = plays('a', {
      sends: [{ returnId: 'r', gainDb: 0, pre: true }],
      mute: true,
      clips: [{ ...plays('a').clips[0]!, notes: [{ id: 'n', tick: 0, lengthTicks: 20, note: 69, velocity: 1 }] }],
    })
    const level = (feedback: boolean): number => {
      const sends = feedback ? [{ returnId: 'r', gainDb: -0.05, pre: true, feedback }] : []
      return peakOf(hear(song([click], [room('r', { sends })]), SETTLED, returns(0))[0]!.left, 2000, 4000)
    }
    expect(level(false)).toBe(0)
    expect(level(true)).toBeGreaterThan(0.01)
  })
})

describe('tables', () => {
  const bytes = () =>
    encodeRouting(align({ routing: DEFAULT_ROUTING, sends: new Map(), used: new Set(), latency: () => 0 }, null))
  const { first } = { first: records.songTable.bytes }
  it.each([
    ['a strip twice', (view: DataView) => view.setUint32(first, 5, true)],
    [
      'an output that runs before',
      (view: DataView) => view.setUint32(first + 9 * records.routeStrip.bytes + 4, 3, true),
    ],
    [
      'an output that takes no input',
      (view: DataView) => view.setUint32(first + 9 * records.routeStrip.bytes + 4, 30, true),
    ],
    ['a return without input', (view: DataView) => view.setUint32(first + 70 * records.routeStrip.bytes + 8, 0, true)],
    [
      'a group that is no number of two',
      (view: DataView) => view.setUint32(first + 4 * records.routeStrip.bytes + 8, 2, true),
    ],
    [
      'more feedback than returns',
      (view: DataView) => view.setUint32(first + 4 * records.routeStrip.bytes + 12, 1 << 8, true),
    ],
    [
      'a latency beyond the longest path',
      (view: DataView) => view.setUint32(records.songTable.offset.latencyFrames, 1 << 20, true),
    ],
  ])('%s is refused', (_what, spoil) => {
    const engine = songPlayer()
    const { instance, wire } = engine
    const heap = { exports: instance.exports as never, memory: instance.memory, wire }
    expect(loadBytes(heap, 'table', bytes())).toBeGreaterThan(0)
    const table = bytes()
    spoil(new DataView(table.buffer))
    expect(() => loadBytes(heap, 'table', table)).toThrow()
  })

  it('planning nothing twice plans no step', () => {
    const all = song([group('g'), plays('a', { output: 'g' })], [room('r')])
    expect(planSong(planSong(null, all).placed, all).operations).toEqual([])
  })
})
