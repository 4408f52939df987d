// Any sequence of commands can be undone to the identical start and redone to the identical end, also after storage (Node).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOST_STORED_BYTES, MOST_STORED_STEPS, boundHistory, readHistory } from '../project/historyRecord.ts'
import { readAudition, readMarks } from '../project/kept.ts'
import { parseProject } from '../project/parse.ts'
import { weigh } from '../project/patches.ts'
import { createStores, readUndoable } from '../project/stores.ts'
import { testApp, type TestApp } from './testApp.ts'

const RUNS = { seed: 21, numRuns: process.env.VERIFY ? 1500 : 60 }
const project = ({ stores }: TestApp) => stores.project.getState()
const at = <Part>(parts: readonly Part[], nth: number): Part | undefined => parts[nth % Math.max(1, parts.length)]
const tracks = (app: TestApp) => project(app).tracks
const clips = (app: TestApp) => tracks(app).flatMap((track) => track.clips)
const lanes = (app: TestApp) => tracks(app).flatMap((track) => track.automation)
const none = 'nobody'

/** Each makes arguments from what is there and from three whole numbers. */
const DEEDS: readonly (readonly [string, (app: TestApp, a: number, b: number, c: number) => object])[] = [
  ['track.add', (_, a) => (a % 2 ? { presetId: 'one', index: a } : { name: `T${String(a)}` })],
  ['track.add', (_, a) => ({ presetId: a % 2 ? 'one' : 'two' })],
  ['track.remove', (app, a) => ({ trackId: at(tracks(app), a)?.id ?? none })],
  ['track.move', (app, a, b) => ({ trackId: at(tracks(app), a)?.id ?? none, index: b })],
  ['track.duplicate', (app, a) => ({ trackId: at(tracks(app), a)?.id ?? none })],
  ['track.setSound', (app, a, b) => ({ trackId: at(tracks(app), a)?.id ?? none, presetId: b % 2 ? 'one' : 'two' })],
  ['track.setGain', (app, a, b) => ({ trackId: at(tracks(app), a)?.id ?? none, gainDb: -(b % 60) })],
  ['track.setSolo', (app, a, b) => ({ trackId: at(tracks(app), a)?.id ?? none, solo: b % 2 === 1 })],
  ['track.addReturn', () => ({})],
  ['track.removeReturn', (app, a) => ({ returnId: at(project(app).returns, a)?.id ?? none })],
  [
    'track.setSend',
    (app, a, b, c) => ({
      trackId: at(tracks(app), a)?.id ?? none,
      returnId: at(project(app).returns, b)?.id ?? none,
      gainDb: -(c % 120),
    }),
  ],
  [
    'clip.add',
    (app, a, b, c) => ({
      trackId: at(tracks(app), a)?.id ?? none,
      startBeat: b,
      lengthBeats: 4,
      notes: Array.from({ length: c % 5 }, (_, nth) => ({ beat: nth, lengthBeats: 1, note: 60 + nth, velocity: 0.5 })),
    }),
  ],
  ['clip.remove', (app, a) => ({ clipId: at(clips(app), a)?.id ?? none })],
  [
    'clip.move',
    (app, a, b, c) => ({ clipId: at(clips(app), a)?.id ?? none, startBeat: b, trackId: at(tracks(app), c)?.id }),
  ],
  ['clip.resize', (app, a, b) => ({ clipId: at(clips(app), a)?.id ?? none, lengthBeats: 1 + b })],
  ['clip.duplicate', (app, a) => ({ clipId: at(clips(app), a)?.id ?? none })],
  ['clip.split', (app, a, b) => ({ clipId: at(clips(app), a)?.id ?? none, beat: b })],
  [
    'note.add',
    (app, a, b, c) => ({ clipId: at(clips(app), a)?.id ?? none, beat: b, lengthBeats: 1, note: c, velocity: 1 }),
  ],
  [
    'note.move',
    (app, a, b, c) => ({
      clipId: at(clips(app), a)?.id ?? none,
      noteIds: (at(clips(app), a)?.notes ?? []).map(({ id }) => id),
      beats: (b % 5) - 2,
      semitones: (c % 5) - 2,
    }),
  ],
  [
    'note.remove',
    (app, a, b) => ({
      clipId: at(clips(app), a)?.id ?? none,
      noteIds: [at(at(clips(app), a)?.notes ?? [], b)?.id ?? none],
    }),
  ],
  [
    'automation.add',
    (app, a, b) => ({ trackId: at(tracks(app), a)?.id ?? none, target: at(['gain', 'pan', 'mute'], b)! }),
  ],
  [
    'automation.add',
    (app, a, b) => {
      const track = at(tracks(app), a)
      return {
        trackId: track?.id ?? none,
        target: `${at(track?.devices ?? [], b)?.id ?? none}.${b % 2 ? 'mix' : 'bypass'}`,
      }
    },
  ],
  ['automation.addPoint', (app, a, b, c) => ({ laneId: at(lanes(app), a)?.id ?? none, beat: b, value: c % 2 })],
  ['automation.remove', (app, a) => ({ laneId: at(lanes(app), a)?.id ?? none })],
  [
    'device.add',
    (app, a, b) => ({ trackId: at(tracks(app), a)?.id ?? none, type: at(['eq', 'plate', 'chorus'], b)!, index: b }),
  ],
  [
    'device.remove',
    (app, a, b) => ({
      trackId: at(tracks(app), a)?.id ?? none,
      deviceId: at(at(tracks(app), a)?.devices ?? [], b)?.id ?? none,
    }),
  ],
  ['transport.setTempo', (_, a) => ({ bpm: 20 + (a % 280) })],
  ['transport.addTempo', (_, a, b) => ({ beat: a, bpm: 20 + b, ramp: b % 2 === 0 })],
  ['transport.setTimeSignature', (_, a, b, c) => ({ numerator: 1 + (a % 7), denominator: at([2, 4, 8], b)!, beat: c })],
  ['transport.setLoop', (_, a, b) => ({ startBeat: a, endBeat: b })],
  ['marker.add', (_, a) => ({ beat: a, name: `M${String(a)}` })],
  ['project.rename', (_, a) => ({ name: `P${String(a)}` })],
  ['history.undo', () => ({})],
  ['history.redo', () => ({})],
]

const NOTE = { beat: 1, lengthBeats: 1, note: 60, velocity: 1 }
const number = fc.nat({ max: 100 })
const deeds = fc.array(fc.tuple(fc.nat({ max: DEEDS.length - 1 }), number, number, number, fc.constantFrom('', 'g')), {
  minLength: 25,
  maxLength: 60,
})

/** Runs what fits; what does not is refused and changes nothing. Returns how many were done. */
async function perform(app: TestApp, sequence: readonly [number, number, number, number, string][]): Promise<number> {
  // Something to work on.
  const { trackId } = await app.run('track.add', { presetId: 'one' })
  await app.run('track.addReturn', {})
  await app.run('clip.add', { trackId, startBeat: 0, lengthBeats: 4, notes: [NOTE, NOTE] })
  await app.run('automation.add', { trackId, target: 'pan' })
  let done = 0
  for (const [deed, a, b, c, gesture] of sequence) {
    const [id, args] = DEEDS[deed]!
    const before = readUndoable(app.stores)
    try {
      await app.run(id, args(app, a, b, c), gesture ? { gesture } : {})
      done += 1
    } catch (error) {
      expect(error).toMatchObject({ name: 'SoundloomError' })
      expect(readUndoable(app.stores)).toEqual(before)
    }
  }
  return done
}
async function rewind(app: TestApp, id: 'history.undo' | 'history.redo'): Promise<void> {
  while ((await app.run(id, {})).done !== null);
}

describe('the history of a song', () => {
  it('undoes to the identical start and redoes to the identical end, and every end is a valid project', async () => {
    let done = 0
    await fc.assert(
      fc.asyncProperty(deeds, async (sequence) => {
        const app = testApp()
        const start = project(app)
        done += await perform(app, sequence)
        await rewind(app, 'history.redo')
        const end = project(app)
        expect(parseProject(end)).toEqual(end)
        await rewind(app, 'history.undo')
        expect(project(app)).toEqual(start)
        await rewind(app, 'history.redo')
        expect(project(app)).toEqual(end)
      }),
      RUNS,
    )
    // Refusals alone would prove nothing.
    expect(done).toBeGreaterThan(RUNS.numRuns * 15)
  })
  it('does the same after it was stored and read again', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, number, async (sequence, back) => {
        const app = testApp()
        const start = project(app)
        await perform(app, sequence)
        for (let step = 0; step < back % 5; step++) await app.run('history.undo', {})
        const now = readUndoable(app.stores)
        const stored = structuredClone(boundHistory(app.context.history.record()))
        const later = testApp(undefined, createStores(structuredClone(now)))
        later.context.history.restore(readHistory(stored))
        expect(later.context.history.view.getState()).toEqual(app.context.history.view.getState())
        await rewind(app, 'history.redo')
        await rewind(later, 'history.redo')
        expect(project(later)).toEqual(project(app))
        await rewind(later, 'history.undo')
        expect(project(later)).toEqual(start)
      }),
      RUNS,
    )
  })
  it('keeps what is stored within its bounds, newest steps first', async () => {
    const app = testApp()
    const { trackId } = await app.run('track.add', {})
    const notes = Array.from({ length: 3000 }, (_, nth) => ({ beat: nth, lengthBeats: 1, note: 60, velocity: 1 }))
    for (let nth = 0; nth < 12; nth++) await app.run('clip.add', { trackId, startBeat: 0, lengthBeats: 4, notes })
    const heavy = boundHistory(app.context.history.record())
    expect(heavy.undo.length).toBeGreaterThan(1)
    expect(heavy.undo.length).toBeLessThan(13)
    expect(heavy.undo.reduce((sum, step) => sum + weigh([step.forward, step.backward]), 0)).toBeLessThan(
      MOST_STORED_BYTES,
    )
    for (let nth = 0; nth < MOST_STORED_STEPS + 50; nth++)
      await app.run('track.setGain', { trackId, gainDb: -(nth % 50) - 0.5 })
    const many = boundHistory(app.context.history.record())
    expect(many.undo).toHaveLength(MOST_STORED_STEPS)
    expect(many.undo.at(-1)).toEqual(app.context.history.record().undo.at(-1))
  })
  it('is never more than dropped, whatever was stored', async () => {
    const path = fc.tuple(fc.constantFrom('project', 'library', 'audition'), fc.oneof(fc.string(), fc.nat()))
    const patch = fc.record({ op: fc.constantFrom('add', 'remove', 'replace'), path, value: fc.anything() })
    const step = fc.record({ label: fc.string(), forward: fc.array(patch), backward: fc.array(patch) })
    const record = fc.oneof(fc.anything(), fc.record({ undo: fc.array(step), redo: fc.array(step) }))
    await fc.assert(
      fc.asyncProperty(record, async (stored) => {
        const app = testApp()
        app.context.history.restore(readHistory(stored))
        for (const id of ['history.undo', 'history.redo'])
          await app.run(id, {}).catch((error: unknown) => expect(error).toMatchObject({ code: 'conflict' }))
        expect(parseProject(project(app))).toEqual(project(app))
        expect(readMarks(app.stores.library.getState())).toEqual(app.stores.library.getState())
        expect(readAudition(app.stores.audition.getState())).toEqual(app.stores.audition.getState())
      }),
      { ...RUNS, numRuns: RUNS.numRuns * 5 },
    )
  })
  it('keeps a long drag of many notes as small as one move', async () => {
    const app = testApp()
    const { trackId } = await app.run('track.add', {})
    const notes = Array.from({ length: 50 }, (_, nth) => ({ beat: nth, lengthBeats: 1, note: 60, velocity: 1 }))
    const { clipId } = await app.run('clip.add', { trackId, startBeat: 0, lengthBeats: 64, notes })
    const noteIds = clips(app)[0]!.notes.map(({ id }) => id)
    for (let nth = 0; nth < 100; nth++)
      await app.run('note.move', { clipId, noteIds, beats: 0.25, semitones: nth % 3 === 0 ? 1 : 0 }, { gesture: 'd' })
    expect(app.context.history.record().undo.at(-1)!.forward).toHaveLength(2 * notes.length)
  })
})
