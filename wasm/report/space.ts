// Figures of rooms and places: reverb, plate, convolution, panning, width, the head (Node).
import { band, decayTime, echoDensity } from '../test/effects/decay.ts'
import { plateReference } from '../test/effects/plateReference.ts'
import { convolved, spherePressure } from '../test/effects/reference.ts'
import { render, Rig, withAsset, type Values } from '../test/effects/rig.ts'
import { db, impulse, noise, peak, rms } from '../test/effects/signals.ts'
import { ALL_RATES, DECIBELS, HERTZ, logSteps, SECONDS, type Row } from './row.ts'

const PART = 'Space'
const OCTAVES = [125, 250, 500, 1000, 2000, 4000, 8000]
/** Thirds of an octave from 200 Hz to 4 kHz, Hz. */
const THIRDS = [200, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150, 4000]
const TYPES = ['room', 'chamber', 'hall', 'cathedral']
const LATE = { mix: 1, predelay: 0, early: 0, lowCut: 20 }
const EVEN = { ...LATE, lowDecay: 1, highDecay: 1 }
const REVERB = 'Jot 1991; Schlecht 2017'

function tailOf(id: string, values: Values, seconds: number, sampleRate: number): Float32Array {
  return render(id, values, impulse(Math.round(sampleRate * seconds)), undefined, sampleRate).left
}
/** Energy left, backward-integrated, in dB. */
function decayCurve(h: Float32Array, sampleRate: number): [number, number][] {
  const energy = new Float64Array(h.length + 1)
  for (let n = h.length - 1; n >= 0; n--) energy[n] = energy[n + 1] + h[n] ** 2
  const step = Math.ceil(h.length / 120)
  return Array.from({ length: 120 }, (_, i): [number, number] => [
    (i * step) / sampleRate,
    Math.max(-90, 10 * Math.log10((energy[Math.min(i * step, h.length)] + 1e-30) / energy[0])),
  ]).filter(([, level]) => level > -90)
}
/** Level of each third of an octave between two times, against their mean. */
function thirdLevels(h: Float32Array, sampleRate: number, [from, to]: readonly [number, number]): [number, number][] {
  const levels = THIRDS.map((hz) => {
    const y = band(h, hz, sampleRate).subarray(from * sampleRate, to * sampleRate)
    return db(Math.sqrt(y.reduce((sum, v) => sum + v * v, 0) / hz))
  })
  const mean = levels.reduce((a, b) => a + b) / levels.length
  return levels.map((level, i): [number, number] => [THIRDS[i], level - mean])
}
const worstOf = (points: readonly (readonly [number, number])[]): number =>
  Math.max(...points.map(([, v]) => Math.abs(v)))
const ENERGY = { label: 'Energy left', unit: 'dB' } as const
const reverb = (row: Pick<Row, 'id' | 'what' | 'unit' | 'bar' | 'measure'> & Partial<Row>): Row => ({
  part: PART,
  source: REVERB,
  rates: ALL_RATES,
  ...row,
})

type Complex = readonly [re: number, im: number]
function responseAt(h: Float32Array, hz: number, sampleRate: number): Complex {
  let [re, im] = [0, 0]
  for (let n = 0; n < h.length; n++) {
    re += h[n] * Math.cos((2 * Math.PI * hz * n) / sampleRate)
    im -= h[n] * Math.sin((2 * Math.PI * hz * n) / sampleRate)
  }
  return [re, im]
}
const levelOf = ([re, im]: Complex): number => db(Math.hypot(re, im))
/** Phase of a over b, -pi..pi. */
const between = (a: Complex, b: Complex): number => Math.atan2(a[1] * b[0] - a[0] * b[1], a[0] * b[0] + a[1] * b[1])
const AZIMUTHS = [0, 17, 30, 45, 63, 77, 90, 112, 135, 158, 180]
const EAR_HZ = [150, 250, 400, 630, 1000, 1500, 2000, 2500, 3150, 4000, 5000]
const SPHERE = 'Brown and Duda 1998; Duda and Martens 1998'

/** Both ears of the panner and of the sphere, for each place and frequency. */
function ears<T>(
  sampleRate: number,
  read: (own: [Complex, Complex], sphere: [Complex, Complex], hz: number) => T,
): T[] {
  return AZIMUTHS.flatMap((azimuth) => {
    const rig = new Rig('binaural', { mix: 1, elevation: 0, distance: 1, spread: 0, pinna: 0, azimuth }, sampleRate)
    const { left, right } = rig.process(impulse(512))
    rig.free()
    const incidence = Math.acos(Math.sin((azimuth * Math.PI) / 180))
    return EAR_HZ.map((hz) => {
      const own: [Complex, Complex] = [responseAt(right, hz, sampleRate), responseAt(left, hz, sampleRate)]
      return read(own, [spherePressure(hz, incidence), spherePressure(hz, Math.PI - incidence)], hz)
    })
  })
}

const energyOf = (x: Float32Array | Float64Array): number => {
  let sum = 0
  for (const v of x) sum += v * v
  return sum
}

export const SPACE: readonly Row[] = [
  reverb({
    id: 'reverb-decay',
    what: 'Reverb, all types, 1 to 10 s: error of the decay time in every octave, 125 Hz to 8 kHz',
    unit: '%',
    bar: { most: 5 },
    source: `${REVERB}; measured as T30 (ISO 3382)`,
    heldAt: { 44_100: { most: 5.5 } },
    measure: ({ sampleRate, whole }) => {
      let value = 0
      const lines = TYPES.map((type) => {
        let points: [number, number][] = []
        for (const decay of whole ? [1, 2, 4, 10] : [1]) {
          const h = tailOf('reverb', { ...EVEN, type, decay }, 1.2 * decay, sampleRate)
          for (const hz of OCTAVES)
            value = Math.max(value, 100 * Math.abs(decayTime(band(h, hz, sampleRate), sampleRate) / decay - 1))
          if (decay <= 2) points = decayCurve(h, sampleRate)
        }
        return { label: type, points }
      })
      return { value, plot: { x: SECONDS, y: ENERGY, lines } }
    },
  }),
  reverb({
    id: 'reverb-density',
    what: 'Reverb, all types: least echo density from 80 ms on, 1 is Gaussian noise',
    unit: '',
    bar: { least: 0.9 },
    source: 'Abel and Huang 2006',
    measure: ({ sampleRate }) => {
      let value = Infinity
      const hop = sampleRate / 100
      const lines = TYPES.map((type) => {
        const h = tailOf('reverb', { ...EVEN, type, decay: 3 }, 0.7, sampleRate)
        const points: [number, number][] = []
        for (let at = 0; at < 0.62 * sampleRate; at += hop) {
          const density = echoDensity(h, at, sampleRate)
          if (Number.isFinite(density)) points.push([(at + hop) / sampleRate, density])
          if (at >= 0.08 * sampleRate - hop) value = Math.min(value, density)
        }
        return { label: type, points }
      })
      return { value, plot: { x: SECONDS, y: { label: 'Echo density', unit: '' }, lines } }
    },
  }),
  reverb({
    id: 'reverb-flat',
    what: 'Reverb, all types: largest distance of a third of an octave of the late response from their mean',
    unit: 'dB',
    bar: { most: 6 },
    measure: ({ sampleRate }) => {
      const lines = TYPES.map((label) => {
        const h = tailOf('reverb', { ...EVEN, type: label, decay: 3 }, 1.5, sampleRate)
        return { label, points: thirdLevels(h, sampleRate, [0.1, 1.25]) }
      })
      return { value: Math.max(...lines.map(({ points }) => worstOf(points))), plot: { x: HERTZ, y: DECIBELS, lines } }
    },
  }),
  reverb({
    id: 'reverb-mono',
    what: 'Reverb of noise: level lost in the sum of both sides',
    unit: 'dB',
    bar: { most: 3.5 },
    note: 'Sides that have nothing in common lose 3 dB.',
    measure: ({ sampleRate }) => {
      const { left, right } = render('reverb', { mix: 1 }, noise(2 * sampleRate, 3), undefined, sampleRate)
      return { value: db(rms(left) / rms(left.map((v, n) => 0.5 * (v + right[n])))) }
    },
  }),
  reverb({
    id: 'plate-decay',
    what: 'Plate, 1 to 20 s: error of the decay time, 250 Hz to 1 kHz',
    unit: '%',
    bar: { most: 5 },
    source: 'Dattorro 1997',
    measure: ({ sampleRate, whole }) => {
      let value = 0
      let points: [number, number][] = []
      for (const decay of whole ? [1, 1.5, 2, 3, 5, 10, 20] : [1, 3, 10]) {
        const input = impulse(Math.ceil(1.2 * decay * sampleRate))
        const { left, right } = render('plate', { mix: 1, predelay: 0, decay }, input, undefined, sampleRate)
        for (const side of [left, right])
          for (const hz of [250, 500, 1000])
            value = Math.max(value, 100 * Math.abs(decayTime(band(side, hz, sampleRate), sampleRate) / decay - 1))
        if (decay === 3) points = decayCurve(left, sampleRate)
      }
      return { value, plot: { x: SECONDS, y: ENERGY, lines: [{ label: 'plate, 3 s', points }] } }
    },
  }),
  reverb({
    id: 'plate-reference',
    what: 'Plate: largest distance from a plain tank in double precision, over the first second',
    unit: 'dB',
    bar: { most: -80 },
    source: 'Dattorro 1997, figure 1 and tables 1 and 2',
    note: 'Bit-exactness, which single precision cannot have against double, holds between runs.',
    rates: [48_000],
    measure: ({ sampleRate }) => {
      const input = impulse(sampleRate)
      input[300] = -0.5 // a second one, so that nothing cancels by chance
      const { left } = render('plate', { mix: 1, predelay: 0, decay: 2, damping: 7000 }, input, undefined, sampleRate)
      const wanted = plateReference(input, sampleRate, 2, 7000)
      let [worst, most] = [0, 0]
      wanted.forEach((v, n) => {
        worst = Math.max(worst, Math.abs(left[n] - v))
        most = Math.max(most, Math.abs(v))
      })
      return { value: db(worst / most) }
    },
  }),
  reverb({
    id: 'plate-flat',
    what: 'Plate: largest distance of a third of an octave of the late response from their mean',
    unit: 'dB',
    bar: { most: 6 },
    source: 'Dattorro 1997',
    measure: ({ sampleRate }) => {
      const h = tailOf('plate', { mix: 1, predelay: 0, decay: 3, damping: 20_000 }, 3, sampleRate)
      const points = thirdLevels(h, sampleRate, [0.1, 1])
      return { value: worstOf(points), plot: { x: HERTZ, y: DECIBELS, lines: [{ label: 'plate', points }] } }
    },
  }),
  {
    id: 'convolution-null',
    part: PART,
    what: 'Convolution with 1 to 60 000 taps: difference from the direct sum in double precision',
    unit: 'dB',
    bar: { most: -120 },
    source: 'Gardner 1995; Wefers 2014',
    rates: ALL_RATES,
    measure: ({ sampleRate, whole }) => {
      const input = noise(60_000, 1)
      const taps = whole ? [1, 20, 32, 33, 1000, 1024, 1025, 16_384, 16_385, 30_000, 60_000] : [33, 16_385, 50_000]
      const points = taps.map((count): [number, number] => {
        const h = noise(count, 3).map((v, n) => v * Math.exp((-5 * n) / count))
        const rig = withAsset('impulse', [h], sampleRate, () => new Rig('convolution', { mix: 1 }, sampleRate))
        const { left } = rig.process(input)
        const late = rig.latency
        rig.free()
        if (late !== 0) return [count, Infinity]
        const wanted = convolved(input, h)
        const gain = 1 / Math.sqrt(energyOf(h))
        const error = left.reduce((sum, v, n) => sum + (v - gain * wanted[n]) ** 2, 0)
        return [count, 10 * Math.log10(error / (gain * gain * energyOf(wanted)))]
      })
      return {
        value: Math.max(...points.map(([, level]) => level)),
        plot: {
          x: { label: 'Taps', unit: '', log: true },
          y: { label: 'Error', unit: 'dB' },
          lines: [{ label: 'error', points }],
        },
      }
    },
  },
  {
    id: 'panner-power',
    part: PART,
    what: 'Panner: error of the three pan laws at any place',
    unit: 'dB',
    bar: { most: 0.01 },
    source: '-3 dB: equal power; -6 dB: equal sum; -4.5 dB: their mean',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const held = new Float32Array(sampleRate / 10).fill(0.5)
      const gains = (pan: number, law: string): [number, number] => {
        const { left, right } = render('panner', { pan, law }, held, undefined, sampleRate)
        return [left.at(-1)! / 0.5, right.at(-1)! / 0.5]
      }
      let value = 0
      const points = Array.from({ length: 41 }, (_, i): [number, number] => {
        const pan = i / 20 - 1
        const [three, six, mean] = [gains(pan, '3dB'), gains(pan, '6dB'), gains(pan, '4.5dB')]
        const power = 10 * Math.log10((three[0] ** 2 + three[1] ** 2) / 2)
        value = Math.max(value, Math.abs(power), Math.abs(db((six[0] + six[1]) / 2)))
        for (const side of [0, 1])
          if (three[side] > 0.001)
            value = Math.max(value, Math.abs(db(mean[side] / Math.sqrt(three[side] * six[side]))))
        return [pan, power]
      })
      return {
        value,
        plot: {
          x: { label: 'Pan', unit: '' },
          y: { label: 'Power', unit: 'dB' },
          lines: [{ label: '-3 dB law', points }],
        },
      }
    },
  },
  {
    id: 'width-null',
    part: PART,
    what: 'Panner, width and mid/side as they are dropped in: largest difference from the input',
    unit: '',
    bar: { most: 0 },
    source: 'identity',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const [left, right] = [noise(9600, 1), noise(9600, 2)]
      const off = ['panner', 'width', 'midside'].flatMap((id) => {
        const out = render(id, {}, left, right, sampleRate)
        return [peak(out.left.map((v, n) => v - left[n])), peak(out.right.map((v, n) => v - right[n]))]
      })
      return { value: Math.max(...off) }
    },
  },
  {
    id: 'binaural-time',
    part: PART,
    what: 'Binaural: error of the time between the ears against the sphere, all round, 150 Hz to 5 kHz',
    unit: 'µs',
    bar: { most: 20 },
    source: SPHERE,
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const errors = ears(sampleRate, (own, sphere, hz) => {
        const [mine, wanted] = [between(...own), between(...sphere)]
        return Math.abs(Math.atan2(Math.sin(mine - wanted), Math.cos(mine - wanted)) / (2 * Math.PI * hz))
      })
      return { value: 1e6 * Math.max(...errors) }
    },
  },
  {
    id: 'binaural-level',
    part: PART,
    what: 'Binaural: error of the level of each ear, and between them, against the sphere, all round, 150 Hz to 5 kHz',
    unit: 'dB',
    bar: { most: 1 },
    source: SPHERE,
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const errors = ears(sampleRate, ([near, far], [nearWanted, farWanted]) => {
        const [a, b] = [levelOf(near) - levelOf(nearWanted), levelOf(far) - levelOf(farWanted)]
        return Math.max(Math.abs(a), Math.abs(b), Math.abs(a - b))
      })
      const rig = new Rig(
        'binaural',
        { mix: 1, elevation: 0, distance: 1, spread: 0, pinna: 0, azimuth: 90 },
        sampleRate,
      )
      const { left, right } = rig.process(impulse(512))
      rig.free()
      const shown = logSteps(150, 5000, 60)
      const own = shown.map((hz): [number, number] => [
        hz,
        levelOf(responseAt(right, hz, sampleRate)) - levelOf(responseAt(left, hz, sampleRate)),
      ])
      const sphere = shown.map((hz): [number, number] => [
        hz,
        levelOf(spherePressure(hz, 0)) - levelOf(spherePressure(hz, Math.PI)),
      ])
      return {
        value: Math.max(...errors),
        plot: {
          x: HERTZ,
          y: { label: 'Between the ears', unit: 'dB' },
          lines: [
            { label: '90 degrees', points: own },
            { label: 'sphere', points: sphere },
          ],
        },
      }
    },
  },
]
