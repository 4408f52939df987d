// Brings the engine's song forward, step by step, at the pace that its command ring allows (control worker).
import { DEFAULT_ROUTING } from '../../compile/routing.ts'
import { SEND_GAIN_DB } from '../../compile/song.ts'
import type { SongOperation } from '../../compile/songOperations.ts'
import type { SongLoader } from '../../engine/wire/song.ts'
import { constants } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import type { SongSynced } from './protocol.ts'

/** A ring is emptied every few milliseconds while audio runs, and by the page's pump while it does not. */
const RETRY_MS = 4
const PATIENCE_MS = 3000
/** What leaves a group has faded out by then. */
const FADE_MS = 40

export interface SongSync {
  sync(from: number, steps: readonly SongOperation[]): Promise<SongSynced>
}

/** `collect` takes back what the audio thread returned, so that memory is free for what comes. */
export function createSongSync(loader: SongLoader, collect: () => void, patienceMs = PATIENCE_MS): SongSync {
  let revision = 0
  /** Strips that steps have reached, with the returns that they sent to. */
  const touched = new Map<number, Set<number>>()

  const carryOut = async (step: SongOperation): Promise<void> => {
    if ('strip' in step) {
      const sends = touched.get(step.strip) ?? new Set()
      if (step.do === 'send') sends.add(step.index)
      touched.set(step.strip, sends)
    }
    await untilDone(() => loader.carryOut(step))
  }
  const untilDone = async (does: () => boolean): Promise<void> => {
    for (const begin = performance.now(); ;) {
      collect()
      if (does()) return
      if (performance.now() - begin > patienceMs) {
        throw new SoundloomError('over-budget', 'The engine is too busy to take the song')
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
  return {
    async sync(from, steps) {
      if (from !== 0 && from !== revision) {
        throw new SoundloomError('stale-generation', 'The engine holds another song than these steps start at')
      }
      // Never a revision that was given out before, also when the steps below fail.
      const before = revision++
      if (from === 0 && before > 0) for (const step of unused(touched)) await carryOut(step)
      for (const step of steps) await carryOut(step)
      if (!loader.align()) await untilDone(() => loader.align())
      while (!loader.settled()) {
        await new Promise((resolve) => setTimeout(resolve, FADE_MS))
        await untilDone(() => loader.align())
      }
      return { revision, problems: loader.problems() }
    },
  }
}

/** Makes strips what they are in a fresh engine. */
const unused = (touched: ReadonlyMap<number, ReadonlySet<number>>): SongOperation[] => [
  ...[...touched].flatMap(([strip, sends]): SongOperation[] => [
    ...(strip < constants.firstReturn ? silent(strip) : []),
    ...[...sends].map((index) => ({ do: 'send' as const, strip, index, gainDb: SEND_GAIN_DB.off, pre: false })),
    { do: 'empty', strip },
    { do: 'gain', strip, gainDb: 0 },
    { do: 'pan', strip, pan: 0 },
    { do: 'mute', strip, mute: false },
  ]),
  { do: 'routing', routing: DEFAULT_ROUTING },
  { do: 'controls', buses: [] },
]

/** What only tracks have. */
const silent = (strip: number): SongOperation[] => [
  { do: 'clips', strip, id: '', clips: [] },
  { do: 'automation', strip, id: '', track: { devices: [], automation: [] }, returns: new Map() },
  { do: 'solo', strip, solo: false },
]
