// The service worker: the whole app offline, and cross-origin isolation on hosts that send no headers. Its own thread.
import { PrecacheController } from 'workbox-precaching'
import type { ToServiceWorker } from './protocol.ts'

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: (string | { url: string; revision: string })[]
}

/** What shared memory asks for; every answer carries it, also those of worker scripts and of the cached page. */
const ISOLATION: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

const scope = self.registration.scope
const manifest = self.__WB_MANIFEST
const PREFIX = `soundloom ${scope} `
/** Each version keeps its files apart, so that an open page of an earlier one finds all of its own. */
const CACHE = PREFIX + versionOf(manifest)
const files = new PrecacheController({ cacheName: CACHE })
files.addToCacheList(manifest)
const page = new URL('index.html', scope).href

self.addEventListener('install', (event) => {
  // An update waits for the user, or for the next cold start; only the very first version takes over at once.
  const first = self.registration.active === null
  event.waitUntil(files.install(event).then(() => (first ? self.skipWaiting() : undefined)))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim())
})

self.addEventListener('message', (event) => {
  if ((event.data as ToServiceWorker | null)?.type === 'activate') void self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return
  event.respondWith(answer(request).then(isolated))
  if (request.mode === 'navigate') event.waitUntil(tidy())
})

/** From this version's files, else from those that an open page of an earlier version still needs, else from the network. */
async function answer(request: Request): Promise<Response> {
  const url = isPage(request) ? page : request.url
  const own = await caches.match(files.getCacheKeyForURL(url) ?? url, { cacheName: CACHE })
  if (own) return own
  for (const cacheName of await versions()) {
    const earlier = await caches.match(url, { cacheName })
    if (earlier) return earlier
  }
  return fetch(request)
}

/** The app is one page: its folder, with any query. */
function isPage({ mode, url }: Request): boolean {
  const { pathname } = new URL(url)
  const folder = new URL(scope).pathname
  return mode === 'navigate' && (pathname === folder || pathname === `${folder}index.html`)
}

function isolated(response: Response): Response {
  // An opaque or error answer cannot be wrapped.
  if (response.status === 0) return response
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(ISOLATION)) headers.set(name, value)
  const { status, statusText } = response
  const empty = status === 204 || status === 205 || status === 304
  return new Response(empty ? null : response.body, { status, statusText, headers })
}

const versions = async (): Promise<string[]> => (await caches.keys()).filter((name) => name.startsWith(PREFIX))

/** At a cold start no open page can need the files of an earlier version: they go. What waits to come after us stays. */
async function tidy(): Promise<void> {
  if (self.registration.waiting || self.registration.installing) return
  const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (open.length > 0) return
  for (const name of await versions()) if (name !== CACHE) await caches.delete(name)
}

/** Names a list of files (FNV-1a). */
function versionOf(list: typeof manifest): string {
  let hash = 0x811c9dc5
  for (const character of JSON.stringify(list)) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
  return (hash >>> 0).toString(16)
}
