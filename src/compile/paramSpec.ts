// Which parameter a value key names in a sound, and what it holds there (any thread).
import { EFFECTS } from '../generated/effects.ts'
import type { ParamSpec } from '../generated/specs.ts'
import { UNITS } from '../generated/units.ts'
import type { PlainValue } from '../presets/model.ts'
import type { ProgramInput } from './program.ts'

const units = new Map(UNITS.map((unit) => [unit.id, unit]))
const effects = new Map(EFFECTS.map((effect) => [effect.id, effect]))

/** What a value key needs to be looked up in. */
export interface KeyedSound {
  readonly patch: Pick<ProgramInput['patch'], 'units'> | null
  readonly values: ProgramInput['values']
  readonly effects: readonly Pick<ProgramInput['effects'][number], 'type' | 'values'>[]
}

interface Place {
  /** Index in the chain; absent for a unit. */
  readonly effect?: number
  readonly unit: string
  readonly id: string
}

function placeOf(key: string): Place {
  const [owner = '', id = ''] = key.split('.', 2)
  const number = /^fx([1-9]\d*)$/.exec(owner)?.[1]
  return number === undefined ? { unit: owner, id } : { effect: Number(number) - 1, unit: owner, id }
}

/** The table entry that a value key (`filter.cutoff`, `fx1.mix`) names in this sound, or undefined. */
export function paramSpec(
  sound: Pick<KeyedSound, 'patch'> & { readonly effects: readonly { readonly type: string }[] },
  key: string,
): ParamSpec | undefined {
  const { effect, unit, id } = placeOf(key)
  const type = effect === undefined ? sound.patch?.units[unit]?.type : sound.effects[effect]?.type
  const spec = (effect === undefined ? units : effects).get(type ?? '')
  return spec?.params.find((param) => param.id === id)
}

/** The plain value that plays; undefined where the sound has no such parameter. */
export function heldValue(sound: KeyedSound, key: string): PlainValue | undefined {
  const { effect, unit, id } = placeOf(key)
  const own = effect === undefined ? sound.patch?.units[unit]?.values?.[id] : sound.effects[effect]?.values[id]
  return sound.values[key] ?? own ?? paramSpec(sound, key)?.init
}

/** Keys that the sound itself gives a value. */
export const valueKeys = ({ values, effects: chain }: KeyedSound): string[] => [
  ...Object.keys(values),
  ...chain.flatMap((device, index) => Object.keys(device.values).map((id) => `fx${index + 1}.${id}`)),
]
