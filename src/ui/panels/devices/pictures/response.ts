// Magnitude responses of the filter units, for the picture above their knobs (any thread). Same Q and k as the importer's rules.

/** Reads a parameter of the unit by id. */
export type Read = (param: string) => number | string

const LOWEST_HZ = 20
const HIGHEST_HZ = 20000

/** Frequency at 0..1 across the picture, and back. */
export const hertzAt = (share: number): number => LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** share
export const shareOf = (hertz: number): number => Math.log(hertz / LOWEST_HZ) / Math.log(HIGHEST_HZ / LOWEST_HZ)

/** Two-pole state-variable filter, Q = 0.5 * 2^(6r); 24 dB per octave is two of them in a row. */
export function svfMagnitude(hertz: number, read: Read): number {
  const w = hertz / Number(read('cutoff'))
  const q = 0.5 * 2 ** (6 * Number(read('resonance')))
  const denominator = Math.hypot(1 - w * w, w / q)
  const numerator =
    { lowpass: 1, highpass: w * w, bandpass: w / q, notch: Math.abs(1 - w * w) }[String(read('mode'))] ?? 1
  const once = numerator / denominator
  return String(read('slope')) === '24' ? once * once : once
}

/** Four-pole ladder: 1 / ((1 + jw)^4 + k), k = 3.8 r. */
export function ladderMagnitude(hertz: number, read: Read): number {
  const w = hertz / Number(read('cutoff'))
  const k = 3.8 * Number(read('resonance'))
  const real = 1 - 6 * w * w + w ** 4 + k
  const imaginary = 4 * w - 4 * w ** 3
  return 1 / Math.hypot(real, imaginary)
}

/** Feedback comb tuned to `cutoff`: 1 / (1 - g e^(-jwT)), its wet share mixed with the dry. */
export function combMagnitude(hertz: number, read: Read): number {
  const angle = (2 * Math.PI * hertz) / Number(read('cutoff'))
  const g = Number(read('feedback'))
  const mix = Number(read('mix'))
  const [a, b] = [1 - g * Math.cos(angle), g * Math.sin(angle)]
  const norm = a * a + b * b
  return Math.hypot(1 - mix + (mix * a) / norm, (mix * b) / norm)
}

export const decibels = (magnitude: number): number => 20 * Math.log10(Math.max(magnitude, 1e-6))
