// The ladder filter: small-signal response, tuning, aliasing when driven, stability.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'

test('thrown about at full resonance and drive it stays bounded', () => {
  let seed = 99
  const random = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32
  const rig = new UnitRig('ladder').set('resonance', 1).set('drive', 12).start()
  const out = rig.render(48000, {
    cut: 7,
    before: (_, n) => rig.ramp('cutoff', 20 * 1000 ** random(), n),
    input: () => 2 * random() - 1,
  })[0]!
  for (const lane of out) expect(lane.reduce((m, v) => Math.max(m, Math.abs(v)), 0)).toBeLessThan(4)
  rig.set('resonance', 0.5).set('cutoff', 1000)
  rig.render(48000, { input: () => 0 })
  expect(rig.render(64, { input: () => 0 })[0]![0]!.every((v) => v === 0)).toBe(true)
})
