// The one error that crosses every boundary of the application (any thread): a closed list of codes and a hint.

export const ERROR_CODES = [
  'invalid-argument',
  'unknown-command',
  'unknown-id',
  'unsupported-format',
  'parse-failed',
  'limit-exceeded',
  'not-ready',
  'audio-suspended',
  'cancelled',
  'conflict',
  'quota-exceeded',
  'over-budget',
  'engine-fault',
  'stale-generation',
  'internal',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** What an error carries besides its message. `field` is an argument path, or a JSON pointer for files. */
export interface ErrorDetails {
  readonly field?: string
  readonly value?: unknown
  readonly hint?: string
}

export class SoundloomError extends Error {
  readonly code: ErrorCode
  readonly field?: string
  readonly value?: unknown
  /** What the user or the caller can do about it; never empty. */
  readonly hint: string

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message)
    this.name = 'SoundloomError'
    this.code = code
    if (details.field !== undefined) this.field = details.field
    if (details.value !== undefined) this.value = details.value
    this.hint = details.hint ?? HINTS[code]
  }
}

/** The given error, or an `internal` one that keeps the message of whatever was thrown. */
export function asSoundloomError(thrown: unknown): SoundloomError {
  if (thrown instanceof SoundloomError) return thrown
  if (thrown instanceof DOMException && thrown.name === 'AbortError')
    return new SoundloomError('cancelled', 'Cancelled')
  return new SoundloomError('internal', thrown instanceof Error ? thrown.message : String(thrown))
}

const HINTS: Readonly<Record<ErrorCode, string>> = {
  'invalid-argument': 'Correct the value and try again.',
  'unknown-command': 'See soundloom.commands() for what there is.',
  'unknown-id': 'It may have been removed; look it up again.',
  'unsupported-format': 'Use one of the supported formats.',
  'parse-failed': 'Check the file near the place that is named.',
  'limit-exceeded': 'Use less, or split it.',
  'not-ready': 'Wait for soundloom.ready and try again.',
  'audio-suspended': 'Click in the page once so that the browser lets it play.',
  cancelled: 'Start it again when you want it.',
  conflict: 'Reload what changed and try again.',
  'quota-exceeded': 'Free some storage for this site and try again.',
  'over-budget': 'Use fewer voices or units.',
  'engine-fault': 'The sound engine restarts by itself; try again.',
  'stale-generation': 'The sound engine restarted meanwhile; try again.',
  internal: 'Reload the page; if it happens again, report it.',
}
