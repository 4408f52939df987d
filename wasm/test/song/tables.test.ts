// Song tables are never trusted: whatever the bytes, a table is refused with its place, or plays without a fault. Node.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeAutomation, encodeControls } from '../../../src/compile/songTables.ts'
import { constants, enums, records } from '../../../src/generated/wire.ts'
import { BEAT, bootBlips, bootSong, clipsOf, control, note, timelineOf, TRACK, type SongRig } from './rig.ts'

const RUNS = process.env.VERIFY ? 100_000 : 3000
const { songTable, tempoPoint, signaturePoint, songEvent, notePoint, automationLane, automationPoint } = records
const { controlBus, controlRoute } = records

const timeline = timelineOf(
  [
    { tick: 0, bpm: 120, ramp: true },
    { tick: 8 * BEAT, bpm: 90, ramp: false },
  ],
  [
    { tick: 0, numerator: 4, denominator: 4 },
    { tick: 8 * BEAT, numerator: 7, denominator: 8 },
  ],
)
const told = {
  ...note(0, 1),
  expression: [
    { tick: 0, kind: 'tuning' as const, value: 2 },
    { tick: BEAT / 2, kind: 'pan' as const, value: -1 },
  ],
}
const clips = clipsOf([told, note(0, 2, 64), note(3, 0.5)], [control(0, 'wheel', 0.5), control(2, 'sustain', 1)])
const automation = encodeAutomation([
  {
    target: 'gain',
    index: 0,
    device: 0,
    param: 0,
    points: [
      { tick: 0, value: -6, curve: 0, hold: false },
      { tick: BEAT, value: 0, curve: 0.5, hold: true },
    ],
  },
  { target: 'send', index: 1, device: 0, param: 0, points: [{ tick: 0, value: -20, curve: 0, hold: false }] },
])!

const KINDS = Object.keys(enums.songTableKind).length
const lfo = {
  id: 7,
  kind: 0,
  shape: 0,
  strip: 0,
  rateHz: 1,
  beats: 4,
  phase: 0,
  attackSeconds: 0.01,
  releaseSeconds: 0.1,
  gain: 1,
  value: 0,
}
const controls = encodeControls([lfo, { ...lfo, id: 8 }], [{ bus: 1, strip: 1, device: 1, param: 0, amount: 0.5 }])

const copyOf = (bytes: Uint8Array): DataView => new DataView(bytes.slice().buffer)
const bytesOf = (view: DataView): Uint8Array => new Uint8Array(view.buffer)

/** What the engine says of a table after `change`. */
function refusal(rig: SongRig, bytes: Uint8Array, change: (view: DataView) => void): unknown[] {
  const view = copyOf(bytes)
  change(view)
  if (rig.table(bytesOf(view)) !== 0) return ['accepted']
  const [error, section, index, offset] = rig.wire.lastError()
  return [Object.entries(enums.planError).find(([, value]) => value === error)![0], section, index, offset]
}

describe('song tables', () => {
  it('names what is wrong, in which section, at which record and byte', () => {
    const rig = bootSong()
    const head = songTable.bytes
    const tempo = (index: number) => head + index * tempoPoint.bytes
    const signature = (index: number) => tempo(2) + index * signaturePoint.bytes
    const event = (index: number) => head + index * songEvent.bytes
    const told = (index: number) =>
      event(copyOf(clips).getUint32(songTable.offset.first, true)) + index * notePoint.bytes
    const lane = (index: number) => head + index * automationLane.bytes
    const point = (index: number) => lane(2) + index * automationPoint.bytes
    const bus = (index: number) => head + index * controlBus.bytes
    const route = bus(2)
    const cases: [Uint8Array, (view: DataView) => void, unknown[]][] = [
      [timeline, () => {}, ['accepted']],
      [clips, () => {}, ['accepted']],
      [automation, () => {}, ['accepted']],
      [timeline, (v) => v.setUint32(songTable.offset.magic, 1, true), ['magic', 0, 0, 0]],
      [timeline, (v) => v.setUint32(songTable.offset.bytes, 1, true), ['size', 0, 0, 0]],
      [timeline, (v) => v.setUint32(songTable.offset.kind, KINDS, true), ['kind', 0, 0, 0]],
      [timeline, (v) => v.setUint32(songTable.offset.first, 0, true), ['limit', 0, 0, 0]],
      [timeline, (v) => v.setUint32(songTable.offset.first, 3, true), ['size', 0, 0, 0]],
      [clips, (v) => v.setUint32(songTable.offset.first, 2 ** 31, true), ['limit', 0, 0, 0]],
      [timeline, (v) => v.setFloat64(tempo(1) + tempoPoint.offset.bpm, NaN, true), ['number', 1, 1, tempo(1)]],
      [timeline, (v) => v.setFloat64(tempo(0) + tempoPoint.offset.bpm, 19.9, true), ['number', 1, 0, tempo(0)]],
      [timeline, (v) => v.setUint32(tempo(0) + tempoPoint.offset.ramp, 2, true), ['kind', 1, 0, tempo(0)]],
      [timeline, (v) => v.setBigInt64(tempo(0) + tempoPoint.offset.tick, 1n, true), ['order', 1, 0, tempo(0)]],
      [timeline, (v) => v.setBigInt64(tempo(1) + tempoPoint.offset.tick, 0n, true), ['order', 1, 1, tempo(1)]],
      [timeline, (v) => v.setBigInt64(tempo(1) + tempoPoint.offset.tick, -1n, true), ['number', 1, 1, tempo(1)]],
      [
        timeline,
        (v) => v.setUint32(signature(1) + signaturePoint.offset.denominator, 6, true),
        ['number', 2, 1, signature(1)],
      ],
      [
        timeline,
        (v) => v.setUint32(signature(0) + signaturePoint.offset.numerator, 3, true),
        ['order', 2, 1, signature(1)],
      ],
      [clips, (v) => v.setUint32(event(0) + songEvent.offset.kind, 9, true), ['kind', 1, 0, event(0)]],
      [clips, (v) => v.setFloat32(event(0) + songEvent.offset.value, 2, true), ['number', 1, 0, event(0)]],
      [clips, (v) => v.setBigInt64(event(1) + songEvent.offset.length, 0n, true), ['number', 1, 1, event(1)]],
      [clips, (v) => v.setFloat32(event(1) + songEvent.offset.velocity, 1.5, true), ['number', 1, 1, event(1)]],
      [clips, (v) => v.setUint16(event(0) + songEvent.offset.points, 1, true), ['section', 1, 0, event(0)]],
      [clips, (v) => v.setUint16(event(1) + songEvent.offset.points, 4097, true), ['limit', 1, 1, event(1)]],
      [clips, (v) => v.setUint16(event(1) + songEvent.offset.points, 3, true), ['section', 1, 1, event(1)]],
      [clips, (v) => v.setUint16(event(1) + songEvent.offset.points, 1, true), ['section', 0, 0, 0]],
      [clips, (v) => v.setUint32(event(1) + songEvent.offset.firstPoint, 1, true), ['section', 1, 1, event(1)]],
      [clips, (v) => v.setUint32(told(0) + notePoint.offset.kind, 5, true), ['kind', 2, 0, told(0)]],
      [clips, (v) => v.setFloat32(told(0) + notePoint.offset.value, NaN, true), ['number', 2, 0, told(0)]],
      [clips, (v) => v.setFloat32(told(1) + notePoint.offset.value, -1.5, true), ['number', 2, 1, told(1)]],
      [clips, (v) => v.setBigInt64(told(1) + notePoint.offset.tick, BigInt(BEAT), true), ['number', 2, 1, told(1)]],
      [clips, (v) => v.setBigInt64(told(0) + notePoint.offset.tick, BigInt(BEAT - 1), true), ['order', 2, 1, told(1)]],
      [clips, (v) => v.setBigInt64(event(4) + songEvent.offset.tick, 1n, true), ['order', 1, 4, event(4)]],
      [clips, (v) => v.setBigInt64(event(3) + songEvent.offset.tick, 0n, true), ['order', 1, 3, event(3)]],
      [automation, (v) => v.setUint32(lane(1) + automationLane.offset.index, 8, true), ['index', 1, 1, lane(1)]],
      [automation, (v) => v.setUint32(lane(1) + automationLane.offset.target, 6, true), ['kind', 1, 1, lane(1)]],
      [automation, (v) => v.setUint32(lane(1) + automationLane.offset.firstPoint, 1, true), ['section', 1, 1, lane(1)]],
      [automation, (v) => v.setUint32(lane(1) + automationLane.offset.points, 0, true), ['section', 1, 1, lane(1)]],
      [automation, (v) => v.setFloat32(point(1) + automationPoint.offset.value, 61, true), ['number', 2, 1, point(1)]],
      [automation, (v) => v.setFloat32(point(0) + automationPoint.offset.curve, -2, true), ['number', 2, 0, point(0)]],
      [automation, (v) => v.setUint32(point(0) + automationPoint.offset.hold, 2, true), ['kind', 2, 0, point(0)]],
      [
        automation,
        (v) => v.setBigInt64(point(0) + automationPoint.offset.tick, BigInt(2 * BEAT), true),
        ['order', 2, 1, point(1)],
      ],
      [controls, () => {}, ['accepted']],
      [controls, (v) => v.setUint32(bus(0) + controlBus.offset.kind, 3, true), ['kind', 1, 0, bus(0)]],
      [controls, (v) => v.setUint32(bus(0) + controlBus.offset.shape, 6, true), ['kind', 1, 0, bus(0)]],
      [controls, (v) => v.setUint32(bus(1) + controlBus.offset.id, 7, true), ['index', 1, 1, bus(1)]],
      [controls, (v) => v.setUint32(bus(1) + controlBus.offset.strip, 99, true), ['index', 1, 1, bus(1)]],
      [controls, (v) => v.setFloat32(bus(1) + controlBus.offset.rateHz, NaN, true), ['number', 1, 1, bus(1)]],
      [controls, (v) => v.setFloat32(bus(1) + controlBus.offset.beats, -1, true), ['number', 1, 1, bus(1)]],
      [controls, (v) => v.setUint32(route + controlRoute.offset.bus, 2, true), ['index', 2, 0, route]],
      [controls, (v) => v.setUint32(route + controlRoute.offset.strip, 0, true), ['index', 2, 0, route]],
      [controls, (v) => v.setFloat32(route + controlRoute.offset.amount, 1.1, true), ['number', 2, 0, route]],
    ]
    for (const [bytes, change, expected] of cases)
      expect(refusal(rig, bytes, change), change.toString()).toEqual(expected)
  })

  it('random damage never traps, and what is accepted plays', { timeout: 600_000 }, () => {
    const rig = bootBlips()
    let accepted = 0
    let refused = 0
    fc.assert(
      fc.property(
        fc.constantFrom(
          [timeline, 'installTimeline' as const] as const,
          [clips, 'installClips' as const] as const,
          [automation, 'installAutomation' as const] as const,
          [controls, 'installControls' as const] as const,
        ),
        fc.array(
          fc.record({
            at: fc.nat(),
            kind: fc.constantFrom('byte', 'word', 'float', 'double'),
            value: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.integer(), fc.constantFrom(NaN, Infinity, 0.5, -1)),
          }),
          { maxLength: 4 },
        ),
        fc.option(fc.nat({ max: 400 }), { freq: 4 }),
        ([bytes, install], damage, cut) => {
          const view = copyOf(bytes)
          for (const { at, kind, value } of damage) {
            if (kind === 'byte') view.setUint8(at % view.byteLength, value)
            else if (kind === 'word') view.setInt32((at % (view.byteLength / 4)) * 4, value, true)
            else if (kind === 'float') view.setFloat32((at % (view.byteLength / 4)) * 4, value, true)
            else view.setFloat64((at % (view.byteLength / 8 - 1)) * 8, value, true)
          }
          const whole = bytesOf(view)
          const handle = rig.table(cut === null ? whole : whole.subarray(0, cut % (whole.length + 1)))
          if (handle === 0) {
            refused++
            return
          }
          accepted++
          const port = rig.commands.at(null)
          if (install === 'installTimeline') port.installTimeline(handle)
          else if (install === 'installControls') port.installControls(handle)
          else port[install](TRACK, handle)
          port.transportSeek(0, 'ticks')
          port.transportPlay(0)
          rig.render(640)
          for (const returned of rig.returned()) expect(rig.instance.exports.table_free!(returned)).toBe(1)
          expect(Number.isFinite(rig.transport().position)).toBe(true)
        },
      ),
      { seed: 5, numRuns: RUNS },
    )
    expect(accepted).toBeGreaterThan(RUNS / 20)
    expect(refused).toBeGreaterThan(RUNS / 3)
  })

  it('a table is refused where it does not belong, and comes back when another takes its place', () => {
    const rig = bootSong()
    const handle = rig.table(clips)
    rig.commands.at(null).installTimeline(handle)
    rig.commands.installAutomation(TRACK, handle)
    rig.commands.installClips(0, handle)
    rig.commands.installClips(constants.firstReturn, handle)
    rig.commands.installClips(TRACK, 12345)
    rig.pump()
    expect(rig.replies().map(({ reason }) => reason)).toEqual([...Array(4).fill('badTarget'), 'unknownProgram'])
    rig.commands.installClips(TRACK, handle)
    rig.pump()
    expect(rig.instance.exports.table_free!(handle)).toBe(0)
    rig.commands.installClips(TRACK + 1, handle)
    rig.pump()
    expect(rig.replies().map(({ reason }) => reason)).toEqual(['unknownProgram'])
    rig.commands.installClips(TRACK, 0)
    rig.pump()
    expect(rig.returned()).toEqual([handle])
    expect(rig.instance.exports.table_free!(handle)).toBe(1)
    expect(rig.instance.exports.table_free!(handle)).toBe(0)
  })

  it('holds no more tables than there are places, and gives all memory back', () => {
    const rig = bootSong()
    const used = () => rig.instance.exports.mem_count!(2)
    const before = used()
    const handles: number[] = []
    for (let handle = rig.table(clips); handle !== 0; handle = rig.table(clips)) handles.push(handle)
    expect(handles).toHaveLength(constants.maxTables - 1)
    expect(rig.wire.lastError()[0]).toBe(enums.planError.slots)
    for (const handle of handles) expect(rig.instance.exports.table_free!(handle)).toBe(1)
    expect(used()).toBe(before)
  })
})
