// What crosses between the page and the worklet's port (both threads).

/** What the page hands over at construction; the memory already holds the engine that the control worker made. */
export interface EngineProcessorOptions {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  /** Top of a stack of its own, made by the instance that allocates. */
  readonly stackPointer: number
  /** Addresses of the blocks that engine_render fills. */
  readonly left: number
  readonly right: number
  /** Address of the payload of the engine's load slot. */
  readonly load: number
  /** Words of stats.ts. */
  readonly stats: SharedArrayBuffer
}

/** `pump`: pull the rings although no audio runs. `close`: end for good. */
export type ToWorklet = 'pump' | 'close'

/** `fault` is said once; the processor is silent from then on. */
export type FromWorklet = { readonly type: 'ready' } | { readonly type: 'fault'; readonly message: string }
