// How long process takes, from the worklet's counters (main thread).
import { BUCKETS, bucketTopUs, Stat } from '../../worklets/stats.ts'

export interface BlockTimes {
  readonly samples: number
  readonly meanUs: number
  /** Upper edge of the bucket that holds the 99.9th percentile. */
  readonly p999Us: number
}

/** Differences since the last call; null while too few blocks were timed. */
export function createBlockTimes(stats: SharedArrayBuffer): (leastSamples?: number) => BlockTimes | null {
  const words = new Int32Array(stats)
  const histogram = (): Int32Array => words.slice(Stat.histogram, Stat.histogram + BUCKETS)
  const read = () => ({
    samples: Atomics.load(words, Stat.samples),
    sumUs: Atomics.load(words, Stat.sumUs),
    histogram: histogram(),
  })
  let before = read()
  return (leastSamples = 8) => {
    const now = read()
    const samples = (now.samples - before.samples) | 0
    if (samples < leastSamples) return null
    const meanUs = ((now.sumUs - before.sumUs) >>> 0) / samples
    let above = Math.floor(samples * 0.001)
    let bucket = BUCKETS - 1
    for (; bucket > 0; bucket--) {
      above -= (now.histogram[bucket] ?? 0) - (before.histogram[bucket] ?? 0)
      if (above < 0) break
    }
    before = now
    return { samples, meanUs, p999Us: bucketTopUs(bucket) }
  }
}
