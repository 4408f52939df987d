// Magnitude responses of filters as the engine's own formulas give them, small signals (any thread).
import { amplitude } from '../axis.ts'
import { clamp, number, type Read } from '../face.ts'
import { complexSection, times, warped, type Complex, type Mode } from './section.ts'
import { vowelCurve } from './vowels.ts'

/** |H| at a frequency. */
export type Magnitude = (hertz: number, read: Read, sampleRateHz: number) => number

/** Damping of a Butterworth cascade's first section, and the factors that keep the width of two sections (wasm/units/svf.h). */
const BUTTERWORTH_Q = 0.541196
const BANDPASS_WIDTH = 0.643594
const NOTCH_WIDTH = 1.553774

/** State-variable filter, Q = 0.5 * 2^(6r), with one section or two; sections as in wasm/units/svf.h. */
export const svfMagnitude: Magnitude = (hertz, read, sampleRateHz) =>
  Math.hypot(...curve(hertz, read, sampleRateHz, String(read('mode')) as Mode))

/** Four-pole ladder at twice the rate, without its saturation: g^4 (1 + k/2) / (1 + k g^4), k = 3.8 r (wasm/units/ladder.h). */
export const ladderMagnitude: Magnitude = (hertz, read, sampleRateHz) => {
  const w = warped(hertz, number(read, 'cutoff'), 2 * sampleRateHz, 0.245)
  const k = 3.8 * number(read, 'resonance')
  const real = 1 - 6 * w * w + w ** 4 + k
  const imaginary = 4 * w - 4 * w ** 3
  const drive = amplitude(0.5 * number(read, 'drive'))
  return (drive * (1 + k / 2)) / Math.hypot(real, imaginary)
}

/** Comb: 1 / (1 - g L z^-d), L the damping's low-pass, d shorter by its delay at the pitch (wasm/units/comb.h). */
export const combMagnitude: Magnitude = (hertz, read, sampleRateHz) => {
  const pole = 0.9 * number(read, 'damping')
  const pitch = (2 * Math.PI * number(read, 'cutoff')) / sampleRateHz
  const turn = (2 * Math.PI * hertz) / sampleRateHz
  const lag = (at: number) => Math.atan2(pole * Math.sin(at), 1 - pole * Math.cos(at))
  const loss = (1 - pole) / Math.hypot(1 - pole * Math.cos(turn), pole * Math.sin(turn))
  const frames = clamp((2 * Math.PI - lag(pitch)) / pitch, 6, 4080)
  const feedback = number(read, 'feedback')
  return combined(feedback * loss, turn * frames + lag(turn), Math.sqrt(1 - feedback ** 2), number(read, 'mix'))
}

/** |1 - mix + mix keep / (1 - g e^(-j angle))|. */
function combined(g: number, angle: number, keep: number, mix: number): number {
  const [a, b] = [1 - g * Math.cos(angle), g * Math.sin(angle)]
  const norm = a * a + b * b
  return Math.hypot(1 - mix + (mix * keep * a) / norm, (mix * keep * b) / norm)
}

function curve(hertz: number, read: Read, sampleRateHz: number, mode: Mode): Complex {
  const w = warped(hertz, Math.max(20, number(read, 'cutoff')), sampleRateHz)
  const k = 2 * 2 ** (-6 * number(read, 'resonance'))
  if (String(read('slope')) !== '24') return complexSection(w, k, mode)
  const share = { lowpass: 0, highpass: 0, bandpass: BANDPASS_WIDTH, notch: NOTCH_WIDTH, peak: 1 }[mode]
  const [first, second] = share === 0 ? [1 / BUTTERWORTH_Q, k * BUTTERWORTH_Q] : [k / share, k / share]
  return times(complexSection(w, first, mode), complexSection(w, second, mode))
}

/** The filter effect: its curves, combs and vowels, mixed with the dry sound; its LFO and follower at rest (wasm/effects/filter.h). */
export const filterMagnitude: Magnitude = (hertz, read, sampleRateHz) => {
  const mode = String(read('mode'))
  const resonance = number(read, 'resonance')
  const mix = number(read, 'mix')
  const output = amplitude(number(read, 'output'))
  const cutoff = number(read, 'cutoff')
  if (mode === 'combPlus' || mode === 'combMinus') {
    const c = 1.02 * resonance * (mode === 'combPlus' ? 1 : -1)
    const angle = 2 * Math.PI * hertz * Math.max(1 / cutoff, SHORTEST_FRAMES / sampleRateHz)
    return combined(c, angle, Math.sqrt(1 - c * c) * output, mix)
  }
  const broad = 2 * (2 * 2 ** (-6 * resonance)) ** 0.7
  const [re, im] =
    mode === 'formant'
      ? vowelCurve(hertz, Math.log2(cutoff / 200), broad, sampleRateHz)
      : curve(hertz, read, sampleRateHz, mode as Mode)
  return Math.hypot(1 - mix + mix * output * re, mix * output * im)
}

/** Of a comb's line (wasm/dsp/modulated_line.h). */
const SHORTEST_FRAMES = 9

/** Phasers: the dry sound and a chain of all-passes with solved feedback, (P - c) / (1 - c P) (wasm/dsp/allpass_chain.h). */
export function phaserMagnitude(hertz: number, read: Read, sampleRateHz: number, octaves: number): number {
  const corner = clamp((number(read, 'frequency') * 2 ** octaves) / sampleRateHz, 1e-4, 0.45)
  const w = Math.tan((Math.PI * Math.min(hertz, 0.4999 * sampleRateHz)) / sampleRateHz) / Math.tan(Math.PI * corner)
  const angle = -2 * Math.atan(w) * Number(read('stages'))
  const p: Complex = [Math.cos(angle), Math.sin(angle)]
  const c = number(read, 'feedback')
  const below: Complex = [1 - c * p[0], -c * p[1]]
  const norm = below[0] ** 2 + below[1] ** 2
  const wet = times([p[0] - c, p[1]], [below[0] / norm, -below[1] / norm])
  const mix = number(read, 'mix')
  return Math.hypot(1 - mix + mix * wet[0], mix * wet[1])
}

/** Flanger: the dry sound and a delay of `seconds` inside an all-pass (wasm/effects/flanger.h). */
export function flangerMagnitude(hertz: number, read: Read, seconds: number): number {
  const turn = -2 * Math.PI * hertz * seconds
  const z: Complex = [Math.cos(turn), Math.sin(turn)]
  const c = number(read, 'feedback')
  const below: Complex = [1 - c * z[0], -c * z[1]]
  const norm = below[0] ** 2 + below[1] ** 2
  const wet = times([z[0] - c, z[1]], [below[0] / norm, -below[1] / norm])
  const mix = number(read, 'mix')
  return Math.hypot(1 - mix + mix * wet[0], mix * wet[1])
}
