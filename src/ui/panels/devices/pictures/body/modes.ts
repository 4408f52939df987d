// The ringing modes of struck bodies: where they lie, how loud they are, how long they ring (any thread). Source: wasm/dsp/mode_tables.h, wasm/units/modal.h.
import { number, type Read } from '../face.ts'

interface Body {
  /** Of the note's frequency, as many as the engine has. */
  readonly ratios: readonly number[]
  /** Amplitude falls as ratio^-tilt. */
  readonly tilt: number
}

const MODES = 128
const PAIRS = 64
const upTo = (count: number, of: (k: number) => number): number[] => Array.from({ length: count }, (_, k) => of(k))
const ascending = (values: readonly number[], from: number): number[] => [
  ...values.slice(0, from),
  ...values.slice(from).sort((a, b) => a - b),
]

/** Every mode of a nearly round body is two, a little apart. */
const paired = (singles: readonly number[], apart: number): number[] =>
  upTo(MODES, (k) => singles[k >> 1]! * (k % 2 ? 1 + apart * (1 + 0.37 * ((k >> 1) % 5)) : 1))

function bell(): number[] {
  const r = [1, 0.5, 1.183, 1.506, 2, 2.514, 2.662, 3.011, 4.166, 5.433, 6.796, 8.215, 9.673, 11.16, 12.69, 14.27]
  for (let k = r.length; k < PAIRS; k++) r.push(r[k - 1]! + 1.58 + 0.04 * (k - 15))
  return paired(r, 0.0009)
}

const bar = (second: number, third: number): number[] =>
  ascending(
    upTo(MODES, (k) => [1, second, third][k] ?? (third * (k % 2 ? 1 : 0.83) * (2 * (k >> 1) + 5) ** 2) / 49),
    1,
  )

const glass = (): number[] =>
  paired(
    upTo(PAIRS, (k) => [1, 2.32, 4.25, 6.63, 9.38][k] ?? 9.38 + (k - 4) * 3.05 + (k - 4) ** 2 * 0.19),
    0.0007,
  )

function plate(): number[] {
  const side = 1.37 ** 2
  const all = upTo(18 * 13, (i) => ((Math.floor(i / 13) + 1) ** 2 + ((i % 13) + 1) ** 2 * side) / (1 + side))
  return ascending(all, 0).slice(0, MODES)
}

const BESSEL = [
  1, 1.593, 2.136, 2.296, 2.653, 2.918, 3.156, 3.501, 3.6, 3.652, 4.06, 4.132, 4.154, 4.23, 4.601, 4.61, 4.651, 4.832,
  4.903, 5.084, 5.131, 5.413, 5.541, 5.553, 5.651, 5.977, 6.019, 6.153, 6.163, 6.209,
]
const membrane = (): number[] =>
  ascending(
    upTo(MODES, (k) => BESSEL[k] ?? Math.sqrt((k + 3) / 0.87)),
    1,
  )

const tubular = (): number[] =>
  paired(
    upTo(PAIRS, (k) => [2, 2.988, 4.173, 1.21, 5.556, 0.617, 7.136, 0.224][k] ?? (2 * k + 3) ** 2 / 40.5),
    0.0005,
  )

function gong(): number[] {
  const r: number[] = []
  for (let order = 2; r.length < PAIRS; order++)
    for (let n = 0; 2 * n <= order && r.length < PAIRS; n++)
      r.push((order / 2) ** 1.6 * (1 + 0.031 * n + 0.0037 * ((n * 7 + order * 3) % 11)))
  return paired(
    r.map((ratio) => ratio / r[0]!),
    0.004,
  )
}

const BODIES: Readonly<Record<string, Body>> = {
  bell: { ratios: bell(), tilt: 0.45 },
  marimba: { ratios: bar(3.984, 10.2), tilt: 1.1 },
  xylophone: { ratios: bar(3, 6.1), tilt: 0.8 },
  glass: { ratios: glass(), tilt: 0.75 },
  plate: { ratios: plate(), tilt: 0.35 },
  membrane: { ratios: membrane(), tilt: 0.6 },
  tubular: { ratios: tubular(), tilt: 0.35 },
  gong: { ratios: gong(), tilt: 0.15 },
  harmonic: { ratios: upTo(MODES, (k) => k + 1), tilt: 1 },
}

export interface Mode {
  readonly hertz: number
  /** Of all modes together. */
  readonly level: number
  /** To fall by 60 dB. */
  readonly seconds: number
}

const MIDDLE_C = 60
export const hertzOf = (note: number): number => 440 * 2 ** ((note - 69) / 12)

/** Those that sound at middle C, before the mallet's own colour. */
export function modesOf(read: Read, sampleRateHz: number): Mode[] {
  const { ratios, tilt } = BODIES[String(read('body'))] ?? BODIES.marimba!
  const base = hertzOf(MIDDLE_C + number(read, 'tune') + number(read, 'fine') / 100)
  const weight = (number(read, 'brightness') - 0.5) * 3 - tilt
  const place = 0.06 + 0.44 * number(read, 'position')
  const all = ratios.slice(0, Math.round(number(read, 'modes'))).map((ratio) => {
    const octaves = Math.log2(ratio) * (1 + number(read, 'stretch'))
    const wave = place * 2 ** (octaves / 2)
    return {
      hertz: base * 2 ** octaves,
      level: Math.abs(2 ** (weight * octaves) * Math.sin(Math.PI * (wave - Math.round(wave)))),
      seconds: number(read, 'decay') * 2 ** (-2 * number(read, 'damping') * Math.max(octaves, -1)),
    }
  })
  const heard = all.filter(({ hertz }) => hertz < 0.46 * sampleRateHz)
  const power = Math.sqrt(heard.reduce((sum, { level }) => sum + level ** 2, 1e-9))
  return heard.map((mode) => ({ ...mode, level: mode.level / power }))
}
