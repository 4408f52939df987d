// What a sound holds under its value keys (any thread).
import type { PlainValue } from '../presets/model.ts'
import { ownerIn } from '../presets/spec.ts'
import { paramOfKey } from '../presets/paramOfKey.ts'
import type { ProgramInput } from './program.ts'

/** What a value key needs to be looked up in. */
export interface KeyedSound {
  readonly patch: (Pick<ProgramInput['patch'], 'units' | 'pads'> & Partial<Pick<ProgramInput['patch'], 'mods'>>) | null
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

/** The plain value that plays; undefined where the sound has no such parameter. */
export function heldValue(sound: KeyedSound, key: string): PlainValue | undefined {
  const { effect, unit, id } = placeOf(key)
  const own =
    effect === undefined ? sound.patch && ownerIn(sound.patch, unit)?.values[id] : sound.effects[effect]?.values[id]
  return sound.values[key] ?? own ?? paramOfKey(sound.patch, sound.effects, key)?.init
}

/** Keys that the sound itself gives a value. */
export const valueKeys = ({ values, effects: chain }: KeyedSound): string[] => [
  ...Object.keys(values),
  ...chain.flatMap((device, index) => Object.keys(device.values).map((id) => `fx${index + 1}.${id}`)),
]
