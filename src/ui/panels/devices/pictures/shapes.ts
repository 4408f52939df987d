// Waves, LFOs and envelopes as points, computed from their parameters (any thread).
import type { PatchUnit } from '../../../../presets/model.ts'
import type { Read } from './response.ts'

const TAU = Math.PI * 2
/** Harmonics beyond this are finer than a pixel of the picture. */
const HARMONICS_DRAWN = 64

/** One cycle of a named wave at `phase` 0..1, -1..1. */
export function basicWave(wave: string, phase: number, width = 0.5): number {
  switch (wave) {
    case 'saw':
      return 1 - 2 * phase
    case 'square':
    case 'pulse':
      return phase < width ? 1 : -1
    case 'triangle':
      return phase < 0.25 ? 4 * phase : phase < 0.75 ? 2 - 4 * phase : 4 * phase - 4
    default:
      return Math.sin(TAU * phase)
  }
}

/** One cycle of an oscillator unit; null: noise, strings and unknown units have no fixed cycle. */
export function oscillatorWave(type: string, read: Read, unit: PatchUnit): ((phase: number) => number) | null {
  switch (type) {
    case 'saw':
    case 'square':
    case 'triangle':
    case 'sine':
      return (phase) => basicWave(type, phase)
    case 'supersaw':
      return (phase) => basicWave('saw', phase)
    case 'pulse':
      return (phase) => basicWave('pulse', phase, Number(read('width')))
    case 'unison':
      return (phase) => basicWave(String(read('wave')), phase)
    case 'fm': {
      const [ratio, index, carrier] = [Number(read('ratio')), Number(read('index')), Number(read('carrier'))]
      return (phase) => Math.sin(TAU * carrier * phase + index * Math.sin(TAU * ratio * phase))
    }
    case 'additive':
      return additiveWave(unit)
    default:
      return null
  }
}

function additiveWave({ harmonics = [] }: PatchUnit): (phase: number) => number {
  const partials = harmonics
    .slice(0, HARMONICS_DRAWN)
    .map((entry, i): readonly [number, number] => (typeof entry === 'number' ? [i + 1, entry] : entry))
  const sum = partials.reduce((total, [, amplitude]) => total + Math.abs(amplitude), 0) || 1
  return (phase) =>
    partials.reduce((total, [n, amplitude]) => total + amplitude * Math.sin(TAU * n * phase), 0) / (sum * 0.7)
}

/** An LFO's output at `phase` 0..1; null: random and wandering ones have no fixed cycle. */
export function lfoWave(shape: string): ((phase: number) => number) | null {
  if (shape === 'random' || shape === 'wander') return null
  return (phase) => basicWave(shape, phase)
}

export interface EnvelopePoint {
  readonly seconds: number
  readonly level: number
}

/** Steepness of the engine's curved stages (wasm/dsp/envelope.h). */
const STEEPNESS = { attack: 1.5, fall: 5, logarithmic: 3 } as const

/** Share of the way from start to end of a stage at `t` 0..1. */
export function stageShape(curve: string, t: number, kind: 'attack' | 'fall' = 'fall'): number {
  const bent = (k: number) => (1 - Math.exp(-k * t)) / (1 - Math.exp(-k))
  if (curve === 'exponential') return bent(STEEPNESS[kind])
  if (curve === 'logarithmic') return Math.expm1(STEEPNESS.logarithmic * t) / Math.expm1(STEEPNESS.logarithmic)
  return t
}

/** The stages of a DAHDSR envelope in order; the note is held for `heldSeconds` at the sustain level. */
export function envelopeStages(read: Read, heldSeconds: number): { seconds: number; from: number; to: number }[] {
  const time = (id: string) => Math.max(0, Number(read(id)))
  const sustain = Number(read('sustain'))
  return [
    { seconds: time('delay'), from: 0, to: 0 },
    { seconds: time('attack'), from: 0, to: 1 },
    { seconds: time('hold'), from: 1, to: 1 },
    { seconds: time('decay'), from: 1, to: sustain },
    { seconds: heldSeconds, from: sustain, to: sustain },
    { seconds: time('release'), from: sustain, to: 0 },
  ]
}
