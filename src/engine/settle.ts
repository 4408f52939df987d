// Waits until the engine has done what it was told (main thread): pings through the page's own ring.
import type { Generation } from './generation.ts'

const POLL_MS = 4
const PATIENCE_MS = 1000

export interface Settling {
  /** The reply ring brought a pong. */
  answered(token: number): void
  /**
   * Resolves when every command pushed before has been applied and the slots show it, or when the engine was replaced or stays silent:
   * then what it holds now is what there is to know.
   */
  settled(): Promise<void>
}

interface Context {
  readonly generation: () => Generation | null
  /** Lets a sleeping engine pull its rings, and reads its replies. */
  readonly turn: () => void
}

export function createSettling({ generation, turn }: Context): Settling {
  let token = 0
  const awaited = new Map<number, () => void>()

  const ping = (to: Generation): Promise<boolean> =>
    new Promise((resolve) => {
      const mine = ++token
      const since = performance.now()
      const end = (answered: boolean): void => {
        clearInterval(timer)
        awaited.delete(mine)
        resolve(answered)
      }
      const timer = setInterval(() => {
        turn()
        if (generation() !== to || performance.now() - since > PATIENCE_MS) end(false)
      }, POLL_MS)
      awaited.set(mine, () => end(true))
      if (!to.commands.ping(mine)) end(false)
      else turn()
    })

  return {
    answered: (token) => awaited.get(token)?.(),
    async settled() {
      const now = generation()
      if (!now) return
      // A pong is written before the slots of its micro-block; the second one comes from a later micro-block.
      if (await ping(now)) await ping(now)
    },
  }
}
