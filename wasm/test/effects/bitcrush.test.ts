// Bitcrusher: the law of its steps, its clock, dither, the filters round its sampler.
import { describe, expect, it } from 'vitest'
import { render } from './rig.ts'
import { db, noise, rms, sine, spectrum } from './signals.ts'

const plain = { rate: 96000 }
const even = (x: number) => {
  const floor = Math.floor(x)
  const rest = x - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
}
/** Frames at which a held signal takes a new value. */
const changes = (x: Float32Array) => Array.from(x.keys()).filter((n) => n > 0 && x[n] !== x[n - 1])

describe('bitcrush', () => {
  it('rounds to steps of 2^(1 - bits), exactly, and clips at full scale', () => {
    for (const bits of [1, 2, 4, 7.5, 8, 12.3, 16, 24]) {
      const input = noise(4000, 3, 1.3)
      const step = Math.fround(2 ** (1 - Math.fround(bits)))
      const { left } = render('bitcrush', { ...plain, bits }, input)
      const fractional = bits % 1 !== 0
      let wrong = 0
      for (let n = 0; n < input.length; n++) {
        const clipped = Math.min(Math.max(input[n], -1), 1)
        const wanted = Math.min(Math.max(even(clipped / step) * step, -1), 1)
        const tied = Math.abs(Math.abs((clipped / step) % 1) - 0.5) < 1e-3
        // A fractional number of bits has no exact step in f32.
        if (fractional ? Math.abs(left[n] - wanted) > 1e-6 && !tied : left[n] - wanted !== 0) wrong++
      }
      expect(wrong, `${bits} bits`).toBe(0)
    }
  })

  it('has the noise of its steps: step / sqrt(12)', () => {
    const input = noise(48000, 5, 0.9)
    for (const bits of [6, 8.5, 12]) {
      const { left } = render('bitcrush', { ...plain, bits }, input)
      const error = rms(left.map((v, n) => v - input[n]))
      expect(Math.abs(db(error / (2 ** (1 - bits) / Math.sqrt(12)))), `${bits} bits`).toBeLessThan(0.1)
    }
  })

  it('holds each sample for as long as its rate says', () => {
    const ramp = Float32Array.from({ length: 48000 }, (_, n) => (n + 1) / 50000)
    for (const rate of [250, 1000, 7777, 24000]) {
      const { left } = render('bitcrush', { bits: 24, rate }, ramp)
      const at = changes(left)
      expect(Math.abs(at.length - rate), `${rate} Hz`).toBeLessThanOrEqual(1)
      const gaps = at.slice(1).map((n, i) => n - at[i])
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1)
      expect(Math.max(...at.map((n) => Math.abs(left[n] - ramp[n])))).toBeLessThan(2 ** -22)
    }
  })

  it('holds unevenly with jitter, at the same mean rate', () => {
    const ramp = Float32Array.from({ length: 96000 }, (_, n) => (n + 1) / 100000)
    const at = changes(render('bitcrush', { bits: 24, rate: 2000, jitter: 1 }, ramp).left)
    const gaps = at.slice(1).map((n, i) => n - at[i])
    expect(Math.abs(at.length / 4000 - 1)).toBeLessThan(0.02)
    expect(Math.min(...gaps)).toBeLessThan(14)
    expect(Math.max(...gaps)).toBeGreaterThan(34)
  })

  it('turns distortion into hiss with full dither: no harmonic stands out, the error has triple power', () => {
    const input = sine(500, 240000, 48000, 0.02)
    const third = (dither: number) => {
      const { left } = render('bitcrush', { ...plain, bits: 8, dither }, input)
      const part = (phase: number) => {
        const probe = sine(1500, 240000, 48000, 2 / 240000, phase)
        return left.reduce((sum, v, n) => sum + v * probe[n], 0)
      }
      return db(Math.hypot(part(0), part(Math.PI / 2)) / 0.02)
    }
    expect(third(0)).toBeGreaterThan(-40)
    expect(third(1)).toBeLessThan(-50)
    const tone = noise(48000, 6, 0.5)
    const { left } = render('bitcrush', { ...plain, bits: 8, dither: 1 }, tone)
    const error = rms(left.map((v, i) => v - tone[i]))
    expect(Math.abs(db(error / (2 ** -7 * 0.5)))).toBeLessThan(0.15) // step^2 / 12 + step^2 / 6 = step^2 / 4
  })

  it('aliases where it is meant to, and not with its filter', () => {
    const n = 32768
    const f = (Math.round((7000 * n) / 48000) * 48000) / n // sampled at 8 kHz: comes back at 1 kHz
    const level = (filter: string, at: number) => {
      const s = spectrum(render('bitcrush', { bits: 24, rate: 8000, filter }, sine(f, n + 4800)).left.subarray(4800))
      return db(
        s.subarray(Math.round((at * n) / 48000) - 8, Math.round((at * n) / 48000) + 9).reduce((a, b) => Math.max(a, b)),
      )
    }
    expect(level('off', 8000 - f)).toBeGreaterThan(-3)
    expect(level('before', 8000 - f)).toBeLessThan(-45) // 48 dB per octave from 3.6 kHz
    const image = (filter: string) => {
      const low = (Math.round((1000 * n) / 48000) * 48000) / n
      const s = spectrum(render('bitcrush', { bits: 24, rate: 8000, filter }, sine(low, n + 4800)).left.subarray(4800))
      return db(s[Math.round(((8000 - low) * n) / 48000)])
    }
    expect(image('before')).toBeGreaterThan(-20)
    expect(image('both')).toBeLessThan(image('before') - 45)
  })
})
