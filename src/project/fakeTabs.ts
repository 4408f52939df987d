// Web Locks and a BroadcastChannel between tabs that are only objects, for tests (Node).
import type { Channel, Locks } from './tabs.ts'

interface Waiting {
  readonly grant: (lock: Lock | null) => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Exclusive locks in the order of asking, with `ifAvailable`, `steal` and `signal`, as browsers have them. */
export function fakeLocks(): Locks & { held(): string[] } {
  const held = new Map<string, Waiting>()
  const queues = new Map<string, Waiting[]>()
  const queue = (name: string): Waiting[] => queues.get(name) ?? queues.set(name, []).get(name)!
  const give = (name: string, to: Waiting): void => {
    held.set(name, to)
    const done = (): void => {
      if (held.get(name) !== to) return
      held.delete(name)
      const next = queue(name).shift()
      if (next) give(name, next)
    }
    void Promise.resolve()
      .then(() => to.grant({ name, mode: 'exclusive' }))
      .then(
        (value) => (to.resolve(value), done()),
        (error: unknown) => (to.reject(error), done()),
      )
  }
  const aborted = (): DOMException => new DOMException('', 'AbortError')
  const request = (name: string, options: LockOptions, grant: (lock: Lock | null) => unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const mine: Waiting = { grant: async (lock) => grant(lock), resolve, reject }
      const holder = held.get(name)
      if (options.steal && holder) {
        holder.reject(aborted())
        give(name, mine)
      } else if (!holder) give(name, mine)
      else if (options.ifAvailable) void Promise.resolve(grant(null)).then(resolve, reject)
      else {
        queue(name).push(mine)
        options.signal?.addEventListener('abort', () => {
          const at = queue(name).indexOf(mine)
          if (at < 0) return
          queue(name).splice(at, 1)
          reject(aborted())
        })
      }
    })
  return {
    request: request as Locks['request'],
    query: async () => ({ held: [...held.keys()].map((name) => ({ name })), pending: [] }),
    held: () => [...held.keys()],
  }
}

/** A wire that brings what one says to all others, a task later. */
export function fakeWire(): { join(): Channel; say(message: unknown): void } {
  const all = new Map<object, ((event: { data: unknown }) => void)[]>()
  const send = (from: object | null, message: unknown): void => {
    const data: unknown = structuredClone(message)
    for (const [to, listeners] of all)
      if (to !== from) setTimeout(() => listeners.forEach((listener) => listener({ data })), 0)
  }
  return {
    say: (message) => send(null, message),
    join() {
      const listeners: ((event: { data: unknown }) => void)[] = []
      const channel: Channel = {
        postMessage: (message) => send(channel, message),
        addEventListener: (_type, listener) => void listeners.push(listener),
      }
      all.set(channel, listeners)
      return channel
    },
  }
}
