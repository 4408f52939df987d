// Which groups of parameters the face of a sound shows, built from specs alone (any thread).
import type { EffectSpec, ParamSpec } from '../../../generated/specs.ts'
import type { Device, Patch } from '../../../presets/model.ts'
import { unitTitle } from './modulation.ts'
import type { Specs } from './values.ts'

export interface FaceParam {
  readonly key: string
  readonly spec: ParamSpec
  /** Full name for screen readers and tooltips: "Filter cutoff". */
  readonly name: string
  /** Short label under the group's title. */
  readonly label: string
  /** What help has words on: `units/svf/cutoff`. */
  readonly about: string
}

export interface FaceGroup {
  readonly id: string
  readonly label: string
  readonly params: readonly FaceParam[]
  /** Whose parameters they are, in order. */
  readonly units: readonly string[]
  /** Those of them whose shape is drawn above the knobs: each unit in one group only. */
  readonly drawn: readonly string[]
  /** Several groups of one unit under one picture. */
  readonly parts?: readonly EffectGroup[]
}

/** The groups that the patch asks for, then one per unit for whatever no group names. Every parameter of a unit occurs once; amounts are the matrix's. */
export function instrumentGroups(patch: Patch, specs: Specs): FaceGroup[] {
  const all = new Map(unitParams(patch, specs).map((param) => [param.key, param]))
  const groups: FaceGroup[] = []
  patch.groups.forEach(({ label, params }, i) => {
    const own = params.flatMap((key) => {
      const param = all.get(key)
      all.delete(key)
      return param ? [param] : []
    })
    if (own.length > 0) groups.push(group(`g${i}`, label, own))
  })
  for (const name of Object.keys(patch.units)) {
    const rest = [...all.values()].filter(({ key }) => key.startsWith(`${name}.`))
    if (rest.length > 0) groups.push(group(name, unitTitle(name), rest))
  }
  return drawnOnce(gathered(groups))
}

/** Groups of one and the same unit stand together where the first of them does. */
function gathered(groups: readonly FaceGroup[]): FaceGroup[] {
  const only = ({ units }: FaceGroup) => (units.length === 1 ? units[0] : undefined)
  return groups.flatMap((group) => {
    const unit = only(group)
    const alike = unit === undefined ? [group] : groups.filter((other) => only(other) === unit)
    if (alike[0] !== group) return []
    if (alike.length === 1) return [group]
    return [{ ...group, params: alike.flatMap(({ params }) => params), parts: alike }]
  })
}

/** A unit is drawn where most of its parameters are. */
function drawnOnce(groups: readonly FaceGroup[]): FaceGroup[] {
  const share = ({ params }: FaceGroup, unit: string) => params.filter((param) => unitOf(param) === unit).length
  const home = (unit: string) =>
    groups.reduce((best, group) => (share(group, unit) > share(best, unit) ? group : best), groups[0]!)
  return groups.map((group) => ({ ...group, drawn: group.units.filter((unit) => home(unit) === group) }))
}

const unitOf = ({ key }: FaceParam): string => key.split('.')[0] ?? ''

function group(id: string, label: string, params: readonly FaceParam[]): FaceGroup {
  const units = [...new Set(params.map(unitOf))]
  const repeated = (param: FaceParam) => params.filter(({ spec }) => spec.label === param.spec.label).length > 1
  // In a group of several units, equal labels get the number or the name of their unit.
  const named = params.map((param) =>
    repeated(param) ? { ...param, label: `${param.spec.label} ${shortMark(unitOf(param), units)}` } : param,
  )
  return { id, label, params: named, units, drawn: units }
}

const shortMark = (name: string, units: readonly string[]): string =>
  /\d+$/.exec(name)?.[0] ?? (units.length > 2 ? String(units.indexOf(name) + 1) : unitTitle(name))

function unitParams(patch: Patch, specs: Specs): FaceParam[] {
  return Object.entries(patch.units).flatMap(([name, unit]) => {
    const spec = specs.units.get(unit.type)
    if (!spec) return []
    const title = unitTitle(name)
    return spec.params
      .filter((param) => !isSilentInput(param.id, unit.in))
      .map((param) => ({
        key: `${name}.${param.id}`,
        spec: param,
        name: `${title} ${param.label.toLowerCase()}`,
        label: param.label,
        about: `units/${unit.type}/${param.id}`,
      }))
  })
}

/** Levels of mixer inputs that nothing is plugged into have no effect, so they have no knob. */
export function isSilentInput(param: string, inputs: Readonly<Record<string, readonly string[]>> | undefined): boolean {
  const number = /^level(\d)$/.exec(param)?.[1]
  return number !== undefined && (inputs?.[`in${number}`] ?? []).length === 0
}

/** Parameters that an editor of their own shows and writes, so they have no knobs. */
const DRAWN: Readonly<Record<string, RegExp>> = { waveshaper: /^point\d+$/ }
const isDrawn = (type: string, param: string): boolean => DRAWN[type]?.test(param) ?? false

export interface EffectFace {
  readonly deviceId: string
  readonly index: number
  readonly spec: EffectSpec
  readonly params: readonly FaceParam[]
}

export function effectFaces(effects: readonly Device[], specs: Specs): EffectFace[] {
  return effects.flatMap((device, index) => {
    const spec = specs.effects.get(device.type)
    if (!spec) return []
    const params = spec.params
      .filter(({ id }) => !isDrawn(spec.id, id))
      .map((param) => ({
        key: `fx${index + 1}.${param.id}`,
        spec: param,
        name: `${spec.label} ${param.label.toLowerCase()}`,
        label: param.label,
        about: `effects/${spec.id}/${param.id}`,
      }))
    return [{ deviceId: device.id, index, spec, params }]
  })
}

/** More than this in one row is hard to read. */
const UNGROUPED = 6

export interface EffectGroup {
  readonly label: string | undefined
  readonly params: readonly FaceParam[]
}

/** One untitled group, or the spec's own groups where there are many parameters. */
export function effectGroups(params: readonly FaceParam[]): EffectGroup[] {
  const names = [...new Set(params.map(({ spec }) => spec.group))]
  if (params.length <= UNGROUPED || names.length < 2) return [{ label: undefined, params }]
  return names.map((name) => ({
    label: name || undefined,
    params: params
      .filter(({ spec }) => spec.group === name)
      .map((param) => ({ ...param, label: withoutGroup(param.label, name) })),
  }))
}

/** In the group "Low shelf", "Low gain" is just "Gain". */
function withoutGroup(label: string, group: string): string {
  const words = label.split(' ')
  const groupWords = group.split(' ')
  while (words.length > 1 && words[0] === groupWords[0]) {
    words.shift()
    groupWords.shift()
  }
  const rest = words.join(' ')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

/** Like groups in a row, such as eight bands: shown one at a time. */
export interface Series {
  /** What each of them is: "Band". */
  readonly label: string
  readonly parts: readonly EffectGroup[]
}

export type FacePart = { readonly group: EffectGroup } | { readonly series: Series }

/** Fewer numbered groups than this stand side by side. */
const SERIES = 3

/** Groups in their order, those that differ by their number alone gathered where the first of them stands. */
export function faceParts(groups: readonly EffectGroup[]): FacePart[] {
  const kind = ({ label }: EffectGroup): string | undefined => /^(.+) \d+$/.exec(label ?? '')?.[1]
  const alike = (name: string | undefined) => groups.filter((group) => name !== undefined && kind(group) === name)
  return groups.flatMap((group): FacePart[] => {
    const parts = alike(kind(group))
    if (parts.length < SERIES) return [{ group }]
    return parts[0] === group ? [{ series: { label: kind(group)!, parts } }] : []
  })
}

/** More parameters of one unit than this are parted by the spec's own groups. */
const ONE_GROUP = 12
/** Groups of a unit with fewer stay with the rest. */
const OWN_GROUP = 3

/** The parts of an instrument's group: itself, or where it is one large unit, the unit's own groups. */
export function unitParts({ label, params, units, parts }: Omit<FaceGroup, 'drawn'>): FacePart[] {
  if (parts) return faceParts(parts)
  if (units.length !== 1 || params.length <= ONE_GROUP) return [{ group: { label, params } }]
  // Parted, equal labels no longer stand side by side.
  const own = params.map((param) => ({ ...param, label: param.spec.label }))
  const of = (name: string) => own.filter(({ spec }) => spec.group === name)
  const names = [...new Set(params.map(({ spec }) => spec.group))].filter(
    (name) => name !== '' && (of(name).length >= OWN_GROUP || /\d$/.test(name)),
  )
  const rest = own.filter(({ spec }) => !names.includes(spec.group))
  const groups = names.map((name) => ({ label: name, params: of(name) }))
  return faceParts(rest.length > 0 ? [{ label, params: rest }, ...groups] : groups)
}

/** Numbers as knobs, options and switches in their own row. */
export const isKnob = ({ spec }: FaceParam): boolean => spec.curve === 'linear' || spec.curve === 'log'
