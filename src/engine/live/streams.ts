// Live analysis as the page asks for it (types): results are read by painters once per animation frame, or called back at a rate.
import type { ParamSpec, ReadingSpec } from '../../generated/specs.ts'
import type { TransportState } from '../../transport/state.ts'
import type { StreamValues } from '../wire/streams.ts'
import type { Stamp } from '../wire/triple.ts'

export type { Stamp, StreamValues }

export interface StreamAddress {
  /** As `list` names it. */
  readonly type: string
  /** `master`, `audition`, `track:<id>`; for the type `transport`: `transport`. */
  readonly source: string
}

export interface StreamRequest extends StreamAddress {
  readonly options?: StreamValues
  /** Results per second at most. */
  readonly rateHz?: number
}

export interface StreamInfo {
  readonly type: string
  readonly label: string
  readonly doc: string
  /** Sources that there are now. */
  readonly sources: readonly string[]
  readonly options: readonly ParamSpec[]
  readonly readings: readonly ReadingSpec[]
}

/** One number (null: none is known), many, or for the transport its state. */
export type StreamReadings = Readonly<Record<string, number | null | Float32Array>> | TransportState

export interface StreamResult extends StreamAddress {
  /** Engine frame after the last frame that this result saw. */
  readonly frame: number
  /** Song frame there. */
  readonly songFrame: number
  /** Of the engine. */
  readonly generation: number
  readonly values: StreamReadings
}

/** A stream as a painter holds it: nothing is allocated after `watch`. */
export interface Watched {
  /** Takes the newest result of the present engine; false: there is none that was not taken before. */
  refresh(): boolean
  /** Of the engine that runs now, Hz; 0: none. */
  sampleRate(): number
  /** What the held result belongs to; null before the first. */
  stamp(): Readonly<Stamp> | null
  /** Values of one reading; empty before the first result. Holds until `refresh`. */
  reading(id: string): Float32Array
  end(): void
}

export interface StreamStatistics {
  /** Results computed since the page began, all streams together. */
  readonly computations: number
  /** The analysis taps: what each is pointed at, and whether the engine writes it now. */
  readonly taps: readonly { readonly source: string | null; readonly on: boolean }[]
  readonly streams: readonly {
    readonly type: string
    readonly source: string
    readonly options: StreamValues
    readonly subscribers: number
    /** Asked for by the most eager subscriber. */
    readonly rateHz: number
    /** Over about the last second; null while that is not known. */
    readonly actualRateHz: number | null
    readonly computations: number
    readonly droppedFrames: number
    /** What the last result cost, reading its frames included; null before the first. */
    readonly lastDurationMs: number | null
  }[]
}

export interface LiveStreams {
  list(): StreamInfo[]
  /** Throws `invalid-argument`, `unknown-id` (field `source`) or `limit-exceeded`. */
  watch(request: StreamRequest): Watched
  /** Calls back with each new result, at most `rateHz` (30) times a second; returns what ends it. Throws as `watch` does. */
  subscribe(
    request: StreamAddress,
    options: { readonly rateHz?: number; readonly options?: StreamValues } | undefined,
    callback: (result: StreamResult) => void,
  ): () => void
  statistics(): StreamStatistics
}
