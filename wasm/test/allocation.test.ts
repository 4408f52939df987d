// The audio thread takes no memory: every effect, the units of the factory's sounds and every level of the governor, rendered on
// the audio thread's own stack, where an allocation traps; and the counts of the heap stand still.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { EFFECTS } from '../../src/generated/effects.ts'
import { UNITS } from '../../src/generated/units.ts'
import { constants } from '../../src/generated/wire.ts'
import type { Patch, Preset } from '../../src/presets/model.ts'
import { effect, peakOf, type Sound } from './engine.ts'
import { sawPatch } from './patches.ts'
import { track } from './strips.ts'
import { bootTwins } from './twins.ts'

const factory = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'public', 'presets', 'factory.json'), 'utf8'),
) as { presets: Preset[]; patches?: Record<string, Patch> }

/** As few sounds as play every unit that any of them plays. */
function sounds(): Sound[] {
  const missing = new Set(UNITS.map(({ id }) => id))
  return factory.presets.flatMap(({ patch, values, effects }) => {
    if (typeof patch === 'string') return []
    const types = Object.values(patch.units).map(({ type }) => type)
    if (!types.some((type) => missing.has(type))) return []
    types.forEach((type) => missing.delete(type))
    return [{ patch, values, effects }]
  })
}

it('a session that plays everything takes not a byte', () => {
  const { control, engine } = bootTwins()
  const addable = EFFECTS.filter(({ category }) => category !== 'structure').map(({ id }) => effect(id))
  const chains = Array.from({ length: Math.ceil(addable.length / constants.maxEffects) }, (_, n): Sound => ({
    patch: sawPatch(),
    effects: addable.slice(n * constants.maxEffects, (n + 1) * constants.maxEffects),
  }))
  const all = [...chains, ...sounds()]
  expect(all.length).toBeGreaterThan(chains.length)
  all.forEach((sound, index) => {
    engine.commands.at(null).installProgram(track(index), engine.load(sound).handle, 'switch')
    engine.pump()
  })
  const count = (): number[] => [0, 1, 2].map((which) => control.exports.mem_count!(which))
  const before = count()
  let id = 1
  for (let level = 0; level <= constants.topLevel; level++) {
    engine.commands.at(null).governor(level)
    all.forEach((_, index) => {
      for (const note of [40, 52, 64]) engine.commands.noteOn(track(index), id++, note + level, 0.8)
    })
    expect(peakOf(engine.render(2400).left)).toBeGreaterThan(0)
    engine.commands.at(null).panic()
    engine.render(640)
  }
  engine.commands.at(null).reset(1)
  engine.render(640)
  expect(count()).toEqual(before)
})
