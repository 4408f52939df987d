// Magnitude responses of the filter units, for the picture above their knobs (any thread). Same Q and k as the importer's rules.

/** Reads a parameter of the unit by id. */
export type Read = (param: string) => number | string

const LOWEST_HZ = 20
const HIGHEST_HZ = 20000

/** Frequency at 0..1 across the picture, and back. */
export const hertzAt = (share: number): number => LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** share
export const shareOf = (hertz: number): number => Math.log(hertz / LOWEST_HZ) / Math.log(HIGHEST_HZ / LOWEST_HZ)

type Mode = 'lowpass' | 'highpass' | 'bandpass' | 'notch'

/** One two-pole section; `damping` is 1/Q, `w` the frequency over the cutoff. */
function section(w: number, damping: number, mode: Mode): number {
  const numerator = { lowpass: 1, highpass: w * w, bandpass: damping * w, notch: Math.abs(1 - w * w) }[mode]
  return numerator / Math.hypot(1 - w * w, damping * w)
}

/** Damping of a Butterworth cascade's first section, and the factors that keep the width of two sections (wasm/units/svf.h). */
const BUTTERWORTH_Q = 0.541196
const BANDPASS_WIDTH = 0.643594
const NOTCH_WIDTH = 1.553774

/** State-variable filter, Q = 0.5 * 2^(6r), with one section or two; sections as in wasm/units/svf.h. */
export function svfMagnitude(hertz: number, read: Read): number {
  const w = hertz / Number(read('cutoff'))
  const damping = 2 / 2 ** (6 * Number(read('resonance')))
  const mode = String(read('mode')) as Mode
  if (String(read('slope')) !== '24') return section(w, damping, mode)
  if (mode === 'bandpass') return section(w, damping / BANDPASS_WIDTH, mode) ** 2
  if (mode === 'notch') return section(w, damping / NOTCH_WIDTH, mode) ** 2
  return section(w, 1 / BUTTERWORTH_Q, mode) * section(w, damping * BUTTERWORTH_Q, mode)
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
