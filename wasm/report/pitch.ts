// Figures of what moves or gives pitch: shifters, ring modulator, vocoder, resonator (Node).
import { render, type Values } from '../test/effects/rig.ts'
import { db, impulse, noise, rms, sine, spectrum, worstAlias } from '../test/effects/signals.ts'
import { ALL_RATES, DECIBELS, HERTZ, spectrumPoints, type Row } from './row.ts'

const PART = 'Pitch and spectrum'
const VOCODER = 'Laroche and Dolson 1999; Röbel 2003'

/** Frequency error and level of the strongest partial near `hz`, from the phase that it turns between two windows. */
function toneAt(x: Float32Array, hz: number, sampleRate: number): { cents: number; level: number } {
  const turn = (from: number): { angle: number; size: number } => {
    let [re, im, sum] = [0, 0, 0]
    for (let n = 0; n < 8192; n++) {
      const w = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / 8192)
      const phase = (2 * Math.PI * hz * (from + n)) / sampleRate
      re += w * x[from + n] * Math.cos(phase)
      im -= w * x[from + n] * Math.sin(phase)
      sum += w
    }
    return { angle: Math.atan2(im, re), size: (2 * Math.hypot(re, im)) / sum }
  }
  const later = sampleRate / 10
  const [a, b] = [turn(0), turn(later)]
  let turned = (b.angle - a.angle) / (2 * Math.PI)
  turned -= Math.round(turned)
  return { cents: 1200 * Math.log2(1 + turned / (later / sampleRate) / hz), level: db(b.size) }
}
/** Of sines moved by an octave either way: what `read` says of each, the worst. */
function shiftedSines(
  sampleRate: number,
  whole: boolean,
  read: (tone: { cents: number; level: number }) => number,
): number {
  let value = 0
  for (const f of whole ? [110, 441.3, 1000, 3520] : [110, 3520])
    for (const semitones of whole ? [-12, -7.5, -1, 0.3, 4, 7, 12] : [-12, 0.3, 12]) {
      const input = sine(f, 30_000 + 0.2 * sampleRate, sampleRate, 0.5)
      const { left } = render('pitchshift', { semitones }, input, undefined, sampleRate)
      value = Math.max(value, Math.abs(read(toneAt(left.subarray(14_000), f * 2 ** (semitones / 12), sampleRate))))
    }
  return value
}

const N = 32_768
const near = (mags: Float64Array, bin: number): number => {
  const at = Math.abs(Math.round(bin))
  return db(mags.subarray(Math.max(0, at - 3), at + 4).reduce((a, b) => Math.max(a, b)))
}
/** Spectrum of a sine that the frequency shifter moved; all in bins. */
function moved(f: number, shift: number, sampleRate: number): Float64Array {
  const bin = sampleRate / N
  const values = { fine: 0, mix: 1, shift: shift * bin }
  const input = sine(f * bin, N + 24_000, sampleRate)
  return spectrum(render('frequencyshift', values, input, undefined, sampleRate).left.subarray(24_000))
}

/** Partials of `f` up to `top`, 1/k. */
export function rich(f: number, frames: number, top: number, sampleRate: number): Float32Array {
  const x = new Float32Array(frames)
  for (let k = 1; k * f < top; k++) {
    const turn = (2 * Math.PI * k * f) / sampleRate
    // A rotating pointer, in f64: its error after a second stays below -200 dB.
    let [c, q] = [Math.cos(k * k), Math.sin(k * k)]
    const [dc, dq] = [Math.cos(turn), Math.sin(turn)]
    for (let i = 0; i < frames; i++) {
      x[i] += (0.3 / k) * q
      ;[c, q] = [c * dc - q * dq, q * dc + c * dq]
    }
  }
  return x
}

const hertz = (note: number): number => 440 * 2 ** ((note - 69) / 12)
/** Phase and size of the partial at `f`, under a Hann window of `periods`. */
function partial(x: Float32Array, f: number, from: number, periods: number, sampleRate: number) {
  const n = Math.round((periods * sampleRate) / f)
  let [re, im] = [0, 0]
  for (let i = 0; i < n; i++) {
    const w = (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / n)) / n
    const turn = (2 * Math.PI * f * (from + i)) / sampleRate
    re += w * x[from + i] * Math.cos(turn)
    im -= w * x[from + i] * Math.sin(turn)
  }
  return { phase: Math.atan2(im, re), size: Math.hypot(re, im) }
}
/** How far the partial near `f` is from it, by its phase three periods later. */
function centsOf(x: Float32Array, f: number, sampleRate: number): number {
  const from = Math.round(0.2 * sampleRate)
  const later = Math.round((3 * sampleRate) / f)
  const turn = partial(x, f, from + later, 8, sampleRate).phase - partial(x, f, from, 8, sampleRate).phase
  const wrapped = turn / (2 * Math.PI) - Math.round(turn / (2 * Math.PI))
  return 1200 * Math.log2(1 + wrapped * (sampleRate / later / f))
}
const SINGLE = { chord: 'single', spread: 0, mix: 1 }

/** Frames from 10 % to 80 % of the highest level of 128, of bursts of noise: their mean energy, since each has peaks of its own. */
function riseFrames(bursts: readonly Float32Array[]): number {
  const energy = new Float64Array(bursts[0].length - 128)
  for (const x of bursts) for (let n = 0; n < energy.length; n++) energy[n] += rms(x.subarray(n, n + 128)) ** 2
  const most = Math.sqrt(Math.max(...energy))
  const first = (part: number): number => energy.findIndex((v) => Math.sqrt(v) > part * most)
  return first(0.8) - first(0.1)
}

export const PITCH: readonly Row[] = [
  {
    id: 'pitch-shift',
    part: PART,
    what: 'Pitch shifter: pitch error of sines, an octave either way',
    unit: 'cents',
    bar: { most: 1 },
    source: VOCODER,
    rates: ALL_RATES,
    measure: ({ sampleRate, whole }) => ({ value: shiftedSines(sampleRate, whole, ({ cents }) => cents) }),
  },
  {
    id: 'pitch-shift-level',
    part: PART,
    what: 'Pitch shifter: change of the level of sines, an octave either way',
    unit: 'dB',
    bar: { most: 0.5 },
    source: VOCODER,
    rates: ALL_RATES,
    measure: ({ sampleRate, whole }) => ({ value: shiftedSines(sampleRate, whole, ({ level }) => level - db(0.5)) }),
  },
  {
    id: 'pitch-shift-null',
    part: PART,
    what: 'Pitch shifter at 0 semitones: difference from noise, late by its latency',
    unit: 'dB',
    bar: { most: -100 },
    source: VOCODER,
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const x = noise(48_000, 1, 0.5)
      const { left, latency } = render('pitchshift', {}, x, undefined, sampleRate)
      const error = x.subarray(0, x.length - latency).map((v, i) => v - left[i + latency])
      return { value: db(rms(error.subarray(9600)) / rms(x)) }
    },
  },
  {
    id: 'pitch-shift-rise',
    part: PART,
    what: 'Pitch shifter, -5 to 4 semitones: time in which a burst rises, against the source',
    unit: 'times',
    bar: { most: 1.5 },
    source: VOCODER,
    rates: ALL_RATES,
    measure: ({ sampleRate, whole }) => {
      const at = Math.round(0.1 * sampleRate)
      const bursts = Array.from({ length: whole ? 16 : 6 }, (_, seed) =>
        noise(Math.round(0.2 * sampleRate), seed + 1, 0.5).map((v, n) =>
          n < at ? 0 : v * Math.exp(-(n - at) / (0.05 * sampleRate)),
        ),
      )
      const before = riseFrames(bursts)
      const after = [-5, 4].map((semitones) =>
        riseFrames(bursts.map((burst) => render('pitchshift', { semitones }, burst, undefined, sampleRate).left)),
      )
      return { value: Math.max(...after) / before }
    },
  },
  {
    id: 'frequency-shift-image',
    part: PART,
    what: 'Frequency shifter: level of the image on the other side, 30 Hz to 18 kHz',
    unit: 'dB',
    bar: { most: -60 },
    source: 'Hilbert pair of elliptic all-passes',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = -Infinity
      for (const hz of [30, 300, 18_000])
        for (const by of [137, -31]) {
          const f = Math.round((hz * N) / sampleRate)
          value = Math.max(value, near(moved(f, by, sampleRate), f - by))
        }
      const f = Math.round((1000 * N) / sampleRate)
      const lines = [
        { label: '1 kHz, moved up', points: spectrumPoints(moved(f, 137, sampleRate), sampleRate, 1, -160) },
      ]
      return { value, plot: { x: HERTZ, y: DECIBELS, lines } }
    },
  },
  {
    id: 'frequency-shift-level',
    part: PART,
    what: 'Frequency shifter: error of level at the exact shifted frequency, 30 Hz to 18 kHz',
    unit: 'dB',
    bar: { most: 0.1 },
    source: 'Hilbert pair of elliptic all-passes',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const errors = [30, 300, 18_000].flatMap((hz) =>
        [137, -31].map((by) => {
          const f = Math.round((hz * N) / sampleRate)
          return Math.abs(near(moved(f, by, sampleRate), f + by))
        }),
      )
      return { value: Math.max(...errors) }
    },
  },
  {
    id: 'ringmod-fold',
    part: PART,
    what: 'Ring modulator, clean: level of a sum of 20 kHz and the carrier that would fold back to 19.1 kHz',
    unit: 'dB',
    bar: { most: -100 },
    source: 'twice oversampled',
    rates: [44_100, 48_000],
    measure: ({ sampleRate }) => {
      const bin = sampleRate / N
      const [f, carrier] = [20_000, sampleRate - 39_100].map((hz) => Math.round(hz / bin))
      const values = { frequency: carrier * bin, quality: 'clean', mix: 1 }
      const { left } = render('ringmod', values, sine(f * bin, N + 9600, sampleRate), undefined, sampleRate)
      return { value: near(spectrum(left.subarray(9600)), N - f - carrier) }
    },
  },
  {
    id: 'vocoder-alias',
    part: PART,
    what: 'Vocoder: loudest alias of its own saws below 20 kHz',
    unit: 'dB',
    bar: { most: -100 },
    source: 'as the saw',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const levels = [45, 84].map((note) => {
        const values: Values = { note, detune: 0, unvoiced: 0, bands: 40, attack: 0.05, release: 0.5 }
        const settle = Math.round(0.5 * sampleRate)
        const input = rich(hertz(note), settle + N, 11_000, sampleRate)
        const { left } = render('vocoder', values, input, undefined, sampleRate)
        return worstAlias(spectrum(left.subarray(settle)), hertz(note), 20_000, sampleRate)
      })
      return { value: Math.max(...levels) }
    },
  },
  {
    id: 'resonator-tuning',
    part: PART,
    what: 'Resonator, string or pipe: largest pitch error, C1 to C7',
    unit: 'cents',
    bar: { most: 0.5 },
    source: 'Jaffe and Smith 1983',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = 0
      for (const body of ['string', 'pipe'])
        for (const root of [24, 48, 61, 96])
          for (const brightness of [0.2, 1]) {
            const values = { ...SINGLE, root, body, brightness, decay: 4, fine: 33 }
            const { left } = render('resonator', values, impulse(sampleRate * 0.75), undefined, sampleRate)
            value = Math.max(value, Math.abs(centsOf(left, hertz(root + 0.33), sampleRate)))
          }
      return { value }
    },
  },
  {
    id: 'resonator-decay',
    part: PART,
    what: 'Resonator: error of its decay time, 0.2 to 5 s',
    unit: '%',
    bar: { most: 2 },
    source: 'Jaffe and Smith 1983',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = 0
      for (const body of ['string', 'pipe'])
        for (const decay of [0.2, 1, 5])
          for (const root of [36, 84]) {
            const { left } = render(
              'resonator',
              { ...SINGLE, root, body, decay },
              impulse(1.25 * sampleRate),
              undefined,
              sampleRate,
            )
            const later = Math.round(Math.min(0.4 * decay, 0.8) * sampleRate)
            const from = Math.round(0.05 * sampleRate)
            const [a, b] = [from, from + later].map((at) => db(partial(left, hertz(root), at, 6, sampleRate).size))
            value = Math.max(value, Math.abs(((60 / (a - b)) * later) / sampleRate / decay - 1))
          }
      return { value: 100 * value }
    },
  },
]
