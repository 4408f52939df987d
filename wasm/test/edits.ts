// Edits of a sound as a musician makes them while it plays, and other sounds altogether, for tests. Same dice, same edit.
import { EFFECTS } from '../../src/generated/effects.ts'
import { UNITS } from '../../src/generated/units.ts'
import type { Device, PatchMod, PatchUnit } from '../../src/presets/model.ts'
import { VOICE_SOURCES } from '../../src/presets/sources.ts'
import type { Sound } from './engine.ts'
import { anySound, anyValue, pick, type Dice } from './randomPatches.ts'

const SPECS = new Map(UNITS.map((spec) => [spec.id, spec]))

const withUnits = (sound: Sound, units: Readonly<Record<string, PatchUnit>>): Sound => ({
  ...sound,
  patch: { ...sound.patch, units: { ...sound.patch.units, ...units } },
})
const withMods = (sound: Sound, mods: readonly PatchMod[]): Sound => ({ ...sound, patch: { ...sound.patch, mods } })
const withEffects = (sound: Sound, effects: readonly Device[]): Sound => ({ ...sound, effects })

/** A row from a source that depends on nothing, so that it never closes a circle. */
function anyRow(roll: Dice, { patch: { units } }: Sound, from: string): PatchMod | null {
  const targets = Object.entries(units).flatMap(([name, { type }]) =>
    (name === 'amp' ? [] : SPECS.get(type)!.params)
      .filter(({ curve }) => curve === 'linear' || curve === 'log')
      .map((param) => ({ to: `${name}.${param.id}`, reach: param.curve === 'log' ? 4 : param.max - param.min })),
  )
  if (targets.length === 0) return null
  const { to, reach } = pick(roll, targets)
  return { from, to, amount: reach * (2 * roll() - 1) }
}

const plainEffect = (roll: Dice, id: string): Device => ({
  id,
  kind: 'effect',
  type: pick(
    roll,
    EFFECTS.filter(({ category }) => category !== 'structure'),
  ).id,
  values: {},
  bypass: false,
})

/** Each leaves the sound as it is where it finds nothing to change. */
export const EDITS: Readonly<Record<string, (roll: Dice, sound: Sound) => Sound>> = {
  'another value': (roll, sound) => {
    const [name, unit] = pick(roll, Object.entries(sound.patch.units))
    const param = pick(roll, SPECS.get(unit.type)!.params)
    return withUnits(sound, { [name]: { ...unit, values: { ...unit.values, [param.id]: anyValue(roll, param) } } })
  },
  'a row more': (roll, sound) => {
    const row = anyRow(roll, sound, pick(roll, VOICE_SOURCES))
    return row ? withMods(sound, [...sound.patch.mods, row]) : sound
  },
  'a row less': (_, sound) => withMods(sound, sound.patch.mods.slice(1)),
  'another amount': (roll, sound) =>
    withMods(
      sound,
      sound.patch.mods.map((mod) => ({ ...mod, amount: mod.amount * roll() })),
    ),
  'a unit more': (roll, sound) => {
    const more = withUnits(sound, { more: { type: 'lfo', values: { rate: 0.1 * 200 ** roll() } } })
    const row = anyRow(roll, sound, 'more')
    return row ? withMods(more, [...more.patch.mods, row]) : more
  },
  'an effect more': (roll, sound) => {
    const effects = [...(sound.effects ?? [])]
    effects.splice(Math.floor(roll() * (effects.length + 1)), 0, plainEffect(roll, 'more'))
    return withEffects(sound, effects)
  },
  'an effect less': (_, sound) => withEffects(sound, (sound.effects ?? []).slice(1)),
  'effects in another order': (_, sound) => withEffects(sound, [...(sound.effects ?? [])].reverse()),
  'another value of an effect': (roll, sound) => {
    const [first, ...rest] = sound.effects ?? []
    if (!first) return sound
    const param = pick(roll, EFFECTS.find(({ id }) => id === first.type)!.params)
    return withEffects(sound, [{ ...first, values: { ...first.values, [param.id]: anyValue(roll, param) } }, ...rest])
  },
  'an effect bypassed': (_, sound) =>
    withEffects(
      sound,
      (sound.effects ?? []).map((device, index) => (index === 0 ? { ...device, bypass: !device.bypass } : device)),
    ),
  'another sound': (roll) => anySound(Math.floor(roll() * 2 ** 31)),
}
