// The exports of engine.wasm and how a compiled program enters it (the instance that allocates: control worker, render workers).
import { SoundloomError } from '../../params/error.ts'
import type { ChainInput, CompiledProgram, ProgramInput } from '../../compile/program.ts'
import { compileProgram } from '../../compile/program.ts'
import { linkAssets } from '../../compile/assets.ts'
import { createAssets, createAssetShelf, type Assets } from './assets.ts'
import { loadBytes, type EngineHeap } from './load.ts'
import { createPrograms, type Programs } from './programs.ts'
import { createTables, type Tables } from './tables.ts'

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
  /** As program_load and program_free, of a song table. */
  table_load(address: number, bytes: number): number
  table_free(handle: number): number
  /** As program_load, of an asset; the bytes are the engine's from now on. */
  asset_load(address: number, bytes: number): number
  /** Handle of a source that the engine makes itself. */
  asset_builtin(index: number): number
  /** 1: freed. 0: unknown, or a program holds it. */
  asset_release(handle: number): number
  /** Frames that the program's effects delay. */
  program_latency(handle: number): number
  /** Of those, what its effects before effect `device` (from 1) delay. */
  program_latency_before(handle: number, device: number): number
  /** Frames until its effects are silent after the last note. */
  program_tail(handle: number): number
  engine_render(frames: number): void
  engine_pump(): void
  /** Private instances: a strip hands out what it plays before its fader (`takes` 0), or plays what lies there. */
  strip_port(strip: number, port: number, takes: number): number
}

/** Compiled for one engine: its bytes hold that engine's handles. */
export interface LinkedProgram extends CompiledProgram {
  /** Assets that are not here: their default plays. */
  readonly missing: readonly string[]
}

export type EnginePrograms = Programs<ProgramInput | ChainInput, LinkedProgram>

export interface EngineStores {
  readonly programs: EnginePrograms
  readonly tables: Tables
  readonly assets: Assets
  /** Frames that a program's effects delay; `before`: those before effect `before` (from 1). */
  latencyOf(handle: number, before?: number): number
}

/** What an instance holds in its engine: at most `limit` programs, those that play included, and its song tables. */
export function engineStores(heap: EngineHeap, limit: number, shelf = createAssetShelf()): EngineStores {
  const { exports, wire } = heap
  const assets: Assets = createAssets(heap, shelf, () => programs.makeRoom())
  const programs: EnginePrograms = createPrograms<ProgramInput | ChainInput, LinkedProgram>(
    {
      compile(input) {
        const compiled = compileProgram(input, wire.sampleRate)
        assets.begin()
        return { ...compiled, ...linkAssets(compiled.bytes, compiled.assets, assets.handleOf) }
      },
      load(bytes) {
        for (;;) {
          try {
            return loadBytes(heap, 'program', bytes)
          } catch (error) {
            if (!(error instanceof SoundloomError) || error.code !== 'limit-exceeded' || !assets.makeRoom()) throw error
          }
        }
      },
      renew: (handle) => void exports.program_renew(handle),
      free: (handle) => void exports.program_free(handle),
    },
    limit,
  )
  const tables = createTables({
    load(bytes) {
      for (;;) {
        try {
          return loadBytes(heap, 'table', bytes)
        } catch (error) {
          if (!(error instanceof SoundloomError) || error.code !== 'limit-exceeded' || !programs.makeRoom()) throw error
        }
      }
    },
    free: (handle) => void exports.table_free(handle),
  })
  return {
    programs,
    tables,
    assets,
    latencyOf: (handle, before) =>
      before === undefined ? exports.program_latency(handle) : exports.program_latency_before(handle, before),
  }
}
