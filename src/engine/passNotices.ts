// What the engine has to say becomes notices to the user (main thread).
import type { StoreApi } from 'zustand/vanilla'
import type { EngineState } from './types.ts'

interface Told {
  readonly kind: 'error' | 'info' | 'warning'
  readonly fact: string
  readonly consequence?: string
}

export function passNotices(store: Pick<StoreApi<EngineState>, 'subscribe'>, show: (notice: Told) => void): void {
  let last = 0
  let padMissed = false
  store.subscribe(({ notices, fault }, before) => {
    if (fault && fault !== before.fault) show({ kind: 'error', fact: fault.message, consequence: fault.hint })
    for (const { id, kind, text } of notices) {
      if (id <= last) continue
      // A refused command is a fault of ours, and nothing that the user can act on.
      if (kind === 'command-refused') console.warn(text)
      // Said once: who plays on knows where the pads lie.
      else if (kind !== 'no-pad' || !padMissed) show({ kind: kind === 'rebuilt' ? 'info' : 'warning', fact: text })
      padMissed ||= kind === 'no-pad'
      last = Math.max(last, id)
    }
  })
}
