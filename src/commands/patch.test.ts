// Patches that are loaded and edited while they play: what changes, what is refused by its place, what undo brings back (Node).
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../compile/program.ts'
import type { Patch } from '../presets/model.ts'
import { patchText, readPatchText } from '../presets/patchText.ts'
import { parseProject } from '../project/parse.ts'
import { readUndoable } from '../project/stores.ts'
import { PATCH, testApp, type TestApp } from './testApp.ts'

async function trackApp() {
  const app = testApp()
  const { trackId } = await app.run('track.add', { presetId: 'one' })
  return { ...app, app, trackId, deviceId: deviceOf(app).id }
}
const deviceOf = ({ stores }: Pick<TestApp, 'stores'>) => stores.project.getState().tracks[0]!.devices[0]!
const lanesOf = ({ stores }: Pick<TestApp, 'stores'>) => stores.project.getState().tracks[0]!.automation
const edited = (change: (patch: Record<string, never>) => void): Record<string, unknown> => {
  const copy = structuredClone(PATCH) as never
  change(copy)
  return copy
}

describe('patch.load', () => {
  it('gives a track another patch in one step; undo brings back the old one with its values', async () => {
    const app = await trackApp()
    const before = deviceOf(app)
    const next: Patch = { ...PATCH, mods: [{ from: 'velocity', to: 'filter.cutoff', amount: 2 }] }
    await expect(app.run('patch.load', { trackId: app.trackId, patch: patchText(next) })).resolves.toMatchObject({
      units: 4,
      modulations: 1,
    })
    expect(deviceOf(app)).toEqual({ ...before, patch: next, values: {} })
    await app.run('history.undo', {})
    expect(deviceOf(app)).toEqual(before)
  })

  it('swaps it under the notes that sound on the strip', async () => {
    const app = testApp()
    await app.run('audition.select', { presetId: 'one' })
    app.calls.length = 0
    await app.run('patch.load', { patch: { ...PATCH, voices: { max: 2, mode: 'mono', glideSeconds: 0.1 } } })
    expect(app.calls).toEqual(['load swap'])
    expect(app.programs.at(-1)!.patch.voices).toEqual({ max: 2, mode: 'mono', glideSeconds: 0.1 })
    await app.run('history.undo', {})
    expect(app.programs.at(-1)!.patch).toEqual(PATCH)
  })

  it('makes an instrument on a track that has none', async () => {
    const app = testApp()
    const { trackId } = await app.run('track.add', { name: 'New' })
    await app.run('patch.load', { trackId, patch: { ...PATCH } })
    expect(deviceOf(app)).toMatchObject({ kind: 'instrument', name: 'New', patch: PATCH, values: {} })
    expect(parseProject(structuredClone(app.stores.project.getState()))).toEqual(app.stores.project.getState())
  })

  const refusals: [string, string | Record<string, unknown>, string, RegExp][] = [
    [
      'a value out of range',
      edited((p) => Object.assign(p['units']!['filter']!, { values: { cutoff: 99999 } })),
      '/units/filter/values/cutoff',
      /Unit "filter": Cutoff 99999/,
    ],
    [
      'an unknown unit',
      edited((p) => Object.assign(p['units']!['osc']!, { type: 'sax' })),
      '/units/osc/type',
      /Unit "osc": .*"sax"/,
    ],
    [
      'a misspelt member',
      edited((p) => Object.assign(p['units']!['osc']!, { value: {} })),
      '/units/osc/value',
      /no member "value"/,
    ],
    [
      'a source that is not there',
      edited((p) => Object.assign(p, { mods: [{ from: 'lfo', to: 'filter.cutoff', amount: 1 }] })),
      '/mods/0/from',
      /Modulation 1/,
    ],
    ['a circle', edited((p) => Object.assign(p['units']!['filter']!, { in: { in: ['amp'] } })), '/units/amp', /circle/],
    [
      'a reserved name',
      edited((p) => Object.assign(p['units']!, { wheel: { type: 'saw' } })),
      '/units/wheel',
      /named "wheel"/,
    ],
    [
      'values that are no object',
      edited((p) => Object.assign(p['units']!['osc']!, { values: 'loud' })),
      '/units/osc/values',
      /Unit "osc"/,
    ],
    [
      'harmonics that are none',
      edited((p) => Object.assign(p['units']!['osc']!, { harmonics: 'many' })),
      '/units/osc/harmonics',
      /Harmonics/,
    ],
    ['a whole preset', { name: 'A', patch: PATCH }, '/patch', /preset, not a patch/],
    ['a number', '42', '', /The patch/],
  ]
  it.each(refusals)('refuses %s by unit and field; the old one plays on', async (_, patch, field, message) => {
    const app = await trackApp()
    const before = readUndoable(app.stores)
    const refusal = await app.run('patch.load', { trackId: app.trackId, patch }).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ field, message: expect.stringMatching(message) as string })
    expect(readUndoable(app.stores)).toEqual(before)
  })

  it('says line and column of what is no JSON', async () => {
    const app = await trackApp()
    const load = (patch: string) => app.run('patch.load', { trackId: app.trackId, patch })
    await expect(load('{\n  "version": 1,\n  "units": {,}\n}')).rejects.toMatchObject({
      code: 'parse-failed',
      message: expect.stringMatching(/^Line 3:13: /) as string,
    })
    await expect(load('{ "version": 1')).rejects.toMatchObject({ code: 'parse-failed' })
    await expect(load('')).rejects.toMatchObject({ code: 'parse-failed' })
  })

  it('drops the automation of what is gone, keeps the rest, and says so', async () => {
    const app = await trackApp()
    for (const key of ['filter.cutoff', 'osc.level', 'filter.resonance']) {
      const { laneId } = await app.run('automation.add', { trackId: app.trackId, target: `${app.deviceId}.${key}` })
      await app.run('automation.addPoint', { laneId, beat: 0, value: key === 'filter.cutoff' ? 500 : 0.5 })
    }
    const { filter: _filter, ...units } = PATCH.units
    const smaller = { ...PATCH, units: { ...units, amp: { type: 'gain', in: { in: ['osc'], mod: ['env'] } } } }
    await expect(app.run('patch.load', { trackId: app.trackId, patch: smaller })).resolves.toMatchObject({
      lanesRemoved: 2,
    })
    expect(lanesOf(app).map(({ target }) => target)).toEqual([`${app.deviceId}.osc.level`])
    expect(app.context.notices.store.getState().notices.at(-1)?.fact).toMatch(/2 automation lanes removed/)
    await app.run('history.undo', {})
    expect(lanesOf(app)).toHaveLength(3)
  })
})

describe('patch.export', () => {
  it('writes what plays, values and amounts included, and loading it changes nothing that is heard', async () => {
    const app = await trackApp()
    const { row } = await app.run('patch.addModulation', {
      trackId: app.trackId,
      from: 'env',
      to: 'filter.cutoff',
      amount: 1,
    })
    await app.run('patch.setAmount', { trackId: app.trackId, row, amount: 3 })
    await app.run('device.setValue', { trackId: app.trackId, deviceId: app.deviceId, key: 'osc.level', value: 0.25 })
    const { patch, values } = deviceOf(app)
    const { json } = await app.run('patch.export', { trackId: app.trackId })
    expect(app.downloads).toEqual([{ name: 'Sound one patch.json', text: json }])
    const { value } = readPatchText(json)
    expect(value).toMatchObject({
      units: { osc: { values: { level: 0.25 } }, filter: { values: { cutoff: 900, resonance: 0.3 } } },
      mods: [{ id: 'm1', from: 'env', to: 'filter.cutoff', amount: 3 }],
    })
    await app.run('patch.load', { trackId: app.trackId, patch: json })
    const bytes = (of: Patch, over: typeof values) =>
      compileProgram({ patch: of, values: over, effects: [], gainDb: 0 }).bytes
    expect(bytes(deviceOf(app).patch!, {})).toEqual(bytes(patch!, values))
  })
})

describe('modulations', () => {
  it('are added, aimed, turned and removed, each one step, and stay readable', async () => {
    const app = await trackApp()
    const { trackId } = app
    const { row } = await app.run('patch.addModulation', { trackId, from: 'wheel', to: 'filter.cutoff', amount: 2.5 })
    expect(row).toBe('m1')
    await app.run('patch.setAmount', { trackId, row, amount: 5 })
    // Half of the way of the cutoff's octaves is half of the way of a level.
    const { amount } = await app.run('patch.setModulation', { trackId, row, to: 'osc.level', from: 'velocity' })
    expect(amount).toBeCloseTo(0.5, 5)
    expect(deviceOf(app).values).not.toHaveProperty('amount.m1')
    await app.run('patch.setAmount', { trackId, row, amount: -0.5 })
    expect(parseProject(structuredClone(app.stores.project.getState()))).toEqual(app.stores.project.getState())
    await app.run('patch.removeModulation', { trackId, row: 0 })
    expect(deviceOf(app).patch!.mods).toEqual([])
    expect(deviceOf(app).values).not.toHaveProperty('amount.m1')
    for (let step = 0; step < 5; step++) await app.run('history.undo', {})
    expect(deviceOf(app).patch).toEqual(PATCH)
  })

  it('turns an amount as one gesture; a row without an id becomes a parameter', async () => {
    const app = await trackApp()
    const { trackId } = app
    await app.run('patch.load', { trackId, patch: { ...PATCH, mods: [{ from: 'key', to: 'voice.pitch', amount: 1 }] } })
    const loaded = deviceOf(app)
    for (const amount of [2, 3, 12]) await app.run('patch.setAmount', { trackId, row: 0, amount }, { gesture: 'g' })
    expect(deviceOf(app)).toMatchObject({ values: { 'amount.m1': 12 }, patch: { mods: [{ id: 'm1', amount: 1 }] } })
    await app.run('device.setValue', { trackId, deviceId: app.deviceId, key: 'amount.m1', value: 7 })
    await app.run('history.undo', {})
    await app.run('history.undo', {})
    expect(deviceOf(app)).toEqual(loaded)
    await expect(app.run('patch.setAmount', { trackId, row: 0, amount: 97 })).rejects.toMatchObject({
      code: 'invalid-argument',
      field: 'value',
    })
  })

  it('lose the automation of their amount when they go or measure otherwise', async () => {
    const app = await trackApp()
    const { trackId } = app
    const { row } = await app.run('patch.addModulation', { trackId, from: 'wheel', to: 'filter.cutoff' })
    const { laneId } = await app.run('automation.add', { trackId, target: `${app.deviceId}.amount.${row}` })
    await app.run('automation.addPoint', { laneId, beat: 0, value: 4 })
    await app.run('patch.setModulation', { trackId, row, from: 'velocity' })
    expect(lanesOf(app)).toHaveLength(1)
    await app.run('patch.setModulation', { trackId, row, to: 'osc.level' })
    expect(lanesOf(app)).toHaveLength(0)
    await app.run('history.undo', {})
    await app.run('patch.removeModulation', { trackId, row })
    expect(lanesOf(app)).toHaveLength(0)
  })

  it('refuse circles, options and what is not there, and change nothing', async () => {
    const app = await trackApp()
    const { trackId } = app
    const before = readUndoable(app.stores)
    for (const [from, to] of [
      ['amp', 'filter.cutoff'],
      ['wheel', 'filter.mode'],
      ['nobody', 'filter.cutoff'],
      ['wheel', 'filter.nothing'],
    ] as const)
      await expect(app.run('patch.addModulation', { trackId, from, to })).rejects.toHaveProperty('field')
    await expect(app.run('patch.removeModulation', { trackId, row: 0 })).rejects.toMatchObject({ code: 'unknown-id' })
    await expect(app.run('patch.setModulation', { trackId, row: 0 })).rejects.toMatchObject({ field: 'from' })
    await expect(app.run('patch.setVoices', { trackId })).rejects.toMatchObject({ field: 'max' })
    expect(readUndoable(app.stores)).toEqual(before)
  })

  it('turn on the strip as parameters of the sound, at once', async () => {
    const app = testApp()
    await app.run('audition.select', { presetId: 'one' })
    const { row } = await app.run('patch.addModulation', { from: 'wheel', to: 'filter.cutoff' })
    app.calls.length = 0
    await app.run('patch.setAmount', { row, amount: 2 })
    await app.run('audition.setValue', { key: `amount.${row}`, value: 3 })
    expect(app.calls).toEqual(['setParam amount.m1 2', 'setParam amount.m1 3'])
    await app.run('audition.dice', {})
    expect(app.context.player.current()!.preset.values['amount.m1']).toBe(3)
  })
})

describe('units and voices', () => {
  it('are added, connected and removed with all that hangs on them', async () => {
    const app = await trackApp()
    const { trackId } = app
    const { unit } = await app.run('patch.addUnit', { trackId, type: 'lfo' })
    await app.run('patch.addModulation', { trackId, from: unit, to: 'filter.cutoff', amount: 1 })
    await app.run('patch.addUnit', { trackId, type: 'sine', name: 'sub' })
    await app.run('patch.connect', { trackId, unit: 'filter', input: 'in', from: ['osc', 'sub'] })
    await app.run('device.setValue', { trackId, deviceId: app.deviceId, key: 'sub.level', value: 0.4 })
    expect(deviceOf(app).patch!.units['filter']!.in).toEqual({ in: ['osc', 'sub'] })
    await app.run('patch.removeUnit', { trackId, unit })
    await app.run('patch.removeUnit', { trackId, unit: 'sub' })
    expect(deviceOf(app).patch).toEqual(PATCH)
    expect(deviceOf(app).values).toEqual({ 'filter.resonance': 0.3 })
    await expect(app.run('patch.removeUnit', { trackId, unit: 'amp' })).rejects.toMatchObject({ field: 'unit' })
    await expect(app.run('patch.addUnit', { trackId, type: 'lfo', name: 'osc' })).rejects.toMatchObject({
      field: 'name',
    })
  })

  it('voices change alone', async () => {
    const app = await trackApp()
    await app.run('patch.setVoices', { trackId: app.trackId, mode: 'legato', glideSeconds: 0.2 })
    expect(deviceOf(app).patch!.voices).toEqual({ max: 8, mode: 'legato', glideSeconds: 0.2 })
  })
})
