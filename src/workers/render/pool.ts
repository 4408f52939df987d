// A few workers that take render jobs in order of urgency and end when idle (main thread).
import { SoundloomError } from '../../params/error.ts'
import { connect, type Remote } from '../rpc.ts'

/** `prompt`: someone waits for the sound; `background`: tiles, measuring. */
export type Urgency = 'prompt' | 'background'

export interface PoolOptions {
  /** Starts one worker; the pool ends it by `terminate`. */
  readonly spawn: () => Worker
  readonly size: number
  readonly idleMs?: number
}

export interface Pool<Api> {
  /** Runs `job` on a free worker. Rejects with what the job threw, or `cancelled`, or `engine-fault` when the worker died. */
  run<Result>(job: (api: Remote<Api>) => Promise<Result>, urgency: Urgency, signal?: AbortSignal): Promise<Result>
  /**
   * Runs `job` as soon as one worker is free, on that one and others that are free or new, `most` in all: it never waits for the others. Its
   * signal ends with the caller's, and when one of them dies.
   */
  together<Result>(
    most: number,
    job: (apis: readonly Remote<Api>[], signal: AbortSignal) => Promise<Result>,
    urgency: Urgency,
    signal?: AbortSignal,
  ): Promise<Result>
  /** Workers alive now. */
  readonly alive: number
  /** Ends all workers; jobs that wait or run reject with `cancelled`. */
  dispose(): void
}

interface Job<Api> {
  readonly start: (apis: readonly Remote<Api>[]) => Promise<void>
  /** Workers that it makes use of, at most. */
  readonly most: number
  readonly reject: (error: Error) => void
}

interface Hand<Api> {
  readonly worker: Worker
  readonly api: Remote<Api>
  job: Job<Api> | null
  idleTimer: ReturnType<typeof setTimeout> | undefined
}

/** Workers that render one song together: one core is left to the page, and each holds an engine of its own. */
export const togetherSize = (cores: number | undefined): number => Math.min(4, Math.max(1, (cores ?? 2) - 1))

/** Two cores are left to audio and page; more than six workers only cost memory: a tile takes a tenth of a second. */
export const poolSize = (cores: number | undefined): number => Math.min(6, Math.max(1, (cores ?? 4) - 2))

export function createPool<Api>({ spawn, size, idleMs = 10_000 }: PoolOptions): Pool<Api> {
  const hands = new Set<Hand<Api>>()
  const waiting: Record<Urgency, Job<Api>[]> = { prompt: [], background: [] }

  const end = (hand: Hand<Api>, error?: Error): void => {
    clearTimeout(hand.idleTimer)
    hands.delete(hand)
    hand.worker.terminate()
    if (error) hand.job?.reject(error)
  }
  const hire = (): Hand<Api> => {
    const worker = spawn()
    const hand: Hand<Api> = { worker, api: connect<Api>(worker), job: null, idleTimer: undefined }
    worker.addEventListener('error', (event) => {
      end(hand, new SoundloomError('engine-fault', event.message || 'A render worker failed to start'))
      next()
    })
    hands.add(hand)
    return hand
  }
  const next = (): void => {
    if (!waiting.prompt.length && !waiting.background.length) return
    const free = [...hands].find((hand) => !hand.job) ?? (hands.size < size ? hire() : undefined)
    if (!free) return
    const job = waiting.prompt.shift() ?? waiting.background.shift()
    if (!job) return
    const crew = [free, ...[...hands].filter((hand) => !hand.job && hand !== free)].slice(0, job.most)
    while (crew.length < job.most && hands.size < Math.max(size, job.most)) crew.push(hire())
    for (const hand of crew) {
      clearTimeout(hand.idleTimer)
      hand.job = job
    }
    void job.start(crew.map(({ api }) => api)).finally(() => {
      for (const hand of crew) {
        hand.job = null
        if (hands.has(hand)) hand.idleTimer = setTimeout(() => end(hand), idleMs)
      }
      next()
    })
    next()
  }
  const enqueue = <Result>(
    most: number,
    job: (apis: readonly Remote<Api>[], signal: AbortSignal) => Promise<Result>,
    urgency: Urgency,
    signal?: AbortSignal,
  ): Promise<Result> =>
    new Promise<Result>((resolve, reject) => {
      const cancelled = (): SoundloomError => new SoundloomError('cancelled', 'Cancelled')
      if (signal?.aborted) return reject(cancelled())
      const ending = new AbortController()
      const stop = (): void => ending.abort()
      const entry: Job<Api> = {
        most,
        reject(error) {
          stop()
          reject(error)
        },
        start(apis) {
          signal?.removeEventListener('abort', abort)
          signal?.addEventListener('abort', stop, { once: true })
          return job(apis, ending.signal)
            .then(resolve, reject)
            .finally(() => signal?.removeEventListener('abort', stop))
        },
      }
      const abort = (): void => {
        const queue = waiting[urgency]
        const at = queue.indexOf(entry)
        if (at >= 0) queue.splice(at, 1)
        reject(cancelled())
      }
      signal?.addEventListener('abort', abort, { once: true })
      waiting[urgency].push(entry)
      next()
    })
  return {
    get alive() {
      return hands.size
    },
    run: (job, urgency, signal) => enqueue(1, ([api]) => job(api!), urgency, signal),
    together: enqueue,
    dispose() {
      const error = new SoundloomError('cancelled', 'The engine was closed')
      for (const queue of Object.values(waiting)) for (const job of queue.splice(0)) job.reject(error)
      for (const hand of [...hands]) end(hand, error)
    },
  }
}
