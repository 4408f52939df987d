// What low-frequency oscillators do: their waves, and how far they move delays, pitch and level (any thread).
import { number, type Read, type Scene } from '../face.ts'
import { lfoHertz } from '../tempo.ts'

const TAU = 2 * Math.PI

/** Value -1..1 at `cycles` from the start. */
export type Swing = (cycles: number) => number

const triangle = (t: number): number => (t < 0.25 ? 4 * t : t < 0.75 ? 2 - 4 * t : 4 * t - 4)
/** Stands for the engine's random values, which nobody can know beforehand. */
const random = (n: number): number => (((((n % 17) + 17) % 17) * 7919) % 17) / 8 - 1
const glide = (cycles: number): number => {
  const n = Math.floor(cycles)
  const t = cycles - n
  return random(n) + (random(n + 1) - random(n)) * t * t * (3 - 2 * t)
}

/** The LFO unit (wasm/units/lfo.h): its saw rises through 0. */
export function unitSwing(shape: string): Swing {
  return (cycles) => {
    const t = cycles - Math.floor(cycles)
    switch (shape) {
      case 'sine':
        return Math.sin(TAU * t)
      case 'triangle':
        return triangle(t)
      case 'saw':
        return t < 0.5 ? 2 * t : 2 * t - 2
      case 'square':
        return t < 0.5 ? 1 : -1
      case 'random':
        return random(Math.floor(cycles))
      default:
        return glide(cycles)
    }
  }
}

/** The effects' LFO (wasm/dsp/shaped_lfo.h). */
export function effectSwing(shape: string): Swing {
  return (cycles) => {
    const t = cycles - Math.floor(cycles)
    switch (shape) {
      case 'sine':
        return Math.sin(TAU * t)
      case 'triangle':
        return triangle(t)
      case 'rise':
        return 2 * t - 1
      case 'fall':
        return 1 - 2 * t
      case 'square':
        return t < 0.5 ? 1 : -1
      case 'steps':
        return random(Math.floor(cycles))
      default:
        return glide(cycles)
    }
  }
}

/** A one-pole of `seconds` behind it, settled; `cycles` of it, `steps` to a cycle. */
export function softened(swing: Swing, hertz: number, seconds: number, cycles: number, steps: number): Float64Array {
  const share = 1 - Math.exp(-1 / (seconds * hertz * steps))
  const out = new Float64Array(cycles * steps)
  let y = swing(-1)
  for (let i = -steps; i < out.length; i++) {
    y += (swing(i / steps) - y) * share
    if (i >= 0) out[i] = y
  }
  return out
}

/** Largest sweep in seconds at which a sine bends pitch by no more than `bend`. */
const sweepSeconds = (hertz: number, bend: number, most: number): number =>
  Math.min(bend / (TAU * Math.max(hertz, 0.01)), most)

/** Of the chorus (wasm/effects/chorus.h). */
const CHORUS = { base: [0.0085, 0.0121, 0.0164, 0.0207], phase: [0, 1 / 3, 2 / 3, 1 / 6], bend: 0.0175, most: 0.006 }
/** Of the ensemble: a slow LFO and one ten times as fast (wasm/effects/ensemble.h). */
const ENSEMBLE = {
  base: 0.008,
  phase: [0, 1 / 3, 2 / 3],
  faster: 10,
  slow: [0.011, 0.004],
  fast: [0.008, 0.0005],
} as const

/** Delay in seconds of every line of the left side, by cycles. */
export function lineDelays(type: string, scene: Scene): Swing[] {
  const { read } = scene
  const hertz = lfoHertz(scene)
  const depth = number(read, 'depth')
  if (type === 'ensemble') {
    const slow = depth * sweepSeconds(hertz, ...ENSEMBLE.slow)
    const fast = depth * sweepSeconds(hertz * ENSEMBLE.faster, ...ENSEMBLE.fast)
    return ENSEMBLE.phase.map(
      (phase) => (cycles) =>
        ENSEMBLE.base +
        slow * Math.sin(TAU * (cycles + phase)) +
        fast * Math.sin(TAU * (ENSEMBLE.faster * cycles + phase)),
    )
  }
  const reach = depth * sweepSeconds(hertz, CHORUS.bend, CHORUS.most)
  return CHORUS.base
    .slice(0, Math.round(number(read, 'voices')))
    .map((base, v) => (cycles) => base + reach * Math.sin(TAU * (cycles + CHORUS.phase[v]!)))
}

/** Longest delay that any line can reach. */
export const LONGEST_DELAY_SECONDS = CHORUS.base[3]! + CHORUS.most

/** How far the vibrato really bends, in cents: slow and deep ones meet the end of their line (wasm/effects/vibrato.h). */
export function vibratoCents(scene: Scene): number {
  const cents = number(scene.read, 'depth')
  const turn = TAU * lfoHertz(scene)
  const x = (cents * Math.LN2) / 1200
  const far = Math.sinh(x) / turn + (0.5 * (Math.cosh(x) - 1)) / turn
  return cents * Math.min(1, 0.006 / Math.max(far, 1e-9))
}

/** Gain of the tremolo at a swing of its LFO, for the highs; the lows of its harmonic type go the other way. */
export const tremoloGain = (read: Read, swing: number): number => 1 - number(read, 'depth') * (0.5 - 0.5 * swing)
