// How long process takes, from the worklet's counters (main thread).
import { BUCKETS, bucketTopUs, Stat } from '../../worklets/stats.ts'

export interface BlockTimes {
  readonly samples: number
  readonly meanUs: number
  /** Upper edges of the buckets that hold these percentiles. */
  readonly p99Us: number
  readonly p999Us: number
}

/** Timed blocks; figures are of what `add` was told. */
export interface BlockCount {
  samples: number
  sumUs: number
  readonly histogram: Float64Array
}

export const blockCount = (): BlockCount => ({ samples: 0, sumUs: 0, histogram: new Float64Array(BUCKETS) })

/** Adds what the worklet has timed since the last call (at first: since this was made). The counters wrap, the sums do not. */
export function createBlockReader(stats: SharedArrayBuffer): (into: BlockCount) => void {
  const words = new Int32Array(stats)
  const before = words.slice()
  /** Unsigned difference to the last reading. */
  const since = (word: number): number => {
    const now = Atomics.load(words, word)
    const difference = (now - before[word]!) >>> 0
    before[word] = now
    return difference
  }
  return (into) => {
    into.samples += since(Stat.samples)
    into.sumUs += since(Stat.sumUs)
    for (let bucket = 0; bucket < BUCKETS; bucket++) into.histogram[bucket]! += since(Stat.histogram + bucket)
  }
}

/** Null: nothing was timed. */
export function blockTimes({ samples, sumUs, histogram }: BlockCount): BlockTimes | null {
  if (samples === 0) return null
  const topUs = (share: number): number => {
    let above = Math.floor(samples * (1 - share))
    let bucket = BUCKETS - 1
    for (; bucket > 0; bucket--) {
      above -= histogram[bucket]!
      if (above < 0) break
    }
    return bucketTopUs(bucket)
  }
  return { samples, meanUs: sumUs / samples, p99Us: topUs(0.99), p999Us: topUs(0.999) }
}

/** Differences since the last call; null while too few blocks were timed. */
export function createBlockTimes(stats: SharedArrayBuffer): (leastSamples?: number) => BlockTimes | null {
  const read = createBlockReader(stats)
  let count = blockCount()
  return (leastSamples = 8) => {
    read(count)
    if (count.samples < leastSamples) return null
    const times = blockTimes(count)
    count = blockCount()
    return times
  }
}
