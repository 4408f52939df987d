// Block times from counters (Node).
import { expect, test } from 'vitest'
import { bucketOf, bucketTopUs, Stat, STATS_BYTES } from '../../worklets/stats.ts'
import { createBlockTimes } from './timing.ts'

function setUp() {
  const stats = new SharedArrayBuffer(STATS_BYTES)
  const words = new Int32Array(stats)
  const count = (us: number, times: number): void => {
    words[Stat.samples]! += times
    words[Stat.sumUs]! += us * times
    words[Stat.histogram + bucketOf(us)]! += times
  }
  return { stats, words, count }
}

test('a bucket holds its own times, about nine percent wide', () => {
  for (const us of [1, 5, 40, 333, 2667, 80_000]) {
    const top = bucketTopUs(bucketOf(us))
    expect(top).toBeGreaterThan(us * 0.999)
    expect(top).toBeLessThan(us * 1.12)
  }
})

test('the mean and the 99.9th percentile are of what came since the last call', () => {
  const { stats, count } = setUp()
  const times = createBlockTimes(stats)
  count(100, 9990)
  count(900, 10)
  expect(times()).toMatchObject({ samples: 10_000, meanUs: 100.8 })
  count(50, 10_000)
  count(2000, 11)
  const second = times()
  expect(second?.p999Us).toBeGreaterThan(2000)
  expect(second?.p999Us).toBeLessThan(2250)
})

test('too few blocks say nothing, and count for the next call', () => {
  const { stats, count } = setUp()
  const times = createBlockTimes(stats)
  count(100, 5)
  expect(times()).toBeNull()
  count(100, 5)
  expect(times()?.samples).toBe(10)
})

test('a sum that wrapped round is still a sum', () => {
  const { stats, words, count } = setUp()
  words[Stat.sumUs] = -500
  const times = createBlockTimes(stats)
  count(100, 10)
  expect(times()?.meanUs).toBe(100)
})
