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

/** Four-pole ladder for small signals: (1 + k/2) / ((1 + jw)^4 + k), k = 3.8 r (wasm/units/ladder.h). */
export function ladderMagnitude(hertz: number, read: Read): number {
  const w = hertz / Number(read('cutoff'))
  const k = 3.8 * Number(read('resonance'))
  const real = 1 - 6 * w * w + w ** 4 + k
  const imaginary = 4 * w - 4 * w ** 3
  return (1 + k / 2) / Math.hypot(real, imaginary)
}

/** The picture's damping is that of this rate; the engine's differs a little at others. */
const SAMPLE_RATE_HZ = 48000

/** Comb: 1 / (1 - g L e^(-jwT)), L the damping's low-pass, wet level kept for noise, wet and dry mixed (wasm/units/comb.h). */
export function combMagnitude(hertz: number, read: Read): number {
  const angle = (2 * Math.PI * hertz) / Number(read('cutoff'))
  const pole = 0.9 * Number(read('damping'))
  const turn = (2 * Math.PI * hertz) / SAMPLE_RATE_HZ
  const loss = (1 - pole) / Math.hypot(1 - pole * Math.cos(turn), pole * Math.sin(turn))
  const g = Number(read('feedback')) * loss
  const mix = Number(read('mix')) * Math.sqrt(1 - Number(read('feedback')) ** 2)
  const [a, b] = [1 - g * Math.cos(angle), g * Math.sin(angle)]
  const norm = a * a + b * b
  return Math.hypot(1 - Number(read('mix')) + (mix * a) / norm, (mix * b) / norm)
}

/** Level that a sine at this peak keeps whatever the drive: -12 dBFS (wasm/dsp/overdrive.h). */
const REFERENCE = 0.25
const TUBE_BIAS = 0.5

/** What saturation and distortion make of a sample `x`, dry share and output level included. */
export function driven(x: number, read: Read): number {
  const gain = 10 ** (Number(read('drive')) / 20)
  const shape = String(read('shape'))
  const inside = gain * x
  const curve =
    shape === 'hard'
      ? Math.min(1, Math.max(-1, inside))
      : shape === 'tube'
        ? Math.tanh(inside + TUBE_BIAS) - Math.tanh(TUBE_BIAS)
        : Math.tanh(inside)
  const level = (REFERENCE / Math.tanh(REFERENCE * gain)) * 10 ** (Number(read('output')) / 20)
  const mix = Number(read('mix'))
  return (1 - mix) * x + mix * level * curve
}

export const decibels = (magnitude: number): number => 20 * Math.log10(Math.max(magnitude, 1e-6))

/** Squared magnitude of a boosting prototype of the RBJ cookbook: `x` is the frequency over the band's, `a` the root of its gain. */
const bellPower = (x: number, a: number, q: number): number => {
  const rest = (1 - x * x) ** 2
  return (rest + ((x * a) / q) ** 2) / (rest + (x / (a * q)) ** 2)
}
const lowShelfPower = (x: number, a: number): number => {
  const side = 2 * x * x * a
  return (a * a * ((a - x * x) ** 2 + side)) / ((1 - a * x * x) ** 2 + side)
}

/** The equaliser's gain in dB at a frequency: its bands follow these analogue curves (wasm/dsp/matched_biquad.h). */
export function eqDecibels(hertz: number, read: Read): number {
  const band = (name: string, power: (x: number, a: number) => number): number => {
    const gainDb = Number(read(`${name}Gain`))
    const x = hertz / Number(read(`${name}Frequency`))
    return Math.sign(gainDb) * 10 * Math.log10(power(x, 10 ** (Math.abs(gainDb) / 40)))
  }
  return (
    band('low', lowShelfPower) +
    band('bell1', (x, a) => bellPower(x, a, Number(read('bell1Q')))) +
    band('bell2', (x, a) => bellPower(x, a, Number(read('bell2Q')))) +
    band('high', (x, a) => a ** 4 / lowShelfPower(x, a))
  )
}
