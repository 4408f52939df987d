// Figures of effects that shape and control: equalisers, distortion, dynamics, delay, pitch (Node).
import { analogueBend, compressorGain } from '../test/effects/reference.ts'
import { render, type Values } from '../test/effects/rig.ts'
import {
  db,
  fft,
  impulse,
  noise,
  peak,
  response,
  rms,
  sine,
  spectrum,
  truePeak,
  worstAlias,
} from '../test/effects/signals.ts'
import { DECIBELS, HERTZ, logSteps, spectrumPoints, type Row } from './row.ts'

const PART = 'Effects'
const RATE = 48_000
const N = 65_536

const bells = (id: string, values: (corner: number, gain: number, q: number) => Values): Row => ({
  id: `${id}-bells`,
  part: PART,
  what: `${id === 'eq' ? 'Equaliser' : 'Eight-band equaliser'}: bells to ±18 dB, Q 0.3 to 4, up to 16 kHz, against the analogue curve to 20 kHz`,
  unit: 'dB',
  bar: { most: 0.1 },
  source: 'Vicanek 2016; RBJ as reference',
  measure: () => {
    const size = 1 << 14
    const lines: { label: string; points: [number, number][] }[] = []
    let value = 0
    for (const gain of [-18, 12, 18])
      for (const q of [0.3, 1.5, 4])
        for (const corner of [1000, 7000, 16_000]) {
          const [re, im] = [
            Float64Array.from(render(id, values(corner, gain, q), impulse(size)).left),
            new Float64Array(size),
          ]
          fft(re, im)
          const points = logSteps(30, 20_000, 80).map((hz): [number, number] => {
            const k = Math.round((hz * size) / RATE)
            return [(k * RATE) / size, db(Math.hypot(re[k], im[k]))]
          })
          for (const [hz, level] of points)
            value = Math.max(value, Math.abs(level - analogueBend('bell', hz, corner, gain, q)))
          if (gain === 12 && q === 1.5) lines.push({ label: `${corner / 1000} kHz`, points })
        }
    return { value, plot: { x: HERTZ, y: DECIBELS, lines } }
  },
})

function driven(id: string, values: Values, hz: number): { alias: number; points: [number, number][] } {
  const f = Math.round((hz * N) / RATE) * (RATE / N)
  const mags = spectrum(render(id, values, sine(f, N + 9600)).left.subarray(9600))
  return {
    alias: worstAlias(mags, f, 20_000),
    points: spectrumPoints(
      mags,
      RATE,
      mags.reduce((a, b) => Math.max(a, b)),
      -160,
    ),
  }
}
const drive = (id: string, what: string, most: number, values: Values, hz: number): Row => ({
  id,
  part: PART,
  what: `${what}: loudest alias below 20 kHz of a full-scale sine at ${hz} Hz`,
  unit: 'dB',
  bar: { most },
  source: 'Parker, Zavalishin and Le Bivic 2016; Bilbao 2017',
  measure: () => {
    const { alias, points } = driven('distortion', { tone: 20_000, mix: 1, drive: 20, ...values }, hz)
    return { value: alias, plot: { x: HERTZ, y: DECIBELS, lines: [{ label: `${hz} Hz`, points }] } }
  },
})

export const EFFECTS: readonly Row[] = [
  bells('eq', (corner, gain, q) => ({ bell1Frequency: corner, bell1Gain: gain, bell1Q: q })),
  drive('soft-clip-1k2', 'Distortion, soft, drive 20 dB', -100, { shape: 'soft' }, 1244),
  drive('soft-clip-5k', 'Distortion, soft, drive 20 dB', -75, { shape: 'soft' }, 4978),
  drive('hard-clip-1k2', 'Distortion, hard, drive 20 dB', -80, { shape: 'hard' }, 1244),
  {
    id: 'compressor-curve',
    part: PART,
    what: 'Compressor: settled gain against its static curve, -54 to 6 dBFS',
    unit: 'dB',
    bar: { most: 0.1 },
    source: 'Giannoulis, Massberg and Reiss 2012',
    measure: () => {
      let value = 0
      const lines: { label: string; points: [number, number][] }[] = []
      for (const [threshold, ratio, knee] of [
        [-18, 3, 6],
        [-30, 2, 24],
        [-40, 20, 0],
      ]) {
        const points: [number, number][] = []
        for (let level = -54; level <= 6; level += 3) {
          const input = sine(1000, RATE / 2, RATE, 10 ** (level / 20))
          const { left } = render('compressor', { attack: 0.005, release: 0.02, threshold, ratio, knee }, input)
          const gain = db(rms(left.subarray(0.3 * RATE))) - db(rms(input.subarray(0.3 * RATE)))
          value = Math.max(value, Math.abs(gain - compressorGain(level, threshold, ratio, knee)))
          points.push([level, level + gain])
        }
        lines.push({ label: `${threshold} dB, ${ratio}:1, knee ${knee} dB`, points })
      }
      return { value, plot: { x: { label: 'Input', unit: 'dBFS' }, y: { label: 'Output', unit: 'dBFS' }, lines } }
    },
  },
  {
    id: 'limiter-true-peak',
    part: PART,
    what: 'Limiter: true peak over the ceiling on a 16x meter, tones to 20 kHz and noise, 12 dB too loud',
    unit: 'dB',
    bar: { most: 0.1 },
    source: 'ITU-R BS.1770-5',
    measure: () => {
      const over = (input: Float32Array): number =>
        db(truePeak(render('limiter', { ceiling: -1 }, input).left.subarray(4800), 32)) + 1
      const tones = [100, 997, 5000, 11_025, 15_999, 19_000].map((hz) => over(sine(hz, 24_000, RATE, 4, Math.PI / 4)))
      const steps = Float32Array.from(noise(48_000, 5, 4), (v, n) => (n % 9600 < 4800 ? v : 0.02 * v))
      // Noise is band-limited as music is: full-band white noise has peaks that no finite meter agrees on.
      const smooth = steps.map((v, n) => (v + 2 * (steps[n - 1] ?? 0) + (steps[n - 2] ?? 0)) / 4)
      return { value: Math.max(...tones, over(smooth)) }
    },
  },
  {
    id: 'limiter-thd',
    part: PART,
    what: 'Limiter: distortion of a 50 Hz tone at 6 dB of gain reduction',
    unit: 'dB',
    bar: { most: -60 },
    source: 'two-stage gain smoothing',
    measure: () => {
      const f = Math.round((50 * N) / RATE) * (RATE / N)
      const mags = spectrum(render('limiter', { ceiling: -6 }, sine(f, N + 24_000)).left.subarray(24_000))
      const k = Math.round((f * N) / RATE)
      const harmonics = Array.from({ length: 20 }, (_, h) => mags[(h + 2) * k])
      const lines = [{ label: '50 Hz', points: spectrumPoints(mags, RATE, mags[k], -180) }]
      return { value: db(Math.hypot(...harmonics) / mags[k]), plot: { x: HERTZ, y: DECIBELS, lines } }
    },
  },
  {
    id: 'multiband-null',
    part: PART,
    what: 'Multiband compressor: flatness of the sum of its bands at ratio 1',
    unit: 'dB',
    bar: { most: 0.01 },
    source: 'Linkwitz-Riley with all-pass compensation',
    measure: () => {
      const { left } = render(
        'multiband',
        Object.fromEntries([1, 2, 3, 4].map((k) => [`band${k}Ratio`, 1])),
        impulse(1 << 15),
      )
      const points = logSteps(30, 20_000, 100)
      const levels = response(left, points)
      return {
        value: Math.max(...levels.map(Math.abs)),
        plot: {
          x: HERTZ,
          y: DECIBELS,
          lines: [{ label: 'sum', points: points.map((hz, i): [number, number] => [hz, levels[i]]) }],
        },
      }
    },
  },
  {
    id: 'pitch-shift',
    part: PART,
    what: 'Pitch shifter: pitch error of sines, an octave either way',
    unit: 'cents',
    bar: { most: 1 },
    source: 'Laroche and Dolson 1999',
    measure: () => {
      let value = 0
      for (const f of [110, 441.3, 1000, 3520])
        for (const semitones of [-12, -1, 0.3, 7, 12]) {
          const to = f * 2 ** (semitones / 12)
          const { left } = render('pitchshift', { semitones }, sine(f, 30_000, RATE, 0.5))
          const angle = (from: number): number => {
            let [re, im] = [0, 0]
            for (let n = 0; n < 8192; n++) {
              const w = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / 8192)
              const turn = (2 * Math.PI * to * (from + n)) / RATE
              re += w * left[from + n] * Math.cos(turn)
              im -= w * left[from + n] * Math.sin(turn)
            }
            return Math.atan2(im, re)
          }
          let turned = angle(14_000 + 4800) - angle(14_000)
          turned -= 2 * Math.PI * Math.round(turned / (2 * Math.PI))
          value = Math.max(value, Math.abs(1200 * Math.log2(1 + turned / (2 * Math.PI * 0.1) / to)))
        }
      return { value }
    },
  },
  {
    id: 'delay-response',
    part: PART,
    what: 'Delay: level of a fractional delay to 18 kHz',
    unit: 'dB',
    bar: { most: 0.1 },
    source: 'Dattorro 1997; 16-tap sinc',
    measure: () => {
      const points = logSteps(30, 18_000, 80)
      let value = 0
      let shown: number[] = []
      for (const fraction of [0.25, 0.5, 0.77]) {
        const values = { time: (4800 + fraction) / RATE, feedback: 0, mix: 1 }
        const { left } = render('delay', values, impulse(9600))
        shown = response(left, points)
        value = Math.max(value, ...shown.map(Math.abs))
      }
      return {
        value,
        plot: {
          x: HERTZ,
          y: DECIBELS,
          lines: [{ label: 'fraction 0.77', points: points.map((hz, i): [number, number] => [hz, shown[i]]) }],
        },
      }
    },
  },
  {
    id: 'width-null',
    part: PART,
    what: 'Stereo width at 100 %: largest difference from the input',
    unit: '',
    bar: { most: 0 },
    source: 'identity',
    measure: () => {
      const [left, right] = [noise(9600, 1), noise(9600, 2)]
      const out = render('width', {}, left, right)
      return { value: Math.max(peak(out.left.map((v, n) => v - left[n])), peak(out.right.map((v, n) => v - right[n]))) }
    },
  },
]
