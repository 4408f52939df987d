// Figures of what delays and moves: delays, chorus, flanger, phaser, tremolo, vibrato, rotary speaker, looper (Node).
import { effects, render, Rig, type Values } from '../test/effects/rig.ts'
import { parameterSteps } from '../test/effects/steps.ts'
import { db, impulse, noise, peak, response, rms, sine, spectrum } from '../test/effects/signals.ts'
import { ALL_RATES, DECIBELS, HERTZ, logSteps, spectrumPoints, type Row } from './row.ts'

const PART = 'Delay and modulation'
const N = 65_536

interface FlatOf {
  readonly id: string
  readonly what: string
  readonly effect: string
  readonly values: Values
  readonly seconds: number
  readonly height: number
}
/** Level of an echo at eight places between two frames. */
const flat = ({ id, what, effect, values, seconds, height }: FlatOf): Row => ({
  id,
  part: PART,
  what: `${what}: level to 18 kHz at any fraction of a frame`,
  unit: 'dB',
  bar: { most: 0.1 },
  source: 'Dattorro 1997; 16-tap sinc',
  rates: ALL_RATES,
  measure: ({ sampleRate }) => {
    const points = logSteps(100, 18_000, 90)
    let value = 0
    let shown: number[] = []
    for (let k = 0; k < 8; k++) {
      const time = (Math.round(seconds * sampleRate) + k / 8) / sampleRate
      const rig = new Rig(effect, { ...values, mix: 1, feedback: 0, time }, sampleRate)
      const { left, right } = rig.process(impulse(Math.round(seconds * sampleRate) + 4096, 0, height))
      rig.free()
      const gains = response(peak(left) > peak(right) ? left : right, points, sampleRate).map((g) => g - db(height))
      value = Math.max(value, ...gains.map(Math.abs))
      if (k === 4) shown = gains
    }
    const lines = [{ label: 'half a frame', points: points.map((hz, i): [number, number] => [hz, shown[i]]) }]
    return { value, plot: { x: HERTZ, y: DECIBELS, lines } }
  },
})

/** Largest second difference: a step stands far above a tone's own. */
function bend(x: Float32Array): number {
  let worst = 0
  for (let n = 2; n < x.length; n++) worst = Math.max(worst, Math.abs(x[n] - 2 * x[n - 1] + x[n - 2]))
  return worst
}

interface ZipperOf {
  readonly effect: string
  readonly name: string
  readonly values: Values
  readonly tones: readonly number[]
  /** Hz beside the tone that its own sweep may take. */
  readonly reach: (hz: number) => number
}
/** Everything further from a tone than its own sweep reaches, in dB of it. */
const zipper = ({ effect, name, values, tones, reach }: ZipperOf): Row => ({
  id: `${effect}-zipper`,
  part: PART,
  what: `${name}: loudest component beside a swept tone of ${tones.map((hz) => `${hz / 1000} kHz`).join(' or ')}`,
  unit: 'dB',
  bar: { most: -100 },
  source: 'Dattorro 1997; swept per sample',
  rates: ALL_RATES,
  measure: ({ sampleRate }) => {
    let [value, points]: [number, [number, number][]] = [-Infinity, []]
    const size = sampleRate > 50_000 ? 2 * N : N
    for (const hz of tones) {
      const input = sine(hz, size + sampleRate, sampleRate)
      const mags = spectrum(render(effect, values, input, undefined, sampleRate).left.subarray(sampleRate), 20)
      const bin = sampleRate / size
      let [tone, rest] = [0, 0]
      for (let k = 20; k < mags.length; k++) {
        if (Math.abs(k * bin - hz) < reach(hz)) tone = Math.max(tone, mags[k])
        else rest = Math.max(rest, mags[k])
      }
      if (db(rest / tone) <= value) continue
      ;[value, points] = [db(rest / tone), spectrumPoints(mags, sampleRate, tone)]
    }
    return { value, plot: { x: HERTZ, y: DECIBELS, lines: [{ label: 'swept', points }] } }
  },
})

/** Where n stages turn by odd multiples of 180 degrees: 2 atan(f / fc) each, warped by the trapezoidal rule. */
const phaserNotches = (stages: number, hz: number, sampleRate: number): number[] =>
  Array.from({ length: stages / 2 }, (_, k) => {
    const turned = Math.tan(((2 * k + 1) * Math.PI) / (2 * stages))
    return (sampleRate / Math.PI) * Math.atan(Math.tan((Math.PI * hz) / sampleRate) * turned)
  })

/** Pitch of each cycle of a 1 kHz tone, in cents of it. */
function cycleCents(x: Float32Array, from: number, sampleRate: number): number[] {
  const ups: number[] = []
  for (let n = from; n < x.length; n++) if (x[n - 1] < 0 && x[n] >= 0) ups.push(n - x[n] / (x[n] - x[n - 1]))
  return ups.slice(1).map((at, i) => 1200 * Math.log2(sampleRate / 1000 / (at - ups[i])))
}

/** The rate in Hz that the level of `x` holds most of, between 0.4 and 15 Hz. */
export function swellRate(x: Float32Array, sampleRate: number): number {
  const step = Math.round(sampleRate / 200)
  const levels = Array.from({ length: Math.floor(x.length / step) }, (_, k) =>
    rms(x.subarray(step * k, step * (k + 1))),
  )
  const mean = levels.reduce((a, b) => a + b, 0) / levels.length
  let best = { rate: 0, size: 0 }
  for (let rate = 0.4; rate < 15; rate += 0.02) {
    let [re, im] = [0, 0]
    levels.forEach((v, i) => {
      const w = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / levels.length)
      const turn = (2 * Math.PI * rate * i * step) / sampleRate
      re += w * (v - mean) * Math.cos(turn)
      im += w * (v - mean) * Math.sin(turn)
    })
    const size = Math.hypot(re, im)
    if (size > best.size) best = { rate, size }
  }
  return best.rate
}

/** The song that effects in time with it hear. */
const SONG = { bpm: 83, beat: 0, playing: true }

const NOTCH = { bar: { most: -40 }, unit: 'dB', part: PART, rates: ALL_RATES } as const

export const DELAYS: readonly Row[] = [
  flat({ id: 'delay-response', what: 'Delay', effect: 'delay', values: {}, seconds: 0.1, height: 1 }),
  flat({
    id: 'tape-response',
    what: 'Tape delay without drive',
    effect: 'tape',
    values: { drive: 0, tone: 20_000, lowCut: 20, wow: 0, flutter: 0 },
    seconds: 0.1,
    height: 0.01,
  }),
  {
    id: 'delay-time',
    part: PART,
    what: 'Delay and ping-pong: distance of the first echo from its time, 1 ms to 2 s',
    unit: 'frames',
    bar: { most: 1 },
    source: 'Dattorro 1997',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = 0
      for (const id of ['delay', 'pingpong'])
        for (const time of [0.001, 0.0123, 0.125, 0.5, 2]) {
          const values = { mix: 1, feedback: 0, time }
          const { left } = render(id, values, impulse(Math.ceil(2.1 * sampleRate)), undefined, sampleRate)
          const at = left.indexOf(left.reduce((a, b) => Math.max(a, b), 0))
          value = Math.max(value, Math.abs(at - time * sampleRate))
        }
      return { value }
    },
  },
  {
    id: 'delay-click',
    part: PART,
    what: 'Delay: largest bend of a 100 Hz tone while its time changes, as a multiple of a full-scale step',
    unit: '',
    bar: { most: 0.001 },
    source: 'crossfaded reads',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const rig = new Rig('delay', { mix: 1, time: 0.1, feedback: 0 }, sampleRate)
      const input = sine(100, sampleRate, sampleRate, 0.5)
      rig.process(input)
      let value = 0
      for (const time of [0.2, 0.013, 1.1, 0.5]) value = Math.max(value, bend(rig.set({ time }).process(input).left))
      rig.free()
      return { value }
    },
  },
  zipper({
    effect: 'chorus',
    name: 'Chorus',
    values: { rate: 2, depth: 1, mix: 1, voices: 3 },
    tones: [1000, 5000],
    reach: () => 400,
  }),
  zipper({
    effect: 'ensemble',
    name: 'Ensemble',
    values: { rate: 0.6, depth: 1, mix: 1 },
    tones: [1000, 5000],
    reach: () => 500,
  }),
  zipper({
    effect: 'flanger',
    name: 'Flanger',
    values: { rate: 1, depth: 1, feedback: 0, mix: 1 },
    tones: [1000, 5000],
    reach: () => 300,
  }),
  zipper({
    effect: 'phaser',
    name: 'Phaser',
    values: { rate: 5, depth: 1, feedback: 0, mix: 1 },
    tones: [2000],
    reach: () => 560,
  }),
  zipper({
    effect: 'vibrato',
    name: 'Vibrato',
    values: { rate: 5, depth: 50 },
    tones: [1000, 5000],
    reach: (hz) => 200 + 0.1 * hz,
  }),
  {
    ...NOTCH,
    id: 'flanger-notch',
    what: 'Flanger at rest, mix 50 %: level of its shallowest notch below 10 kHz, at any feedback',
    source: 'Smith, Physical Audio Signal Processing',
    measure: ({ sampleRate }) => {
      let value = -Infinity
      const shown = logSteps(200, 20_000, 200)
      const lines = [0, 0.85, 0.5, -0.5].map((feedback) => {
        // At rest the delay is 0.25 ms: notches at 2, 6 and 10 kHz.
        const { left } = render('flanger', { depth: 0, feedback, mix: 0.5 }, impulse(8000), undefined, sampleRate)
        value = Math.max(value, ...response(left, [2000, 6000, 10_000], sampleRate))
        const gains = response(left, shown, sampleRate)
        return { label: `feedback ${feedback}`, points: shown.map((hz, i): [number, number] => [hz, gains[i]]) }
      })
      return { value, plot: { x: HERTZ, y: DECIBELS, lines: lines.slice(0, 2) } }
    },
  },
  {
    ...NOTCH,
    id: 'phaser-notch',
    what: 'Phaser at rest, mix 50 %, 4 to 8 stages: level of its shallowest notch',
    source: 'Smith, Physical Audio Signal Processing',
    measure: ({ sampleRate }) => {
      let value = -Infinity
      const shown = logSteps(50, 20_000, 200)
      const lines = [
        [4, 0],
        [6, 0],
        [8, 0],
        [6, 0.7],
      ].map(([stages, feedback]) => {
        const values = { depth: 0, feedback, mix: 0.5, stages: String(stages), frequency: 1000 }
        const { left } = render('phaser', values, impulse(sampleRate / 5), undefined, sampleRate)
        value = Math.max(value, ...response(left, phaserNotches(stages, 1000, sampleRate), sampleRate))
        const gains = response(left, shown, sampleRate)
        return { label: `${stages} stages`, points: shown.map((hz, i): [number, number] => [hz, gains[i]]) }
      })
      return { value, plot: { x: HERTZ, y: DECIBELS, lines: lines.slice(0, 3) } }
    },
  },
  {
    id: 'vibrato-depth',
    part: PART,
    what: 'Vibrato: error of its depth, 20 to 200 cents',
    unit: '%',
    bar: { most: 2 },
    source: 'delay from the integral of the pitch',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const errors = [
        [5.5, 25],
        [2, 50],
        [5, 100],
        [8, 200],
        [0.5, 20],
      ].flatMap(([rate, depth]) => {
        const input = sine(1000, 2.5 * sampleRate, sampleRate)
        const { left } = render('vibrato', { rate, depth }, input, undefined, sampleRate)
        const all = cycleCents(left, 0.5 * sampleRate, sampleRate)
        return [Math.max(...all) / depth - 1, -Math.min(...all) / depth - 1]
      })
      return { value: 100 * Math.max(...errors.map(Math.abs)) }
    },
  },
  {
    id: 'tremolo-depth',
    part: PART,
    what: 'Tremolo: distance of its lowest and highest level from what is stated, at any depth',
    unit: 'dB',
    bar: { most: 0.1 },
    source: 'gain by formula',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const errors = [0.25, 0.5, 0.75].flatMap((depth) => {
        const held = new Float32Array(sampleRate).fill(0.5)
        const { left } = render('tremolo', { depth, rate: 4, shape: 'sine' }, held, undefined, sampleRate)
        const settled = left.subarray(sampleRate / 4)
        const [low, high] = settled.reduce(([l, h], v) => [Math.min(l, v), Math.max(h, v)], [1, 0])
        return [db(low / 0.5 / (1 - depth)), db(high / 0.5)]
      })
      return { value: Math.max(...errors.map(Math.abs)) }
    },
  },
  {
    id: 'rotary-rate',
    part: PART,
    what: 'Rotary speaker: error of the rates at which horn and drum swell',
    unit: '%',
    bar: { most: 2 },
    source: 'Smith, Serafin, Abel and Berners 2002',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const cases: [Values, number, number][] = [
        [{ balance: 1, speed: 'fast', fast: 6.7 }, 3000, 6.7],
        [{ balance: -1, speed: 'fast', fast: 6.7 }, 200, 6.7 * 0.84],
        [{ balance: 1, speed: 'slow', slow: 1 }, 3000, 1],
      ]
      const errors = cases.map(([values, hz, wanted]) => {
        const { left } = render(
          'rotary',
          { drive: 0, ...values },
          sine(hz, 3 * sampleRate, sampleRate),
          undefined,
          sampleRate,
        )
        return Math.abs(swellRate(left, sampleRate) / wanted - 1)
      })
      return { value: 100 * Math.max(...errors) }
    },
  },
  {
    id: 'looper-repeat',
    part: PART,
    what: 'Looper: difference of what it repeats from what was played, behind the fades of the seam',
    unit: '',
    bar: { most: 0 },
    source: 'identity',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const rig = new Rig('looper', { mode: 'record' }, sampleRate)
      rig.silence(3200)
      const [x, y] = [noise(19_200, 1, 0.5), noise(19_200, 2, 0.5)]
      rig.process(x, y)
      const first = rig.set({ mode: 'play' }).silence(19_200)
      const second = rig.silence(19_200)
      rig.free()
      const from = Math.ceil(0.01 * sampleRate)
      const off = (a: Float32Array, b: Float32Array): number => peak(a.map((v, n) => v - b[n]).subarray(from))
      return { value: Math.max(off(first.left, x), off(first.right, y), off(second.left, first.left)) }
    },
  },
  {
    id: 'effect-steps',
    part: PART,
    what: 'Every parameter of every effect, from one end to the other: loudest burst above 10 kHz beside a 100 Hz tone',
    unit: 'dB',
    bar: { most: -60 },
    source: 'smoothing of each parameter in its own domain',
    note: 'Where the effect itself sends as much up there while nothing moves, within 6 dB of that.',
    rates: ALL_RATES,
    measure: ({ sampleRate, whole }) => {
      let value = -Infinity
      for (const spec of effects.slice(0, whole ? undefined : 2))
        for (const { burst, floor } of parameterSteps(spec, sampleRate, whole ? 30 : 12, SONG))
          if (burst > floor + 6) value = Math.max(value, burst)
      return { value }
    },
  },
]
