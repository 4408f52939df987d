// Tells a sound that was taken away (device lost, interrupted, asleep) from one that nobody asked for (main thread).

/** Why there is no sound although there was one and nobody stopped it. */
export type Outage = 'interrupted' | 'device'

export interface OutageWatch {
  /** The context said where it stands. Returns what the user should be told; null: nothing is wrong. */
  state(state: AudioContextState | 'interrupted'): Outage | null
  /** The context reported an error: its device is gone. */
  failed(): Outage | null
  /** The page itself suspends or replaces the context: what follows is no outage. */
  expect(): void
}

export function createOutageWatch(): OutageWatch {
  let wanted = false
  let outage: Outage | null = null
  return {
    state(state) {
      if (state === 'running') {
        wanted = true
        return (outage = null)
      }
      if (wanted) outage ??= 'interrupted'
      return outage
    },
    failed() {
      if (wanted) outage = 'device'
      return outage
    },
    expect() {
      wanted = false
      outage = null
    },
  }
}
