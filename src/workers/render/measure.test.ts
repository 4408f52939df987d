// Level matching (Node).
import { expect, test } from 'vitest'
import { levelMatchDb } from './measure.ts'

test.each([
  ['a quiet pad is raised to -20 LUFS', -32, 0.1, 12],
  ['a loud lead is lowered to -20 LUFS', -9, 1.2, -11],
  ['silence is left alone', null, 0, 0],
  ['hardly audible noise is not raised without end', -69, 0.001, 24],
])('%s', (_, lufs, peak, gain) => expect(levelMatchDb(lufs, peak)).toBeCloseTo(gain, 6))

test('a click is raised only as far as the limiter can take it', () => {
  expect(levelMatchDb(-40, 0.5)).toBeCloseTo(5 + 20 * Math.log10(2), 3)
})

test('a sound with a peak above the ceiling is not lowered for it when it is quiet as a whole', () => {
  expect(levelMatchDb(-30, 4)).toBe(0)
})
