// The three real preset files and the song sections load as they should; skipped where the files are not there (Node).
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { importBytes, type ImportResult } from './import.ts'
import { resolveSections } from './sections.ts'
import { ImportSession } from './session.ts'
import { validatePreset } from './validate.ts'

const FOLDERS = [process.env.SOUNDLOOM_REAL_INPUT ?? '', '../shared/real-input', '../../shared/real-input']
const folder = FOLDERS.map((path) => resolve(path, 'presets')).find(
  (path) => path !== resolve('presets') && existsSync(path),
)
if (!folder) console.warn('real preset files: not found beside the project, tests skipped')

const load = (name: string, session?: ImportSession): Promise<ImportResult> =>
  importBytes({ name, bytes: new Uint8Array(readFileSync(resolve(folder ?? '', name))) }, session ? { session } : {})

test.skipIf(!folder)('the 30 presets of the real files are 28 sounds; two are found in both files', async () => {
  const session = new ImportSession()
  const group = await load('group.json', session)
  const guitar = await load('guitar.json', session)
  const track = await load('electronic_track.json', session)
  expect([group, guitar, track].map((result) => result.report.counts.found)).toEqual([24, 4, 2])
  expect([group, guitar, track].map((result) => result.presets.length)).toEqual([24, 4, 0])
  const twice = track.repeats.map((repeat) => group.presets.find((preset) => preset.id === repeat.presetId)?.name)
  expect(twice).toEqual(['Bass_Classic_MoogPunch', 'Lead_Minimoog_RetroFunky'])
  expect(track.report.groups.find((entry) => entry.cause === 'repeated')).toMatchObject({ count: 2 })
})

test.skipIf(!folder)('the sections of the real file all link to real sounds', async () => {
  const { sections } = await load('structure.json')
  const { presets } = await load('group.json')
  const resolved = sections ? resolveSections(sections, presets) : []
  expect(resolved).toHaveLength(8)
  expect(resolved.filter((entry) => entry.presetId === null)).toEqual([])
})

test.skipIf(!folder)('what cannot be played yet is marked approximated, and nothing else', async () => {
  const all = [...(await load('group.json')).presets, ...(await load('guitar.json')).presets]
  expect(all.filter((preset) => preset.approximated).map((preset) => preset.name)).toEqual([
    'FX_Chaotic_Experimental',
    'Drone_Granular_DeepSpace',
    'Bass_DigitalGrowl_Aggressive',
    'Lead_AIHybrid_MorphingCrystal',
    'Texture_ModularChaos',
    'Acoustic_Warm_Fingerstyle',
    'Electric_Bright_Lead',
    'Classical_Nylon_Soft',
    'Bass_Punchy_Rock',
  ])
})
test.skipIf(!folder)('every real preset passes the strict check of our own format', async () => {
  for (const name of ['group.json', 'guitar.json']) {
    for (const preset of (await load(name)).presets) expect(validatePreset(preset), preset.name).toEqual([])
  }
})
