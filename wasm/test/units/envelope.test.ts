// The envelope unit: exact stage times and levels, curves, release from anywhere, sustain that follows, legato.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'

const sampleRate = 48000
const env = (values: Record<string, number>): UnitRig => {
  const rig = new UnitRig('env', sampleRate)
  for (const [id, value] of Object.entries({ delay: 0, hold: 0, velocity: 0, ...values })) rig.set(id, value)
  return rig
}

test('a 20 s attack is not bent by rounding', () => {
  const rig = env({ attack: 20, curve: 0 }).start()
  const out = rig.render(20 * sampleRate + 1)[0]![0]!
  let worst = 0
  for (let i = 0; i < out.length; i += 97) worst = Math.max(worst, Math.abs(out[i]! - i / (20 * sampleRate)))
  expect(worst).toBeLessThan(1e-6)
})

test('release begins at the present level wherever it comes and takes its full time', () => {
  for (const at of [10, 240, 1000, 4000, 9000]) {
    const rig = env({ attack: 0.02, decay: 0.1, sustain: 0.3, release: 0.05, curve: 1 }).start()
    const before = rig.render(at)[0]![0]!
    const tail = rig.release().render(2400 + 8)[0]![0]!
    expect(Math.abs(tail[0]! - before[at - 1]!)).toBeLessThan(0.003)
    expect(tail[2399]).toBeGreaterThan(0)
    expect(tail[2400]).toBe(0)
  }
})

test('lanes run their own times', () => {
  const rig = env({ curve: 0, decay: 1, sustain: 1 }).set('attack', [0.001, 0.01, 0.1, 0.5]).start()
  const out = rig.render(24100)[0]!
  expect(out.map((lane) => lane.findIndex((v) => v >= 0.99999))).toEqual([48, 480, 4800, 24000])
})

test('stages of 0 s last 0.5 ms, so that no level steps', () => {
  const rig = env({ attack: 0, decay: 0, sustain: 0.5, release: 0, curve: 0 }).start()
  const out = rig.render(200)[0]![0]!
  const tail = rig.release().render(64)[0]![0]!
  const all = [...out, ...tail]
  let step = 0
  for (let i = 1; i < all.length; i++) step = Math.max(step, Math.abs(all[i]! - all[i - 1]!))
  expect(step).toBeLessThan(0.045)
  expect(out[24]).toBe(1)
  expect(out[48]).toBe(0.5)
  expect(tail[24]).toBe(0)
})

test('sustain follows its parameter and a legato start goes on from the present level', () => {
  const rig = env({ attack: 0.001, decay: 0.001, sustain: 0.5, release: 0.1, curve: 0 }).start()
  rig.render(320)
  const moved = rig.ramp('sustain', 0.6, 32).render(32)[0]![0]!
  expect(moved[16]).toBeCloseTo(0.55, 5)
  expect(rig.render(32)[0]![0]![0]).toBeCloseTo(0.6, 6)
  rig.release().render(480)
  rig.legato(1).set('attack', 0.01).start(3)
  const again = rig.render(480)[0]!
  expect(again[0]![0]).toBeCloseTo(0.6 * 0.9, 3)
  expect(again[1]![0]).toBe(0)
})

test('velocity lowers the whole envelope by its amount', () => {
  const rig = env({ attack: 0, sustain: 1, velocity: 0.5 }).velocity([1, 0.5, 0.2, 0]).start()
  const out = rig.render(480)[0]!
  expect(out.map((lane) => Number(lane[479]!.toFixed(5)))).toEqual([1, 0.75, 0.6, 0.5])
})

test('cutting blocks elsewhere changes nothing but rounding', () => {
  const make = (cut?: number): Float32Array =>
    env({ attack: 0.013, decay: 0.021, sustain: 0.3, curve: 1 })
      .start()
      .render(4800, cut ? { cut } : {})[0]![0]!
  const whole = make()
  for (const cut of [1, 7, 19]) {
    const other = make(cut)
    for (let i = 0; i < 4800; i++) expect(Math.abs(other[i]! - whole[i]!)).toBeLessThan(2e-6)
  }
})
