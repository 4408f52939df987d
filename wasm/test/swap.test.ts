// Programs come and go while notes sound: crossfade, hot swap, return to the thread that frees them.
import { describe, expect, it } from 'vitest'
import type { PlacedDevice } from '../../src/compile/program.ts'
import { enums } from '../../src/generated/wire.ts'
import { bootDry, effect, hashOf, peakOf, rmsOf, stepOf, type Sound } from './engine.ts'
import { sawPatch, voice } from './patches.ts'

const sine = (level: number, effects: Sound['effects'] = []): Sound => ({
  patch: sawPatch(
    { voices: voice(4) },
    {
      osc: { type: 'sine', values: { level } },
      filter: { type: 'svf', in: { in: ['osc'] }, values: { cutoff: 20000, resonance: 0 } },
      env: { type: 'env', values: { attack: 0.02, sustain: 1, release: 0.2 } },
    },
  ),
  effects,
})

describe('programs', () => {
  it('switch: the old sound is gone after 20 ms without a step, and its program comes back', () => {
    const engine = bootDry()
    const old = engine.install(sine(0.5))
    engine.noteOn(1, 60, 1)
    const steady = stepOf(engine.render(9600).left, 4800)
    engine.install(sine(0.5))
    const { left } = engine.render(4800)
    expect(stepOf(left)).toBeLessThan(1.5 * steady)
    expect(peakOf(left, 0, 400)).toBeGreaterThan(0.1)
    expect(peakOf(left, 960 + 32)).toBe(0)
    expect(engine.replies().filter(({ type }) => type === 'noteEnd')).toMatchObject([{ id: 1, reason: 'panic' }])
    expect(engine.returned()).toEqual([old.handle])
    expect(engine.instance.exports.program_free!(old.handle)).toBe(1)
  })

  it('a new sound starts at its own attack: nothing fades it in', () => {
    const direct = bootDry()
    direct.install(sine(0.5))
    direct.noteOn(1, 60, 1)
    const switched = bootDry()
    switched.install(sine(0.1))
    switched.render(9600)
    switched.install(sine(0.5))
    switched.noteOn(1, 60, 1)
    expect(switched.render(4800).left).toEqual(direct.render(4800).left)
  })

  it('swap: held notes finish on the old plan, new ones use the new plan', () => {
    const engine = bootDry()
    const old = engine.install(sine(0.1))
    engine.noteOn(1, 60, 1)
    const before = engine.render(9600).left
    engine.install(sine(0.4), 'swap')
    const held = engine.render(9600).left
    expect(rmsOf(held)).toBeCloseTo(rmsOf(before, 4800), 3)
    expect(stepOf(held)).toBeLessThan(1.5 * stepOf(before, 4800))
    engine.noteOff(1)
    engine.render(24000)
    expect(engine.returned()).toEqual([old.handle])
    engine.noteOn(2, 60, 1)
    engine.render(4800)
    expect(rmsOf(engine.render(9600).left)).toBeCloseTo(4 * rmsOf(before, 4800), 2)
  })

  it('swap with the same effects keeps the tail that rings in them', () => {
    const engine = bootDry()
    const ringing: Sound['effects'] = [effect('delay', { time: 0.4, feedback: 0.7, mix: 0.5 })]
    engine.install(sine(0.5, ringing))
    engine.noteOn(1, 60, 1)
    engine.render(9600)
    engine.noteOff(1)
    engine.render(9600)
    engine.install(sine(0.2, ringing), 'swap')
    engine.render(4800)
    expect(peakOf(engine.render(19200).left)).toBeGreaterThan(0.05)
  })

  it('swap: the same effects in other places of a rack are another chain', () => {
    const { opens, endsBranch, closes } = enums.rackPlace
    const chain = (...places: readonly number[]): PlacedDevice[] => [
      { ...effect('delay', { time: 0.4, mix: 1 }), place: places[0]! },
      { ...effect('branch'), id: 'one', place: places[1]! },
      { ...effect('branch'), id: 'two', place: endsBranch },
      { ...effect('rack'), place: closes },
    ]
    const engine = bootDry()
    engine.install(sine(0.5, chain(0, opens | endsBranch)))
    engine.install(sine(0.5, chain(opens, endsBranch)), 'swap')
    engine.noteOn(1, 60, 1)
    // Only the second branch is at once: the first goes through the delay now.
    expect(peakOf(engine.render(9600).left, 4800)).toBeGreaterThan(0.1)
  })

  it('a program that came back after a swap plays again as it was built', () => {
    const engine = bootDry()
    const short: Sound['effects'] = [effect('delay', { time: 0.05, feedback: 0.3, mix: 0.5 })]
    const long: Sound['effects'] = [effect('delay', { time: 0.3, feedback: 0.6, mix: 0.3 }, true)]
    const first = engine.install(sine(0.5, short))
    engine.render(4800)
    const second = engine.install(sine(0.5, long), 'swap')
    engine.render(4800)
    engine.install(sine(0.1))
    engine.render(48000)
    expect(engine.returned().sort()).toEqual([first.handle, second.handle].sort())
    for (const [handle, effects] of [
      [first.handle, short],
      [second.handle, long],
    ] as const) {
      expect(engine.instance.exports.program_renew!(handle)).toBe(1)
      engine.commands.at(null).reset(1)
      engine.commands.installProgram(0, handle, 'switch')
      engine.noteOn(handle, 60, 1)
      const fresh = bootDry()
      fresh.commands.at(null).reset(1)
      fresh.install(sine(0.5, effects))
      fresh.noteOn(1, 60, 1)
      expect(hashOf(engine.render(24000))).toBe(hashOf(fresh.render(24000)))
    }
  })

  it('wheel, bend and pedal belong to the player: a new program takes them over', () => {
    const swapped = bootDry()
    const patch = { ...sine(0.5).patch, mods: [{ from: 'wheel', to: 'osc.level', amount: -0.4 }] }
    swapped.install({ patch })
    swapped.commands.at(null).wheel(0, 1)
    swapped.commands.bend(0, 0.5, 2)
    swapped.commands.sustain(0, true)
    swapped.render(4800)
    swapped.install({ patch }, 'swap')
    swapped.noteOn(1, 60, 1)
    swapped.render(4800)
    swapped.noteOff(1)
    expect(peakOf(swapped.render(4800).left)).toBeCloseTo(0.1 * Math.SQRT1_2, 2)
    expect(swapped.status('voices')).toBe(1)
  })

  it('a voice whose envelope only moves its filter is let down when the envelope is over', () => {
    const engine = bootDry()
    const open: Sound = {
      patch: {
        ...sine(0.5).patch,
        units: { osc: { type: 'sine', values: { level: 0.5 } }, env: { type: 'env', values: { release: 0.02 } } },
        mods: [{ from: 'env', to: 'osc.level', amount: 0.01 }],
        out: { left: 'osc', right: 'osc' },
      },
    }
    engine.install(open)
    engine.noteOn(1, 60, 1)
    const steady = stepOf(engine.render(9600).left, 480)
    engine.noteOff(1)
    const { left } = engine.render(9600)
    expect(stepOf(left)).toBeLessThan(1.5 * steady)
    expect(engine.status('voices')).toBe(0)
  })

  it('a bypassed effect is crossfaded and leaves the dry signal exactly', () => {
    const plain = bootDry()
    plain.install(sine(0.3))
    plain.noteOn(1, 60, 1)
    const wet = bootDry()
    wet.install(sine(0.3, [effect('pingpong', { mix: 0.6 })]))
    wet.noteOn(1, 60, 1)
    const dry = plain.render(24000).left
    wet.render(9600)
    wet.commands.at(null).setBypass(0, 1, true)
    const after = wet.render(14400).left
    expect(stepOf(after)).toBeLessThan(1.5 * stepOf(dry, 9600))
    expect(after.subarray(600)).toEqual(dry.subarray(9600 + 600))
  })
})
