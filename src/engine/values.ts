// Plain values to what the engine takes (main thread): option ids become indices, numbers stay inside their range.
import { EFFECTS } from '../generated/effects.ts'
import type { ParamSpec } from '../generated/specs.ts'
import { UNITS } from '../generated/units.ts'
import type { PlainValue } from '../presets/model.ts'
import type { ProgramInput } from './types.ts'

const units = new Map(UNITS.map((unit) => [unit.id, unit]))
const effects = new Map(EFFECTS.map((effect) => [effect.id, effect]))

/** The table entry that a value key names in this program, or undefined. */
export function paramSpec(program: ProgramInput, key: string): ParamSpec | undefined {
  const [owner = '', id = ''] = key.split('.', 2)
  const effect = /^fx([1-9]\d*)$/.exec(owner)?.[1]
  const type = effect === undefined ? program.patch.units[owner]?.type : program.effects[Number(effect) - 1]?.type
  const spec = (effect === undefined ? units : effects).get(type ?? '')
  return spec?.params.find((param) => param.id === id)
}

/** Null: no such parameter, no such option, or not a finite number. */
export function engineValue(spec: ParamSpec | undefined, value: PlainValue): number | null {
  if (!spec) return null
  if (typeof value === 'string') {
    const index = spec.options?.findIndex((option) => option.id === value) ?? -1
    return index < 0 ? null : index
  }
  return Number.isFinite(value) ? Math.min(spec.max, Math.max(spec.min, value)) : null
}
