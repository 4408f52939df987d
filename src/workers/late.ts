// A worker that is fetched when it is first needed (main thread): what is sent before waits in order.

type Posted = readonly [message: unknown, transfer: Transferable[]]
type Heard = readonly [type: string, listener: EventListenerOrEventListenerObject, options: object | undefined]

export interface LateWorker {
  /** Stands for the worker from the start. */
  readonly endpoint: {
    postMessage(message: unknown, transfer?: Transferable[]): void
    addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: object): void
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: object): void
  }
  /** Starts it, once. */
  begin(): void
  end(): void
}

export function lateWorker(start: () => Worker): LateWorker {
  let worker: Worker | null = null
  let ended = false
  let posted: Posted[] = []
  let heard: Heard[] = []
  return {
    endpoint: {
      postMessage(message, transfer = []) {
        if (worker) worker.postMessage(message, transfer)
        else posted.push([message, transfer])
      },
      addEventListener(type, listener, options) {
        if (worker) worker.addEventListener(type, listener, options)
        else heard.push([type, listener, options])
      },
      removeEventListener(type, listener, options) {
        if (worker) worker.removeEventListener(type, listener, options)
        else heard = heard.filter(([of, one]) => of !== type || one !== listener)
      },
    },
    begin() {
      if (worker || ended) return
      worker = start()
      for (const [type, listener, options] of heard) worker.addEventListener(type, listener, options)
      for (const [message, transfer] of posted) worker.postMessage(message, transfer)
      heard = []
      posted = []
    },
    end() {
      ended = true
      worker?.terminate()
    },
  }
}
