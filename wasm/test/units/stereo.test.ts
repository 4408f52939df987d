// Second channels: what enters at the right is treated as the left is, apart from it; mono stays mono.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'

const left = (f: number): number => Math.sin(f * 0.11) + 0.3 * Math.sin(f * 1.7)
const right = (f: number): number => Math.cos(f * 0.07) - 0.5 * Math.sin(f * 0.9)
const settings: Record<string, Record<string, number>> = {
  svf: { slope: 1, cutoff: 900, resonance: 0.6 },
  ladder: { cutoff: 900, resonance: 0.7, drive: 6 },
  comb: { cutoff: 300, feedback: 0.8, damping: 0.3 },
}
const make = (id: string): UnitRig => {
  const rig = new UnitRig(id)
  for (const [param, value] of Object.entries(settings[id] ?? {})) rig.set(param, value)
  return rig.start()
}

test.each(['svf', 'ladder', 'comb'])('%s filters both channels alike and keeps them apart', (id) => {
  const sweep = (rig: UnitRig) => (f: number, n: number) => f > 1000 && rig.ramp('cutoff', 900 + (f + n) * 0.05, n)
  const play = (input: (f: number) => number, second?: (f: number) => number): Float32Array[][] => {
    const rig = make(id)
    return rig.render(3000, { input, ports: second ? { 1: second } : {}, before: sweep(rig) })
  }
  const stereo = play(left, right)
  expect(stereo[0]![0]).toEqual(play(left)[0]![0])
  expect(stereo[1]![0]).toEqual(play(right)[0]![0])
  const mono = play(left)
  expect(mono[1]![0]).toEqual(mono[0]![0])
})

test('gain scales the second channel by the same level and modulation', () => {
  const rig = new UnitRig('gain').set('level', -6.0206).start()
  const out = rig.render(64, { input: left, mod: (f) => f / 64, ports: { 2: right } })
  for (let i = 0; i < 64; i++) expect(out[1]![0]![i]).toBeCloseTo((0.5 * right(i) * i) / 64, 5)
})

test('pan leaves a stereo sound as it is in the middle and lowers the far channel away from it', () => {
  const play = (pan: number): Float32Array[][] =>
    new UnitRig('pan').set('pan', pan).start().render(64, { input: left, mod: right })
  const middle = play(0)
  const aside = play(0.5)
  for (let i = 0; i < 64; i++) {
    expect(middle[0]![0]![i]).toBeCloseTo(left(i), 5)
    expect(middle[1]![0]![i]).toBeCloseTo(right(i), 5)
    expect(aside[0]![0]![i]).toBeCloseTo(left(i) * Math.SQRT2 * Math.cos((1.5 * Math.PI) / 4), 5)
    expect(aside[1]![0]![i]).toBeCloseTo(right(i), 5)
  }
})

test('mix adds stereo inputs channel by channel and puts mono ones in the middle at constant power', () => {
  const rig = new UnitRig('mix').set('level1', 0.5).start()
  const out = rig.render(64, { input: left, mod: () => 1, ports: { 8: right } })
  for (let i = 0; i < 64; i++) {
    expect(out[0]![0]![i]).toBeCloseTo(0.5 * left(i) + Math.SQRT1_2, 5)
    expect(out[1]![0]![i]).toBeCloseTo(0.5 * right(i) + Math.SQRT1_2, 5)
  }
})
