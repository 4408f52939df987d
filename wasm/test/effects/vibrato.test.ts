// Tremolo and vibrato: depths as stated, shapes, time with the song, cleanness, latency.
import { describe, expect, it } from 'vitest'
import { render, Rig, type Values } from './rig.ts'
import { db, noise, peak, rms, sine } from './signals.ts'

describe('vibrato', () => {
  /** Pitch of each cycle, from rising zeros, in cents of 1 kHz. */
  const cents = (x: Float32Array, from: number) => {
    const ups: number[] = []
    for (let n = from; n < x.length; n++) if (x[n - 1]! < 0 && x[n]! >= 0) ups.push(n - x[n]! / (x[n]! - x[n - 1]!))
    return ups.slice(1).map((at, i) => 1200 * Math.log2(48 / (at - ups[i]!)))
  }

  it('is late by its latency whatever its settings: depth 0 is the input', () => {
    const input = noise(6000, 3)
    const rig = new Rig('vibrato', { depth: 0 })
    const { left } = rig.process(input)
    expect(left.subarray(rig.latency)).toEqual(input.subarray(0, 6000 - rig.latency))
    expect(rig.latency).toBeLessThan(0.0065 * 48000)
    rig.free()
  })

  it('keeps time with the song and slides there after a seek, without a jump', () => {
    const rig = new Rig('vibrato', { depth: 30, sync: '1/8' }).song({ bpm: 120, beat: 7 })
    const before = rig.process(sine(1000, 48000)).left
    // Pitch is at its height a quarter of a cycle (3000 frames) behind each eighth note.
    const all = cents(before, 1000)
    const highest = 1000 + all.indexOf(Math.max(...all)) * 48
    expect(Math.abs((highest % 12000) - 3000)).toBeLessThan(500)
    rig.song({ bpm: 120, beat: 100.3 })
    const after = rig.process(sine(1000, 48000)).left
    const step = after.reduce((most, v, i) => (i ? Math.max(most, Math.abs(v - after[i - 1]!)) : most), 0)
    expect(step).toBeLessThan(0.16) // a 1 kHz sine steps by 0.13
    const fresh = new Rig('vibrato', { depth: 30, sync: '1/8' }).song({ bpm: 120, beat: 100.3 })
    const wanted = fresh.process(sine(1000, 48000)).left
    expect(db(peak(after.subarray(30000).map((v, i) => v - wanted[30000 + i]!)))).toBeLessThan(-60)
    rig.free()
    fresh.free()
  })
})

describe('tremolo', () => {
  const envelope = (values: Values, f = 3000, frames = 48000) => {
    const out = render('tremolo', values, sine(f, frames))
    const levels = (x: Float32Array) =>
      Array.from({ length: frames / 96 }, (_, k) => Math.SQRT2 * rms(x.subarray(96 * k, 96 * k + 96)))
    return { left: levels(out.left), right: levels(out.right) }
  }

  it('at depth 0 is the input, bit for bit', () => {
    const input = noise(8000, 3)
    expect(render('tremolo', { depth: 0 }, input).left).toEqual(input)
  })

  it('swings between full level and 1 - depth, at its rate', () => {
    for (const depth of [0.3, 0.6, 1]) {
      const { left } = envelope({ rate: 5, depth })
      expect(Math.abs(Math.max(...left) - 1)).toBeLessThan(0.01)
      expect(Math.abs(Math.min(...left) - (1 - depth))).toBeLessThan(0.02)
      const dips = left.filter((v, i) => i > 1 && left[i - 1]! < left[i - 2]! && left[i - 1]! < v && v < 1 - depth / 2)
      expect(dips.length).toBe(5)
    }
  })

  it('has an exact square, softened by its smoothing', () => {
    for (const [smoothing, most] of [
      [0.001, 0.006],
      [0.02, 0.06],
    ] as const) {
      const { left } = envelope({ rate: 2, depth: 1, shape: 'square', smoothing })
      const between = left.filter((v) => v > 0.05 && v < 0.95).length / left.length
      expect(between).toBeLessThan(2 * 2 * most)
      expect(Math.min(...left)).toBeLessThan(0.01)
    }
  })

  it('swings from side to side at 180 degrees', () => {
    const { left, right } = envelope({ rate: 2, depth: 1, phase: 180 })
    for (const [i, v] of left.entries()) expect(Math.abs(v + right[i]! - 1)).toBeLessThan(0.02)
  })

  it('moves lows against highs in the harmonic type', () => {
    const values: Values = { rate: 2, depth: 1, mode: 'harmonic', crossover: 700 }
    const high = envelope(values, 6000).left
    const low = envelope(values, 500).left
    const mean = (x: number[]) => x.reduce((a, b) => a + b, 0) / x.length
    const [h, l] = [mean(high), mean(low)]
    const dot = high.reduce((sum, v, i) => sum + (v - h) * (low[i]! - l), 0)
    expect(dot).toBeLessThan(0)
    expect(Math.max(...high) / Math.min(...high)).toBeGreaterThan(2)
  })

  it('follows the song: the same level at the same beat after a seek', () => {
    const at = (beat: number) => {
      const rig = new Rig('tremolo', { sync: '1/4T', depth: 1 }).song({ bpm: 97, beat })
      const { left } = rig.process(new Float32Array(24000).fill(0.5))
      rig.free()
      return left.subarray(2400)
    }
    const [a, b] = [at(3), at(5)] // two quarters are three triplet quarters
    expect(db(peak(a.map((v, i) => v - b[i]!)))).toBeLessThan(-90)
  })
})
