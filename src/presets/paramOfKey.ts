// What a value key names in a sound (any thread).
import type { ParamSpec } from '../generated/specs.ts'
import { AMOUNT, amountSpec } from './amounts.ts'
import type { Device, Patch } from './model.ts'
import { effectSpec, ownerIn, paramSpec } from './spec.ts'

/** The parameter under a value key: `unit.param` of the patch, `pad.param` of a kit, `amount.<id>` of a modulation, or `fx1.param` of the first effect. */
export function paramOfKey(
  patch: (Pick<Patch, 'units' | 'pads'> & Partial<Pick<Patch, 'mods'>>) | null,
  effects: readonly Pick<Device, 'type'>[],
  key: string,
): ParamSpec | undefined {
  const [name = '', param = ''] = key.split('.')
  const owner = patch && ownerIn(patch, name)
  if (owner) return paramSpec(owner.spec, param)
  if (patch && name === AMOUNT) return amountSpec({ units: patch.units, mods: patch.mods ?? [] }, param)
  const number = /^fx([0-9]+)$/.exec(name)?.[1]
  return paramSpec(effectSpec(effects[Number(number) - 1]?.type ?? ''), param)
}
