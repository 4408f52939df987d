// Control buses by command: allocated and freed by name, what follows them, what is refused, undo (Node).
import { beforeEach, describe, expect, test } from 'vitest'
import { newProject } from '../project/document.ts'
import { parseProject } from '../project/parse.ts'
import { projectText, readProjectText } from '../project/text.ts'
import { testApp, type TestApp } from './testApp.ts'

let app: TestApp
let trackId: string
let echo: string
let sound: string
const project = () => app.context.stores.project.getState()
const bus = (name: string) => project().controls?.find((one) => one.name === name)
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

beforeEach(async () => {
  app = testApp()
  ;({ trackId } = await app.run('track.add', { presetId: 'one' }))
  const { devices } = project().tracks[0]!
  ;[sound, echo] = devices.map(({ id }) => id) as [string, string]
})
const assign = (name: string, over: Partial<{ deviceId: string; key: string; amount: number }> = {}) =>
  app.run('control.assign', { name, trackId, deviceId: echo, key: 'feedback', amount: 0.5, ...over })

describe('control buses', () => {
  test('are made, named, set, followed and freed by name, each one step back', async () => {
    const before = project()
    await app.run('control.add', { name: 'Tide', kind: 'lfo' })
    await app.run('control.set', { name: 'Tide', shape: 'random', beats: 8 })
    await app.run('control.rename', { name: 'Tide', to: 'Waves' })
    await assign('Waves')
    await assign('Waves', { amount: -0.25 })
    await assign('Waves', { deviceId: sound, key: 'filter.cutoff' })
    expect(bus('Waves')).toMatchObject({
      source: { kind: 'lfo', shape: 'random', beats: 8, rateHz: 1, phase: 0 },
      routes: [
        { stripId: trackId, deviceId: echo, key: 'feedback', amount: -0.25 },
        { stripId: trackId, deviceId: sound, key: 'filter.cutoff', amount: 0.5 },
      ],
    })
    expect(parseProject(readProjectText(projectText(project())))).toEqual(project())
    const used = project()
    await app.run('control.unassign', { name: 'Waves', trackId, deviceId: echo, key: 'feedback' })
    await app.run('control.unassign', { name: 'Waves', trackId, deviceId: sound, key: 'filter.cutoff' })
    await app.run('control.remove', { name: 'Waves' })
    expect(project()).toEqual(before)
    for (let step = 0; step < 3; step++) await app.run('history.undo', {})
    expect(project()).toEqual(used)
  })

  test('that are in use, unknown, named twice or of another kind are refused by name, and nothing changes', async () => {
    await app.run('control.add', { name: 'Macro', kind: 'macro' })
    await assign('Macro')
    const before = project()
    const refused: [Promise<unknown>, object][] = [
      [app.run('control.remove', { name: 'Macro' }), { code: 'conflict', field: 'name' }],
      [app.run('control.remove', { name: 'Nobody' }), { code: 'unknown-id', field: 'name' }],
      [app.run('control.add', { name: 'Macro', kind: 'lfo' }), { code: 'conflict', field: 'name' }],
      [app.run('control.set', { name: 'Macro', rateHz: 2 }), { code: 'invalid-argument', field: 'rateHz' }],
      [app.run('control.set', { name: 'Macro', value: 2 }), { code: 'invalid-argument' }],
      [assign('Nobody'), { code: 'unknown-id', field: 'name' }],
      [assign('Macro', { key: 'sync' }), { code: 'unknown-id', field: 'key' }],
      [assign('Macro', { key: 'nothing' }), { code: 'unknown-id', field: 'key' }],
      [assign('Macro', { deviceId: 'gone' }), { code: 'unknown-id', field: 'deviceId' }],
      [
        app.run('control.unassign', { name: 'Macro', trackId, deviceId: echo, key: 'mix' }),
        { code: 'unknown-id', field: 'key' },
      ],
    ]
    for (const [work, error] of refused) expect(await refusal(work)).toMatchObject(error)
    expect(project()).toBe(before)
  })

  test('let go of devices and tracks that are removed', async () => {
    await app.run('control.add', { name: 'Level', kind: 'follower' })
    const other = await app.run('track.add', { presetId: 'two' })
    await app.run('control.set', { name: 'Level', source: other.trackId, attackSeconds: 0.05 })
    await assign('Level')
    await app.run('device.remove', { trackId, deviceId: echo })
    expect(bus('Level')!.routes).toEqual([])
    await app.run('track.remove', { trackId: other.trackId })
    expect(bus('Level')!.source).toMatchObject({ kind: 'follower', source: null, attackSeconds: 0.05 })
    await app.run('history.undo', {})
    await app.run('history.undo', {})
    expect(bus('Level')).toMatchObject({ source: { source: other.trackId }, routes: [{ deviceId: echo }] })
  })

  test('there are sixteen of, and as many parameters of a track follow', async () => {
    for (let count = 0; count < 16; count++) await app.run('control.add', { name: `Bus ${String(count)}`, kind: 'lfo' })
    expect(await refusal(app.run('control.add', { name: 'More', kind: 'lfo' }))).toMatchObject({
      code: 'limit-exceeded',
    })
    for (let count = 0; count < 16; count++) await assign(`Bus ${String(count)}`)
    expect(await refusal(assign('Bus 0', { key: 'mix' }))).toMatchObject({ code: 'limit-exceeded' })
  })

  test('a turn of a macro is one step', async () => {
    await app.run('control.add', { name: 'Macro', kind: 'macro' })
    for (const value of [0.1, 0.2, 0.3]) await app.run('control.set', { name: 'Macro', value }, { gesture: 'turn' })
    expect(bus('Macro')!.source).toMatchObject({ value: 0.3 })
    await app.run('history.undo', {})
    expect(bus('Macro')!.source).toMatchObject({ value: 0 })
  })

  test('documents with buses that cannot be are refused by field', () => {
    const lfo = { kind: 'lfo', shape: 'sine', rateHz: 1, beats: 0, phase: 0 }
    const stored = (controls: unknown): string => {
      try {
        parseProject({ ...newProject(), controls })
        return ''
      } catch (error) {
        return (error as { field: string }).field
      }
    }
    const one = { id: 'a', name: 'A', source: lfo, routes: [] }
    expect(stored([one])).toBe('')
    expect(stored([one, { ...one, id: 'b' }])).toBe('/controls/1/name')
    expect(stored([one, { ...one, name: 'B' }])).toBe('/controls/1/id')
    expect(stored([{ ...one, source: { ...lfo, rateHz: 0 } }])).toBe('/controls/0/source/rateHz')
    expect(stored([{ ...one, source: { ...lfo, kind: 'dice' } }])).toBe('/controls/0/source/kind')
    expect(stored([{ ...one, routes: [{ stripId: 'x', deviceId: 'y', key: 'mix', amount: 1 }] }])).toBe(
      '/controls/0/routes/0/key',
    )
  })
})
