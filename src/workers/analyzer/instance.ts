// The streams of engine.wasm in a private instance that holds no engine (analyzer worker, and tests in Node).
import type { StreamSpec } from '../../generated/specs.ts'
import { SoundloomError } from '../../params/error.ts'

const PAGE = 65536
/** Holds MOST_STREAMS of the largest spectra; pages that nobody touches cost nothing. */
const MEMORY_BYTES = 32 * 1024 * 1024
/** Frames that one push can take. */
export const PUSH_FRAMES = 4096

interface Exports {
  _initialize(): void
  mem_alloc(bytes: number): number
  mem_free(address: number): void
  stream_create(type: number, sampleRate: number, options: number): number
  stream_count(type: number, options: number, reading: number): number
  stream_push(stream: number, stereo: number, frames: number): void
  stream_ready(stream: number): number
  stream_read(stream: number): number
  stream_free(stream: number): void
}

export interface EngineStream {
  /** Takes the first `frames` of `input`. */
  push(frames: number): void
  /** Have enough frames come for a result? */
  ready(): boolean
  /** The present result; holds until the next call of anything here. */
  read(): Float32Array
  free(): void
}

export interface StreamInstance {
  /** Interleaved stereo, PUSH_FRAMES of it: fill it, then push. */
  readonly input: Float32Array
  /** Floats of each reading with these options. */
  counts(spec: StreamSpec, options: Float32Array): readonly number[]
  /** Throws `limit-exceeded` when no memory is left. */
  create(spec: StreamSpec, options: Float32Array, sampleRate: number): EngineStream
}

export function createStreamInstance(module: WebAssembly.Module): StreamInstance {
  const pages = MEMORY_BYTES / PAGE
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  const engine = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports
  engine._initialize()
  const room = (bytes: number): number => {
    const address = engine.mem_alloc(bytes)
    if (address === 0) throw full()
    return address
  }
  const inputAt = room(PUSH_FRAMES * 2 * 4)
  /** Calls `work` with the address of a copy of the options. */
  const withOptions = <Result>(options: Float32Array, work: (address: number) => Result): Result => {
    const address = room(options.byteLength)
    new Float32Array(memory.buffer, address, options.length).set(options)
    const result = work(address)
    engine.mem_free(address)
    return result
  }
  const counts = (spec: StreamSpec, options: Float32Array): readonly number[] =>
    withOptions(options, (address) =>
      spec.readings.map((_, reading) => engine.stream_count(spec.index, address, reading)),
    )
  return {
    input: new Float32Array(memory.buffer, inputAt, PUSH_FRAMES * 2),
    counts,
    create(spec, options, sampleRate) {
      const stream = withOptions(options, (address) => engine.stream_create(spec.index, sampleRate, address))
      if (stream === 0) throw full()
      const floats = counts(spec, options).reduce((sum, count) => sum + count, 0)
      // Its address stays as long as the stream.
      const result = new Float32Array(memory.buffer, engine.stream_read(stream), floats)
      return {
        push: (frames) => engine.stream_push(stream, inputAt, frames),
        ready: () => engine.stream_ready(stream) === 1,
        read() {
          engine.stream_read(stream)
          return result
        },
        free: () => engine.stream_free(stream),
      }
    },
  }
}

const full = (): SoundloomError =>
  new SoundloomError('limit-exceeded', 'The analyzer has no memory for another stream', {
    hint: 'End streams that are no longer needed, or use smaller sizes.',
  })
