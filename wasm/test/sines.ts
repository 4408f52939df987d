// Sines to be heard apart, and how far off their pitch they are.
import type { Patch } from '../../src/presets/model.ts'
import { voice } from './patches.ts'

export const RATE = 48000

/** A sine from its first frame to its note-off. */
export const sine = (extra: Partial<Patch> = {}): Patch => ({
  version: 1,
  units: { osc: { type: 'sine', values: { level: 0.5 } } },
  mods: [],
  out: { left: 'osc', right: 'osc' },
  voices: voice(8),
  groups: [],
  ...extra,
})
export const hzOf = (note: number): number => 440 * 2 ** ((note - 69) / 12)

/** How far the sine at about `hz` is off, in cents: from its phase in two windows, beside which other notes are as good as nothing. */
export function centsOff(signal: Float32Array, hz: number): number {
  const frames = 8192
  const phaseAt = (from: number): number => {
    let re = 0
    let im = 0
    for (let i = 0; i < frames; i++) {
      const w = Math.sin((Math.PI * i) / frames) ** 4
      const turn = (2 * Math.PI * hz * (from + i)) / RATE
      re += w * signal[from + i]! * Math.cos(turn)
      im -= w * signal[from + i]! * Math.sin(turn)
    }
    return Math.atan2(im, re)
  }
  const apart = 4096
  const turned = phaseAt(signal.length - frames) - phaseAt(signal.length - frames - apart)
  const offHz = (Math.atan2(Math.sin(turned), Math.cos(turned)) / (2 * Math.PI * apart)) * RATE
  return 1200 * Math.log2(1 + offHz / hz)
}
