// Look-ups in the engine's own description of units and effects (any thread).
import { EFFECTS } from '../generated/effects.ts'
import type { EffectSpec, ParamSpec, UnitSpec } from '../generated/specs.ts'
import { UNITS } from '../generated/units.ts'

const units = new Map(UNITS.map((spec) => [spec.id, spec]))
const effects = new Map(EFFECTS.map((spec) => [spec.id, spec]))

export const unitSpec = (type: string): UnitSpec | undefined => units.get(type)
export const effectSpec = (type: string): EffectSpec | undefined => effects.get(type)

export function paramSpec(spec: UnitSpec | EffectSpec | undefined, id: string): ParamSpec | undefined {
  return spec?.params.find((param) => param.id === id)
}
