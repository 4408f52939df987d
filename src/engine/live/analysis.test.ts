// The page's side of the analyzer over the real worker code, without a thread between them (Node).
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { engineModule } from '../../../wasm/test/module.ts'
import { createAnalysis, type Analysis } from '../../workers/analyzer/analysis.ts'
import type { AnalyzerClient } from '../../workers/analyzer/client.ts'
import type { AnalyzerApi, AnalyzerEngine } from '../../workers/analyzer/protocol.ts'
import { Shared } from '../../workers/analyzer/shared.ts'
import { constants, records } from '../../generated/wire.ts'
import { createTransportStore } from '../../transport/store.ts'
import { createLiveAnalysis } from './analysis.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const CAPACITY = 65536
const { offset, bytes } = records.tap

/** An engine's taps in memory: what is pointed where, and frames written as the engine writes them. */
function tapsOf(generation: number) {
  const size = bytes + CAPACITY * 8
  const slotBytes = records.slot.bytes * 128
  const buffer = new SharedArrayBuffer(slotBytes + constants.analysisTaps * size)
  const headers = Array.from(
    { length: constants.analysisTaps },
    (_, tap) => new Int32Array(buffer, slotBytes + tap * size, bytes >> 2),
  )
  for (const header of headers) header[offset.capacity >> 2] = CAPACITY
  const taps = headers.map((header) => header.byteOffset)
  const engine: AnalyzerEngine = { generation, buffer, slots: 0, sampleRate: 48000, blockFrames: 128, taps }
  return {
    engine,
    point(tap: number, strip: number, on: boolean) {
      const header = headers[tap]!
      header[offset.startHead >> 2] = header[offset.head >> 2]!
      header[offset.startFrameLow >> 2] = 1000
      header[offset.strip >> 2] = strip
      header[offset.on >> 2] = on ? 1 : 0
    },
    write(tap: number, frames: number, value: number) {
      const header = headers[tap]!
      if (header[offset.on >> 2] !== 1) return
      const samples = new Float32Array(buffer, header.byteOffset + bytes, CAPACITY * 2)
      const head = header[offset.head >> 2]!
      for (let i = 0; i < frames * 2; i++) samples[((head & (CAPACITY - 1)) * 2 + i) % (CAPACITY * 2)] = value
      header[offset.head >> 2] = head + frames
    },
  }
}

function rig() {
  let taps = tapsOf(1)
  let strips: ReadonlyMap<string, number> = new Map()
  const pointed: [number, number, boolean][] = []
  const state: { analysis: Analysis | null; started: number; fail: (message: string) => void } = {
    analysis: null,
    started: 0,
    fail: () => undefined,
  }
  const failures: string[] = []
  const startWorker = (): AnalyzerClient => {
    state.started++
    const api: AnalyzerApi = {
      boot(module, shared) {
        const words = new Int32Array(shared)
        state.analysis = createAnalysis(module, () => void Atomics.add(words, Shared.computations, 1))
      },
      attach: (engine) => state.analysis!.attach(engine),
      open: (order) => state.analysis!.open(order),
      change: (id, at, rateHz) => state.analysis!.change(id, at, rateHz),
      close: (id) => state.analysis!.close(id),
    }
    const remote = Object.fromEntries(
      Object.entries(api).map(([name, method]) => [
        name,
        async (...args: never[]) => (method as (...given: never[]) => unknown)(...args),
      ]),
    )
    return {
      api: remote as unknown as AnalyzerClient['api'],
      onError: (listener) => (state.fail = listener),
      end: () => (state.analysis = null),
    }
  }
  const live = createLiveAnalysis({
    module: () => Promise.resolve(engineModule()),
    startWorker,
    pointTap(tap, strip, on) {
      pointed.push([tap, strip, on])
      taps.point(tap, strip, on)
    },
    trackIds: () => [...strips.keys()],
    trackStrip: (id) => strips.get(id) ?? null,
    position: createTransportStore(),
    failed: (message) => failures.push(message),
  })
  live.setEngine(taps.engine)
  pointed.length = 0
  let nowMs = 0
  return {
    live,
    pointed,
    state,
    failures,
    taps: () => taps,
    setTracks(next: ReadonlyMap<string, number>) {
      strips = next
      live.tracksMoved()
    },
    rebuild(generation: number) {
      taps = tapsOf(generation)
      live.setEngine(taps.engine)
    },
    settle: () => vi.advanceTimersByTimeAsync(0),
    /** The engine writes to every tap that is on, the worker turns. */
    turn(value = 0.5, frames = 800) {
      for (let tap = 0; tap < constants.analysisTaps; tap++) taps.write(tap, frames, value)
      state.analysis?.turn((nowMs += 17))
    },
  }
}

describe('live analysis', () => {
  test('nobody listens: no worker, no tap, no computation', async () => {
    const { live, state, pointed, turn, settle } = rig()
    await settle()
    turn()
    expect(state.started).toBe(0)
    expect(pointed).toEqual([])
    const { computations, taps, streams } = live.statistics()
    expect([computations, taps.some(({ on }) => on), streams]).toEqual([0, false, []])
  })

  test('a listener turns its tap on and gets results; with the last one everything stops', async () => {
    const { live, pointed, turn, settle } = rig()
    const watched = live.watch({ type: 'levels', source: 'master', rateHz: 60 })
    await settle()
    expect(pointed).toEqual([[0, constants.strips, true]])
    turn()
    expect(watched.refresh()).toBe(true)
    expect(watched.refresh()).toBe(false)
    expect(watched.reading('peakLeft')[0]).toBe(0.5)
    expect(watched.stamp()).toMatchObject({ generation: 1, engineFrame: 1800 })
    expect(live.statistics()).toMatchObject({
      computations: 1,
      taps: [{ source: 'master', on: true }, { source: null, on: false }, {}, {}],
      streams: [{ type: 'levels', source: 'master', subscribers: 1, rateHz: 60, computations: 1, droppedFrames: 0 }],
    })
    watched.end()
    await settle()
    expect(pointed.at(-1)).toEqual([0, 0, false])
    turn()
    turn()
    expect(live.statistics()).toMatchObject({ computations: 1, taps: [{ source: null, on: false }, {}, {}, {}] })
    expect(live.statistics().streams).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('who asks for the same shares one computation; the most eager rate counts', async () => {
    const { live, turn, settle } = rig()
    const slow = live.watch({ type: 'scope', source: 'audition', rateHz: 5 })
    const fast = live.watch({ type: 'scope', source: 'audition', rateHz: 60, options: { points: 256 } })
    const other = live.watch({ type: 'scope', source: 'audition', rateHz: 60, options: { points: 64 } })
    await settle()
    expect(live.statistics().streams).toMatchObject([
      { subscribers: 2, rateHz: 60 },
      { subscribers: 1, options: { points: 64 } },
    ])
    turn(0.5, 1000)
    expect([slow.refresh(), fast.refresh(), other.refresh()]).toEqual([true, true, true])
    expect(live.statistics().computations).toBe(2)
    fast.end()
    expect(live.statistics().streams[0]).toMatchObject({ subscribers: 1, rateHz: 5 })
  })

  test('a rate is kept: one result in so many turns', async () => {
    const { live, turn, settle } = rig()
    live.watch({ type: 'levels', source: 'master', rateHz: 10 })
    await settle()
    // 60 turns of 17 ms.
    for (let i = 0; i < 60; i++) turn()
    expect(Math.abs(live.statistics().computations - 10.2)).toBeLessThanOrEqual(1)
  })

  test('four sources at once; the fifth is refused until one is free', async () => {
    const { live, settle, setTracks } = rig()
    setTracks(new Map(['a', 'b', 'c', 'd'].map((id, index) => [id, index + 1])))
    const watches = ['master', 'audition', 'track:a', 'track:b'].map((source) => live.watch({ type: 'levels', source }))
    await settle()
    const fifth = () => live.watch({ type: 'levels', source: 'track:c' })
    expect(fifth).toThrow(expect.objectContaining({ code: 'limit-exceeded', field: 'source', value: 'track:c' }))
    watches[1]!.end()
    expect(fifth).not.toThrow()
    expect(live.statistics().taps.map(({ source }) => source)).toEqual(['master', 'track:c', 'track:a', 'track:b'])
  })

  test('a rebuilt engine: taps are pointed again, streams go on, results of the old one are gone', async () => {
    const { live, rebuild, turn, settle, pointed } = rig()
    const watched = live.watch({ type: 'levels', source: 'audition', rateHz: 60 })
    await settle()
    turn(0.5)
    watched.refresh()
    pointed.length = 0
    rebuild(2)
    expect(watched.stamp()).toBeNull()
    expect(watched.reading('peakLeft').length).toBe(0)
    expect(pointed).toContainEqual([0, 0, true])
    await settle()
    expect(watched.refresh()).toBe(false)
    turn(0.25)
    expect(watched.refresh()).toBe(true)
    expect(watched.reading('peakLeft')[0]).toBe(0.25)
    expect(watched.stamp()!.generation).toBe(2)
  })

  test('a track that moves to another strip is followed; one that goes is silent and comes back', async () => {
    const { live, turn, settle, pointed, setTracks } = rig()
    setTracks(new Map([['a', 3]]))
    const watched = live.watch({ type: 'levels', source: 'track:a', rateHz: 60 })
    await settle()
    setTracks(new Map([['a', 7]]))
    expect(pointed).toContainEqual([0, 7, true])
    await settle()
    turn()
    expect(watched.refresh()).toBe(true)
    setTracks(new Map())
    await settle()
    turn()
    expect(watched.refresh()).toBe(false)
    setTracks(new Map([['a', 7]]))
    await settle()
    turn()
    expect(watched.refresh()).toBe(true)
  })

  test('what came before a tap was pointed is not heard', async () => {
    const { live, turn, settle, taps, setTracks } = rig()
    setTracks(new Map([['a', 3]]))
    const first = live.watch({ type: 'levels', source: 'master', rateHz: 60 })
    await settle()
    taps().write(0, 500, 0.9)
    first.end()
    const second = live.watch({ type: 'levels', source: 'track:a', rateHz: 60 })
    await settle()
    turn(0.1)
    second.refresh()
    expect(second.reading('holdLeft')[0]).toBeCloseTo(0.1, 6)
  })

  test('a worker that dies is started again with the same streams; one that keeps dying is reported', async () => {
    const { live, state, turn, settle, failures } = rig()
    const watched = live.watch({ type: 'levels', source: 'master', rateHz: 60 })
    await settle()
    for (let death = 0; death < 3; death++) {
      state.fail('out of order')
      await settle()
      turn()
      expect(watched.refresh()).toBe(true)
    }
    expect(failures).toEqual([])
    state.fail('out of order')
    expect(failures).toEqual(['out of order'])
  })

  test('subscriptions: new results as plain copies at their rate; nothing after the end', async () => {
    const { live, turn, settle } = rig()
    const results: unknown[] = []
    const end = live.subscribe({ type: 'levels', source: 'master' }, { rateHz: 20 }, (result) => results.push(result))
    await settle()
    turn()
    await vi.advanceTimersByTimeAsync(50)
    await vi.advanceTimersByTimeAsync(50)
    expect(results).toMatchObject([
      {
        type: 'levels',
        source: 'master',
        frame: 1800,
        songFrame: 0,
        generation: 1,
        values: { peakLeft: 0.5, clips: 0 },
      },
    ])
    end()
    turn()
    await vi.advanceTimersByTimeAsync(500)
    expect(results.length).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a number that is none arrives as null', async () => {
    const { live, turn, settle } = rig()
    const results: { values: object }[] = []
    live.subscribe({ type: 'centroid', source: 'master' }, { rateHz: 20 }, (result) => results.push(result))
    await settle()
    turn(0, 2048)
    await vi.advanceTimersByTimeAsync(50)
    expect(results).toMatchObject([{ values: { centroid: null } }])
  })

  test.each([
    [{ type: 'smell', source: 'master' }, {}, 'type'],
    [{ source: 'master' }, {}, 'type'],
    [null, {}, 'type'],
    [{ type: 'levels', source: 'kitchen' }, {}, 'source'],
    [{ type: 'levels' }, {}, 'source'],
    [{ type: 'levels', source: 'transport' }, {}, 'source'],
    [{ type: 'transport', source: 'master' }, {}, 'source'],
    [{ type: 'levels', source: 'master' }, { rateHz: 0 }, 'rateHz'],
    [{ type: 'levels', source: 'master' }, { rateHz: 1000 }, 'rateHz'],
    [{ type: 'levels', source: 'master' }, { rateHz: '30' }, 'rateHz'],
    [{ type: 'transport', source: 'transport' }, { rateHz: NaN }, 'rateHz'],
    [{ type: 'spectrum', source: 'master' }, { options: { size: 1000 } }, 'options.size'],
    [{ type: 'spectrum', source: 'master' }, { options: 7 }, 'options'],
  ])('%o with %o is refused and names %s', (request, options, field) => {
    const { live, pointed, state } = rig()
    const subscribe = () => live.subscribe(request as never, options as never, () => undefined)
    expect(subscribe).toThrow(expect.objectContaining({ code: 'invalid-argument', field }))
    expect([pointed, state.started, vi.getTimerCount()]).toEqual([[], 0, 0])
  })

  test('a track that is not there is an unknown id; a callback must be one', () => {
    const { live } = rig()
    expect(() => live.watch({ type: 'levels', source: 'track:x' })).toThrow(
      expect.objectContaining({ code: 'unknown-id', field: 'source' }),
    )
    expect(() => live.subscribe({ type: 'levels', source: 'master' }, {}, 7 as never)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', field: 'callback' }),
    )
  })

  test('lists every type with the sources that there are', () => {
    const { live, setTracks } = rig()
    setTracks(new Map([['a', 3]]))
    const list = live.list()
    const types = ['levels', 'spectrum', 'scope', 'centroid', 'flatness', 'loudness', 'mfcc', 'transport']
    expect(list.map(({ type }) => type)).toEqual(types)
    expect(list[0]!.sources).toEqual(['master', 'audition', 'track:a'])
    expect(list.at(-1)!.sources).toEqual(['transport'])
  })
})
