// Keeps a dragged knob from flooding the engine (main thread): one value a frame and key, the last one always.

export interface FrameGate<Value> {
  /** Sends at once when the key has been quiet for a frame, else with the next frame. */
  set(key: string, value: Value): void
  /** Sends now whatever waits. */
  flush(): void
  /** Forgets whatever waits. */
  clear(): void
}

/** Calls back with the next animation frame, or after 50 ms where none comes (hidden tab). */
export function nextFrame(run: () => void): void {
  let done = false
  const once = (): void => {
    if (done) return
    done = true
    clearTimeout(timer)
    run()
  }
  const timer = setTimeout(once, 50)
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(once)
}

export function createFrameGate<Value>(
  send: (key: string, value: Value) => void,
  schedule: (run: () => void) => void = nextFrame,
): FrameGate<Value> {
  const busy = new Set<string>()
  const waiting = new Map<string, Value>()
  let scheduled = false
  const frame = (): void => {
    scheduled = false
    busy.clear()
    for (const [key, value] of waiting) {
      busy.add(key)
      send(key, value)
    }
    waiting.clear()
    if (busy.size) arm()
  }
  const arm = (): void => {
    if (scheduled) return
    scheduled = true
    schedule(frame)
  }
  return {
    set(key, value) {
      if (busy.has(key)) return void waiting.set(key, value)
      busy.add(key)
      send(key, value)
      arm()
    },
    flush() {
      for (const [key, value] of waiting) send(key, value)
      waiting.clear()
    },
    clear: () => waiting.clear(),
  }
}
