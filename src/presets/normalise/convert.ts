// Changes of scale between what files mean and engine units (any thread).
import type { Convert } from '../rules/rule.ts'
import { round } from '../rules/quantity.ts'

const CONVERTERS: Readonly<Record<Convert, (value: number) => number>> = {
  octaves: (amount) => amount * 4,
  drive: (gain) => gain * 12,
  // ln(1000): a decay of r per second has fallen by 60 dB after 6.91 / r seconds.
  t60: (rate) => (rate > 0 ? Math.log(1000) / rate : Number.POSITIVE_INFINITY),
  resonanceOfQ: (q) => (q > 0 ? Math.log2(2 * q) / 6 : 0),
  semitonesToCents: (semitones) => semitones * 100,
  octavesToSemitones: (octaves) => octaves * 12,
  slices: (density) => 2 + density * 24,
}

export function convert(value: number, by: Convert | undefined): number {
  return round(by ? CONVERTERS[by](value) : value)
}
