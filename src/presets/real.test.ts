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

test.skipIf(!folder)('only what no file can hold is marked approximated, and says what plays instead', async () => {
  const all = [...(await load('group.json')).presets, ...(await load('guitar.json')).presets]
  expect(all.filter((preset) => preset.approximated).map(({ name, approximated }) => [name, approximated])).toEqual([
    ['Lead_AIHybrid_MorphingCrystal', ['a neural model: a wavetable that scans through all its spectra plays']],
  ])
})

test.skipIf(!folder)('every real preset is played by the method that it names', async () => {
  const all = [...(await load('group.json')).presets, ...(await load('guitar.json')).presets]
  const unitsOf = (name: string): readonly string[] => {
    const patch = all.find((preset) => preset.name === name)?.patch
    return typeof patch === 'object' ? Object.values(patch.units).map((unit) => unit.type) : []
  }
  const effectsOf = (name: string): readonly string[] =>
    all.find((preset) => preset.name === name)?.effects.map((effect) => effect.type) ?? []
  const named: Readonly<Record<string, readonly string[]>> = {
    Texture_Evolving_Tense: ['fm'],
    Bell_DX7_ElectricPiano: ['fm'],
    Drone_Airy_Ambient: ['additive'],
    Bell_Glassy_Clear: ['additive'],
    FX_Chaotic_Experimental: ['wavetable'],
    Bass_DigitalGrowl_Aggressive: ['wavetable', 'comb'],
    Drone_Granular_DeepSpace: ['granular', 'formant'],
    Lead_Supersaw_TranceAnthem: ['supersaw'],
    Lead_AIHybrid_MorphingCrystal: ['wavetable', 'fm', 'follower'],
    Texture_ModularChaos: ['chaos', 'fm', 'pink'],
    Bass_TB303_AcidLine: ['ladder'],
    Pluck_PhysicalKarplusPluck: ['pluck'],
    Acoustic_Warm_Fingerstyle: ['pluck'],
    Electric_Bright_Lead: ['pluck'],
    Classical_Nylon_Soft: ['pluck'],
    Bass_Punchy_Rock: ['pluck'],
  }
  for (const [name, types] of Object.entries(named))
    expect(unitsOf(name), name).toEqual(expect.arrayContaining([...types]))
  for (const name of ['Texture_StringMachine_Solina', 'Texture_StringMachine_70s'])
    expect(effectsOf(name), name).toContain('ensemble')
  expect(effectsOf('Lead_AIHybrid_MorphingCrystal')).toContain('granulator')
  expect(effectsOf('Bass_Punchy_Rock')).toContain('compressor')
})

test.skipIf(!folder)('what guitars say of material, pick, body and open strings is in their strings', async () => {
  const { presets } = await load('guitar.json')
  const stringOf = (name: string): Readonly<Record<string, unknown>> => {
    const patch = presets.find((preset) => preset.name === name)?.patch
    return (typeof patch === 'object' ? patch.units.osc1?.values : undefined) ?? {}
  }
  const acoustic = stringOf('Acoustic_Warm_Fingerstyle')
  expect(acoustic).toMatchObject({ body: 'acoustic', bodyMix: 0.5, sympathy: 0.25, scrape: 0.1, chance: 0.15 })
  expect(acoustic.position).toBeCloseTo(0.7)
  expect(stringOf('Electric_Bright_Lead')).toMatchObject({ body: 'electric', colour: 'pink' })
  expect(stringOf('Classical_Nylon_Soft')).toMatchObject({ body: 'classical', bodyMix: 0.6 })
  expect(stringOf('Bass_Punchy_Rock')).toMatchObject({ body: 'bass', strings: 'bass' })
  const damping = ['Electric_Bright_Lead', 'Acoustic_Warm_Fingerstyle', 'Classical_Nylon_Soft'].map(
    (name) => stringOf(name).damping as number,
  )
  expect(damping[2]).toBeGreaterThan((damping[1] ?? 0) + 0.1)
  expect(stringOf('Bass_Punchy_Rock').hardness).toBeGreaterThan(
    (stringOf('Classical_Nylon_Soft').hardness as number) + 0.3,
  )
  expect(stringOf('Bass_Punchy_Rock').stiffness).toBeGreaterThan(acoustic.stiffness as number)
})

test.skipIf(!folder)('every real preset passes the strict check of our own format', async () => {
  for (const name of ['group.json', 'guitar.json']) {
    for (const preset of (await load(name)).presets) expect(validatePreset(preset), preset.name).toEqual([])
  }
})
