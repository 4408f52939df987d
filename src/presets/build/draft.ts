// A patch while it is being built: units, values kept within the engine's ranges, and what each value said in the file (import worker).
import type { ParamSpec } from '../../generated/specs.ts'
import type { FoundValue, Patch, PatchGroup, PatchMod, PatchUnit, PlainValue } from '../model.ts'
import { paramSpec, unitSpec } from '../spec.ts'
import type { Reading } from '../normalise/context.ts'

interface DraftUnit {
  type: string
  values: Record<string, PlainValue>
  in: Record<string, string[]>
  harmonics?: readonly (readonly [number, number])[]
  asset?: string
}

/** A value that the engine's range changed. */
export interface Clamped {
  readonly key: string
  readonly from: number
  readonly to: number
  readonly spec: ParamSpec
  readonly pointer: string
}

export class PatchDraft {
  readonly found: Record<string, FoundValue> = {}
  readonly ranges: Record<string, readonly [number, number]> = {}
  readonly clamped: Clamped[] = []
  /** Slot of a rule -> value key, and the factor from the slot's unit to the key's. */
  readonly aliases = new Map<string, { key: string; factor: number }>()
  private readonly units = new Map<string, DraftUnit>()
  private readonly mods: PatchMod[] = []
  private readonly groups: { label: string; units: string[] }[] = []

  /** Adds a unit to the group `label` and returns its name. */
  unit(name: string, type: string, label: string, values: Record<string, PlainValue> = {}): string {
    this.units.set(name, { type, values: {}, in: {} })
    for (const [param, value] of Object.entries(values)) this.put(name, param, value)
    const group = this.groups.find((entry) => entry.label === label)
    if (group) group.units.push(name)
    else this.groups.push({ label, units: [name] })
    return name
  }

  has(name: string): boolean {
    return this.units.has(name)
  }

  connect(name: string, input: string, sources: readonly string[]): void {
    const unit = this.units.get(name)
    if (unit) unit.in[input] = [...(unit.in[input] ?? []), ...sources]
  }

  harmonics(name: string, pairs: readonly (readonly [number, number])[]): void {
    const unit = this.units.get(name)
    if (unit) unit.harmonics = pairs
  }

  asset(name: string, id: string): void {
    const unit = this.units.get(name)
    if (unit) unit.asset = id
  }

  mod(from: string, to: string, amount: number): void {
    if (amount !== 0) this.mods.push({ from, to, amount })
  }

  /** Sets a value within the engine's range; returns what is used. */
  put(name: string, param: string, value: PlainValue, found?: FoundValue): PlainValue {
    const unit = this.units.get(name)
    if (!unit) return value
    const key = `${name}.${param}`
    const spec = paramSpec(unitSpec(unit.type), param)
    const used = withinSpec(spec, value)
    unit.values[param] = used
    if (found) this.found[key] = found
    if (spec && typeof value === 'number' && typeof used === 'number' && used !== value) {
      this.clamped.push({ key, from: value, to: used, spec, pointer: found?.pointer ?? '' })
    }
    return used
  }

  /** Sets a value read from a file: scaled by `factor`, with its range. `slot` leads remarks about it to this key. */
  read(slot: string, reading: Reading | undefined, name: string, param: string, factor = 1): void {
    const key = `${name}.${param}`
    this.aliases.set(slot, { key, factor })
    if (!reading) return
    this.put(name, param, reading.value * factor, reading.found)
    if (reading.range) {
      const spec = paramSpec(unitSpec(this.units.get(name)?.type ?? ''), param)
      const ends = reading.range.map((end) => Number(withinSpec(spec, end * factor)))
      this.ranges[key] = [ends[0] ?? 0, ends[1] ?? 0]
    }
  }

  /** Sets a word read from a file. */
  word(slot: string, value: PlainValue | undefined, found: FoundValue | undefined, name: string, param: string): void {
    this.aliases.set(slot, { key: `${name}.${param}`, factor: 1 })
    if (value !== undefined) this.put(name, param, value, found)
  }

  finish(out: Patch['out'], maxVoices: number, glideSeconds: number): Patch {
    const units: Record<string, PatchUnit> = {}
    for (const [name, unit] of this.units) {
      units[name] = {
        type: unit.type,
        ...(Object.keys(unit.values).length > 0 ? { values: unit.values } : {}),
        ...(Object.keys(unit.in).length > 0 ? { in: unit.in } : {}),
        ...(unit.harmonics ? { harmonics: unit.harmonics } : {}),
        ...(unit.asset ? { asset: unit.asset } : {}),
      }
    }
    const voices = { max: maxVoices, mode: 'poly' as const, glideSeconds }
    return { version: 1, units, mods: this.mods, out, voices, groups: this.faceGroups() }
  }

  /** Every parameter of every unit, in the order of the units; levels of unused mixer inputs are left out. */
  private faceGroups(): PatchGroup[] {
    return this.groups.flatMap(({ label, units }) => {
      const params = units.flatMap((name) => this.faceParams(name).map((param) => `${name}.${param}`))
      return params.length > 0 ? [{ label, params }] : []
    })
  }

  private faceParams(name: string): string[] {
    const unit = this.units.get(name)
    if (!unit) return []
    const spec = unitSpec(unit.type)
    const ids = spec ? spec.params.map((param) => param.id) : Object.keys(unit.values)
    return unit.type === 'mix' ? ids.filter((id) => unit.in[`in${id.slice('level'.length)}`] !== undefined) : ids
  }
}

/** The nearest value that the engine takes; unknown parameters pass. */
export function withinSpec(spec: ParamSpec | undefined, value: PlainValue): PlainValue {
  if (!spec) return value
  if (spec.curve === 'option') return spec.options?.some((option) => option.id === value) ? value : spec.init
  const number = Number(value)
  if (Number.isNaN(number)) return spec.init
  const inside = Math.min(spec.max, Math.max(spec.min, number))
  return spec.unit === 'count' || spec.curve === 'toggle' ? Math.round(inside) : inside
}
