// Keyboard shortcuts of commands (main thread). Those without a modifier can be switched off, for speech and switch input.
import { tinykeys } from 'tinykeys'
import type { StoreApi } from 'zustand/vanilla'
import { COMMANDS, type Run } from '../commands/registry.ts'
import { takesText } from './typing.ts'

const SINGLE_LETTER = /^(?:Shift\+)?[^+\s]$/

interface Bound {
  readonly id: string
  readonly keys?: readonly string[]
}

/** Binds every shortcut of the registry; returns what unbinds them. */
export function bindShortcuts(
  run: Run,
  session: Pick<StoreApi<{ readonly shortcuts: boolean }>, 'getState'>,
  page: Window = window,
): () => void {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {}
  for (const { id, keys = [] } of COMMANDS as readonly Bound[]) {
    for (const key of keys) {
      bindings[key] = (event) => {
        // Text fields have their own undo, and letters there are text.
        if (takesText(event.target) && !key.startsWith('Escape')) return
        if (SINGLE_LETTER.test(key) && !session.getState().shortcuts) return
        event.preventDefault()
        void run(id, {}).catch(() => undefined)
      }
    }
  }
  return tinykeys(page, bindings)
}
