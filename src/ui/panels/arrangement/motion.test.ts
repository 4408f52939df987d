// Where keys and drags take clips and the loop (Node).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clipAfterKey, clipTabStop } from './clipMotion.ts'
import { movedLoop } from './loopMotion.ts'
import type { Clip, Track } from './model.ts'
import { MAX_TICK, TICKS_PER_BEAT as BEAT } from './ticks.ts'

const clip = (id: string, startBeat: number): Clip => ({
  id,
  name: id,
  startTick: startBeat * BEAT,
  lengthTicks: BEAT,
  mute: false,
  notes: [],
  controls: [],
})
const track = (id: string, clips: readonly Clip[]): Track => ({
  id,
  kind: 'instrument',
  name: id,
  colour: 1,
  devices: [],
  sends: [],
  clips,
  automation: [],
  gainDb: 0,
  pan: 0,
  mute: false,
  solo: false,
})
// Clips of the document are in no order.
const TRACKS = [
  track('a', [clip('a8', 8), clip('a0', 0), clip('a4', 4)]),
  track('empty', []),
  track('c', [clip('c5', 5), clip('c20', 20)]),
]

test('arrows go to the clip before and after in time, and to the nearest one of the next track that has any', () => {
  const after = (id: string, key: string) => clipAfterKey(TRACKS, id, key)?.id ?? null
  expect(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'ArrowDown', 'ArrowUp'].map((key) => after('a4', key))).toEqual([
    'a0',
    'a8',
    'a0',
    'a8',
    'c5',
    null,
  ])
  expect(after('c20', 'ArrowUp')).toBe('a8')
  expect(after('a8', 'ArrowRight')).toBeNull()
  expect(after('gone', 'Home')).toBeNull()
  expect(after('a4', 'x')).toBeNull()
})

test('Tab reaches a clip of the current track where it has one, the preferred one first', () => {
  expect(clipTabStop(TRACKS, 'a', ['c5', 'a8'])).toBe('a8')
  expect(clipTabStop(TRACKS, 'a', [])).toBe('a0')
  expect(clipTabStop(TRACKS, 'empty', ['c5'])).toBe('a0')
  expect(clipTabStop(TRACKS, 'c', [undefined, null])).toBe('c5')
  expect(clipTabStop([TRACKS[1]!], 'empty', [])).toBeNull()
})

test('a dragged loop stays inside time and never gets shorter than the least', () => {
  const least = BEAT / 64
  const tick = fc.integer({ min: -BEAT, max: MAX_TICK + BEAT })
  const loop = fc.record({ startTick: fc.nat(MAX_TICK - BEAT), length: fc.integer({ min: least, max: BEAT }) })
  fc.assert(
    fc.property(loop, fc.constantFrom('start', 'end', 'whole'), tick, ({ startTick, length }, part, to) => {
      const moved = movedLoop({ startTick, endTick: startTick + length }, part, to, least)
      expect(moved.startTick).toBeGreaterThanOrEqual(0)
      expect(moved.endTick).toBeLessThanOrEqual(MAX_TICK)
      expect(moved.endTick - moved.startTick).toBeGreaterThanOrEqual(least)
      if (part === 'whole') expect(moved.endTick - moved.startTick).toBe(length)
    }),
  )
})
