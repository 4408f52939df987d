// The tracks that are being frozen, how far each is, and what ends it (main thread).
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface Freezes {
  /** Track id -> 0..1. */
  readonly store: StoreApi<{ readonly running: ReadonlyMap<string, number> }>
  /** Runs the work of one track; `cancel` aborts its signal. */
  run<Result>(
    trackId: string,
    work: (signal: AbortSignal, onProgress: (share: number) => void) => Promise<Result>,
  ): Promise<Result>
  /** False: the track is not being frozen. */
  cancel(trackId: string): boolean
}

export function createFreezes(): Freezes {
  const store = createStore<{ running: ReadonlyMap<string, number> }>(() => ({ running: new Map() }))
  const stops = new Map<string, AbortController>()
  const put = (trackId: string, share: number | null): void =>
    store.setState(({ running }) => {
      const next = new Map(running)
      if (share === null) next.delete(trackId)
      else next.set(trackId, share)
      return { running: next }
    })
  return {
    store,
    async run(trackId, work) {
      const stop = new AbortController()
      stops.set(trackId, stop)
      put(trackId, 0)
      try {
        return await work(stop.signal, (share) => stops.get(trackId) === stop && put(trackId, share))
      } finally {
        stops.delete(trackId)
        put(trackId, null)
      }
    },
    cancel(trackId) {
      const stop = stops.get(trackId)
      stop?.abort()
      return stop !== undefined
    },
  }
}
