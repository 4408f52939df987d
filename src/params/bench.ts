// The works of the benchmark by name, and what timing one needs and gives (any thread).

export const BENCH_WORKS = ['voices', 'voices-modulated', 'session', 'convolution'] as const
export type BenchWork = (typeof BENCH_WORKS)[number]
export const MOST_BENCH_VOICES = 1024

export interface BenchSpec {
  readonly work: BenchWork
  readonly n: number
  readonly seconds: number
  readonly sampleRate: number
  /** Frames of one call of the engine. */
  readonly block: number
}

export interface BenchResult {
  /** Rendering alone: the graph is built and the engine warm. */
  readonly ms: number
  readonly xRealtime: number
  /** Of both channels, linear. */
  readonly rms: number
  readonly peak: number
}
