// What the engine says of a sound that it has built (types only, any thread).

export interface LoadedProgram {
  /** Content hash of the compiled bytes: equal sounds have equal keys, also over a rebuild. */
  readonly key: string
  /** True when the program was still held from an earlier press, so that nothing was built. */
  readonly cached: boolean
  /** Predicted share of one core, 0..1. */
  readonly predictedCost: number
  readonly latencyFrames: number
  readonly tailSeconds: number
}
