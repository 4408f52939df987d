// One section of a state-variable filter, with its phase (any thread).
import { amplitude } from '../axis.ts'

export type Mode = 'lowpass' | 'highpass' | 'bandpass' | 'notch' | 'peak'

/** Where a frequency lies against the corner, on the warped axis of the trapezoidal rule. */
export const warped = (hertz: number, cutoffHz: number, sampleRateHz: number, most = 0.49): number =>
  Math.tan((Math.PI * Math.min(hertz, 0.4999 * sampleRateHz)) / sampleRateHz) /
  Math.tan(Math.PI * Math.min(cutoffHz / sampleRateHz, most))

/** What the peak has more than 1 in its middle: 12 dB (wasm/dsp/morph_svf.h). */
const PEAK_LIFT = amplitude(12) - 1

export type Complex = readonly [re: number, im: number]
export const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c]

/** One section with its phase: what a mix with the dry sound needs. */
export function complexSection(w: number, damping: number, mode: Mode): Complex {
  const below = [1 - w * w, damping * w] as const
  const norm = below[0] ** 2 + below[1] ** 2
  const above: Readonly<Record<Mode, Complex>> = {
    lowpass: [1, 0],
    highpass: [-w * w, 0],
    bandpass: [0, damping * w],
    notch: [1 - w * w, 0],
    peak: [1 - w * w, damping * w * (1 + PEAK_LIFT)],
  }
  return times(above[mode], [below[0] / norm, -below[1] / norm])
}
