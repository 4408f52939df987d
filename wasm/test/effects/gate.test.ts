// Gate and expander: thresholds, hysteresis, hold, times, side chain.
import { describe, expect, it } from 'vitest'
import { render, Rig, type Values } from './rig.ts'
import { db, noise, rms, sine } from './signals.ts'

const decibels = (level: number) => 10 ** (level / 20)
const late = (x: Float32Array) => rms(x.subarray(x.length >> 1))

/** Settled gain in dB of a tone at `level` after one at `before`. */
function gainAfter(id: string, values: Values, before: number, level: number, sampleRate = 48000): number {
  const half = sampleRate
  const input = sine(1000, 2 * half, sampleRate)
  for (let n = 0; n < input.length; n++) {
    const way = Math.min(Math.max((n - half) / 2400, 0), 1) // no step, which would have a spectrum of its own
    input[n] *= decibels(before + (level - before) * way)
  }
  const { left } = render(id, values, input, undefined, sampleRate)
  return db(late(left.subarray(half)) / late(input.subarray(half)))
}
const QUICK = { attack: 0.001, hold: 0.001, release: 0.02 }

describe('gate', () => {
  it('holds and closes in its times, down to its range', () => {
    const input = sine(2000, 96000, 48000, 0.5)
    input.fill(0, 48000)
    const quiet = sine(2000, 96000, 48000, 0.001)
    for (let n = 0; n < input.length; n++) input[n] += quiet[n]
    const { left } = render('gate', { hold: 0.2, release: 0.1, attack: 0.001, range: -40 }, input)
    const gainAt = (seconds: number) => {
      const from = 48000 + Math.round(seconds * 48000)
      return db(rms(left.subarray(from, from + 240)) / rms(input.subarray(from, from + 240)))
    }
    expect(gainAt(0.19)).toBeCloseTo(0, 2)
    expect(gainAt(0.23)).toBeLessThan(-0.3)
    expect(gainAt(0.21 + 0.1)).toBeLessThan(-6)
    expect(gainAt(0.9)).toBeCloseTo(-40, 1)
  })

  it('opens by the side chain', () => {
    const input = sine(500, 24000, 48000, 0.5)
    const side = (level: number) => {
      const key = sine(100, 24000, 48000, level)
      const rig = new Rig('gate', QUICK)
      const { left } = rig.process(input, input, 32, { left: key, right: key })
      rig.free()
      return late(left)
    }
    expect(side(0.0001)).toBeLessThan(1e-5)
    expect(side(0.1)).toBeGreaterThan(0.35)
  })

  it('states its tail: it is closed when it ends', () => {
    const rig = new Rig('gate', { hold: 0.1, release: 0.1 })
    rig.process(noise(24000, 1, 0.5))
    rig.silence(rig.tail)
    expect(rig.tail).toBe(0)
    expect(rms(rig.process(noise(4800, 2, 0.001)).left)).toBeLessThan(1e-5)
    rig.free()
  })
})

describe('expander', () => {
  it('keeps what has been above the threshold up by the hysteresis, and waits for the hold', () => {
    const values = { ...QUICK, threshold: -30, ratio: 4, knee: 0, hysteresis: 6 }
    expect(gainAfter('expander', values, -100, -35)).toBeCloseTo(-15, 1)
    expect(gainAfter('expander', values, -10, -35)).toBeCloseTo(0, 1)
    const input = sine(1000, 48000, 48000, 0.5)
    for (let n = 24000; n < 48000; n++) input[n] *= 0.01
    const { left } = render('expander', { ...values, hold: 0.2 }, input)
    const gain = (from: number) => db(rms(left.subarray(from, from + 480)) / rms(input.subarray(from, from + 480)))
    expect(gain(24000 + 8600)).toBeGreaterThan(-0.1)
    expect(gain(24000 + 14400)).toBeLessThan(-10)
  })

  it('takes its release time for 63 % of the way down, within 5 %', () => {
    const release = 0.2
    const input = sine(5000, 96000, 48000, decibels(-20))
    for (let n = 24000; n < 96000; n++) input[n] *= decibels(-30)
    const { left } = render(
      'expander',
      { threshold: -40, ratio: 2, knee: 0, hysteresis: 0, hold: 0.001, release },
      input,
    )
    const gainAt = (n: number) => db(rms(left.subarray(n - 24, n + 24)) / rms(input.subarray(n - 24, n + 24)))
    let at = 24100
    while (gainAt(at) > -10 * (1 - Math.exp(-1))) at += 8
    expect(Math.abs((at - 24000) / 48000 / release - 1)).toBeLessThan(0.05)
  })

  it('does not move on a tone that wobbles by 1 dB above the threshold', () => {
    const input = sine(1000, 48000, 48000, decibels(-38.9))
    const slow = sine(3, 48000)
    for (let n = 0; n < input.length; n++) input[n] *= decibels(slow[n])
    const { left } = render('expander', { knee: 0, hysteresis: 2 }, input)
    expect(Math.max(...left.map((v, n) => (n > 9600 ? Math.abs(v - input[n]) : 0)))).toBeLessThan(1e-6)
  })
})
