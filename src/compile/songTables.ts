// Song tables as bytes (any thread; pure and deterministic): tempo map, a track's events, a track's automation, the routing. wasm/wire/song.h is the format.
import { constants, enums, records } from '../generated/wire.ts'
import { SoundloomError } from '../params/error.ts'
import type { Alignment } from './alignment.ts'
import type { LaneAddress } from './laneTargets.ts'
import { BEND_RANGE_SEMITONES, type Clip, type ExpressionPoint, type Song } from './song.ts'

export type TableBytes = Uint8Array<ArrayBuffer>

/** Tempo and signatures; sorted from tick 0 as the document keeps them. */
export function encodeTimeline({ tempoMap, signatures }: Pick<Song, 'tempoMap' | 'signatures'>): TableBytes {
  atMost('/tempoMap', tempoMap.length, constants.maxTempoPoints)
  atMost('/signatures', signatures.length, constants.maxSignatures)
  const { bytes, view, first, second } = table(
    'timeline',
    [records.tempoPoint.bytes, tempoMap.length],
    [records.signaturePoint.bytes, signatures.length],
  )
  tempoMap.forEach(({ tick, bpm, ramp }, index) => {
    const at = first + index * records.tempoPoint.bytes
    const { offset } = records.tempoPoint
    setTick(view, at + offset.tick, tick)
    view.setFloat64(at + offset.bpm, bpm, true)
    view.setUint32(at + offset.ramp, ramp && index + 1 < tempoMap.length ? 1 : 0, true)
  })
  signatures.forEach(({ tick, numerator, denominator }, index) => {
    const at = second + index * records.signaturePoint.bytes
    const { offset } = records.signaturePoint
    setTick(view, at + offset.tick, tick)
    view.setUint32(at + offset.numerator, numerator, true)
    view.setUint32(at + offset.denominator, denominator, true)
  })
  return bytes
}

/** One event of a track in song ticks. */
export interface FlatEvent {
  readonly tick: number
  /** Notes: above 0. */
  readonly length: number
  readonly kind: keyof typeof enums.songEventKind
  /** Note number or controller value. */
  readonly value: number
  readonly velocity: number
  /** Notes: ticks of the song. */
  readonly expression?: readonly ExpressionPoint[]
}

/**
 * What the clips play, in table order. Muted clips and what lies outside its clip are silent; a note that crosses the end of its clip is
 * cut there, and a pedal that a clip leaves down comes up there.
 */
export function flattenClips(clips: readonly Clip[]): FlatEvent[] {
  const controls: FlatEvent[] = []
  const notes: FlatEvent[] = []
  for (const clip of [...clips].sort((a, b) => a.startTick - b.startTick)) {
    if (clip.mute) continue
    const end = Math.min(clip.startTick + clip.lengthTicks, constants.maxTick)
    const inside = ({ tick }: { readonly tick: number }): boolean => tick >= 0 && clip.startTick + tick < end
    let pedalDown = false
    for (const { tick, controller, value } of byTick(clip.controls.filter(inside))) {
      controls.push({ tick: clip.startTick + tick, length: 0, kind: controller, value, velocity: 0 })
      if (controller === 'sustain') pedalDown = value >= 0.5
    }
    if (pedalDown) controls.push({ tick: end, length: 0, kind: 'sustain', value: 0, velocity: 0 })
    for (const { tick, lengthTicks, note, velocity, expression } of clip.notes.filter(inside)) {
      const start = clip.startTick + tick
      const length = Math.min(lengthTicks, end - start)
      if (length <= 0) continue
      const sounding = byTick(expression?.filter((point) => point.tick < length) ?? [])
      const told = sounding.length > 0 && {
        expression: sounding.map((point) => ({ ...point, tick: start + point.tick })),
      }
      notes.push({ tick: start, length, kind: 'note', value: note, velocity, ...told })
    }
  }
  return byTick([...controls, ...notes])
}

/** Null where the clips play nothing. Throws `limit-exceeded`. */
export function encodeClips(clips: readonly Clip[]): TableBytes | null {
  const events = flattenClips(clips)
  if (events.length === 0) return null
  atMost('/clips', events.length, constants.maxSongEvents)
  const points = events.flatMap(({ expression = [] }) => expression)
  atMost('/clips', points.length, constants.maxExpressionPoints)
  const { offset, bytes: size } = records.songEvent
  const point = records.notePoint
  const { bytes, view, first, second } = table('clips', [size, events.length], [point.bytes, points.length])
  let firstPoint = 0
  events.forEach(({ tick, length, kind, value, velocity, expression = [] }, index) => {
    const at = first + index * size
    setTick(view, at + offset.tick, tick)
    setTick(view, at + offset.length, length)
    view.setUint16(at + offset.kind, enums.songEventKind[kind], true)
    view.setUint16(at + offset.points, expression.length, true)
    view.setFloat32(at + offset.value, value, true)
    view.setFloat32(at + offset.velocity, velocity, true)
    if (kind === 'bend') view.setFloat32(at + offset.extra, BEND_RANGE_SEMITONES, true)
    if (kind === 'note') view.setUint32(at + offset.firstPoint, firstPoint, true)
    firstPoint += expression.length
  })
  points.forEach(({ tick, kind, value }, index) => {
    const at = second + index * point.bytes
    setTick(view, at + point.offset.tick, tick)
    view.setUint32(at + point.offset.kind, enums.expression[kind], true)
    view.setFloat32(at + point.offset.value, value, true)
  })
  return bytes
}

export interface EnginePoint {
  readonly tick: number
  /** Plain unit; options by index. */
  readonly value: number
  readonly curve: number
  readonly hold: boolean
}

/** A lane whose target is known to exist, with at least one point. */
export interface ResolvedLane extends LaneAddress {
  readonly points: readonly EnginePoint[]
}

/** Null where there is no lane. Throws `limit-exceeded`. */
export function encodeAutomation(lanes: readonly ResolvedLane[]): TableBytes | null {
  if (lanes.length === 0) return null
  const points = lanes.flatMap((lane) => byTick(lane.points))
  atMost('/automation', lanes.length, constants.maxLanes)
  atMost('/automation', points.length, constants.maxAutomationPoints)
  const lane = records.automationLane
  const point = records.automationPoint
  const { bytes, view, first, second } = table('automation', [lane.bytes, lanes.length], [point.bytes, points.length])
  let firstPoint = 0
  lanes.forEach(({ target, index, device, param, points: own }, position) => {
    const at = first + position * lane.bytes
    view.setUint32(at + lane.offset.target, enums.laneTarget[target], true)
    view.setUint32(at + lane.offset.index, index, true)
    view.setUint16(at + lane.offset.device, device, true)
    view.setUint16(at + lane.offset.param, param, true)
    view.setUint32(at + lane.offset.firstPoint, firstPoint, true)
    view.setUint32(at + lane.offset.points, own.length, true)
    firstPoint += own.length
  })
  points.forEach(({ tick, value, curve, hold }, index) => {
    const at = second + index * point.bytes
    setTick(view, at + point.offset.tick, tick)
    view.setFloat32(at + point.offset.value, value, true)
    view.setFloat32(at + point.offset.curve, curve, true)
    view.setUint32(at + point.offset.hold, hold ? 1 : 0, true)
  })
  return bytes
}

/** Throws `limit-exceeded`. */
export function encodeRouting({ strips, paths, latencyFrames }: Alignment): TableBytes {
  atMost('/routing', paths.length, constants.maxRoutePaths)
  const strip = records.routeStrip
  const path = records.routePath
  const { bytes, view, first, second } = table('routing', [strip.bytes, strips.length], [path.bytes, paths.length])
  view.setUint32(records.songTable.offset.latencyFrames, latencyFrames, true)
  strips.forEach((route, index) => {
    const at = first + index * strip.bytes
    view.setUint32(at + strip.offset.strip, route.strip, true)
    view.setUint32(at + strip.offset.output, route.output, true)
    view.setUint32(at + strip.offset.input, route.input ? 1 : 0, true)
    view.setUint32(at + strip.offset.feedback, route.feedback, true)
  })
  paths.forEach(({ kind, strip: from, target, device, pre, delayFrames, roomFrames }, index) => {
    const at = second + index * path.bytes
    atMost('/routing', delayFrames, constants.maxPathFrames)
    view.setUint32(at + path.offset.kind, enums.pathKind[kind], true)
    view.setUint32(at + path.offset.strip, from, true)
    view.setUint32(at + path.offset.target, target, true)
    view.setUint16(at + path.offset.device, device, true)
    view.setUint16(at + path.offset.pre, pre ? 1 : 0, true)
    view.setUint32(at + path.offset.delayFrames, delayFrames, true)
    view.setUint32(at + path.offset.roomFrames, roomFrames, true)
  })
  return bytes
}

interface ControlBusRecord {
  readonly id: number
  readonly kind: number
  readonly shape: number
  readonly strip: number
  readonly rateHz: number
  readonly beats: number
  readonly phase: number
  readonly attackSeconds: number
  readonly releaseSeconds: number
  readonly gain: number
  readonly value: number
}

interface ControlRouteRecord {
  readonly bus: number
  readonly strip: number
  readonly device: number
  readonly param: number
  readonly amount: number
}

/** Throws `limit-exceeded`. */
export function encodeControls(buses: readonly ControlBusRecord[], routes: readonly ControlRouteRecord[]): TableBytes {
  atMost('/controls', buses.length, constants.maxControlBuses)
  atMost('/controls', routes.length, constants.maxControlRoutes)
  const bus = records.controlBus
  const route = records.controlRoute
  const { bytes, view, first, second } = table('controls', [bus.bytes, buses.length], [route.bytes, routes.length])
  buses.forEach((one, index) => {
    const at = first + index * bus.bytes
    for (const word of ['id', 'kind', 'shape', 'strip'] as const) view.setUint32(at + bus.offset[word], one[word], true)
    for (const number of NUMBERS) view.setFloat32(at + bus.offset[number], one[number], true)
  })
  routes.forEach((one, index) => {
    const at = second + index * route.bytes
    view.setUint32(at + route.offset.bus, one.bus, true)
    view.setUint32(at + route.offset.strip, one.strip, true)
    view.setUint16(at + route.offset.device, one.device, true)
    view.setUint16(at + route.offset.param, one.param, true)
    view.setFloat32(at + route.offset.amount, one.amount, true)
  })
  return bytes
}

const NUMBERS = ['rateHz', 'beats', 'phase', 'attackSeconds', 'releaseSeconds', 'gain', 'value'] as const

/** A table of two sections with its header written; `first` and `second` are where they begin. */
function table(
  kind: keyof typeof enums.songTableKind,
  [firstSize, firstCount]: readonly [bytes: number, count: number],
  [secondSize, secondCount]: readonly [bytes: number, count: number],
) {
  const { offset, bytes: first } = records.songTable
  const second = first + firstSize * firstCount
  const bytes: TableBytes = new Uint8Array(second + secondSize * secondCount)
  const view = new DataView(bytes.buffer)
  view.setUint32(offset.magic, constants.songMagic, true)
  view.setUint32(offset.bytes, bytes.length, true)
  view.setUint32(offset.kind, enums.songTableKind[kind], true)
  view.setUint32(offset.first, firstCount, true)
  view.setUint32(offset.second, secondCount, true)
  return { bytes, view, first, second }
}

/** A non-negative whole number as i64, without the cost of a BigInt for each of a million. */
function setTick(view: DataView, at: number, tick: number): void {
  view.setUint32(at, tick % 2 ** 32, true)
  view.setUint32(at + 4, Math.floor(tick / 2 ** 32), true)
}

/** Stable: equal ticks keep their order. */
const byTick = <T extends { readonly tick: number }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => a.tick - b.tick)

function atMost(field: string, count: number, most: number): void {
  if (count <= most) return
  throw new SoundloomError('limit-exceeded', `A song table holds at most ${most} entries here`, { field, value: count })
}
