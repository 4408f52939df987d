// Song seconds against a sum of many short constant stretches (Node).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TICKS_PER_BEAT } from '../../compile/song.ts'
import { secondsAt } from './seconds.ts'

test('a ramp is the limit of many short steps', () => {
  const bpm = fc.double({ min: 20, max: 300, noNaN: true })
  fc.assert(
    fc.property(bpm, bpm, fc.integer({ min: 1, max: 64 }), (from, to, beats) => {
      const map = [
        { tick: 0, bpm: from, ramp: true },
        { tick: beats * TICKS_PER_BEAT, bpm: to, ramp: false },
      ]
      const steps = 2000
      let sum = 0
      // Midpoints: the error falls with the square of the step.
      for (let step = 0; step < steps; step++)
        sum += (beats / steps) * (60 / (from + ((to - from) * (step + 0.5)) / steps))
      expect(secondsAt(map, beats * TICKS_PER_BEAT)).toBeCloseTo(sum, 4)
      expect(secondsAt(map, (beats + 2) * TICKS_PER_BEAT)).toBeCloseTo(sum + 120 / to, 4)
    }),
    { seed: 3, numRuns: 100 },
  )
})
test('constant stretches add up', () => {
  const map = [
    { tick: 0, bpm: 60, ramp: false },
    { tick: 4 * TICKS_PER_BEAT, bpm: 120, ramp: false },
  ]
  expect([0, 2, 4, 6].map((beats) => secondsAt(map, beats * TICKS_PER_BEAT))).toEqual([0, 2, 4, 5])
})
