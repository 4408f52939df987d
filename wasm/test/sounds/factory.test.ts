// The factory sounds, rendered: level, silence, clipping, pitch, and the file that the page loads (Node).
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compileProgram } from '../../../src/compile/program.ts'
import { factoryPresets, factoryText, SOUNDS } from '../../../src/presets/factory/factory.ts'
import { factoryOf, type FactoryFile } from '../../../src/presets/library/factory.ts'
import { ROLES } from '../../../src/presets/model.ts'
import { validatePreset } from '../../../src/presets/validate.ts'
import { integratedLoudness } from '../../../src/workers/render/loudness.ts'
import { peakOf, programInput } from '../engine.ts'
import { CHORD, play, SAMPLE_RATE, soundOf, tuningCents } from './measure.ts'

/** Unpitched by design: noise, falling or rising pitch, ring modulation. */
const UNPITCHED: readonly string[] = [
  'felt-kick',
  'paper-snare',
  'tin-hat',
  'wind-riser',
  'stone-impact',
  'ring-signal',
  'bronze-gate',
  'sea-wall',
  'falling-star',
  'static-field',
  'night-siren',
  'robot-chatter',
  'sub-drop',
]

/** Every ninth sound; all of them with `npm run verify`. */
const HEARD = SOUNDS.filter((_, index) => process.env.VERIFY || index % 9 === 5).map(({ id }) => id)

test('public/presets/factory.json is what src/presets/factory says', () => {
  expect(readFileSync(resolve('public/presets/factory.json'), 'utf8')).toBe(factoryText())
})

test('what the page reads from it is every sound as it was written', () => {
  expect(factoryOf(JSON.parse(factoryText()) as FactoryFile)).toEqual(JSON.parse(JSON.stringify(factoryPresets())))
})

test('there are at least 100 sounds with ids of their own, over all 16 roles, each described and tagged', () => {
  const presets = factoryPresets()
  expect(presets.length).toBeGreaterThanOrEqual(100)
  expect(new Set(presets.map((preset) => preset.id)).size).toBe(presets.length)
  expect(new Set(presets.map((preset) => preset.role)).size).toBe(ROLES.length)
  for (const { id, description, tags } of presets) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(description.length, id).toBeGreaterThan(20)
    expect(tags.length, id).toBeGreaterThanOrEqual(3)
  }
})

test('every sound passes the strict check of our own format', () => {
  for (const preset of factoryPresets()) expect(validatePreset(preset), preset.id).toEqual([])
})

test('every sound compiles, with all its voices within a twelfth of one core', () => {
  for (const preset of factoryPresets())
    expect(compileProgram(programInput(soundOf(preset))).predictedCost, preset.id).toBeLessThan(1 / 12)
})

describe.each(HEARD)('%s', (id) => {
  const preset = factoryPresets().find((entry) => entry.id === id)
  if (!preset) throw new Error(id)
  const sound = soundOf(preset)

  test('is at -20 LUFS within 2 LU on a C3 chord, finite and not clipped', () => {
    const { left, right } = play(sound, CHORD)
    expect(Math.abs((integratedLoudness([left, right], SAMPLE_RATE) ?? -70) + 20)).toBeLessThan(2)
    expect(Math.max(peakOf(left), peakOf(right))).toBeLessThan(1)
  })

  test.skipIf(UNPITCHED.includes(id))('is in tune within 3 cents', () => {
    for (const note of [48, 60]) {
      // Echoes comb the spectrum, which moves its centre but not the pitch: dry.
      const { left, right } = play({ ...sound, effects: [] }, [note], 3, 0)
      const mid = left.map((value, at) => value + (right[at] ?? 0))
      expect(Math.abs(tuningCents(mid, note)), `cents off at note ${String(note)}`).toBeLessThan(3)
    }
  })
})
