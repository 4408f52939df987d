// One project, several tabs (main thread): the tab that holds the project's Web Lock writes it, the others read along. A reader
// waits for the lock, so it becomes the owner when the owner closes; taking over asks the owner to save and let go.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { SoundloomError } from '../params/error.ts'
import { z } from '../params/schema.ts'

/** `alone`: this browser has no Web Locks, or no project is claimed yet. */
export interface TabsView {
  readonly role: 'alone' | 'owner' | 'reader'
  /** The take-over that this tab has asked for is on its way. */
  readonly asking: boolean
}

/** An owner that does not answer within this time, a frozen tab, loses the lock; it saved when it was hidden. */
export const ANSWER_MS = 4000

/** What of navigator.locks is used. */
export type Locks = Pick<LockManager, 'request' | 'query'>
/** What of a BroadcastChannel is used. */
export interface Channel {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
}

export interface TabsParts {
  readonly locks: Locks | undefined
  readonly channel: Channel | null
  /** Names this tab to the others. */
  readonly tabId: string
  /** Saves what is pending before the lock is let go; rejects where that is refused, and the lock is kept. */
  readonly flush: () => Promise<void>
  /** Reads the project again from storage: another tab has written it. */
  readonly reload: (projectId: string) => Promise<void>
}

export interface Tabs {
  readonly store: StoreApi<TabsView>
  /** Makes this project the tab's own, or reads along where another tab holds it. Lets go of the one before. */
  claim(projectId: string): Promise<void>
  /** Resolves when this tab owns the project. */
  takeOver(): Promise<void>
  /** Another tab owns that project. */
  isElsewhere(projectId: string): Promise<boolean>
  /** Tells the readers that the project was written. */
  announce(): void
  /** False: commands must leave the project alone. */
  mayEdit(): boolean
  /** False: storage belongs to another tab. A tab that lets go writes what it has edited first. */
  mayWrite(): boolean
}

const LOCK = 'soundloom-project-'
const lockName = (projectId: string): string => LOCK + projectId

/** Whether no other tab has, or waits for, any project. Without locks nobody knows. */
export async function isOnlyTab(locks: Pick<LockManager, 'query'> | undefined): Promise<boolean> {
  if (!locks) return false
  const { held = [], pending = [] } = await locks.query()
  const ofProjects = [...held, ...pending].filter(({ name }) => name?.startsWith(LOCK))
  return new Set(ofProjects.map(({ clientId }) => clientId)).size <= 1
}
const id = z.string().check(z.minLength(1), z.maxLength(64))
/** What another tab may say; anything else is ignored. */
const message = z.strictObject({ kind: z.enum(['take-over', 'kept', 'written']), projectId: id, tabId: id })

/** A claim of one project; it is replaced, never revived. */
interface Claim {
  readonly projectId: string
  /** Ends what waits for the lock. */
  waiting: AbortController | null
  /** The lock is here, and the project is being read again. */
  arriving: boolean
  /** Another tab has asked meanwhile. */
  passOn: boolean
  /** Lets go of the lock. */
  release: (() => void) | null
  /** Who waits for a take-over: true when this tab owns the project now, false when the owner could not save. */
  readonly asked: Set<(owned: boolean) => void>
}

export function createTabs({ locks, channel, tabId, flush, reload }: TabsParts): Tabs {
  const store = createStore<TabsView>(() => ({ role: 'alone', asking: false }))
  let claimed: Claim | null = null

  const answer = (claim: Claim, owned: boolean): void => {
    for (const tell of claim.asked) tell(owned)
    claim.asked.clear()
  }
  /** Holds the lock until `release`; a lock that was stolen makes this tab a reader. */
  const hold = (claim: Claim): Promise<void> =>
    new Promise<void>((release) => {
      claim.release = release
      claim.waiting = null
      claim.arriving = false
      store.setState({ role: 'owner', asking: false })
      answer(claim, true)
      if (!claim.passOn) return
      claim.passOn = false
      void letGo(claim)
    })
  const lost = (claim: Claim): void => {
    claim.release = null
    claim.arriving = false
    if (claimed !== claim) return
    store.setState({ role: 'reader', asking: false })
    wait(claim)
  }
  const request = (claim: Claim, options: LockOptions): Promise<void> =>
    locks!
      .request(lockName(claim.projectId), options, async (lock) => {
        if (!lock || claimed !== claim) return
        claim.arriving = true
        // What the owner before has written.
        if (store.getState().role === 'reader') await reload(claim.projectId).catch(() => undefined)
        if (claimed === claim && claim.arriving) await hold(claim)
      })
      // Aborted while it waited, or stolen while it was held.
      .catch(() => {
        if (claim.release || claim.arriving) lost(claim)
      })
      .then(() => undefined)
  const wait = (claim: Claim): void => {
    claim.waiting?.abort()
    claim.waiting = new AbortController()
    void request(claim, { signal: claim.waiting.signal })
  }
  const say = (kind: 'take-over' | 'kept' | 'written', { projectId }: Claim): void =>
    channel?.postMessage({ kind, projectId, tabId })

  const letGo = async (claim: Claim): Promise<void> => {
    // Nothing is edited between saving and letting go.
    store.setState({ role: 'reader' })
    try {
      await flush()
    } catch {
      store.setState({ role: 'owner' })
      return say('kept', claim)
    }
    claim.release?.()
    claim.release = null
    if (claimed === claim) wait(claim)
  }
  channel?.addEventListener('message', ({ data }) => {
    const heard = z.safeParse(message, data)
    const claim = claimed
    if (!heard.success || !claim || heard.data.projectId !== claim.projectId || heard.data.tabId === tabId) return
    if (heard.data.kind === 'written') {
      if (!claim.release) void reload(claim.projectId).catch(() => undefined)
    } else if (heard.data.kind === 'kept') answer(claim, false)
    else if (claim.release) void letGo(claim)
    else if (claim.arriving) claim.passOn = true
    // Another reader asks: it goes first.
    else if (claim.waiting) wait(claim)
  })

  return {
    store,
    async claim(projectId) {
      const before = claimed
      if (before?.projectId === projectId) return
      const claim: Claim = { projectId, waiting: null, arriving: false, passOn: false, release: null, asked: new Set() }
      claimed = claim
      before?.waiting?.abort()
      before?.release?.()
      if (!locks) return
      // The answer to `ifAvailable` comes before the lock is let go, so it is told from inside.
      await new Promise<void>((answered) => {
        void locks
          .request(lockName(projectId), { ifAvailable: true }, (lock) => {
            if (claimed !== claim) return answered()
            if (!lock) {
              store.setState({ role: 'reader', asking: false })
              return answered()
            }
            const held = hold(claim)
            answered()
            return held
          })
          .catch(() => {
            if (claim.release) lost(claim)
            answered()
          })
      })
      if (claimed === claim && !claim.release) wait(claim)
    },
    async takeOver() {
      const claim = claimed
      if (!claim || !locks || claim.release) return
      store.setState({ asking: true })
      const answered = new Promise<boolean>((tell) => claim.asked.add(tell))
      say('take-over', claim)
      const late = new Promise<'late'>((tell) => setTimeout(() => tell('late'), ANSWER_MS))
      const first = await Promise.race([answered, late])
      if (first === 'late' && claimed === claim && !claim.release) {
        claim.waiting?.abort()
        void request(claim, { steal: true })
        await answered
      }
      store.setState({ asking: false })
      if (first === false) {
        throw new SoundloomError('conflict', 'The other tab could not save the project.', {
          hint: 'Export it there, or free some storage, and try again.',
        })
      }
      if (claimed !== claim) throw new SoundloomError('cancelled', 'Another project was opened meanwhile.')
    },
    isElsewhere: async (projectId) => {
      if (!locks || claimed?.projectId === projectId) return false
      const { held = [] } = await locks.query()
      return held.some(({ name }) => name === lockName(projectId))
    },
    announce() {
      if (claimed?.release) say('written', claimed)
    },
    mayEdit: () => store.getState().role !== 'reader',
    mayWrite: () => !locks || !claimed || claimed.release !== null,
  }
}
