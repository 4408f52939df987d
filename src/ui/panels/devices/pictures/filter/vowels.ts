// Formants of vowels: the engine's two tables (wasm/dsp/vowels.h, wasm/dsp/formant_bank.h) and what they let through (any thread).
import { amplitude } from '../axis.ts'
import { clamp, number, type Read } from '../face.ts'
import { complexSection, warped, type Complex } from './section.ts'

/** Centre in Hz, level in dB, width in Hz. */
type Formant = readonly [hertz: number, decibels: number, width: number]

/** By singer: the vowels a, e, i, o, u. */
export const SINGERS: Readonly<Record<string, readonly (readonly Formant[])[]>> = {
  bass: [
    [
      [600, 0, 60],
      [1040, -7, 70],
      [2250, -9, 110],
      [2450, -9, 120],
      [2750, -20, 130],
    ],
    [
      [400, 0, 40],
      [1620, -12, 80],
      [2400, -9, 100],
      [2800, -12, 120],
      [3100, -18, 120],
    ],
    [
      [250, 0, 60],
      [1750, -30, 90],
      [2600, -16, 100],
      [3050, -22, 120],
      [3340, -28, 120],
    ],
    [
      [400, 0, 40],
      [750, -11, 80],
      [2400, -21, 100],
      [2600, -20, 120],
      [2900, -40, 120],
    ],
    [
      [350, 0, 40],
      [600, -20, 80],
      [2400, -32, 100],
      [2675, -28, 120],
      [2950, -36, 120],
    ],
  ],
  tenor: [
    [
      [650, 0, 80],
      [1080, -6, 90],
      [2650, -7, 120],
      [2900, -8, 130],
      [3250, -22, 140],
    ],
    [
      [400, 0, 70],
      [1700, -14, 80],
      [2600, -12, 100],
      [3200, -14, 120],
      [3580, -20, 120],
    ],
    [
      [290, 0, 40],
      [1870, -15, 90],
      [2800, -18, 100],
      [3250, -20, 120],
      [3540, -30, 120],
    ],
    [
      [400, 0, 40],
      [800, -10, 80],
      [2600, -12, 100],
      [2800, -12, 120],
      [3000, -26, 120],
    ],
    [
      [350, 0, 40],
      [600, -20, 60],
      [2700, -17, 100],
      [2900, -14, 120],
      [3300, -26, 120],
    ],
  ],
  countertenor: [
    [
      [660, 0, 80],
      [1120, -6, 90],
      [2750, -23, 120],
      [3000, -24, 130],
      [3350, -38, 140],
    ],
    [
      [440, 0, 70],
      [1800, -14, 80],
      [2700, -18, 100],
      [3000, -20, 120],
      [3300, -20, 120],
    ],
    [
      [270, 0, 40],
      [1850, -24, 90],
      [2900, -24, 100],
      [3350, -36, 120],
      [3590, -36, 120],
    ],
    [
      [430, 0, 40],
      [820, -10, 80],
      [2700, -26, 100],
      [3000, -22, 120],
      [3300, -34, 120],
    ],
    [
      [370, 0, 40],
      [630, -20, 60],
      [2750, -23, 100],
      [3000, -30, 120],
      [3400, -34, 120],
    ],
  ],
  alto: [
    [
      [800, 0, 80],
      [1150, -4, 90],
      [2800, -20, 120],
      [3500, -36, 130],
      [4950, -60, 140],
    ],
    [
      [400, 0, 60],
      [1600, -24, 80],
      [2700, -30, 120],
      [3300, -35, 150],
      [4950, -60, 200],
    ],
    [
      [350, 0, 50],
      [1700, -20, 100],
      [2700, -30, 120],
      [3700, -36, 150],
      [4950, -60, 200],
    ],
    [
      [450, 0, 70],
      [800, -9, 80],
      [2830, -16, 100],
      [3500, -28, 130],
      [4950, -55, 135],
    ],
    [
      [325, 0, 50],
      [700, -12, 60],
      [2530, -30, 170],
      [3500, -40, 180],
      [4950, -64, 200],
    ],
  ],
  soprano: [
    [
      [800, 0, 80],
      [1150, -6, 90],
      [2900, -32, 120],
      [3900, -20, 130],
      [4950, -50, 140],
    ],
    [
      [350, 0, 60],
      [2000, -20, 100],
      [2800, -15, 120],
      [3600, -40, 150],
      [4950, -56, 200],
    ],
    [
      [270, 0, 60],
      [2140, -12, 90],
      [2950, -26, 100],
      [3900, -26, 120],
      [4950, -44, 120],
    ],
    [
      [450, 0, 70],
      [800, -11, 80],
      [2830, -22, 100],
      [3800, -22, 130],
      [4950, -50, 135],
    ],
    [
      [325, 0, 50],
      [700, -16, 60],
      [2700, -35, 170],
      [3800, -40, 180],
      [4950, -60, 200],
    ],
  ],
}

/** The filter effect sings like the tenor, one octave of its cutoff from vowel to vowel. */
const EFFECT_ORDER = [4, 3, 0, 1, 2].map((vowel) => SINGERS.tenor![vowel]!.slice(0, 4))
const EFFECT_MAKEUP = 5
const UNIT_MAKEUP = 3

/** Between two vowels: frequencies and widths in octaves, levels as `mix` has them. */
function between(vowels: readonly (readonly Formant[])[], place: number) {
  const at = clamp(place, 0, vowels.length - 1)
  const v = Math.min(Math.floor(at), vowels.length - 2)
  const t = at - v
  const log = (a: number, b: number) => a * (b / a) ** t
  return vowels[v]!.map((from, k) => {
    const to = vowels[v + 1]![k]!
    const linear = (a: number, b: number) => a + (b - a) * t
    return {
      hertz: log(from[0], to[0]),
      decibels: linear(from[1], to[1]),
      amplitude: linear(amplitude(from[1]), amplitude(to[1])),
      width: log(from[2], to[2]),
      relativeWidth: linear(from[2] / from[0], to[2] / to[0]),
    }
  })
}

interface BandPass {
  readonly hertz: number
  readonly damping: number
  readonly level: number
}

/** Neighbours in counter-phase: no notch between them. */
function sum(bands: readonly BandPass[], hertz: number, sampleRateHz: number): Complex {
  let [re, im] = [0, 0]
  bands.forEach(({ hertz: centre, damping, level }, k) => {
    const [a, b] = complexSection(warped(hertz, centre, sampleRateHz, 0.45), damping, 'bandpass')
    const signed = k % 2 === 0 ? level : -level
    re += signed * a
    im += signed * b
  })
  return [re, im]
}

/** The filter effect's formant type; `octave` above 200 Hz picks the vowel. */
export const vowelCurve = (hertz: number, octave: number, broad: number, sampleRateHz: number): Complex =>
  sum(
    between(EFFECT_ORDER, octave).map((formant) => ({
      hertz: formant.hertz,
      damping: formant.relativeWidth * broad,
      level: (formant.amplitude * EFFECT_MAKEUP) / Math.sqrt(broad),
    })),
    hertz,
    sampleRateHz,
  )

/** The formant unit (wasm/units/formant.h). */
export function formantMagnitude(hertz: number, read: Read, sampleRateHz: number): number {
  const shift = 2 ** (number(read, 'shift') / 12)
  const sharpness = number(read, 'sharpness')
  const bands = between(SINGERS[String(read('voice'))] ?? SINGERS.tenor!, number(read, 'vowel')).map((formant) => ({
    hertz: formant.hertz * shift,
    damping: Math.min(formant.width / formant.hertz / sharpness, 2),
    level: amplitude(formant.decibels) * UNIT_MAKEUP,
  }))
  const [re, im] = sum(bands, hertz, sampleRateHz)
  const mix = number(read, 'mix')
  return Math.hypot(1 - mix + mix * re, mix * im)
}
