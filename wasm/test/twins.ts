// The engine as the browser runs it: one instance allocates, a second one on the same memory renders on its own stack.
import { openWire } from '../../src/engine/wire/map.ts'
import { drive, type TestEngine } from './engine.ts'
import { loadEngine, type EngineExports, type EngineInstance } from './module.ts'

export interface Twins {
  readonly control: EngineInstance
  readonly audio: EngineInstance
  readonly engine: TestEngine
}

export function bootTwins(sampleRate = 48000, seed = 0): Twins {
  const control = loadEngine()
  if (control.exports.engine_create!(sampleRate, seed, 0) === 0) throw new Error('engine_create failed')
  const stackTop = control.exports.stack_create!(256 * 1024)
  const { exports } = new WebAssembly.Instance(control.module, { env: { memory: control.memory } })
  ;(exports.__stack_pointer as WebAssembly.Global).value = stackTop
  const audio = { module: control.module, memory: control.memory, exports: exports as EngineExports }
  const wire = openWire(control.memory, control.exports.engine_wire!())
  return { control, audio, engine: drive(control, wire, sampleRate, audio) }
}
