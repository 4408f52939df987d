// The values that play in a sound, for those who describe it (any thread).
import type { Device, Patch, PlainValue } from '../model.ts'
import { effectSpec, paramSpec, unitSpec } from '../spec.ts'
import { amountOf, heardUnits } from './heard.ts'

/** What describing needs of a preset. `patch` null: it is only named, and not known here. */
export interface SoundData {
  readonly patch: Patch | null
  readonly values: Readonly<Record<string, PlainValue>>
  readonly effects: readonly Device[]
}

/** One characteristic. `detail` is the value behind it. */
export interface SoundFact {
  /** Lower case, words separated by single spaces: "slow attack". */
  readonly phrase: string
  readonly detail?: string
}

export interface UnitReading {
  readonly name: string
  readonly type: string
  /** Its long data; null: its own. */
  readonly asset: string | null
  number(param: string): number
  word(param: string): string
}

/** A modulation of a unit's parameter, or of `voice.pitch`. */
export interface ModReading {
  readonly from: UnitReading
  readonly to: string
  readonly param: string
  readonly amount: number
}

export interface SoundReading {
  /** Those that are heard. */
  readonly units: readonly UnitReading[]
  /** Those that come from an LFO or an envelope. */
  readonly mods: readonly ModReading[]
  /** The envelope of the level; null: none was found. */
  readonly envelope: UnitReading | null
  readonly voices: Patch['voices'] | null
  /** Effects that are heard. */
  readonly effects: readonly EffectReading[]
}

export interface EffectReading {
  readonly type: string
  number(param: string): number
  word(param: string): string
}

/** The option of every `sync` that keeps no note length. */
export const FREE = 'free'

/** The note length that a `sync` keeps; null: it runs free, or there is none. */
export const inTempo = (sync: string): string | null => (/^[0-9]+[/b]/.test(sync) ? sync : null)

/** Effects mixed in by less than this are not heard. */
const HEARD_MIX = 0.03

export function readSound({ patch, values, effects }: SoundData): SoundReading {
  const heard = patch ? heardUnits(patch, values) : new Set<string>()
  const present = Object.entries(patch?.units ?? {}).filter(([name]) => heard.has(name))
  const units = present.map(([name, unit]): UnitReading => {
    const spec = unitSpec(unit.type)
    const plain = (param: string): PlainValue | undefined =>
      values[`${name}.${param}`] ?? unit.values?.[param] ?? paramSpec(spec, param)?.init
    return {
      name,
      type: unit.type,
      asset: unit.asset ?? null,
      number: (param) => Number(plain(param) ?? 0),
      word: (param) => String(plain(param) ?? ''),
    }
  })
  const byName = new Map(units.map((unit) => [unit.name, unit]))
  const mods = (patch?.mods ?? []).flatMap((mod): ModReading[] => {
    const { from, to } = mod
    const amount = amountOf(mod, values)
    const { source, share } = throughMix(byName, patch, from.split('.')[0] ?? '')
    const [unit = '', param = ''] = to.split('.')
    return source && amount !== 0 && (unit === 'voice' || byName.has(unit))
      ? [{ from: source, to: unit, param, amount: amount * share }]
      : []
  })
  return {
    units,
    mods,
    envelope: (patch && byName.get(levelEnvelope(patch) ?? '')) ?? null,
    voices: patch?.voices ?? null,
    effects: effects.filter((device) => !device.bypass).flatMap(readEffect),
  }
}

/** A mixer with one input is a knob for how much of it there is. */
function throughMix(
  units: ReadonlyMap<string, UnitReading>,
  patch: Patch | null,
  name: string,
): { source: UnitReading | undefined; share: number } {
  const unit = patch && Object.hasOwn(patch.units, name) ? patch.units[name] : undefined
  const [only, ...others] = unit?.type === 'mix' ? Object.values(unit.in ?? {}).flat() : []
  if (only === undefined || others.length > 0) return { source: units.get(name), share: 1 }
  return { source: units.get(only.split('.')[0] ?? ''), share: units.get(name)?.number('level1') ?? 0 }
}

function readEffect(device: Device): EffectReading[] {
  const spec = effectSpec(device.type)
  const plain = (param: string): PlainValue => device.values[param] ?? paramSpec(spec, param)?.init ?? 0
  const number = (param: string): number => Number(plain(param))
  const word = (param: string): string => String(plain(param))
  const silent = paramSpec(spec, 'mix') !== undefined && number('mix') < HEARD_MIX
  return spec && !silent ? [{ type: device.type, number, word }] : []
}

/** The envelope that opens the gain nearest to the output. */
function levelEnvelope(patch: Patch): string | undefined {
  const queue = [patch.out.left, patch.out.right]
  const seen = new Set<string>()
  for (let at = 0; at < queue.length; at++) {
    const name = queue[at]!.split('.')[0]!
    if (seen.has(name)) continue
    seen.add(name)
    const unit = Object.hasOwn(patch.units, name) ? patch.units[name] : undefined
    if (!unit) continue
    const opener = unit.in?.mod?.map((from) => from.split('.')[0]!).find((from) => patch.units[from]?.type === 'env')
    if (unit.type === 'gain' && opener) return opener
    for (const inputs of Object.values(unit.in ?? {})) queue.push(...inputs)
  }
  return undefined
}
