// Multi-segment envelope: every point on its frame with its level, curves, sustain, loops, release, song time.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'

type Point = readonly [level: number, time: number, curve: number]
const mseg = (points: readonly Point[], values: Record<string, number> = {}): UnitRig => {
  const rig = new UnitRig('mseg').set('points', points.length).set('sustain', 0)
  points.forEach(([level, time, curve], i) => {
    rig
      .set(`level${i + 1}`, level)
      .set(`time${i + 1}`, time)
      .set(`curve${i + 1}`, curve)
  })
  for (const [id, value] of Object.entries(values)) rig.set(id, value)
  return rig
}

test('a loop of odd lengths does not drift', () => {
  const rig = mseg(
    [
      [1, 0.01, 0],
      [-1, 0.00333, 0],
      [1, 0.00333, 0],
    ],
    { loop: 1, loopStart: 2, loopEnd: 3 },
  ).start()
  const out = rig.render(48000)[0]![0]!
  // each way takes 159.84 frames: every 25 loops are 7992 frames
  for (let k = 0; k < 5; k++) {
    const at = 480 + 7992 * k
    expect(out[at]).toBeCloseTo(1, 1)
    let peak = at
    for (let i = at - 30; i < at + 30; i++) if (out[i]! > out[peak]!) peak = i
    expect(Math.abs(peak - at)).toBeLessThanOrEqual(1)
  }
  expect(rig.finished()).toBe(0)
  rig.set('release', 0.02).release().render(961)
  expect(rig.finished()).toBe(15)
})

test('sustain waits, follows its level, and goes on when the key is let go', () => {
  const rig = mseg(
    [
      [1, 0.01, 0],
      [0.5, 0.01, 0],
      [0.8, 0.01, 0],
      [0, 0.01, 0],
    ],
    { sustain: 2 },
  ).start()
  const held = rig.render(4800)[0]![0]!
  expect(held[959]).toBeCloseTo(0.5, 2)
  expect(held[4799]).toBeCloseTo(0.5, 6)
  rig.set('level2', 0.6)
  rig.render(480)
  expect(rig.render(32)[0]![0]![0]).toBeCloseTo(0.6, 6)
  const tail = rig.release().render(961)[0]![0]!
  expect(tail[480]).toBeCloseTo(0.8, 5)
  expect(tail[240]).toBeCloseTo(0.7, 3)
  expect(tail[960]).toBe(0)
  expect(rig.finished()).toBe(15)
})

test('letting go early goes on at once from the present level; legato too', () => {
  const rig = mseg(
    [
      [1, 0.1, 0],
      [0.5, 0.1, 0],
      [0, 0.01, 0],
    ],
    { sustain: 2 },
  ).start()
  const rise = rig.render(2400)[0]![0]!
  const fall = rig.release(1).render(481)[0]!
  expect(fall[0]![0]).toBeCloseTo(rise[2399]!, 3)
  expect(fall[0]![480]).toBe(0)
  expect(fall[1]![480]).toBeCloseTo(0.6, 2)
  rig.legato(2).start(2)
  expect(rig.render(1)[0]![1]![0]).toBeCloseTo(0.6, 2)
})

test('times count in note lengths with sync', () => {
  const rig = mseg(
    [
      [1, 1, 0],
      [0, 0.5, 0],
    ],
    { sync: 8 },
  )
    .song(100, 3)
    .start() // eighths at 100 bpm: 0.3 s
  const out = rig.render(24000)[0]![0]!
  expect(out[14400]).toBe(1)
  expect(out[14399]).toBeLessThan(1)
  expect(out[14400 + 7200]).toBe(0)
})

test('an endless loop goes on after the key, but keeps no voice', () => {
  const rig = mseg(
    [
      [1, 0.01, 0],
      [0.2, 0.01, 0],
    ],
    { loop: 2, loopStart: 1, loopEnd: 2 },
  ).start()
  rig.render(5000)
  expect(rig.finished()).toBe(0)
  rig.release()
  const out = rig.render(5000)[0]![0]!
  expect(Math.max(...out.subarray(4000))).toBeGreaterThan(0.99)
  expect(rig.finished()).toBe(15)
})
