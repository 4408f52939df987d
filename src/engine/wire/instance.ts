// The exports of engine.wasm and how a compiled program enters it (the instance that allocates: control worker, render workers).
import { enums } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import type { ChainInput, CompiledProgram, ProgramInput } from '../../compile/program.ts'
import { compileProgram } from '../../compile/program.ts'
import type { EngineWire } from './map.ts'
import { createPrograms, type Programs } from './programs.ts'

export interface EngineExports {
  readonly __stack_pointer: WebAssembly.Global<'i32'>
  _initialize(): void
  /** 0: the memory is too small. */
  engine_create(sampleRate: number, seed: number, generation: number): number
  /** Address of the wire header. */
  engine_wire(): number
  /** A stack for the audio thread's instance: its top address; 0: no memory. */
  stack_create(bytes: number): number
  mem_alloc(bytes: number): number
  mem_free(address: number): void
  /** Validates and builds; 0: refused, see the wire header's error. */
  program_load(address: number, bytes: number): number
  /** 1: done. 0: unknown, or the audio thread has it. */
  program_free(handle: number): number
  /** Makes a returned program ready to be installed again. */
  program_renew(handle: number): number
  /** Frames that the program's effects delay. */
  program_latency(handle: number): number
  /** Frames until its effects are silent after the last note. */
  program_tail(handle: number): number
  engine_render(frames: number): void
  engine_pump(): void
}

/** Throws `limit-exceeded` when memory or slots are full, `internal` when the plan is not one that this build accepts. */
export function loadProgram(
  engine: EngineExports,
  memory: WebAssembly.Memory,
  wire: EngineWire,
  bytes: Uint8Array,
): number {
  const full = (): SoundloomError =>
    new SoundloomError('limit-exceeded', 'The engine’s memory is full', { hint: 'Use fewer voices, units or effects.' })
  const address = engine.mem_alloc(bytes.length)
  if (address === 0) throw full()
  new Uint8Array(memory.buffer, address, bytes.length).set(bytes)
  const handle = engine.program_load(address, bytes.length)
  engine.mem_free(address)
  if (handle !== 0) return handle
  const [code, section, index, offset] = wire.lastError()
  if (code === enums.planError.memory || code === enums.planError.slots) throw full()
  const name = Object.entries(enums.planError).find(([, value]) => value === code)?.[0] ?? String(code)
  throw new SoundloomError(
    'internal',
    `The engine refused a plan: ${name} (section ${section}, entry ${index}, byte ${offset})`,
  )
}

export type EnginePrograms = Programs<ProgramInput | ChainInput, CompiledProgram>

/** The store of an instance's programs, at most `limit` of them. */
export const enginePrograms = (
  engine: EngineExports,
  memory: WebAssembly.Memory,
  wire: EngineWire,
  limit: number,
): EnginePrograms =>
  createPrograms(
    {
      compile: (input) => compileProgram(input, wire.sampleRate),
      load: (bytes) => loadProgram(engine, memory, wire, bytes),
      renew: (handle) => void engine.program_renew(handle),
      free: (handle) => void engine.program_free(handle),
    },
    limit,
  )
