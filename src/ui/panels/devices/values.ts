// Reads parameter values of a sound by value key: `unit.param`, `fx1.mix` for the first effect (any thread).
import { EFFECTS } from '../../../generated/effects.ts'
import type { EffectSpec, ParamSpec, UnitSpec } from '../../../generated/specs.ts'
import { UNITS } from '../../../generated/units.ts'
import { AMOUNT, amountSpec } from '../../../presets/amounts.ts'
import type { Patch, PlainValue, Preset } from '../../../presets/model.ts'
import { ownerIn } from '../../../presets/spec.ts'

/** The units and effects that the engine describes, by id. */
export interface Specs {
  readonly units: ReadonlyMap<string, UnitSpec>
  readonly effects: ReadonlyMap<string, EffectSpec>
}

const byId = <T extends { readonly id: string }>(list: readonly T[]) => new Map(list.map((spec) => [spec.id, spec]))

export const ENGINE_SPECS: Specs = { units: byId(UNITS), effects: byId(EFFECTS) }

export interface Sound {
  readonly preset: Pick<Preset, 'values' | 'effects'> | null
  readonly patch: Patch | null
}

/** The value that plays; undefined where the sound has no such parameter. */
export function valueOf({ preset, patch }: Sound, key: string, spec: ParamSpec): PlainValue | undefined {
  if (!preset) return undefined
  const [owner = '', param = ''] = key.split('.')
  const effect = effectIndex(owner)
  if (effect !== null) {
    const device = preset.effects[effect]
    return device ? (device.values[param] ?? spec.init) : undefined
  }
  if (owner === AMOUNT) return patch && amountSpec(patch, param) ? (preset.values[key] ?? spec.init) : undefined
  const held = patch && ownerIn(patch, owner)
  return held ? (preset.values[key] ?? held.values[param] ?? spec.init) : undefined
}

/** `fx2` -> 1; null for a unit's name. A patch can't have units of that name and effects too: importers never make one. */
export function effectIndex(owner: string): number | null {
  const match = /^fx([1-9]\d?)$/.exec(owner)
  return match ? Number(match[1]) - 1 : null
}
