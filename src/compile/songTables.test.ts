// Song tables against a naive flattening (Node, property tests).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constants, enums, records } from '../generated/wire.ts'
import { resolveAutomation } from './laneTargets.ts'
import { compileProgram } from './program.ts'
import { TICKS_PER_BEAT, type Clip, type Track } from './song.ts'
import { encodeAutomation, encodeClips, encodeTimeline } from './songTables.ts'
import { clip, song, track as anyTrack } from './testSongs.ts'
import { trackProgram } from './trackSound.ts'

const runs = { seed: 3, numRuns: process.env.VERIFY ? 2000 : 150 }

type Row = Readonly<Record<string, number>>
interface RecordLayout {
  readonly bytes: number
  readonly offset: Readonly<Record<string, number>>
  readonly type: Readonly<Record<string, string>>
}

function rows(bytes: Uint8Array, at: number, count: number, layout: RecordLayout): Row[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const read: Record<string, (at: number) => number> = {
    u16: (offset) => view.getUint16(offset, true),
    u32: (offset) => view.getUint32(offset, true),
    f32: (offset) => view.getFloat32(offset, true),
    f64: (offset) => view.getFloat64(offset, true),
    i64: (offset) => Number(view.getBigInt64(offset, true)),
  }
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(
      Object.entries(layout.offset).map(([field, offset]) => [
        field,
        read[layout.type[field]!]!(at + index * layout.bytes + offset),
      ]),
    ),
  )
}

function decode(bytes: Uint8Array, kind: keyof typeof enums.songTableKind, first: RecordLayout, second?: RecordLayout) {
  const [header] = rows(bytes, 0, 1, records.songTable)
  expect(header).toMatchObject({
    magic: constants.songMagic,
    bytes: bytes.length,
    kind: enums.songTableKind[kind],
  })
  const middle = records.songTable.bytes + header!.first! * first.bytes
  const end = middle + header!.second! * (second?.bytes ?? 0)
  expect(end).toBe(bytes.length)
  return {
    first: rows(bytes, records.songTable.bytes, header!.first!, first),
    second: second ? rows(bytes, middle, header!.second!, second) : [],
  }
}

const kindName = (kind: number): string =>
  Object.entries(enums.songEventKind).find(([, value]) => value === kind)?.[0] ?? String(kind)

const expressionName = (kind: number): string =>
  Object.entries(enums.expression).find(([, value]) => value === kind)?.[0] ?? String(kind)

/** Every tick of every clip asked in turn, with no cleverness. */
function naive(clips: readonly Clip[]): string[] {
  const said: { tick: number; note: boolean; text: string }[] = []
  for (const { startTick, lengthTicks, mute, notes, controls } of clips) {
    if (mute) continue
    let down = false
    for (const { tick, controller, value } of [...controls].sort((a, b) => a.tick - b.tick)) {
      if (tick >= lengthTicks) continue
      if (controller === 'sustain') down = value >= 0.5
      said.push({ tick: startTick + tick, note: false, text: `${controller} ${Math.fround(value)}` })
    }
    if (down) said.push({ tick: startTick + lengthTicks, note: false, text: 'sustain 0' })
    for (const { tick, lengthTicks: length, note, velocity, expression = [] } of notes) {
      if (tick >= lengthTicks) continue
      const end = Math.min(tick + length, lengthTicks)
      const points = expression
        .filter((point) => tick + point.tick < end)
        .map((point) => `${startTick + tick + point.tick} ${point.kind} ${Math.fround(point.value)}`)
      const told = [`note ${note} ${end - tick} ${Math.fround(velocity)}`, ...points].join(', ')
      said.push({ tick: startTick + tick, note: true, text: told })
    }
  }
  return said.map(({ tick, note, text }) => `${tick} ${note ? 'b' : 'a'} ${text}`).sort()
}

test('a table of clips holds what the clips play, no more and no less, in order', () => {
  fc.assert(
    fc.property(fc.array(clip, { maxLength: 6 }), (clips) => {
      const bytes = encodeClips(clips)
      const expected = naive(clips)
      if (!bytes) return void expect(expected).toEqual([])
      const { first, second } = decode(bytes, 'clips', records.songEvent, records.notePoint)
      const pointsOf = (from: number, count: number): string[] =>
        second.slice(from, from + count).map((point) => `${point.tick} ${expressionName(point.kind!)} ${point.value}`)
      const said = first.map(({ tick, kind, value, length, velocity, firstPoint, points }) =>
        kindName(kind!) === 'note'
          ? [`${tick} b note ${value} ${length} ${velocity}`, ...pointsOf(firstPoint!, points!)].join(', ')
          : `${tick} a ${kindName(kind!)} ${value}`,
      )
      expect(first.reduce((sum, { points }) => sum + points!, 0)).toBe(second.length)
      expect([...said].sort()).toEqual(expected)
      // In time, controllers before notes.
      for (let i = 1; i < first.length; i++) {
        const [a, b] = [first[i - 1]!, first[i]!]
        const later =
          a.tick! < b.tick! || (a.tick === b.tick && (a.kind !== enums.songEventKind.note || b.kind === a.kind))
        expect(later).toBe(true)
      }
      for (const { kind, length } of first) expect(length! > 0).toBe(kind === enums.songEventKind.note)
    }),
    runs,
  )
})

const emptyClip: Clip = {
  id: 'clip',
  name: '',
  startTick: 0,
  lengthTicks: TICKS_PER_BEAT,
  mute: false,
  notes: [],
  controls: [],
}
const note = (tick: number, lengthTicks: number) => ({ id: `${tick}`, tick, lengthTicks, note: 60, velocity: 1 })

test('nothing lies beyond the last tick of a song', () => {
  const late: Clip = {
    ...emptyClip,
    startTick: constants.maxTick - 10,
    notes: [note(0, 100), note(9, 1), note(10, 1)],
  }
  const { first } = decode(encodeClips([late])!, 'clips', records.songEvent)
  expect(first.map(({ tick, length }) => tick! + length!)).toEqual([constants.maxTick, constants.maxTick])
})

test('clips without notes, muted clips and no clips at all are no table', () => {
  expect(encodeClips([])).toBeNull()
  expect(encodeClips([emptyClip, { ...emptyClip, mute: true, notes: [note(0, 1)] }])).toBeNull()
})

test('more events than an engine table takes are refused by name', () => {
  const notes = Array.from({ length: 65_536 }, (_, index) => note(index % 1000, 1))
  const clips = Array.from({ length: 17 }, () => ({ ...emptyClip, notes }))
  expect(() => encodeClips(clips)).toThrowError(expect.objectContaining({ code: 'limit-exceeded', field: '/clips' }))
})

test('a timeline holds the tempo map and the signatures as the document says them', () => {
  fc.assert(
    fc.property(song, ({ tempoMap, signatures }) => {
      const { first, second } = decode(
        encodeTimeline({ tempoMap, signatures }),
        'timeline',
        records.tempoPoint,
        records.signaturePoint,
      )
      expect(first).toEqual(
        tempoMap.map(({ tick, bpm, ramp }, i) => ({ tick, bpm, ramp: ramp && i < tempoMap.length - 1 ? 1 : 0 })),
      )
      expect(second).toEqual(signatures)
    }),
    runs,
  )
})

const returns = new Map([
  ['room', 0],
  ['hall', 1],
])
const resolve = (track: Track) => {
  const { params } = compileProgram(trackProgram(track)!)
  return { params, ...resolveAutomation(track, returns, params) }
}

test('an automation table holds every lane that is on, by the indices of the program that plays', () => {
  fc.assert(
    fc.property(anyTrack('lead', ['room']), (track) => {
      const { params, lanes, skipped } = resolve(track)
      const on = track.automation.filter(({ enabled, points }) => enabled && points.length > 0)
      const gone = on.filter(({ target }) => target === 'lead-delay.mix' && !params['fx1.mix'])
      expect(skipped.map(({ laneId, reason }) => [laneId, reason])).toEqual(gone.map(({ id }) => [id, 'unknown']))
      const bytes = encodeAutomation(lanes)
      if (!bytes) return void expect(on.length).toBe(gone.length)
      const { first, second } = decode(bytes, 'automation', records.automationLane, records.automationPoint)
      const kept = on.filter((lane) => !gone.includes(lane))
      expect(first.length).toBe(kept.length)
      let next = 0
      first.forEach(({ target, device, param, firstPoint, points }, index) => {
        const lane = kept[index]!
        const address = lane.target.endsWith('cutoff')
          ? params['filter.cutoff']
          : lane.target.endsWith('mix')
            ? params['fx1.mix']
            : { device: 0, param: 0 }
        expect({ device, param }).toEqual(address)
        expect(target).toBe(
          lane.target.startsWith('send')
            ? enums.laneTarget.send
            : lane.target === 'gain' || lane.target === 'pan'
              ? enums.laneTarget[lane.target]
              : enums.laneTarget.param,
        )
        expect(firstPoint).toBe(next)
        next += points!
        const own = second.slice(firstPoint, next)
        expect(own.map(({ tick, value }) => [tick, value])).toEqual(
          [...lane.points]
            .sort((a, b) => a.tick - b.tick)
            .map(({ tick, value }) => [tick, Math.fround(value as number)]),
        )
      })
      expect(next).toBe(second.length)
    }),
    runs,
  )
})

const laneOn = (target: string, value: number | string) => ({
  id: target,
  target,
  enabled: true,
  points: [{ id: 'p', tick: 0, value, curve: 0, hold: false }],
})
const bare = (automation: Track['automation']): Track => ({
  ...fc.sample(anyTrack('lead', ['room']), { seed: 1, numRuns: 1 })[0]!,
  automation,
  devices: [
    ...fc.sample(anyTrack('lead', []), { seed: 1, numRuns: 1 })[0]!.devices.slice(0, 1),
    { id: 'echo', kind: 'effect', type: 'delay', values: {}, bypass: false },
    { id: 'tone', kind: 'effect', type: 'eq', values: {}, bypass: false },
  ],
})

test('options become indices, returns and effects become places in their chains', () => {
  const { lanes, skipped } = resolve(
    bare([laneOn('send:hall', -6), laneOn('tone.bypass', 1), laneOn('lead-inst.filter.mode', 'highpass')]),
  )
  expect(skipped).toEqual([])
  expect(lanes.map(({ target, index, points }) => [target, index, points[0]!.value])).toEqual([
    ['send', 1, -6],
    ['bypass', 2, 1],
    ['param', 0, 1],
  ])
})

test('a lane that names nothing, holds what its target cannot take or comes twice is left out and named', () => {
  const { lanes, skipped } = resolve(
    bare([
      laneOn('gain', -3),
      laneOn('nobody.mix', 1),
      laneOn('send:closet', 0),
      laneOn('lead-inst.filter.colour', 1),
      laneOn('lead-inst.bypass', 1),
      laneOn('pan', 4),
      laneOn('echo.mix', 'wet'),
      { ...laneOn('gain', 0), id: 'again' },
    ]),
  )
  expect(lanes.map(({ target }) => target)).toEqual(['gain'])
  expect(skipped.map(({ laneId, reason }) => `${laneId}: ${reason}`)).toEqual([
    'nobody.mix: unknown',
    'send:closet: unknown',
    'lead-inst.filter.colour: unknown',
    'lead-inst.bypass: unknown',
    'pan: value',
    'echo.mix: value',
    'again: twice',
  ])
})
