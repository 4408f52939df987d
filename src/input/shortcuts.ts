// Keyboard shortcuts of commands (main thread). Those without a modifier can be switched off, for speech and switch input.
import { tinykeys } from 'tinykeys'
import type { StoreApi } from 'zustand/vanilla'
import { COMMANDS, type Run } from '../commands/registry.ts'
import { takesText } from './typing.ts'

const SINGLE_LETTER = /^(?:Shift\+)?[^+\s]$/

/** Controls that Space presses. */
const PRESSED_BY_SPACE =
  'button, a[href], input, select, summary, [role=button], [role=switch], [role=option], [role^=menuitem]'
const takesSpace = (target: unknown): boolean =>
  typeof (target as Partial<Element> | null)?.closest === 'function' &&
  (target as Element).closest(PRESSED_BY_SPACE) !== null

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
        // What has used the key already, or will on its release, keeps it.
        if (event.defaultPrevented || (key === 'Space' && takesSpace(event.target))) return
        if (SINGLE_LETTER.test(key) && !session.getState().shortcuts) return
        event.preventDefault()
        void run(id, {}).catch(() => undefined)
      }
    }
  }
  return tinykeys(page, bindings)
}
