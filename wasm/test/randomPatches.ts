// Random patches for tests: any unit, wired and modulated in any way that is allowed, with random values and effects. Same seed, same patch.
import { EFFECTS } from '../../src/generated/effects.ts'
import type { ParamSpec } from '../../src/generated/specs.ts'
import { UNITS } from '../../src/generated/units.ts'
import { enums } from '../../src/generated/wire.ts'
import type { Device, Patch, PatchMod, PatchUnit, PlainValue } from '../../src/presets/model.ts'
import type { Sound } from './engine.ts'

export type Dice = () => number

/** mulberry32: 0..1. */
export function dice(seed: number): Dice {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export const pick = <T>(roll: Dice, from: readonly T[]): T => from[Math.floor(roll() * from.length)]!

/** Anywhere on the knob. */
export function anyValue(roll: Dice, { curve, options, min, max, unit }: ParamSpec): PlainValue {
  if (curve === 'option') return pick(roll, options ?? []).id
  if (curve === 'toggle') return roll() < 0.5 ? 0 : 1
  const value = curve === 'log' ? min * (max / min) ** roll() : min + roll() * (max - min)
  return unit === 'count' ? Math.round(value) : Math.min(max, Math.max(min, value))
}

const anyValues = (roll: Dice, params: readonly ParamSpec[]): Record<string, PlainValue> =>
  Object.fromEntries(params.flatMap((param) => (roll() < 0.5 ? [[param.id, anyValue(roll, param)]] : [])))

const BUILT_IN = Object.keys(enums.sourceKind).filter((kind) => kind !== 'wire')

/** Two to eight units, each fed by some of those before it, and an envelope on the way out. */
export function anySound(seed: number): Sound {
  const roll = dice(seed)
  const units: Record<string, PatchUnit> = {}
  const outputs: string[] = []
  const mods: PatchMod[] = []
  const count = 2 + Math.floor(roll() * 7)
  for (let index = 0; index < count; index++) {
    // A sound has a source.
    const spec = pick(roll, index === 0 ? UNITS.filter(({ category }) => category === 'oscillator') : UNITS)
    const inputs = spec.inputs.map(({ id }) => [id, outputs.filter(() => roll() < 0.5)] as const)
    units[`u${index}`] = {
      type: spec.id,
      values: anyValues(roll, spec.params),
      in: Object.fromEntries(inputs),
      ...(spec.table ? { harmonics: Array.from({ length: 1 + Math.floor(roll() * 30) }, () => roll()) } : {}),
    }
    const movable = spec.params.filter(({ curve }) => curve === 'linear' || curve === 'log')
    while (movable.length > 0 && roll() < 0.4) {
      const target = pick(roll, movable)
      const reach = target.curve === 'log' ? 4 : target.max - target.min
      mods.push({
        from: outputs.length > 0 && roll() < 0.5 ? pick(roll, outputs) : pick(roll, BUILT_IN),
        to: `u${index}.${target.id}`,
        amount: reach * (2 * roll() - 1),
      })
    }
    outputs.push(...spec.outputs.map(({ id }) => `u${index}.${id}`))
  }
  units['out'] = { type: 'gain', in: { in: outputs.slice(-2), mod: ['amp'] } }
  units['amp'] = { type: 'env', values: { attack: 0.005, sustain: 0.8, release: 0.02 } }
  if (roll() < 0.3) mods.push({ from: pick(roll, BUILT_IN), to: 'voice.pitch', amount: 24 * (2 * roll() - 1) })
  const patch: Patch = {
    version: 1,
    units,
    mods,
    out: { left: 'out', right: roll() < 0.5 ? 'out' : 'out.right' },
    voices: { max: 4, mode: pick(roll, ['poly', 'mono', 'legato'] as const), glideSeconds: roll() < 0.7 ? 0 : roll() },
    groups: [],
  }
  return { patch, effects: anyEffects(roll), gainDb: 0 }
}

function anyEffects(roll: Dice): Device[] {
  const effects: Device[] = []
  while (effects.length < 3 && roll() < 0.4) {
    const spec = pick(roll, EFFECTS)
    effects.push({
      id: `fx${effects.length}`,
      kind: 'effect',
      type: spec.id,
      values: anyValues(roll, spec.params),
      bypass: roll() < 0.1,
    })
  }
  return effects
}

type Break = (roll: Dice, sound: Sound) => Sound

const withUnit = (sound: Sound, name: string, unit: object): Sound => ({
  ...sound,
  patch: { ...sound.patch, units: { ...sound.patch.units, [name]: unit as PatchUnit } },
})
const withPatch = (sound: Sound, change: object): Sound => ({ ...sound, patch: { ...sound.patch, ...change } })

/** Each makes any good sound one that must be refused. */
export const BREAKS: Readonly<Record<string, Break>> = {
  'an unknown unit': (_, sound) => withUnit(sound, 'u0', { type: 'nothing' }),
  'an unknown parameter': (_, sound) => withUnit(sound, 'out', { ...sound.patch.units['out'], values: { wrong: 1 } }),
  'a value out of range': (roll, sound) =>
    withUnit(sound, 'out', { ...sound.patch.units['out'], values: { level: 25 + 1000 * roll() } }),
  'a value that is no number': (roll, sound) =>
    withUnit(sound, 'out', { ...sound.patch.units['out'], values: { level: pick(roll, [NaN, Infinity, -Infinity]) } }),
  'an unknown option': (_, sound) => withUnit(sound, 'amp', { type: 'env', values: { curve: 'square' } }),
  'an unknown input': (_, sound) => withUnit(sound, 'out', { type: 'gain', in: { nowhere: ['u0'] } }),
  'an input from nothing': (_, sound) => withUnit(sound, 'out', { type: 'gain', in: { in: ['ghost'] } }),
  'an output that the unit has not': (_, sound) => withUnit(sound, 'out', { type: 'gain', in: { in: ['amp.left'] } }),
  'a circle': (_, sound) =>
    withUnit(withUnit(sound, 'out', { type: 'gain', in: { in: ['loop'] } }), 'loop', {
      type: 'gain',
      in: { in: ['out'] },
    }),
  'a name that no unit may have': (roll, sound) =>
    withUnit(sound, pick(roll, ['Upper', 'voice', 'velocity', 'a b', '1st']), { type: 'saw' }),
  'a modulation of nothing': (_, sound) =>
    withPatch(sound, { mods: [{ from: 'velocity', to: 'out.ghost', amount: 1 }] }),
  'a modulation of an option': (_, sound) =>
    withPatch(sound, { mods: [{ from: 'velocity', to: 'amp.curve', amount: 1 }] }),
  'an amount that is no number': (_, sound) =>
    withPatch(sound, { mods: [{ from: 'velocity', to: 'out.level', amount: NaN }] }),
  'a modulation in a circle': (_, sound) =>
    withPatch(sound, { mods: [{ from: 'out', to: 'amp.sustain', amount: 0.1 }] }),
  'no output': (_, sound) => withPatch(sound, { out: { left: 'ghost', right: 'out' } }),
  'too many voices': (roll, sound) =>
    withPatch(sound, { voices: { ...sound.patch.voices, max: pick(roll, [0, 257, 1.5, NaN]) } }),
  'an unknown voice mode': (_, sound) => withPatch(sound, { voices: { ...sound.patch.voices, mode: 'duo' } }),
  'an unknown effect': (_, sound) => ({
    ...sound,
    effects: [{ id: 'x', kind: 'effect', type: 'nothing', values: {}, bypass: false }],
  }),
  'a value for nothing': (_, sound) => ({ ...sound, values: { 'ghost.level': 1 } }),
}
