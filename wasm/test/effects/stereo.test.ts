// Panner, width and mid/side: nulls to the bit, power laws, mono bass, matrices.
import { describe, expect, it } from 'vitest'
import { render, Rig, type Values } from './rig.ts'
import { db, noise, rms, sine } from './signals.ts'

const N = 9600
const left = noise(N, 1, 0.5)
const right = noise(N, 2, 0.5)
const settled = (x: Float32Array) => x.subarray(4800)

describe('panner', () => {
  const gains = (values: Values) => {
    const out = render('panner', values, sine(1000, N))
    const from = rms(settled(sine(1000, N)))
    return [rms(settled(out.left)) / from, rms(settled(out.right)) / from]
  }
  const places = [-1, -0.7, -0.31, -0.01, 0, 0.2, 0.5, 0.9, 1]

  it('keeps the power at -3 dB, the sum at -6 dB and between them the mean, within 0.01 dB', () => {
    for (const pan of places) {
      const [l3, r3] = gains({ pan, law: '3dB' })
      const [l6, r6] = gains({ pan, law: '6dB' })
      const [l4, r4] = gains({ pan, law: '4.5dB' })
      expect(Math.abs(10 * Math.log10((l3 ** 2 + r3 ** 2) / 2)), `${pan}`).toBeLessThan(0.01)
      expect(Math.abs(db((l6 + r6) / 2)), `${pan}`).toBeLessThan(0.01)
      for (const [a, b, c] of [
        [l3, l4, l6],
        [r3, r4, r6],
      ])
        if (a! > 0.001) expect(Math.abs(db(b! / Math.sqrt(a! * c!))), `${pan}`).toBeLessThan(0.01)
    }
    expect(db(gains({ pan: 1, law: '3dB' })[1]!)).toBeCloseTo(3.01, 2)
    expect(db(gains({ pan: 1, law: '4.5dB' })[1]!)).toBeCloseTo(4.515, 2)
    expect(db(gains({ pan: 1, law: '6dB' })[1]!)).toBeCloseTo(6.02, 2)
    expect(gains({ pan: 1 })[0]).toBeLessThan(1e-6)
  })

  it('loses neither channel in the stereo type', () => {
    const out = render('panner', { pan: 1, mode: 'stereo' }, left, right)
    const both = left.map((v, i) => v + right[i]!)
    const error = settled(out.right.map((v, i) => v - both[i]!))
    expect(db(rms(error))).toBeLessThan(-120)
    expect(db(rms(settled(out.left)))).toBeLessThan(-120)
  })

  it('travels in time with the song: left and right of the middle where the beat says', () => {
    const rig = new Rig('panner', { depth: 1, sync: '1/4', smoothing: 0.001 }).song({ bpm: 120, beat: 3.1 })
    const out = rig.process(sine(1000, 48000))
    // A cycle is 24000 frames; the sine is at its right end at beat 3.25, at its left end at beat 3.75.
    const at = (beat: number) => {
      const from = Math.round((beat - 3.1) * 24000) - 240
      return rms(out.right.subarray(from, from + 480)) / rms(out.left.subarray(from, from + 480))
    }
    expect(at(3.25)).toBeGreaterThan(50)
    expect(at(3.75)).toBeLessThan(0.02)
    expect(at(4.25)).toBeGreaterThan(50)
    rig.free()
  })
})

describe('width', () => {
  it('leaves the mono sum alone at any width and scales the side by it', () => {
    for (const width of [0, 0.4, 1.5, 2]) {
      const out = render('width', { width }, left, right)
      const sum = out.left.map((v, i) => v + out.right[i]! - left[i]! - right[i]!)
      expect(db(rms(sum))).toBeLessThan(-130)
      const side = out.left.map((v, i) => v - out.right[i]! - width * (left[i]! - right[i]!))
      expect(db(rms(side))).toBeLessThan(-130)
    }
  })
})

describe.each([
  ['width', 'bassMono'],
  ['midside', 'sideLowCut'],
])('%s: mono bass', (id, param) => {
  const side = (f: number) => {
    const x = sine(f, 24000)
    const out = render(
      id,
      { [param]: 120 },
      x,
      x.map((v) => -v),
    )
    return db(rms(out.left.subarray(12000)) / rms(x.subarray(12000)))
  }
  it('cuts the sides by 24 dB an octave, 6 dB at the crossover, and leaves the middle as loud as it was', () => {
    expect(side(120)).toBeCloseTo(-6.02, 1)
    expect(side(30)).toBeLessThan(-47)
    expect(Math.abs(side(2000))).toBeLessThan(0.01)
    for (const f of [40, 120, 400]) {
      const x = sine(f, 24000)
      const out = render(id, { [param]: 120 }, x)
      expect(Math.abs(db(rms(out.left.subarray(12000)) / rms(x.subarray(12000)))), `${f}`).toBeLessThan(0.01)
    }
  })
  it('keeps middle and sides in phase above it: a sound on one side stays there', () => {
    const x = sine(1000, 24000)
    const out = render(id, { [param]: 120 }, x, new Float32Array(24000))
    expect(db(rms(out.right.subarray(12000)) / rms(out.left.subarray(12000)))).toBeLessThan(-60)
  })
})

describe('midside', () => {
  const out = (values: Values) => render('midside', values, left, right)
  const error = (x: Float32Array, want: (l: number, r: number) => number) =>
    db(rms(settled(x.map((v, i) => v - want(left[i]!, right[i]!)))))

  it('does what each switch says', () => {
    const cases: [Values, (l: number, r: number) => number, (l: number, r: number) => number][] = [
      [{ swap: 1 }, (_, r) => r, (l) => l],
      [{ invertLeft: 1 }, (l) => -l, (_, r) => r],
      [{ invertRight: 1 }, (l) => l, (_, r) => -r],
      [{ invertLeft: 1, swap: 1 }, (_, r) => r, (l) => -l],
      [{ output: 'mono' }, (l, r) => (l + r) / 2, (l, r) => (l + r) / 2],
      [{ output: 'side' }, (l, r) => (l - r) / 2, (l, r) => (r - l) / 2],
      [{ side: -60 }, (l, r) => (l + r) / 2, (l, r) => (l + r) / 2],
      [{ mid: -60 }, (l, r) => (l - r) / 2, (l, r) => (r - l) / 2],
      [{ mid: 6 }, (l, r) => 1.99526 * ((l + r) / 2) + (l - r) / 2, (l, r) => 1.99526 * ((l + r) / 2) - (l - r) / 2],
      [{ balance: 0.25 }, (l) => 0.75 * l, (_, r) => r],
      [{ balance: -1 }, (l) => l, () => 0],
    ]
    for (const [values, l, r] of cases) {
      const { left: a, right: b } = out(values)
      expect(error(a, l), JSON.stringify(values)).toBeLessThan(-100)
      expect(error(b, r), JSON.stringify(values)).toBeLessThan(-100)
    }
  })
})
