// Words that the page and the analyzer worker share.

export const Shared = {
  /** The page counts it up at least every LEASE_SECONDS / 2 while it listens; when it stands still, nothing is computed. */
  lease: 0,
  /** Results of all streams since the worker began. */
  computations: 1,
  words: 2,
} as const

export const LEASE_SECONDS = 4
