// One cycle of the oscillators, from the same formulas as the engine's, at a low note (any thread).
import type { PatchUnit } from '../../../../../presets/model.ts'
import { number, type Read } from '../face.ts'

const TAU = Math.PI * 2
/** Harmonics beyond this are finer than a pixel of the picture. */
const HARMONICS_DRAWN = 64

/** Value at `phase` 0..1. */
export type Wave = (phase: number) => number

/** One cycle of a named wave as the basic oscillators begin it; the saw rises through 0 (wasm/dsp/wave_levels.h). */
export function basicWave(wave: string, phase: number): number {
  switch (wave) {
    case 'saw':
      return phase < 0.5 ? 2 * phase : 2 * phase - 2
    case 'square':
      return phase < 0.5 ? 1 : -1
    case 'triangle':
      return phase < 0.25 ? 4 * phase : phase < 0.75 ? 2 - 4 * phase : 4 * phase - 4
    default:
      return Math.sin(TAU * phase)
  }
}

/** The difference of two saws: high until half the cycle, without its mean (wasm/dsp/pulse_saw.h). */
function pulseWave(phase: number, width: number): number {
  // Wider than half, it begins in the cycle before.
  const sinceStart = phase - 0.5 + width
  const within = sinceStart - Math.floor(sinceStart)
  return within < width ? 2 * (1 - width) : -2 * width
}

function additiveWave({ harmonics = [] }: PatchUnit): Wave {
  const partials = harmonics
    .slice(0, HARMONICS_DRAWN)
    .map((entry, i): readonly [number, number] => (typeof entry === 'number' ? [i + 1, entry] : entry))
  const sum = partials.reduce((total, [, amplitude]) => total + Math.abs(amplitude), 0) || 1
  return (phase) =>
    partials.reduce((total, [n, amplitude]) => total + amplitude * Math.sin(TAU * n * phase), 0) / (sum * 0.7)
}

/** Steps of a modulator's cycle in which its feedback settles. */
const FEEDBACK_STEPS = 2048

/** Phase modulation: what the modulator says at each phase of its cycle, its feedback settled (wasm/units/fm.h). */
function fmWave(read: Read): Wave {
  const [ratio, index, carrier] = [number(read, 'ratio'), number(read, 'index'), number(read, 'carrier')]
  const back = number(read, 'feedback')
  const cycle = new Float64Array(FEEDBACK_STEPS)
  let [last, before] = [0, 0]
  for (let i = 0; i < 3 * FEEDBACK_STEPS; i++) {
    const now = Math.sin(TAU * (i / FEEDBACK_STEPS) + back * Math.PI * 0.5 * (last + before))
    before = last
    last = now
    cycle[i % FEEDBACK_STEPS] = now
  }
  const modulator = (turns: number) => cycle[Math.floor((turns - Math.floor(turns)) * FEEDBACK_STEPS)]!
  return (phase) => Math.sin(TAU * carrier * phase + index * modulator(ratio * phase))
}

/** Hard sync: a wave `ratio` times as fast that starts anew with each cycle, without its mean (wasm/units/sync.h). */
function syncWave(read: Read): Wave {
  const ratio = number(read, 'ratio')
  const width = number(read, 'width')
  const wave = String(read('wave'))
  const plain = (phase: number): number => {
    const turn = phase * ratio
    const within = turn - Math.floor(turn)
    if (wave === 'saw') return 2 * within - 1
    return wave === 'square' ? (within < width ? 1 : -1) : basicWave(wave, within)
  }
  const steps = 2048
  let mean = 0
  for (let i = 0; i < steps; i++) mean += plain((i + 0.5) / steps) / steps
  return (phase) => plain(phase) - mean
}

/** One cycle of an oscillator; null: noise, and what plays a recording, have no cycle of their own. */
export function oscillatorWave(type: string, read: Read, unit: PatchUnit): Wave | null {
  switch (type) {
    case 'saw':
    case 'square':
    case 'triangle':
    case 'sine':
      return (phase) => basicWave(type, phase)
    case 'supersaw':
      return (phase) => basicWave('saw', phase)
    case 'pulse':
      return (phase) => pulseWave(phase, number(read, 'width'))
    case 'unison':
      return (phase) => basicWave(String(read('wave')), phase)
    case 'fm':
      return fmWave(read)
    case 'sync':
      return syncWave(read)
    case 'additive':
      return additiveWave(unit)
    default:
      return null
  }
}
