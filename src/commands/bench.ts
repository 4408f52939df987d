// The benchmark as the page offers it: a fixed work, rendered by the engine that users get (main thread).
import { BENCH_WORKS, MOST_BENCH_VOICES, type BenchResult, type BenchSpec } from '../params/bench.ts'
import { SAMPLE_RATES } from '../project/document.ts'
import type { CommandContext } from './context.ts'
import { parseArgs } from './parseArgs.ts'
import { z } from './schema.ts'

const LONGEST_SECONDS = 120
const LONGEST_BLOCK = 4096

/** What `bench` takes: `work` names it; `n` voices (1), `seconds` of sound (10), `sampleRate` in Hz (48000), `block` frames a call (128). */
export type BenchOptions = Pick<BenchSpec, 'work'> & Partial<BenchSpec>

const OPTIONS = z.strictObject({
  work: z.enum(BENCH_WORKS),
  n: z.optional(z.int().check(z.minimum(1), z.maximum(MOST_BENCH_VOICES))),
  seconds: z.optional(z.number().check(z.minimum(0.1), z.maximum(LONGEST_SECONDS))),
  sampleRate: z.optional(z.literal(SAMPLE_RATES)),
  block: z.optional(z.int().check(z.multipleOf(32), z.minimum(32), z.maximum(LONGEST_BLOCK))),
})

/** The time that a work takes to render, graph built and engine warm. */
export async function bench({ engine }: CommandContext, options: BenchOptions): Promise<BenchResult> {
  const { work, n, seconds, sampleRate, block } = parseArgs(
    'bench',
    OPTIONS,
    options,
    `work (${BENCH_WORKS.join(', ')}), n, seconds, sampleRate and block.`,
  )
  return engine.bench({
    work,
    n: n ?? 1,
    seconds: seconds ?? 10,
    sampleRate: sampleRate ?? 48_000,
    block: block ?? 128,
  })
}
