// Bow and wind instruments: every note speaks on its fundamental and in tune, soft and loud; loudness, glides, release, cuts.
import { describe, expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, exactHz, noteHz, rms, toneAmplitude } from './spectrum.ts'

const MODELS = ['clarinet', 'saxophone', 'flute', 'brass']
/** Lowest notes of violin family and winds, three octaves and more. */
const INSTRUMENTS = [
  ['bow', -1, 36, 93],
  ...MODELS.map((_, index) => ['wind', index, [50, 49, 60, 46][index]!, [91, 88, 96, 86][index]!] as const),
] as const

const open = (id: string, model: number, sampleRate = 48000): UnitRig => {
  const rig = new UnitRig(id, sampleRate)
  return model < 0 ? rig.set('body', 0) : rig.set('model', model)
}
const name = (id: string, model: number): string => (model < 0 ? id : MODELS[model]!)

describe.each(INSTRUMENTS)('%s %i', (id, model, low, high) => {
  test(`${name(id, model)}: speaks within 0.15 s and is about equally loud over its range`, () => {
    const levels: number[] = []
    for (let note = low + 3; note <= high; note += 12) {
      const signal = open(id, model).pitch(note).start().render(48000)[0]![0]!
      const steady = rms(signal, 24000, 48000)
      levels.push(decibels(steady))
      expect(rms(signal, 7200, 9600), `note ${note}`).toBeGreaterThan(steady * 0.2)
      expect(signal.reduce((m, v) => Math.max(m, Math.abs(v)), 0)).toBeLessThan(4)
    }
    console.log(`${name(id, model)}: level ${Math.min(...levels).toFixed(1)} to ${Math.max(...levels).toFixed(1)} dB`)
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(9)
    expect(Math.max(...levels)).toBeGreaterThan(-16)
  })

  test(`${name(id, model)}: falls silent after the key, glides without a click, whatever the cuts`, () => {
    const rig = open(id, model).pitch(60).set('release', 0.05).start()
    rig.render(24000)
    rig.release().render(72000)
    expect(rms(rig.render(4800)[0]![0]!)).toBeLessThan(1e-4)

    const gliding = open(id, model).pitch(60).set('noise', 0).start()
    gliding.render(24000)
    const still = gliding.render(4800)[0]![0]!
    const moving = gliding.render(9600, {
      before: (frame, n) => gliding.rampPitch(60 + (5 * Math.min(9600, frame + n)) / 9600, n),
    })[0]![0]!
    const step = (v: Float32Array): number => v.reduce((m, x, i) => (i ? Math.max(m, Math.abs(x - v[i - 1]!)) : m), 0)
    expect(step(moving)).toBeLessThan(step(still) * 2)
    gliding.render(4800)
    const cents = 1200 * Math.log2(exactHz(gliding.render(24000)[0]![0]!, noteHz(65), 48000) / noteHz(65))
    expect(Math.abs(cents)).toBeLessThan(5)

    const make = (cut?: number): Float32Array =>
      open(id, model)
        .pitch(64)
        .start()
        .render(9600, cut ? { cut } : {})[0]![0]!
    const whole = make()
    for (const cut of [1, 7]) {
      const other = make(cut)
      const off = rms(other.map((v, i) => v - whole[i]!))
      expect(decibels(off / rms(whole)), `cut ${cut}`).toBeLessThan(-60)
    }
  })
})

test('bow position, breath and embouchure change the colour', () => {
  const even = (rig: UnitRig): number => {
    rig.pitch(57).start().render(24000)
    const signal = rig.render(24000)[0]![0]!
    const tone = (h: number): number => toneAmplitude(signal, noteHz(57) * h, 48000, 12)
    return decibels((tone(2) + tone(4)) / tone(1))
  }
  expect(even(open('wind', 3).set('embouchure', 1))).toBeGreaterThan(even(open('wind', 3).set('embouchure', 0)) + 1)
  expect(even(open('wind', 0))).toBeLessThan(-30)
  expect(even(open('wind', 1))).toBeGreaterThan(-12)
  expect(even(open('bow', -1).set('position', 0.33))).toBeLessThan(even(open('bow', -1).set('position', 0.1)))
  const rush = (noise: number): number => {
    const rig = open('wind', 2).pitch(72).set('noise', noise).start()
    rig.render(24000)
    const signal = rig.render(24000)[0]![0]!
    return toneAmplitude(signal, 6200, 48000, 12)
  }
  expect(rush(1)).toBeGreaterThan(3 * rush(0))
})
