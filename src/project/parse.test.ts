// Behaviour of reading projects that nobody trusts (Node).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS, TICKS_PER_BEAT } from '../compile/song.ts'
import { testApp } from '../commands/testApp.ts'
import { factoryPresets } from '../presets/factory/factory.ts'
import { newProject } from './document.ts'
import { parseProject } from './parse.ts'

const RUNS = { seed: 5, numRuns: process.env.VERIFY ? 5000 : 200 }

async function song() {
  const { run, stores } = testApp()
  const { trackId } = await run('track.add', { presetId: 'one' })
  const { returnId } = await run('track.addReturn', {})
  await run('track.setSend', { trackId, returnId, gainDb: -6 })
  const notes = [{ beat: 0, lengthBeats: 1, note: 60, velocity: 1 }]
  const { clipId } = await run('clip.add', { trackId, startBeat: 0, lengthBeats: 4, notes })
  await run('clip.setControls', { clipId, controller: 'bend', points: [{ beat: 1, value: -1 }] })
  const { laneId } = await run('automation.add', { trackId, target: `send:${returnId}` })
  await run('automation.addPoint', { laneId, beat: 1, value: -120 })
  await run('automation.addPoint', { laneId, beat: 2, value: 0 })
  await run('transport.setTimeSignature', { numerator: 3, denominator: 4, beat: 8 })
  await run('marker.add', { beat: 2, name: 'Verse' })
  return stores.project.getState()
}
type Json = Record<string, unknown>

/** The document with one member replaced. */
function changed(project: object, path: string, value: unknown): Json {
  const copy = structuredClone(project) as Json
  const keys = path.split('/').slice(1)
  const last = keys.pop()!
  const parent = keys.reduce<Json>((from, key) => from[key] as Json, copy)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return copy
}

describe('a stored project', () => {
  it('comes back the same after JSON', async () => {
    const project = await song()
    expect(parseProject(JSON.parse(JSON.stringify(project)))).toEqual(project)
  })
  it('holds any factory sound', async () => {
    const all = factoryPresets()
    const groups = process.env.VERIFY ? [0, 1, 2] : [1]
    for (const group of groups) {
      const sounds = all.filter((_, index) => index % 3 === group)
      const { run, stores } = testApp(sounds)
      for (const { id: presetId } of sounds) await run('track.add', { presetId })
      expect(() => parseProject(stores.project.getState())).not.toThrow()
    }
  })
  it('of version 1, which had no song, opens with an empty one', () => {
    const { version: _, tempoMap: _t, signatures: _s, loop: _l, key: _k, markers: _m, ...rest } = newProject()
    const { tracks: _tracks, returns: _returns, ...old } = rest
    const opened = parseProject({ ...old, name: 'Old', version: 1 })
    expect(opened).toEqual({ ...newProject(old.id), name: 'Old' })
  })
  it('of version 2, which had no groups, opens as it is', async () => {
    const { version: _, ...old } = await song()
    expect(parseProject({ ...old, version: 2 })).toEqual({ ...old, version: 4 })
  })
  it('of version 3, which had no expressions and no frozen tracks, opens as it is', async () => {
    const { version: _, ...old } = await song()
    expect(parseProject({ ...old, version: 3 })).toEqual({ ...old, version: 4 })
  })
  it('keeps the expressions of its notes', async () => {
    const project = await song()
    const expression = [
      { tick: 0, kind: 'tuning', value: -0.25 },
      { tick: 0, kind: 'volume', value: -120 },
      { tick: 100, kind: 'pressure', value: 1 },
    ]
    const told = changed(project, '/tracks/0/clips/0/notes/0/expression', expression)
    expect(parseProject(JSON.parse(JSON.stringify(told)))).toEqual(told)
  })
  it('of a later version is refused as such', () => {
    expect(() => parseProject({ ...newProject(), version: 5 })).toThrow(
      expect.objectContaining({ code: 'unsupported-format', field: '/version' }),
    )
  })
  it.each([
    ['/name', 5],
    ['/seed', -1],
    ['/sampleRate', 12],
    ['/tempoMap/0/bpm', 301],
    ['/tempoMap/0/tick', 10],
    ['/signatures/0/denominator', 3],
    ['/signatures/1/tick', TICKS_PER_BEAT],
    ['/loop/endTick', 0],
    ['/master/limiter/type', 'eq'],
    ['/master/gainDb', 99],
    ['/tracks/0/gainDb', null],
    ['/tracks/0/colour', 10],
    ['/tracks/0/id', 'a.b'],
    ['/tracks/0/devices/1/type', 'nothing'],
    ['/tracks/0/devices/1/values/time', -1],
    ['/tracks/0/devices/0/patch/units/osc/type', 'nothing'],
    ['/tracks/0/devices/0/values/filter.cutoff', 1e9],
    ['/tracks/0/sends/0/returnId', 'nobody'],
    ['/tracks/0/output', 'nobody'],
    ['/tracks/0/kind', 'group'],
    ['/tracks/0/devices/1/sidechain', { source: 'nobody', pre: false }, '/tracks/0/devices/1/sidechain/source'],
    ['/returns/0/sends', [{ returnId: 'nobody', gainDb: 0, pre: true }], '/returns/0/sends/0/returnId'],
    ['/tracks/0/clips/0/lengthTicks', 0],
    ['/tracks/0/clips/0/notes/0/velocity', 0],
    ['/tracks/0/clips/0/notes/0/tick', 0.5],
    ['/tracks/0/clips/0/controls/0/value', 2],
    ['/tracks/0/automation/0/target', 'send:nobody'],
    ['/tracks/0/automation/0/points/1/value', 7],
    ['/tracks/0/automation/0/points/0/tick', 9 * TICKS_PER_BEAT, '/tracks/0/automation/0/points/1/tick'],
    ['/returns/0/id', 'master'],
    ['/markers/0/tick', undefined],
  ])('is refused with a pointer: %s', async (path, value, field = path) => {
    const project = await song()
    expect(() => parseProject(changed(project, path, value))).toThrow(
      expect.objectContaining({ code: 'parse-failed', field }),
    )
  })
  it.each([
    ['value', [{ tick: 0, kind: 'tuning', value: 97 }], '/0/value'],
    ['kind', [{ tick: 0, kind: 'vibrato', value: 0 }], '/0/kind'],
    ['place', [{ tick: -1, kind: 'pan', value: 0 }], '/0/tick'],
    ['order', [9, 8].map((tick) => ({ tick, kind: 'pan', value: 0 })), '/1/tick'],
    ['count', Array(LIMITS.notePoints + 1).fill({ tick: 0, kind: 'pan', value: 0 }), ''],
  ])('is refused for the %s of an expression', async (_, expression, at) => {
    const path = '/tracks/0/clips/0/notes/0/expression'
    const project = changed(await song(), path, expression)
    expect(() => parseProject(project)).toThrow(
      expect.objectContaining({ code: 'parse-failed', field: `${path}${at}` }),
    )
  })
  it('is refused when an id is used twice', async () => {
    const project = await song()
    const twice = { ...project, tracks: [...project.tracks, project.tracks[0]] }
    expect(() => parseProject(twice)).toThrow(expect.objectContaining({ field: '/tracks/1/id' }))
  })
  it('is never more than a refusal, whatever is there', () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        try {
          parseProject(stored)
        } catch (error) {
          expect(error).toMatchObject({ name: 'SoundloomError' })
        }
      }),
      RUNS,
    )
  })
  it('is never more than a refusal, whichever member is anything', async () => {
    const project = await song()
    const paths: string[] = []
    const walk = (value: unknown, at: string): void => {
      if (at) paths.push(at)
      if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) walk(inner, `${at}/${key}`)
    }
    walk(project, '')
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.anything(), (path, value) => {
        try {
          parseProject(changed(project, path, value))
        } catch (error) {
          expect(error).toMatchObject({ name: 'SoundloomError' })
        }
      }),
      RUNS,
    )
  })
})
