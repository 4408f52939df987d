// The callback monitor over the words that the worklet writes (Node).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { enums } from '../generated/wire.ts'
import {
  bucketOf,
  LOAD_WORDS,
  SAMPLE_EVERY,
  SLOW_CAPACITY,
  SLOW_WORDS,
  slowRing,
  Stat,
  STATS_BYTES,
} from '../../worklets/stats.ts'
import { createCallbackMonitor, SLOW_LOG, type Watched } from './callbackMonitor.ts'

/** What the worklet does, without an engine. */
function fakeEngine(number = 1) {
  const stats = new SharedArrayBuffer(STATS_BYTES)
  const words = new Int32Array(stats)
  words[Stat.sampleEvery] = SAMPLE_EVERY
  const ring = slowRing(stats)
  let leases = 0
  const watched: Watched = { number, stats, sampleRate: 48000, blockFrames: 128, leaseLoad: () => void leases++ }
  const call = (us: number): void => {
    words[Stat.samples]! += 1
    words[Stat.sumUs]! += us
    words[Stat.histogram + bucketOf(us)]! += 1
    words[Stat.maximumUs] = Math.max(words[Stat.maximumUs]!, us)
  }
  const slow = (us: number, frame: number, strip = 3, device = 0, ns = 500, totalNs = 1000): void => {
    const load = new Int32Array(LOAD_WORDS)
    const floats = new Float32Array(load.buffer)
    load[enums.loadWord.frameLow] = frame
    load[enums.loadWord.strip] = strip
    load[enums.loadWord.device] = device
    floats[enums.loadWord.totalNs] = totalNs
    floats[enums.loadWord.deviceNs] = ns
    ring.set([us, ...load], (words[Stat.slowBlocks]! % SLOW_CAPACITY) * SLOW_WORDS)
    words[Stat.slowBlocks]! += 1
  }
  return { watched, words, call, slow, leases: () => leases }
}

test('while nobody watches one call in sixteen is timed, and nothing is asked of the engine', () => {
  const { watched, words, leases } = fakeEngine()
  const monitor = createCallbackMonitor(() => watched)
  monitor.read()
  expect([words[Stat.sampleEvery], leases()]).toEqual([SAMPLE_EVERY, 0])
  const first = monitor.watch()
  const second = monitor.watch()
  expect([words[Stat.sampleEvery], leases()]).toEqual([1, 1])
  first()
  first()
  expect(words[Stat.sampleEvery]).toBe(1)
  second()
  expect(words[Stat.sampleEvery]).toBe(SAMPLE_EVERY)
})

test('mean, percentile and worst are of the calls since watching began', () => {
  const { watched, call } = fakeEngine()
  const monitor = createCallbackMonitor(() => watched)
  call(9000)
  const leave = monitor.watch()
  expect(monitor.read().times).toBeNull()
  for (let i = 0; i < 980; i++) call(100)
  monitor.read()
  for (let i = 0; i < 20; i++) call(1000)
  const { times, quantumUs } = monitor.read()
  expect(quantumUs).toBeCloseTo(2666.67, 1)
  expect(times).toMatchObject({ samples: 1000, meanUs: 118, worstUs: 1000 })
  expect(times!.p99Us).toBeGreaterThan(900)
  leave()
  monitor.watch()
  expect(monitor.read().times).toBeNull()
})

test('a slow call is named with its time, its frame and what cost most', () => {
  const { watched, slow } = fakeEngine(7)
  const monitor = createCallbackMonitor(() => watched)
  slow(5000, 1)
  monitor.watch()
  slow(2400, 48000, 65, 2, 300, 400)
  slow(1600, 96000, 0, 0, 0, 0)
  const { log, slowCalls } = monitor.read()
  expect(slowCalls).toBe(2)
  expect(log).toEqual([
    { frame: 96000, generation: 7, us: 1600, share: expect.closeTo(0.6, 5) as number, dearest: null },
    {
      frame: 48000,
      generation: 7,
      us: 2400,
      share: expect.closeTo(0.9, 5) as number,
      dearest: { strip: 65, device: 2, share: 0.75 },
    },
  ])
  expect(monitor.read().log).toBe(log)
})

test('whatever comes between two readings, each call is logged once, in order, or counted as lost', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 * SLOW_CAPACITY }), { maxLength: 8 }), (bursts) => {
      const { watched, slow } = fakeEngine()
      const monitor = createCallbackMonitor(() => watched)
      monitor.watch()
      let frame = 0
      const kept: number[] = []
      for (const burst of bursts) {
        for (let i = 0; i < burst; i++) slow(2000, ++frame)
        for (let n = Math.max(1, burst - SLOW_CAPACITY + 2); n <= burst; n++) kept.unshift(frame - burst + n)
        monitor.read()
      }
      const { log, slowCalls } = monitor.read()
      expect(slowCalls).toBe(frame)
      expect(log.map((call) => call.frame)).toEqual(kept.slice(0, SLOW_LOG))
    }),
    { seed: 1, numRuns: 100 },
  )
})

test('a rebuilt engine is watched on, and the log keeps what the old one did', () => {
  const [old, fresh] = [fakeEngine(1), fakeEngine(2)]
  let now: Watched | null = old.watched
  const monitor = createCallbackMonitor(() => now)
  const leave = monitor.watch()
  old.slow(2000, 10)
  old.call(2000)
  monitor.read()
  now = null
  expect(monitor.read()).toMatchObject({ quantumUs: null, slowCalls: 1 })
  expect(old.words[Stat.sampleEvery]).toBe(SAMPLE_EVERY)
  now = fresh.watched
  monitor.read()
  fresh.slow(2100, 5)
  fresh.call(100)
  const { log, times } = monitor.read()
  expect(log.map(({ generation, frame }) => [generation, frame])).toEqual([
    [2, 5],
    [1, 10],
  ])
  expect(times).toMatchObject({ samples: 2, worstUs: 2000 })
  leave()
  expect(fresh.words[Stat.sampleEvery]).toBe(SAMPLE_EVERY)
})
