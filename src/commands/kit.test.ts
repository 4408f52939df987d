// Commands of drum kits, on the strip and on a track: each is one step back, what is refused changes nothing (Node).
import { describe, expect, it, vi } from 'vitest'
import { factoryKits } from '../presets/factory/kits/kits.ts'
import type { Patch } from '../presets/model.ts'
import { padAt, padUnits } from '../presets/pads.ts'
import { kitPattern } from './kitPattern.ts'
import { preset, testApp, type TestApp } from './testApp.ts'

const KIT = factoryKits()[0]!
const app = (): TestApp => testApp([KIT, preset('one')])

const onStrip = ({ context }: TestApp): Patch => context.player.current()!.patch
const onTrack = ({ stores }: TestApp): Patch => stores.project.getState().tracks[0]!.devices[0]!.patch!

describe('kits', () => {
  it('a press sounds the kick, then a bar of the kit to its end, though the tile was let go', async () => {
    vi.useFakeTimers()
    try {
      const { run, calls, context } = app()
      await run('audition.press', { presetId: KIT.id })
      await run('audition.release', {})
      expect(calls[0]).toBe('strike 36 0.8')
      expect(context.player.store.getState().preview).not.toBeNull()
      vi.advanceTimersByTime(3000)
      const struck = calls.filter((call) => call.startsWith('noteOn '))
      expect(new Set(struck.map((call) => Number(call.split(' ')[1])))).toEqual(new Set([36, 38, 42, 46]))
      expect(context.held.store.getState().held.size).toBe(0)
      expect(context.player.store.getState().preview).toBeNull()
    } finally {
      vi.useRealTimers()
    }
  })

  it('another press, another sound on the strip and letting go of all end the bar', async () => {
    vi.useFakeTimers()
    try {
      for (const [id, args] of [
        ['audition.press', { presetId: 'one' }],
        ['audition.select', { presetId: 'one' }],
        ['note.releaseAll', {}],
      ] as const) {
        const { run, calls } = app()
        await run('audition.press', { presetId: KIT.id })
        vi.advanceTimersByTime(600)
        await run(id, args)
        const before = calls.filter((call) => call.startsWith('noteOn ')).length
        expect(before).toBeGreaterThan(1)
        vi.advanceTimersByTime(3000)
        expect(
          calls.filter((call) => call.startsWith('noteOn ')),
          id,
        ).toHaveLength(before)
      }
    } finally {
      vi.useRealTimers()
    }
  })

  it('a kit without a drum set is walked through', () => {
    const pads = padAt(KIT.patch as Patch, 36)
    const few = [60, 62, 50].map((low, i) => ({ ...pads!, id: `p${String(i)}`, low, high: low }))
    expect(kitPattern(few, 60).map(({ note, beat }) => [note, beat])).toEqual([
      [60, 0],
      [50, 0.5],
      [62, 1],
    ])
  })

  it('level, pan and tune of a pad are values with undo', async () => {
    const test = app()
    await test.run('audition.select', { presetId: KIT.id })
    await test.run('audition.setValue', { key: 'snare.tune', value: 3 })
    expect(test.calls).toContain('setParam snare.tune 3')
    await expect(test.run('audition.setValue', { key: 'snare.pan', value: 4 })).rejects.toMatchObject({
      code: 'invalid-argument',
    })
    await test.run('history.undo', {})
    expect(test.context.player.current()!.preset.values).not.toHaveProperty(['snare.tune'])
  })

  it('choke group, voices and one-shot of a pad of the sound on the strip', async () => {
    const test = app()
    await test.run('audition.select', { presetId: KIT.id })
    await test.run('kit.setPad', { pad: 'snare', choke: 7, voices: 1, oneShot: false, name: 'Tight snare' })
    expect(padAt(onStrip(test), 38)).toMatchObject({ choke: 7, voices: 1, oneShot: false, name: 'Tight snare' })
    await test.run('kit.setPad', { pad: 'snare', choke: 0 })
    expect(padAt(onStrip(test), 38)).not.toHaveProperty('choke')
    await test.run('history.undo', {})
    await test.run('history.undo', {})
    expect(onStrip(test)).toEqual(KIT.patch)
    await expect(test.run('kit.setPad', { pad: 'snare', low: 36, high: 38 })).rejects.toMatchObject({
      field: '/pads/3/low',
    })
    await expect(test.run('kit.setPad', { pad: 'gong', choke: 1 })).rejects.toMatchObject({
      code: 'unknown-id',
      field: 'pad',
    })
    expect(onStrip(test)).toEqual(KIT.patch)
  })

  it('a sound on a pad of a track: its units replace the old ones, with the automation that moved them', async () => {
    const test = app()
    const { trackId } = (await test.run('track.add', { presetId: KIT.id })) as { trackId: string }
    const deviceId = test.stores.project.getState().tracks[0]!.devices[0]!.id
    await test.run('device.setValue', { trackId, deviceId, key: 'kick1.decay', value: 1.5 })
    await test.run('device.setValue', { trackId, deviceId, key: 'kick.level', value: -2 })
    await test.run('automation.add', { trackId, target: `${deviceId}.kick1.decay` })
    await test.run('automation.add', { trackId, target: `${deviceId}.kick.level` })
    const before = test.stores.project.getState().tracks
    await expect(test.run('kit.setSound', { trackId, pad: 'kick', presetId: 'one' })).resolves.toMatchObject({
      lanesRemoved: 1,
    })
    const patch = onTrack(test)
    const kick = padAt(patch, 36)!
    expect(padUnits(patch, kick).map((name) => patch.units[name]!.type)).toEqual(['saw', 'svf', 'env', 'gain'])
    expect(patch.units['kickfilter']!.values).toMatchObject({ cutoff: 900, resonance: 0.3 })
    const { values } = test.stores.project.getState().tracks[0]!.devices[0]!
    expect(values).toMatchObject({ 'kick.level': -2 })
    expect(values).not.toHaveProperty(['kick1.decay'])
    expect(test.stores.project.getState().tracks[0]!.automation).toHaveLength(1)
    await test.run('history.undo', {})
    expect(test.stores.project.getState().tracks).toEqual(before)
  })

  it('pads come and go; a key has one, a kit keeps its last, and a kit is no sound for a pad', async () => {
    const test = app()
    const { trackId } = (await test.run('track.add', { presetId: KIT.id })) as { trackId: string }
    await expect(test.run('kit.addPad', { trackId, key: 36, presetId: 'one' })).rejects.toMatchObject({
      code: 'conflict',
    })
    const added = (await test.run('kit.addPad', { trackId, key: 90, presetId: 'one', name: 'Stab' })) as { pad: string }
    expect(padAt(onTrack(test), 90)).toMatchObject({ id: added.pad, name: 'Stab' })
    await test.run('kit.removePad', { trackId, pad: added.pad })
    expect(onTrack(test)).toEqual(KIT.patch)
    await expect(test.run('kit.setSound', { trackId, pad: 'kick', presetId: KIT.id })).rejects.toMatchObject({
      code: 'invalid-argument',
    })
    await test.run('track.add', { presetId: 'one' })
    const plain = test.stores.project.getState().tracks[1]!.id
    await expect(test.run('kit.setPad', { trackId: plain, pad: 'kick', choke: 1 })).rejects.toMatchObject({
      code: 'invalid-argument',
      field: 'trackId',
    })
  })
})
