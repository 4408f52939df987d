// What the page tells the service worker (types only).

/** `activate`: the waiting version takes over now. */
export interface ToServiceWorker {
  readonly type: 'activate'
}
