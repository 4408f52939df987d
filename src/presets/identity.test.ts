// Tests of identity: real duplicates are the same sound, everything else is not (Node).
import { expect, test } from 'vitest'
import { canonicalSource, importedId } from './identity.ts'
import { importText } from './import.ts'
import { JsonDocument } from './json/node.ts'
import { ImportSession } from './session.ts'

const idOf = async (name: string, text: string): Promise<string> => {
  const { root } = new JsonDocument(text)
  if (!root) throw new Error('no value')
  return importedId(canonicalSource(name, root))
}

const PAD = '{"oscillator": {"types": ["sine"], "detune": 0.10}, "envelope": {"attack": "5ms"}, "fx": []}'

test('layout, spelling, order, white space and metadata do not change who a sound is', async () => {
  const id = await idOf('Pad', PAD)
  expect(id).toMatch(/^imp-[0-9a-f]{16}$/)
  expect(
    await idOf('Pad', '{"effects":[],"adsr":{"attack":" 5ms "},"oscillator":{"detune":1e-1,"types":["sine"]}}'),
  ).toBe(id)
  expect(
    await idOf('Pad', PAD.replace('{"oscillator"', '{"metadata": {"rating": 5}, "name": "Pad", "oscillator"')),
  ).toBe(id)
})

test('another name or another value is another sound', async () => {
  const id = await idOf('Pad', PAD)
  expect(await idOf('Pad 2', PAD)).not.toBe(id)
  expect(await idOf('Pad', PAD.replace('0.10', '0.11'))).not.toBe(id)
  expect(await idOf('Pad', PAD.replace('"sine"', '"sine", "saw"'))).not.toBe(id)
})

test('a second drop finds every sound already here', async () => {
  const text = `{"groups": {"Pad": ${PAD}, "Bass": ${PAD}}}`
  const first = await importText('a.json', text)
  const second = await importText('b.json', text, {
    session: new ImportSession(first.presets.map((preset) => preset.id)),
  })
  expect(second.presets).toEqual([])
  expect(second.repeats.map((repeat) => [repeat.presetId, repeat.fileName])).toEqual(
    first.presets.map(({ id }) => [id, 'b.json']),
  )
  expect(second.report.title).toBe('2 already here')
})

test('the same name twice in one file keeps both sounds when they differ, one when they do not', async () => {
  const other = PAD.replace('5ms', '9ms')
  const both = await importText('a.json', `{"groups": {"Pad": ${PAD}, "Pad": ${other}, "Pad": ${PAD}}}`)
  expect(both.presets.map((preset) => preset.name)).toEqual(['Pad', 'Pad'])
  expect(both.report.counts).toMatchObject({ found: 3, imported: 2, repeated: 1 })
})
