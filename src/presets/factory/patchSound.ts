// The form of sounds that share a factory patch, and how one becomes an entry of the factory's file (Node: scripts/factory.mjs and tests).
import type { FactoryEntry } from '../library/factory.ts'
import type { Patch, PatchMod, PatchUnit, PlainValue, Preset } from '../model.ts'

export type Values = Readonly<Record<string, PlainValue>>
export type Row = readonly [from: string, to: string, amount: number]

export interface PatchSound extends Pick<Preset, 'id' | 'name' | 'role' | 'tags' | 'description'> {
  /** `unit.param` -> value, over the patch's own. */
  readonly values?: Values
  /** Id of a modulation -> what stands in its place, or only its amount. */
  readonly mods?: Readonly<Record<string, Row | number>>
  readonly voices?: Partial<Patch['voices']>
  readonly assets?: Readonly<Record<string, string>>
  readonly effects?: readonly (readonly [type: string, values: Values])[]
}

export interface FactoryPatch {
  /** Forever. */
  readonly id: string
  readonly patch: Patch
  readonly sounds: readonly PatchSound[]
}

/** A unit of a patch: its type, its values, what is connected to it. */
export const unit = (type: string, values: Values = {}, inputs?: PatchUnit['in']): PatchUnit => ({
  type,
  ...(Object.keys(values).length > 0 ? { values } : {}),
  ...(inputs ? { in: inputs } : {}),
})

/** Modulations by id; the id makes each amount a knob. */
export const matrix = (rows: Readonly<Record<string, Row>>): PatchMod[] =>
  Object.entries(rows).map(([id, [from, to, amount]]) => ({ id, from, to, amount }))

/** What follows every source of sound: `amp` opened by `env`, then `pan`. `level` of `amp` is the sound's trim. */
export const output = (left: string, right?: string): Patch['units'] => ({
  amp: unit('gain', {}, { in: [left], ...(right ? { right: [right] } : {}), mod: ['env'] }),
  pan: unit('pan', {}, { in: ['amp'], ...(right ? { right: ['amp.right'] } : {}) }),
})

/** Vibrato as players expect it: an LFO that comes in late, more of it with the wheel. Row ids `vibrato`, `wheel`. */
export const vibrato = (rate: number, delay: number, fade: number, level: number): Patch['units'] => ({
  lfo: unit('lfo', { rate, delay, fade }),
  vib: unit('mix', { level1: level }, { in1: ['lfo'] }),
})

export const entryOf = (patch: FactoryPatch, sound: PatchSound, trimDb: number): FactoryEntry => {
  const { id, name, role, tags, description, values = {}, mods = {}, voices, assets, effects = [] } = sound
  const rows = Object.entries(mods).map(([row, put]): PatchMod => {
    const own = patch.patch.mods.find((mod) => mod.id === row)
    if (!own) throw new Error(`${id}: the patch ${patch.id} has no modulation "${row}"`)
    if (typeof put === 'number') return { ...own, amount: put }
    return { id: row, from: put[0], to: put[1], amount: put[2] }
  })
  const change = {
    ...(rows.length > 0 ? { mods: rows } : {}),
    ...(voices ? { voices } : {}),
    ...(assets ? { assets } : {}),
  }
  return {
    version: 1,
    id,
    name,
    role,
    tags,
    description,
    patch: patch.id,
    values: { ...values, 'amp.level': trimDb },
    effects: effects.map(([type, own], index) => ({
      id: `fx${String(index + 1)}`,
      kind: 'effect',
      type,
      values: own,
      bypass: false,
    })),
    ...(Object.keys(change).length > 0 ? { change } : {}),
    source: { kind: 'factory', files: [] },
  }
}
