// Modulation amounts as parameters of a sound (any thread): `amount.<id>` for every modulation that has an id.
import type { ParamSpec } from '../generated/specs.ts'
import { enums } from '../generated/wire.ts'
import type { Patch, PatchMod } from './model.ts'
import { paramSpec, unitSpec } from './spec.ts'

/** The pseudo-unit of value keys. */
export const AMOUNT = 'amount'
/** Semitones that a modulation may bend the pitch. */
const PITCH_LIMIT = 96

/** What `to` names in the patch; null: the pitch of the voice, or nothing. */
function targetOf({ units }: Pick<Patch, 'units'>, to: string): ParamSpec | null {
  const [name = '', id = ''] = to.split('.', 2)
  const unit = Object.hasOwn(units, name) ? units[name] : undefined
  return paramSpec(unit && unitSpec(unit.type), id) ?? null
}

/** How far an amount goes to both sides: the whole way of its target. */
export function amountLimit(patch: Pick<Patch, 'units'>, { to }: PatchMod): number {
  const target = targetOf(patch, to)
  if (!target) return PITCH_LIMIT
  return target.curve === 'log' ? Math.ceil(Math.log2(target.max / target.min)) : target.max - target.min
}

/** The parameter `amount.<id>`, as the spec of a unit's parameter. */
export function amountSpec(patch: Pick<Patch, 'units' | 'mods'>, id: string): ParamSpec | undefined {
  const index = patch.mods.findIndex((mod) => mod.id === id)
  return index < 0 ? undefined : rowSpec(patch, index)
}

/** The amount of a modulation as a parameter, whether it has an id or not. */
export function rowSpec(patch: Pick<Patch, 'units' | 'mods'>, index: number): ParamSpec {
  const mod = patch.mods[index]!
  const target = targetOf(patch, mod.to)
  const limit = amountLimit(patch, mod)
  return {
    id: mod.id ?? '',
    label: `${sourceWord(mod.from)} to ${target ? target.label.toLowerCase() : 'pitch'}`,
    unit: !target ? 'semitones' : target.curve === 'log' ? 'octaves' : target.unit,
    min: -limit,
    max: limit,
    init: Math.min(limit, Math.max(-limit, mod.amount)),
    curve: 'linear',
    smooth: 'ramp',
    group: '',
    index,
  }
}

const sourceWord = (from: string): string => {
  const [name = from] = from.split('.', 1)
  const word = name in enums.sourceKind ? name : name.replace(/(\d+)$/, ' $1')
  return word.charAt(0).toUpperCase() + word.slice(1)
}
