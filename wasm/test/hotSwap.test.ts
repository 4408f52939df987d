// Any sound is edited or replaced while a chord sounds, and nobody hears a click. The report swaps ten thousand times.
import { describe, expect, it } from 'vitest'
import { bootDry, effect, type Sound } from './engine.ts'
import { sawPatch, voice } from './patches.ts'
import { FLOOR, joined, LOUDER, randomSwap, sharpness } from './swaps.ts'

/** Each swaps one to five times, three on average; ten thousand swaps are a row of the report. */
const CASES = 36
let ids = 0

describe('hot swap', () => {
  it('random sounds, edited and replaced: no click', () => {
    const clicks: string[] = []
    for (let seed = 1; seed <= CASES; seed++) {
      const { step, burst, told } = randomSwap(seed)
      if (Math.max(step, burst) > LOUDER) clicks.push(told)
    }
    expect(clicks).toEqual([])
  })

  const sine = (level: number, effects: Sound['effects'] = []): Sound => ({
    patch: sawPatch(
      { voices: voice(4) },
      { osc: { type: 'sine', values: { level } }, filter: { type: 'gain', in: { in: ['osc'] } } },
    ),
    effects,
  })

  it('what finds clicks finds one: a sound cut off', () => {
    const engine = bootDry()
    engine.install(sine(0.5))
    engine.noteOn(1, 60, 1)
    const { left } = engine.render(9600)
    const whole = sharpness(left.subarray(4800))
    const cut = sharpness(left.map((sample, index) => (index < 7213 ? sample : 0)).subarray(4800))
    expect(cut.step).toBeGreaterThan(LOUDER * whole.step + FLOOR)
    expect(cut.burst).toBeGreaterThan(LOUDER * whole.burst + FLOOR)
  })

  it('a bass note that outlives edit after edit is let down, not cut', () => {
    const engine = bootDry()
    engine.install(sine(0.5))
    engine.noteOn(++ids, 31, 1)
    const steady = sharpness(engine.render(9600).left.subarray(4800))
    const parts: Float32Array[] = []
    for (let edit = 0; edit < 12; edit++) {
      engine.install(sine(0), 'swap')
      engine.noteOn(++ids, 60, 1)
      parts.push(engine.render(960).left)
    }
    const heard = sharpness(joined(parts))
    expect(heard.step).toBeLessThan(LOUDER * steady.step)
    expect(heard.burst).toBeLessThan(LOUDER * steady.burst)
    expect(Math.max(...joined(parts.slice(0, 3)))).toBeGreaterThan(0.25)
    expect(Math.max(...joined(parts.slice(-2)).map(Math.abs))).toBe(0)
  })

  it('effects that come and go leave a held note sounding', () => {
    const engine = bootDry()
    engine.install(sine(0.5))
    engine.noteOn(++ids, 60, 1)
    const steady = engine.render(9600).left.subarray(4800)
    for (let edit = 1; edit <= 8; edit++) {
      engine.install(sine(0.5, [effect('reverb'), effect('delay')].slice(edit % 2)), 'swap')
      engine.render(640)
    }
    expect(Math.max(...engine.render(4800).left)).toBeCloseTo(Math.max(...steady), 2)
  })
})
