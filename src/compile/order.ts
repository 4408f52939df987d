// Puts the units of a patch in running order: sources first, equal rank by name, sums just before what needs them (any thread).
import { constants } from '../generated/wire.ts'
import { SoundloomError } from '../params/error.ts'
import { sourcesOf, type Graph, type GraphUnit, type ModSource, type OutputRef } from './graph.ts'

/** A value that an op writes: `port` counts the op's outputs. */
export interface Signal {
  readonly op: number
  readonly port: number
}

export interface OpMod {
  readonly param: number
  readonly sources: readonly (ModSource & { readonly signal: Signal | null })[]
}

/** One step of the plan. `inputs` holds null where nothing is patched. */
export interface Op {
  readonly kind: 'unit' | 'sum' | 'pitch'
  readonly unit: GraphUnit | null
  readonly inputs: readonly (Signal | null)[]
  readonly outputs: number
  readonly mods: readonly OpMod[]
}

/** The pseudo-unit that adds modulation to the voice's pitch. */
const PITCH = '$pitch'

/** Throws `invalid-argument` naming the units of a cycle, `limit-exceeded` when there are too many operations. */
export function orderOps(graph: Graph): Op[] {
  const ops: Op[] = []
  const unitOp = new Map<string, number>()
  const signalOf = (ref: OutputRef): Signal => ({ op: unitOp.get(ref.unit)!, port: ref.output })
  const summed = (refs: readonly OutputRef[]): Signal | null => {
    let signals = refs.map(signalOf)
    while (signals.length > 1) {
      const inputs = signals.slice(0, constants.maxInputs)
      ops.push({ kind: 'sum', unit: null, inputs, outputs: 1, mods: [] })
      signals = [{ op: ops.length - 1, port: 0 }, ...signals.slice(inputs.length)]
    }
    return signals[0] ?? null
  }
  const modsOf = (param: number, sources: readonly ModSource[]): OpMod => ({
    param,
    sources: sources.map((source) => ({ ...source, signal: source.from && signalOf(source.from) })),
  })
  for (const name of runningOrder(graph)) {
    if (name === PITCH) {
      ops.push({ kind: 'pitch', unit: null, inputs: [], outputs: 0, mods: [modsOf(0, graph.pitch)] })
      continue
    }
    const unit = graph.units.get(name)!
    const inputs = unit.inputs.map(summed)
    const mods = [...unit.mods].sort(([a], [b]) => a - b).map(([param, sources]) => modsOf(param, sources))
    ops.push({ kind: 'unit', unit, inputs, outputs: unit.spec.outputs.length, mods })
    unitOp.set(name, ops.length - 1)
  }
  if (ops.length > constants.maxOps) {
    throw new SoundloomError('limit-exceeded', `A patch runs at most ${constants.maxOps} operations`, {
      field: '/patch/units',
      value: ops.length,
    })
  }
  return ops
}

/** Unit by which an output signal can be found again. */
export const opOfUnit = (ops: readonly Op[], name: string): number => ops.findIndex((op) => op.unit?.name === name)

function runningOrder(graph: Graph): string[] {
  const needs = new Map<string, Set<string>>()
  for (const [name, unit] of graph.units) needs.set(name, new Set(sourcesOf(unit)))
  if (graph.pitch.length > 0) {
    // What shapes the pitch runs before it with the plain pitch; everything else hears the modulated one.
    const before = upstream(
      graph,
      graph.pitch.flatMap(({ from }) => (from ? [from.unit] : [])),
    )
    for (const [name, set] of needs) if (!before.has(name)) set.add(PITCH)
    needs.set(PITCH, new Set(before))
  }
  const order: string[] = []
  const done = new Set<string>()
  const waiting = [...needs.keys()].sort()
  while (waiting.length > 0) {
    const at = waiting.findIndex((name) => [...needs.get(name)!].every((source) => done.has(source)))
    if (at < 0) throw cycleError(needs, done, waiting[0]!)
    const [name] = waiting.splice(at, 1)
    order.push(name!)
    done.add(name!)
  }
  return order
}

function upstream(graph: Graph, from: readonly string[]): Set<string> {
  const found = new Set<string>()
  const open = [...from]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue
    found.add(name)
    open.push(...sourcesOf(graph.units.get(name)!))
  }
  return found
}

function cycleError(
  needs: ReadonlyMap<string, ReadonlySet<string>>,
  done: ReadonlySet<string>,
  start: string,
): SoundloomError {
  const path: string[] = []
  let name = start
  while (!path.includes(name)) {
    path.push(name)
    name = [...needs.get(name)!].filter((source) => !done.has(source)).sort()[0]!
  }
  const cycle = [...path.slice(path.indexOf(name)), name].reverse()
  return new SoundloomError('invalid-argument', `Units feed each other in a circle: ${cycle.join(' -> ')}`, {
    field: `/patch/units/${cycle[0]}`,
    value: cycle,
    hint: 'Remove one of these connections or modulations.',
  })
}
