// What every unit of the registry must keep to: finite at all settings, repeatable, indifferent to cuts and to other lanes, clean in silence.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { ParamSpec } from '../../../src/generated/specs.ts'
import { UNITS } from '../../../src/generated/units.ts'
import { UnitRig } from './rig.ts'
import { recording, sine, zone } from './samples.ts'

const runs = process.env.VERIFY ? 200 : 6
const SEED = 7

/** Units whose state decays; the others keep phases and counters, which may look like anything. */
const recursive = ['svf', 'ladder', 'comb', 'string', 'pink', 'modal', 'pluck', 'bow', 'wind']

/** Two channels with a loop. */
const tones = recording(9000, sine(220), [zone(9000, { loopStart: 2000, loopEnd: 8000, crossfade: 500 })], sine(331))
const harmonics = [1, 0.5, 0.25, 0, 0.4]
const open = (id: string, sampleRate = 48000): UnitRig => {
  const rig = new UnitRig(id, sampleRate)
  const unit = UNITS.find((one) => one.id === id)!
  if (unit.table) rig.bake(harmonics)
  if (unit.asset === 'sample') rig.sample(tones)
  return rig
}
const noise =
  (salt: number) =>
  (f: number, lane: number): number =>
    Math.sin((f + 1) * (lane + 3.7) * 12.9898 + salt)
const feeds = (count: number, scale = 1): Record<number, (f: number, lane: number) => number> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, port) => [port, (f: number, lane: number) => scale * noise(port)(f, lane)]),
  )

const inRange = ({ min, max, options }: ParamSpec): fc.Arbitrary<number> =>
  options && options.length > 0
    ? fc.nat(options.length - 1)
    : fc.oneof(fc.constantFrom(min, max), fc.double({ min, max, noNaN: true }))

describe.each(UNITS.map((unit) => [unit.id, unit] as const))('%s', (id, unit) => {
  test('is finite and bounded whatever its parameters and notes are and however they jump', () => {
    const values = fc.tuple(...unit.params.map(inRange))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(values, fc.integer({ min: 0, max: 127 })), { minLength: 2, maxLength: 4 }),
        fc.constantFrom(44100, 48000, 96000),
        (steps, sampleRate) => {
          const rig = open(id, sampleRate)
          let began = false
          for (const [settings, note] of steps) {
            unit.params.forEach((param, k) => rig.set(param.id, settings[k]!))
            rig.pitch(note)
            if (!began) rig.start()
            began = true
            const out = rig.render(1500, { ports: feeds(unit.inputs.length), cut: 19 })
            for (let port = 0; port < unit.outputs.length; port++)
              for (const lane of out[port]!)
                for (const v of lane) if (!(Math.abs(v) < 2000)) throw new Error(`${id}: ${v}`)
          }
        },
      ),
      { seed: SEED, numRuns: runs },
    )
  })

  test('repeats itself exactly, and cuts elsewhere change nothing but rounding', () => {
    const make = (cut?: number): Float32Array[][] =>
      open(id)
        .pitch([40, 52, 67, 88])
        .start()
        .render(2400, { ports: feeds(unit.inputs.length, 0.3), ...(cut ? { cut } : {}) })
    const whole = make()
    expect(make()).toEqual(whole)
    for (const cut of [1, 13]) {
      const other = make(cut)
      let worst = 0
      for (let port = 0; port < unit.outputs.length; port++)
        for (let lane = 0; lane < 4; lane++)
          for (let i = 0; i < 2400; i++)
            worst = Math.max(worst, Math.abs(other[port]![lane]![i]! - whole[port]![lane]![i]!))
      expect(worst).toBeLessThan(2e-3)
    }
  })

  test('a note that begins in one lane does not disturb the others', () => {
    const make = (again: boolean): Float32Array[][] => {
      const rig = open(id).pitch([40, 52, 67, 88]).start()
      rig.render(1000, { ports: feeds(unit.inputs.length, 0.3) })
      if (again) rig.start(2)
      return rig.render(1000, { ports: feeds(unit.inputs.length, 0.3) })
    }
    const [alone, disturbed] = [make(false), make(true)]
    let worst = 0
    for (let port = 0; port < unit.outputs.length; port++)
      for (const lane of [0, 2, 3])
        for (let i = 0; i < 1000; i++)
          worst = Math.max(worst, Math.abs(alone[port]![lane]![i]! - disturbed[port]![lane]![i]!))
    expect(worst).toBeLessThan(1e-4)
  })

  test('a lane that starts anew sounds as in a fresh quad, whatever it held before', () => {
    const fresh = open(id)
      .pitch(60)
      .start()
      .render(1000, { ports: feeds(unit.inputs.length, 0.3) })
    const rig = open(id).pitch(60).start()
    rig.render(960, { ports: feeds(unit.inputs.length, 100) })
    const again = rig.start().render(1000, { ports: feeds(unit.inputs.length, 0.3) })
    let worst = 0
    for (let port = 0; port < unit.outputs.length; port++)
      for (let i = 0; i < 1000; i++) worst = Math.max(worst, Math.abs(fresh[port]![1]![i]! - again[port]![1]![i]!))
    expect(worst).toBeLessThan(1e-4)
  })

  test.runIf(recursive.includes(id))('holds no subnormal number while it falls silent', () => {
    const rig = open(id).pitch(60)
    if (['string', 'modal', 'pluck'].includes(id)) rig.set('decay', 0.1)
    if (id === 'svf' || id === 'ladder') rig.set('cutoff', 100)
    rig.start().render(4800, { ports: feeds(unit.inputs.length) })
    rig.release()
    const zero = Object.fromEntries(unit.inputs.map((_, port) => [port, () => 0]))
    for (let i = 0; i < 100; i++) {
      rig.render(960, { ports: zero })
      expect(rig.subnormals()).toBe(0)
    }
  })
})
