// The short form in which factory sounds are written, and how it becomes a preset (Node: scripts/factory.mjs and tests).
import { unitSpec } from '../spec.ts'
import { channelsOf, throughUnit } from '../build/stereo.ts'
import type { Device, Patch, PatchGroup, PatchMod, PatchUnit, PlainValue, Preset, Role } from '../model.ts'

type Values = Readonly<Record<string, PlainValue>>

/** `[unit, values, share in the mix]`. */
export type Source = readonly [type: string, values: Values, share?: number]

export interface Sketch {
  /** Kebab-case id, forever. */
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly tags: readonly string[]
  readonly description: string
  readonly sources: readonly Source[]
  /** Amplitudes of harmonics, by number of the source from 1. */
  readonly harmonics?: Readonly<Record<number, readonly number[]>>
  readonly filter?: readonly [type: string, values: Values]
  /** Moves the cutoff with the amplitude envelope, in octaves. */
  readonly sweep?: number
  readonly envelope: Values
  /** A second envelope, by name `env2`. */
  readonly second?: Values
  readonly lfos?: readonly Values[]
  /** `[from, to, amount]`; LFOs are `lfo1`, `lfo2`. */
  readonly mods?: readonly (readonly [from: string, to: string, amount: number])[]
  /** Random place in the stereo image, note by note. */
  readonly spread?: number
  readonly effects?: readonly (readonly [type: string, values: Values])[]
  readonly voices?: Partial<Patch['voices']>
}

/** Inputs of a unit that takes one or two channels. */
function stereoIn(outputs: readonly string[]): Record<string, string[]> {
  const { first, second } = channelsOf(outputs)
  return second.length > 0 ? { in: first, right: second } : { in: first }
}

/** The preset of a sketch; `trimDb` brings it to the common loudness. */
export function buildSketch(sketch: Sketch, trimDb: number): Preset {
  const units: Record<string, PatchUnit> = {}
  const groups: { label: string; units: string[] }[] = []
  const add = (label: string, name: string, type: string, values: Values = {}, inputs?: PatchUnit['in']): void => {
    const filled = Object.keys(values).length > 0
    units[name] = { type, ...(filled ? { values } : {}), ...(inputs ? { in: inputs } : {}) }
    const group = groups.find((entry) => entry.label === label)
    if (group) group.units.push(name)
    else groups.push({ label, units: [name] })
  }

  const outputs = sketch.sources.map(([type, values], index) => {
    const name = `osc${String(index + 1)}`
    add(`Oscillator ${String(index + 1)}`, name, type, values)
    const harmonics = sketch.harmonics?.[index + 1]
    if (harmonics) units[name] = { ...units[name], type, harmonics }
    const stereo = unitSpec(type)?.outputs.length === 2
    return stereo ? [`${name}.left`, `${name}.right`] : [name]
  })
  let signal = outputs[0] ?? []
  if (outputs.length > 1) {
    const levels = sketch.sources.map(
      ([, , share], index) => [`level${String(index + 1)}`, share ?? 1 / outputs.length] as const,
    )
    const inputs = outputs.flatMap((output, index) => {
      const { first, second } = channelsOf(output)
      const number = String(index + 1)
      return [[`in${number}`, first] as const, ...(second.length > 0 ? [[`right${number}`, second] as const] : [])]
    })
    add('Mix', 'mix', 'mix', Object.fromEntries(levels), Object.fromEntries(inputs))
    signal = throughUnit('mix', outputs.flat())
  }
  if (sketch.filter) {
    add('Filter', 'filter', sketch.filter[0], sketch.filter[1], stereoIn(signal))
    signal = throughUnit('filter', signal)
  }
  add('Amp envelope', 'env', 'env', { velocity: 0.5, ...sketch.envelope })
  if (sketch.second) add('Second envelope', 'env2', 'env', sketch.second)
  sketch.lfos?.forEach((values, index) => add('Motion', `lfo${String(index + 1)}`, 'lfo', values))
  add('Output', 'amp', 'gain', { level: trimDb }, { ...stereoIn(signal), mod: ['env'] })
  add('Output', 'pan', 'pan', { spread: sketch.spread ?? 0.2 }, stereoIn(throughUnit('amp', signal)))

  const sweep: PatchMod[] = sketch.sweep ? [{ from: 'env', to: 'filter.cutoff', amount: sketch.sweep }] : []
  const patch: Patch = {
    version: 1,
    units,
    mods: [...sweep, ...(sketch.mods ?? []).map(([from, to, amount]) => ({ from, to, amount }))],
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 32, mode: 'poly', glideSeconds: 0, ...sketch.voices },
    groups: faceOf(units, groups),
  }
  const effects = (sketch.effects ?? []).map(([type, values], index): Device => {
    return { id: `fx${String(index + 1)}`, kind: 'effect', type, values, bypass: false }
  })
  const { id, name, role, tags, description } = sketch
  return {
    version: 1,
    id,
    name,
    role,
    tags,
    description,
    patch,
    values: {},
    effects,
    source: { kind: 'factory', files: [] },
  }
}

/** Every parameter in its unit's group; levels of unused mixer inputs left out. */
function faceOf(
  units: Readonly<Record<string, PatchUnit>>,
  groups: readonly { label: string; units: readonly string[] }[],
): PatchGroup[] {
  return groups.map(({ label, units: names }) => ({
    label,
    params: names.flatMap((name) => {
      const unit = units[name]
      const ids = unitSpec(unit?.type ?? '')?.params.map((param) => param.id) ?? []
      const used = unit?.type === 'mix' ? ids.filter((id) => unit.in?.[`in${id.slice('level'.length)}`]) : ids
      return used.map((id) => `${name}.${id}`)
    }),
  }))
}
