// Tests of our own format: strict export, and import that gives the same sounds back (Node).
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { importBytes, importText } from './import.ts'
import type { Patch, Preset } from './model.ts'
import { contentOf, exportPresets } from './own.ts'
import { validatePatch, validatePreset } from './validate.ts'

const fixture = async (name: string): Promise<readonly Preset[]> => {
  const bytes = new Uint8Array(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url)))
  return (await importBytes({ name, bytes })).presets
}
const first = async (name: string): Promise<Preset> => {
  const [preset] = await fixture(name)
  if (!preset) throw new Error(`${name} has no preset`)
  return preset
}
const json = (value: unknown): string => JSON.stringify(value)
/** A deep copy with one change at a path of keys. */
function changed(preset: Preset, path: readonly string[], value: unknown): Preset {
  const copy = structuredClone(preset) as unknown as Record<string, unknown>
  let holder = copy
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>
  holder[path.at(-1) ?? ''] = value
  return copy as unknown as Preset
}

test.each(['groups', 'instruments', 'guitar-types', 'name-map', 'category-config', 'single', 'guessed'])(
  'sounds of %s.json come back equal from an export, and export equal again',
  async (name) => {
    const presets = await fixture(name)
    const text = exportPresets(presets)
    const back = await importText('export.json', text)
    expect(back.presets.map(contentOf)).toEqual(presets.map(contentOf))
    expect(back.report.counts).toMatchObject({ imported: presets.length, refused: 0, warnings: 0 })
    expect(
      exportPresets(
        back.presets.map((preset, at) => ({
          ...preset,
          id: presets[at]?.id ?? '',
          source: presets[at]?.source ?? preset.source,
        })),
      ),
    ).toBe(text)
  },
)

test('one preset by itself, and a bare list of presets, are our format too', async () => {
  const preset = await first('instruments')
  for (const text of [json(preset), json([preset])]) {
    const { presets, report } = await importText('one.json', text)
    expect(report.file.layouts).toEqual(['own'])
    expect(presets.map(contentOf)).toEqual([contentOf(preset)])
  }
})

test('export refuses what is not right and names the place', async () => {
  const preset = await first('instruments')
  const wrong = changed(preset, ['patch', 'units', 'filter', 'values', 'cutoff'], 90_000)
  expect(() => exportPresets([wrong])).toThrowError(
    expect.objectContaining({ code: 'invalid-argument', field: '/patch/units/filter/values/cutoff' }),
  )
})

test('import corrects values out of range and drops unknown parameters, with a line for each', async () => {
  const preset = await first('instruments')
  const loud = changed(preset, ['patch', 'units', 'filter', 'values', 'cutoff'], 90_000)
  const odd = changed(loud, ['patch', 'units', 'env', 'values', 'sparkle'], 1)
  const { presets, report } = await importText('odd.json', json(odd))
  expect(presets.map(contentOf)).toEqual([
    contentOf(changed(preset, ['patch', 'units', 'filter', 'values', 'cutoff'], 20_000)),
  ])
  expect(report.details.map((line) => [line.kind, line.pointer])).toEqual([
    ['changed', '/patch/units/filter/values/cutoff'],
    ['dropped', '/patch/units/env/values/sparkle'],
  ])
})

test.each([
  [['patch', 'units', 'osc1', 'type'], 'theremin', '/patch/units/osc1/type'],
  [['patch', 'units', 'filter', 'in', 'in'], ['nobody'], '/patch/units/filter/in/in/0'],
  [['patch', 'units', 'filter', 'in'], { side: ['osc1'] }, '/patch/units/filter/in/side'],
  [['patch', 'out', 'left'], 'pan.middle', '/patch/out/left'],
  [['patch', 'mods'], [{ from: 'env', to: 'filter.colour', amount: 1 }], '/patch/mods/0/to'],
  [['patch', 'voices', 'max'], 900, '/patch/voices/max'],
  [['patch', 'version'], 2, '/patch/version'],
  [['effects'], [{ type: 'teleport', values: {} }], '/effects/0/type'],
  [['role'], 'TUBA', '/role'],
] as const)('a preset with a wrong %j is refused by name and place', async (path, value, field) => {
  const preset = changed(await first('instruments'), path, value)
  expect(validatePreset(preset).map((problem) => problem.field)).toContain(field)
  const { presets, report } = await importText('wrong.json', json(preset))
  expect(presets).toEqual([])
  expect(report.counts).toMatchObject({ found: 1, imported: 0, refused: 1 })
})

test('a patch of more than 256 units is refused', async () => {
  const units = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`u${String(at)}`, { type: 'saw' }]))
  const patch = {
    version: 1,
    units,
    mods: [],
    out: { left: 'u1', right: 'u1' },
    voices: { max: 1, mode: 'poly', glideSeconds: 0 },
    groups: [],
  }
  expect(validatePatch(patch).map((problem) => problem.code)).toEqual(['limit-exceeded'])
})

test('nothing that is no patch makes the check throw', () => {
  for (const value of [
    null,
    undefined,
    7,
    'x',
    [],
    {},
    { units: [] },
    { units: { a: null, voice: {} }, mods: [null], groups: [{}], out: 3 },
  ]) {
    expect(validatePatch(value).length).toBeGreaterThan(0)
    expect(validatePreset(value).length).toBeGreaterThan(0)
  }
})

test('the amount of a modulation is a value like any other: exported, checked, brought within reach', async () => {
  const plain = await first('single')
  const patch = plain.patch as Patch
  const mods = [{ id: 'm1', from: 'velocity', to: `${String(Object.keys(patch.units)[0])}.level`, amount: 0.2 }]
  const preset = { ...plain, patch: { ...patch, mods }, values: { ...plain.values, 'amount.m1': 0.4 } }
  expect(validatePreset(preset)).toEqual([])
  const back = await importText('own.json', exportPresets([preset]))
  expect(back.presets[0]?.values['amount.m1']).toBe(0.4)
  expect(validatePreset(changed(preset, ['values', 'amount.m1'], 7))).toMatchObject([
    { code: 'invalid-argument', field: '/values/amount.m1', nearest: 1 },
  ])
  expect(validatePreset(changed(preset, ['values', 'amount.m2'], 0))).toMatchObject([
    { code: 'unknown-id', field: '/values/amount.m2' },
  ])
})
