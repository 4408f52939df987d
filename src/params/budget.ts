// What the user lets the engine take: the only copies of these ranges (any thread).

/** Share of the time of the audio thread's calls, 0..1, that may be used before quality is given up. */
export const MAX_CPU = { min: 0.3, max: 0.95, init: 0.7 } as const

/** Milliseconds that one effect may delay. */
export const MAX_LATENCY_MS = { min: 0, max: 500, init: 250 } as const
