// Song positions as text.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePosition, positionText } from './position.ts'

const COMMON = [{ tick: 0, numerator: 4, denominator: 4 }]
/** Two bars of 3/4, then 6/8. */
const MIXED = [
  { tick: 0, numerator: 3, denominator: 4 },
  { tick: 6 * 15_360, numerator: 6, denominator: 8 },
]

test('bars and beats count from 1, ticks from 0 with 960 to the quarter note', () => {
  expect(positionText(COMMON, 0)).toBe('1.1.000')
  expect(positionText(COMMON, 74.5)).toBe('19.3.480')
  expect(positionText(MIXED, 6)).toBe('3.1.000')
  expect(positionText(MIXED, 6.5)).toBe('3.2.000')
})

test('a position that was read is understood when it is typed, to the tick', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000 }), fc.constantFrom(COMMON, MIXED), (ticks, signatures) => {
      const place = parsePosition(signatures, positionText(signatures, ticks / 960))
      expect(place).toEqual({ beats: ticks / 960 })
    }),
  )
})

test('a bar alone is its first beat, and a time is a time', () => {
  expect(parsePosition(COMMON, '19')).toEqual({ beats: 72 })
  expect(parsePosition(COMMON, ' 19.3 ')).toEqual({ beats: 74 })
  expect(parsePosition(COMMON, '1:30.5')).toEqual({ seconds: 90.5 })
})

test('what is no place is not understood: bar 0, beat 5 of 4, 75 seconds, words', () => {
  for (const text of ['0', '2.5', '1:75', 'chorus', '', '-3', '1.2.3.4']) expect(parsePosition(COMMON, text)).toBeNull()
})
