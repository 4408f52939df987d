// The plucked string: tuning, decay times, loudness over pitch and burst, glides, silence at the end.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, exactHz, noteHz, rms } from './spectrum.ts'

test('every pitch, burst and noise is about equally loud, and bounded', () => {
  const levels: number[] = []
  for (const noise of [0, 1]) {
    for (const burst of [0.001, 0.01, 0.1]) {
      for (const note of [28, 45, 62, 79, 96]) {
        const lanes = new UnitRig('string')
          .pitch(note)
          .set('burst', burst)
          .set('noise', noise)
          .set('brightness', 0.8)
          .start()
          .render(19200)[0]!
        for (const signal of lanes) {
          const peak = signal.reduce((m, v) => Math.max(m, Math.abs(v)), 0)
          expect(peak).toBeLessThan(4)
        }
        levels.push(decibels(Math.hypot(...lanes.map((v) => rms(v, Math.round(burst * 48000), 9600))) / 2))
      }
    }
  }
  console.log(
    `string: level from ${Math.min(...levels).toFixed(1)} to ${Math.max(...levels).toFixed(1)} dB over pitch, burst and noise`,
  )
  expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(9)
})

test('a glide is smooth and arrives in tune', () => {
  const rig = new UnitRig('string').pitch(45).set('decay', 20).start()
  rig.render(9600)
  const still = rig.render(960)[0]![0]!
  const gliding = rig.render(9600, {
    before: (frame, n) => rig.rampPitch(45 + (7 * Math.min(9600, frame + n)) / 9600, n),
  })[0]![0]!
  const step = (v: Float32Array): number => v.reduce((m, x, i) => (i ? Math.max(m, Math.abs(x - v[i - 1]!)) : m), 0)
  expect(step(gliding)).toBeLessThan(step(still) * 2.5)
  rig.render(4800)
  const cents = 1200 * Math.log2(exactHz(rig.render(48000)[0]![0]!, noteHz(52), 48000) / noteHz(52))
  expect(Math.abs(cents)).toBeLessThan(2)
})

test('plucked in the middle it has no even harmonics; blocks cut elsewhere change nothing but rounding', () => {
  const make = (cut?: number): Float32Array =>
    new UnitRig('string')
      .pitch(57)
      .set('position', 0.5)
      .start()
      .render(24000, cut ? { cut } : {})[0]![0]!
  const whole = make()
  const hz = noteHz(57)
  const tone = (h: number): number => {
    let re = 0
    let im = 0
    for (let i = 4800; i < 24000; i++) {
      const w = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i - 4800)) / 19200)
      re += w * whole[i]! * Math.cos((2 * Math.PI * hz * h * i) / 48000)
      im += w * whole[i]! * Math.sin((2 * Math.PI * hz * h * i) / 48000)
    }
    return Math.hypot(re, im)
  }
  expect(decibels(tone(2) / tone(3))).toBeLessThan(-20)
  for (const cut of [1, 5, 31]) {
    const other = make(cut)
    for (let i = 0; i < whole.length; i++) expect(Math.abs(other[i]! - whole[i]!)).toBeLessThan(1e-4)
  }
})

test('it rings out to exact silence', () => {
  const rig = new UnitRig('string').pitch(69).set('decay', 0.05).start()
  rig.render(96000)
  expect(rig.render(480)[0]![0]!.every((v) => v === 0)).toBe(true)
})
