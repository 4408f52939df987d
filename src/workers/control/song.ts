// Brings the engine's song forward, step by step, at the pace that its command ring allows (control worker).
import type { SongOperation } from '../../compile/songOperations.ts'
import type { SongLoader } from '../../engine/wire/song.ts'
import { SoundloomError } from '../../params/error.ts'
import type { SongSynced } from './protocol.ts'

/** A ring is emptied every few milliseconds while audio runs, and by the page's pump while it does not. */
const RETRY_MS = 4
const PATIENCE_MS = 3000

export interface SongSync {
  sync(from: number, steps: readonly SongOperation[]): Promise<SongSynced>
}

/** `collect` takes back what the audio thread returned, so that memory is free for what comes. */
export function createSongSync(loader: SongLoader, collect: () => void): SongSync {
  let revision = 0
  return {
    async sync(from, steps) {
      if (from !== revision) {
        throw new SoundloomError('stale-generation', 'The engine holds another song than these steps start at')
      }
      revision++
      for (const step of steps) {
        collect()
        await carriedOut(() => loader.carryOut(step))
      }
      return { revision, problems: loader.problems() }
    },
  }
}

async function carriedOut(attempt: () => boolean): Promise<void> {
  for (const begin = performance.now(); !attempt();) {
    if (performance.now() - begin > PATIENCE_MS) {
      throw new SoundloomError('over-budget', 'The engine is too busy to take the song')
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}
