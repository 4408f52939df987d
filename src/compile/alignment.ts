// In which order strips run and how long each path waits, so that what meets is aligned (any thread; pure).
import { constants } from '../generated/wire.ts'
import type { SongRouting } from './routing.ts'

const MASTER = constants.strips

/** A path with a delay, or to the side input of an effect. */
export interface AlignedPath {
  readonly kind: 'output' | 'send' | 'side' | 'voices'
  readonly strip: number
  /** Return index of a send; listening strip of a side. */
  readonly target: number
  readonly device: number
  readonly pre: boolean
  readonly delayFrames: number
  /** Delays up to here are reached without a click. */
  readonly roomFrames: number
}

export interface Alignment {
  /** In running order. */
  readonly strips: readonly {
    readonly strip: number
    readonly output: number
    readonly input: boolean
    readonly feedback: number
  }[]
  readonly paths: readonly AlignedPath[]
  /** Of the whole mix before the master. */
  readonly latencyFrames: number
  /** False: strips run in an order that lets a signal fade out of the group that it leaves; align once more when it has. */
  readonly settled: boolean
}

export interface Standing {
  readonly routing: SongRouting
  /** Strip -> indices of the returns that it may send to. */
  readonly sends: ReadonlyMap<number, ReadonlySet<number>>
  /** Strips that sound. */
  readonly used: ReadonlySet<number>
  /** Frames that the effects of a strip delay; `before`: those before effect `before` (from 1). */
  latency(strip: number, before?: number): number
}

const isReturn = (strip: number): boolean => strip >= constants.firstReturn
const bits = (indices: readonly number[]): number => indices.reduce((all, index) => all | (1 << index), 0)

interface Edge {
  readonly from: number
  readonly to: number
}

/** Each after all that it hears, else by number. What stands in a circle comes last: rules keep songs without. */
function runningOrder(edges: readonly Edge[]): number[] {
  const waits = new Map<number, Set<number>>()
  for (const { from, to } of edges) waits.set(to, (waits.get(to) ?? new Set()).add(from))
  const left = new Set(Array.from({ length: constants.strips }, (_, strip) => strip))
  const order: number[] = []
  const ready = (strip: number): boolean => ![...(waits.get(strip) ?? [])].some((other) => left.has(other))
  while (left.size > 0) {
    const all = [...left]
    const next = all.find(ready) ?? all[0]!
    left.delete(next)
    order.push(next)
  }
  return order
}

/** Can a signal come from one strip to the other? */
function reaches(edges: readonly Edge[], from: number, to: number, seen = new Set<number>()): boolean {
  if (from === to) return true
  if (seen.has(from)) return false
  seen.add(from)
  return edges.some((edge) => edge.from === from && reaches(edges, edge.to, to, seen))
}

/** From strips to the groups that they leave, where that closes no circle. */
function leaving(edges: readonly Edge[], { routing }: Standing, before: Alignment | null): Edge[] {
  const outputs = new Map(routing.outputs)
  const all = [...edges]
  return (before?.strips ?? []).flatMap(({ strip, output }) => {
    if (output === MASTER || outputs.get(strip) === output || !routing.groups.includes(output)) return []
    if (reaches(all, output, strip)) return []
    const edge = { from: strip, to: output }
    all.push(edge)
    return [edge]
  })
}

/** `before`: the alignment that stands; its paths keep their room, so that what they hold fades into the new delay. */
export function align(standing: Standing, before: Alignment | null): Alignment {
  const { routing, sends, used, latency } = standing
  const outputs = new Map(routing.outputs)
  const groups = new Set(routing.groups)
  const late = new Set(routing.feedback.map(([strip, index]) => `${strip} ${index}`))
  const sent = [...sends].flatMap(([strip, indices]) =>
    [...indices]
      .filter((index) => !late.has(`${strip} ${index}`))
      .map((index) => ({ from: strip, to: constants.firstReturn + index })),
  )
  const heard = routing.sides.map(({ strip, source }) => ({ from: source, to: strip }))
  const edges = [...routing.outputs.map(([from, to]) => ({ from, to })), ...sent, ...heard]
  const left = leaving(edges, standing, before)
  const order = runningOrder([...edges, ...left])
  const place = new Map(order.map((strip, index) => [strip, index]))
  const ahead = ({ from, to }: Edge): boolean => place.get(from)! < place.get(to)!
  const outputOf = (strip: number): number => {
    const to = outputs.get(strip)
    return to !== undefined && groups.has(to) && ahead({ from: strip, to }) ? to : MASTER
  }
  const sides = routing.sides.filter(({ strip, source }) => ahead({ from: source, to: strip }))

  /** When what enters a strip, and what leaves it, is late. */
  const enters = new Map<number, number>()
  const leaves = new Map<number, number>()
  const meet = (strip: number, frames: number): void => void enters.set(strip, Math.max(enters.get(strip) ?? 0, frames))
  for (const strip of order) {
    for (const side of sides)
      if (side.strip === strip) meet(strip, leaves.get(side.source)! - latency(strip, side.device))
    const at = (enters.get(strip) ?? 0) + latency(strip)
    leaves.set(strip, at)
    if (strip !== 0 && used.has(strip)) meet(outputOf(strip), at)
    for (const edge of sent) if (edge.from === strip && used.has(strip) && ahead(edge)) meet(edge.to, at)
  }

  const held = new Map(before?.paths.map((path) => [keyOf(path), path]))
  const paths: AlignedPath[] = []
  const add = (path: Omit<AlignedPath, 'roomFrames'>): void => {
    const roomFrames = Math.max(path.delayFrames, held.get(keyOf(path))?.roomFrames ?? 0)
    if (roomFrames > 0 || path.kind === 'side') paths.push({ ...path, roomFrames })
  }
  const plain = { target: 0, device: 0, pre: false }
  const stands = (kind: AlignedPath['kind'], strip: number, target = 0): boolean =>
    held.has(keyOf({ ...plain, kind, strip, target }))
  for (const strip of order) {
    if (strip === 0) continue
    const at = leaves.get(strip)!
    const to = (target: number): number => Math.max(0, (enters.get(target) ?? 0) - at)
    if (used.has(strip) || stands('output', strip))
      add({ kind: 'output', strip, ...plain, delayFrames: to(outputOf(strip)) })
    for (let target = 0; target < constants.returns; target++) {
      const edge = { from: strip, to: constants.firstReturn + target }
      const on = sent.some(({ from, to }) => from === strip && to === edge.to) && used.has(strip)
      if ((!on && !stands('send', strip, target)) || late.has(`${strip} ${target}`) || !ahead(edge)) continue
      add({ kind: 'send', strip, ...plain, target, delayFrames: to(edge.to) })
    }
    const waits = groups.has(strip) || isReturn(strip) ? 0 : (enters.get(strip) ?? 0)
    if (waits > 0 || stands('voices', strip)) add({ kind: 'voices', strip, ...plain, delayFrames: waits })
  }
  for (const { strip, device, source, pre } of sides) {
    const arrives = (enters.get(strip) ?? 0) + latency(strip, device)
    const delayFrames = Math.max(0, arrives - leaves.get(source)!)
    add({ kind: 'side', strip: source, target: strip, device, pre, delayFrames })
  }
  return {
    strips: order.map((strip) => ({
      strip,
      output: outputOf(strip),
      input: isReturn(strip) || groups.has(strip),
      feedback: bits(routing.feedback.flatMap(([from, index]) => (from === strip ? [index] : []))),
    })),
    paths,
    latencyFrames: enters.get(MASTER) ?? 0,
    settled: left.length === 0,
  }
}

const keyOf = ({ kind, strip, target, device }: Omit<AlignedPath, 'pre' | 'delayFrames' | 'roomFrames'>): string =>
  [kind, strip, target, device].join()

/** What an engine does without a routing table. */
export const isDefault = ({ strips, paths, latencyFrames }: Alignment): boolean =>
  paths.length === 0 &&
  latencyFrames === 0 &&
  strips.every(
    ({ strip, output, input, feedback }, index) =>
      strip === index && output === MASTER && input === isReturn(strip) && feedback === 0,
  )
