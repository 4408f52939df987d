// LFO, gain, pan and mix: exact rates and shapes, levels, constant power.
import { describe, expect, test } from 'vitest'

import { UnitRig } from './rig.ts'

const lfo = (values: Record<string, number>): UnitRig => {
  const rig = new UnitRig('lfo')
  for (const [id, v] of Object.entries(values)) rig.set(id, v)
  return rig
}
const frac = (x: number): number => x - Math.floor(x)
const shapes: ((t: number) => number)[] = [
  (t) => Math.sin(2 * Math.PI * t),
  (t) => 1 - Math.abs(frac(t + 0.25) * 4 - 2),
  (t) => frac(t + 0.5) * 2 - 1,
  (t) => (frac(t) < 0.5 ? 1 : -1),
]

describe('lfo', () => {
  test('shapes follow their law everywhere but on their 1 ms edges', () => {
    for (const [shape, law] of shapes.entries()) {
      const out = lfo({ shape, rate: 3, phase: 40 }).start().render(48000)[0]![0]!
      const edge = shape < 2 ? 0 : 0.0031
      for (let i = 0; i < out.length; i += 7) {
        const t = (i * 3) / 48000 + 40 / 360
        const nearEdge =
          shape === 2 ? Math.abs(frac(t) - 0.5) < edge : shape === 3 && Math.abs(frac(t * 2 + 0.5) - 0.5) < edge * 2
        if (!nearEdge)
          expect(Math.abs(out[i]! - law(t)), `shape ${shape} frame ${i}`).toBeLessThan(shape === 2 ? 0.007 : 1e-4)
      }
    }
  })

  test('a rate that ramps ends where the integral of the ramp says', () => {
    const rig = lfo({ rate: 2, shape: 2 }).start()
    const out = rig.render(48000, { before: (f, n) => rig.ramp('rate', 2 + (6 * (f + n)) / 48000, n) })[0]![0]!
    const t = frac(5 - 8 / 48000 + 0.5) * 2 - 1 // 2 + 6/2 cycles
    expect(Math.abs(out[47999]! - t)).toBeLessThan(0.02)
  })

  test('delay holds it at zero, fade grows it to full depth', () => {
    const out = lfo({ shape: 3, rate: 0.01, delay: 0.1, fade: 0.2 }).start().render(24000)[0]![0]!
    expect(out[4799]).toBe(0)
    expect(out[4800 + 4800]).toBeCloseTo(0.5, 3)
    expect(out[20000]).toBeCloseTo(1, 5)
  })

  test('random holds a new value each cycle, wander glides, seeds differ and repeat', () => {
    const values = (shape: number, seed: number): Float32Array =>
      lfo({ shape, rate: 10 }).seed(seed).start().render(48000)[0]![0]!
    const held = values(4, 9)
    const steps = Array.from({ length: 10 }, (_, k) => held[k * 4800 + 2400]!)
    expect(new Set(steps).size).toBe(10)
    for (let k = 0; k < 10; k++) for (let i = 60; i < 4800; i += 100) expect(held[k * 4800 + i]).toBe(steps[k])
    const wander = values(5, 9)
    let step = 0
    for (let i = 1; i < wander.length; i++) step = Math.max(step, Math.abs(wander[i]! - wander[i - 1]!))
    expect(step).toBeLessThan(0.001)
    expect(values(4, 9)).toEqual(held)
    expect(values(4, 10)).not.toEqual(held)
    expect(Math.max(...[held, wander].map((v) => v.reduce((m, x) => Math.max(m, Math.abs(x)), 0)))).toBeLessThanOrEqual(
      1,
    )
  })
})

test('gain multiplies by decibels and modulation; -60 dB is silence; a jump is a ramp', () => {
  const rig = new UnitRig('gain').set('level', -6.0206).start()
  const out = rig.render(64, { input: () => 1, mod: (f) => f / 64 })[0]![0]!
  for (let i = 0; i < 64; i++) expect(out[i]).toBeCloseTo((0.5 * i) / 64, 5)
  const jump = rig.set('level', -60).render(33, { input: () => 1 })[0]![0]!
  expect(jump[0]).toBeCloseTo(0.5, 5)
  expect(jump[16]).toBeCloseTo(0.25, 5)
  expect(jump[32]).toBe(0)
})

test('pan keeps power within 0.01 dB, -3 dB in the middle; spread strays per note', () => {
  for (const pan of [-1, -0.7, -0.2, 0, 0.5, 1]) {
    const [left, right] = new UnitRig('pan')
      .set('pan', pan)
      .start()
      .render(32, { input: () => 1 }) as [Float32Array[], Float32Array[]]
    const power = 10 * Math.log10(left[0]![31]! ** 2 + right[0]![31]! ** 2)
    expect(Math.abs(power)).toBeLessThan(0.001)
    expect(right[0]![31]! ** 2).toBeCloseTo(Math.sin(((pan + 1) * Math.PI) / 4) ** 2, 5)
  }
  const spread = new UnitRig('pan')
    .set('spread', 1)
    .start()
    .render(32, { input: () => 1 })[0]!
  expect(new Set(spread.map((lane) => lane[31])).size).toBe(4)
})

test('mix adds its patched inputs at their levels', () => {
  const out = new UnitRig('mix')
    .set('level1', 0.5)
    .set('level2', 0.25)
    .start()
    .render(40, { input: (f) => f, mod: () => 4 })[0]![0]!
  for (let i = 0; i < 40; i++) expect(out[i]).toBeCloseTo(0.5 * i + 1, 5)
})
