// The real engine module for tests and benches in Node: a private instance on its own shared memory.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { instantiate } from '../build/module.mjs'

const OUT = join(import.meta.dirname, '..', 'out')

export type EngineExports = Record<string, (...args: number[]) => number>

export interface EngineInstance {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly exports: EngineExports
}

let compiled: WebAssembly.Module | undefined

/** The compiled module of wasm/out. Throws when the last build failed: a test never runs on a stale engine. */
export function engineModule(): WebAssembly.Module {
  const status = JSON.parse(readFileSync(join(OUT, 'status.json'), 'utf8')) as { ok: boolean; text?: string }
  if (!status.ok) throw new Error(`the engine does not build:\n${status.text}`)
  compiled ??= new WebAssembly.Module(readFileSync(join(OUT, 'engine.wasm')))
  return compiled
}

/** A fresh instance: `_initialize` has run, nothing else. `memoryBytes` is initial and maximum. */
export function loadEngine(memoryBytes = 64 * 1024 * 1024): EngineInstance {
  const { module, memory, exports } = instantiate(engineModule(), memoryBytes)
  return { module, memory, exports: exports as EngineExports }
}
