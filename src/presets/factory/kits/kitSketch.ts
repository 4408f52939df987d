// The short form in which factory drum kits are written, and how it becomes a preset (Node: scripts/factory.mjs and tests).
import { GM_DRUMS, type GmDrum } from '../../gmDrums.ts'
import type { Device, Patch, PatchMod, PatchPad, PatchUnit, PlainValue, Preset } from '../../model.ts'
import { pitchOf } from '../../pads.ts'
import { unitSpec } from '../../spec.ts'

type Values = Readonly<Record<string, PlainValue>>

/** One source of a pad on its way out: through a filter, then under an envelope. */
export interface Layer {
  readonly unit: string
  readonly values: Values
  readonly filter?: Values
  readonly env?: Values
  /** Semitones that the envelope's unit bends the whole pad, falling with it. */
  readonly bend?: number
  /** Opens and shuts the layer, `[shape, rate in Hz]`. */
  readonly beat?: readonly [string, number]
}

export interface PadSketch {
  readonly layers: readonly Layer[]
  readonly pan?: number
  readonly voices?: number
  /** Ends with the key. */
  readonly held?: boolean
  /** `[rate in Hz, semitones]`. */
  readonly trill?: readonly [number, number]
}

export interface KitSketch {
  /** Kebab-case id, forever. */
  readonly id: string
  readonly name: string
  readonly tags: readonly string[]
  readonly description: string
  /** By id of GM_DRUMS; all of them. */
  readonly pads: Readonly<Record<string, PadSketch>>
  readonly effects?: readonly (readonly [type: string, values: Values])[]
  /** Of all pads together: as many as cost a twelfth of one core when the dearest sound, each in a group of its own. */
  readonly voices: number
}

/** Of a pad that says nothing. */
const PAD_VOICES = 4

export const layer = (unit: string, values: Values, more: Omit<Layer, 'unit' | 'values'> = {}): Layer => ({
  unit,
  values,
  ...more,
})

/** `levels`: id of the pad -> dB that bring it to its loudness. */
export function buildKit(sketch: KitSketch, levels: Readonly<Record<string, number>>): Preset {
  const units: Record<string, PatchUnit> = {}
  const mods: PatchMod[] = []
  const pads = GM_DRUMS.map((drum) => {
    const pad = sketch.pads[drum.id]
    if (!pad) throw new Error(`${sketch.id} has no ${drum.id}`)
    return buildPad(drum, pad, units, mods, levels[drum.id] ?? 0)
  })
  const patch: Patch = {
    version: 1,
    units,
    mods,
    out: pads[0]!.out,
    voices: { max: sketch.voices, mode: 'poly', glideSeconds: 0 },
    groups: [],
    pads,
  }
  const effects = (sketch.effects ?? []).map(([type, values], index): Device => ({
    id: `fx${String(index + 1)}`,
    kind: 'effect',
    type,
    values,
    bypass: false,
  }))
  const { id, name, tags, description } = sketch
  const source = { kind: 'factory', files: [] } as const
  return { version: 1, id, name, role: 'DRUM', tags, description, patch, values: {}, effects, source }
}

function buildPad(
  { id, note, name, choke }: GmDrum,
  { layers, pan, voices = PAD_VOICES, held = false, trill }: PadSketch,
  units: Record<string, PatchUnit>,
  mods: PatchMod[],
  level: number,
): PatchPad {
  const ends = layers.map((one, index) => buildLayer(one, id, index + 1, units, mods))
  if (trill) {
    units[`${id}0`] = { type: 'lfo', values: { shape: 'sine', rate: trill[0] } }
    mods.push({ from: `${id}0`, to: pitchOf({ id }), amount: trill[1] })
  }
  let [end] = ends
  if (ends.length > 1) {
    const stereo = ends.some(({ left, right }) => left !== right)
    units[`${id}o`] = {
      type: 'gain',
      in: { in: ends.map(({ left }) => left), ...(stereo ? { right: ends.map(({ right }) => right) } : {}) },
    }
    end = stereo ? { left: `${id}o.out`, right: `${id}o.right` } : { left: `${id}o`, right: `${id}o` }
  }
  const values = { ...(level !== 0 ? { level } : {}), ...(pan ? { pan } : {}) }
  return {
    id,
    name,
    low: note,
    high: note,
    key: 60,
    out: end!,
    ...(Object.keys(values).length > 0 ? { values } : {}),
    ...(choke === undefined ? {} : { choke }),
    oneShot: !held,
    voices,
  }
}

/** A second channel is kept where the source has one. */
function buildLayer(
  { unit, values, filter, env, bend, beat }: Layer,
  pad: string,
  index: number,
  units: Record<string, PatchUnit>,
  mods: PatchMod[],
): { readonly left: string; readonly right: string } {
  const name = `${pad}${String(index)}`
  units[name] = { type: unit, values }
  const second = unitSpec(unit)?.outputs[1]?.id
  let end = second ? { left: `${name}.${unitSpec(unit)!.outputs[0]!.id}`, right: `${name}.${second}` } : same(name)
  const through = (letter: string, type: string, own: Values, mod: string[] = []): void => {
    const stereo = end.left !== end.right
    units[`${name}${letter}`] = {
      type,
      ...(Object.keys(own).length > 0 ? { values: own } : {}),
      in: { in: [end.left], ...(stereo ? { right: [end.right] } : {}), ...(mod.length > 0 ? { mod } : {}) },
    }
    const spec = unitSpec(type)!
    end = stereo
      ? { left: `${name}${letter}.${spec.outputs[0]!.id}`, right: `${name}${letter}.${spec.outputs[1]!.id}` }
      : same(`${name}${letter}`)
  }
  if (filter) through('f', 'svf', filter)
  if (beat) {
    units[`${name}l`] = { type: 'lfo', values: { shape: beat[0], rate: beat[1] } }
    through('b', 'gain', {}, [`${name}l`])
  }
  if (env) {
    units[`${name}e`] = { type: 'env', values: { velocity: 0.6, ...env } }
    through('g', 'gain', {}, [`${name}e`])
    if (bend) mods.push({ from: `${name}e`, to: pitchOf({ id: pad }), amount: bend })
  }
  return end
}

const same = (left: string): { left: string; right: string } => ({ left, right: left })
