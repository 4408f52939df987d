// The door for hands: what the song refuses is said where it was tried (main thread).
import { asSoundloomError } from '../params/error.ts'
import type { Run } from './registry.ts'

/** A circle, a frozen track, a bus in use, no room: the user can act on it. Anything else is a fault of the caller. */
function isRefusal(error: unknown): boolean {
  const { code, field } = asSoundloomError(error)
  return field !== undefined && (code === 'conflict' || code === 'limit-exceeded')
}

/** As `run`; refusals are said, so that nobody has to wait for them. */
export const sayRefusals = (run: Run, say: (error: unknown) => void): Run =>
  ((id: string, args?: unknown, options?: object) => {
    const work = run(id, args, options)
    work.catch((error: unknown) => {
      if (!isRefusal(error)) throw error
      say(error)
    })
    return work
  }) as Run
