// Words that the worklet's JavaScript writes and the page reads (both threads): heartbeat, block times, slow blocks, first sound of a note.

/** Int32 index of each word; one writer each: the worklet, but `sampleEvery`, `maximumUs` (reset to 0) and `armed` (set to 1). */
export const Stat = {
  /** Calls of process; stands still when the audio thread does. */
  heartbeat: 0,
  /** A block in this many is timed; at 1 somebody watches, and slow ones are kept. Written by the page. */
  sampleEvery: 1,
  samples: 2,
  /** Sum of the timed blocks in microseconds, modulo 2^32. */
  sumUs: 3,
  maximumUs: 4,
  /** 1: the page waits for the first sound; 0: found. */
  armed: 5,
  /** Slow blocks kept so far; the ring holds the last ones. */
  slowBlocks: 6,
  /** Blocks counted by duration: bucket b holds 2^(b/8) us up to the next. */
  histogram: 8,
} as const

/** While nobody watches. */
export const SAMPLE_EVERY = 16
export const BUCKETS = 160
/** Byte at which `firstSound` begins. */
export const FIRST_SOUND = 8 * Math.ceil((4 * (Stat.histogram + BUCKETS)) / 8)

/** A block that takes more than this share of its time is kept. */
export const SLOW_SHARE = 0.5
export const SLOW_CAPACITY = 64
/** Words of the engine's load slot, as they stand when the block ends. */
export const LOAD_WORDS = 6
/** A slow block: microseconds, then the load slot. */
export const SLOW_WORDS = 1 + LOAD_WORDS
const SLOW_RING = FIRST_SOUND + 16

export const STATS_BYTES = SLOW_RING + 4 * SLOW_WORDS * SLOW_CAPACITY

/** Samples at or below this count as silence when the first sound of a note is looked for. */
export const SOUND_THRESHOLD = 1e-5

/** [wall-clock ms since 1970 at which the block with the first sound was ready, its frame in context time]. */
export const firstSound = (stats: SharedArrayBuffer): Float64Array => new Float64Array(stats, FIRST_SOUND, 2)

/** SLOW_CAPACITY records; number n, counted from 0, is at n % SLOW_CAPACITY. A record is whole once `slowBlocks` is above n. */
export const slowRing = (stats: SharedArrayBuffer): Int32Array =>
  new Int32Array(stats, SLOW_RING, SLOW_WORDS * SLOW_CAPACITY)

export const bucketOf = (us: number): number => Math.max(0, Math.min(BUCKETS - 1, Math.floor(8 * Math.log2(us + 1e-9))))

/** Upper edge of a bucket in microseconds. */
export const bucketTopUs = (bucket: number): number => 2 ** ((bucket + 1) / 8)
