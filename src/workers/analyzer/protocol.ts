// What the page asks of the analyzer worker: streams over the engine's analysis taps (types only).
import type { TransportSource } from '../../transport/store.ts'

/** The present engine: where its transport stands and its analysis taps lie. */
export interface AnalyzerEngine extends TransportSource {
  /** Addresses of the analysis taps. */
  readonly taps: readonly number[]
}

/** Where a stream listens: an analysis tap that the page points at `strip` (`constants.strips`: the master). */
export interface Listening {
  readonly tap: number
  readonly strip: number
}

export interface StreamOrder {
  /** Chosen by the page, never used twice. */
  readonly id: number
  readonly type: string
  /** As `streamOptions` gives them. */
  readonly options: Float32Array
  /** Null: nowhere, for the time being. */
  readonly at: Listening | null
  readonly rateHz: number
}

export interface StreamResults {
  /** As engine/wire/triple.ts reads it. */
  readonly buffer: SharedArrayBuffer
  /** Floats of each reading. */
  readonly counts: readonly number[]
}

export interface AnalyzerApi {
  /** `shared`: the words of shared.ts. */
  boot(module: WebAssembly.Module, shared: SharedArrayBuffer): void
  /** Each rebuild of the engine; streams go on in the new one. */
  attach(engine: AnalyzerEngine | null): void
  open(order: StreamOrder): StreamResults
  change(id: number, at: Listening | null, rateHz: number): void
  close(id: number): void
}
