// Older project documents as the present version (main thread). One step a version; each only adds what its version brought.
import { newProject, PROJECT_VERSION } from './document.ts'

type Stored = Readonly<Record<string, unknown>>

/** From version n to n + 1. */
const STEPS: Readonly<Record<number, (stored: Stored) => Stored>> = {
  /** Version 1 had no song. */
  1: (stored) => ({ ...newProject(), ...stored, version: 2 }),
  /** Version 2 had no groups, outputs, side chains or sends of returns: all of them may be absent. */
  2: (stored) => ({ ...stored, version: 3 }),
  /** Version 3 had no expressions of notes, no timbre among the controllers, no frozen tracks and no control buses: all may be absent. */
  3: (stored) => ({ ...stored, version: 4 }),
}

/** The document in the present version; unchanged where its version is none that we know. */
export function migrate(stored: Stored): Stored {
  let now = stored
  while (typeof now.version === 'number' && now.version < PROJECT_VERSION) {
    const step = STEPS[now.version]
    if (!step) return now
    now = step(now)
  }
  return now
}
