// Which parameter a value key names in a program, and the number that the engine takes for its value (main thread).
import { engineValue } from '../compile/values.ts'
import { EFFECTS } from '../generated/effects.ts'
import type { ParamSpec } from '../generated/specs.ts'
import { UNITS } from '../generated/units.ts'
import { SoundloomError } from '../params/error.ts'
import type { PlainValue } from '../presets/model.ts'
import type { ProgramInput } from './types.ts'

const units = new Map(UNITS.map((unit) => [unit.id, unit]))
const effects = new Map(EFFECTS.map((effect) => [effect.id, effect]))

/** The table entry that a value key names in this program, or undefined. */
function paramSpec(program: ProgramInput, key: string): ParamSpec | undefined {
  const [owner = '', id = ''] = key.split('.', 2)
  const effect = /^fx([1-9]\d*)$/.exec(owner)?.[1]
  const type = effect === undefined ? program.patch.units[owner]?.type : program.effects[Number(effect) - 1]?.type
  const spec = (effect === undefined ? units : effects).get(type ?? '')
  return spec?.params.find((param) => param.id === id)
}

/** Null: the program has no such parameter, or the parameter takes no such value. */
export function liveValue(program: ProgramInput, key: string, value: PlainValue): number | null {
  const spec = paramSpec(program, key)
  if (!spec) return null
  try {
    return engineValue(spec, value, key)
  } catch (error) {
    if (error instanceof SoundloomError) return null
    throw error
  }
}
