// Shares wire buffers between signals that are never alive together; an op's outputs never lie on its inputs (any thread).
import { constants } from '../generated/wire.ts'
import { SoundloomError } from '../params/error.ts'
import type { Graph } from './graph.ts'
import { opOfUnit, type Op, type Signal } from './order.ts'

export interface Wires {
  readonly count: number
  readonly of: (signal: Signal) => number
  readonly left: number
  readonly right: number
}

/** Throws `limit-exceeded` when the patch needs more wires than the engine has. */
export function assignWires(ops: readonly Op[], graph: Graph): Wires {
  const key = ({ op, port }: Signal): string => `${op}.${port}`
  const left = { op: opOfUnit(ops, graph.left.unit), port: graph.left.output }
  const right = { op: opOfUnit(ops, graph.right.unit), port: graph.right.output }
  const lastUse = new Map<string, number>()
  ops.forEach((op, index) => {
    for (const input of op.inputs) if (input) lastUse.set(key(input), index)
    for (const { sources } of op.mods) for (const { signal } of sources) if (signal) lastUse.set(key(signal), index)
  })
  lastUse.set(key(left), ops.length)
  lastUse.set(key(right), ops.length)

  const wires = new Map<string, number>()
  const free: number[] = []
  const ending = new Map<number, number[]>()
  let count = 0
  ops.forEach((op, index) => {
    for (let port = 0; port < op.outputs; port++) {
      const wire = free.shift() ?? count++
      wires.set(key({ op: index, port }), wire)
      const end = lastUse.get(key({ op: index, port })) ?? index
      ending.set(end, [...(ending.get(end) ?? []), wire])
    }
    free.push(...(ending.get(index) ?? []))
    free.sort((a, b) => a - b)
  })
  if (count > constants.maxWires) {
    throw new SoundloomError('limit-exceeded', `A patch needs at most ${constants.maxWires} signals at a time`, {
      field: '/patch/units',
      value: count,
    })
  }
  return { count, of: (signal) => wires.get(key(signal))!, left: wires.get(key(left))!, right: wires.get(key(right))! }
}
