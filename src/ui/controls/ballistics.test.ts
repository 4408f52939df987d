// How the meters move, against the design: up at once, down 20 dB per second, peaks held 2 s (Node).
import { describe, expect, it } from 'vitest'
import { advance, FLOOR_DB, newMeterState } from './ballistics.ts'

const amplitude = (db: number) => 10 ** (db / 20)

describe('a meter', () => {
  it('rises at once and falls 20 dB in a second', () => {
    const meter = newMeterState()
    advance(meter, amplitude(-6), amplitude(-3), 16, 1000)
    expect(meter.rmsDb).toBeCloseTo(-6, 6)
    for (let i = 1; i <= 10; i++) advance(meter, 0, 0, 100, 1000 + i * 100)
    expect(meter.rmsDb).toBeCloseTo(-26, 6)
  })

  it('holds its peak for two seconds, then lets it fall', () => {
    const meter = newMeterState()
    advance(meter, 0, amplitude(-3), 16, 1000)
    advance(meter, 0, 0, 100, 2990)
    expect(meter.peakDb).toBeCloseTo(-3, 6)
    advance(meter, 0, 0, 100, 3100)
    expect(meter.peakDb).toBeCloseTo(-5, 6)
  })

  it('keeps the clip light on and stops at its floor', () => {
    const meter = newMeterState()
    advance(meter, 1, 1, 16, 0)
    for (let i = 1; i < 100; i++) advance(meter, 0, 0, 200, i * 200)
    expect(meter.clipped).toBe(true)
    expect(meter.rmsDb).toBe(FLOOR_DB)
  })

  it('says when nothing moves, so that nothing is drawn', () => {
    const meter = newMeterState()
    expect(advance(meter, 0.5, 0.5, 16, 0)).toBe(true)
    for (let i = 1; i < 60; i++) advance(meter, 0, 0, 100, i * 100)
    expect(advance(meter, 0, 0, 100, 6000)).toBe(false)
  })
})
