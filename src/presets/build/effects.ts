// The effect chain of an imported sound (import worker).
import type { Device, FoundValue, PlainValue } from '../model.ts'
import type { InstrumentContext } from '../normalise/context.ts'
import type { EffectReading, SoundReading } from '../normalise/sound.ts'
import { effectSpec, paramSpec } from '../spec.ts'
import { withinSpec, type Clamped } from './draft.ts'

export interface EffectChain {
  readonly devices: readonly Device[]
  readonly found: Readonly<Record<string, FoundValue>>
  readonly ranges: Readonly<Record<string, readonly [number, number]>>
  readonly clamped: readonly Clamped[]
}

/** Effects that are another one with values of its own. */
const MADE_OF: Readonly<Record<string, { type: string; values: Readonly<Record<string, number>> }>> = {
  // Slices of what was just played, thrown back hard-edged and in disorder.
  glitch: {
    type: 'granulator',
    values: { size: 0.09, position: 0.1, spray: 0.25, jitter: 0.8, shape: 0.08, reverse: 0.35, pitchSpread: 5 },
  },
}

/** Devices in file order; an `ensemble` filter puts an ensemble effect before them, and moves the numbers of the value keys by one. */
export function buildEffects(
  context: InstrumentContext,
  sound: SoundReading,
): EffectChain & { readonly shift: number } {
  const chain = {
    devices: [] as Device[],
    found: {} as Record<string, FoundValue>,
    ranges: {} as Record<string, readonly [number, number]>,
    clamped: [] as Clamped[],
  }
  const written = sound.slots.words.get('filter.type')
  const shift = written?.words[0] === 'ensemble' ? 1 : 0
  if (shift === 1) {
    chain.devices.push(device(1, 'ensemble', {}))
    if (sound.filter) {
      context.remark({
        kind: 'changed',
        severity: 'note',
        cause: 'filter.ensemble',
        node: sound.filter.get('type') ?? sound.filter,
        found: written?.found.text ?? '',
        used: 'a low-pass and an ensemble effect',
        why: 'an ensemble is an effect, not a filter',
      })
    }
  }
  for (const effect of sound.effects) addEffect(context, sound, effect, chain)
  return { ...chain, shift }
}

function addEffect(
  context: InstrumentContext,
  sound: SoundReading,
  effect: EffectReading,
  chain: {
    devices: Device[]
    found: Record<string, FoundValue>
    ranges: Record<string, readonly [number, number]>
    clamped: Clamped[]
  },
): void {
  const madeOf = MADE_OF[effect.type]
  const type = madeOf?.type ?? effect.type
  const spec = effectSpec(type)
  const values: Record<string, PlainValue> = { ...madeOf?.values }
  const number = chain.devices.length + 1
  for (const [slot, reading] of sound.slots.scalars) {
    if (!slot.startsWith(effect.prefix)) continue
    const param = slot.slice(effect.prefix.length)
    const known = paramSpec(spec, param)
    if (spec && !known) {
      remarkUnknown(context, effect, reading.found.pointer, type)
      continue
    }
    const key = `fx${String(number)}.${param}`
    const used = withinSpec(known, reading.value)
    values[param] = used
    chain.found[key] = reading.found
    if (reading.range) {
      const [low, high] = reading.range
      chain.ranges[key] = [Number(withinSpec(known, low)), Number(withinSpec(known, high))]
    }
    if (known && typeof used === 'number' && used !== reading.value) {
      chain.clamped.push({ key, from: reading.value, to: used, spec: known, pointer: reading.found.pointer })
    }
  }
  chain.devices.push(device(number, type, values))
}

const device = (number: number, type: string, values: Record<string, PlainValue>): Device => ({
  id: `fx${String(number)}`,
  kind: 'effect',
  type,
  values,
  bypass: false,
})

function remarkUnknown(context: InstrumentContext, effect: EffectReading, pointer: string, type: string): void {
  const node = effect.node.entries().find((entry) => entry.node.pointer() === pointer)?.node
  if (!node) return
  context.remark({
    kind: 'dropped',
    severity: 'note',
    cause: 'unknown-key',
    node,
    found: node.raw(),
    used: '',
    why: `the effect "${type}" has no such control`,
  })
}
