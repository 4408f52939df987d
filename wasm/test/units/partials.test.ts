// Additive partials: frequencies and levels by formula, decay by partial, nothing folds back, the recurrence stays exact.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, exactHz, magnitudes, noteHz, rms, toneAmplitude } from './spectrum.ts'

const make = (values: Record<string, number>, note = 57): UnitRig => {
  const rig = new UnitRig('partials').pitch(note).set('decay', 100).set('damping', 0)
  for (const [id, value] of Object.entries(values)) rig.set(id, value)
  return rig.start()
}
const level = (signal: Float32Array, hz: number): number => toneAmplitude(signal, hz, 48000)

test('levels follow tilt, balance and drawbars', () => {
  const hz = noteHz(57)
  const cases: [Record<string, number>, (k: number) => number][] = [
    [{}, (k) => 1 / k],
    [{ tilt: -12 }, (k) => 10 ** ((-12 * Math.log2(k)) / 20)],
    [{ balance: 0.75 }, (k) => (k % 2 ? 1 : 0.25) / k],
    [{ balance: -1 }, (k) => (k === 1 || k % 2 === 0 ? 1 : 0) / k],
    [
      { bar2: 0, bar5: 0.5, bar9: 0.25 },
      (k) => (k === 2 ? 0 : k === 5 || k === 6 ? 0.5 : k > 8 && k < 17 ? 0.25 : 1) / k,
    ],
    [{ count: 5.5 }, (k) => (k <= 5 ? 1 : k === 6 ? 0.5 : 0) / k],
  ]
  for (const [values, want] of cases) {
    const signal = make({ ...values, tilt: values.tilt ?? -6.0206 }).render(1 << 14)[0]![0]!
    const first = level(signal, hz)
    for (let k = 2; k <= 24; k++) {
      const got = level(signal, hz * k) / first
      if (want(k) === 0) expect(got).toBeLessThan(1e-5)
      else expect(Math.abs(decibels(got / want(k))), `${JSON.stringify(values)} ${k}`).toBeLessThan(0.03)
    }
    expect(Math.abs(rms(signal) - 0.5)).toBeLessThan(0.01)
  }
})

test('frequencies follow stretch and stiffness', () => {
  const at = (values: Record<string, number>, k: number): number => {
    const bars = Object.fromEntries(['1', '2', '3', '4', '5', '7', '9', '17'].map((id) => [`bar${id}`, 0]))
    const bar = k <= 4 ? k : k <= 6 ? 5 : k <= 8 ? 7 : k <= 16 ? 9 : 17
    const signal = make({ ...bars, ...values, [`bar${bar}`]: 1, count: k, balance: 0 }, 45).render(1 << 15)[0]![0]!
    const b = 0.02 * (values.stiffness ?? 0) ** 2
    const hz = noteHz(45) * k ** (values.stretch ?? 1) * Math.sqrt((1 + b * k * k) / (1 + b))
    return 1200 * Math.log2(exactHz(signal, hz, 48000) / hz)
  }
  for (const k of [1, 4]) {
    expect(Math.abs(at({ stretch: 1.3 }, k))).toBeLessThan(0.02)
    expect(Math.abs(at({ stiffness: 0.7 }, k))).toBeLessThan(0.02)
  }
})

test('each partial falls by 60 dB in its own time', () => {
  const rig = make({ decay: 1, damping: 1, tilt: 0, count: 8 }, 57)
  const signal = rig.render(30000)[0]![0]!
  for (const k of [1, 2, 4]) {
    const early = level(signal.subarray(0, 8192), noteHz(57) * k)
    const late = level(signal.subarray(16384, 16384 + 8192), noteHz(57) * k)
    expect(decibels(late / early)).toBeCloseTo((-60 * k * 16384) / 48000, 0)
  }
})

test('a single partial is a clean sine from 20 Hz up, also under vibrato, and stays on pitch', () => {
  for (const note of [15.5, 69.3, 110]) {
    const rig = make({ count: 1 }, note)
    rig.render(48000)
    const signal = rig.render(1 << 15)[0]![0]!
    const hz = noteHz(note)
    expect(Math.abs(1200 * Math.log2(exactHz(signal, hz, 48000) / hz))).toBeLessThan(0.01)
    const mags = magnitudes(signal)
    const bin = 48000 / signal.length
    let [tone, other] = [0, 0]
    mags.forEach((v, k) => {
      if (Math.abs(k * bin - hz) < 14 * bin) tone += v ** 2
      else other += v ** 2
    })
    expect(10 * Math.log10(other / tone)).toBeLessThan(-110)
  }
})

test('vibrato changes no level', () => {
  const rig = make({ count: 1 }, 69)
  const frames = 24000
  const signal = rig.render(frames, {
    before: (f, n) => rig.rampPitch(69 + 2 * Math.sin((2 * Math.PI * 6 * (f + n)) / 48000), n),
  })[0]![0]!
  let peak = 0
  for (const v of signal.subarray(4800)) peak = Math.max(peak, Math.abs(v))
  expect(peak).toBeLessThan(Math.SQRT1_2 * 1.002)
  for (let at = 4800; at + 2400 < frames; at += 2400) expect(rms(signal, at, at + 2400)).toBeCloseTo(0.5, 1)
})
