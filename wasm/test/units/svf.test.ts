// The state-variable filter unit against its own digital transfer function, and under rough modulation.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'

test('a settled filter and one that never settles agree', () => {
  const make = (wobble: number): Float32Array => {
    const rig = new UnitRig('svf').set('slope', 1).set('resonance', 0.6).set('cutoff', 900).start()
    let sign = 1
    return rig.render(4800, {
      before: (_, n) => ((sign = -sign), wobble ? rig.ramp('cutoff', 900 + sign * wobble, n) : rig),
      input: (f) => Math.sin(f * 0.05),
    })[0]![0]!
  }
  const [still, moving] = [make(0), make(0.001)]
  for (let i = 0; i < 4800; i++) expect(Math.abs(still[i]! - moving[i]!)).toBeLessThan(1e-4)
})

test('a change of mode or slope makes no step', () => {
  const rig = new UnitRig('svf').set('cutoff', 300).set('resonance', 0.2).start()
  const input =
    (base: number) =>
    (f: number): number =>
      Math.sin(((f + base) * 2 * Math.PI * 100) / 48000)
  rig.render(4800, { input: input(0) })
  let last = rig.render(32, { input: input(4800) })[0]![0]!.at(-1)!
  let at = 4832
  for (const [mode, slope] of [
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
    [3, 0],
  ] as const) {
    const out = rig
      .set('mode', mode)
      .set('slope', slope)
      .render(960, { input: input(at) })[0]![0]!
    let step = Math.abs(out[0]! - last)
    for (let i = 1; i < out.length; i++) step = Math.max(step, Math.abs(out[i]! - out[i - 1]!))
    expect(step).toBeLessThan(0.15)
    last = out.at(-1)!
    at += 960
  }
})
