// Transfer curves of the drive effects: what a slow sample becomes, tone and filters left out (any thread). Sources: the effects' headers.
import { amplitude } from '../axis.ts'
import { clamp, number, type Read } from '../face.ts'
import { drawnCurve } from './cubic.ts'
import { MIDDLE_VOLTS, REACH_VOLTS, triode } from './triode.ts'

/** Makes the curve once for its values. */
export type Transfer = (read: Read) => (x: number) => number

/** Level that a sine at this peak keeps whatever the drive: -12 dBFS. */
const REFERENCE = 0.25

const mixed = (read: Read, wet: (x: number) => number): ((x: number) => number) => {
  const mix = number(read, 'mix')
  return (x) => (1 - mix) * x + mix * wet(x)
}

/** Of the tube shape of the distortion (wasm/dsp/overdrive.h). */
const BIAS = 0.5

function overdrive(read: Read, shape: string): (x: number) => number {
  const gain = amplitude(number(read, 'drive'))
  const level = (REFERENCE / Math.tanh(REFERENCE * gain)) * amplitude(number(read, 'output'))
  const curve = (x: number): number => {
    if (shape === 'hard') return clamp(x, -1, 1)
    return shape === 'tube' ? Math.tanh(x + BIAS) - Math.tanh(BIAS) : Math.tanh(x)
  }
  return mixed(read, (x) => level * curve(gain * x))
}

export const saturation: Transfer = (read) => overdrive(read, 'soft')
export const distortion: Transfer = (read) => overdrive(read, String(read('shape')))

export const tube: Transfer = (read) => {
  const gain = amplitude(number(read, 'drive'))
  const bias = MIDDLE_VOLTS + REACH_VOLTS * number(read, 'bias')
  const swing = (triode(bias + REFERENCE * gain) - triode(bias - REFERENCE * gain)) / 2
  const level = (REFERENCE / swing) * amplitude(number(read, 'output'))
  const rest = triode(bias)
  return mixed(read, (x) => level * (triode(bias + gain * x) - rest))
}

export const wavefolder: Transfer = (read) => {
  const turns = 0.25 * (1 + number(read, 'folds'))
  const bias = 0.25 * number(read, 'symmetry')
  const level =
    (REFERENCE / Math.sin(2 * Math.PI * Math.min(turns * REFERENCE, 0.25))) * amplitude(number(read, 'output'))
  const fold = String(read('shape')) === 'triangle' ? triangle : (t: number) => Math.sin(2 * Math.PI * t)
  const rest = fold(bias)
  return mixed(read, (x) => level * (fold(turns * x + bias) - rest))
}

function triangle(turns: number): number {
  const place = 4 * (turns - Math.floor(turns + 0.25))
  return place < 1 ? place : 2 - place
}

/** One sample at its own rate: steps of 2^(1 - bits), halves to even. */
export const bitcrush: Transfer = (read) => {
  const gain = amplitude(number(read, 'drive'))
  const level = amplitude(number(read, 'output')) / gain
  const step = 2 ** (1 - number(read, 'bits'))
  return mixed(read, (x) => {
    const steps = clamp(gain * x, -1, 1) / step
    const whole = Math.round(steps)
    const nearest = Math.abs(steps - Math.trunc(steps)) === 0.5 && whole % 2 !== 0 ? whole - 1 : whole
    return level * clamp(nearest * step, -1, 1)
  })
}

/** The waveshaper's points, from the left. */
export const CURVE_POINTS = Array.from({ length: 17 }, (_, k) => `point${k + 1}`)
export const pointsOf = (read: Read): number[] => CURVE_POINTS.map((id) => number(read, id))
export const isStraight = (read: Read): boolean => String(read('curve')) !== 'smooth'

export const waveshaper: Transfer = (read) => {
  const gain = amplitude(number(read, 'drive'))
  const level = amplitude(number(read, 'output'))
  const curve = drawnCurve(pointsOf(read), isStraight(read))
  const rest = curve(0)
  return mixed(read, (x) => level * (curve(gain * x) - rest))
}
