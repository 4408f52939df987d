// What the user lets the engine take: the only copies of these ranges (any thread).

/** Share of the time of the audio thread's calls, 0..1, that may be used before quality is given up. */
export const MAX_CPU = { min: 0.3, max: 0.95, init: 0.7 } as const

/** Milliseconds that one effect may delay; the output is chosen by it. */
export const MAX_LATENCY_MS = { min: 0, max: 500, init: 250 } as const

/** Up to this limit the output has the shortest buffer that the device does. */
export const SHORTEST_OUTPUT_MS = 20
/** From this limit on a long buffer, which outlasts a computer that is busy with other things. */
export const LONG_OUTPUT_MS = 400

/** As an AudioContext takes it: 0 seconds, or by name. */
export type LatencyHint = 0 | 'interactive' | 'playback'

export const latencyHintOf = (maxLatencyMs: number): LatencyHint =>
  maxLatencyMs <= SHORTEST_OUTPUT_MS ? 0 : maxLatencyMs >= LONG_OUTPUT_MS ? 'playback' : 'interactive'
