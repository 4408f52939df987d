// Figures of equalisers and filters of a track (Node).
import { analogueBend, type Bend } from '../test/effects/reference.ts'
import { render, type Values } from '../test/effects/rig.ts'
import { db, fft, impulse, noise, sine, spectrum } from '../test/effects/signals.ts'
import { ALL_RATES, DECIBELS, HERTZ, logSteps, type Row } from './row.ts'

const PART = 'Equalisers and filters'
const SOURCE = 'Vicanek 2016; RBJ as reference'

const EQ8_TYPES = ['bell', 'lowShelf', 'highShelf', 'lowCut', 'highCut', 'notch', 'bandPass'] as const
type Eq8Type = (typeof EQ8_TYPES)[number]
const EQ8_OFF: Values = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((k) => [`band${k}On`, 0]))
/** One band of the eight-band equaliser. */
export const eq8Band = (type: Eq8Type, frequency: number, gain: number, q: number): Values => ({
  ...EQ8_OFF,
  band4On: 1,
  band4Type: type,
  band4Frequency: frequency,
  band4Gain: gain,
  band4Q: q,
})
/** Analogue prototypes of the RBJ cookbook, in dB. */
export function analogueBand(type: Eq8Type, f: number, corner: number, gainDb: number, q: number): number {
  const bends: Partial<Record<Eq8Type, Bend>> = { bell: 'bell', lowShelf: 'low', highShelf: 'high' }
  const bend = bends[type]
  if (bend) return analogueBend(bend, f, corner, gainDb, q)
  const x = f / corner
  const plain = (1 - x * x) ** 2 + (x / q) ** 2
  const top = { lowCut: x ** 4, highCut: 1, notch: (1 - x * x) ** 2, bandPass: (x / q) ** 2 }[type as 'notch']
  return 10 * Math.log10(top / plain)
}

/** The matched designs come close to the prototype where half the sample rate is far above 20 kHz. */
const NEAR_HALF =
  'At 44.1 kHz a corner near 18 kHz is close to half the sample rate, where a matched design must give way.'
/** Far from half the sample rate it comes ten times as close. */
const FINE_AT_96 = { 96_000: { most: 0.01 } }
const AT_44: Partial<Record<Eq8Type, Partial<Row>>> = Object.fromEntries(
  (
    [
      ['lowShelf', 0.12],
      ['highShelf', 0.12],
      ['highCut', 0.15],
      ['notch', 0.3],
      ['bandPass', 0.16],
    ] as const
  ).map(([type, most]) => [type, { heldAt: { 44_100: { most }, ...FINE_AT_96 }, note: NEAR_HALF }]),
)

interface Curve {
  readonly label: string
  readonly values: Values
  readonly wanted: (hz: number) => number
  /** What is left out: the middle of a notch has no level to compare. */
  readonly skip?: (hz: number) => boolean
  readonly shown?: boolean
}
/** Largest distance in dB from the wanted curve, 30 Hz to 20 kHz, where it lies above -60 dB. */
function distance(effect: string, curves: readonly Curve[], sampleRate: number) {
  const size = sampleRate > 50_000 ? 1 << 15 : 1 << 14
  let value = 0
  const lines: { label: string; points: [number, number][] }[] = []
  for (const { label, values, wanted, skip, shown } of curves) {
    const re = Float64Array.from(render(effect, values, impulse(size), undefined, sampleRate).left)
    const im = new Float64Array(size)
    fft(re, im)
    const points = logSteps(30, 20_000, 80).map((hz): [number, number] => {
      const k = Math.round((hz * size) / sampleRate)
      return [(k * sampleRate) / size, db(Math.hypot(re[k], im[k]))]
    })
    for (const [hz, level] of points)
      if (wanted(hz) > -60 && !skip?.(hz)) value = Math.max(value, Math.abs(level - wanted(hz)))
    if (shown) lines.push({ label, points })
  }
  return { value, plot: { x: HERTZ, y: DECIBELS, lines } }
}
const row = (
  id: string,
  what: string,
  effect: string,
  most: number,
  curves: (whole: boolean, sampleRate: number) => Curve[],
  more: Partial<Row> = {},
): Row => ({
  id,
  part: PART,
  what,
  unit: 'dB',
  bar: { most },
  source: SOURCE,
  rates: ALL_RATES,
  measure: ({ whole, sampleRate }) => distance(effect, curves(whole, sampleRate), sampleRate),
  ...more,
})
const each = <A, B, C>(a: readonly A[], b: readonly B[], c: readonly C[]): [A, B, C][] =>
  a.flatMap((x) => b.flatMap((y) => c.map((z): [A, B, C] => [x, y, z])))

/** |H| in dB of a trapezoidal section at tan-warped frequency ratio `w`, damping `k`. */
function section(mode: string, w: number, k: number): number {
  const top = { lowpass: 1, highpass: w * w, bandpass: k * w, notch: Math.abs(1 - w * w) }[mode]
  return db((top ?? Math.hypot(1 - w * w, k * w * 10 ** (12 / 20))) / Math.hypot(1 - w * w, k * w))
}
function trackFilter(mode: string, slope: string, cutoff: number, resonance: number, sampleRate: number): Curve {
  const k = 2 * 2 ** (-6 * resonance)
  const share = { bandpass: 1 / 0.643594, notch: 1 / 1.553774 }[mode] ?? 1
  return {
    label: mode,
    values: { mode, slope, cutoff, resonance },
    wanted: (hz) => {
      const w = Math.tan((Math.PI * hz) / sampleRate) / Math.tan((Math.PI * cutoff) / sampleRate)
      if (slope === '12') return section(mode, w, k)
      return mode === 'lowpass' || mode === 'highpass'
        ? section(mode, w, 1 / 0.541196) + section(mode, w, k * 0.541196)
        : 2 * section(mode, w, k * share)
    },
    skip: (hz) => mode === 'notch' && Math.abs(hz / cutoff - 1) < 0.02,
    shown: slope === '24' && cutoff === 500 && resonance === 0.4,
  }
}

export const EQUALISERS: readonly Row[] = [
  row(
    'eq-bells',
    'Equaliser: bells to ±18 dB, Q 0.3 to 4, up to 16 kHz, against the analogue curve to 20 kHz',
    'eq',
    0.1,
    (whole) =>
      each(
        whole ? [-18, -12, -6, 6, 12, 18] : [-18, 12],
        [0.3, 0.707, 1.5, 4],
        [200, 1000, 4000, 7000, 10_000, 16_000],
      ).map(([gain, q, corner]) => ({
        label: `${corner} Hz`,
        values: { bell1Frequency: corner, bell1Gain: gain, bell1Q: q },
        wanted: (hz) => analogueBend('bell', hz, corner, gain, q),
        shown: gain === 12 && q === 1.5 && [200, 1000, 7000, 16_000].includes(corner),
      })),
  ),
  row(
    'eq-shelves',
    'Equaliser: shelves to ±18 dB, 50 Hz to 16 kHz, against the analogue curve to 20 kHz',
    'eq',
    0.1,
    (whole) => {
      const gains = whole ? [-18, -12, -6, 6, 12, 18] : [-18, 12]
      const corners = { low: [50, 200, 1000, 2000], high: [2000, 6000, 12_000, 16_000] }
      return (['low', 'high'] as const).flatMap((kind) =>
        gains.flatMap((gain) =>
          corners[kind].map((corner) => ({
            label: `${kind} ${corner} Hz`,
            values: { [`${kind}Frequency`]: corner, [`${kind}Gain`]: gain },
            wanted: (hz: number) => analogueBend(kind, hz, corner, gain, Math.SQRT1_2),
            shown: gain === 12 && (corner === 200 || corner === 6000),
          })),
        ),
      )
    },
  ),
  ...EQ8_TYPES.map((type) =>
    row(
      `eq8-${type}`,
      `Eight-band equaliser, ${type.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`)}, to ±18 dB, Q 0.5 to 4, up to 18 kHz: against the analogue curve to 20 kHz`,
      'eq8',
      0.1,
      (whole) => {
        const gains = ['bell', 'lowShelf', 'highShelf'].includes(type) ? (whole ? [-18, 6, 12, 18] : [-18, 12]) : [0]
        const qualities = type.endsWith('Shelf') ? [0.5, 0.707, 1.4] : [0.5, 0.707, 1.5, 4]
        return each(gains, qualities, [300, 2000, 6000, 10_000, 14_000, 16_000, 18_000]).map(([gain, q, corner]) => ({
          label: `${corner} Hz`,
          values: eq8Band(type, corner, gain, q),
          wanted: (hz) => analogueBand(type, hz, corner, gain, q),
          skip: (hz) => type === 'notch' && Math.abs(hz / corner - 1) < 0.02,
          shown: q === qualities[1] && gain === (gains[2] ?? 0) && [300, 2000, 16_000].includes(corner),
        }))
      },
      AT_44[type] ?? { heldAt: FINE_AT_96 },
    ),
  ),
  {
    id: 'eq-flat',
    part: PART,
    what: 'Equalisers with all gains at 0: largest difference from the input',
    unit: '',
    bar: { most: 0 },
    source: SOURCE,
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const x = noise(20_000, 3)
      const differences = ['eq', 'eq8'].map((id) =>
        render(id, {}, x, undefined, sampleRate).left.reduce((most, v, n) => Math.max(most, Math.abs(v - x[n])), 0),
      )
      return { value: Math.max(...differences) }
    },
  },
  {
    id: 'eq-null',
    part: PART,
    what: 'Equalisers: what a boost of 15 dB and the same cut leave of noise',
    unit: 'dB',
    bar: { most: -120 },
    source: SOURCE,
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const x = noise(20_000, 3)
      const pairs: [string, Values][] = [
        ['eq', { bell1Frequency: 300, bell1Q: 3, bell1Gain: 15, bell2Frequency: 300, bell2Q: 3, bell2Gain: -15 }],
        ...['bell', 'lowShelf', 'highShelf'].map((type): [string, Values] => {
          const band = (k: number, gain: number) => ({
            [`band${k}Type`]: type,
            [`band${k}Frequency`]: 3000,
            [`band${k}Q`]: 1.2,
            [`band${k}Gain`]: gain,
          })
          return ['eq8', { ...band(3, 15), ...band(4, -15) }]
        }),
      ]
      const left = pairs.map(([id, values]) =>
        render(id, values, x, undefined, sampleRate).left.reduce((most, v, n) => Math.max(most, Math.abs(v - x[n])), 0),
      )
      return { value: db(Math.max(...left)) }
    },
  },
  row(
    'filter-response',
    'Filter, five types and both slopes: magnitude against its digital transfer function',
    'filter',
    0.01,
    (whole, sampleRate) =>
      ['lowpass', 'highpass', 'bandpass', 'notch', 'peak'].flatMap((mode) =>
        each(['12', '24'], [500, 15_000], whole ? [0, 0.4, 0.9] : [0, 0.4]).map(([slope, cutoff, resonance]) =>
          trackFilter(mode, slope, cutoff, resonance, sampleRate),
        ),
      ),
    { source: 'Zavalishin 2018; Simper 2013' },
  ),
  {
    id: 'filter-zipper',
    part: PART,
    what: 'Filter swept by its LFO: loudest component above 3 kHz beside a tone of 200 Hz',
    unit: 'dB',
    bar: { most: -100 },
    source: 'coefficients ramped per sample',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const n = 65_536
      const levels = ['sine', 'triangle'].map((shape) => {
        const values = { mode: 'lowpass', slope: '12', cutoff: 1000, lfoDepth: 1, rate: 5, shape }
        const { left } = render('filter', values, sine(200, n + 9600, sampleRate, 0.5), undefined, sampleRate)
        const far = spectrum(left.subarray(9600)).subarray(Math.ceil((3000 * n) / sampleRate))
        return db(far.reduce((a, b) => Math.max(a, b)) / 0.5)
      })
      return { value: Math.max(...levels) }
    },
  },
]
