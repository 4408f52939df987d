// Hard sync: aliasing of all waves at ratios 1 to 6, spectrum against the exact Fourier series, no mean that drifts.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, magnitudes, noteHz, rms, toneAmplitude } from './spectrum.ts'
const value: ((t: number) => number)[] = [
  (t) => 2 * t - 1,
  (t) => (t < 0.5 ? 1 : -1),
  (t) => (t < 0.25 ? 4 * t : t < 0.75 ? 2 - 4 * t : 4 * t - 4),
  (t) => Math.sin(2 * Math.PI * t),
]
const sync = (wave: number, ratio: number, note: number): UnitRig =>
  new UnitRig('sync').set('wave', wave).set('ratio', ratio).pitch(note).start()

test('harmonics are those of the cut wave within 0.1 dB up to 10 kHz', () => {
  const note = 60.2
  const hz = noteHz(note)
  let worst = 0
  for (let wave = 0; wave < 4; wave++) {
    for (const ratio of [1, 2.3, 5.6]) {
      const signal = sync(wave, ratio, note).render(1 << 15)[0]![0]!
      for (let h = 1; h <= Math.floor(10000 / hz); h += 3) {
        let [re, im] = [0, 0]
        const steps = 20000
        for (let k = 0; k < steps; k++) {
          const t = (k + 0.5) / steps
          const v = value[wave]!((ratio * t) % 1)
          re += v * Math.cos(2 * Math.PI * h * t)
          im += v * Math.sin(2 * Math.PI * h * t)
        }
        const want = (2 * Math.hypot(re, im)) / steps
        if (want < 0.03) continue
        worst = Math.max(worst, Math.abs(decibels(toneAmplitude(signal, hz * h, 48000) / want)))
      }
    }
  }
  console.log(`sync: worst harmonic error ${worst.toFixed(3)} dB`)
  expect(worst).toBeLessThan(0.1)
})

test('the mean stays at zero while the ratio and the pitch sweep', () => {
  for (let wave = 0; wave < 4; wave++) {
    const rig = sync(wave, 1, 57)
    const frames = 48000
    const signal = rig.render(frames, {
      before: (f, n) => rig.ramp('ratio', 1 + (7 * (f + n)) / frames, n).rampPitch(57 + (12 * (f + n)) / frames, n),
    })[0]![0]!
    for (let at = 0; at < frames; at += 4800) {
      const mean = signal.subarray(at, at + 4800).reduce((a, b) => a + b, 0) / 4800
      expect(Math.abs(mean)).toBeLessThan(0.02)
    }
    const steady = rig.render(1 << 15)[0]![0]!
    const drift = (from: number): number => steady.subarray(from, from + 8192).reduce((a, b) => a + b, 0) / 8192
    expect(Math.abs(drift(24576) - drift(0))).toBeLessThan(0.01)
  }
})

test('a note begins at once at its phase and another wave begins without a click', () => {
  const first = sync(3, 2, 60).set('phase', 0).render(200)[0]![0]!
  const turn = (4 * Math.PI * noteHz(60)) / 48000
  for (let i = 0; i < 80; i++) expect(first[i]!).toBeCloseTo(Math.sin(turn * i), 4)
  const rig = sync(3, 3.4, 40)
  const out = [...rig.render(5000)[0]![0]!, ...rig.set('wave', 2).render(5000)[0]![0]!]
  const level = rms(out)
  for (let i = 1; i < out.length; i++) expect(Math.abs(out[i]! - out[i - 1]!)).toBeLessThan(3 * level)
})

test('a moving pulse width leaves nothing between the harmonics', () => {
  const note = 96.1
  const hz = noteHz(note)
  const count = 1 << 15
  for (const ratio of [1, 2.3]) {
    const rig = sync(1, ratio, note)
    const width = (f: number): number => 0.5 + 0.4 * Math.sin((2 * Math.PI * 3 * f) / 48000)
    const signal = rig.set('width', 0.5).render(count, { before: (f, n) => rig.ramp('width', width(f + n), n) })[0]![0]!
    const mags = magnitudes(signal)
    let [harmonic, other] = [0, 0]
    for (let k = 12; (k * 48000) / count < 20000; k++) {
      const at = (k * 48000) / count
      if (Math.abs(at - Math.round(at / hz) * hz) < 400) harmonic = Math.max(harmonic, mags[k]!)
      else other = Math.max(other, mags[k]!)
    }
    console.log(
      `sync: moving width at ratio ${ratio}, ${decibels(other / harmonic).toFixed(1)} dB between the harmonics`,
    )
    expect(decibels(other / harmonic)).toBeLessThan(-80)
  }
})
