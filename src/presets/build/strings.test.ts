// What a described string plays on (Node).
import { expect, test } from 'vitest'
import { importText } from '../import.ts'
import type { Patch } from '../model.ts'

test.each([
  [['E2', 'A2', 'D3', 'G3', 'B3', 'E4'], 'guitar'],
  [['Eb2', 'Ab2', 'Db3', 'Gb3', 'Bb3', 'Eb4'], 'guitar'],
  [['B1', 'E2'], 'guitar'],
  [['E1', 'A1', 'D2', 'G2'], 'bass'],
  [['b0', 'e1', 'a1', 'd2', 'g2'], 'bass'],
  ['standard', 'guitar'],
])('tuned to %j, the open strings of a %s sound along', async (tuning, strings) => {
  const groups = { Described: { strings: { num_strings: 6, tuning, material: 'steel' } } }
  const { presets } = await importText('described.json', JSON.stringify({ groups }))
  const { units } = presets[0]!.patch as Patch
  const pluck = Object.values(units).find(({ type }) => type === 'pluck')!
  expect(pluck.values?.['strings'] ?? 'guitar').toBe(strings)
})
