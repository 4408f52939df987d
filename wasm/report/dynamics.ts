// Figures of compressors, gates, crossovers (Node).
import { compressorGain } from '../test/effects/reference.ts'
import { render, type Values } from '../test/effects/rig.ts'
import { db, impulse, noise, peak, response, rms, sine, spectrum } from '../test/effects/signals.ts'
import { ALL_RATES, DECIBELS, HERTZ, logSteps, spectrumPoints, type Row } from './row.ts'

export const PART = 'Dynamics'
const COMPRESSOR = 'Giannoulis, Massberg and Reiss 2012'
export const gainOf = (level: number): number => 10 ** (level / 20)
const GAIN = { label: 'Gain', unit: 'dB' } as const
const INPUT = { label: 'Input', unit: 'dBFS' } as const

/** Settled gain of a tone in dB. */
function settledGain(values: Values, level: number, hz: number, sampleRate: number): number {
  const input = sine(hz, sampleRate / 2, sampleRate, gainOf(level))
  const { left } = render('compressor', { attack: 0.005, release: 0.02, ...values }, input, undefined, sampleRate)
  const late = (x: Float32Array): Float32Array => x.subarray(0.3 * sampleRate)
  return db(rms(late(left))) - db(rms(late(input)))
}

/** Attack and release until 63 % of the way in dB, as shares of what is stated. */
function compressorTimes(attack: number, release: number, sampleRate: number): [number, number] {
  const [on, off] = [0.1, 0.1 + 8 * attack]
  const input = sine(5000, Math.round((off + 5 * release) * sampleRate), sampleRate, gainOf(-50))
  for (let n = Math.round(on * sampleRate); n < off * sampleRate; n++) input[n] *= gainOf(44)
  const values = { threshold: -26, ratio: 2, knee: 0, attack, release }
  const { left } = render('compressor', values, input, undefined, sampleRate)
  /** Gain in dB, from samples around that are not near a crossing of zero. */
  const gainAt = (seconds: number): number => {
    const at = Math.round(seconds * sampleRate)
    let [a, b] = [0, 0]
    for (let n = at - 5; n <= at + 5; n++) {
      a += left[n] * input[n]
      b += input[n] ** 2
    }
    return db(a / b)
  }
  const time = (from: number, whole: number, start: number, end: number): number => {
    const goal = start + (end - start) * (1 - Math.exp(-1))
    for (let t = from + 6 / sampleRate; t < from + whole; t += 1 / sampleRate)
      if (end < start ? gainAt(t) <= goal : gainAt(t) >= goal) return t - from
    return Infinity
  }
  return [time(on, 8 * attack, 0, -10) / attack, time(off, 5 * release, -10, 0) / release]
}

/** Harmonics 2 to 99 of a tone at bin `k`, in dB of it. */
function distortion(mags: Float64Array, k: number): number {
  let sum = 0
  for (let h = 2; h < 100 && h * k < mags.length; h++) sum += mags[h * k] ** 2
  return db(Math.sqrt(sum) / mags[k])
}
/** A tone of whole cycles in 65536 frames, once it has settled. */
function settledTone(id: string, values: Values, hz: number, sampleRate: number) {
  const size = 65_536
  const k = Math.round((hz * size) / sampleRate)
  const input = sine((k * sampleRate) / size, size + 2 * sampleRate, sampleRate)
  const mags = spectrum(render(id, values, input, undefined, sampleRate).left.subarray(2 * sampleRate), 14)
  return { mags, k }
}
export const thd = (
  id: string,
  what: string,
  most: number,
  source: string,
  values: Values,
  hz: number,
  effect: string,
): Row => ({
  id,
  part: PART,
  what,
  unit: 'dB',
  bar: { most },
  source,
  rates: ALL_RATES,
  measure: ({ sampleRate }) => {
    const { mags, k } = settledTone(effect, values, hz, sampleRate)
    const lines = [{ label: `${hz} Hz`, points: spectrumPoints(mags, sampleRate, mags[k], -180) }]
    return { value: distortion(mags, k), plot: { x: HERTZ, y: DECIBELS, lines } }
  },
})

const QUICK = { attack: 0.001, hold: 0.001, release: 0.02 }
/** Settled gain in dB of a tone at `level` after one at `before`. */
function gainAfter(id: string, values: Values, before: number, level: number, sampleRate: number): number {
  const input = sine(1000, 2 * sampleRate, sampleRate)
  for (let n = 0; n < input.length; n++) {
    const way = Math.min(Math.max((n - sampleRate) / (0.05 * sampleRate), 0), 1) // a step would have a spectrum of its own
    input[n] *= gainOf(before + (level - before) * way)
  }
  const { left } = render(id, values, input, undefined, sampleRate)
  const late = (x: Float32Array): number => rms(x.subarray(1.5 * sampleRate))
  return db(late(left) / late(input))
}
const expanderGain = (level: number, threshold: number, ratio: number, knee: number): number => {
  const below = threshold - level
  const inside = Math.min(Math.max(below + knee / 2, 0), knee)
  const curve = knee > 0 ? inside ** 2 / (2 * knee) + Math.max(below - knee / 2, 0) : Math.max(below, 0)
  return Math.max((1 - ratio) * curve, -60)
}

/** How often a gate closes on a tone that wobbles by 1 dB about its threshold, once the tone has lasted 50 ms. */
function gateCloses(hz: number, sampleRate: number): number {
  const dice = noise(4100, 5)
  const input = sine(hz, 2 * sampleRate, sampleRate, gainOf(-45))
  for (let n = 0; n < input.length; n++) {
    const at = n / (0.01 * sampleRate)
    const [a, b] = [dice[Math.floor(at)], dice[Math.floor(at) + 1]]
    input[n] *= gainOf(a + (b - a) * (at % 1))
  }
  const { left } = render('gate', { ...QUICK, release: 0.005 }, input, undefined, sampleRate)
  let [closes, opens, open] = [0, 0, false]
  input.forEach((x, n) => {
    if (Math.abs(x) < 1e-4) return
    const gain = left[n] / x
    if (open ? gain > 0.5 : gain < 0.5) return
    open = !open
    if (open) opens++
    else if (n > 0.05 * sampleRate) closes++
  })
  return opens > 0 ? closes : Infinity
}

/** Second-order Butterworth all-pass (bilinear, matched at the corner): what LR4 halves add up to. */
function allpass(x: readonly number[], corner: number, sampleRate: number): number[] {
  const g = Math.tan((Math.PI * corner) / sampleRate)
  const [over, under] = [1 + Math.SQRT2 * g + g * g, 1 - Math.SQRT2 * g + g * g]
  const [b0, b1] = [under / over, (2 * (g * g - 1)) / over]
  let [s1, s2] = [0, 0]
  return x.map((v) => {
    const y = b0 * v + s1
    s1 = b1 * v - b1 * y + s2
    s2 = v - b0 * y
    return y
  })
}
const IDLE = Object.fromEntries([1, 2, 3, 4].map((k) => [`band${k}Ratio`, 1]))
const CORNERS = { lowCrossover: 100, midCrossover: 900, highCrossover: 7000 }

export const DYNAMICS: readonly Row[] = [
  {
    id: 'compressor-curve',
    part: PART,
    what: 'Compressor: settled gain against its static curve, -54 to 6 dBFS',
    unit: 'dB',
    bar: { most: 0.1 },
    source: COMPRESSOR,
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = 0
      const lines = [
        [-18, 3, 6],
        [-30, 2, 24],
        [-40, 20, 0],
        [-12, 1.5, 12],
      ].map(([threshold, ratio, knee]) => {
        const points: [number, number][] = []
        for (let level = -54; level <= 6; level += 5) {
          const gain = settledGain({ threshold, ratio, knee }, level, 1000, sampleRate)
          value = Math.max(value, Math.abs(gain - compressorGain(level, threshold, ratio, knee)))
          points.push([level, level + gain])
        }
        return { label: `${threshold} dB, ${ratio}:1`, points }
      })
      return { value, plot: { x: INPUT, y: { label: 'Output', unit: 'dBFS' }, lines } }
    },
  },
  {
    id: 'compressor-tones',
    part: PART,
    what: 'Compressor: settled gain of tones from 25 Hz to 20 kHz against its static curve, peak and RMS',
    unit: 'dB',
    bar: { most: 0.1 },
    source: COMPRESSOR,
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const lines = ['peak', 'rms'].map((detector) => ({
        label: detector,
        points: [25, 50, 100, 440, 3000, 11_025, 12_000, 20_000].map((hz): [number, number] => [
          hz,
          settledGain({ threshold: -30, ratio: 4, knee: 0, detector }, -10, hz, sampleRate),
        ]),
      }))
      const wanted = compressorGain(-10, -30, 4, 0)
      const value = Math.max(...lines.flatMap(({ points }) => points.map(([, gain]) => Math.abs(gain - wanted))))
      return { value, plot: { x: HERTZ, y: GAIN, lines } }
    },
  },
  {
    id: 'compressor-times',
    part: PART,
    what: 'Compressor: error of attack and release times, 63 % of the way in dB, 2 to 500 ms',
    unit: '%',
    bar: { most: 5 },
    source: COMPRESSOR,
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const shares = [
        [0.002, 0.05],
        [0.03, 0.2],
        [0.1, 0.5],
      ].flatMap(([attack, release]) => compressorTimes(attack, release, sampleRate))
      return { value: 100 * Math.max(...shares.map((share) => Math.abs(share - 1))) }
    },
  },
  thd(
    'compressor-thd',
    'Compressor, attack and release 50 ms: distortion of a 100 Hz tone 12 dB above the threshold',
    -80,
    COMPRESSOR,
    { threshold: -12, ratio: 4, attack: 0.05, release: 0.05 },
    100,
    'compressor',
  ),
  {
    id: 'gate-threshold',
    part: PART,
    what: 'Gate: distance of the levels at which it opens and closes from what is stated',
    unit: 'dB',
    bar: { most: 0.1 },
    source: 'Giannoulis, Massberg and Reiss 2012; hysteresis and hold',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = 0
      for (const [threshold, hysteresis] of [
        [-45, 4],
        [-10, 0],
        [-60, 12],
      ]) {
        const values = { ...QUICK, threshold, hysteresis }
        const closed = (before: number, level: number): boolean =>
          gainAfter('gate', values, before, level, sampleRate) < -40
        // Where it turns lies between the last level on one side and the first on the other.
        for (const [before, turn] of [
          [-100, threshold],
          [0, threshold - hysteresis],
        ]) {
          let off = 0
          for (const step of [0.025, 0.05, 0.075, 0.1, 0.2])
            if (!closed(before, turn - step) || closed(before, turn + step)) off = step
          value = Math.max(value, off)
        }
      }
      return { value }
    },
  },
  {
    id: 'gate-chatter',
    part: PART,
    what: 'Gate: how often it closes on tones that wobble by 1 dB about its threshold, 40 Hz to 1 kHz',
    unit: '',
    bar: { most: 0 },
    source: 'hysteresis and hold',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => ({
      value: Math.max(...[40, 100, 1000].map((hz) => gateCloses(hz, sampleRate))),
    }),
  },
  {
    id: 'expander-curve',
    part: PART,
    what: 'Expander: settled gain against its static curve, -60 to -6 dBFS',
    unit: 'dB',
    bar: { most: 0.1 },
    source: COMPRESSOR,
    rates: ALL_RATES,
    measure: ({ sampleRate, whole }) => {
      let value = 0
      const lines = [
        [-40, 2, 6],
        [-20, 4, 0],
        [-30, 1.5, 24],
      ].map(([threshold, ratio, knee]) => {
        const points: [number, number][] = []
        for (let level = -60; level <= -6; level += whole ? 3 : 9) {
          const values = { ...QUICK, threshold, ratio, knee, range: -60, hysteresis: 0 }
          const gain = gainAfter('expander', values, -100, level, sampleRate)
          value = Math.max(value, Math.abs(gain - expanderGain(level, threshold, ratio, knee)))
          points.push([level, gain])
        }
        return { label: `${threshold} dB, 1:${ratio}`, points }
      })
      return { value, plot: { x: INPUT, y: GAIN, lines } }
    },
  },
  {
    id: 'crossover-flat',
    part: PART,
    what: 'Crossover, three and four bands: flatness of the sum, 20 Hz to 20 kHz',
    unit: 'dB',
    bar: { most: 0.01 },
    source: 'Linkwitz-Riley with all-pass compensation',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const points = logSteps(20, 20_000, 80)
      let value = 0
      const lines = ['3', '4'].flatMap((bands) =>
        ([{}, { lowCrossover: 300, midCrossover: 350, highCrossover: 1500 }] as Values[]).map((corners) => {
          const values = { ...IDLE, ...corners, bands }
          const { left } = render('multiband', values, impulse(1 << 14, 100), undefined, sampleRate)
          const levels = response(left, points, sampleRate)
          value = Math.max(value, ...levels.map(Math.abs))
          return { label: `${bands} bands`, points: points.map((hz, i): [number, number] => [hz, levels[i]]) }
        }),
      )
      return { value, plot: { x: HERTZ, y: DECIBELS, lines: [lines[0], lines[2]] } }
    },
  },
  {
    id: 'multiband-null',
    part: PART,
    what: 'Multiband compressor at ratio 1: difference from the input through three all-passes',
    unit: 'dB',
    bar: { most: -110 },
    source: 'Linkwitz-Riley with all-pass compensation',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const x = noise(24_000, 3)
      const { left } = render('multiband', { ...IDLE, ...CORNERS }, x, undefined, sampleRate)
      const wanted = Object.values(CORNERS).reduce<number[]>((y, f) => allpass(y, f, sampleRate), Array.from(x))
      return { value: db(peak(left.map((v, n) => v - wanted[n]))) }
    },
  },
  {
    id: 'deesser-flat',
    part: PART,
    what: 'De-esser while it has nothing to do: flatness, 20 Hz to 20 kHz',
    unit: 'dB',
    bar: { most: 0.01 },
    source: 'Linkwitz-Riley',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const { left } = render('deesser', {}, impulse(1 << 14, 100, 1e-3), undefined, sampleRate)
      return { value: Math.max(...response(left, logSteps(20, 20_000, 80), sampleRate).map((g) => Math.abs(g + 60))) }
    },
  },
]
