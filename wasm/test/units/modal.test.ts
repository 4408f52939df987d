// Struck bodies: modes in tune and as long as stated, whatever is changed while they ring; mallets, input, damper, loudness.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, magnitudes, noteHz, rms } from './spectrum.ts'

const BODIES = ['bell', 'marimba', 'xylophone', 'glass', 'plate', 'membrane', 'tubular', 'gong', 'harmonic']

test('every body has a note where it is played and modes where the tables say', () => {
  for (const [index, body] of BODIES.entries()) {
    const rig = new UnitRig('modal').pitch(60).set('body', index).set('decay', 8).set('modes', 48).set('hardness', 0.8)
    const signal = rig.start().render(65536)[0]![0]!
    const mags = magnitudes(signal)
    const at = (hz: number): number =>
      Math.max(...mags.subarray(Math.round(hz / 0.7324) - 3, Math.round(hz / 0.7324) + 4))
    const loudest = Math.max(...mags)
    const strong = body === 'tubular' ? 2 : 1
    expect(decibels(at(noteHz(60) * strong) / loudest), body).toBeGreaterThan(-24)
    expect(rms(signal, 0, 9600), body).toBeGreaterThan(0.02)
  }
})

test('a harder mallet is brighter and no louder than twice; a hard stroke is brighter', () => {
  const centroid = (hardness: number, velocity: number): { hz: number; level: number } => {
    const rig = new UnitRig('modal')
      .pitch(48)
      .set('body', 4)
      .set('hardness', hardness)
      .velocity(velocity)
      .set('noise', 0)
    const signal = rig.start().render(16384)[0]![0]!
    const mags = magnitudes(signal, 10)
    let sum = 0
    let weight = 0
    mags.forEach((m, k) => {
      sum += m * m * k
      weight += m * m
    })
    return { hz: (sum / weight) * (48000 / 16384), level: decibels(rms(signal)) }
  }
  const soft = centroid(0.1, 0.75)
  const hard = centroid(0.9, 0.75)
  expect(hard.hz).toBeGreaterThan(2 * soft.hz)
  expect(Math.abs(hard.level - soft.level)).toBeLessThan(9)
  expect(centroid(0.5, 1).hz).toBeGreaterThan(centroid(0.5, 0.3).hz * 1.15)
})

test('without a mallet it is silent until audio plays it; the damper ends it after the key', () => {
  const rig = new UnitRig('modal').pitch(60).set('strike', 0).start()
  expect(rig.render(960)[0]![0]!.every((v) => v === 0)).toBe(true)
  const rung = rig.render(9600, { input: (f) => (f < 1000 ? 1 : 0) })[0]![0]!
  expect(rms(rung, 0, 2000)).toBeGreaterThan(1e-3)

  const tail = (release: number): number => {
    const note = new UnitRig('modal').pitch(60).set('decay', 5).set('damping', 0).set('release', release).start()
    note.render(4800)
    note.release().render(9600)
    return decibels(rms(note.render(4800)[0]![0]!))
  }
  expect(tail(0.1)).toBeLessThan(tail(30) - 60)
})

test('every body at every pitch is about equally loud', () => {
  const levels = BODIES.flatMap((_, index) =>
    [36, 60, 84].map((note) =>
      decibels(
        rms(new UnitRig('modal').pitch(note).set('body', index).set('tracking', 0).start().render(7200)[0]![0]!),
      ),
    ),
  )
  console.log(
    `modal: level ${Math.min(...levels).toFixed(1)} to ${Math.max(...levels).toFixed(1)} dB over bodies and pitches`,
  )
  expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(16)
})

test('it rings out to exact silence', () => {
  const rig = new UnitRig('modal').pitch(69).set('decay', 0.03).start()
  rig.render(96000)
  expect(rig.render(480)[0]![0]!.every((v) => v === 0)).toBe(true)
  expect(rig.subnormals()).toBe(0)
})
