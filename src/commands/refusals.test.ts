// Every number that a song command takes: what is none, or out of range, is refused by its name and changes nothing (Node).
import { beforeAll, describe, expect, it } from 'vitest'
import { readUndoable } from '../project/stores.ts'
import { commandInfos } from './registry.ts'
import { testApp, type TestApp } from './testApp.ts'

const FAMILIES = ['transport', 'track', 'clip', 'note', 'automation', 'device', 'marker', 'project']
/** Not numbers of the song: how the keyboard plays. */
const PLAYED = ['note.on', 'note.off', 'note.bend', 'note.wheel', 'note.pressure', 'note.sustain']

interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly enum?: readonly unknown[]
}
interface Field {
  readonly path: readonly (string | number)[]
  readonly schema: Schema
}
const isNumber = ({ type, enum: options }: Schema): boolean =>
  type === 'number' || type === 'integer' || (options?.every((option) => typeof option === 'number') ?? false)

function numbers(schema: Schema, path: readonly (string | number)[] = []): Field[] {
  if (isNumber(schema)) return [{ path, schema }]
  if (schema.items) return numbers(schema.items, [...path, 0])
  return Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => numbers(inner, [...path, key]))
}

const commands = commandInfos().filter(({ id }) => FAMILIES.includes(id.split('.')[0]!) && !PLAYED.includes(id))
const cases = commands.flatMap(({ id, args }) =>
  numbers(args as Schema).map(({ path }) => [id, path.map(String).join('.'), path] as const),
)

let app: TestApp
/** Arguments that fit, for any command: those that it does not take are left out. */
let fitting: Record<string, unknown>
beforeAll(async () => {
  app = testApp()
  const { trackId } = await app.run('track.add', { presetId: 'one' })
  const { returnId } = await app.run('track.addReturn', {})
  const note = { beat: 0, lengthBeats: 1, note: 60, velocity: 0.5 }
  const { clipId } = await app.run('clip.add', { trackId, startBeat: 0, lengthBeats: 4, notes: [note] })
  const { laneId } = await app.run('automation.add', { trackId, target: 'pan' })
  const { pointId } = await app.run('automation.addPoint', { laneId, beat: 0, value: 0 })
  const { markerId } = await app.run('marker.add', { beat: 0, name: 'M' })
  const [track] = app.stores.project.getState().tracks
  fitting = {
    ...{ trackId, returnId, clipId, laneId, pointId, markerId, name: 'N', type: 'eq', target: 'pan', ramp: false },
    ...{ noteIds: [track!.clips[0]!.notes[0]!.id], deviceId: track!.devices[1]!.id, key: 'mix', controller: 'wheel' },
    ...{ beat: 1, beats: 1, startBeat: 1, endBeat: 3, lengthBeats: 1, semitones: 1, note: 60, velocity: 0.5 },
    ...{ bpm: 100, numerator: 3, denominator: 4, gainDb: -6, pan: 0, colour: 1, index: 0, value: 0.5, curve: 0 },
    ...{
      bars: 1,
      seconds: 1,
      frames: 1,
      enabled: true,
      sampleRate: 48_000,
      notes: [note],
      points: [{ beat: 0, value: 0 }],
      kind: 'pan',
      expression: {},
      source: 'test',
    },
  }
  app.calls.length = 0
})

function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by
  const copy = structuredClone(value) as Record<string | number, unknown>
  copy[key] = replaced(copy[key], rest, by)
  return copy
}

describe('a song command', () => {
  it('is here for every family', () => {
    expect(cases.length).toBeGreaterThan(50)
  })
  it.each(cases)('%s refuses what %s cannot be', async (id, field, path) => {
    const schema = commands.find((command) => command.id === id)!.args as Schema
    const taken = Object.keys(schema.properties ?? {})
    const args = Object.fromEntries(Object.entries(fitting).filter(([key]) => taken.includes(key)))
    // A place is one of three.
    if (id === 'transport.seek') for (const key of taken) if (key !== field) delete args[key]
    const before = readUndoable(app.stores)
    const session = app.stores.session.getState()
    for (const wrong of [NaN, Infinity, -Infinity, -1e12, 1e12, 'one', null, {}]) {
      await expect(app.run(id, replaced(args, path, wrong)), `${field} = ${String(wrong)}`).rejects.toMatchObject({
        code: 'invalid-argument',
        field,
      })
    }
    expect(readUndoable(app.stores)).toEqual(before)
    expect(app.stores.session.getState()).toBe(session)
    expect(app.calls).toEqual([])
  })
})
