// Eight-band equaliser: every type against its analogue prototype, exactness when flat, switching without a click.
import { describe, expect, it } from 'vitest'
import { render, Rig, type Values } from './rig.ts'
import { db, fft, impulse, noise, response, rms, sine } from './signals.ts'

const TYPES = ['bell', 'lowShelf', 'highShelf', 'lowCut', 'highCut', 'notch', 'bandPass'] as const
type Type = (typeof TYPES)[number]
const OFF: Values = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((k) => [`band${k}On`, 0]))
const one = (type: Type, frequency: number, gain: number, q: number): Values => ({
  ...OFF,
  band4On: 1,
  band4Type: type,
  band4Frequency: frequency,
  band4Gain: gain,
  band4Q: q,
})

/** Analogue prototypes of the RBJ cookbook, in dB. */
function analogue(type: Type, f: number, corner: number, gainDb: number, q: number): number {
  const a = 10 ** (gainDb / 40)
  const x = f / corner
  const root = Math.sqrt(a) / q
  const abs2 = (re: number, im: number) => re * re + im * im
  const plain = abs2(1 - x * x, x / q)
  const [num, den] = {
    bell: () => [abs2(1 - x * x, (x * a) / q), abs2(1 - x * x, x / (a * q))],
    lowShelf: () => [a * a * abs2(a - x * x, x * root), abs2(1 - a * x * x, x * root)],
    highShelf: () => [a * a * abs2(1 - a * x * x, x * root), abs2(a - x * x, x * root)],
    lowCut: () => [x ** 4, plain],
    highCut: () => [1, plain],
    notch: () => [(1 - x * x) ** 2, plain],
    bandPass: () => [(x / q) ** 2, plain],
  }[type]()
  return 10 * Math.log10(num / den)
}

/** Largest distance to the prototype in dB, 30 Hz to 20 kHz, where it lies above -60 dB. */
function error(type: Type, corner: number, gainDb: number, q: number, sampleRate: number): number {
  const N = 1 << 13
  const { left } = render('eq8', one(type, corner, gainDb, q), impulse(N), undefined, sampleRate)
  const [re, im] = [Float64Array.from(left), new Float64Array(N)]
  fft(re, im)
  let worst = 0
  for (let bin = Math.ceil((30 * N) / sampleRate); bin <= (20000 * N) / sampleRate; bin += bin < 100 ? 1 : 7) {
    const f = (bin * sampleRate) / N
    const wanted = analogue(type, f, corner, gainDb, q)
    const near = type === 'notch' && Math.abs(f / corner - 1) < 0.02
    if (wanted > -60 && !near) worst = Math.max(worst, Math.abs(db(Math.hypot(re[bin], im[bin])) - wanted))
  }
  return worst
}

describe('eq8', () => {
  it.each(TYPES)('follows the analogue %s to 20 kHz within 0.1 dB, to ±18 dB, Q 0.5 to 4', (type) => {
    const gains = ['bell', 'lowShelf', 'highShelf'].includes(type) ? [-18, 6, 12, 18] : [0]
    const qualities = type.endsWith('Shelf') ? [0.5, 0.707, 1.4] : [0.5, 0.707, 1.5, 4]
    for (const gain of gains)
      for (const q of qualities)
        for (const f of [300, 2000, 6000, 10000, 14000, 16000, 18000])
          expect(error(type, f, gain, q, 48000), `${f} Hz ${gain} dB Q ${q}`).toBeLessThan(0.1)
  })

  it('stays within 0.1 dB at 44.1 kHz to 12 dB, and within 0.01 dB at 96 kHz', () => {
    for (const q of [0.5, 1, 4])
      for (const f of [2000, 6000, 10000, 16000]) {
        expect(error('bell', f, 12, q, 44100), `${f} Hz Q ${q}`).toBeLessThan(0.1)
        expect(error('bell', f, 18, q, 96000), `${f} Hz Q ${q}`).toBeLessThan(0.01)
      }
  })

  it('keeps its precision at 20 Hz and Q 12', () => {
    const { left } = render('eq8', one('bell', 20, 18, 12), impulse(1 << 19))
    for (const f of [10, 19, 20, 21, 40, 1000])
      expect(Math.abs(response(left, [f])[0] - analogue('bell', f, 20, 18, 12)), `${f} Hz`).toBeLessThan(0.05)
  })

  it('is the input, bit for bit, as it is dropped in, and again after a gain has come and gone', () => {
    const x = noise(20000, 3)
    const rig = new Rig('eq8', {})
    const same = (y: Float32Array, input: Float32Array) => y.findIndex((v, i) => v !== input[i])
    expect(same(rig.process(x).left, x)).toBe(-1)
    rig.set({ band4Gain: 9, output: -3 }).process(x)
    rig.set({ band4Gain: 0, output: 0 }).process(x)
    rig.silence(48000)
    expect(same(rig.process(x).left, x)).toBe(-1)
    rig.free()
  })

  it('cuts exactly what it boosts: null below -120 dB', () => {
    const x = noise(20000, 3)
    for (const type of ['bell', 'lowShelf', 'highShelf']) {
      const pair = Object.fromEntries(
        [3, 4].flatMap((k) => [
          [`band${k}Type`, type],
          [`band${k}Frequency`, 3000],
          [`band${k}Q`, 1.2],
          [`band${k}Gain`, k === 3 ? 15 : -15],
        ]),
      ) as Values
      const { left } = render('eq8', pair, x)
      expect(db(left.reduce((most, v, i) => Math.max(most, Math.abs(v - x[i])), 0)), type).toBeLessThan(-120)
    }
  })

  it('silences its notch and keeps the peak of a band-pass at 0 dB', () => {
    const level = (type: Type, f: number) => {
      const { left } = render('eq8', one(type, f, 0, 4), sine(f, 96000))
      return db(rms(left.subarray(48000)) / Math.SQRT1_2)
    }
    for (const f of [100, 5000, 15000]) {
      expect(level('notch', f)).toBeLessThan(-90)
      expect(Math.abs(level('bandPass', f))).toBeLessThan(0.1)
    }
  })

  it('switches bands and types without a click', () => {
    const x = sine(100, 48000, 48000, 0.5)
    const rig = new Rig('eq8', one('lowCut', 400, 0, 0.7))
    rig.process(x)
    let worst = 0
    for (const values of [
      { band4Type: 'highCut' },
      { band4On: 0 },
      { band4On: 1 },
      { band4Type: 'bandPass' },
    ] as Values[]) {
      const { left } = rig.set(values).process(x)
      for (let n = 2; n < left.length; n++) worst = Math.max(worst, Math.abs(left[n] - 2 * left[n - 1] + left[n - 2]))
    }
    expect(worst).toBeLessThan(0.005)
    rig.free()
  })
})
