// Words that the worklet's JavaScript writes and the page reads (both threads): heartbeat, block times, first sound of a note.

/** Int32 index of each word; one writer each: the worklet, but `sampleEvery`, `maximumUs` (reset to 0) and `armed` (set to 1). */
export const Stat = {
  /** Calls of process; stands still when the audio thread does. */
  heartbeat: 0,
  /** A block in this many is timed. Written by the page. */
  sampleEvery: 1,
  samples: 2,
  /** Sum of the timed blocks in microseconds, modulo 2^32. */
  sumUs: 3,
  maximumUs: 4,
  /** 1: the page waits for the first sound; 0: found. */
  armed: 5,
  /** Blocks counted by duration: bucket b holds 2^(b/8) us up to the next. */
  histogram: 8,
} as const

export const BUCKETS = 160
const FIRST_SOUND = 8 * Math.ceil((4 * (Stat.histogram + BUCKETS)) / 8)

export const STATS_BYTES = FIRST_SOUND + 16

/** Samples at or below this count as silence when the first sound of a note is looked for. */
export const SOUND_THRESHOLD = 1e-5

/** [wall-clock ms since 1970 at which the block with the first sound was ready, its frame in context time]. */
export const firstSound = (stats: SharedArrayBuffer): Float64Array => new Float64Array(stats, FIRST_SOUND, 2)

export const bucketOf = (us: number): number => Math.max(0, Math.min(BUCKETS - 1, Math.floor(8 * Math.log2(us + 1e-9))))

/** Upper edge of a bucket in microseconds. */
export const bucketTopUs = (bucket: number): number => 2 ** ((bucket + 1) / 8)
