// Voices: how many, who is taken, and that nobody hears it happen.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bootDry, peakOf, stepOf, type Sound } from './engine.ts'
import { sawPatch, voice } from './patches.ts'

/** Sines have small steps, so that a click shows. */
const sines = (max: number, mode: 'poly' | 'mono' | 'legato' = 'poly', release = 0.3): Sound => ({
  patch: sawPatch(
    { voices: voice(max, mode) },
    {
      osc: { type: 'sine', values: { level: 0.2 } },
      filter: { type: 'svf', in: { in: ['osc'] }, values: { cutoff: 20000, resonance: 0 } },
      env: { type: 'env', values: { attack: 0.02, decay: 0.1, sustain: 1, release } },
    },
  ),
})

describe('voices', () => {
  it('fills a running group of four before it wakes another', () => {
    const engine = bootDry()
    engine.install(sines(16))
    for (let id = 1; id <= 5; id++) {
      engine.noteOn(id, 50 + id)
      engine.render(640)
      expect(engine.status('groups')).toBe(id <= 4 ? 1 : 2)
    }
  })

  it('never sounds more than its polyphony once stolen voices have faded', () => {
    const engine = bootDry()
    engine.install(sines(4))
    for (let id = 1; id <= 9; id++) {
      engine.noteOn(id, 50 + id)
      engine.render(2400)
    }
    engine.render(480)
    expect(engine.status('voices')).toBe(4)
    const stolen = engine.replies().filter(({ reason }) => reason === 'stolen')
    expect(stolen.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5])
    expect(engine.status('stolen')).toBe(5)
  })

  it('takes released voices first, the quietest of them', () => {
    const engine = bootDry()
    engine.install(sines(4))
    for (const [id, velocity] of [
      [1, 0.8],
      [2, 0.8],
      [3, 0.8],
      [4, 0.8],
    ] as const) {
      engine.noteOn(id, 50 + id, velocity)
      engine.render(2400)
    }
    engine.noteOff(3)
    engine.render(4800)
    engine.noteOff(2)
    engine.render(480)
    engine.noteOn(5, 70)
    engine.render(480)
    engine.noteOn(6, 71)
    engine.render(480)
    engine.noteOn(7, 72)
    engine.render(480)
    expect(
      engine
        .replies()
        .filter(({ reason }) => reason === 'stolen')
        .map(({ id }) => id),
    ).toEqual([3, 2, 1])
  })

  it('spares notes younger than 20 ms unless there is nothing else', () => {
    const engine = bootDry()
    engine.install(sines(2))
    engine.noteOn(1, 50)
    engine.render(4800)
    engine.noteOn(2, 55)
    engine.render(96)
    engine.noteOff(2)
    engine.render(96)
    engine.noteOn(3, 60)
    engine.render(96)
    // 2 is released but young: 1 goes although it is held.
    expect(
      engine
        .replies()
        .filter(({ reason }) => reason === 'stolen')
        .map(({ id }) => id),
    ).toEqual([1])
    engine.noteOn(4, 62)
    engine.render(96)
    expect(
      engine
        .replies()
        .filter(({ reason }) => reason === 'stolen')
        .map(({ id }) => id),
    ).toEqual([2])
  })

  it('keeps its promise when every spare lane is busy fading', () => {
    const engine = bootDry()
    engine.install(sines(4, 'poly', 0.3))
    for (let i = 0; i < 200; i++) engine.noteOn(i + 1, 60, 0.2, 4800 + i * 16)
    const { left } = engine.render(24000)
    expect(peakOf(left)).toBeGreaterThan(0)
    // All voices carry the same pitch at low level: a cut without let-down would step by the level of a voice.
    expect(stepOf(left)).toBeLessThan(0.1)
    engine.render(9600)
    expect(engine.status('voices')).toBe(4)
  })

  it.each(['mono', 'legato'] as const)('%s sounds one voice', (mode) => {
    const engine = bootDry()
    engine.install(sines(8, mode))
    for (let id = 1; id <= 6; id++) {
      engine.noteOn(id, 50 + id)
      engine.render(2400)
    }
    expect(engine.status('voices')).toBe(1)
    for (let id = 6; id >= 1; id--) engine.noteOff(id)
    engine.render(24000)
    expect(engine.status('voices')).toBe(0)
  })

  it('legato glides to the new pitch in the stated time without a new attack', () => {
    const engine = bootDry()
    engine.install({ patch: { ...sines(1, 'legato').patch, voices: voice(1, 'legato', 0.1) } })
    engine.noteOn(1, 48, 1)
    engine.render(9600)
    engine.noteOn(2, 60, 1)
    const { left } = engine.render(14400)
    const period = (from: number, to: number): number => {
      const ups: number[] = []
      for (let i = from + 1; i < to; i++)
        if (left[i - 1]! < 0 && left[i]! >= 0) ups.push(i - left[i]! / (left[i]! - left[i - 1]!))
      return (ups.at(-1)! - ups[0]!) / (ups.length - 1)
    }
    const hz = 48000 / period(5400, 14400)
    expect(1200 * Math.log2(hz / 261.6256)).toBeCloseTo(0, 0)
    // Half way through the glide the pitch is half way in semitones.
    const mid = 48000 / period(2000, 2800)
    expect(1200 * Math.log2(mid / 184.997)).toBeLessThan(120)
    expect(1200 * Math.log2(mid / 184.997)).toBeGreaterThan(-120)
    expect(peakOf(left, 0, 1000)).toBeGreaterThan(0.1)
  })

  it.each(['poly', 'mono', 'legato'] as const)('%s: every note is reported over exactly once', (mode) => {
    const strike = fc.record({
      id: fc.integer({ min: 0, max: 5 }),
      wait: fc.integer({ min: 0, max: 900 }),
      panic: fc.nat(30),
    })
    fc.assert(
      fc.property(fc.array(strike, { minLength: 1, maxLength: 40 }), (strikes) => {
        const engine = bootDry()
        engine.install(sines(4, mode, 0.02))
        // Each key alternates between down and up; every press is a note of its own.
        const down = new Map<number, number>()
        let notes = 0
        for (const { id, wait, panic } of strikes) {
          const held = down.get(id)
          if (panic === 0) {
            engine.commands.at(null).panic()
            down.clear()
          } else if (held === undefined) {
            down.set(id, ++notes)
            engine.noteOn(notes, 50 + id)
          } else {
            engine.noteOff(held)
            down.delete(id)
          }
          engine.render(wait)
        }
        for (const held of down.values()) engine.noteOff(held)
        engine.render(24000, 4096)
        const ends = engine
          .replies()
          .filter(({ type }) => type === 'noteEnd')
          .map(({ id }) => id)
        expect(ends.sort((a, b) => a - b)).toEqual(Array.from({ length: notes }, (_, i) => i + 1))
      }),
      { seed: 31, numRuns: process.env.VERIFY ? 500 : 15 },
    )
  })
})
