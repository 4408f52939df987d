// Which parameter a value key names in a program (any thread).
import { EFFECTS } from '../generated/effects.ts'
import type { ParamSpec } from '../generated/specs.ts'
import { UNITS } from '../generated/units.ts'
import type { ProgramInput } from './program.ts'

const units = new Map(UNITS.map((unit) => [unit.id, unit]))
const effects = new Map(EFFECTS.map((effect) => [effect.id, effect]))

/** What a value key needs to be looked up in. */
export interface KeyedSound {
  readonly patch: Pick<ProgramInput['patch'], 'units'>
  readonly effects: readonly { readonly type: string }[]
}

/** The table entry that a value key (`filter.cutoff`, `fx1.mix`) names in this sound, or undefined. */
export function paramSpec(sound: KeyedSound, key: string): ParamSpec | undefined {
  const [owner = '', id = ''] = key.split('.', 2)
  const effect = /^fx([1-9]\d*)$/.exec(owner)?.[1]
  const type = effect === undefined ? sound.patch.units[owner]?.type : sound.effects[Number(effect) - 1]?.type
  const spec = (effect === undefined ? units : effects).get(type ?? '')
  return spec?.params.find((param) => param.id === id)
}
