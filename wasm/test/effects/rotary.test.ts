// Rotary speaker: rates, Doppler, inertia, crossover, level, microphones.
import { describe, expect, it } from 'vitest'
import { render, Rig, type Values } from './rig.ts'
import { db, noise, rms, sine } from './signals.ts'

const clean: Values = { drive: 0 }
const horn: Values = { ...clean, balance: 1 }
const drum: Values = { ...clean, balance: -1 }

/** Levels of pieces of 5 ms. */
const envelope = (x: Float32Array) =>
  Array.from({ length: Math.floor(x.length / 240) }, (_, k) => rms(x.subarray(240 * k, 240 * k + 240)))
/** The rate (Hz) that the envelope holds most of, between 0.4 and 15 Hz. */
function rateOf(levels: number[]) {
  const mean = levels.reduce((a, b) => a + b, 0) / levels.length
  let best = { rate: 0, size: 0 }
  for (let rate = 0.4; rate < 15; rate += 0.04) {
    let [re, im] = [0, 0]
    for (const [i, v] of levels.entries()) {
      const w = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / levels.length)
      re += w * (v - mean) * Math.cos(2 * Math.PI * rate * i * 0.005)
      im += w * (v - mean) * Math.sin(2 * Math.PI * rate * i * 0.005)
    }
    const size = Math.hypot(re, im)
    if (size > best.size) best = { rate, size }
  }
  return best.rate
}

describe('rotary', () => {
  it('swells at the rates of its rotors, and not at all when they stand', () => {
    const hornTone = (values: Values) => envelope(render('rotary', { ...horn, ...values }, sine(3000, 144000)).left)
    const drumTone = (values: Values) => envelope(render('rotary', { ...drum, ...values }, sine(200, 144000)).left)
    expect(rateOf(hornTone({ speed: 'fast', fast: 6.7 }))).toBeCloseTo(6.7, 1)
    expect(rateOf(drumTone({ speed: 'fast', fast: 6.7 }))).toBeCloseTo(6.7 * 0.84, 1)
    expect(rateOf(hornTone({ speed: 'slow', slow: 1 }))).toBeCloseTo(1, 1)
    const still = hornTone({ speed: 'stop' }).slice(20)
    expect(Math.max(...still) / Math.min(...still)).toBeLessThan(1.01)
  })

  it('bends the pitch of the horn as its speed says: some 40 cents at 6.7 turns per second', () => {
    // The wave is heard from a source at up to 2 pi 6.7 x 0.19 m/s; how much of it is towards the microphone, and the
    // wall, take or add a part.
    const { left } = render('rotary', { ...horn, speed: 'fast', distance: 2 }, sine(1500, 48000))
    const ups: number[] = []
    for (let n = 4800; n < left.length; n++)
      if (left[n - 1]! < 0 && left[n]! >= 0) ups.push(n - left[n]! / (left[n]! - left[n - 1]!))
    const cents = ups.slice(8).map((at, i) => 1200 * Math.log2((8 * 32) / (at - ups[i]!)))
    expect(Math.max(...cents)).toBeGreaterThan(25)
    expect(Math.max(...cents)).toBeLessThan(75)
    expect(Math.min(...cents)).toBeLessThan(-25)
    expect(Math.min(...cents)).toBeGreaterThan(-75)
  })

  it('takes its time: the horn a second, the drum several, both scaled by inertia', () => {
    /** Rate between two times (s) after the switch from slow to fast. */
    const rateAfter = (values: Values, f: number, from: number, to: number) => {
      const rig = new Rig('rotary', { ...values, speed: 'slow' })
      rig.process(sine(f, 4800))
      const { left } = rig.set({ speed: 'fast' }).process(sine(f, 48000 * to))
      rig.free()
      return rateOf(envelope(left.subarray(48000 * from)))
    }
    expect(rateAfter(horn, 3000, 2, 4)).toBeGreaterThan(6.5)
    expect(rateAfter(drum, 200, 0, 1.5)).toBeLessThan(4.5)
    expect(rateAfter(drum, 200, 6, 9)).toBeGreaterThan(5.4)
    expect(rateAfter({ ...horn, inertia: 4 }, 3000, 0, 1.5)).toBeLessThan(5.5)
  })

  it('sends lows to the drum and highs to the horn, and keeps the level of both', () => {
    const level = (values: Values, f: number) => db(rms(render('rotary', values, sine(f, 96000)).left) * Math.SQRT2)
    expect(level(horn, 100)).toBeLessThan(-40)
    expect(level(drum, 6000)).toBeLessThan(-40)
    const x = noise(144000, 3)
    for (const angle of [0, 100, 180]) {
      const { left, right } = render('rotary', { ...clean, angle, speed: 'fast' }, x)
      for (const side of [left, right]) expect(Math.abs(db(rms(side) / rms(x))), `${angle}`).toBeLessThan(2)
    }
    for (const f of [100, 300]) expect(Math.abs(level(drum, f)), `${f} Hz`).toBeLessThan(2.5)
  })

  it('hears one place at 0 degrees and opposite sides at 180', () => {
    const x = sine(3000, 96000)
    const one = render('rotary', { ...horn, angle: 0, speed: 'fast' }, x)
    expect(db(rms(one.left.map((v, i) => v - one.right[i]!)) / rms(one.left))).toBeLessThan(-90)
    const two = render('rotary', { ...horn, angle: 180, speed: 'fast' }, x)
    const [l, r] = [envelope(two.left), envelope(two.right)]
    const mean = (v: number[]) => v.reduce((a, b) => a + b, 0) / v.length
    const [ml, mr] = [mean(l), mean(r)]
    expect(l.reduce((sum, v, i) => sum + (v - ml) * (r[i]! - mr), 0)).toBeLessThan(0)
  })
})
