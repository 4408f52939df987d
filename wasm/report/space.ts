// Figures of rooms and places: reverbs, convolution, binaural, panning (Node).
import { band, decayTime, echoDensity } from '../test/effects/decay.ts'
import { convolved, spherePressure } from '../test/effects/reference.ts'
import { render, Rig, withAsset } from '../test/effects/rig.ts'
import { db, impulse, noise } from '../test/effects/signals.ts'
import { logSteps, type Row } from './row.ts'

const PART = 'Space'
const RATE = 48_000
const OCTAVES = [125, 250, 500, 1000, 2000, 4000, 8000]
const TYPES = ['room', 'chamber', 'hall', 'cathedral']
const LATE = { mix: 1, predelay: 0, early: 0, lowCut: 20, lowDecay: 1, highDecay: 1 }

/** Energy left, backward-integrated, in dB. */
function decayCurve(h: Float32Array): [number, number][] {
  const energy = new Float64Array(h.length + 1)
  for (let n = h.length - 1; n >= 0; n--) energy[n] = energy[n + 1] + h[n] ** 2
  const step = Math.ceil(h.length / 120)
  return Array.from({ length: 120 }, (_, i): [number, number] => [
    (i * step) / RATE,
    Math.max(-90, 10 * Math.log10((energy[Math.min(i * step, h.length)] + 1e-30) / energy[0])),
  ]).filter(([, level]) => level > -90)
}

const sphereDb = (hz: number, incidence: number): number => db(Math.hypot(...spherePressure(hz, incidence)))

export const SPACE: readonly Row[] = [
  {
    id: 'reverb-decay',
    part: PART,
    what: 'Reverb, all types, 2 s: error of the decay time in every octave, 125 Hz to 8 kHz',
    unit: '%',
    bar: { most: 5 },
    source: 'Jot 1991; Schlecht 2017; measured as T30 (ISO 3382)',
    measure: () => {
      let value = 0
      const lines = TYPES.map((type) => {
        const { left } = render('reverb', { ...LATE, type, decay: 2 }, impulse(2.4 * RATE))
        for (const hz of OCTAVES) value = Math.max(value, 100 * Math.abs(decayTime(band(left, hz, RATE), RATE) / 2 - 1))
        return { label: type, points: decayCurve(left) }
      })
      return { value, plot: { x: { label: 'Time', unit: 's' }, y: { label: 'Energy left', unit: 'dB' }, lines } }
    },
  },
  {
    id: 'reverb-density',
    part: PART,
    what: 'Reverb, all types: least echo density from 80 ms on, 1 is Gaussian noise',
    unit: '',
    bar: { least: 0.9 },
    source: 'Abel and Huang 2006',
    measure: () => {
      let value = Infinity
      const lines = TYPES.map((type) => {
        const { left } = render('reverb', { ...LATE, type, decay: 3 }, impulse(0.7 * RATE))
        const points: [number, number][] = []
        for (let at = 0; at < 30_000; at += 480) {
          const density = echoDensity(left, at)
          if (Number.isFinite(density)) points.push([(at + 480) / RATE, density])
          if (at >= 80 * 48 - 480) value = Math.min(value, density)
        }
        return { label: type, points }
      })
      return { value, plot: { x: { label: 'Time', unit: 's' }, y: { label: 'Echo density', unit: '' }, lines } }
    },
  },
  {
    id: 'plate-decay',
    part: PART,
    what: 'Plate, 2 s: error of the decay time, 250 Hz to 1 kHz',
    unit: '%',
    bar: { most: 5 },
    source: 'Dattorro 1997',
    measure: () => {
      const { left } = render('plate', { mix: 1, decay: 2, predelay: 0, damping: 20_000 }, impulse(2.4 * RATE))
      const errors = [250, 500, 1000].map((hz) => 100 * Math.abs(decayTime(band(left, hz, RATE), RATE) / 2 - 1))
      return {
        value: Math.max(...errors),
        plot: {
          x: { label: 'Time', unit: 's' },
          y: { label: 'Energy left', unit: 'dB' },
          lines: [{ label: 'plate', points: decayCurve(left) }],
        },
      }
    },
  },
  {
    id: 'convolution-null',
    part: PART,
    what: 'Convolution with 50 000 taps: difference from the direct sum in double precision',
    unit: 'dB',
    bar: { most: -120 },
    source: 'Gardner 1995; Wefers 2014',
    measure: () => {
      const h = noise(50_000, 3).map((v, n) => v * Math.exp((-5 * n) / 50_000))
      const input = noise(60_000, 1)
      const rig = withAsset('impulse', [h], RATE, () => new Rig('convolution', { mix: 1 }))
      const { left } = rig.process(input)
      rig.free()
      const wanted = convolved(input, h)
      const gain = 1 / Math.sqrt(h.reduce((sum, v) => sum + v * v, 0))
      let [error, signal] = [0, 0]
      for (let n = 0; n < left.length; n++) {
        error += (left[n] - gain * wanted[n]) ** 2
        signal += (gain * wanted[n]) ** 2
      }
      return { value: 10 * Math.log10(error / signal) }
    },
  },
  {
    id: 'panner-power',
    part: PART,
    what: 'Panner: change of the power from place to place, equal-power law',
    unit: 'dB',
    bar: { most: 0.01 },
    source: 'equal-power law',
    measure: () => {
      const points = Array.from({ length: 41 }, (_, i): [number, number] => {
        const { left, right } = render('panner', { pan: i / 20 - 1 }, new Float32Array(4800).fill(0.5))
        return [i / 20 - 1, db(Math.hypot(left[4799], right[4799]))]
      })
      const levels = points.map(([, level]) => level)
      return {
        value: Math.max(...levels) - Math.min(...levels),
        plot: {
          x: { label: 'Pan', unit: '' },
          y: { label: 'Power', unit: 'dB' },
          lines: [{ label: 'left and right', points }],
        },
      }
    },
  },
  {
    id: 'binaural-level',
    part: PART,
    what: 'Binaural: level of the far ear below the near one at 90 degrees, 4 kHz, against the sphere of Duda and Martens',
    unit: 'dB',
    bar: { most: 1 },
    source: 'Brown and Duda 1998; Duda and Martens 1998',
    measure: () => {
      const rig = new Rig('binaural', { mix: 1, elevation: 0, distance: 1, spread: 0, pinna: 0, azimuth: 90 })
      const { left, right } = rig.process(impulse(512))
      rig.free()
      const level = (h: Float32Array, hz: number): number => {
        let [re, im] = [0, 0]
        for (let n = 0; n < h.length; n++) {
          re += h[n] * Math.cos((2 * Math.PI * hz * n) / RATE)
          im -= h[n] * Math.sin((2 * Math.PI * hz * n) / RATE)
        }
        return db(Math.hypot(re, im))
      }
      const difference = (hz: number): number => Math.abs(level(right, hz) - level(left, hz))
      const want = sphereDb(4000, 0) - sphereDb(4000, Math.PI)
      const points = logSteps(200, 8000, 60).map((hz): [number, number] => [hz, difference(hz)])
      return {
        value: Math.abs(difference(4000) - Math.abs(want)),
        plot: {
          x: { label: 'Frequency', unit: 'Hz', log: true },
          y: { label: 'Between the ears', unit: 'dB' },
          lines: [{ label: '90 degrees', points }],
        },
      }
    },
  },
]
