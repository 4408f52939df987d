// The fader's scale (Node).
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { faderDb, faderPosition } from './faderScale.ts'

it('puts 0 dB at 88 % and +6 dB at the end of a fader', () => {
  expect(faderPosition(0)).toBe(0.88)
  expect(faderPosition(6)).toBe(1)
  expect(faderPosition(-90)).toBe(0)
})

it('comes back to the same gain from its own position', () => {
  fc.assert(
    fc.property(fc.double({ min: -60, max: 6, noNaN: true }), (db) => Math.abs(faderDb(faderPosition(db)) - db) < 1e-9),
    { seed: 5 },
  )
})
