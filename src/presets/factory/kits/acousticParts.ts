// What the sounds of the acoustic kit are made of: ringing bodies, struck tones, bursts of noise (Node).
import { layer, type Layer, type PadSketch } from './kitSketch.ts'

export type Values = Readonly<Record<string, number | string>>

export const noise = (values: Values): Layer => layer('drumnoise', values)

export const tone = (values: Values): Layer => layer('drumtone', values)

/** A body that rings for `seconds`; the envelope only ends the voice when nothing is left to hear. */
export const body = (seconds: number, values: Values, more: Partial<Layer> = {}): Layer =>
  layer(
    'modal',
    { decay: seconds, tracking: 0, spread: 0.2, ...values },
    {
      env: { attack: 0, hold: seconds, decay: Math.max(0.02, seconds * 0.3), sustain: 0, velocity: 0.5 },
      ...more,
    },
  )

/** Semitones of a frequency above the middle C that a pad's units hear. */
export const at = (frequency: number): number =>
  Math.max(-48, Math.min(48, Math.round(12 * Math.log2(frequency / 261.63))))

export const bar = (frequency: number, seconds: number, pan: number, kind = 'marimba'): PadSketch => ({
  layers: [
    body(seconds, {
      body: kind,
      tune: at(frequency),
      modes: 8,
      damping: 0.4,
      hardness: 0.75,
      noise: 0.35,
      position: 0.4,
    }),
    noise({ level: 0.12, decay: 0.012, mode: 'bandpass', cutoff: frequency * 2.5 }),
  ],
  pan,
})
