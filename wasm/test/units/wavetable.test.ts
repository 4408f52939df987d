// Wavetable oscillator: aliasing and level of the built-in and of loaded tables, morphing, scanning, warps, unison.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, noteHz, rms, toneAmplitude, worstAlias } from './spectrum.ts'

const POINTS = 2048

/** Frames of 2048 samples from sine and cosine amplitudes by harmonic. */
function table(
  frames: readonly ((h: number) => readonly [sine: number, cosine: number])[],
  most: number,
): Float32Array {
  const out = new Float32Array(frames.length * POINTS)
  frames.forEach((law, f) => {
    for (let h = 1; h <= most; h++) {
      const [s, c] = law(h)
      if (s === 0 && c === 0) continue
      for (let i = 0; i < POINTS; i++) {
        const angle = (2 * Math.PI * ((h * i) % POINTS)) / POINTS
        out[f * POINTS + i]! += s * Math.sin(angle) + c * Math.cos(angle)
      }
    }
  })
  return out
}
const saw = (h: number): readonly [number, number] => [2 / (Math.PI * h), 0]

test('a loaded table plays its harmonics, also between frames and whatever their phases', () => {
  const samples = table([saw, (h) => (h === 3 ? [0.3, 0.4] : [0, 0]), (h) => (h === 1 ? [0, 1] : [0, 0])], 40)
  let alias = -Infinity
  for (const note of [52.2, 69.3]) {
    const hz = noteHz(note)
    for (const [position, want] of [
      [0, (h: number) => 2 / (Math.PI * h)],
      [0.25, (h: number) => (h === 3 ? Math.hypot((0.5 * 2) / (Math.PI * 3) + 0.15, 0.2) : 1 / (Math.PI * h))],
      [0.5, (h: number) => (h === 3 ? 0.5 : 0)],
      [1, (h: number) => (h === 1 ? 1 : 0)],
    ] as const) {
      const rig = new UnitRig('wavetable').wavetable(samples).pitch(note).set('position', position).start()
      const signal = rig.render(1 << 15)[0]![0]!
      for (let h = 1; h <= Math.min(40, Math.floor(18000 / hz)); h++) {
        const got = toneAmplitude(signal, hz * h, 48000)
        if (want(h) > 0) expect(Math.abs(decibels(got / want(h))), `note ${note}, ${position}, ${h}`).toBeLessThan(0.02)
        else expect(got).toBeLessThan(2e-6)
      }
      if (position === 0) alias = Math.max(alias, worstAlias(signal, hz, 48000).db)
    }
  }
  expect(alias).toBeLessThan(-100)
})

test('cycles of any length play as those of 2048 samples', () => {
  for (const cycle of [600, 1024]) {
    const samples = Float32Array.from({ length: 3 * cycle }, (_, i) => {
      const angle = (2 * Math.PI * (i % cycle)) / cycle
      return i < cycle ? 0.5 * Math.sin(angle) : i < 2 * cycle ? 0.25 * Math.cos(7 * angle) : Math.sin(2 * angle)
    })
    for (const [position, h, want] of [
      [0, 1, 0.5],
      [0.5, 7, 0.25],
      [1, 2, 1],
    ] as const) {
      const rig = new UnitRig('wavetable').wavetable(samples, cycle).pitch(60).set('position', position).start()
      expect(toneAmplitude(rig.render(1 << 14)[0]![0]!, h * noteHz(60), 48000)).toBeCloseTo(want, 4)
    }
  }
})

test('warps at no amount are the plain wave, and their aliases stay low', () => {
  const note = 69.37
  const hz = noteHz(note)
  const plain = toneAmplitude(
    new UnitRig('wavetable')
      .pitch(note)
      .set('position', 2 / 7)
      .start()
      .render(1 << 14)[0]![0]!,
    3 * hz,
    48000,
  )
  const report: string[] = []
  for (const warp of [1, 2, 3, 4]) {
    const make = (amount: number, position: number): Float32Array =>
      new UnitRig('wavetable')
        .pitch(note)
        .set('position', position)
        .set('warp', warp)
        .set('amount', amount)
        .start()
        .render(1 << 15)[0]![0]!
        .subarray(1 << 14)
    if (warp !== 4) expect(Math.abs(decibels(toneAmplitude(make(0, 2 / 7), 3 * hz, 48000) / plain))).toBeLessThan(0.05)
    const sine = worstAlias(make(0.7, 0), hz, 48000).db
    const bright = worstAlias(make(0.7, 2 / 7), hz, 48000).db
    report.push(
      `${['', 'bend', 'asymmetry', 'mirror', 'sync'][warp]} sine ${sine.toFixed(0)}, saw ${bright.toFixed(0)}`,
    )
    expect(sine).toBeLessThan(-75)
    expect(bright).toBeLessThan(-60)
  }
  console.log(`wavetable warps at A4, amount 0.7, worst alias in dB: ${report.join('; ')}`)
})

test('a change of warp fades', () => {
  const rig = new UnitRig('wavetable').pitch(45).set('position', 0).set('amount', 0.8).start()
  const before = rig.render(4800)[0]![0]!
  const after = rig.set('warp', 1).render(4800)[0]![0]!
  let step = Math.abs(after[0]! - before[4799]!)
  for (let i = 1; i < 100; i++) step = Math.max(step, Math.abs(after[i]! - after[i - 1]!))
  let most = 0
  for (let i = 1000; i < 4000; i++) most = Math.max(most, Math.abs(after[i]! - after[i - 1]!))
  expect(step).toBeLessThan(most * 1.5)
})

test('unison keeps its power, spreads evenly and is mono without spread', () => {
  const level = (voices: number, spread: number): [number, number] => {
    let [left, right] = [0, 0]
    const seeds = 6
    for (let seed = 0; seed < seeds; seed++) {
      const rig = new UnitRig('wavetable').pitch(60).seed([seed * 4 + 1, seed * 4 + 2, seed * 4 + 3, seed * 4 + 4])
      rig.set('voices', voices).set('spread', spread).set('detune', 0.3).start()
      const out = rig.render(24000)
      for (let l = 0; l < 4; l++) {
        left += rms(out[0]![l]!) ** 2
        right += rms(out[1]![l]!) ** 2
      }
    }
    return [Math.sqrt(left), Math.sqrt(right)]
  }
  const [one] = level(1, 0.5)
  for (const voices of [2, 5, 8]) {
    const [left, right] = level(voices, 1)
    expect(Math.abs(decibels(left / one))).toBeLessThan(1)
    expect(Math.abs(decibels(right / one))).toBeLessThan(1)
  }
  const rig = new UnitRig('wavetable').pitch(60).set('voices', 5).set('spread', 0).start()
  const out = rig.render(2000)
  for (let i = 0; i < 2000; i++) expect(Math.abs(out[0]![0]![i]! - out[1]![0]![i]!)).toBeLessThan(1e-5)
})
