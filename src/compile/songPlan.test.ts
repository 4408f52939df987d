// From song to song in steps: however it came there, an engine holds what a fresh one would be given (Node, property tests).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constants } from '../generated/wire.ts'
import { heldValue, valueKeys } from './heldValue.ts'
import { DEFAULT_ROUTING, findCircle, type SongRouting } from './routing.ts'
import { SEND_GAIN_DB, type Song } from './song.ts'
import type { SongOperation } from './songOperations.ts'
import { planSong, type PlacedSong } from './songPlan.ts'
import type { Strips } from './strips.ts'
import { edit, EMPTY_TEST_SONG, song as anySong, track as anyTrack } from './testSongs.ts'

const runs = { seed: 5, numRuns: process.env.VERIFY ? 3000 : 300 }

type Sound = Parameters<typeof valueKeys>[0]
interface Strip {
  sound: Sound | null
  bypassed: boolean[]
  gainDb: number
  pan: number
  mute: boolean
  solo: boolean
  sends: Map<number, { gainDb: number; pre: boolean }>
  clips: unknown
  automation: unknown
}
interface Model {
  readonly strips: Map<number, Strip>
  song: Record<string, unknown>
}

const freshModel = (): Model => ({ strips: new Map(), song: {} })
const freshStrip = (): Strip => ({
  sound: null,
  bypassed: [],
  gainDb: 0,
  pan: 0,
  mute: false,
  solo: false,
  sends: new Map(),
  clips: [],
  automation: [],
})

/** What an engine does with a step. */
function carryOut(model: Model, step: SongOperation): void {
  if (step.do === 'timeline' || step.do === 'loop' || step.do === 'routing' || step.do === 'controls') {
    model.song = { ...model.song, [step.do]: { ...step } }
    return
  }
  const strip = model.strips.get(step.strip) ?? freshStrip()
  model.strips.set(step.strip, strip)
  if (step.do === 'sound') {
    strip.sound = step.program
    strip.bypassed = step.program.effects.map(({ bypass }) => bypass)
  } else if (step.do === 'chain') {
    strip.sound = { patch: null, values: {}, effects: step.effects }
    strip.bypassed = step.effects.map(({ bypass }) => bypass)
  } else if (step.do === 'empty') strip.sound = null
  else if (step.do === 'value') {
    expect(strip.sound).not.toBeNull()
    strip.sound = { ...strip.sound!, values: { ...strip.sound!.values, [step.key]: step.value } }
  } else if (step.do === 'bypass') {
    expect(step.effect).toBeLessThanOrEqual(strip.bypassed.length)
    strip.bypassed[step.effect - 1] = step.bypass
  } else if (step.do === 'send') {
    if (step.gainDb <= SEND_GAIN_DB.off) strip.sends.delete(step.index)
    else strip.sends.set(step.index, { gainDb: step.gainDb, pre: step.pre })
  } else if (step.do === 'automation') {
    strip.automation = step.track.automation.length ? [step.track.automation, [...step.returns]] : []
  } else Object.assign(strip, { [step.do === 'gain' ? 'gainDb' : step.do]: Object.values(step).at(-1) })
}

/** What is heard, by ids instead of strips. */
function heard({ strips: state, song }: Model, { tracks, returns }: Strips): unknown {
  const returnOf = new Map([...returns].map(([id, strip]) => [strip - constants.firstReturn, id]))
  const describe = (strip: Strip | undefined) => {
    const { sound, bypassed, sends, automation, ...rest } = strip ?? freshStrip()
    const [lanes, indices] = (automation as unknown[]).length
      ? (automation as [unknown, [string, number][]])
      : [[], [] as [string, number][]]
    return {
      ...rest,
      sends: [...sends]
        .map(([index, send]) => ({ to: returnOf.get(index), ...send }))
        .sort((a, b) => (a.to! < b.to! ? -1 : 1)),
      // A lane reaches returns by index: the indices must be those that hold now.
      automation: lanes,
      returns: indices.map(([id, index]) => [id, returnOf.get(index)]),
      sound: sound && {
        patch: sound.patch,
        effects: sound.effects.map(({ type }) => type),
        values: Object.fromEntries(
          [...new Set([...valueKeys(sound), 'filter.cutoff', 'fx1.mix', 'fx2.mix'])]
            .map((key) => [key, heldValue(sound, key)] as const)
            .filter(([, value]) => value !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        ),
        bypassed,
      },
    }
  }
  const named = [...tracks, ...returns].map(([id, strip]) => [id, describe(state.get(strip))] as const)
  const used = new Set([...tracks.values(), ...returns.values()])
  const left = [...state].filter(([strip]) => !used.has(strip)).map(([, strip]) => strip)
  const idOf = new Map([...tracks, ...returns].map(([id, strip]) => [strip, id]))
  const { routing = DEFAULT_ROUTING } = (song.routing ?? {}) as { routing?: SongRouting }
  const byName = (rows: readonly unknown[][]) => rows.map((row) => row.join()).sort()
  return {
    song: { ...song, routing: null },
    routing: {
      groups: byName(routing.groups.map((strip) => [idOf.get(strip)])),
      outputs: byName(routing.outputs.map(([strip, to]) => [idOf.get(strip), idOf.get(to)])),
      feedback: byName(routing.feedback.map(([strip, index]) => [idOf.get(strip), returnOf.get(index)])),
      sides: byName(
        routing.sides.map(({ strip, device, source, pre }) => [idOf.get(strip), device, idOf.get(source), pre]),
      ),
    },
    strips: Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1))),
    left: left.filter(({ sound, solo, clips, automation }) => {
      return sound !== null || solo || (clips as unknown[]).length > 0 || (automation as unknown[]).length > 0
    }),
  }
}

const follow = (model: Model, before: PlacedSong | null, next: Song): PlacedSong => {
  const { placed, operations } = planSong(before, next)
  for (const step of operations) carryOut(model, step)
  return placed
}

test('after any edits an engine holds what a full sync of the same song would give it', () => {
  fc.assert(
    fc.property(anySong, fc.array(edit, { maxLength: 25 }), (first, edits) => {
      const model = freshModel()
      let placed = follow(model, null, first)
      for (const change of edits) {
        placed = follow(model, placed, change(placed.song))
        const full = freshModel()
        const fresh = follow(full, null, placed.song)
        expect(heard(model, placed.strips)).toEqual(heard(full, fresh.strips))
      }
    }),
    runs,
  )
})

test('a song that did not change, or was only read again from disk, needs no step', () => {
  fc.assert(
    fc.property(anySong, (song) => {
      const { placed } = planSong(null, song)
      expect(planSong(placed, song).operations).toEqual([])
      expect(planSong(placed, structuredClone(song)).operations).toEqual([])
    }),
    runs,
  )
})

const tracks = (...ids: string[]) => ids.map((id) => fc.sample(anyTrack(id, []), { seed: 2, numRuns: 1 })[0]!)
const songOf = (...ids: string[]): Song => ({ ...EMPTY_TEST_SONG, tracks: tracks(...ids) })

test('moving tracks restarts nothing', () => {
  const before = songOf('a', 'b', 'c')
  const { placed } = planSong(null, before)
  const moved = planSong(placed, { ...before, tracks: [2, 0, 1].map((index) => before.tracks[index]!) })
  expect(moved.operations).toEqual([])
  expect(moved.placed.strips.tracks.get('a')).toBe(placed.strips.tracks.get('a'))
})

test('a knob is one value, a fader one gain, another sound one switch, another effect one swap', () => {
  const before = songOf('a', 'b')
  const { placed } = planSong(null, before)
  const [track] = before.tracks
  const [instrument, ...effects] = track!.devices
  const bare = { ...track!, automation: [], devices: [instrument!, ...effects] }
  const { placed: stands } = planSong(placed, { ...before, tracks: [bare, before.tracks[1]!] })
  const steps = (changed: typeof bare): string[] =>
    planSong(stands, { ...before, tracks: [changed, before.tracks[1]!] }).operations.map((step) =>
      [step.do, ...('mode' in step ? [step.mode] : []), ...('key' in step ? [step.key] : [])].join(' '),
    )
  const turned = { ...instrument!, values: { 'filter.cutoff': 321 } }
  expect(steps({ ...bare, devices: [turned, ...effects] })).toEqual(['value filter.cutoff'])
  expect(steps({ ...bare, gainDb: -1 })).toEqual(['gain'])
  expect(steps({ ...bare, devices: [{ ...instrument!, id: 'other' }, ...effects] })).toEqual(['sound switch'])
  const plate = { id: 'plate', kind: 'effect' as const, type: 'plate', values: {}, bypass: false }
  expect(steps({ ...bare, devices: [instrument!, ...effects, plate] })).toEqual(['sound swap'])
})

test('no lane moves anything while the program under it changes', () => {
  const [track] = tracks('a')
  const lane = {
    id: 'lane',
    target: 'a-inst.filter.cutoff',
    enabled: true,
    points: [{ id: 'p', tick: 0, value: 500, curve: 0, hold: false }],
  }
  const before = { ...EMPTY_TEST_SONG, tracks: [{ ...track!, automation: [lane] }] }
  const { placed } = planSong(null, before)
  const plate = { id: 'plate', kind: 'effect' as const, type: 'plate', values: {}, bypass: false }
  const after = { ...before, tracks: [{ ...before.tracks[0]!, devices: [...track!.devices, plate] }] }
  const steps = planSong(placed, after).operations
  expect(steps.map((step) => (step.do === 'automation' ? step.track.automation.length : step.do))).toEqual([
    0,
    'sound',
    1,
  ])
})

test('what a lane moved goes back to the document when the lane is gone', () => {
  const [track] = tracks('a')
  const point = { id: 'p', tick: 0, curve: 0, hold: false }
  const lane = (target: string, value: number) => ({ id: target, target, enabled: true, points: [{ ...point, value }] })
  const moving = { ...track!, gainDb: -5, automation: [lane('gain', -20), lane('a-inst.filter.cutoff', 500)] }
  const { placed } = planSong(null, { ...EMPTY_TEST_SONG, tracks: [moving] })
  const { operations } = planSong(placed, { ...EMPTY_TEST_SONG, tracks: [{ ...moving, automation: [] }] })
  const cutoff = track!.devices[0]!.values['filter.cutoff']
  expect(operations.slice(1)).toEqual([
    { do: 'gain', strip: constants.firstTrack, gainDb: -5 },
    { do: 'value', strip: constants.firstTrack, key: 'filter.cutoff', value: cutoff },
  ])
})

test('a send that a lane moved goes back when its return is gone, a fader when the next track takes it', () => {
  const [track] = tracks('a')
  const point = { id: 'p', tick: 0, curve: 0, hold: false }
  const lane = (target: string, value: number) => ({ id: target, target, enabled: true, points: [{ ...point, value }] })
  const strip = constants.firstTrack
  const room = { id: 'room', name: 'Room', devices: [], sends: [], gainDb: 0, pan: 0, mute: false }
  const moving = { ...track!, automation: [lane('send:room', 0), lane('gain', -20)] }
  const { placed } = planSong(null, { ...EMPTY_TEST_SONG, tracks: [moving], returns: [room] })
  const alone = planSong(placed, { ...EMPTY_TEST_SONG, tracks: [moving] })
  const off = { do: 'send', strip, index: 0, gainDb: SEND_GAIN_DB.off, pre: false }
  expect(alone.operations).toContainEqual(off)
  const [next] = tracks('b')
  const gone = planSong(placed, { ...EMPTY_TEST_SONG, returns: [room] })
  expect(gone.operations.filter(({ do: what }) => what === 'gain' || what === 'send')).toEqual([])
  const taken = planSong(gone.placed, { ...EMPTY_TEST_SONG, tracks: [{ ...next!, gainDb: 0 }], returns: [room] })
  expect(taken.placed.strips.tracks.get('b')).toBe(strip)
  expect(taken.operations).toContainEqual(off)
  expect(taken.operations).toContainEqual({ do: 'gain', strip, gainDb: 0 })
})

test('a sound that could not be built is tried again when its devices change, and not before', () => {
  const before = songOf('a')
  const { placed } = planSong(null, before)
  const failed = { ...placed, failed: new Set(['a']) }
  const [track] = before.tracks
  const quieter = planSong(failed, { ...before, tracks: [{ ...track!, gainDb: -7 }] })
  expect(quieter.operations.map((step) => step.do)).toEqual(['gain'])
  expect([...quieter.placed.failed]).toEqual(['a'])
  const turned = { ...track!.devices[0]!, values: { 'filter.cutoff': 321 } }
  const again = planSong(failed, { ...before, tracks: [{ ...track!, devices: [turned] }] })
  expect(again.operations.map((step) => step.do)).toContain('sound')
  expect([...again.placed.failed]).toEqual([])
})

test('a fader whose track is gone stays where it is until another track takes the strip', () => {
  const [track] = tracks('a')
  const { placed } = planSong(null, { ...EMPTY_TEST_SONG, tracks: [{ ...track!, gainDb: -20, pan: 0.5 }] })
  const gone = planSong(placed, EMPTY_TEST_SONG)
  expect(gone.operations.filter(({ do: what }) => what === 'gain' || what === 'pan')).toEqual([])
  const [next] = tracks('b')
  const all = planSong(gone.placed, { ...EMPTY_TEST_SONG, tracks: [{ ...next!, gainDb: 0, pan: 0 }] })
  expect(all.placed.strips.tracks.get('b')).toBe(constants.firstTrack)
  expect(all.operations).toContainEqual({ do: 'gain', strip: constants.firstTrack, gainDb: 0 })
})

test('every track of a full song has a strip of its own, and so has every return', () => {
  const ids = Array.from({ length: constants.tracks }, (_, index) => `track-${index}`)
  const { placed } = planSong(null, songOf(...ids))
  expect(new Set(placed.strips.tracks.values()).size).toBe(constants.tracks)
  const rotated = [...ids.slice(1), 'one more']
  const next = planSong(placed, songOf(...rotated))
  expect(next.placed.strips.tracks.get('one more')).toBe(placed.strips.tracks.get('track-0'))
})

test('a circle is named by the strips along it, and feedback sends may close one', () => {
  const [drums, bus, bass] = tracks('drums', 'bus', 'bass')
  const send = { returnId: 'room', gainDb: -6, pre: false }
  const room = { id: 'room', name: 'Room', devices: [], sends: [send], gainDb: 0, pan: 0, mute: false }
  const song = (...these: Song['tracks']): Song => ({ ...EMPTY_TEST_SONG, tracks: these })
  const group = { ...bus!, name: 'Bus A', kind: 'group' as const, devices: [] }
  const key = { id: 'comp', kind: 'effect' as const, type: 'delay', values: {}, bypass: false }
  const listens = (source: string) => ({ ...key, sidechain: { source, pre: false } })
  const into = { ...drums!, name: 'Drums', output: 'bus' }
  expect(findCircle(song(into, group))).toBeNull()
  expect(findCircle(song({ ...into, devices: [listens('bus')] }, group))).toEqual(['Drums', 'Bus A', 'Drums'])
  expect(findCircle(song(into, { ...group, devices: [listens('drums')] }))).toBeNull()
  expect(findCircle(song({ ...group, output: 'bus' }))).toEqual(['Bus A', 'Bus A'])
  expect(findCircle(song({ ...bass!, devices: [listens('bass')] }))).toEqual(['bass', 'bass'])
  expect(findCircle({ ...EMPTY_TEST_SONG, returns: [room] })).toEqual(['Room', 'Room'])
  const late = { ...room, sends: [{ ...send, feedback: true }] }
  expect(findCircle({ ...EMPTY_TEST_SONG, returns: [late] })).toBeNull()
})
