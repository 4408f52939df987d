// Struck bodies: modes in tune and as long as stated, whatever is changed while they ring; mallets, input, damper, loudness.
import { describe, expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, exactHz, magnitudes, noteHz, rms, toneAmplitude } from './spectrum.ts'
import { RATES } from '../turn.ts'

const BODIES = ['bell', 'marimba', 'xylophone', 'glass', 'plate', 'membrane', 'tubular', 'gong', 'harmonic']

/** Seconds for one partial to fall by 60 dB, from its level in two windows. */
function t60(signal: Float32Array, hz: number, sampleRate: number, from: number, to: number): number {
  const n = Math.round((sampleRate / hz) * Math.ceil(Math.max(hz * 0.04, 24)))
  const level = (at: number): number => decibels(toneAmplitude(signal.subarray(at, at + n), hz, sampleRate, 12))
  return (60 * (to - from)) / sampleRate / (level(from) - level(to))
}

describe.each([...RATES])('at %i Hz', (sampleRate) => {
  test(`the mode of the note is in tune within 0.1 cent over the keyboard (${sampleRate} Hz)`, () => {
    let worst = 0
    for (let note = 21; note <= 105; note += process.env.VERIFY ? 1 : 12) {
      const notes = [note, note + 0.37, note + 1.11, note + 2.93] as const
      const rig = new UnitRig('modal', sampleRate).pitch(notes).set('modes', 1).set('decay', 10).set('noise', 0).start()
      rig.render(960)
      rig.render(sampleRate / 2)[0]!.forEach((signal, lane) => {
        const want = noteHz(notes[lane]!)
        worst = Math.max(worst, Math.abs(1200 * Math.log2(exactHz(signal, want, sampleRate) / want)))
      })
    }
    console.log(`modal at ${sampleRate}: worst tuning ${worst.toFixed(4)} cents`)
    expect(worst).toBeLessThan(0.1)
  })

  test(`T60 within 1 % from 0.1 to 20 s, low to high, damped by the stated law (${sampleRate} Hz)`, () => {
    let worst = 0
    for (const decay of [0.1, 2, 20]) {
      for (const damping of [0, 0.5]) {
        const notes = [33, 57, 81, 93] as const
        const rig = new UnitRig('modal', sampleRate)
          .pitch(notes)
          .set('body', BODIES.indexOf('harmonic'))
          .set('modes', 4)
          .set('tracking', 0)
          .set('hardness', 1)
          .set('position', 0.2)
          .set('noise', 0)
          .set('decay', decay)
          .set('damping', damping)
          .start()
        const [from, to] = [0.02, 0.02 + Math.min(decay * 0.35, 0.6)].map((t) => Math.round(t * sampleRate)) as [
          number,
          number,
        ]
        const lanes = rig.render(to + sampleRate / 2)[0]!
        for (const [lane, note] of notes.entries()) {
          for (const harmonic of [1, 2, 3]) {
            const hz = noteHz(note) * harmonic
            if (decay === 0.1 && (note < 50 || damping > 0)) continue // too short for the window that tells modes apart
            const measured = t60(lanes[lane]!, hz, sampleRate, from, to)
            worst = Math.max(worst, Math.abs(measured / (decay * harmonic ** (-2 * damping)) - 1))
          }
        }
      }
    }
    console.log(`modal at ${sampleRate}: worst T60 ${(100 * worst).toFixed(3)} %`)
    expect(worst).toBeLessThan(0.01)
  })
})

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

test('parameters and pitch thrown about in every block leave it bounded, and it decays afterwards', () => {
  for (const [index, body] of BODIES.entries()) {
    const rig = new UnitRig('modal').pitch(60).set('body', index).set('modes', 64).set('decay', 30).start()
    let count = 0
    const wild = rig.render(24000, {
      cut: 8,
      before: () => {
        count++
        rig.pitch([20 + ((count * 37) % 100), 60 + 24 * Math.sin(count), 110, 30])
        rig.set('stretch', ((count * 13) % 11) / 11 - 0.5)
        rig.set('damping', (count % 7) / 7)
      },
    })[0]!
    const before = Math.max(...wild.map((v) => v.reduce((m, x) => Math.max(m, Math.abs(x)), 0)))
    expect(before, body).toBeLessThan(6)
    rig.set('decay', 0.1).set('stretch', 0).set('damping', 0).set('tracking', 0)
    rig.render(14400)
    expect(Math.max(...rig.render(480)[0]!.map((v) => rms(v))), body).toBeLessThan(1e-4)
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
