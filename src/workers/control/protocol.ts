// What the page asks of the control worker, which owns all allocation in the engine's shared memory (types only).
import type { Device, Patch, PlainValue } from '../../presets/model.ts'

export interface ProgramInput {
  readonly patch: Patch
  readonly values: Readonly<Record<string, PlainValue>>
  readonly effects: readonly Device[]
  readonly gainDb: number
}

export interface CompiledProgram {
  readonly bytes: Uint8Array
  readonly params: Readonly<Record<string, ParamAddress>>
  readonly predictedCost: number
  readonly latencyFrames: number
  readonly tailSeconds: number
}
export interface ParamAddress {
  readonly device: number
  readonly param: number
}
