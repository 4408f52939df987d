// Kits as data: what is refused, one pad as a patch and back, what a file of ours keeps (Node).
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../compile/program.ts'
import { factoryKits } from './factory/kits/kits.ts'
import { GM_DRUMS } from './gmDrums.ts'
import type { Patch, PatchPad, Preset } from './model.ts'
import { exportPresets } from './own.ts'
import { addPad, padAt, padPatch, padUnits, removePad, withPadSound } from './pads.ts'
import { paramOfKey } from './paramOfKey.ts'
import { validatePatch, validatePreset } from './validate.ts'

const pad = (id: string, key: number, out: string, over: Partial<PatchPad> = {}): PatchPad => ({
  id,
  name: id,
  low: key,
  high: key,
  key: 60,
  out: { left: out, right: out },
  oneShot: true,
  voices: 2,
  ...over,
})

const KIT: Patch = {
  version: 1,
  units: {
    osc: { type: 'sine' },
    env: { type: 'env' },
    amp: { type: 'gain', in: { in: ['osc'], mod: ['env'] } },
    hat: { type: 'metal' },
  },
  mods: [
    { id: 'fall', from: 'env', to: 'kick.pitch', amount: 24 },
    { from: 'velocity', to: 'hat.level', amount: 0.2 },
  ],
  out: { left: 'amp', right: 'amp' },
  voices: { max: 8, mode: 'poly', glideSeconds: 0 },
  groups: [{ label: 'Hat', params: ['hat.decay'] }],
  pads: [pad('kick', 36, 'amp', { values: { level: -3 } }), pad('hihat', 42, 'hat', { choke: 1 })],
}
const plain: Patch = { ...KIT, mods: [{ from: 'env', to: 'voice.pitch', amount: 3 }], groups: [] }
const SINGLE: Patch = Object.fromEntries(Object.entries(plain).filter(([key]) => key !== 'pads')) as unknown as Patch

/** The kit with one pad changed; `undefined` takes the member away. */
const changed = (over: Record<string, unknown>, at = 0): unknown => ({
  ...KIT,
  pads: KIT.pads!.map((one, index) =>
    index === at
      ? Object.fromEntries(Object.entries({ ...one, ...over }).filter(([, value]) => value !== undefined))
      : one,
  ),
})

describe('validation', () => {
  it('a kit is accepted, and compiles', () => {
    expect(validatePatch(KIT)).toEqual([])
    const { params } = compileProgram({ patch: KIT, values: {}, effects: [], gainDb: 0 })
    expect(params).toHaveProperty(['kick.tune'])
    expect(params).toHaveProperty(['amount.fall'])
    expect(new Set(Object.values(params).map(({ param }) => param)).size).toBe(Object.keys(params).length)
  })

  it.each([
    ['/pads/0/id', changed({ id: 'Kick!' })],
    ['/pads/1/id', changed({ id: 'osc' }, 1)],
    ['/pads/0/name', changed({ name: '' })],
    ['/pads/0/low', changed({ low: -1 })],
    ['/pads/0/high', changed({ high: 35 })],
    ['/pads/1/low', changed({ low: 30, high: 40 }, 1)],
    ['/pads/0/key', changed({ key: 'C4' })],
    ['/pads/0/choke', changed({ choke: 32 })],
    ['/pads/0/oneShot', changed({ oneShot: undefined })],
    ['/pads/0/voices', changed({ voices: 17 })],
    ['/pads/0/out/right', changed({ out: { left: 'amp', right: 'nobody' } })],
    ['/pads/0/values/level', changed({ values: { level: 40 } })],
    ['/pads/0/values/loudness', changed({ values: { loudness: 1 } })],
    ['/pads/1/out', changed({ out: { left: 'osc', right: 'osc' } }, 1)],
    ['/pads', { ...KIT, pads: [] }],
    ['/voices/mode', { ...KIT, voices: { ...KIT.voices, mode: 'mono' } }],
    ['/mods/0/to', { ...KIT, mods: [{ from: 'env', to: 'snare.pitch', amount: 1 }] }],
    ['/mods/0/to', { ...KIT, mods: [{ from: 'env', to: 'voice.pitch', amount: 1 }] }],
  ])('what is wrong is named: %s', (field, patch) => {
    expect(validatePatch(patch).map((problem) => problem.field)).toContain(field)
  })

  it('values of a pad are checked as those of a unit', () => {
    const preset = { version: 1, name: 'Kit', role: 'DRUM', patch: KIT, effects: [] }
    expect(validatePreset({ ...preset, values: { 'kick.pan': 0.5, 'amount.fall': 12 } })).toEqual([])
    expect(validatePreset({ ...preset, values: { 'kick.pan': 2 } })).toMatchObject([
      { field: '/values/kick.pan', nearest: 1 },
    ])
    expect(paramOfKey(KIT, [], 'kick.tune')?.unit).toBe('semitones')
  })
})

describe('pads', () => {
  it('one pad is a patch that plays alone', () => {
    const [kick, hat] = KIT.pads!
    expect(padUnits(KIT, kick!)).toEqual(['osc', 'env', 'amp'])
    const alone = padPatch(KIT, kick!)
    expect(alone.mods).toEqual([{ id: 'fall', from: 'env', to: 'voice.pitch', amount: 24 }])
    expect(validatePatch(alone)).toEqual([])
    expect(padPatch(KIT, hat!).groups).toEqual(KIT.groups)
    expect(padAt(KIT, 42)).toBe(hat)
    expect(padAt(KIT, 43)).toBeUndefined()
  })

  it('a sound put on a pad replaces its units under names of their own, with its values', () => {
    const next = withPadSound(KIT, 'hihat', SINGLE, { 'osc.tune': 7 })
    expect(validatePatch(next)).toEqual([])
    expect(next.units).not.toHaveProperty('hat')
    expect(next.units['hihatosc']).toMatchObject({ type: 'sine', values: { tune: 7 } })
    expect(next.pads![1]).toMatchObject({ out: { left: 'hihatamp' }, choke: 1 })
    expect(next.mods).toContainEqual({ from: 'hihatenv', to: 'hihat.pitch', amount: 3 })
    expect(next.units['amp']).toBe(KIT.units['amp'])
    const again = withPadSound(next, 'hihat', SINGLE)
    expect(Object.keys(again.units).length).toBe(Object.keys(next.units).length)
  })

  it('pads are added and removed with their units and modulations', () => {
    const { patch, id } = addPad(KIT, 50, 'Ping', SINGLE, {})
    expect(validatePatch(patch)).toEqual([])
    expect(padAt(patch, 50)).toMatchObject({ id, name: 'Ping' })
    expect(removePad(patch, id)).toEqual(KIT)
    const rest = removePad(KIT, 'kick')
    expect(validatePatch(rest)).toEqual([])
    expect(Object.keys(rest.units)).toEqual(['hat'])
  })
})

describe('factory kits', () => {
  const kits = factoryKits()

  it.each(kits.map((kit): [string, Preset] => [kit.id, kit]))('%s has every key of General MIDI, by name', (_, kit) => {
    const { pads = [] } = kit.patch as Patch
    expect(pads.map(({ low, high, name, choke }) => [low, high, name, choke])).toEqual(
      GM_DRUMS.map(({ note, name, choke }) => [note, note, name, choke]),
    )
    expect(pads.map(({ low }) => low)).toEqual(Array.from({ length: 47 }, (_unused, index) => 35 + index))
    expect(validatePreset(kit)).toEqual([])
    const text = exportPresets([kit])
    expect((JSON.parse(text) as { presets: Preset[] }).presets[0]).toEqual(kit)
  })
})
