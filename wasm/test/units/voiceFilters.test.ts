// Formant filter and voice phaser: responses against their formulas, movement without steps, song time.
import { describe, expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, fft, magnitudes, rms } from './spectrum.ts'

const sampleRate = 48000
/** Magnitudes of the impulse response at bins of sampleRate / size. */
function response(rig: UnitRig, size = 1 << 14): Float64Array {
  rig.render(3200, { input: () => 0 })
  const out = rig.render(size, { input: (f) => (f === 0 ? 1 : 0) })[0]![1]!
  const re = Float64Array.from(out)
  const im = new Float64Array(size)
  fft(re, im)
  return re.map((v, k) => Math.hypot(v, im[k]!)).subarray(0, size / 2)
}
const at = (mags: Float64Array, hz: number): number => mags[Math.round((hz / sampleRate) * mags.length * 2)]!

describe('formant', () => {
  test('shift moves them, mix 0 is the plain sound bit for bit', () => {
    const mags = response(new UnitRig('formant').set('shift', 12).set('sharpness', 2).start())
    expect(at(mags, 1300)).toBeGreaterThan(2 * at(mags, 1650))
    expect(at(mags, 1300)).toBeGreaterThan(4 * at(mags, 650))
    const input = (f: number): number => Math.fround(Math.sin(f * 0.1))
    const plain = new UnitRig('formant').set('mix', 0).start().render(2000, { input })[0]![0]!
    expect(plain.every((v, i) => v === input(i))).toBe(true)
  })
  test('a saw keeps its loudness within a few decibels over all vowels, and sweeps without a step', () => {
    const saw = (f: number): number => 2 * (((f * 110) / sampleRate) % 1) - 1
    for (let vowel = 0; vowel < 5; vowel++) {
      const rig = new UnitRig('formant').set('vowel', vowel).start()
      rig.render(4800, { input: saw })
      const level = decibels(rms(rig.render(9600, { input: saw })[0]![0]!) * Math.sqrt(3))
      expect(Math.abs(level), `vowel ${vowel}: ${level.toFixed(1)} dB`).toBeLessThan(9)
    }
    const rig = new UnitRig('formant').set('vowel', 0).start()
    const tone = (f: number): number => Math.sin((2 * Math.PI * 700 * f) / sampleRate)
    const out = rig.render(1 << 14, {
      input: tone,
      before: (f, n) => rig.ramp('vowel', (4 * (f + n)) / (1 << 14), n),
    })[0]![0]!
    const mags = magnitudes(out)
    // what steps from block to block lies 1500 Hz away
    let worst = 0
    mags.forEach((v, k) => {
      const hz = (k * sampleRate) / (1 << 14)
      if (Math.abs(hz - 2200) < 60) worst = Math.max(worst, v)
    })
    expect(decibels(worst)).toBeLessThan(-60)
  })
})

describe('phaser', () => {
  const make = (values: Record<string, number>): UnitRig => {
    const rig = new UnitRig('phaser').set('depth', 0).set('feedback', 0).set('frequency', 1000)
    for (const [id, value] of Object.entries(values)) rig.set(id, value)
    return rig.start()
  }
  test('sweeps from the note’s start, or with the song, and changes stages without a step', () => {
    const input = (f: number): number => Math.sin((2 * Math.PI * 500 * f) / sampleRate)
    const rig = make({ depth: 2, rate: 2 })
    const out = rig.render(24000, { input })[0]!
    const again = rig.start(4).render(24000, { input })[0]!
    for (let i = 200; i < 24000; i += 37) expect(again[2]![i]!).toBeCloseTo(out[2]![i]!, 2)
    const phaseOf = (beat: number): Float32Array =>
      make({ depth: 2, sync: 11 }).song(120, beat).render(480, { input })[0]![0]!
    const [a, b, c] = [phaseOf(0.3), phaseOf(4.3), phaseOf(0.8)]
    for (let i = 0; i < 480; i++) expect(b[i]!).toBeCloseTo(a[i]!, 5)
    expect(rms(a.map((v, i) => v - c[i]!))).toBeGreaterThan(0.05)
    const still = make({})
    const before = still.render(4800, { input })[0]![0]!
    const after = still.set('stages', 2).render(4800, { input: (f) => input(f + 4800) })[0]![0]!
    let step = Math.abs(after[0]! - before[4799]!)
    for (let i = 1; i < 480; i++) step = Math.max(step, Math.abs(after[i]! - after[i - 1]!))
    expect(step).toBeLessThan(0.14)
  })
})
