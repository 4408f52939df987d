// Drum units: pitch and level over time by their formulas, bursts of a clap, inharmonic squares without aliasing, voices that end.
import { describe, expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, magnitudes, rms, toneAmplitude } from './spectrum.ts'

const make = (id: string, values: Record<string, number>): UnitRig => {
  const rig = new UnitRig(id).pitch(60)
  for (const [name, value] of Object.entries(values)) rig.set(name, value)
  return rig.start()
}

describe('drumtone', () => {
  test('the pitch falls by its law and rests at the frequency', () => {
    const values = { click: 0, shape: 0, frequency: 60, sweep: 24, sweepTime: 0.05, decay: 10, hold: 0.5 }
    const out = make('drumtone', values).render(24000)[0]![0]!
    // phase = sum of f (2^(sweep / 12 e^(-t / tau))): compare with the sine of that
    let [turns, bend, worst] = [0, 1, 0]
    const fall = Math.exp(-1 / (0.05 * 48000))
    for (let i = 0; i < 24000; i++) {
      worst = Math.max(worst, Math.abs(out[i]! - Math.sin(2 * Math.PI * turns)))
      turns += (60 / 48000) * 2 ** (2 * bend)
      bend *= fall
    }
    expect(worst).toBeLessThan(5e-3)
  })
  test('the level holds, then falls by 60 dB in its decay; the voice ends by itself', () => {
    const rig = make('drumtone', { click: 0, shape: 0, frequency: 1000, sweep: 0, decay: 0.2, hold: 0.1, velocity: 0 })
    const out = rig.render(24000)[0]![0]!
    expect(rms(out, 0, 4800)).toBeCloseTo(Math.SQRT1_2, 3)
    expect(decibels(rms(out, 4800 + 4800 - 48, 4800 + 4800 + 48) / Math.SQRT1_2)).toBeCloseTo(-30, 1)
    expect(rig.finished()).toBe(15)
    expect(Math.abs(out[23999]!)).toBe(0)
    rig.start(2)
    expect(rig.finished()).toBe(13)
  })
  test('shape adds a triangle’s harmonics, the drumhead its second mode, tracking follows keys', () => {
    const held = { click: 0, sweep: 0, decay: 10, hold: 0.5, velocity: 0 }
    const triangle = make('drumtone', { ...held, shape: 1, frequency: 500 }).render(1 << 14)[0]![0]!
    const first = toneAmplitude(triangle, 500, 48000)
    expect(toneAmplitude(triangle, 1500, 48000) / first).toBeCloseTo(1 / 9, 3)
    expect(toneAmplitude(triangle, 2500, 48000) / first).toBeCloseTo(1 / 25, 3)
    const head = make('drumtone', { ...held, shape: 0, head: 0.5, frequency: 500 }).render(1 << 14)[0]![0]!
    expect(toneAmplitude(head, 500 * 1.593, 48000)).toBeGreaterThan(0.3)
    const tracked = make('drumtone', { ...held, shape: 0, track: 1, frequency: 500 })
      .pitch(72)
      .render(1 << 14)[0]![0]!
    expect(toneAmplitude(tracked, 1000, 48000)).toBeCloseTo(1, 2)
  })
  test('velocity and click', () => {
    const soft = make('drumtone', { velocity: 1, click: 0, sweep: 0, frequency: 500, hold: 0.5, shape: 0 })
    const level = soft
      .velocity([1, 0.5, 0.25, 0])
      .render(4800)[0]!
      .map((lane) => rms(lane) * Math.SQRT2)
    expect(level.map((v) => Number(v.toFixed(2)))).toEqual([1, 0.5, 0.25, 0])
    const click = make('drumtone', { click: 1, clickTone: 6000, clickTime: 0.02, frequency: 20, sweep: 0 })
    const out = click.render(4800)[0]![0]!
    const high = out.map((v, i) => (i > 1 ? v - 2 * out[i - 1]! + out[i - 2]! : 0))
    expect(rms(high, 0, 240)).toBeGreaterThan(30 * rms(high, 1400, 2000))
  })
})

describe('drumnoise', () => {
  test('falls by 60 dB in its decay and ends', () => {
    const rig = make('drumnoise', { decay: 0.3, cutoff: 50, velocity: 0 })
    const out = rig.render(48000)[0]!
    const level = (from: number): number => Math.hypot(...out.map((lane) => rms(lane, from, from + 480)))
    expect(Math.abs(decibels(level(7200) / level(0)) + 30)).toBeLessThan(1.5)
    expect(rig.finished()).toBe(15)
  })
  test('a clap strikes as often as it says, about as far apart', () => {
    const rig = make('drumnoise', { taps: 4, spacing: 0.02, decay: 0.3, cutoff: 50, velocity: 0 })
    const out = rig.render(14400)[0]![0]!
    const strikes: number[] = [0]
    for (let i = 200; i < 14400; i++) {
      const before = rms(out, i - 160, i - 20)
      const after = rms(out, i, i + 60)
      if (after > 3 * before && i - strikes.at(-1)! > 300) strikes.push(i)
    }
    expect(strikes.length).toBe(4)
    for (let k = 1; k < 4; k++) expect(Math.abs(strikes[k]! - strikes[k - 1]! - 960)).toBeLessThan(190)
    expect(rig.finished()).toBe(0)
  })
  test('each note claps differently and repeats itself', () => {
    const out = make('drumnoise', { taps: 3 }).render(4800)[0]!
    expect(out[0]).not.toEqual(out[1])
    expect(make('drumnoise', { taps: 3 }).render(4800)[0]![0]).toEqual(out[0])
  })
})

describe('metal', () => {
  const open = { noise: 0, highpass: 20, tone: 4000, width: 4, decay: 15, velocity: 0 }
  test('nothing lies between the harmonics of its squares above -80 dB', () => {
    const ratios = [1, 1.4827, 1.8003, 2.546, 2.6303, 3.8967]
    let worst = -Infinity
    for (const frequency of [321.3, 997.1, 1931]) {
      const signal = make('metal', { ...open, frequency }).render(1 << 16)[0]![0]!
      const mags = magnitudes(signal)
      const bin = 48000 / signal.length
      let [tone, other] = [0, 0]
      for (let k = 40; k * bin < 18000; k++) {
        const near = ratios.some((r) => {
          const hz = frequency * r
          return Math.abs(k * bin - Math.max(1, Math.round((k * bin) / hz)) * hz) < 20 * bin
        })
        if (near) tone = Math.max(tone, mags[k]!)
        else other = Math.max(other, mags[k]!)
      }
      worst = Math.max(worst, decibels(other / tone))
    }
    console.log(`metal: worst component between harmonics ${worst.toFixed(1)} dB`)
    expect(worst).toBeLessThan(-80)
  })
  test('two squares are a cowbell', () => {
    const signal = make('metal', { ...open, count: 2, frequency: 540 }).render(1 << 15)[0]![0]!
    const high = toneAmplitude(signal, 540 * 1.4827, 48000)
    expect(toneAmplitude(signal, 540, 48000)).toBeGreaterThan(0.05)
    expect(high).toBeGreaterThan(0.05)
    expect(toneAmplitude(signal, 540 * 1.8003, 48000)).toBeLessThan(1e-4)
  })
  test('letting go chokes, and the voice ends', () => {
    const rig = make('metal', { decay: 2, choke: 0.05 })
    rig.render(4800)
    const level = rms(rig.render(480)[0]![0]!)
    rig.release(1).render(2400)
    expect(rms(rig.render(480)[0]![0]!)).toBeLessThan(0.01 * level)
    rig.render(4800)
    expect(rig.finished()).toBe(1)
  })
})
