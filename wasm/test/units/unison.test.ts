// Unison and supersaw: constant power over seeds and settings, stereo, pitch centre, click-free changes.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, magnitudes, noteHz, rms } from './spectrum.ts'

const seeds = process.env.VERIFY ? 64 : 12

// eight seconds: the slowest beat of the default supersaw on A3 lasts two
function levels(make: () => UnitRig): number[] {
  const out: number[] = []
  for (let seed = 0; seed < seeds; seed += 4) {
    const rig = make().seed(
      [seed + 1, seed + 2, seed + 3, seed + 4].map((v) => Math.imul(v, 0x9e3779b9) >>> 0) as [
        number,
        number,
        number,
        number,
      ],
    )
    const [left, right] = rig.start().render(8 * 48000)
    for (let lane = 0; lane < 4; lane++) out.push(decibels(Math.hypot(rms(left![lane]!), rms(right![lane]!))))
  }
  return out
}
const spreadOf = (v: number[]): number => Math.max(...v) - Math.min(...v)

test('power is the same for every number of voices and every mix', () => {
  const mean = (v: number[]): number => v.reduce((a, b) => a + b) / v.length
  const unison = [1, 3, 8, 16].map((n) =>
    mean(levels(() => new UnitRig('unison').pitch(50).set('voices', n).set('detune', 0.5))),
  )
  expect(spreadOf(unison)).toBeLessThan(0.4)
  const supersaw = [0, 0.4, 0.75, 1].map((m) =>
    mean(levels(() => new UnitRig('supersaw').pitch(50).set('mix', m).set('detune', 0.5))),
  )
  expect(spreadOf(supersaw)).toBeLessThan(0.4)
})

test('outer copies lie at the stated detune and the whole is centred on the note', () => {
  const rig = new UnitRig('unison')
    .set('wave', 3)
    .set('voices', 5)
    .set('detune', 0.5)
    .set('spread', 0)
    .pitch(81)
    .start()
  const mags = magnitudes(rig.render(1 << 17)[0]![0]!)
  const bin = 48000 / (1 << 17)
  const centsAt: number[] = []
  for (let k = 2; k < mags.length - 2; k++) {
    if (mags[k]! > 0.05 && mags[k]! > mags[k - 1]! && mags[k]! >= mags[k + 1]!)
      centsAt.push(1200 * Math.log2((k * bin) / noteHz(81)))
  }
  expect(centsAt.length).toBe(5)
  expect(centsAt[0]).toBeCloseTo(-50, 0)
  expect(centsAt[4]).toBeCloseTo(50, 0)
  expect(Math.abs(centsAt.reduce((a, b) => a + b) / 5)).toBeLessThan(1)
})

test('spread 0 is mono, spread 1 decorrelates the channels', () => {
  for (const id of ['supersaw', 'unison']) {
    const [left, right] = new UnitRig(id).set('spread', 0).pitch(57).start().render(4800)
    for (let i = 0; i < 4800; i++) expect(Math.abs(left![0]![i]! - right![0]![i]!)).toBeLessThan(1e-6)
    const [l, r] = new UnitRig(id).set('spread', 1).set('detune', 0.3).pitch(57).start().render(96000) as [
      Float32Array[],
      Float32Array[],
    ]
    let cross = 0
    for (let i = 0; i < 96000; i++) cross += l[0]![i]! * r[0]![i]!
    expect(cross / 96000 / rms(l[0]!) / rms(r[0]!)).toBeLessThan(0.8)
  }
})

test('a change of wave or number of voices fades', () => {
  const rig = new UnitRig('unison').set('wave', 3).set('voices', 4).set('detune', 0.1).pitch(45).start()
  rig.render(4800)
  const before = rig.render(320)[0]![0]!
  let steady = 0
  for (let i = 1; i < 320; i++) steady = Math.max(steady, Math.abs(before[i]! - before[i - 1]!))
  const after = rig.set('voices', 9).render(64)[0]![0]!
  let step = Math.abs(after[0]! - before[319]!)
  for (let i = 1; i < 64; i++) step = Math.max(step, Math.abs(after[i]! - after[i - 1]!))
  expect(step).toBeLessThan(steady * 1.5 + 2.5 / 32)
})
