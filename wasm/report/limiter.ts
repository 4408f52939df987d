// Figures of the limiter (Node).
import { render } from '../test/effects/rig.ts'
import { db, noise, peak, sine, truePeak } from '../test/effects/signals.ts'
import { gainOf, PART, thd } from './dynamics.ts'
import { ALL_RATES, type Row } from './row.ts'

const LIMITER = 'ITU-R BS.1770-5; two-stage gain smoothing'

/** A nasty programme of `seed`: noise bursts, clicks, high tones, square-like chords, level jumps. */
export function nasty(seed: number, frames: number, sampleRate: number): Float32Array {
  const x = new Float32Array(frames)
  const dice = noise(4096, seed + 1)
  let d = 0
  const roll = (): number => 0.5 + 0.5 * dice[d++ % dice.length]
  for (let at = 0; at < frames;) {
    const length = Math.floor(20 + roll() * 4000)
    const kind = Math.floor(roll() * 5)
    const level = gainOf(roll() * 40 - 20)
    const f = (20 * 1000 ** roll()) / sampleRate
    const phase = roll()
    for (let n = 0; n < length && at + n < frames; n++) {
      const turn = 2 * Math.PI * (f * n + phase)
      const value = [
        () => 2 * dice[(n * 7 + d) % dice.length],
        () => Math.sin(turn),
        () => Math.sign(Math.sin(turn)),
        () => (n % 97 === 0 ? 3 : 0),
        () => Math.sin(turn) + Math.sin(2.71 * turn) + Math.sin(3.33 * turn),
      ][kind]()
      x[at + n] = Math.fround(level * value)
    }
    at += length
  }
  return x
}

export const LIMITERS: readonly Row[] = [
  {
    id: 'limiter-true-peak',
    part: PART,
    what: 'Limiter: true peak above the ceiling on a 16-fold meter, tones to 20 kHz at the worst phases and a nasty programme',
    unit: 'dB',
    bar: { most: 0.1 },
    source: LIMITER,
    note: 'The long run takes an hour of it, with meters of 12 to 128 taps.',
    rates: ALL_RATES,
    measure: ({ sampleRate, whole }) => {
      let value = -Infinity
      const over = (input: Float32Array, taps: number): void => {
        const { left } = render('limiter', { ceiling: -1, release: 0.03 }, input, undefined, sampleRate)
        value = Math.max(value, db(truePeak(left.subarray(2000), taps)) + 1)
      }
      for (const hz of [sampleRate / 4, 997, 7000, 11_025, 15_000, 18_000, 20_000])
        for (const phase of [0, Math.PI / 8, Math.PI / 4, 1.3]) over(sine(hz, 8000, sampleRate, 1.6, phase), 64)
      for (let seed = 1; seed <= (whole ? 30 : 2); seed++) over(nasty(seed, sampleRate, sampleRate), 32)
      return { value }
    },
  },
  {
    id: 'limiter-null',
    part: PART,
    what: 'Limiter below its ceiling: largest difference from the input',
    unit: '',
    bar: { most: 0 },
    source: LIMITER,
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const x = noise(20_000, 3, 0.3)
      const { left, latency } = render('limiter', { ceiling: -1 }, x, undefined, sampleRate)
      return { value: peak(left.subarray(latency).map((v, n) => v - x[n])) }
    },
  },
  thd(
    'limiter-thd',
    'Limiter: distortion of a 50 Hz tone at 6 dB of gain reduction',
    -60,
    LIMITER,
    { ceiling: -6 },
    50,
    'limiter',
  ),
]
