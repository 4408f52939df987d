// Resonator: pitch, decay, chords, bodies, sides, calm while the chord changes.
import { describe, expect, it } from 'vitest'
import { render, Rig, type Values } from './rig.ts'
import { db, finite, impulse, noise, peak, response, rms } from './signals.ts'

const hertz = (note: number) => 440 * 2 ** ((note - 69) / 12)
const single = { chord: 'single', spread: 0, mix: 1 }

describe('resonator', () => {
  it('rings at the notes of its chord', () => {
    const chords: Record<string, number[]> = {
      minor: [48, 51, 55, 60, 63, 67],
      major7: [48, 52, 55, 59, 64, 67],
      octaves: [36, 48, 60, 72],
      harmonics: [1, 2, 3, 4, 5, 6].map((k) => 48 + 12 * Math.log2(k)),
    }
    for (const [chord, notes] of Object.entries(chords)) {
      const { left } = render('resonator', { chord, root: 48, spread: 0, mix: 1, decay: 3 }, impulse(72000))
      const on = response(left, notes.map(hertz))
      const off = response(
        left,
        notes.map((note) => hertz(note + 0.5)),
      )
      for (const [k, level] of on.entries()) expect(level - off[k], `${chord} ${notes[k]}`).toBeGreaterThan(12)
    }
  })

  it('has all harmonics as a string and odd ones as a pipe', () => {
    const levels = (body: string) => {
      const { left } = render('resonator', { ...single, body, root: 48, brightness: 1, decay: 3 }, impulse(72000))
      return response(
        left,
        [1, 2, 3, 4].map((k) => k * hertz(48)),
      )
    }
    const [s1, s2, s3, s4] = levels('string')
    for (const level of [s2, s3, s4]) expect(Math.abs(level - s1)).toBeLessThan(3)
    const [p1, p2, p3, p4] = levels('pipe')
    expect(Math.abs(p3 - p1)).toBeLessThan(3)
    for (const level of [p2, p4]) expect(level).toBeLessThan(p1 - 25)
  })

  it('keeps the level of pink noise within 4 dB for any chord and decay', () => {
    let low = 0
    const pink = noise(96000, 3, 0.3).map((v) => (low = low * 0.98 + v * 0.2))
    for (const chord of ['single', 'minor', 'bell'])
      for (const decay of [0.2, 2, 10]) {
        const { left } = render('resonator', { chord, decay, spread: 0, mix: 1 }, pink)
        expect(Math.abs(db(rms(left.subarray(48000)) / rms(pink))), `${chord} ${decay} s`).toBeLessThan(4)
      }
  })

  it('spreads its notes and keeps mono in mono without spread', () => {
    const apart = (spread: number) => {
      const { left, right } = render('resonator', { spread, mix: 1 }, noise(24000, 2, 0.3))
      return db(rms(left.map((v, i) => v - right[i])) / rms(left))
    }
    expect(apart(0)).toBeLessThan(-120)
    expect(apart(1)).toBeGreaterThan(-6)
  })

  it('stays bounded at the longest decay while root, chord and body jump', () => {
    const rig = new Rig('resonator', { decay: 20, brightness: 1, mix: 1 })
    const jumps: Values[] = [
      { root: 96, chord: 'bell' },
      { root: 24, body: 'pipe' },
      { root: 70, chord: 'octaves', body: 'string' },
      { chord: 'single', fine: 100 },
      { chord: 'fifths', root: 96 },
    ]
    for (const values of jumps) {
      rig.set(values)
      const { left, right, faults } = rig.process(noise(12000, 7))
      expect(faults).toBe(0)
      expect(finite(left) && finite(right)).toBe(true)
      expect(Math.max(peak(left), peak(right))).toBeLessThan(16)
    }
    rig.free()
  })
})
