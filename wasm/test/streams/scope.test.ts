// The scope: where it triggers, that a repeating wave stands still, and that no sample is lost between its points.
import { describe, expect, test } from 'vitest'
import { noise, RATE, sine, streamRig } from './rig.ts'

const one = (reading: Float32Array | undefined): number => reading![0]!

describe('scope', () => {
  test('begins at a rising or falling crossing of zero of a sine, within one frame', () => {
    for (const hertz of [30, 100, 440, 997, 5000])
      for (const [trigger, sign] of [
        ['rising', 1],
        ['falling', -1],
      ] as const) {
        const rig = streamRig('scope', { trigger, points: 960, span: 0.02 })
        rig.push(sine(RATE, hertz, 0.5))
        const { low, high, triggered } = rig.read()
        expect(one(triggered)).toBe(1)
        const step = (2 * Math.PI * hertz) / RATE
        expect(sign * one(low), `${hertz} Hz`).toBeGreaterThanOrEqual(0)
        expect(sign * one(low), `${hertz} Hz`).toBeLessThanOrEqual(0.5 * step + 1e-6)
        expect(sign * (high![1]! - high![0]!), `${hertz} Hz`).toBeGreaterThan(0)
      }
  })

  test('a wave with several crossings a period stands still', () => {
    const period = 480
    const wave = Float32Array.from({ length: RATE }, (_, i) => {
      const t = (2 * Math.PI * i) / period
      return 0.3 * Math.sin(t) + 0.4 * Math.sin(2 * t + 0.7) + 0.3 * Math.sin(3 * t + 1.6)
    })
    const rig = streamRig('scope')
    let first: Record<string, Float32Array> | undefined
    let moved = 0
    for (let at = 0; at + 37 <= wave.length; at += 37) {
      rig.push(wave.subarray(at, at + 37))
      if (at < 4 * period + 3000) continue
      const seen = rig.read()
      first ??= seen
      for (const side of ['low', 'high'] as const)
        for (const [p, value] of seen[side]!.entries()) moved = Math.max(moved, Math.abs(value - first[side]![p]!))
    }
    expect(moved).toBeLessThan(5e-6)
    expect(first).toBeDefined()
  })

  test('noise on the line does not fire the trigger of a slow wave', () => {
    const hertz = 50
    const wave = sine(RATE, hertz, 0.8)
    const line = noise(RATE, 9, 0.02)
    const rig = streamRig('scope', { points: 960 })
    rig.push(wave.map((x, i) => x + line[i]!))
    const { low, triggered } = rig.read()
    expect(one(triggered)).toBe(1)
    // A quarter period later the wave is at its top, so the crossing was the rising one.
    expect(low![RATE / hertz / 4]!).toBeGreaterThan(0.7)
  })

  test('each point holds the lowest and highest of its frames: none is lost, none comes twice', () => {
    const signal = noise(RATE, 11)
    for (const points of [16, 100, 256, 960]) {
      const rig = streamRig('scope', { trigger: 'free', points, span: 0.02 })
      rig.push(signal)
      const { low, high, triggered } = rig.read()
      expect(one(triggered)).toBe(0)
      const span = signal.subarray(signal.length - 960)
      for (let p = 0; p < points; p++) {
        const share = span.subarray(Math.floor((p * 960) / points), Math.floor(((p + 1) * 960) / points))
        expect(low![p]).toBe(Math.min(...share))
        expect(high![p]).toBe(Math.max(...share))
      }
    }
  })

  test('silence and a wave without a crossing are shown as they are', () => {
    const rig = streamRig('scope')
    rig.push(new Float32Array(RATE))
    expect(one(rig.read().triggered)).toBe(0)
    rig.push(sine(RATE, 100, 0.2).map((x) => x + 0.5))
    const { triggered, high } = rig.read()
    expect(one(triggered)).toBe(0)
    expect(Math.max(...high!)).toBeCloseTo(0.7, 2)
  })

  test('shows the channel that was asked for', () => {
    const left = sine(RATE, 200, 0.5)
    const right = sine(RATE, 200, 0.25)
    for (const [channel, top] of [
      ['left', 0.5],
      ['right', 0.25],
      ['mid', 0.375],
      ['side', 0.125],
    ] as const) {
      const rig = streamRig('scope', { channel })
      rig.push(left, right)
      expect(Math.max(...rig.read().high!)).toBeCloseTo(top, 3)
    }
  })
})
