// Where vocoder bands, resonating loops and shifted partials lie (any thread). Source: wasm/effects/vocoder.h, wasm/effects/resonator.h, wasm/dsp/string_loss.h.
import { amplitude } from '../axis.ts'
import { clamp, number, type Read } from '../face.ts'

const LOW_HZ = 80
const HIGH_HZ = 12_000

/** Middles of the bands, even steps in octaves. */
export const bandHertz = (read: Read): number[] => {
  const count = Math.round(number(read, 'bands'))
  return Array.from({ length: count }, (_, i) => LOW_HZ * (HIGH_HZ / LOW_HZ) ** (i / (count - 1)))
}

/** Semitones above the root. */
export const CHORDS: Readonly<Record<string, readonly number[]>> = {
  single: [0],
  octaves: [-12, 0, 12, 24],
  fifths: [0, 7, 12, 19, 24, 31],
  major: [0, 4, 7, 12, 16, 19],
  minor: [0, 3, 7, 12, 15, 19],
  sus2: [0, 2, 7, 12, 14, 19],
  sus4: [0, 5, 7, 12, 17, 19],
  major7: [0, 4, 7, 11, 16, 19],
  minor7: [0, 3, 7, 10, 15, 19],
  dominant7: [0, 4, 7, 10, 16, 19],
  diminished: [0, 3, 6, 9, 12, 15],
  harmonics: [0, 12, 19.01955, 24, 27.863137, 31.01955],
  bell: [-12, 0, 3.156413, 7.01955, 12, 16.98045],
}

export interface Partial {
  readonly voice: number
  readonly hertz: number
  /** What a tone there comes out as. */
  readonly gain: number
  /** To fall by 60 dB. */
  readonly seconds: number
}

/** The one-pole loss of a loop: its pole and its gain. */
function loss(hertz: number, seconds: number, brightness: number, rate: number): { pole: number; gain: number } {
  const [w0, w1] = [hertz, Math.min(Math.max(5000, 4 * hertz), 0.45 * rate)].map((f) => (2 * Math.PI * f) / rate) as [
    number,
    number,
  ]
  const [below0, below1] = [1 - Math.cos(w0), 1 - Math.cos(w1)]
  const octaves = 9.9657843 / (hertz * seconds)
  const ratio = 2 ** (-2 * octaves * (2 ** (8 * (1 - brightness)) - 1))
  const a = 1 - ratio
  const b = a - below0 + ratio * below1
  const room = Math.max(2 ** (1.5 * octaves) - 1, 1e-9)
  const h = 1 + below0 / room
  const pole = clamp(Math.min(a / (b + Math.sqrt(Math.max(b * b - a * a, 0))), 1 / (h + Math.sqrt(h * h - 1))), 0, 0.98)
  const rest = 1 - pole
  return { pole, gain: (2 ** -octaves * Math.sqrt(rest * rest + 2 * pole * below0)) / rest }
}

/** Phase delay of the loss filter. */
const lateFrames = (pole: number, hertz: number, rate: number): number => {
  const w = (2 * Math.PI * hertz) / rate
  return Math.atan2(pole * Math.sin(w), 1 - pole * Math.cos(w)) / w
}

const HARMONICS = 48
const LOWEST_HZ = 20

/** The harmonics of every note of the chord: a pipe has the odd ones. */
export function resonances(read: Read, rate: number): Partial[] {
  const chord = CHORDS[String(read('chord'))] ?? CHORDS.minor!
  const pipe = String(read('body')) === 'pipe'
  const output = amplitude(number(read, 'output')) / Math.sqrt(chord.length)
  return chord.flatMap((semitones, voice) => {
    const note = number(read, 'root') + number(read, 'fine') / 100 + semitones
    let hertz = 440 * 2 ** ((note - 69) / 12)
    while (hertz > rate / 12) hertz /= 2
    while (hertz < LOWEST_HZ) hertz *= 2
    // A pipe's loop is half a period, and rings as long.
    const way = pipe ? 0.5 : 1
    const { pole, gain } = loss(hertz, number(read, 'decay') / way, number(read, 'brightness'), rate)
    const into = Math.sqrt(Math.max(1 - gain * gain, 0))
    const line = (way * rate) / hertz - lateFrames(pole, hertz, rate)
    // The loss filter delays lows more than highs: harmonics of a dull loop lie a little above their places.
    const placed = (harmonic: number): number => {
      let at = harmonic * hertz
      for (let round = 0; round < 6; round++) at = (harmonic * way * rate) / (line + lateFrames(pole, at, rate))
      return at
    }
    return Array.from({ length: HARMONICS }, (_, k) => placed(pipe ? 2 * k + 1 : k + 1))
      .filter((at) => at < Math.min(20_000, rate * 0.45))
      .map((at): Partial => {
        const w = (2 * Math.PI * at) / rate
        const around = (gain * (1 - pole)) / Math.sqrt(1 + pole * pole - 2 * pole * Math.cos(w))
        const perSecond = hertz / way
        return {
          voice,
          hertz: at,
          gain: (output * into) / Math.max(1 - around, 1e-6),
          seconds: -3 / (Math.log10(Math.min(around, 1 - 1e-9)) * perSecond),
        }
      })
  })
}

/** Of the pitch shifter. */
export const pitchRatio = (read: Read): number => 2 ** ((number(read, 'semitones') + number(read, 'cents') / 100) / 12)
/** How far the timbre moves with the pitch. */
export const timbreRatio = (read: Read): number => pitchRatio(read) ** (1 - number(read, 'formant'))
