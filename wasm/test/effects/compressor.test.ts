// Compressor: static curve, times, distortion, side chain, link, make-up, lookahead.
import { describe, expect, it } from 'vitest'
import { render, Rig, type Values } from './rig.ts'
import { db, impulse, noise, peak, rms, sine } from './signals.ts'

const FAST = { attack: 0.005, release: 0.02 }
const decibels = (level: number) => 10 ** (level / 20)

/** Output level minus input level of a settled tone, in dB. */
function settledGain(values: Values, level: number, frequency = 1000, sampleRate = 48000): number {
  const input = sine(frequency, sampleRate / 2, sampleRate, decibels(level))
  const { left } = render('compressor', { ...FAST, ...values }, input, undefined, sampleRate)
  const late = (x: Float32Array) => rms(x.subarray(0.3 * sampleRate))
  return db(late(left)) - db(late(input))
}

describe('compressor', () => {
  it('listens to the side chain when one is connected, above its high-pass', () => {
    const input = sine(500, 24000, 48000, 0.09)
    const loud = sine(60, 24000, 48000, 1)
    const side = { left: loud, right: loud }
    const duck = (values: Values, connected: boolean) => {
      const rig = new Rig('compressor', { ...FAST, threshold: -20, ratio: 20, knee: 0, ...values })
      const { left } = rig.process(input, input, 32, connected ? side : undefined)
      rig.free()
      return db(rms(left.subarray(12000)) / rms(input.subarray(12000)))
    }
    expect(duck({}, false)).toBeCloseTo(0, 3)
    expect(duck({}, true)).toBeCloseTo(-19, 1)
    expect(duck({ sideHighpass: 600 }, true)).toBeCloseTo(0, 2)
  })

  it('links the sides as far as it is told', () => {
    const gains = (link: number) => {
      const [l, r] = [sine(1000, 24000, 48000, 1), sine(1000, 24000, 48000, 0.01)]
      const { left, right } = render('compressor', { ...FAST, threshold: -20, ratio: 2, knee: 0, link }, l, r)
      return [db(rms(left.subarray(12000)) / rms(l)), db(rms(right.subarray(12000)) / rms(r))]
    }
    for (const [link, wantedRight] of [
      [1, -10],
      [0.5, -5],
      [0, 0],
    ]) {
      const [left, right] = gains(link)
      expect(left).toBeCloseTo(-10, 1)
      expect(right).toBeCloseTo(wantedRight, 1)
    }
  })

  it('makes up by hand exactly and by itself by half of what full scale loses', () => {
    expect(settledGain({ makeup: 7.5 }, -50)).toBeCloseTo(7.5, 3)
    const values = { threshold: -24, ratio: 4, knee: 0, automatic: 1 }
    expect(settledGain(values, -50)).toBeCloseTo(9, 2)
    expect(settledGain(values, 0)).toBeCloseTo(-9, 1)
  })

  it('leaves what lies below the threshold untouched, bit for bit', () => {
    const x = noise(20000, 3, 0.03)
    const { left } = render('compressor', {}, x)
    expect(left.findIndex((v, n) => v !== x[n])).toBe(-1)
  })

  it('states its tail: the gain is back when it ends', () => {
    const rig = new Rig('compressor', { threshold: -40, ratio: 10, release: 0.3 })
    rig.process(noise(48000, 1))
    expect(rig.tail).toBeGreaterThan(0.3 * 48000)
    rig.silence(rig.tail + 32)
    expect(rig.tail).toBe(0)
    const quiet = sine(1000, 4800, 48000, 0.005)
    expect(db(rms(rig.process(quiet).left) / rms(quiet))).toBeGreaterThan(-0.02)
    rig.free()
  })
})

describe('lookaheadCompressor', () => {
  const N = 24000
  const burst = sine(2000, N, 48000, 0.01)
  for (let n = 12000; n < N; n++) burst[n] *= 100
  const late = 240

  it('is 5 ms late at any setting', () => {
    for (const sampleRate of [44100, 48000, 96000])
      for (const lookahead of [0, 0.0013, 0.005]) {
        const rig = new Rig('lookaheadCompressor', { lookahead }, sampleRate)
        expect(rig.latency).toBe(Math.round(0.005 * sampleRate))
        expect(rig.process(impulse(4000, 100, 0.05)).left.indexOf(Math.fround(0.05))).toBe(100 + rig.latency)
        rig.free()
      }
  })

  it('begins to turn down as long before a peak as it is told, and is the compressor, later, when it is told 0', () => {
    const values = { threshold: -30, ratio: 20, knee: 0, attack: 0.001, release: 0.1 }
    const now = render('compressor', values, burst).left
    const first = (lookahead: number) => {
      const { left } = render('lookaheadCompressor', { ...values, lookahead }, burst)
      if (lookahead === 0) expect(peak(left.subarray(late).map((v, n) => v - now[n]))).toBeLessThan(1e-6)
      // First frame whose gain is 1 % down, as frames before the burst leaves.
      const at = left.findIndex((v, n) => n > 11000 && Math.abs(burst[n - late]) > 0.005 && v / burst[n - late] < 0.99)
      return 12000 + late - at
    }
    const start = first(0)
    for (const lookahead of [0.002, 0.005])
      expect(Math.abs(first(lookahead) - start - lookahead * 48000), `${lookahead}`).toBeLessThan(14)
  })

  it('lets less of an onset through', () => {
    const values = { threshold: -30, ratio: 20, knee: 0, attack: 0.001, release: 0.1 }
    const most = (lookahead: number) =>
      peak(render('lookaheadCompressor', { ...values, lookahead }, burst).left.subarray(12000))
    expect(db(most(0.005))).toBeLessThan(db(most(0)) - 15)
  })
})
