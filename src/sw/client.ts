// The page's side of the service worker (main thread): installs it, reloads once for isolation, and offers updates.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ToServiceWorker } from './protocol.ts'

/** `ready`: a newer version waits; `waiting-for-rest`: it will start when nothing plays; `replaced`: another tab started it. */
export type UpdateState = 'none' | 'ready' | 'waiting-for-rest' | 'replaced'

export interface Updates {
  readonly store: StoreApi<{ readonly update: UpdateState }>
  /** Starts the newer version and reloads; while something plays or is not saved it waits for that. */
  apply(): void
}

export interface UpdateOptions {
  /** False while a reload would cut sound off. */
  readonly atRest: () => boolean
  /** Saves what is open; the reload comes after it. False: it could not be saved, so nothing is reloaded. */
  readonly save: () => Promise<boolean>
}

const RELOADED = 'soundloom-isolation'
const CONTROL_TIMEOUT_MS = 20_000
const CHECK_EVERY_MS = 60 * 60_000
const REST_CHECK_MS = 500

const register = (): Promise<ServiceWorkerRegistration> =>
  navigator.serviceWorker.register(new URL('sw.js', document.baseURI), { updateViaCache: 'none' })

/**
 * For hosts that send no isolation headers: lets the service worker send them and reloads, once. False: it cannot help here.
 * True: the page is about to reload.
 */
export async function isolateByReload(): Promise<boolean> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return false
  try {
    // Set and still not isolated: another reload would not help either.
    if (sessionStorage.getItem(RELOADED)) return false
    const registration = await register()
    // A page that was reloaded past the service worker has none, though it is active: the next reload has.
    if (!registration.active) await controlled()
    sessionStorage.setItem(RELOADED, '1')
    location.reload()
    return true
  } catch {
    return false
  }
}

function controlled(): Promise<void> {
  return new Promise((resolve, reject) => {
    if (navigator.serviceWorker.controller) return resolve()
    navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true })
    setTimeout(() => reject(new Error('no service worker took control')), CONTROL_TIMEOUT_MS)
  })
}

/** Registers the service worker of the built app and watches for newer versions. */
export function startServiceWorker({ atRest, save }: UpdateOptions): Updates {
  const store = createStore<{ update: UpdateState }>(() => ({ update: 'none' }))
  let waiting: ServiceWorker | null = null
  let applying = false
  /** The next change of version is the one that was asked for here, at rest. */
  let restarting = false
  let replaced = false
  const offer = (worker: ServiceWorker | null): void => {
    if (!worker || store.getState().update !== 'none') return
    waiting = worker
    store.setState({ update: 'ready' })
  }
  const watch = (registration: ServiceWorkerRegistration): void => {
    // Without a controller this is the first version: nobody has an older one open.
    if (navigator.serviceWorker.controller) offer(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const { installing } = registration
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed' && navigator.serviceWorker.controller) offer(installing)
      })
    })
    let checkedMs = performance.now()
    document.addEventListener('visibilitychange', () => {
      if (document.hidden || performance.now() - checkedMs < CHECK_EVERY_MS) return
      checkedMs = performance.now()
      // Offline there is nothing to find.
      void registration.update().catch(() => undefined)
    })
  }
  const whenAtRest = async (): Promise<void> => {
    if (!atRest() || !(await save())) {
      store.setState({ update: 'waiting-for-rest' })
      setTimeout(() => void whenAtRest(), REST_CHECK_MS)
      return
    }
    if (replaced) return location.reload()
    restarting = true
    waiting?.postMessage({ type: 'activate' } satisfies ToServiceWorker)
  }

  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    try {
      sessionStorage.removeItem(RELOADED)
    } catch {
      // Storage is refused: then there was no mark either.
    }
    let before = navigator.serviceWorker.controller
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (restarting) location.reload()
      else if (before) {
        replaced = true
        store.setState({ update: 'replaced' })
      }
      before = navigator.serviceWorker.controller
    })
    // Refused (private mode, policy): the app works without, online.
    register().then(
      // Where service workers are switched off, Chromium resolves with nothing.
      (registration: ServiceWorkerRegistration | undefined) => registration && watch(registration),
      () => undefined,
    )
  }
  return {
    store,
    apply() {
      if (applying) return
      if (!waiting && !replaced) return
      applying = true
      void whenAtRest()
    },
  }
}
