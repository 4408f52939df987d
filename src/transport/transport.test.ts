// The transport store over a slot in shared memory (Node).
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { constants, enums } from '../generated/wire.ts'
import type { Playhead } from './state.ts'
import { createTransportStore } from './store.ts'
import { testSlot } from './testSlot.ts'
import { formatTime } from './time.ts'

const { transportStatus, transportFlag } = enums
const BEAT = constants.ticksPerBeat

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const playhead = (): Playhead => ({ playing: false, beatPos: -1, samplePos: -1, bpm: 0 })

test('times are written with all digits, never negative, and go on past an hour', () => {
  expect([0, 0.0015, 59.9996, 61.001, -3, 3600.5, 36_000].map(formatTime)).toEqual([
    '00:00.000',
    '00:00.001',
    '00:59.999',
    '01:01.001',
    '00:00.000',
    '60:00.500',
    '600:00.000',
  ])
})

test('a time of whole milliseconds shows exactly these, at every sample rate', () => {
  const rates = fc.constantFrom(44100, 48000, 96000)
  fc.assert(
    fc.property(fc.nat(6_000_000), rates, (milliseconds, rate) => {
      const text = formatTime(Math.ceil((milliseconds * rate) / 1000) / rate)
      const [minutes, seconds] = text.split(':') as [string, string]
      expect(Number(minutes) * 60_000 + Math.round(Number(seconds) * 1000)).toBe(milliseconds)
    }),
  )
})

test('every word of the slot arrives in the state, positions beyond 32 bits included', () => {
  const slot = testSlot()
  slot.write({
    status: transportStatus.playing,
    flags: transportFlag.loop | transportFlag.metronome,
    engineLow: 2 ** 40 + 5,
    positionLow: 48000 * 90,
    tickLow: 2 ** 33 + BEAT / 2,
    tickFraction: 0.25,
    bpm: 97.5,
    numerator: 7,
    denominator: 8,
    bar: 4,
    beat: 2,
    tickOfBeat: 960,
    loopStartLow: 4 * BEAT,
    loopEndLow: 2 ** 34,
    countInLeft: 3,
  })
  const store = createTransportStore({ nowMs: () => 12 })
  store.setSource(slot.source)
  expect(store.getState()).toEqual({
    playing: true,
    status: 'playing',
    samplePos: 48000 * 90,
    timeSeconds: 90,
    timeFormatted: '01:30.000',
    frameCount: 2 ** 40 + 5,
    bpm: 97.5,
    beatPos: (2 ** 33 + 0.25) / BEAT + 0.5,
    bar: 5,
    beat: 3,
    tick: 960,
    numerator: 7,
    denominator: 8,
    loopEnabled: true,
    loopStartBeat: 4,
    loopEndBeat: 2 ** 34 / BEAT,
    metronome: true,
    countInLeft: 3,
    timestampMs: performance.timeOrigin + 12,
  })
})

test('every status of the engine has its name', () => {
  const slot = testSlot()
  const store = createTransportStore()
  store.setSource(slot.source)
  const named = Object.values(transportStatus).map((status) => {
    slot.write({ status })
    const { status: name, playing } = store.refresh()
    return [name, playing]
  })
  expect(named).toEqual([
    ['stopped', false],
    ['playing', true],
    ['paused', false],
    ['counting-in', false],
  ])
})

test('without an engine, and over one that has not spoken, the song rests at its start', () => {
  const store = createTransportStore()
  expect(store.refresh()).toMatchObject({ status: 'stopped', bar: 1, beat: 1, timeFormatted: '00:00.000' })
  const slot = testSlot()
  slot.write({ denominator: 0, numerator: 0, bpm: 0 })
  store.setSource(slot.source)
  expect(store.getState()).toMatchObject({ bpm: 120, numerator: 4, denominator: 4 })
  const into = playhead()
  expect(store.readPlayhead(into)).toBe(false)
  expect(into).toEqual(playhead())
})

test('the timer runs while somebody watches, and only then', () => {
  const slot = testSlot()
  const store = createTransportStore({ nowMs: Date.now })
  store.setSource(slot.source)
  const { updates } = store.metrics()
  vi.advanceTimersByTime(1000)
  expect([store.metrics().updates, vi.getTimerCount()]).toEqual([updates, 0])
  const first = store.subscribe(() => undefined)
  const second = store.subscribe(() => undefined)
  expect([store.metrics().subscribers, vi.getTimerCount()]).toEqual([2, 1])
  first()
  first()
  expect([store.metrics().subscribers, vi.getTimerCount()]).toEqual([1, 1])
  second()
  expect([store.metrics().subscribers, vi.getTimerCount()]).toEqual([0, 0])
  expect(store.metrics().actualRateHz).toBeNull()
})

test.each([10, 30, 60])('at %i Hz, watchers hear of the song that often and the measured rate says so', (rateHz) => {
  const slot = testSlot()
  const store = createTransportStore({ rateHz, nowMs: Date.now })
  store.setSource(slot.source)
  let heard = 0
  store.subscribe(() => heard++)
  vi.advanceTimersByTime(3000)
  // Timers count whole milliseconds.
  expect(heard / 3).toBeGreaterThan(rateHz * 0.97)
  expect(heard / 3).toBeLessThan(rateHz * 1.07)
  expect(store.metrics().actualRateHz).toBeCloseTo(heard / 3, -0.5)
  expect(store.metrics().rateHz).toBe(rateHz)
})

test('a slot that is being written keeps the state before it and is counted', () => {
  const slot = testSlot()
  slot.write({ tickLow: 3 * BEAT })
  const store = createTransportStore()
  store.setSource(slot.source)
  slot.beginWrite()
  expect(store.refresh().beatPos).toBe(3)
  expect(store.readPlayhead(playhead())).toBe(false)
  expect(store.metrics()).toMatchObject({ busy: 1, updates: 1 })
})

test('painters read the song between two updates without waking anybody', () => {
  const slot = testSlot()
  const store = createTransportStore()
  store.setSource(slot.source)
  let heard = 0
  store.subscribe(() => heard++)
  slot.write({ status: transportStatus.playing, tickLow: 5 * BEAT, tickFraction: 0.5, positionLow: 1234, bpm: 90 })
  const into = playhead()
  expect(store.readPlayhead(into)).toBe(true)
  expect(into).toEqual({ playing: true, beatPos: 5 + 0.5 / BEAT, samplePos: 1234, bpm: 90 })
  expect([heard, store.getState().beatPos]).toEqual([0, 0])
})

test('a rebuilt engine is read from its own memory, watchers stay', () => {
  const before = testSlot({ generation: 1 })
  const after = testSlot({ generation: 2, sampleRate: 96000, blockFrames: 256 })
  before.write({ positionLow: 48000 })
  after.write({ positionLow: 48000 })
  const store = createTransportStore({ nowMs: Date.now })
  store.setSource(before.source)
  const seen: number[] = []
  store.subscribe(({ timeSeconds }) => seen.push(timeSeconds))
  vi.advanceTimersByTime(40)
  store.setSource(after.source)
  before.write({ positionLow: 9 })
  vi.advanceTimersByTime(40)
  expect(new Set(seen)).toEqual(new Set([1, 0.5]))
  expect(seen.at(-1)).toBe(0.5)
  expect(store.metrics()).toMatchObject({ generation: 2, sampleRate: 96000, blockFrames: 256, subscribers: 1 })
})

test('with no engine the last state stays and nothing is counted', () => {
  const slot = testSlot()
  slot.write({ tickLow: 2 * BEAT })
  const store = createTransportStore({ nowMs: Date.now })
  store.setSource(slot.source)
  store.subscribe(() => undefined)
  store.setSource(null)
  const { updates } = store.metrics()
  vi.advanceTimersByTime(500)
  expect(store.getState().beatPos).toBe(2)
  expect(store.metrics()).toMatchObject({ updates, sampleRate: null, actualRateHz: null })
})
