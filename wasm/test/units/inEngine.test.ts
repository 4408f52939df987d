// The new sources in the engine itself: a loaded wavetable sounds, drums end their voices, operators and partials play chords.
import { describe, expect, it } from 'vitest'

import { compileProgram } from '../../../src/compile/program.ts'
import { linkAssets } from '../../../src/compile/assets.ts'
import { encodeAsset } from '../../../src/presets/assets/record.ts'
import type { Patch, PatchUnit } from '../../../src/presets/model.ts'
import { bootDry, programInput, rmsOf } from '../engine.ts'
import { voice } from '../patches.ts'
import { noteHz, toneAmplitude } from './spectrum.ts'

const bare = (osc: PatchUnit, mods: Patch['mods'] = [], more: Record<string, PatchUnit> = {}): Patch => ({
  version: 1,
  units: { osc, ...more },
  mods,
  out: { left: 'osc.out', right: 'osc.out' },
  voices: voice(8),
  groups: [],
})

describe('in the engine', () => {
  it('a loaded wavetable plays what it holds', () => {
    const samples = Float32Array.from({ length: 2048 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 5 * i) / 2048))
    const asset = encodeAsset({ kind: 'wavetable', sampleRate: 48000, channels: [samples], cycle: 2048 })
    const engine = bootDry()
    const { exports, memory } = engine.instance
    const at = exports.mem_alloc!(asset.length)
    new Uint8Array(memory.buffer).set(asset, at)
    const handle = exports.asset_load!(at, asset.length) >>> 0
    const id = 'as-0123456789abcdef'
    const compiled = compileProgram(
      programInput({ patch: bare({ type: 'wavetable', asset: id, values: { position: 0 } }) }),
    )
    expect(compiled.assets.map((use) => [use.id, use.kind])).toEqual([[id, 'wavetable']])
    const { bytes } = linkAssets(compiled.bytes, compiled.assets, () => handle)
    const program = engine.loadBytes(bytes)
    expect(program).toBeGreaterThan(0)
    engine.commands.at(null).installProgram(0, program, 'switch')
    engine.noteOn(1, 57, 1)
    engine.render(4800)
    const { left } = engine.render(1 << 14)
    const fifth = toneAmplitude(left, 5 * noteHz(57), 48000)
    expect(fifth).toBeGreaterThan(0.1)
    expect(toneAmplitude(left, noteHz(57), 48000)).toBeLessThan(1e-5 * fifth)
  })

  it('drum voices end by themselves while the key is held', () => {
    for (const type of ['drumtone', 'drumnoise', 'metal']) {
      const engine = bootDry()
      engine.install({ patch: bare({ type, values: { decay: 0.1 } }) })
      engine.noteOn(1, 60)
      const struck = engine.render(4800)
      expect(rmsOf(struck.left), type).toBeGreaterThan(0.001)
      expect(engine.status('voices')).toBe(1)
      engine.render(14400)
      expect(engine.status('voices'), type).toBe(0)
    }
  })

  it('six operators play a chord in tune and end after their release', () => {
    const engine = bootDry()
    const values: Record<string, number | string> = { algorithm: '32', feedback: 0 }
    for (let op = 1; op <= 6; op++)
      Object.assign(values, { [`ratio${op}`]: 1, [`detune${op}`]: 0, [`sustain${op}`]: 1 })
    engine.install({ patch: bare({ type: 'fm6', values }) })
    ;[57, 61, 64].forEach((note, i) => engine.noteOn(i + 1, note, 1))
    engine.render(4800)
    const { left } = engine.render(1 << 14)
    const level = [57, 61, 64].map((note) => toneAmplitude(left, noteHz(note), 48000))
    for (const v of level) expect(v / level[0]!).toBeCloseTo(1, 1)
    ;[1, 2, 3].forEach((id) => engine.noteOff(id))
    engine.render(48000)
    expect(engine.status('voices')).toBe(0)
  })

  it('a macro moves a parameter of another unit', () => {
    const level = (value: number): number => {
      const engine = bootDry()
      const mods: Patch['mods'] = [{ from: 'knob', to: 'osc.level', amount: 1 }]
      engine.install({
        patch: bare({ type: 'sine', values: { level: 0 } }, mods, { knob: { type: 'macro', values: { value } } }),
      })
      engine.noteOn(1, 69)
      engine.render(4800)
      return rmsOf(engine.render(9600).left)
    }
    expect(level(0)).toBe(0)
    expect(level(0.8) / level(0.4)).toBeCloseTo(2, 2)
  })
})
