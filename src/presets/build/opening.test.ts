// Imported filters that an envelope opens, and recordings that no file holds (Node).
import { expect, test } from 'vitest'
import { importText } from '../import.ts'
import type { Patch, Preset } from '../model.ts'

const read = async (sound: object) => {
  const { presets, report } = await importText(
    'one.json',
    JSON.stringify({ instruments: [{ name: 'One Lead', ...sound }] }),
  )
  const preset = presets[0] as Preset
  return { preset, patch: preset.patch as Patch, causes: report.groups.map(({ cause }) => cause) }
}
const filtered = (type: string, amount: number) =>
  read({ oscillators: [{ type: 'saw' }], filter: { type, cutoff: 1000, envelope_amount: amount } })

test('an envelope lifts a low-pass and lowers a high-pass, which the report says', async () => {
  const low = await filtered('low-pass', 0.5)
  expect(low.patch.mods).toMatchObject([{ from: 'env', to: 'filter.cutoff', amount: 2 }])
  expect(low.causes).not.toContain('filter.amount/highpass')
  const high = await filtered('high-pass', 0.5)
  expect(high.patch.mods).toMatchObject([{ from: 'env', to: 'filter.cutoff', amount: -2 }])
  expect(high.causes).toContain('filter.amount/highpass')
  expect((await filtered('high-pass', -0.5)).patch.mods).toMatchObject([{ amount: -2 }])
})

test('a sound of a recording that is not in the file is a sampler that waits for it, and says so', async () => {
  const { preset, patch } = await read({ oscillators: [{ type: 'sample' }] })
  expect(patch.units.osc1).toMatchObject({ type: 'sampler', asset: 'builtin:choir' })
  expect(preset.approximated).toEqual(['the recording is not in the file: built-in choir plays until you drop it here'])
})
