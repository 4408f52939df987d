// Look-ups in the engine's own description of units and effects (any thread).
import { EFFECTS } from '../generated/effects.ts'
import type { EffectSpec, ParamSpec, UnitSpec } from '../generated/specs.ts'
import { UNITS } from '../generated/units.ts'
import type { Device, Patch } from './model.ts'

const units = new Map(UNITS.map((spec) => [spec.id, spec]))
const effects = new Map(EFFECTS.map((spec) => [spec.id, spec]))

export const unitSpec = (type: string): UnitSpec | undefined => units.get(type)
export const effectSpec = (type: string): EffectSpec | undefined => effects.get(type)

/** The parameter under a value key: `unit.param` of the patch, or `fx1.param` of the first effect. */
export function paramOfKey(
  patch: Pick<Patch, 'units'> | null,
  effects: readonly Pick<Device, 'type'>[],
  key: string,
): ParamSpec | undefined {
  const [name = '', param = ''] = key.split('.')
  const unit = patch && Object.hasOwn(patch.units, name) ? patch.units[name] : undefined
  if (unit) return paramSpec(unitSpec(unit.type), param)
  const number = /^fx([0-9]+)$/.exec(name)?.[1]
  return paramSpec(effectSpec(effects[Number(number) - 1]?.type ?? ''), param)
}

export function paramSpec(spec: UnitSpec | EffectSpec | undefined, id: string): ParamSpec | undefined {
  return spec?.params.find((param) => param.id === id)
}
