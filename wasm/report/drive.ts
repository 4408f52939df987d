// Figures of what shapes a wave: distortion, saturation, tube, folder, drawn curve, bit crusher, tape (Node).
import { render, type Values } from '../test/effects/rig.ts'
import { db, impulse, noise, peak, response, rms, sine, spectrum, worstAlias } from '../test/effects/signals.ts'
import { ALL_RATES, DECIBELS, HERTZ, logSteps, spectrumPoints, type Row } from './row.ts'

const PART = 'Drive'
const N = 65_536
const SHAPER = 'Parker, Zavalishin and Le Bivic 2016; Bilbao 2017'
const OPEN = { tone: 20_000, mix: 1 }
/** The 17 points of the drawn curve. */
export const pointsOf = (curve: (x: number) => number): Values =>
  Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`point${i + 1}`, curve(-1 + i / 8)]))

interface DriveOf {
  readonly id: string
  readonly what: string
  readonly hz: number
  readonly most: number
  readonly effect?: string
  /** The worst of these. */
  readonly cases: readonly Values[]
  /** Where it stands at 44.1 kHz, when that is above `most`. */
  readonly at44?: number
}
const drive = ({ id, what, hz, most, effect = 'distortion', cases, at44 }: DriveOf): Row => ({
  id,
  part: PART,
  what: `${what}: loudest alias below 20 kHz of a full-scale sine at ${hz} Hz`,
  unit: 'dB',
  bar: { most },
  source: SHAPER,
  rates: ALL_RATES,
  ...(at44 === undefined ? {} : { heldAt: { 44_100: { most: at44 } } }),
  measure: ({ sampleRate }) => {
    const f = Math.round((hz * N) / sampleRate) * (sampleRate / N)
    let [value, points]: [number, [number, number][]] = [-Infinity, []]
    for (const values of cases) {
      const { left } = render(effect, values, sine(f, N + 9600, sampleRate), undefined, sampleRate)
      const mags = spectrum(left.subarray(9600))
      const alias = worstAlias(mags, f, 20_000, sampleRate)
      if (alias <= value) continue
      const loudest = mags.reduce((a, b) => Math.max(a, b))
      ;[value, points] = [alias, spectrumPoints(mags, sampleRate, loudest, -160)]
    }
    return { value, plot: { x: HERTZ, y: DECIBELS, lines: [{ label: `${hz} Hz`, points }] } }
  },
})
const soft = { ...OPEN, drive: 20, shape: 'soft' }
const hard = { ...OPEN, drive: 20, shape: 'hard' }
const drawn = { ...OPEN, ...pointsOf((x) => Math.tanh(2 * x) / Math.tanh(2)), drive: 13.979 }
const straight = { ...OPEN, ...pointsOf((x) => x), drive: 20, curve: 'straight' }
const tubes = [-1, 0, 1].map((bias) => ({ ...OPEN, drive: 20, bias }))
const folds = (folded: Values) => [0, 0.5].map((symmetry) => ({ ...OPEN, ...folded, symmetry }))
const open = (values: Values): Values => ({ slope: '12', cutoff: 20_000, resonance: 0, ...values })

/** Half to even, as the hardware rounds. */
function even(x: number): number {
  const [floor, rest] = [Math.floor(x), x - Math.floor(x)]
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
}

export const DRIVE: readonly Row[] = [
  drive({ id: 'soft-clip-1k2', what: 'Distortion, soft, drive 20 dB', hz: 1244, most: -100, cases: [soft] }),
  drive({ id: 'soft-clip-5k', what: 'Distortion, soft, drive 20 dB', hz: 4978, most: -75, cases: [soft] }),
  drive({ id: 'hard-clip-1k2', what: 'Distortion, hard, drive 20 dB', hz: 1244, most: -80, cases: [hard] }),
  drive({
    id: 'drawn-1k2',
    what: 'Drawn tanh, drive 20 dB',
    hz: 1244,
    most: -100,
    effect: 'waveshaper',
    cases: [drawn],
  }),
  drive({ id: 'drawn-5k', what: 'Drawn tanh, drive 20 dB', hz: 4978, most: -75, effect: 'waveshaper', cases: [drawn] }),
  drive({
    id: 'drawn-clip-1k2',
    what: 'Drawn hard clipping, drive 20 dB',
    hz: 1244,
    most: -80,
    effect: 'waveshaper',
    cases: [straight],
  }),
  drive({ id: 'tube-1k2', what: 'Tube at any bias, drive 20 dB', hz: 1244, most: -100, effect: 'tube', cases: tubes }),
  drive({
    id: 'tube-5k',
    what: 'Tube at any bias, drive 20 dB',
    hz: 4978,
    most: -75,
    effect: 'tube',
    cases: tubes,
    at44: -74,
  }),
  drive({
    id: 'folder-1k2',
    what: 'Wave folder, eight round folds',
    hz: 1244,
    most: -100,
    effect: 'wavefolder',
    cases: folds({ folds: 8 }),
  }),
  drive({
    id: 'folder-5k',
    what: 'Wave folder, eight round folds',
    hz: 4978,
    most: -75,
    effect: 'wavefolder',
    cases: folds({ folds: 8 }),
  }),
  drive({
    id: 'sharp-folder-1k2',
    what: 'Wave folder, two sharp folds',
    hz: 1244,
    most: -80,
    effect: 'wavefolder',
    cases: folds({ folds: 2, shape: 'triangle' }),
  }),
  drive({
    id: 'filter-drive-1k2',
    what: 'Filter, drive 20 dB',
    hz: 1244,
    most: -100,
    effect: 'filter',
    cases: [open({ drive: 20 })],
  }),
  drive({
    id: 'filter-drive-5k',
    what: 'Filter, drive 12 dB',
    hz: 4978,
    most: -75,
    effect: 'filter',
    cases: [open({ drive: 12 })],
    at44: -69,
  }),
  {
    id: 'clip-overshoot',
    part: PART,
    what: 'Distortion, hard, drive 20 dB, as a clipper: sample peak above its level for full-scale sines, 100 Hz to 10 kHz',
    unit: 'dB',
    bar: null,
    held: { most: 2.4 },
    source: SHAPER,
    note: 'Band-limiting a clipped wave lets it overshoot: a limiter, not a clipper, keeps a ceiling.',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const levelOf = (hz: number): number =>
        peak(
          render('distortion', hard, sine(hz, sampleRate / 2, sampleRate), undefined, sampleRate).left.subarray(9600),
        )
      const flat = render('distortion', hard, sine(20, sampleRate, sampleRate), undefined, sampleRate).left
      // The level that the clipped wave stands at, in the middle of a slow one.
      const level = rms(flat.subarray(Math.round(0.5125 * sampleRate) - 20, Math.round(0.5125 * sampleRate) + 20))
      const points = [100, 400, 997, 2100, 4978, 10_000].map((hz): [number, number] => [hz, db(levelOf(hz) / level)])
      return {
        value: Math.max(...points.map(([, over]) => over)),
        plot: { x: HERTZ, y: { label: 'Overshoot', unit: 'dB' }, lines: [{ label: 'hard', points }] },
      }
    },
  },
  {
    id: 'oversampler-flat',
    part: PART,
    what: 'Four-fold oversampling, as saturation of a small signal: flatness to 20 kHz',
    unit: 'dB',
    bar: { most: 0.01 },
    source: 'half-band polyphase FIR',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const { left } = render('saturation', { drive: 0 }, impulse(2000, 0, 1e-3), undefined, sampleRate)
      const points = logSteps(20, 20_000, 160)
      const gains = response(left, points, sampleRate)
      return {
        value: Math.max(...gains.map((gain) => Math.abs(gain - gains[0]))),
        plot: {
          x: HERTZ,
          y: DECIBELS,
          lines: [{ label: 'saturation', points: points.map((hz, i): [number, number] => [hz, gains[i] - gains[0]]) }],
        },
      }
    },
  },
  {
    id: 'saturation-curve',
    part: PART,
    what: 'Saturation, drive 20 dB: distance from tanh of the driven input',
    unit: 'dB',
    bar: { most: -80 },
    source: SHAPER,
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const input = sine(50, sampleRate / 5, sampleRate, 0.8)
      const { left, latency } = render('saturation', { drive: 20 }, input, undefined, sampleRate)
      const level = 0.25 / Math.tanh(2.5)
      let worst = 0
      for (let n = 1000; n < input.length - latency - 200; n++)
        worst = Math.max(worst, Math.abs(left[n + latency] - level * Math.tanh(10 * input[n])))
      return { value: db(worst / level) }
    },
  },
  {
    id: 'crush-law',
    part: PART,
    what: 'Bit crusher, 1 to 24 whole bits: samples of noise that are not rounded to the nearest step',
    unit: '',
    bar: { most: 0 },
    source: 'exact quantiser law',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const input = noise(4000, 3, 1.3)
      let value = 0
      for (const bits of [1, 2, 4, 8, 12, 16, 24]) {
        const { left } = render('bitcrush', { rate: 96_000, bits }, input, undefined, sampleRate)
        const step = 2 ** (1 - bits)
        input.forEach((x, n) => {
          const wanted = even(Math.min(Math.max(x, -1), 1) / step) * step
          if (left[n] - Math.min(Math.max(wanted, -1), 1) !== 0) value++
        })
      }
      return { value }
    },
  },
]
