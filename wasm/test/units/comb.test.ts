// The comb filter: where it rings, feedback sign, damping, constant power, bounds.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, exactHz, rms } from './spectrum.ts'

const ring = (values: Record<string, number>, frames = 24000, sampleRate = 48000): Float32Array => {
  const rig = new UnitRig('comb', sampleRate)
  for (const [id, v] of Object.entries(values)) rig.set(id, v)
  return rig.start().render(frames, { input: (f) => (f < 8 ? Math.sin(f * 0.8) + 0.4 : 0) })[0]![0]!
}

test('negative feedback rings an octave below', () => {
  const signal = ring({ cutoff: 440, feedback: -0.95, damping: 0 })
  expect(Math.abs(1200 * Math.log2(exactHz(signal.subarray(0, 4096), 220, 48000) / 220))).toBeLessThan(2)
})

test('white noise keeps its power whatever the feedback, and mix 0 is the input itself', () => {
  let seed = 1
  const noise = Array.from(
    { length: 48000 },
    () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 31 - 1,
  )
  for (const feedback of [-0.9, -0.3, 0.5, 0.9]) {
    const out = new UnitRig('comb')
      .set('feedback', feedback)
      .set('damping', 0)
      .start()
      .render(48000, { input: (f) => noise[f]! })[0]![0]!
    // the interpolation takes some treble on each round
    expect(Math.abs(decibels(rms(out) / rms(noise)))).toBeLessThan(2)
  }
  const dry = new UnitRig('comb')
    .set('mix', 0)
    .start()
    .render(1000, { input: (f) => noise[f]! })[0]![0]!
  for (let i = 0; i < 1000; i++) expect(dry[i]).toBeCloseTo(noise[i]!, 6)
})

test('sweeping it makes no burst and it falls to exact silence', () => {
  const rig = new UnitRig('comb').set('feedback', 0.95).start()
  const out = rig.render(48000, {
    before: (f, n) => rig.ramp('cutoff', 40 * 100 ** (0.5 - 0.5 * Math.cos(f / 3000)), n),
    input: (f) => Math.sin(f * 0.03),
  })[0]![0]!
  expect(out.reduce((m, v) => Math.max(m, Math.abs(v)), 0)).toBeLessThan(8)
  rig.render(6 * 48000, { input: () => 0 })
  expect(rig.render(64, { input: () => 0 })[0]![0]!.every((v) => v === 0)).toBe(true)
})
