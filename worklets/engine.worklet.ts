// The engine on the audio thread: instantiate, process, pump; nothing else.
import type { EngineProcessorOptions, FromWorklet, ToWorklet } from './messages.ts'
import {
  bucketOf,
  firstSound,
  LOAD_WORDS,
  SLOW_CAPACITY,
  SLOW_SHARE,
  SLOW_WORDS,
  slowRing,
  SOUND_THRESHOLD,
  Stat,
} from './stats.ts'

interface Exports {
  readonly __stack_pointer: WebAssembly.Global<'i32'>
  /** Pulls the rings and renders into the output blocks. */
  engine_render(frames: number): void
  /** Pulls the rings without time passing, so that commands are acknowledged before audio runs. */
  engine_pump(): void
}

/** Wall-clock nanoseconds in 5 us steps where the browser has Temporal, else null: `performance` does not exist here. */
declare const Temporal: { Now: { instant(): { epochNanoseconds: bigint } } } | undefined
const hasClock = typeof Temporal !== 'undefined'

class EngineProcessor extends AudioWorkletProcessor {
  private readonly options: EngineProcessorOptions
  private readonly stats: Int32Array
  private readonly firstSound: Float64Array
  private readonly slow: Int32Array
  private readonly load: Int32Array
  private engine: Exports | null = null
  private left = new Float32Array(0)
  private right = new Float32Array(0)
  private closed = false

  constructor({ processorOptions }: { processorOptions: EngineProcessorOptions }) {
    super()
    this.options = processorOptions
    this.stats = new Int32Array(processorOptions.stats)
    this.firstSound = firstSound(processorOptions.stats)
    this.slow = slowRing(processorOptions.stats)
    this.load = new Int32Array(processorOptions.memory.buffer, processorOptions.load, LOAD_WORDS)
    this.port.onmessage = ({ data }: MessageEvent<ToWorklet>) => {
      if (data === 'close') this.closed = true
      else this.guarded((engine) => engine.engine_pump())
    }
    try {
      const { module, memory, stackPointer } = processorOptions
      const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports
      exports.__stack_pointer.value = stackPointer
      this.engine = exports
      this.makeViews(renderQuantumSize)
      this.port.postMessage({ type: 'ready' } satisfies FromWorklet)
    } catch (error) {
      this.fault(error)
    }
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    if (this.closed) return false
    // No destructuring here: its iterator would be an object for each block.
    const left = outputs[0]?.[0]
    const right = outputs[0]?.[1]
    if (!this.engine || !left || !right) return true
    const stats = this.stats
    const beat = Atomics.add(stats, Stat.heartbeat, 1)
    const every = Math.max(1, Atomics.load(stats, Stat.sampleEvery))
    const timed = hasClock && beat % every === 0
    const begin = timed ? Temporal!.Now.instant().epochNanoseconds : null
    try {
      if (left.length !== this.left.length) this.makeViews(left.length)
      this.engine.engine_render(left.length)
      left.set(this.left)
      right.set(this.right)
    } catch (error) {
      this.fault(error)
      left.fill(0)
      right.fill(0)
    }
    if (begin !== null) {
      const us = Number(Temporal!.Now.instant().epochNanoseconds - begin) / 1000
      this.count(us)
      if (every === 1 && us > (SLOW_SHARE * 1e6 * left.length) / sampleRate) this.keep(us)
    }
    if (Atomics.load(stats, Stat.armed) === 1) this.findSound(left, right)
    return true
  }

  /** Made once per generation; the host changes its quantum only with a new context. */
  private makeViews(frames: number): void {
    const { memory, left, right } = this.options
    this.left = new Float32Array(memory.buffer, left, frames)
    this.right = new Float32Array(memory.buffer, right, frames)
  }

  private count(us: number): void {
    const stats = this.stats
    Atomics.add(stats, Stat.samples, 1)
    Atomics.add(stats, Stat.sumUs, Math.round(us))
    if (us > Atomics.load(stats, Stat.maximumUs)) Atomics.store(stats, Stat.maximumUs, Math.round(us))
    Atomics.add(stats, Stat.histogram + bucketOf(us), 1)
  }

  /** The reader may be late: it loses the oldest, never gets half of one. */
  private keep(us: number): void {
    const count = Atomics.load(this.stats, Stat.slowBlocks)
    const at = (count % SLOW_CAPACITY) * SLOW_WORDS
    Atomics.store(this.slow, at, Math.round(us))
    for (let word = 0; word < LOAD_WORDS; word++) Atomics.store(this.slow, at + 1 + word, this.load[word]!)
    Atomics.store(this.stats, Stat.slowBlocks, count + 1)
  }

  private findSound(left: Float32Array, right: Float32Array): void {
    for (let frame = 0; frame < left.length; frame++) {
      if (Math.abs(left[frame]!) <= SOUND_THRESHOLD && Math.abs(right[frame]!) <= SOUND_THRESHOLD) continue
      this.firstSound[0] = hasClock ? Number(Temporal!.Now.instant().epochNanoseconds) / 1e6 : Date.now()
      this.firstSound[1] = currentFrame + frame
      Atomics.store(this.stats, Stat.armed, 0)
      return
    }
  }

  private guarded(act: (engine: Exports) => void): void {
    try {
      if (this.engine) act(this.engine)
    } catch (error) {
      this.fault(error)
    }
  }

  /** Said once; from here on the processor is silent until the page builds another. */
  private fault(error: unknown): void {
    this.engine = null
    this.port.postMessage({ type: 'fault', message: String(error) } satisfies FromWorklet)
  }
}

registerProcessor('soundloom-engine', EngineProcessor)
