// Look-ups in the engine's own description of units and effects (any thread).
import { EFFECTS } from '../generated/effects.ts'
import type { EffectSpec, ParamSpec, UnitSpec } from '../generated/specs.ts'
import { PADS } from '../generated/pads.ts'
import { UNITS } from '../generated/units.ts'
import type { Patch, PlainValue } from './model.ts'

const units = new Map(UNITS.map((spec) => [spec.id, spec]))
const effects = new Map(EFFECTS.map((spec) => [spec.id, spec]))

/** What every pad of a kit has beside its units. */
export const PAD_SPEC: UnitSpec = PADS[0]!
export const unitSpec = (type: string): UnitSpec | undefined => units.get(type)
export const effectSpec = (type: string): EffectSpec | undefined => effects.get(type)

/** What a value key's first part names in a patch: a unit, or a pad of a kit. */
export function ownerIn(
  { units, pads = [] }: Pick<Patch, 'units' | 'pads'>,
  name: string,
): { readonly spec: UnitSpec | undefined; readonly values: Readonly<Record<string, PlainValue>> } | undefined {
  const unit = Object.hasOwn(units, name) ? units[name] : undefined
  if (unit) return { spec: unitSpec(unit.type), values: unit.values ?? {} }
  const pad = pads.find(({ id }) => id === name)
  return pad && { spec: PAD_SPEC, values: pad.values ?? {} }
}

export function paramSpec(spec: UnitSpec | EffectSpec | undefined, id: string): ParamSpec | undefined {
  return spec?.params.find((param) => param.id === id)
}
