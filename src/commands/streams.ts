// What scripts may ask of live analysis (main thread): the engine's live streams, injected by main.tsx.

export interface StreamsPort {
  /** Types with their sources, options and readings. */
  list(): object[]
  /**
   * Calls back with each new result, at most `rateHz` (30) times a second; the returned function ends it. Source: `master`, `audition`,
   * `track:<id>`; of the type `transport`: `transport`. Throws a SoundloomError that names the field.
   */
  subscribe(
    request: { readonly type: string; readonly source: string },
    options: { readonly rateHz?: number; readonly options?: Readonly<Record<string, number | string>> } | undefined,
    callback: (result: StreamMessage) => void,
  ): () => void
  /** What is computed for whom: per stream computations, drops, rate, subscribers and cost; and what the taps do. */
  statistics(): object
}

export interface StreamMessage {
  readonly type: string
  readonly source: string
  /** Engine frame after the last frame that the result saw, and the song frame there. */
  readonly frame: number
  readonly songFrame: number
  readonly generation: number
  /** Readings by id: a number, null where none is known, or a Float32Array. */
  readonly values: object
}
