// White and pink noise: independence of lanes and notes, levels. FM: feedback.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, rms } from './spectrum.ts'

test('lanes and neighbouring seeds are uncorrelated, the same seed repeats, the level is as documented', () => {
  for (const [id, level] of [
    ['white', 1 / Math.sqrt(3)],
    ['pink', 0.35],
  ] as const) {
    const lanes = new UnitRig(id).seed([7, 8, 9, 7]).start().render(96000)[0]!
    expect(lanes[3]).toEqual(lanes[0])
    const [a, b] = [lanes[0]!, lanes[1]!]
    for (let lag = -5; lag <= 5; lag++) {
      let sum = 0
      for (let i = 10; i < 95990; i++) sum += a[i]! * b[i + lag]!
      expect(Math.abs(sum / 96000 / rms(a) / rms(b))).toBeLessThan(id === 'white' ? 0.02 : 0.2)
    }
    expect(Math.abs(decibels(rms(a) / level))).toBeLessThan(id === 'white' ? 0.1 : 1)
  }
})

test('FM feedback brightens and never runs away', () => {
  const rig = new UnitRig('fm').pitch(45).set('index', 3).set('feedback', [0, 0.3, 0.7, 1]).start()
  const lanes = rig.render(48000)[0]!
  for (const lane of lanes) expect(lane.reduce((m, v) => Math.max(m, Math.abs(v)), 0)).toBeLessThan(1.3) // ripple of the half-band filter
  const roughness = lanes.map((v) => v.reduce((s, x, i) => (i ? s + (x - v[i - 1]!) ** 2 : s), 0))
  expect(roughness[1]).toBeGreaterThan(roughness[0]!)
  expect(roughness[3]).toBeGreaterThan(roughness[1]!)
})
