// Modulation amounts are parameters: turned while a voice sounds, heard at once, bounded by what they move.
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../src/compile/program.ts'
import { amountSpec } from '../../src/presets/amounts.ts'
import type { PatchMod } from '../../src/presets/model.ts'
import { bootDry, rmsOf, type Sound } from './engine.ts'
import { sawPatch, voice } from './patches.ts'

const sound = (...mods: PatchMod[]): Sound => ({
  patch: sawPatch(
    { voices: voice(4), out: { left: 'amp', right: 'amp' }, mods },
    {
      osc: { type: 'sine' },
      env: { type: 'env', values: { attack: 0.001, sustain: 1, release: 0.1 } },
      amp: { type: 'gain', in: { in: ['osc'], mod: ['env'] } },
    },
  ),
})
/** A quiet note is let down by 24 dB at full velocity sensitivity. */
const TOUCH: PatchMod = { id: 'touch', from: 'velocity', to: 'amp.level', amount: 0 }

describe('a modulation amount with an id', () => {
  it('is a parameter that acts on a sounding voice, exactly as the same amount written into the patch', () => {
    const written = bootDry()
    written.install(sound({ from: 'velocity', to: 'amp.level', amount: -24 }))
    written.noteOn(1, 60, 1)
    const engine = bootDry()
    const { compiled } = engine.install(sound(TOUCH))
    const { device, param } = compiled.params['amount.touch']!
    engine.noteOn(1, 60, 1)
    const before = rmsOf(engine.render(9600).left, 4800)
    engine.commands.setParam(0, device, param, -24)
    engine.render(48_000)
    written.render(57_600)
    const after = engine.render(9600).left
    expect(20 * Math.log10(rmsOf(after) / before)).toBeCloseTo(-24, 1)
    expect(rmsOf(after)).toBeCloseTo(rmsOf(written.render(9600).left), 6)
  })

  it('moves without a step', () => {
    const engine = bootDry()
    const { compiled } = engine.install(sound(TOUCH))
    const { device, param } = compiled.params['amount.touch']!
    engine.noteOn(1, 93, 1)
    engine.render(9600)
    engine.commands.setParam(0, device, param, -60)
    const { left } = engine.render(9600)
    const highest = (from: number, to: number) => Math.max(...left.slice(from, to).map((x) => Math.abs(x)))
    for (let at = 32; at + 64 < 4800; at += 32)
      expect(highest(at + 32, at + 64)).toBeLessThan(highest(at, at + 32) * 1.3)
  })

  it('takes the value of the sound over that of the patch, in the range of what it moves', () => {
    const { patch } = sound(TOUCH, { id: 'bend', from: 'wheel', to: 'voice.pitch', amount: 2 })
    const compiled = (values: Record<string, number>) => compileProgram({ patch, values, effects: [], gainDb: 0 })
    expect(compiled({}).bytes).not.toEqual(compiled({ 'amount.bend': 12 }).bytes)
    expect(amountSpec(patch, 'bend')).toMatchObject({ unit: 'semitones', min: -96, max: 96, init: 2 })
    expect(amountSpec(patch, 'touch')).toMatchObject({ unit: 'decibels', min: -84, max: 84, init: 0 })
    expect(() => compiled({ 'amount.touch': 100 })).toThrow(/cannot be 100/)
    expect(() => compiled({ 'amount.nobody': 0 })).toThrow(/no parameter/)
  })

  it('is refused by name when two share an id', () => {
    const { patch } = sound(TOUCH, { ...TOUCH, from: 'wheel' })
    expect(() => compileProgram({ patch, values: {}, effects: [], gainDb: 0 })).toThrow(/cannot have the id "touch"/)
  })
})

describe('a modulation that holds for a note', () => {
  it('follows the key of a legato note, which is no new one', () => {
    const engine = bootDry()
    const { patch } = sound({ from: 'key', to: 'amp.level', amount: -12 })
    engine.install({ patch: { ...patch, voices: { max: 1, mode: 'legato', glideSeconds: 0 } } })
    engine.noteOn(1, 60, 1)
    const first = rmsOf(engine.render(19_200).left, 9600)
    engine.noteOn(2, 72, 1)
    const second = rmsOf(engine.render(19_200).left, 9600)
    expect(20 * Math.log10(second / first)).toBeCloseTo(-12, 1)
  })
})
