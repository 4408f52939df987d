// Offline renders of the open project (main thread).
import { SoundloomError } from '../params/error.ts'
import { MOST_RENDER_WORKERS } from '../params/render.ts'
import { SAMPLE_RATES } from '../project/document.ts'
import * as fields from '../project/fields.ts'
import type { CommandContext, ProjectResult } from './context.ts'
import { parseArgs } from './parseArgs.ts'
import { z } from './schema.ts'

/** Beats are quarter notes. */
export interface RenderProjectOptions {
  /** 0 when not given. */
  readonly fromBeat?: number
  /** Exactly there; when not given, the end of the last clip and on until all is silent, ten seconds at most. */
  readonly toBeat?: number
  /** Also each track alone, as `stems`: with its returns, before the master limiter, as long as the mix. */
  readonly stems?: boolean
  /** The project's own when not given. */
  readonly sampleRate?: number
  /** 1..8 that render it together, at most; when not given, as many as this computer has time for, 4 at most. The samples are the same for any number. */
  readonly workers?: number
  /** 0..1, some times a second. */
  readonly onProgress?: (share: number) => void
  readonly signal?: AbortSignal
}

const OPTIONS = z.strictObject({
  fromBeat: z.optional(fields.beat),
  toBeat: z.optional(fields.beat),
  stems: z.optional(z.boolean()),
  sampleRate: z.optional(z.literal(SAMPLE_RATES)),
  workers: z.optional(z.int().check(z.minimum(1), z.maximum(MOST_RENDER_WORKERS))),
})

/** The song as it plays, without loop and metronome: the same samples as a capture that plays it with the project's seed. */
export async function renderProject(
  { stores, engine }: CommandContext,
  { onProgress, signal, ...options }: RenderProjectOptions = {},
): Promise<ProjectResult> {
  const given = parseArgs(
    'renderProject',
    OPTIONS,
    options,
    'fromBeat, toBeat, stems, sampleRate, workers, onProgress and signal.',
  )
  const { fromBeat = 0, toBeat, stems = false } = given
  if (toBeat !== undefined && toBeat <= fromBeat) {
    throw new SoundloomError('invalid-argument', 'renderProject ends where it begins, or before', {
      field: 'toBeat',
      value: toBeat,
      hint: `Use more than ${fromBeat}.`,
    })
  }
  const project = stores.project.getState()
  const { tempoMap, signatures, loop, tracks, returns, controls, master, seed } = project
  return engine.renderProject(
    {
      song: { tempoMap, signatures, loop, tracks, returns, ...(controls && { controls }) },
      master,
      seed,
    },
    {
      fromTick: fields.ticksOf(fromBeat),
      toTick: toBeat === undefined ? null : fields.ticksOf(toBeat),
      sampleRate: given.sampleRate ?? project.sampleRate,
      stems,
      ...(given.workers === undefined ? {} : { workers: given.workers }),
      ...(onProgress ? { onProgress } : {}),
      ...(signal ? { signal } : {}),
    },
  )
}
