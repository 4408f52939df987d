// Which note a tile strikes, and how long a short audition lasts (any thread).
import { auditionKey } from '../presets/pads.ts'
import type { Patch, Preset, Role } from '../presets/model.ts'

const LOW: readonly Role[] = ['BASS', 'DRUM', 'DRONE']
const HIGH: readonly Role[] = ['BELL', 'LEAD', 'PLUCK', 'ARP']

/** A kit's kick; C2 for what lives in the bass, C4 for what lives above, else C3. */
export function auditionNote(role: Role, patch?: Pick<Patch, 'pads'>): number {
  if (patch?.pads) return auditionKey(patch.pads)
  return LOW.includes(role) ? 36 : HIGH.includes(role) ? 60 : 48
}

const SHORT_SECONDS = 0.6
const LONGEST_SECONDS = 2.5

/** Long enough to hear the slowest attack and a little of what follows, in seconds. */
export function auditionSeconds(preset: Preset, patch: Patch): number {
  const attacks = Object.entries(patch.units)
    .filter(([, unit]) => unit.type === 'env')
    .map(([name, unit]) => Number(preset.values[`${name}.attack`] ?? unit.values?.attack ?? 0))
  return Math.min(LONGEST_SECONDS, SHORT_SECONDS + Math.max(0, ...attacks.filter(Number.isFinite)))
}
