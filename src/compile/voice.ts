// A patch to the steps of one voice, in running order and with its wires (any thread; pure).
import type { Patch, PlainValue } from '../presets/model.ts'
import { assignWires } from './colour.ts'
import { voiceCostNs } from './cost.ts'
import { readPatch } from './graph.ts'
import { orderOps } from './order.ts'

/** One voice's graph as it will run. */
export function readVoices(patch: Patch, values: Readonly<Record<string, PlainValue>>) {
  const graph = readPatch(patch, values)
  const ops = orderOps(graph)
  return { ops, wires: assignWires(ops, graph), voices: patch.voices, voiceNs: voiceCostNs(ops) }
}
