// Decides when nobody needs the sound: the page hidden, nothing playing, nothing to hear for a minute (main thread).

export interface Presence {
  readonly hidden: boolean
  /** The song plays or counts in. */
  readonly playing: boolean
  readonly voices: number
  /** Highest sample of the last few milliseconds after the master chain, linear. */
  readonly peak: number
}

export const REST_AFTER_MS = 60_000
/** -100 dBFS: below it a tail is over. */
const SILENT_PEAK = 1e-5

export interface Rest {
  /** True once all of it has held for a minute; then it starts to count again. */
  due(now: Presence, nowMs: number): boolean
}

export function createRest(): Rest {
  let since: number | null = null
  return {
    due({ hidden, playing, voices, peak }, nowMs) {
      if (!hidden || playing || voices > 0 || peak > SILENT_PEAK) {
        since = null
        return false
      }
      since ??= nowMs
      if (nowMs - since < REST_AFTER_MS) return false
      since = null
      return true
    },
  }
}
