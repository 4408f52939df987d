// Tests of layout detection: one fixture for each variant (Node).
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { importBytes } from '../import.ts'
import { resolveSections } from '../sections.ts'

const load = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url)))
const read = (name: string): ReturnType<typeof importBytes> => importBytes({ name: `${name}.json`, bytes: load(name) })

test.each([
  ['instruments', ['instruments'], ['Keys_Felt_Hammer KEYS']],
  ['groups', ['groups'], ['Pad_Harbour_Fog PAD', 'Bass_Slate BASS']],
  ['guitar-types', ['guitar-types'], ['Tenor_Dry_Thumb GUITAR']],
  ['name-map', ['name-map'], ['Pluck Orchard PLUCK', 'Lead Kestrel LEAD']],
  ['category-config', ['category-config'], ['Frost on Wire BELL', 'drum 2 DRUM']],
  ['camel-case', ['instruments'], ['Drone_Cellar DRONE']],
  ['named-list', ['named-list'], ['Strings Heather STRINGS', 'FX Splinter FX']],
  ['single', ['single'], ['Vox Lantern VOX']],
  ['guessed', ['guessed'], ['Chord Amber CHORD', 'Arp Beacon ARP']],
])('%s.json is recognised by its content', async (name, layouts, sounds) => {
  const { presets, report } = await read(name)
  expect(report.file.layouts).toEqual(layouts)
  expect(presets.map((preset) => `${preset.name} ${preset.role}`)).toEqual(sounds)
  expect(report.counts.refused).toBe(0)
})

test('an unknown layout says that it was guessed', async () => {
  const { report } = await read('guessed')
  expect(report.groups.find((group) => group.cause === 'layout')?.why).toContain('not one of the known layouts')
})

test('sections become song sections whose links are resolved by name and kept when unresolved', async () => {
  const { presets, sections, report } = await read('sections')
  expect(presets).toEqual([])
  expect(report.error).toBeUndefined()
  const sounds = (await read('groups')).presets
  const resolved = sections ? resolveSections(sections, sounds) : []
  expect(resolved.map(({ section, presetId }) => [section.name, section.presetName, presetId !== null])).toEqual([
    ['Dawn', 'Pad_Harbour_Fog', true],
    ['March', 'Bass_Unknown', false],
  ])
  expect(resolved[1]?.section.settings).toMatchObject({ releaseMul: 0.5, gateThreshold: 0.3 })
})

test('articulations are no sounds of their own and are listed', async () => {
  const { report } = await read('guitar-types')
  expect(report.groups.map((group) => group.cause)).toContain('articulation')
})
