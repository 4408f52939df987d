// Live values of a program's parameters (Node, the generated tables).
import { expect, test } from 'vitest'
import type { Device, Patch } from '../presets/model.ts'
import type { ProgramInput } from './types.ts'
import { liveValue } from './values.ts'

const device = (type: string): Device => ({ id: type, kind: 'effect', type, values: {}, bypass: false })
const program: ProgramInput = {
  patch: { units: { filter: { type: 'svf' }, osc1: { type: 'saw' } } } as unknown as Patch,
  values: {},
  effects: [device('delay'), device('plate')],
  gainDb: 0,
}

test.each([
  ['filter.cutoff', 800, 800],
  ['filter.mode', 'highpass', 1],
  ['fx2.decay', 3, 3],
  ['fx1.feedback', 0.25, 0.25],
] as const)('%s = %s is %f in the engine', (key, value, expected) =>
  expect(liveValue(program, key, value)).toBe(expected),
)

test.each([
  ['filter.mode', 'sideways'],
  ['filter.cutoff', 1e9],
  ['filter.cutoff', NaN],
  ['filter.nothing', 1],
  ['nobody.cutoff', 1],
  ['fx3.mix', 0.5],
  ['fx1', 0.5],
] as const)('%s = %s is not sent', (key, value) => expect(liveValue(program, key, value)).toBeNull())
