// A sound's parameters by value key: what they are, what they hold, setting one (any thread).
import { EFFECTS } from '../generated/effects.ts'
import type { EffectSpec, ParamSpec, UnitSpec } from '../generated/specs.ts'
import { UNITS } from '../generated/units.ts'
import { AMOUNT, amountSpec } from '../presets/amounts.ts'
import type { Device, Patch, PlainValue, Preset } from '../presets/model.ts'
import { PAD_SPEC } from '../presets/spec.ts'

const UNIT_BY_ID: ReadonlyMap<string, UnitSpec> = new Map(UNITS.map((unit) => [unit.id, unit]))
const EFFECT_BY_ID: ReadonlyMap<string, EffectSpec> = new Map(EFFECTS.map((effect) => [effect.id, effect]))

/** One parameter of a sound. Keys are `unit.param`, `pad.param` in a kit, and `fx1.param` for the first effect. */
export interface SoundParam {
  readonly key: string
  readonly param: ParamSpec
  /** What the preset (or its patch) says; the specification's default where both are silent. */
  readonly value: PlainValue
  /** "Delay" for an effect, the unit's name in the patch for a unit. */
  readonly owner: string
  /** 0 for the first effect; absent for units. */
  readonly effect?: number
}

const EFFECT_KEY = /^fx([1-9]\d{0,2})$/

/** 0 for `fx1`; null where the name is not an effect's. */
export function effectIndex(name: string): number | null {
  const match = EFFECT_KEY.exec(name)
  return match ? Number(match[1]) - 1 : null
}

/** Parameters of an instrument: keys `unit.param`, units in patch order, then a kit's pads, then `amount.<id>` of its modulations. */
export const unitParams = (values: Preset['values'], patch: Patch): SoundParam[] => [
  ...ownParams(values, patch),
  ...amountParams(values, patch),
]

function amountParams(values: Preset['values'], patch: Patch): SoundParam[] {
  return patch.mods.flatMap(({ id }) => {
    const param = id === undefined ? undefined : amountSpec(patch, id)
    if (!param) return []
    const key = `${AMOUNT}.${param.id}`
    return [{ key, param, value: values[key] ?? param.init, owner: AMOUNT }]
  })
}

function ownParams(values: Preset['values'], patch: Patch): SoundParam[] {
  const of = (owner: string, spec: UnitSpec | undefined, own: Preset['values'] = {}): SoundParam[] =>
    (spec?.params ?? []).map((param) => {
      const key = `${owner}.${param.id}`
      return { key, param, value: values[key] ?? own[param.id] ?? param.init, owner }
    })
  return [
    ...Object.entries(patch.units).flatMap(([name, unit]) => of(name, UNIT_BY_ID.get(unit.type), unit.values)),
    ...(patch.pads ?? []).flatMap((pad) => of(pad.id, PAD_SPEC, pad.values)),
  ]
}

/** Parameters of one effect, keyed by their ids. */
export function effectParams(device: Device): SoundParam[] {
  const spec = EFFECT_BY_ID.get(device.type)
  return (spec?.params ?? []).map((param) => ({
    key: param.id,
    param,
    value: device.values[param.id] ?? param.init,
    owner: spec?.label ?? device.type,
  }))
}

const chainParams = ({ effects }: Preset): SoundParam[] =>
  effects.flatMap((device, effect) =>
    effectParams(device).map((found) => ({ ...found, key: `fx${String(effect + 1)}.${found.key}`, effect })),
  )

/** Every parameter of the sound with the value that plays, units in patch order, then effects in chain order. */
export const soundParams = (preset: Preset, patch: Patch): SoundParam[] => [
  ...unitParams(preset.values, patch),
  ...chainParams(preset),
]

export function findParam(preset: Preset, patch: Patch, key: string): SoundParam | null {
  const name = key.slice(0, key.indexOf('.'))
  const candidates = effectIndex(name) === null ? unitParams(preset.values, patch) : chainParams(preset)
  return candidates.find((candidate) => candidate.key === key) ?? null
}

/** The sound with other values; keys must be the sound's own. */
export function withValues(preset: Preset, changes: ReadonlyMap<string, PlainValue>): Preset {
  const values: Record<string, PlainValue> = { ...preset.values }
  const effects = [...preset.effects]
  for (const [key, value] of changes) {
    const dot = key.indexOf('.')
    const index = effectIndex(key.slice(0, dot))
    if (index === null) {
      values[key] = value
      continue
    }
    const device = effects[index]
    if (device) effects[index] = { ...device, values: { ...device.values, [key.slice(dot + 1)]: value } }
  }
  return { ...preset, values, effects }
}

/** Effects in the same order and units wired alike: what differs can be sent as parameter changes. */
export function sameStructure(a: { preset: Preset; patch: Patch }, b: { preset: Preset; patch: Patch }): boolean {
  const chain = ({ preset }: { preset: Preset }): string =>
    preset.effects.map(({ id, type, asset = '' }) => `${id}:${type}:${asset}`).join()
  return (a.patch === b.patch || JSON.stringify(a.patch) === JSON.stringify(b.patch)) && chain(a) === chain(b)
}
