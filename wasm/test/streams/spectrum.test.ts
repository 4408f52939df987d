// The spectrum: levels and frequencies of known tones for every window and size, energy, channels, averaging and hold.
import { describe, expect, test } from 'vitest'
import { STREAM_SPECS } from '../../../src/engine/wire/streams.ts'
import { noise, RATE, sine, streamRig } from './rig.ts'

const params = STREAM_SPECS.get('spectrum')!.params
const choices = (id: string): string[] => params.find((param) => param.id === id)!.options!.map((option) => option.id)
const SIZES = choices('size').map(Number)

/** Of each window: scalloping in dB, noise bandwidth in bins, and how much of far tones leaks in (of a real tone: its mirror image). */
const WINDOWS: Record<string, { scallop: number; bandwidth: number; leakDb: number; leakBins: number }> = {
  rectangular: { scallop: 3.92, bandwidth: 1, leakDb: 0.25, leakBins: 0.02 },
  hann: { scallop: 1.42, bandwidth: 1.5, leakDb: 0.01, leakBins: 0.001 },
  blackmanHarris: { scallop: 0.83, bandwidth: 2.0044, leakDb: 0.01, leakBins: 0.001 },
  flatTop: { scallop: 0.01, bandwidth: 3.7702, leakDb: 0.01, leakBins: 0.01 },
}
const still = { average: 0, overlap: 0 }
const cases = SIZES.flatMap((size) => Object.keys(WINDOWS).map((window) => [size, window] as const))

describe('spectrum', () => {
  test('every window that it has is tested here', () => expect(choices('window')).toEqual(Object.keys(WINDOWS)))

  test.each(cases)(
    '%i, %s: a full-scale sine at a bin reads 0 dB there, halfway its scalloping less',
    (size, window) => {
      for (const share of [0.03, 0.2, 0.41]) {
        const bin = Math.round(share * size)
        for (const [offset, expected] of [
          [0, 0],
          [0.5, -WINDOWS[window]!.scallop],
        ] as const) {
          const rig = streamRig('spectrum', { ...still, size, window })
          const hertz = ((bin + offset) * RATE) / size
          rig.push(sine(size, hertz))
          const { level, peakHz, peakDb } = rig.read()
          expect(level!.length).toBe(size / 2 + 1)
          const { leakDb, leakBins } = WINDOWS[window]!
          expect(Math.abs(level![bin]! - expected), `level at ${hertz} Hz`).toBeLessThan(leakDb)
          expect(Math.abs(peakDb![0]!), `peak level at ${hertz} Hz`).toBeLessThan(leakDb)
          expect((Math.abs(peakHz![0]! - hertz) * size) / RATE, `peak at ${hertz} Hz`).toBeLessThan(leakBins)
        }
      }
    },
  )

  test.each(cases)('%i, %s: the sum over all bins is the energy of the signal', (size, window) => {
    const rig = streamRig('spectrum', { average: 10, overlap: 0.5, size, window })
    const signal = noise(size * 128, size)
    rig.push(signal)
    // A transform weighs its ends less, so only many of them together see all of the signal.
    const power = rig.read().level!.reduce((sum, db, bin) => {
      const edge = bin === 0 || bin === size / 2
      return sum + 10 ** (db / 10) * (edge ? 1 : 0.5)
    }, 0)
    const meanSquare = signal.reduce((sum, x) => sum + x * x, 0) / signal.length
    expect(Math.abs(10 * Math.log10(power / WINDOWS[window]!.bandwidth / meanSquare))).toBeLessThan(0.2)
  })

  test.each(SIZES)('%i: without a window the energy is exact (Parseval)', (size) => {
    const rig = streamRig('spectrum', { ...still, size, window: 'rectangular' })
    const signal = noise(size, 7)
    rig.push(signal)
    const power = rig
      .read()
      .level!.reduce((sum, db, bin) => sum + 10 ** (db / 10) * (bin === 0 || bin === size / 2 ? 1 : 0.5), 0)
    const meanSquare = signal.reduce((sum, x) => sum + x * x, 0) / size
    expect(Math.abs(10 * Math.log10(power / meanSquare))).toBeLessThan(0.001)
  })

  test('a quiet tone reads its level down to -120 dB beside silence', () => {
    for (const db of [-20, -60, -90, -120]) {
      const rig = streamRig('spectrum', { ...still, window: 'blackmanHarris' })
      rig.push(sine(4096, (100 * RATE) / 4096, 10 ** (db / 20)))
      expect(Math.abs(rig.read().level![100]! - db)).toBeLessThan(0.1)
    }
  })

  test('a constant reads its level at 0 Hz and is no peak', () => {
    const rig = streamRig('spectrum', still)
    rig.push(new Float32Array(4096).fill(0.5))
    const { level, peakDb } = rig.read()
    expect(Math.abs(level![0]! + 6.02)).toBeLessThan(0.01)
    // Rounding noise only.
    expect(peakDb![0]).toBeLessThan(-130)
  })

  test('silence reads -200 dB everywhere and has no peak', () => {
    const rig = streamRig('spectrum', still)
    rig.push(new Float32Array(4096))
    const { level, hold, peakHz } = rig.read()
    expect(Math.max(...level!, ...hold!)).toBeLessThan(-199.9)
    expect(peakHz![0]).toBe(0)
  })

  test('left, right, mid and side are told apart by more than 120 dB', () => {
    const bin = (k: number): number => (k * RATE) / 4096
    const left = sine(4096, bin(100))
    const right = sine(4096, bin(300), 0.5)
    const at = (channel: string): { left: number; right: number } => {
      const rig = streamRig('spectrum', { ...still, channel, window: 'blackmanHarris' })
      rig.push(left, right)
      const { level } = rig.read()
      return { left: level![100]!, right: level![300]! }
    }
    expect(at('left').left).toBeCloseTo(0, 1)
    expect(at('left').right).toBeLessThan(-120)
    expect(at('right').right).toBeCloseTo(-6.02, 1)
    expect(at('right').left).toBeLessThan(-120)
    expect(at('both').left).toBeCloseTo(0, 1)
    expect(at('both').right).toBeCloseTo(-6.02, 1)
    expect(at('mid').left).toBeCloseTo(-6.02, 1)
    expect(at('side').right).toBeCloseTo(-12.04, 1)
    const equal = streamRig('spectrum', { ...still, channel: 'side' })
    equal.push(left, left)
    expect(Math.max(...equal.read().level!)).toBeLessThan(-120)
  })

  test('the number of transforms follows the overlap', () => {
    // A click in the last eighth: only a transform that ends after it can see it.
    for (const [overlap, sees] of [
      [0, false],
      [0.875, true],
    ] as const) {
      const rig = streamRig('spectrum', { size: 512, overlap, average: 0 })
      const signal = new Float32Array(512 + 448)
      signal[512 + 200] = 1
      rig.push(signal)
      expect(Math.max(...rig.read().level!) > -100).toBe(sees)
    }
  })

  test('results do not depend on how the frames are cut', () => {
    const signal = noise(20_000, 5)
    const whole = streamRig('spectrum', { size: 1024 })
    whole.push(signal)
    for (const cut of [1, 127, 128, 1000]) {
      const rig = streamRig('spectrum', { size: 1024 })
      rig.push(signal, signal, cut)
      expect(rig.read()).toEqual(whole.read())
    }
  })

  test('the average follows with its time constant and the hold sinks as fast as it says', () => {
    const size = 512
    const bin = 64
    const hertz = (bin * RATE) / size
    const rig = streamRig('spectrum', { size, average: 0.5, fall: 20, overlap: 0.5 })
    rig.push(sine(RATE, hertz))
    rig.push(new Float32Array(RATE / 2))
    const { level, hold } = rig.read()
    // One time constant after the tone: 1/e of its power; hold: 20 dB/s for half a second.
    expect(Math.abs(level![bin]! - 10 * Math.log10(Math.exp(-1)))).toBeLessThan(0.1)
    const peaks = streamRig('spectrum', { size, average: 0, fall: 20, overlap: 0.5 })
    peaks.push(sine(RATE, hertz))
    peaks.push(new Float32Array(RATE / 2))
    expect(Math.abs(peaks.read().hold![bin]! + 10)).toBeLessThan(0.25)
    expect(hold![bin]!).toBeGreaterThanOrEqual(level![bin]!)
  })

  test('a number that is not finite is gone when its frames are', () => {
    const rig = streamRig('spectrum', { size: 512, average: 0.1 })
    const broken = sine(512, 1000)
    broken[100] = NaN
    broken[101] = Infinity
    rig.push(broken)
    rig.push(sine(RATE, 1500))
    const { level, hold, peakHz } = rig.read()
    expect([...level!, ...hold!].every(Number.isFinite)).toBe(true)
    expect(Math.abs(peakHz![0]! - 1500)).toBeLessThan(10)
  })
})
